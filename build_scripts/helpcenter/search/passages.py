"""Where on a page an answer stands: the counterpart of ``passages.js``.

A page is read in passages: its title, each keyword, the short answer, each section under its heading.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpcenter.search.documents import Section
from helpcenter.search.lookup import DIRECT, total

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.search.analysis import Analyzer, Piece
    from helpcenter.search.documents import Document

# A section whose heading says it is worth a little more than one whose text does.
HEADING = 1.2
# How far apart words stand that belong together, in words; and how many concepts of a query are compared.
APART, COMPARED = 2, 30

Line = dict[str, list[int]]
"""The terms of a text, each with the places of the words that it stands for."""


class Passage(NamedTuple):
    """A section, or one of the names of a page.

    Args:
        anchor: of the section; empty for all that stands above the first heading.
        heading: its heading.
        text: what stands below.
        more: the terms of what is not sent of it, as if they were one word: nobody knows what they stand beside.
    """

    anchor: str
    heading: Line
    text: Line
    more: Line


class Pages:
    """The pages of a group as they are compared with queries; each is read when it is asked for, once.

    Args:
        documents: all pages of the index.
        analyzer: of the group's language.
        bridged: the group knows them by their names in the language of the source only.
    """

    def __init__(self, documents: Sequence[Document], analyzer: Analyzer, *, bridged: bool) -> None:
        self._documents, self._analyzer, self._bridged = documents, analyzer, bridged
        self._passages: dict[int, Passages] = {}
        self._names: dict[int, list[tuple[Piece, ...]]] = {}

    def passages(self, number: int) -> Passages:
        """Give the passages of a page."""
        if number not in self._passages:
            document, names = self._documents[number], self._names_of(number)
            sections: Sequence[Section] = document.sections
            if self._bridged:
                sections = [Section(anchor, name, "") for anchor, name in document.bridge if anchor]
            else:
                names = [*names, document.answer]
            self._passages[number] = Passages(names, sections, self._analyzer)
        return self._passages[number]

    def names(self, number: int) -> list[tuple[Piece, ...]]:
        """Give the title of a page and its keywords, as queries are read."""
        if number not in self._names:
            self._names[number] = [self._analyzer.read(name) for name in self._names_of(number)]
        return self._names[number]

    def _names_of(self, number: int) -> list[str]:
        document = self._documents[number]
        if self._bridged:
            return [name for anchor, name in document.bridge if not anchor]
        return [document.title, *document.keywords]


class Passages:
    """A page as it is compared with a query.

    Args:
        names: its title, its keywords and its short answer.
        sections: in order.
        analyzer: of their language.
    """

    def __init__(self, names: Sequence[str], sections: Sequence[Section], analyzer: Analyzer) -> None:
        def read(text: str) -> Line:
            line: Line = {}
            for place, word in enumerate(analyzer.words(text)):
                for term in analyzer.terms[word]:
                    line.setdefault(term, []).append(place)
            return line

        self.names = [read(name) for name in names]
        self.sections = [
            Passage(s.anchor, read(s.title), read(s.text), {term: [0] for term in s.more}) for s in sections
        ]

    def together(self, wanted: Sequence[Mapping[str, float]]) -> tuple[int, int]:
        """Tell how the words of a query stand together.

        Args:
            wanted: for each concept of the query, the terms it was found by, and how near each of them is.

        Returns:
            How many pairs of words that follow each other in the query do so on the page; and how many words stand in
            that passage which holds most.
        """
        bits: dict[str, int] = {}
        for number, terms in enumerate(wanted[:COMPARED]):
            for term, near in terms.items():
                if near >= DIRECT:
                    bits[term] = bits.get(term, 0) | 1 << number
        pairs = most = 0
        for lines in (*([name] for name in self.names), *([s.heading, s.text, s.more] for s in self.sections)):
            held = 0
            for line in lines:
                masks = _masks(line, bits)
                for place, mask in masks.items():
                    held |= mask
                    for after in range(place + 1, place + 1 + APART):
                        pairs |= mask & masks.get(after, 0) >> 1
            most = max(most, held.bit_count())
        return pairs.bit_count(), most

    def names_all(self, wanted: Sequence[Mapping[str, float]], least: float) -> bool:
        """Tell whether title, keywords and short answer hold every concept of a query, nearly enough."""
        return all(
            any(near >= least and any(term in line for line in self.names) for term, near in terms.items())
            for terms in wanted
        )

    def best(self, wanted: Sequence[Mapping[str, float]]) -> str:
        """Give the anchor of the section that answers more nearly than the page's title does, or nothing."""
        title = total(_worth(self.names[0] if self.names else {}, wanted))
        best, anchor = 0.0, ""
        for section in self.sections:
            above, below = _worth(section.heading, wanted), _worth(section.text, wanted, section.more)
            score = total(max(a * HEADING, b) for a, b in zip(above, below, strict=True))
            if score > best:
                best = score
                anchor = section.anchor if total(map(max, above, below)) > title else ""
        return anchor


def _masks(line: Line, bits: Mapping[str, int]) -> dict[int, int]:
    """Give the concepts that stand at each place of a line, where there are any."""
    masks: dict[int, int] = {}
    for term, bit in bits.items():
        for place in line.get(term, ()):
            masks[place] = masks.get(place, 0) | bit
    return masks


def _worth(line: Line, wanted: Sequence[Mapping[str, float]], more: Line | None = None) -> list[float]:
    rest = more or {}
    return [
        max((near for term, near in terms.items() if term in line or term in rest), default=0.0) for terms in wanted
    ]
