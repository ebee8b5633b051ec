"""Emphasis in languages that put no space around it.

Markdown takes ``これは**「重要」**です`` and ``das **Wort**paar`` for asterisks: emphasis that touches a letter outside
of it is none, with the settings that Material recommends.  Such emphasis is written with the tags it stands for.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content.inline import find_opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIR = re.compile(
    # Emphasis whose end is that of another one within it.
    r"(?<![*\\])(?P<two>\*\*)(?![\s*])[^*]+\*(?![\s*])[^*]+(?<![\s*])\*(?P=two)(?!\*)"
    r"|(?<![*\\])(?P<one>\*)(?![\s*])[^*]+\*\*(?![\s*])[^*]+(?<![\s*])\*\*(?P=one)(?!\*)"
    r"|(?<![*\\])(?P<stars>\*{1,3})(?![\s*]).+?(?<![\s*])(?P=stars)(?!\*)"
    r"|(?<![_\\])(?P<lines>_{1,3})(?![\s_]).+?(?<![\s_])(?P=lines)(?!_)",
    re.DOTALL,
)
_TAGS = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>"), 3: ("<strong><em>", "</em></strong>")}
# Of the private use area: neither a word nor a mark.  A link's address is read before emphasis, and leaves a border.
_BLANK, _BORDER = "\ue000", "]"


class _Emphasis(NamedTuple):
    start: int
    end: int
    strength: int
    touched: bool


def write_emphasis(source: str, text: str) -> str:
    """Write emphasis that touches letters with tags, where a translation would lose emphasis of its source.

    Args:
        source: Markdown of the segment.
        text: its translation.
    """
    if not ("*" in text or "_" in text) or not ("*" in source or "_" in source):
        return text
    wanted, found = list(_find(source)), list(_find(text))
    changed = []
    for strength in _TAGS:
        of_source = [one for one in wanted if one.strength == strength]
        mine = [one for one in found if one.strength == strength]
        new = [one for one in mine if one.touched]
        # Marks that touch letters in the source are none there, or are emphasis in both: a path, a name, another setting.
        if len(mine) == len(of_source):
            changed += [one for one, old in zip(mine, of_source, strict=True) if one.touched and not old.touched]
        elif len(new) == sum(not one.touched for one in of_source) - (len(mine) - len(new)):
            changed += new
    edits = [edit for one in changed for edit in _edits(one)]
    for start, end, tag in sorted(edits, reverse=True):
        text = f"{text[:start]}{tag}{text[end:]}"
    return text


def _edits(one: _Emphasis) -> list[tuple[int, int, str]]:
    opening, closing = _TAGS[one.strength]
    return [(one.start, one.start + one.strength, opening), (one.end - one.strength, one.end, closing)]


def _find(text: str) -> Iterator[_Emphasis]:
    bare = text
    for part in find_opaque(text):
        blank = _BORDER if part.kind in {"target", "reference"} else _BLANK
        bare = bare[: part.start] + blank * (part.end - part.start) + bare[part.end :]
    yield from _find_in(bare, 0, len(bare))


def _find_in(bare: str, start: int, end: int) -> Iterator[_Emphasis]:
    for match in _PAIR.finditer(bare, start, end):
        mark = match["two"] or match["one"] or match["stars"] or match["lines"]
        first, last = match.start() + len(mark), match.end() - len(mark)
        touched = _touches(bare[match.start() - 1 : match.start()], bare[first])
        touched |= _touches(bare[match.end() : match.end() + 1], bare[last - 1])
        yield _Emphasis(match.start(), match.end(), len(mark), touched)
        yield from _find_in(bare, first, last)


def _touches(outer: str, inner: str) -> bool:
    """Say whether what stands outside of a mark keeps it from being one: a letter, or anything beside punctuation."""
    if not outer or outer.isspace() or _is_punctuation(outer):
        return False
    return outer.isalnum() or _is_punctuation(inner)


def _is_punctuation(char: str) -> bool:
    return unicodedata.category(char)[0] in "PS"
