"""From text to index terms.

The browser analyses queries in the same way (``overrides/assets/javascripts/search/analysis.js``); the case files in
``tests/search/cases`` are run by both.  What is a table here is sent to the browser, so that only the steps are written
twice: a word is found, normalised (NFKC, lower case of its language), cut into pieces, folded and stemmed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from helpcenter.search.characters import (
    APOSTROPHES,
    CLUSTER,
    CLUSTERED,
    DIGITS,
    DROPPED,
    FOLDED,
    HAN,
    HANGUL,
    HIRAGANA,
    HYPHENS,
    JOINERS,
    KATAKANA,
    MARKS,
    POINTS,
    ZEROS,
)
from helpcenter.search.endings import SHORTEST_STEM, Stripper
from helpcenter.search.keyboards import Keyboard
from helpcenter.search.stemmers import stem_with

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from helpcenter.search.languages import Rules

SHORTEST_PART = 3

_LETTER = rf"[\w{MARKS}]"
# Behind a point only digits follow: "24,90" is one number, "red,blue" are two words.
_WORD = re.compile(rf"{_LETTER}+(?:[{JOINERS}]{_LETTER}+|[{POINTS}]\d+)*")
_OPEN = re.compile(rf"{_LETTER}\Z")
_SCRIPTS = (HAN, HANGUL, HIRAGANA, KATAKANA, CLUSTERED)
_GRAMS = "".join(_SCRIPTS)
_ALPHABETS = f"^{_GRAMS}"
_KINDS = (*_SCRIPTS, _ALPHABETS)
_RUN = re.compile("|".join(f"([{kind}]+)" for kind in _KINDS))
_CLUSTER = re.compile(CLUSTER)
_DROPPED = re.compile(f"[{DROPPED}]")
_HAS_GRAMS = re.compile(f"[{_GRAMS}]")
_HAN_ONLY = re.compile(f"[{HAN}]+")
# Nearly every word has none of these and is one piece.
_SPECIAL = re.compile(f"[{JOINERS}{POINTS} _{_GRAMS}]")
_APOSTROPHES = re.compile(f"[{APOSTROPHES}]")
_HYPHENS = re.compile(f"[{HYPHENS}_]")
_POSSESSIVE = re.compile(r"'(?:s|re|ve|ll|d|m)$")
_DIGIT = re.compile("[0-9]")
# NFKC has made plain spaces of the others.
_POINT = re.compile(f"[ {POINTS}]")
_NUMBER = re.compile(f"[0-9]+(?:[. {POINTS}][0-9]+)+")
_SEPARATOR = re.compile(f"[-./@× {POINTS}]")
_RUN_OF_DIGITS = re.compile("[0-9]+|[^0-9]+")
# Of a tracking number with many runs none says anything by itself.
_MOST_RUNS, _SHORTEST_RUN = 3, 2
_DIGITS = str.maketrans(DIGITS)


def tables() -> dict[str, Any]:
    """Give the tables that the browser's analysis needs."""
    return {
        "marks": MARKS,
        "dropped": DROPPED,
        "scripts": _SCRIPTS,
        "cluster": CLUSTER,
        "joiners": JOINERS,
        "points": POINTS,
        "apostrophes": APOSTROPHES,
        "hyphens": HYPHENS,
        "folded": FOLDED,
        "zeros": ZEROS,
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

    Attributes:
        terms: what stands for it in the index.
    """

    surface: str
    stem: str = ""
    parts: tuple[Piece, ...] = ()
    letters: bool = True
    terms: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Collect the terms, since a page asks for those of its pairs again and again."""
        own = (self.surface, self.stem) if self.stem else (self.surface,)
        object.__setattr__(self, "terms", sum((part.terms for part in self.parts), own))


class _Terms(dict[str, tuple[str, ...]]):
    """Raw word → index terms; each word of a locale is analysed once."""

    def __init__(self, analyzer: Analyzer) -> None:
        super().__init__()
        self._analyzer = analyzer

    def __missing__(self, word: str) -> tuple[str, ...]:
        terms = tuple(dict.fromkeys(term for piece in self._analyzer.pieces(word) for term in piece.terms))
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
        self._small = frozenset(rules.cut)
        longest_first = sorted(rules.cut, key=lambda word: -len(word))
        self._cut = re.compile(f"({'|'.join(longest_first)})") if rules.cut else None
        self._before, self._after = _changes(rules.before), _changes(rules.after)
        self._folded = str.maketrans(FOLDED | dict(rules.folding))
        self._plain = _DIGITS | str.maketrans(rules.simplified[::2], rules.simplified[1::2])
        self._stripper = rules.endings and Stripper(rules.endings)
        self.protected = frozenset(self.fold(self._normal(word)) for word in protected)
        self.terms = _Terms(self)
        self._known: dict[str, list[Piece]] = {}
        self._bare: dict[Piece, str] = {}
        small = [piece for word in (*rules.stop, *rules.cut) for piece in self.pieces(word)]
        self.stop = frozenset(piece.surface for piece in small)
        # What a stemmer leaves of small words, where it is none itself.
        self.stop_stems = frozenset(piece.stem for piece in small if piece.stem) - self.stop

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
        if word.isascii():
            return word
        word = _DROPPED.sub("", word)
        # Before alef with hamza becomes one without: إلغاء does not begin with an article.
        for article in self.rules.articles:
            if word.startswith(article) and len(word) - len(article) >= SHORTEST_STEM:
                word = word[len(article) :]
                break
        # й is a letter, not и with an accent; only its own decomposition has the mark.
        parts = [_DROPPED.sub("", unicodedata.normalize("NFD", part)) for part in word.split("й")]
        return unicodedata.normalize("NFC", "й".join(parts)).translate(self._folded)

    def _normal(self, word: str) -> str:
        word = self.lower(unicodedata.normalize("NFKC", word))
        return word if word.isascii() else word.translate(self._plain)

    def pieces(self, word: str) -> list[Piece]:
        """Cut one word of :meth:`words` into pieces."""
        word = self._normal(word)
        if not _SPECIAL.search(word):
            return [self._piece(word)] if self.fold(word) else []
        if _HAN_ONLY.fullmatch(word):
            return self._run(word, HAN)
        word = _APOSTROPHES.sub("'", _HYPHENS.sub("-", word))
        if not _HAS_GRAMS.search(word):
            return self._spelled(word)
        return [
            piece for match in _RUN.finditer(word) for piece in self._run(match[0], _KINDS[(match.lastindex or 0) - 1])
        ]

    def _run(self, run: str, kind: str) -> list[Piece]:
        """Cut a run of characters of one script."""
        if kind == _ALPHABETS:
            return self._spelled(run)
        # Han has nothing to fold.
        if self.protected and (whole := run if kind is HAN else self.fold(run)) in self.protected:
            return [Piece(whole, letters=False)]
        if self._cut:
            parts = [part for part in self._cut.split(run) if part]
            return [piece for part in parts for piece in self._grams(part, kind)]
        return self._grams(run, kind)

    def _grams(self, run: str, kind: str) -> list[Piece]:
        if run in self._small:
            return [Piece(self.fold(run), letters=False)]
        if kind is HANGUL and self._stripper:
            # Particles and the forms of "do" say nothing, and would be pairs with the word before them.
            run = self._stripper.stem(run)
        if kind is CLUSTERED:
            return _pairs(_CLUSTER.findall(self.fold(run)))
        return _pairs(run, split=kind is HAN)

    def _spelled(self, word: str) -> list[Piece]:
        """Cut a word that is written with an alphabet at its joiners."""
        found: list[Piece] = []
        for part in self._at_apostrophes(word):
            for chunk in [part] if _NUMBER.fullmatch(part) else _POINT.split(part):
                found += self._joined(chunk)
        return found

    def _joined(self, word: str) -> list[Piece]:
        """Give an order number, a price, a size, an address or E-Mail as one piece, found also by each of its own."""
        separated = [part for part in _SEPARATOR.split(word) if self.fold(part)]
        parts = tuple(self._piece(part) for part in separated)
        surface = "".join(piece.surface for piece in parts)
        if len(parts) < 2 or not ("-" in word or "@" in word or _DIGIT.search(surface)):  # noqa: PLR2004 - one is no pair
            return list(parts)
        if "×" in word:
            # As it is typed: 140x200.
            surface = "x".join(piece.surface for piece in parts)
        return [Piece(surface, parts=parts, letters="@" not in word and all(piece.letters for piece in parts))]

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
        if surface in self.protected:
            return Piece(surface, letters=False)
        if _DIGIT.search(surface):
            return Piece(surface, parts=self._runs(surface), letters=False)
        return Piece(surface, self._stemmed(word, surface))

    def _runs(self, surface: str) -> tuple[Piece, ...]:
        """Give the letters and the digits of ``pel482913`` or ``140x200``, each by themselves."""
        runs = _RUN_OF_DIGITS.findall(surface)
        if not 1 < len(runs) <= _MOST_RUNS:
            return ()
        return tuple(self._piece(run) for run in runs if len(run) >= _SHORTEST_RUN)

    def bare(self, piece: Piece) -> str:
        """Give the stem of a word that was typed without its accents, when it is another one; or an empty text."""
        # It is compared with every word of the shop's vocabulary.
        if piece not in self._bare:
            stem = self._stemmed(piece.surface, piece.surface) if piece.letters and not piece.parts else ""
            self._bare[piece] = "" if stem == piece.stem else stem
        return self._bare[piece]

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
        return Keyboard(self.rules.layouts, self.rules.latin, self.fold)

    def variants(self, surface: str) -> list[str]:
        """Give other spellings of a folded word: ``ruckgabe`` of ``rueckgabe``, and the other way round.

        Returns:
            Those with all pairs of letters exchanged, then those with one; many of them are no words.
        """
        found: dict[str, None] = {}
        pairs = [*self.rules.variants, *((short, long) for long, short in self.rules.variants)]
        for one, other in pairs:
            found[surface.replace(one, other)] = None
        for one, other in pairs:
            for match in re.finditer(re.escape(one), surface):
                found[surface[: match.start()] + other + surface[match.end() :]] = None
        found.pop(surface, None)
        return list(found)

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
        strip = self._stripper
        stem = strip.stem(surface) if strip else self.fold(self._stem(_changed(word, self._before)))
        for change in self._after:
            # What two words have in common beyond that says nothing of either.
            shorter = _changed(stem, [change])
            stem = shorter if len(shorter) >= SHORTEST_STEM else stem
        return "" if len(stem) < SHORTEST_STEM or stem == surface else stem


def _changes(pairs: Iterable[tuple[str, str]]) -> list[tuple[re.Pattern[str], str]]:
    return [(re.compile(pattern), other.replace("$", "\\")) for pattern, other in pairs]


def _changed(word: str, changes: Iterable[tuple[re.Pattern[str], str]]) -> str:
    for pattern, other in changes:
        word = pattern.sub(other, word, count=1)
    return word


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


def _pairs(run: Sequence[str], *, split: bool = False) -> list[Piece]:
    """Give the overlapping pairs of a run of characters; the single one of a run of one."""
    if len(run) == 1:
        return [_gram(run[0])]
    gram = _split_gram if split else _gram
    return [gram(one, other) for one, other in pairwise(run)]


# A page repeats its pairs, and pieces take longer to make than to look up.
@lru_cache(maxsize=1 << 16)
def _gram(one: str, other: str = "") -> Piece:
    return Piece(one + other, letters=False)


@lru_cache(maxsize=1 << 16)
def _split_gram(one: str, other: str) -> Piece:
    return Piece(one + other, parts=(_gram(one), _gram(other)), letters=False)
