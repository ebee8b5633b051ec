"""Building the search index of a locale, and its files.

The index is lunr's: field vectors weighted by BM25, which lunr.js and lunr.py query.  lunr.py's own builder spends its
time on token objects, so the vectors are computed here; a test proves that they equal those of the builder.

Files (``docs/formats/search.md``): the inverted index of lunr's own format repeats what the vectors say, so only the
vectors are sent, as differences and thousandths; the browser and :func:`load_index` expand them.
"""

from __future__ import annotations

import hashlib
import json
from array import array
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, chain
from math import log
from operator import sub
from typing import TYPE_CHECKING, Any, NamedTuple

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.files import read_text, relative, write_atomic
from helpcenter.search.analysis import Analyzer, tables
from helpcenter.search.documents import Document, Section
from helpcenter.search.languages import Rules, base_language, rules_of
from helpcenter.search.terms import Terms
from helpcenter.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from lunr.index import Index as LunrIndex

FORMAT = 2
LUNR_VERSION = "2.3.9"
"""What lunr.js 2.3.9 and lunr.py 0.8 write into an index, and compare when they load one."""
# What a match weighs by where it stands; chosen so that a word of the title outweighs any number in the body.
FIELDS = {"title": 10, "keywords": 8, "answer": 4, "headings": 3, "body": 1}
# BM25 as lunr sets it: how soon repetition stops to count, and how much length does.
_K1, _B = 1.2, 0.75

INDEX_FILE, PAGES_FILE, STUB_FILE = "index.json", "pages.json", "search_index.json"


