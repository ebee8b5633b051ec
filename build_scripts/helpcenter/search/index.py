"""Building the search index of a locale.

The index is lunr's: field vectors weighted by BM25, which lunr.js and lunr.py query.  lunr.py's own builder spends its
time on token objects, so the vectors are computed here; a test proves that they equal those of the builder.
"""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from helpcenter.search.analysis import Analyzer
from helpcenter.search.concepts import Reader
from helpcenter.search.languages import Rules, base_language, rules_of
from helpcenter.search.lookup import Lookup
from helpcenter.search.passages import Pages
from helpcenter.search.terms import Terms
from helpcenter.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from lunr.index import Index as LunrIndex

    from helpcenter.search.documents import Document
    from helpcenter.search.fitting import Fitted

LUNR_VERSION = "2.3.9"
"""What lunr.js 2.3.9 and lunr.py 0.8 write into an index, and compare when they load one."""
# What a match weighs by where it stands; chosen so that a word of the title outweighs any number in the body.
FIELDS = {"title": 10, "keywords": 8, "answer": 4, "headings": 3, "body": 1}
# BM25 as lunr sets it: how soon repetition stops to count, and how much length does.
SATURATION = (1.2, 0.75)

Kind = Literal["own", "bridge", "other"]
"""What the pages of a group are: in the locale's language; the same by their names in the language of the source; or
shown in the language of the source."""


@dataclass(frozen=True)
class Group:
    """The pages of one language within a locale.

    Args:
        kind: what they are.
        rules: how they are analysed.
        vocabulary: the shop's words in this language.
        documents: numbers of the pages in :attr:`Index.documents`.
        terms: all terms, sorted by UTF-16 code unit; a term's number is its place.
        vectors: field → for each of the documents, [term number, thousandths, …] by term number.
    """

    kind: Kind
    rules: Rules
    vocabulary: Vocabulary
    documents: tuple[int, ...]
    terms: tuple[str, ...]
    vectors: Mapping[str, Sequence[Sequence[int]]]

    @cached_property
    def analyzer(self) -> Analyzer:
        """Give the analyzer of its language."""
        return Analyzer(self.rules, self.vocabulary.protected)

    @cached_property
    def asked(self) -> Terms:
        """Give the terms, to find in them what a word stands for."""
        return Terms(self.terms)

    @cached_property
    def reader(self) -> Reader:
        """Give what reads queries in its language."""
        return Reader(self.analyzer, self.vocabulary)

    @cached_property
    def lookup(self) -> Lookup:
        """Give what looks up words in it."""
        return Lookup(self)

    def pages(self, documents: Sequence[Document]) -> Pages:
        """Give its pages as they are compared with queries.

        Args:
            documents: those of the index.
        """
        known: Pages | None = self.__dict__.get("_pages")
        if known is None:
            known = Pages(documents, self.analyzer, bridged=self.kind == "bridge")
            self.__dict__["_pages"] = known
        return known

    @cached_property
    def lunr(self) -> LunrIndex:
        """Give lunr.py's index, whose token set is :attr:`asked`."""
        from lunr.index import Index as LunrIndex  # noqa: PLC0415 - builds never query
        from lunr.pipeline import Pipeline  # noqa: PLC0415 - as above
        from lunr.vector import Vector  # noqa: PLC0415 - as above

        raw = serialize(self)
        vectors = {ref: Vector(elements) for ref, elements in raw["fieldVectors"]}
        return LunrIndex(dict(raw["invertedIndex"]), vectors, self.asked, raw["fields"], Pipeline())


@dataclass(frozen=True)
class Index:
    """The search index of a locale.

    Args:
        language: the locale's tag.
        documents: all pages.
        groups: the locale's own language first, then the bridge if there is one, then the languages of its fallback pages.
        source: tag of the source language.
        popular: queries that an empty search box offers.
        fitted: what was left of the pages, where that is known.
    """

    language: str
    documents: tuple[Document, ...]
    groups: tuple[Group, ...] = field(repr=False)
    source: str = ""
    popular: tuple[str, ...] = ()
    fitted: Fitted | None = field(default=None, repr=False, compare=False)


def other_languages(documents: Iterable[Document], language: str) -> tuple[str, ...]:
    """Give the languages of pages that are not in the locale's own: those of its fallback pages, sorted."""
    return tuple(sorted({base_language(d.lang) for d in documents} - {base_language(language)}))


class Row(NamedTuple):
    """The terms of one field of a page; packed, as those of a whole locale are in memory at once.

    Args:
        terms: with a space between them, which none of them holds.
        numbers: how often each stands there.
    """

    terms: str
    numbers: array[int]


Counts = dict[str, Row]
"""The terms of a page, by field."""


def count_terms(document: Document, analyzer: Analyzer) -> Counts:
    """Count the terms of a page."""
    return _count(_texts(document), analyzer, [term for section in document.sections for term in section.more])


def count_bridge_terms(document: Document, analyzer: Analyzer) -> Counts:
    """Count the terms of a page's names in the language of the source: to who asks in it, they are its keywords."""
    return _count(dict.fromkeys(FIELDS, "") | {"keywords": "\n".join(name for _, name in document.bridge)}, analyzer)


def _count(texts: Mapping[str, str], analyzer: Analyzer, more: Sequence[str] = ()) -> Counts:
    terms_of, words_in = analyzer.terms.__getitem__, analyzer.words
    counts = {}
    for name, text in texts.items():
        found = Counter(chain.from_iterable(map(terms_of, words_in(text))))
        if name == "body":
            found.update(more)
        counts[name] = Row(" ".join(found), array("i", found.values()))
    return counts


