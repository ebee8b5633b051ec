"""Making an index fit on the wire: texts are shortened, and the terms that tell least of them are left out.

What a customer reads in a list of results (titles, answers, headings, keywords) is always sent.  Of the text below the
headings as much is sent as there is room for: first its beginnings are, with the terms of the rest, then only the terms that
tell most of each page, as static pruning of an index does it (Carmel et al., SIGIR 2001).  Small sites keep everything.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from math import log
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.search.analysis import Analyzer
from helpcenter.search.encoding import columns, compressed_size, size_of_head
from helpcenter.search.index import SATURATION, Counts, Index, build_index, count_terms
from helpcenter.search.languages import base_language, rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from helpcenter.search.analysis import Piece
    from helpcenter.search.documents import Document
    from helpcenter.search.vocabulary import Vocabulary

SMALL, LARGE = (200, 40_000), (1_000, 160_000)
"""Pages, and how many bytes their index may have in gzip; linear between the two and beyond."""
# Bytes that are left free: a host may have another zlib than the builder.
SPARE = 800
# One page of so many tells about how much must be left out of all, and more nearly when it is asked again.
SAMPLED, GUESSES = 10, 2
# How many pairs of characters cost as much as the characters that they stand for.
GRAMS = 4


class Cut(NamedTuple):
    """How much of each page is sent.

    Args:
        letters: of the text of a section, None for all.
        terms: of what is cut off a page, None for all.
        summary: whether its summary is.
        headings: whether its headings in the language of the source are.
    """

    letters: int | None = None
    terms: int | None = None
    summary: bool = True
    headings: bool = True


# From everything to nothing but names. Beginnings of texts are for the eye; terms find pages, so they go last.
CUTS = (
    Cut(),
    *(Cut(letters) for letters in (800, 640, 510, 410, 330, 260, 210, 170, 135, 110)),
    *(Cut(110, terms) for terms in (200, 160, 130, 105, 85)),
    *(Cut(letters, 85) for letters in (85, 60, 40, 25)),
    *(Cut(0, terms) for terms in (85, 75, 66, 58, 51, 45)),
    *(Cut(0, terms, headings=False) for terms in (45, 40, 35, 31, 27, 24, 21, 18, 16, 14, 12, 10, 8, 6)),
    *(Cut(0, terms, summary=False, headings=False) for terms in (6, 4, 2, 0)),
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """Pages as they are sent.

    Args:
        documents: the pages.
        cut: how much of each was left.
        size: bytes of the index in gzip, about.
        limit: bytes that it may have.
    """

    documents: tuple[Document, ...]
    cut: Cut
    size: int
    limit: int

    @property
    def is_shortened(self) -> bool:
        """Whether anything was left out."""
        return self.cut != CUTS[0]

    def describe(self) -> str:
        """Say what is left of each page."""
        letters, terms = self.cut.letters, self.cut.terms
        text = f"holds the first {letters} letters of each section" if letters else "holds no text of sections"
        rest = "all words of the rest" if terms is None else f"the {terms} words that tell most of each page's rest"
        return f"{text} and {rest}"


def limit_of(pages: int) -> int:
    """Give how many bytes the index of so many pages may have in gzip."""
    (small, least), (large, most) = SMALL, LARGE
    return least + max(0, pages - small) * (most - least) // (large - small)


def build_fitting_index(
    documents: Sequence[Document],
    language: str,
    words: Mapping[str, Vocabulary],
    count: Callable[[Document, Analyzer], Counts] = count_terms,
    *,
    source: str,
) -> Index:
    """Index the pages of a locale as :func:`build_index` does, with as much of their texts as may be sent.

    Args:
        documents: its pages, in the order that decides between equals.
        language: tag of the locale.
        words: those of its language, of the source's, and of each language of its pages.
        count: counts the terms of a page, or knows how many there are.
        source: tag of the source language.
    """
    analyzers = {tag: Analyzer(rules_of(tag), of.protected) for tag, of in words.items()}
    fitted = fit(documents, lambda tag: analyzers[base_language(tag)], size_of_head(words, documents))
    index = build_index(fitted.documents, language, words[base_language(language)], words, count, source=source)
    return replace(index, fitted=fitted)


def fit(documents: Sequence[Document], analyzer_of: Callable[[str], Analyzer], head: int = 0) -> Fitted:
    """Shorten pages until their index is no longer than it may be; the same pages are shortened in the same way.

    Args:
        documents: whole pages.
        analyzer_of: gives the analyzer of a page's language, by its tag.
        head: bytes of what is sent beside pages, in gzip.
    """
    limit, rest = limit_of(len(documents)), head + SPARE

    @cache
    def readings() -> list[Reading]:
        return _read(documents, analyzer_of)

    @cache
    def leave(number: int, every: int = 1) -> Sequence[Document]:
        if number == 0:
            return documents[::every]
        return [shorten(reading, CUTS[number]) for reading in readings()[::every]]

    @cache
    def size(number: int, every: int = 1) -> int:
        return compressed_size(columns(leave(number, every)))

    number = 0 if rest + size(0) <= limit else choose_cut(size, partial(size, every=SAMPLED), limit - rest)
    return Fitted(tuple(leave(number)), CUTS[number], rest + size(number), limit)


def choose_cut(size: Callable[[int], int], sample: Callable[[int], int], room: int) -> int:
    """Give the number of the first cut that leaves no more bytes than there is room for; each leaves less than the one before."""
    number, last = 0, len(CUTS) - 1
    for _ in range(GUESSES):
        wanted = room * sample(number) / size(number)
        number = 1 + bisect_left(range(1, last), 1, key=lambda step: sample(step) <= wanted)
    while number < last and size(number) > room:
        number += 1
    while number > 1 and size(number - 1) <= room:
        number -= 1
    return number


def _read(documents: Sequence[Document], analyzer_of: Callable[[str], Analyzer]) -> list[Reading]:
    known: defaultdict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    read = [Reading(document, analyzer_of(document.lang), known[document.lang]) for document in documents]
    weights = _weights(read)
    for reading in read:
        reading.weigh(weights)
    return read


class Reading:
    """A page, and which terms stand where in it.

    Args:
        document: the page.
        analyzer: of its language.
        known: terms of words that were read before.
    """

    def __init__(self, document: Document, analyzer: Analyzer, known: dict[str, tuple[str, ...]]) -> None:
        self.document = document
        names = (document.title, *document.keywords, document.answer, *(part.title for part in document.sections))
        self.named = {term for text in names for word in analyzer.words(text) for term in analyzer.terms[word]}
        self.sections = [_places(section.text, analyzer, known) for section in document.sections]
        self.counts = Counter(
            term for places in self.sections for _, terms in places for term in terms if term not in self.named
        )
        self.ranked: list[str] = []
        self._has_grams = sum(map(analyzer.has_grams, islice(self.counts, 20))) > 10  # noqa: PLR2004 - most of the first

    def weigh(self, weights: Mapping[str, float]) -> None:
        """Put the terms of the text into order, those that tell most of this page first."""
        k1, _ = SATURATION
        worth = {term: weights[term] * n * (k1 + 1) / (n + k1) for term, n in self.counts.items()}
        self.ranked = sorted(worth, key=lambda term: (-worth[term], term))

    def room(self, cut: Cut) -> int | None:
        """Give how many terms may be sent; pairs of characters say the same twice, so that fewer of them do."""
        return cut.terms if cut.terms is None or not self._has_grams else cut.terms // GRAMS


_Places = list[tuple[int, tuple[str, ...]]]
"""Of each word of a text: where it ends, and the terms that it is found by."""


def _places(text: str, analyzer: Analyzer, known: dict[str, tuple[str, ...]]) -> _Places:
    places: _Places = []
    end = 0
    for word in analyzer.words(text):
        end = text.index(word, end) + len(word)
        terms = known.get(word)
        if terms is None:
            known[word] = terms = _telling(word, analyzer)
        places.append((end, terms))
    return places


def _telling(word: str, analyzer: Analyzer) -> tuple[str, ...]:
    """Give the terms of a word that are worth to be sent: the stem finds its other forms, and small words find nothing."""
    if analyzer.has_grams(word):
        return tuple(term for term in analyzer.terms[word] if len(term) > 1 and term not in analyzer.stop)
    pieces = (piece for piece in analyzer.read(word) if piece.surface not in analyzer.stop)
    return tuple(dict.fromkeys(term for piece in pieces for term in _stems(piece)))


def _stems(piece: Piece) -> Iterable[str]:
    if len(piece.surface) > 1:
        yield piece.stem or piece.surface
    for part in piece.parts:
        yield from _stems(part)


def _weights(readings: Sequence[Reading]) -> dict[str, float]:
    """Give what a term tells, by how few pages hold it; as lunr weighs it."""
    found = Counter(term for reading in readings for term in reading.counts)
    return {term: log(1 + abs((len(readings) - n + 0.5) / (n + 0.5))) for term, n in found.items()}


def shorten(reading: Reading, cut: Cut) -> Document:
    """Leave so much of a page."""
    document, left = reading.document, set(reading.ranked[: reading.room(cut)])
    sections = []
    for section, places in zip(document.sections, reading.sections, strict=True):
        text, kept = _beginning(section.text, places, cut.letters)
        left -= {term for _, terms in places[:kept] for term in terms}
        more = dict.fromkeys(term for _, terms in places[kept:] for term in terms if term in left)
        # In the section where it stands first, a term is enough.
        left -= more.keys()
        sections.append(replace(section, text=text, more=tuple(sorted(more))))
    return replace(
        document,
        sections=tuple(sections),
        summary=document.summary if cut.summary else "",
        bridge=tuple(pair for pair in document.bridge if cut.headings or not pair[0]),
    )


def _beginning(text: str, places: _Places, letters: int | None) -> tuple[str, int]:
    """Cut a text after a word; give it, and how many of its words it holds."""
    if letters is None or len(text) <= letters + 1:
        return text, len(places)
    # A word of a script without spaces may be a whole sentence.
    kept = next((n for n, (end, _) in enumerate(places) if end > letters), len(places))
    if not kept:
        return "", 0
    return f"{text[: places[kept - 1][0]]} …", kept
