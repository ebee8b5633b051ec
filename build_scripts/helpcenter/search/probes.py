"""Probes: searches whose answer is known, so that an index can be put to the test before anybody else does.

A page must be found by its title, however customers write it.  What they make of a title is worked out in
:mod:`helpcenter.search.variations`; here it is asked for, and told how much of it was found.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from helpcenter.search.query import query
from helpcenter.search.variations import (
    SHORTEST,
    Habits,
    habits_of,
    in_capitals,
    in_small_letters,
    misspell,
    on_layout,
    other_forms,
    without_marks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from helpcenter.search.analysis import Analyzer, Piece
    from helpcenter.search.index import Index

MOST_TITLES = 40
"""How many pages of a locale are looked for. Of more, always the same are chosen, so that a large site is checked in seconds."""
FIRST = 3
"""A page that shares its title's words with others must be among so many."""
HALF, FEWEST = 50, 5
"""Percent of each kind that must be found, if there are so many of it: capitals alone could fail and hardly lower the whole."""
_PART = re.compile(r"[^\W_]+")


class Kind(StrEnum):
    """What is done to a title; the value is what people read."""

    TITLE = "title"
    SHORT = "without small words"
    ORDER = "other order"
    CASE = "capitals"
    PLAIN = "no diacritics"
    ASCII = "ASCII"
    FORM = "other form"
    TYPO = "typo"
    LAYOUT = "wrong layout"


_SPELLINGS = frozenset({Kind.CASE, Kind.PLAIN, Kind.ASCII})
"""Kinds that are no mistakes: it is not enough that a misspelling of the title would be found as well."""


@dataclass(frozen=True, slots=True, order=True)
class Probe:
    """A search, and the page that must be found.

    Args:
        url: of the page, relative to the locale's root.
        kind: what was done to its title.
        query: what is typed.
    """

    url: str
    kind: Kind
    query: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a probe.

    Args:
        probe: what was asked.
        found: addresses of the first pages, the best first.
        passed: whether the page stands where it must.
    """

    probe: Probe
    found: tuple[str, ...]
    passed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """What came of all probes of a locale.

    Args:
        failed: those that did not find their page.
        counts: kind → how many found it, how many were asked.
        pages: how many pages were looked for, and how many there are.
    """

    failed: tuple[Outcome, ...]
    counts: Mapping[Kind, tuple[int, int]]
    pages: tuple[int, int]

    @property
    def passed(self) -> int:
        """How many found their page."""
        return sum(passed for passed, _ in self.counts.values())

    @property
    def asked(self) -> int:
        """How many there were."""
        return sum(asked for _, asked in self.counts.values())

    @property
    def percent(self) -> float:
        """How many of a hundred found their page; 100 where there was nothing to ask."""
        return 100 * self.passed / self.asked if self.asked else 100.0

    def reaches(self, threshold: int) -> bool:
        """Tell whether at least so many of a hundred found their page, and half of each kind."""
        half = min(threshold, HALF)
        kinds = [count for count in self.counts.values() if count[1] >= FEWEST]
        return all(
            100 * passed >= wanted * asked
            for wanted, passed, asked in [(threshold, self.passed, self.asked), *((half, *count) for count in kinds)]
        )

    def worst(self, most: int) -> tuple[Outcome, ...]:
        """Give failed probes of the kinds that fail most often, at first one of each page."""

        def share(kind: Kind) -> float:
            passed, asked = self.counts[kind]
            return passed / asked

        ordered = sorted(self.failed, key=lambda one: (share(one.probe.kind), one.probe))
        of_pages = {one.probe.url: one for one in reversed(ordered)}.values()
        first = [one for one in ordered if one in of_pages]
        return tuple([*first, *(one for one in ordered if one not in first)][:most])


def derive(title: str, url: str, analyzer: Analyzer, is_taken: Callable[[str], bool]) -> list[Probe]:
    """Derive the probes of one page from its title.

    Args:
        title: of the page.
        url: of the page, relative to the locale's root.
        analyzer: of the title's language; it tells which words say little, nothing else.
        is_taken: tells a word that stands on some page, so that it is no misspelling of another.

    Returns:
        Each text once, with the plainest kind that leads to it. A title without a letter or digit gives none.
    """
    if not analyzer.words(title):
        return []
    language, habits = analyzer.rules.language, habits_of(analyzer.rules.language)
    small, plain = in_small_letters(title, language), without_marks(title, habits)
    content = _content(small, analyzer, habits)
    longest = _longest(content, analyzer)
    own = next(iter(analyzer.rules.layouts), ())
    made: dict[Kind, Iterable[str]] = {
        Kind.TITLE: [title],
        Kind.CASE: [in_capitals(title, language), small],
        Kind.PLAIN: plain,
        # Whoever has no İ on the keyboard types IADE.
        Kind.ASCII: [text.upper() for text in plain if text.isascii()],
        Kind.SHORT: [" ".join(content)],
        Kind.ORDER: [" ".join(reversed(content))],
        # One of each: other titles have other words, so that all forms and all slips come up.
        Kind.FORM: [small.replace(longest, form) for form in _one_of(other_forms(longest, habits))],
        Kind.TYPO: [small.replace(longest, slip) for slip in _one_of(misspell(longest, own, is_taken).values())],
        Kind.LAYOUT: _on_wrong_layout(small, analyzer),
    }
    kinds: dict[str, Kind] = {}
    for kind, texts in made.items():
        for text in texts:
            kinds.setdefault(text, kind)
    return [Probe(url, kind, text) for text, kind in kinds.items() if text]


def _one_of(texts: Iterable[str]) -> list[str]:
    """Choose one of some texts, always the same."""
    return sorted(texts, key=_in_any_order)[:1]


def _in_any_order(text: str) -> bytes:
    """Give what puts texts into an order that none of them was meant to have, and that stays as others come and go."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def _content(text: str, analyzer: Analyzer, habits: Habits) -> list[str]:
    """Give the words of a text that say something; all of them where none does."""
    words = analyzer.words(text)
    for small in habits.small:
        words = [part for word in words for part in word.split(small) if part]
    return [word for word in words if any(piece.surface not in analyzer.stop for piece in analyzer.read(word))] or words


