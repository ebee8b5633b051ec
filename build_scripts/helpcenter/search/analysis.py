"""From text to index terms.

The browser analyses queries in the same way (``overrides/assets/javascripts/search/analysis.js``); the case files in
``tests/search/cases`` are run by both.  What is a table here is sent to the browser, so that only the steps are written
twice: a word is found, normalised (NFKC, lower case of its language), cut into pieces, folded and stemmed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from helpcenter.search.endings import SHORTEST_STEM, Stripper
from helpcenter.search.keyboards import Keyboard
from helpcenter.search.stemmers import stem_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from helpcenter.search.languages import Rules

SHORTEST_PART = 3

# Letters of a word that are neither letters nor digits: combining marks, and the joiners of Arabic and Indic scripts.
# Whole blocks where a script's vowels are marks. Written as the inside of a character class, for both languages.
MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u0900-\u0963\u0966-\u0dff\u0e01-\u0e3a\u0e40-\u0eff\u1000-\u109f\u1780-\u17d3\u200c\u200d\u3099\u309a"
)
DROPPED = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06e8\u200c\u200d"
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
# Written without spaces, or in words that carry too much: kana, hangul, Thai, Lao, Myanmar, Khmer.
GRAMS = "\u3040-\u30ff\uac00-\ud7af\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_LETTERS = {
    "ß": "ss",
    "ẞ": "ss",
    "ø": "o",
    "đ": "d",
    "ł": "l",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ς": "σ",
    # Arabic as it is typed: alef with or without hamza, ta marbuta as ha, and the Persian forms of ya and kaf.
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "ک": "ك",
}
_DIGITS = {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0, 0x0966) for digit in range(10)}
FOLDED = _LETTERS | _DIGITS

JOINERS = "-‐‑./'’ʼ＇"
_LETTER = rf"[\w{MARKS}]"
_WORD = re.compile(rf"{_LETTER}+(?:[{JOINERS}]{_LETTER}+)*")
_OPEN = re.compile(rf"{_LETTER}\Z")
_RUN = re.compile(rf"([{HAN}]+)|([{GRAMS}]+)|([^{HAN}{GRAMS}]+)")
_DROPPED = re.compile(f"[{DROPPED}]")
_HAS_GRAMS = re.compile(f"[{HAN}{GRAMS}]")
# Nearly every word has none of these and is one piece.
_SPECIAL = re.compile(f"[{JOINERS}_{HAN}{GRAMS}]")
_POSSESSIVE = re.compile(r"'(?:s|re|ve|ll|d|m)$")
_DIGIT = re.compile("[0-9]")
_TABLE = str.maketrans(FOLDED)


def tables() -> dict[str, Any]:
    """Give the tables that the browser's analysis needs."""
    return {
        "marks": MARKS,
        "dropped": DROPPED,
        "han": HAN,
        "grams": GRAMS,
        "joiners": JOINERS,
        "folded": FOLDED,
        "shortest": SHORTEST_STEM,
        "part": SHORTEST_PART,
    }


@dataclass(frozen=True, slots=True)
class Piece:
    """What a query asks for, or a page holds, as one thing.

    Args:
        surface: the folded word.
        stem: its folded stem, or an empty text.
        parts: the pieces it is made of: those of ``PEL-1234``, the characters of a pair.
        letters: True for a word that can be typed wrongly: no digits, no pairs of characters.
    """

    surface: str
    stem: str = ""
    parts: tuple[Piece, ...] = ()
    letters: bool = True

    def terms(self) -> tuple[str, ...]:
        """Give the terms that stand for it in the index."""
        own = (self.surface, self.stem) if self.stem else (self.surface,)
        return own + tuple(term for part in self.parts for term in part.terms())