@dataclass(frozen=True)
class Group:
    """The pages of one language within a locale.

    Args:
        rules: how they are analysed.
        vocabulary: the shop's words in this language.
        documents: numbers of the pages in :attr:`Index.documents`.
        terms: all terms, sorted by UTF-16 code unit; a term's number is its place.
        vectors: field → for each of the documents, [term number, thousandths, …] by term number.
    """

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
        groups: the locale's own language first, then those of its fallback pages.
    """

    language: str
    documents: tuple[Document, ...]
    groups: tuple[Group, ...] = field(repr=False)


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
    terms_of, words_in = analyzer.terms.__getitem__, analyzer.words
    counts = {}
    for name, text in _texts(document).items():
        found = Counter(chain.from_iterable(map(terms_of, words_in(text))))
        counts[name] = Row(" ".join(found), array("i", found.values()))
    return counts


def build_index(
    documents: Sequence[Document],
    language: str,
    vocabulary: Vocabulary,
    others: Mapping[str, Vocabulary] | None = None,
    count: Callable[[Document, Analyzer], Counts] = count_terms,
) -> Index:
    """Index the pages of a locale; the same input gives the same index, byte for byte.

    Args:
        documents: its pages, in the order that decides between equals.
        language: tag of the locale.
        vocabulary: the locale's words.
        others: language → words, for fallback pages.
        count: counts the terms of a page, or knows how many there are.
    """
    own = base_language(language)
    numbers: dict[str, list[int]] = {own: [], **{other: [] for other in other_languages(documents, language)}}
    for number, document in enumerate(documents):
        numbers[base_language(document.lang)].append(number)
    groups = tuple(
        _group(
            documents,
            tuple(of),
            rules_of(tag),
            vocabulary if tag == own else (others or {}).get(tag, Vocabulary()),
            count,
        )
        for tag, of in numbers.items()
        if of or tag == own
    )
    return Index(language, tuple(documents), groups)


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
    return Group(rules, vocabulary, numbers, tuple(terms), vectors)


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
    gain = _K1 + 1
    vectors: list[array[int]] = []
    for row, length in zip(rows, lengths, strict=True):
        norm = _K1 * (1 - _B + _B * (length / average)) if average else _K1
        # In lunr's order of operations, and rounded as lunr does, so that the last digit is the same.
        scores = [
            (places[term], int(round(weights[term] * (gain * n) / (norm + n) * boost, 3) * 1000 + 0.5))
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


def encode(index: Index) -> dict[str, bytes]:
    """Give the files of an index: name → content, for ``site/<locale>/search/``."""
    body = {
        "format": FORMAT,
        "lunr": LUNR_VERSION,
        "language": index.language,
        "fields": list(FIELDS),
        "tables": tables(),
    }
    groups = _json_list(_encode_group(group) for group in index.groups)
    pages = _json_list(_json(_describe(document)) for document in index.documents)
    files = {PAGES_FILE: pages, INDEX_FILE: _with_last(body, "groups", groups)}
    # A browser may keep the files for ever: their addresses carry this.
    state = hashlib.sha256()
    for data in files.values():
        state.update(data)
    version = state.hexdigest()[:12]
    # Material asks for this file on every page and hands it to the worker; what the worker needs is in the two above.
    stub = {"lang": ["en"], "separator": "[\\s\\-]+", "pipeline": [], "fields": {}, "version": version}
    return files | {STUB_FILE: _json({"config": stub, "docs": []})}


def _describe(document: Document) -> dict[str, Any]:
    return {
        "url": document.url,
        "title": document.title,
        "type": document.type,
        "lang": document.lang,
        # The terms of the index no longer say which of them made one keyword.
        "keywords": document.keywords,
        "sections": [[section.anchor, section.title, section.text] for section in document.sections],
    }


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _json_list(items: Iterable[bytes]) -> bytes:
    """Write a list of what is written already: as one value it would take many times the memory meanwhile."""
    found = list(items)
    for place in range(1, len(found)):
        found[place] = b"," + found[place]
    return b"".join([b"[", *found, b"]"])


def _with_last(value: Mapping[str, Any], name: str, last: bytes) -> bytes:
    """Write an object whose last member is written already."""
    return b"".join([_json(value)[:-1], b",", _json(name), b":", last, b"}"])


def _encode_group(group: Group) -> bytes:
    rules, words = group.rules, group.vocabulary
    vectors = _json_list(_json_list(_json(_differences(row)) for row in rows) for rows in group.vectors.values())
    described = {
        "rules": rules.sent(),
        "synonyms": words.synonyms,
        "one_way": words.one_way,
        "protected": words.protected,
        "documents": group.documents,
        "terms": " ".join(group.terms),
    }
    return _with_last(described, "vectors", vectors)


def _differences(row: Sequence[int]) -> list[int]:
    places = row[::2]
    steps = map(sub, places, chain((0,), places))
    return list(chain.from_iterable(zip(steps, row[1::2], strict=True)))


def write_index(index: Index, folder: Path) -> None:
    """Write the files of an index into ``site/<locale>/search/``; unchanged ones are not touched."""
    for name, data in encode(index).items():
        write_atomic(folder / name, data)


def load_index(folder: Path) -> Index:
    """Read an index back from its folder.

    Raises:
        HelpcenterError: ``file-unreadable``, ``file-encoding`` or ``search-index-invalid``.
    """
    raw = {name: read_text(folder / name, folder) for name in (INDEX_FILE, PAGES_FILE)}
    name = INDEX_FILE
    try:
        body = json.loads(raw[INDEX_FILE])
        if body["format"] != FORMAT:
            raise ValueError(f"format {body['format']}, not {FORMAT}")  # noqa: TRY301 - one way out for all that is wrong
        groups = tuple(_decode_group(group) for group in body["groups"])
        name = PAGES_FILE
        documents = tuple(
            Document(
                p["url"],
                p["title"],
                p["type"],
                tuple(p["keywords"]),
                "",
                tuple(Section(*s) for s in p["sections"]),
                p["lang"],
            )
            for p in json.loads(raw[PAGES_FILE])
        )
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise HelpcenterError(
            finding(
                "search-index-invalid",
                f"not a search index of this release: {error}",
                Place(relative(folder / name, folder.parent)),
                help="build the site again",
            )
        ) from error
    return Index(body["language"], documents, groups)


def _decode_group(raw: dict[str, Any]) -> Group:
    return Group(
        Rules.received(raw["rules"]),
        Vocabulary(
            tuple(tuple(group) for group in raw["synonyms"]),
            tuple((typed, tuple(found)) for typed, found in raw["one_way"]),
            tuple(raw["protected"]),
        ),
        tuple(raw["documents"]),
        tuple(raw["terms"].split(" ")) if raw["terms"] else (),
        {name: [_absolute(row) for row in rows] for name, rows in zip(FIELDS, raw["vectors"], strict=True)},
    )


def _absolute(row: list[int]) -> array[int]:
    return array("i", chain.from_iterable(zip(accumulate(row[::2]), row[1::2], strict=True)))