def build_index(
    documents: Sequence[Document],
    language: str,
    vocabulary: Vocabulary,
    others: Mapping[str, Vocabulary] | None = None,
    count: Callable[[Document, Analyzer], Counts] = count_terms,
    *,
    source: str = "",
    rules: Callable[[str], Rules] = rules_of,
) -> Index:
    """Index the pages of a locale; the same input gives the same index, byte for byte.

    Args:
        documents: its pages, in the order that decides between equals.
        language: tag of the locale.
        vocabulary: the locale's words.
        others: language → words, for fallback pages and for the bridge.
        count: counts the terms of a page, or knows how many there are.
        source: tag of the source language, in which bridges are; without one there is no bridge.
        rules: gives those of a language.
    """
    words = others or {}
    groups = tuple(
        _group(
            kind,
            documents,
            tuple(of),
            rules(tag),
            vocabulary if kind == "own" else words.get(tag, Vocabulary()),
            count_bridge_terms if kind == "bridge" else count,
        )
        for kind, tag, of in _kinds(documents, base_language(language), base_language(source))
    )
    return Index(language, tuple(documents), groups, source, vocabulary.popular)


def _kinds(documents: Sequence[Document], own: str, source: str) -> list[tuple[Kind, str, list[int]]]:
    """Give the groups of an index, with their language and the numbers of their pages."""
    numbers: dict[str, list[int]] = {own: [], **{other: [] for other in other_languages(documents, own)}}
    for number, document in enumerate(documents):
        numbers[base_language(document.lang)].append(number)
    found: list[tuple[Kind, str, list[int]]] = [("own", own, numbers.pop(own))]
    bridged = [number for number in found[0][2] if documents[number].bridge]
    if bridged and source not in {"", own}:
        found.append(("bridge", source, bridged))
    return found + [("other", other, of) for other, of in numbers.items()]


def _texts(document: Document) -> dict[str, str]:
    return {
        "title": document.title,
        # A keyword is a thing of its own; the line keeps the last word of one from joining the first of the next.
        "keywords": "\n".join(document.keywords),
        "answer": document.answer,
        "headings": "\n".join(section.title for section in document.sections),
        "body": "\n".join(section.text for section in document.sections),
    }


def _group(
    kind: Kind,
    documents: Sequence[Document],
    numbers: tuple[int, ...],
    rules: Rules,
    vocabulary: Vocabulary,
    count: Callable[[Document, Analyzer], Counts],
) -> Group:
    analyzer = Analyzer(rules, vocabulary.protected)
    counts: dict[str, list[Row]] = {name: [] for name in FIELDS}
    found: Counter[str] = Counter()
    for number in numbers:
        for name, row in count(documents[number], analyzer).items():
            counts[name].append(row)
            found.update(row.terms.split())
    terms = sorted_terms(found)
    # lunr counts a document once for each field a term stands in; the browser's scores must follow the same formula.
    total = len(numbers)
    weights = {term: log(1 + abs((total - n + 0.5) / (n + 0.5))) for term, n in found.items()}
    places = {term: place for place, term in enumerate(terms)}
    vectors = {name: _vectors(counts[name], boost, weights, places) for name, boost in FIELDS.items()}
    return Group(kind, rules.restricted(terms), vocabulary, numbers, tuple(terms), vectors)


def sorted_terms(terms: Iterable[str]) -> list[str]:
    """Sort as JavaScript does, by UTF-16 code unit: lunr.js refuses an index whose terms are in another order."""
    ordered = sorted(terms)
    # Code points and code units sort alike as long as none lies beyond the first plane.
    if max(map(max, ordered), default="") > "\uffff":
        ordered.sort(key=lambda term: term.encode("utf-16-be"))
    return ordered


def _vectors(rows: list[Row], boost: int, weights: Mapping[str, float], places: Mapping[str, int]) -> list[array[int]]:
    lengths = [sum(row.numbers) for row in rows]
    average = sum(lengths) / len(lengths) if lengths else 0
    k1, b = SATURATION
    gain = k1 + 1
    vectors: list[array[int]] = []
    for row, length in zip(rows, lengths, strict=True):
        norm = k1 * (1 - b + b * (length / average)) if average else k1
        # In lunr's order of operations, so that the last digit is the same, there and in the browser.
        scores = [
            (places[term], int(weights[term] * (gain * n) / (norm + n) * boost * 1000 + 0.5))
            for term, n in zip(row.terms.split(), row.numbers, strict=True)
        ]
        scores.sort()
        vectors.append(array("i", chain.from_iterable(scores)))
    return vectors


def serialize(group: Group) -> dict[str, Any]:
    """Give a group in lunr's own format, as ``lunr.Index.load`` reads it; references are document numbers."""
    inverted: list[dict[str, Any]] = [
        {"_index": place, **{name: {} for name in FIELDS}} for place in range(len(group.terms))
    ]
    vectors = []
    for name, rows in group.vectors.items():
        for number, row in zip(group.documents, rows, strict=True):
            places, scores = row[::2], row[1::2]
            for place in places:
                inverted[place][name][str(number)] = {}
            elements = [value for place, score in zip(places, scores, strict=True) for value in (place, score / 1000)]
            vectors.append([f"{name}/{number}", elements])
    return {
        "version": LUNR_VERSION,
        "fields": list(FIELDS),
        "fieldVectors": vectors,
        "invertedIndex": [[term, posting] for term, posting in zip(group.terms, inverted, strict=True)],
        "pipeline": [],
    }
