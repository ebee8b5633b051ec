"""Words of a text, with their places."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

Span = tuple[int, int]
"""Start and end in a text, counted in characters."""

# Marks that belong to the letter before them and are no letters to `re`: accents, points of Hebrew, vowels of Arabic, and
# all signs of the Indic and Thai blocks; the soft hyphen and the joiners stand within words as well.
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u0900-\u0dff\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u200c\u200d"
)
EMPHASIS = "**"
_LETTERS = rf"(?:[^\W_]|[{_MARKS}])+"
_TOKEN = re.compile(rf"{_LETTERS}(?:['’ʼ＇‐‑-]{_LETTERS})*-?|\*\*")
_BREAK = re.compile(r"[.!?;:…。！？؟؛\n](?:[\s*_)\]»”\"']|$)|\n\s*\n")
_SOFT = str.maketrans("", "", "\u00ad\u200c\u200d")
_ONE_KIND = str.maketrans("\u2019\u02bc\uff07\u2010\u2011", "'''--")


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a text, with the hyphens and apostrophes in it, or a mark of strong emphasis.

    Args:
        text: as it is read: composed, without soft hyphens.
        start: of it.
        end: behind it.
        sentence: which of the text's sentences or clauses it stands in, counted from 0.
    """

    text: str
    start: int
    end: int
    sentence: int


@lru_cache(maxsize=4096)
def tokens_of(text: str) -> tuple[Token, ...]:
    """Cut a text into its words."""
    breaks = [match.start() for match in _BREAK.finditer(text)]
    return tuple(
        Token(compose(match.group()), match.start(), match.end(), bisect_left(breaks, match.start()))
        for match in _TOKEN.finditer(text)
    )


def compose(word: str) -> str:
    """Write a word in composed characters, with one kind of hyphen and of apostrophe, and without what is not seen."""
    return unicodedata.normalize("NFC", word).translate(_SOFT).translate(_ONE_KIND)


def without_accents(word: str, kept: str = "") -> str:
    """Take the accents off letters, but not those of the kept marks (of ``ñ``: U+0303)."""
    parts = unicodedata.normalize("NFD", word)
    plain = "".join(char for char in parts if char in kept or not unicodedata.combining(char))
    return unicodedata.normalize("NFC", plain)