class _Terms(dict[str, tuple[str, ...]]):
    """Raw word → index terms; each word of a locale is analysed once."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, word: str) -> tuple[str, ...]:
        terms = tuple(dict.fromkeys(term for piece in self._analyzer.pieces(word) for term in piece.terms()))
        self[word] = terms
        return terms


class Analyzer:
    """Turns text of one language into terms.

    Args:
        rules: of the language.
        protected: words that are kept as they are: never stemmed, never taken for a misspelling.
    """

    def __init__(self, rules: Rules, protected: Iterable[str] = ()) -> None:
        self.rules = rules
        self._stem = stem_with(rules.stemmer)
        self._stripper = rules.endings and Stripper(rules.endings)
        self.protected = frozenset(self.fold(self.lower(unicodedata.normalize("NFKC", word))) for word in protected)
        self.terms = _Terms(self)
        self._known: dict[str, list[Piece]] = {}
        self.stop = frozenset(piece.surface for word in rules.stop for piece in self.pieces(word))

    def words(self, text: str) -> list[str]:
        """Find the words of a text, as they stand there."""
        return _WORD.findall(text)

    def read(self, text: str) -> tuple[Piece, ...]:
        """Give the pieces of a query, or of what it is compared with; each word is cut once."""
        words = self.words(text)
        for word in words:
            if word not in self._known:
                self._known[word] = self.pieces(word)
        return tuple(piece for word in words for piece in self._known[word])

    def has_grams(self, word: str) -> bool:
        """Tell whether a word is of a script that is written without spaces."""
        return _HAS_GRAMS.search(word) is not None

    def is_open(self, text: str) -> bool:
        """Tell whether the last word of a text may still be being typed."""
        return _OPEN.search(text[-1:]) is not None

    def lower(self, word: str) -> str:
        """Write a word in lower case, with the Turkish and Azerbaijani i."""
        if self.rules.language in ("tr", "az"):
            word = word.replace("I", "ı").replace("İ", "i")
        return word.lower()

    def fold(self, word: str) -> str:
        """Take accents and marks off a lower-case word, and the article where the language writes it as a prefix."""
        # й is a letter, not и with an accent; only its own decomposition has the mark.
        if word.isascii():
            return word
        parts = [_DROPPED.sub("", unicodedata.normalize("NFD", part)) for part in word.split("й")]
        word = unicodedata.normalize("NFC", "й".join(parts))
        # Before alef with hamza is folded: إلغاء does not begin with an article.
        for article in self.rules.articles:
            if word.startswith(article) and len(word) - len(article) >= SHORTEST_STEM:
                word = word[len(article) :]
                break
        return word.translate(self._folded)

    def pieces(self, word: str) -> list[Piece]:
        """Cut one word of :meth:`words` into pieces."""
        word = self.lower(unicodedata.normalize("NFKC", word))
        if not _SPECIAL.search(word):
            return [self._piece(word)] if self.fold(word) else []
        word = re.sub("[_‐‑]", "-", word).replace("’", "'").replace("ʼ", "'")
        if not _HAS_GRAMS.search(word):
            return self._spelled(word)
        pieces: list[Piece] = []
        for han, grams, other in _RUN.findall(word):
            if other:
                pieces += self._spelled(other)
            else:
                pieces += _pairs(han or grams, split=bool(han))
        return pieces

    def _spelled(self, word: str) -> list[Piece]:
        """Cut a word that is written with an alphabet at its joiners."""
        found = []
        for part in self._at_apostrophes(word):
            parts = [self._piece(p) for p in re.split(r"[-./]", part) if self.fold(p)]
            surface = self.fold(re.sub(r"[-./]", "", part))
            if len(parts) > 1 and ("-" in part or _DIGIT.search(surface)):
                # An order number, or E-Mail: found as one word and by each of its own.
                found.append(Piece(surface, parts=tuple(parts), letters=all(p.letters for p in parts)))
            else:
                found += parts
        return found

    def _at_apostrophes(self, word: str) -> list[str]:
        match self.rules.apostrophe if "'" in word else "":
            case "cut":
                return [word.split("'", maxsplit=1)[0]]
            case "possessive":
                return [_POSSESSIVE.sub("", word).replace("'", "")]
            case "elision":
                # l'article, qu'il: what stands before the apostrophe says nothing.
                return [word.rsplit("'", maxsplit=1)[-1]]
            case _:
                return [word.replace("'", "")]

    def _piece(self, word: str) -> Piece:
        surface = self.fold(word)
        if surface in self.protected or _DIGIT.search(surface):
            return Piece(surface, letters=False)
        return Piece(surface, self._stemmed(word, surface))

    def bare(self, piece: Piece) -> str:
        """Give the stem of a word that was typed without its accents, when it is another one; or an empty text."""
        stem = self._stemmed(piece.surface, piece.surface) if piece.letters and not piece.parts else ""
        return "" if stem == piece.stem else stem

    def retyped(self, text: str) -> list[str]:
        """Give what a text was meant as if it was typed on another layout of the keyboard: ``привет`` for ``ghbdtn``.

        Give the whole text, spaces and all: a comma is a letter on another layout.
        """
        return self._keyboard.readings(text)

    def is_neighbour(self, one: str, other: str) -> bool:
        """Tell whether two letters of terms lie beside each other on the keyboard, so that one is easily hit for the other."""
        return self._keyboard.is_neighbour(one, other)

    @cached_property
    def _keyboard(self) -> Keyboard:
        return Keyboard(self.rules.layouts, self.fold)

    def split_compound(self, word: str, is_known: Callable[[str], bool]) -> tuple[str, ...]:
        """Cut a folded word into words that are known: ``paketverfolgung`` into ``paket`` and ``verfolgung``.

        Args:
            word: a surface.
            is_known: tells whether a folded word stands in the index, itself or by its stem.

        Returns:
            At least two words without what links them, as few and as even as there are; nothing when there are none, or
            the language makes no compounds.
        """
        return split_compound(word, self.rules.links, is_known) if self.rules.compounds else ()

    def _stemmed(self, word: str, surface: str) -> str:
        stem = self._stripper.stem(surface) if self._stripper else self.fold(self._stem(word))
        return "" if len(stem) < SHORTEST_STEM or stem == surface else stem


def split_compound(word: str, links: Sequence[str], is_known: Callable[[str], bool]) -> tuple[str, ...]:
    """Cut a word into known ones; see :meth:`Analyzer.split_compound`."""
    # Place → how the word can be cut before it: number of parts, length of the shortest (negated), and the parts.
    cuts: dict[int, tuple[int, int, tuple[str, ...]]] = {0: (0, -len(word), ())}
    for end in range(SHORTEST_PART, len(word) + 1):
        if len(word) > end > len(word) - SHORTEST_PART:
            continue
        for start in [start for start in cuts if end - start >= SHORTEST_PART]:
            count, shortest, before = cuts[start]
            # A link stands between two parts, never at the end.
            for part in _unlinked(word[start:end], links if end < len(word) else ()):
                cut = (count + 1, max(shortest, start - end), (*before, part))
                if (end not in cuts or cut[:2] < cuts[end][:2]) and is_known(part):
                    cuts[end] = cut
    found = cuts.get(len(word), (0, 0, ()))[2]
    return found if len(found) > 1 else ()


def _unlinked(part: str, links: Sequence[str]) -> list[str]:
    rest = [part.removesuffix(link) for link in links if part.endswith(link)]
    return [part, *(word for word in rest if len(word) >= SHORTEST_PART)]


def _pairs(run: str, *, split: bool) -> list[Piece]:
    """Give the overlapping pairs of a run of characters; the single one of a run of one."""
    single = {c: Piece(c, letters=False) for c in run}
    if len(run) == 1:
        return [single[run]]
    return [
        Piece(run[i : i + 2], parts=(single[run[i]], single[run[i + 1]]) if split else (), letters=False)
        for i in range(len(run) - 1)
    ]