def _longest(words: Iterable[str], analyzer: Analyzer) -> str:
    """Give the longest word that can be misspelled or inflected, or an empty text."""
    parts = (part for word in words for part in _PART.findall(word))
    # One piece: what is written without spaces has no words to find a longest of.
    fit = [part for part in parts if len(part) >= SHORTEST and part.isalpha() and _is_plain(part, analyzer)]
    return max(fit, key=len, default="")


def _is_plain(word: str, analyzer: Analyzer) -> bool:
    pieces = analyzer.read(word)
    return len(pieces) == 1 and pieces[0].letters and pieces[0].surface not in analyzer.stop


def _on_wrong_layout(text: str, analyzer: Analyzer) -> list[str]:
    """Give what comes out on a Latin keyboard, for languages whose own keyboard has other letters."""
    own, *rest = analyzer.rules.layouts or [()]
    latin = next((layout for layout in rest if _has_latin(layout)), None)
    if latin is None or _has_latin(own):
        return []
    wrong = on_layout(text, own, latin)
    return [wrong] if wrong.isascii() else []


def _has_latin(layout: Sequence[str]) -> bool:
    return any("a" in row for row in layout)


def run(index: Index, *, most: int = MOST_TITLES) -> Report:
    """Put an index to the test.

    Args:
        index: of a locale.
        most: how many pages are looked for at most.
    """
    own = index.groups[0]
    pages = [index.documents[number] for number in own.documents]
    chosen = sorted(pages, key=lambda page: _in_any_order(page.url))[:most]
    terms = frozenset(own.terms)
    analyzer, examiner = own.analyzer, Examiner(index)
    outcomes = [
        examiner.examine(probe)
        for page in chosen
        for probe in derive(page.title, page.url, analyzer, lambda word: analyzer.fold(word) in terms)
    ]
    asked = Counter(one.probe.kind for one in outcomes)
    passed = Counter(one.probe.kind for one in outcomes if one.passed)
    counts = {kind: (passed[kind], asked[kind]) for kind in Kind if kind in asked}
    return Report(tuple(one for one in outcomes if not one.passed), counts, (len(chosen), len(pages)))


class Examiner:
    """Asks the index of a locale, and judges what it finds.

    Args:
        index: of the locale.
    """

    def __init__(self, index: Index) -> None:
        self._index = index
        self._analyzer = index.groups[0].analyzer
        self._pages = {page.url: page for page in index.documents}
        self._found: dict[object, tuple[str, ...]] = {}
        self._named: dict[str, frozenset[str]] = {}

    def examine(self, probe: Probe) -> Outcome:
        """Ask for a page, and tell whether it stands where it must."""
        found = self._ask(probe.query)
        place = found.index(probe.url) if probe.url in found else len(found)
        passed = probe.url in found and all(self._is_rival(other, probe.url) for other in found[:place])
        if probe.kind in _SPELLINGS:
            passed = passed and self._is_same(probe.query, self._pages[probe.url].title)
        return Outcome(probe, found, passed)

    def _is_same(self, text: str, title: str) -> bool:
        """Tell whether a text is read as the title is, and not found because it looks like it."""
        typed, meant = self._analyzer.read(text), self._analyzer.read(title)
        return len(typed) == len(meant) and all(
            _spelled(one.surface, self._analyzer) == other.surface or one.surface == other.surface
            for one, other in zip(typed, meant, strict=True)
        )

    def _ask(self, text: str) -> tuple[str, ...]:
        """Find the first pages; texts that are cut into the same pieces have the same answer."""
        key = (self._analyzer.read(text), self._analyzer.is_open(text))
        if key not in self._found:
            self._found[key] = tuple(hit.url for hit in query(self._index, text, limit=FIRST).hits)
        return self._found[key]

    def _is_rival(self, url: str, wanted: str) -> bool:
        """Tell whether a page is called all that another one is, so that either may be meant."""
        title = self._pages[wanted].title
        words = [piece for piece in self._analyzer.read(title) if piece.surface not in self._analyzer.stop]
        names = self._names(url)
        return bool(words) and all(_terms(piece) & names for piece in words)

    def _names(self, url: str) -> frozenset[str]:
        if url not in self._named:
            page = self._pages[url]
            pieces = self._analyzer.read("\n".join((page.title, *page.keywords)))
            self._named[url] = frozenset(term for piece in pieces for term in _terms(piece))
        return self._named[url]


def _spelled(word: str, analyzer: Analyzer) -> str:
    """Give a word as its language spells it: ``ruckgabe`` for ``rueckgabe``."""
    for written, folded in analyzer.rules.variants:
        word = word.replace(written, folded)
    return word


def _terms(piece: Piece) -> set[str]:
    return {piece.surface, piece.stem} - {""}
