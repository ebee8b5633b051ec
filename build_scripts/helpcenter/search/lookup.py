"""What an index holds for a typed word: the counterpart of ``lookup.js``.

A word leads to terms, each at a nearness between 0 and 1; lunr tells what each term is worth on each page.
"""

from __future__ import annotations

from functools import cached_property, reduce
from math import floor, log
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.search.mistakes import LENGTHS, allowed, cost, is_form
from helpcenter.search.sounds import Sounds, is_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from helpcenter.search.analysis import Piece
    from helpcenter.search.index import Group

# How much of a match counts, by how far it is from what was typed. The same numbers stand in lookup.js.
EXACT, VARIANT, STEM, TYPED_PREFIX, PREFIX, SUFFIX = 1.0, 0.9, 0.8, 0.6, 0.35, 0.25
PARTS, CHARACTERS, ONE_PART = 0.6, 0.1, 0.3
# Another form of the word by the letters that both begin with; a misspelled word. Each counts less the more is different.
AKIN, SIMILAR = 0.4, 0.5
# From here on a page answers a word itself, not by something like it: less than any stem, more than any misspelling.
DIRECT = 0.5
SHORTEST_PREFIX, SHORTEST_SUFFIX, SHORTEST_AKIN, SHORTEST_PART = 3, 4, 4, 3
LONGER = 2
# How much a pair of characters counts that sounds like what was typed, of a misspelled word.
SOUNDING = 0.9
# Fields whose words name a page: title and keywords.
NAMING = 1
# How many terms one word stands for at most by its beginning, its parts, or mistakes: the weightiest.
TERMS, CORRECTIONS = 24, 8
# What takes so much more than the nearest term is not what was meant.
BESIDE = 0.5


class Strand(NamedTuple):
    """One way in which a word is found.

    Args:
        nearness: how near it is to what was typed.
        pages: document number → what it is worth there, before nearness.
        terms: the terms of the index that it stands for.
        how: the kind of match, for people who ask why.
    """

    nearness: float
    pages: Mapping[int, float]
    terms: tuple[str, ...]
    how: str

    def times(self, weight: float) -> Strand:
        """Give the same, further away."""
        return self._replace(nearness=self.nearness * weight)


class Lookup:
    """The terms of a group of pages, and what they are worth."""

    def __init__(self, group: Group) -> None:
        self._group = group
        self._terms = group.asked
        self._worth: dict[str, dict[int, float]] = {}
        self._heft: dict[str, int] = {}
        self._words: dict[Piece, list[Strand]] = {}

    def word(self, piece: Piece, *, typed: bool) -> list[Strand]:
        """Look up a word as it was typed.

        Args:
            piece: the word.
            typed: it may still be being typed.
        """
        if typed:
            return self._look_up(piece, typed=True)
        # Words of the vocabulary stand for many that are typed.
        if piece not in self._words:
            self._words[piece] = self._look_up(piece, typed=False)
        return self._words[piece]

    def _look_up(self, piece: Piece, *, typed: bool) -> list[Strand]:
        near: dict[str, tuple[float, str]] = {}
        surface, rules, terms = piece.surface, self._group.rules, self._terms
        _add(near, terms.exact(surface), EXACT, "word")
        for variant in self._group.analyzer.variants(surface):
            _add(near, terms.exact(variant), VARIANT, "spelling")
        for stem in (piece.stem, self._group.analyzer.bare(piece)):
            _add(near, terms.exact(stem), STEM, "stem")
        if typed or (piece.letters and len(surface) >= SHORTEST_PREFIX):
            begun = self._weightiest(terms.beginning(surface))
            _add(near, begun, TYPED_PREFIX if typed else PREFIX, "beginning")
        if rules.compounds and piece.letters and len(surface) >= SHORTEST_SUFFIX:
            _add(near, self._weightiest(terms.holding(piece.stem or surface)), SUFFIX, "part")
        if piece.letters and not piece.parts and all(nearness < STEM for nearness, _ in near.values()):
            share, akin = self._akin(surface)
            _add(near, akin, AKIN * share, "form")
        found = [self._strand(term, nearness, how) for term, (nearness, how) in near.items()]
        return found + self._in_parts(piece)

    def similar(self, piece: Piece, *, typed: bool) -> list[Strand]:
        """Look up a misspelled word, the likeliest correction first; a name that is protected is never misspelled.

        Neither is a form of a small word; and nobody means the stem of one.
        """
        if self.sounds and is_han(piece.surface):
            pairs = self.sounds.alike(piece.surface)[:CORRECTIONS]
            return [self._strand(pair, SIMILAR * SOUNDING, "similar") for pair in pairs]
        small = self._group.analyzer.stop_stems
        if not piece.letters or piece.parts or len(piece.surface) < LENGTHS[0] or piece.stem in small:
            return []
        is_neighbour = self._group.analyzer.is_neighbour
        costs: dict[str, float] = {}
        words = dict.fromkeys((piece.surface, piece.stem))
        for word in words:
            edits = allowed(word)
            begun = typed and word == piece.surface
            found = (self._terms.near_beginning if begun else self._terms.near)(word, edits) if edits else ()
            for term in (term for term in found if term not in words and term not in small):
                far = cost(word, term, is_neighbour, beginning=begun) / len(word)
                costs[term] = min(costs.get(term, far), far)
        places = self._terms.places
        best = sorted(costs, key=lambda term: (floor(costs[term] * 100), self.heft(term), len(term), places[term]))
        nearest = costs[best[0]] * len(piece.surface) + BESIDE if best else 0.0
        return [
            self._strand(term, SIMILAR * (1 - costs[term]), "similar")
            for term in best[:CORRECTIONS]
            if costs[term] < 1 and costs[term] * len(piece.surface) <= nearest
        ]

    def is_form(self, piece: Piece, term: str) -> bool:
        """Tell whether a term near a word is another form of it."""
        # Where what the stemmer leaves ends as the term does, the slip lies before the ending: "Rechnugen".
        stem = piece.stem or piece.surface
        return stem[-1] != term[-1] and is_form(piece.surface, term, self._group.analyzer.is_neighbour)

    def split(self, piece: Piece, *, typed: bool) -> tuple[list[Strand], tuple[str, ...]]:
        """Look up words that were run together, or make a compound; give the two words as well when it was the first."""
        surface, analyzer = piece.surface, self._group.analyzer
        if not piece.letters or piece.parts or len(surface) < 2 * SHORTEST_PART:
            return [], ()
        cuts = [
            (self.heft(before) + self.heft(after), place, before, after)
            for place in range(SHORTEST_PART, len(surface) - SHORTEST_PART + 1)
            if self._terms.exact(before := surface[:place])
            and (self._terms.exact(after := surface[place:]) or (typed and self._terms.beginning(after)))
        ]
        words = min(cuts)[2:] if cuts else analyzer.split_compound(surface, self._is_known)
        found = [
            [strand.times(PARTS) for strand in self.word(part, typed=False)]
            for word in words
            for part in analyzer.read(word)
        ]
        alone = [strand.times(ONE_PART) for strands in found for strand in strands]
        return all_of(found) + alone, words if cuts else ()

    def joined(self, before: Piece, after: Piece) -> list[Strand]:
        """Look up two words as one: ``e mail``."""
        word = before.surface + after.surface
        return [self._strand(term, VARIANT, "joined") for term in self._terms.exact(word)]

    def heft(self, term: str) -> int:
        """Give the number of the weightiest field in which a term stands."""
        known = self._heft.get(term)
        if known is None:
            posting = self._group.lunr.inverted_index.get(term, {})
            fields = [number for number, name in enumerate(self._group.vectors) if posting.get(name)]
            self._heft[term] = known = min(fields, default=len(self._group.vectors))
        return known

    def worth(self, term: str) -> dict[int, float]:
        """Give what a term is worth on each page that has it, by lunr's count, but however rare it is.

        lunr takes a term that stands in half of all fields for worthless, and the rarest form of a word for its best.
        """
        known = self._worth.get(term) if self._terms.exact(term) else {}
        if known is None:
            self._terms.chosen = [term]
            from lunr.query import Query  # noqa: PLC0415 - builds seldom query

            asked = Query(list(self._group.vectors))
            # The term itself is empty: the token set knows which is meant.
            asked.clause(term="", use_pipeline=False)
            posting = self._group.lunr.inverted_index[term]
            rows, total = sum(len(posting[name]) for name in self._group.vectors), len(self._group.documents)
            rarity = log(1 + abs((total - rows + 0.5) / (rows + 0.5)))
            found = self._group.lunr.query(asked)
            known = {int(result["ref"]): rounded(result["score"] / rarity) for result in found}
            self._worth[term] = known
        return known

    @cached_property
    def sounds(self) -> Sounds | None:
        """Give the words by their sounds, where the language needs it."""
        if not self._group.rules.sounds:
            return None
        named = [term for term in self._terms.places if is_han(term) and self.heft(term) <= NAMING]
        return Sounds(self._group, sorted(named, key=self.heft))

    def _strand(self, term: str, nearness: float, how: str) -> Strand:
        return Strand(nearness, self.worth(term), (term,), how)

    def _weightiest(self, terms: list[str]) -> list[str]:
        return sorted(terms, key=lambda term: (self.heft(term), len(term)))[:TERMS]

    def _akin(self, surface: str) -> tuple[float, list[str]]:
        """Find terms that begin as the word does, for as many letters as there are any; give the share of those letters."""
        for length in range(len(surface) - 1, max(SHORTEST_AKIN, -(-6 * len(surface) // 10)) - 1, -1):
            begun = [t for t in self._terms.beginning(surface[:length]) if len(t) <= len(surface) + LONGER]
            if begun:
                return length / len(surface), self._weightiest(begun)
        return 0.0, []

    def _in_parts(self, piece: Piece) -> list[Strand]:
        if not piece.parts:
            return []
        single = all(len(part.surface) == 1 for part in piece.parts)
        # "gardez-vous" asks for what is kept.
        stop = self._group.analyzer.stop
        parts = [part for part in piece.parts if single or part.surface not in stop] or piece.parts
        found = [self.word(part, typed=False) for part in parts]
        weight = CHARACTERS if single else PARTS
        whole = [strand.times(weight) for strand in all_of(found)]
        # Nobody's order number stands in a page; that it is one says what the question is about.
        alone = [] if single or whole else [strand.times(ONE_PART) for strands in found for strand in strands]
        return whole + alone

    def _is_known(self, word: str) -> bool:
        return any(self._terms.exact(term) for piece in self._group.analyzer.read(word) for term in piece.terms)


def all_of(found: Sequence[Sequence[Strand]]) -> list[Strand]:
    """Give the pages that hold every one of some words, with the mean of what each is worth there."""
    if len(found) == 1:
        return list(found[0])
    best: list[dict[int, tuple[float, float]]] = []
    for strands in found:
        pages: dict[int, tuple[float, float]] = {}
        for strand in strands:
            for number, worth in strand.pages.items():
                near, most = pages.get(number, (0.0, 0.0))
                pages[number] = (max(near, strand.nearness), max(most, strand.nearness * worth))
        best.append(pages)
    by_nearness: dict[float, dict[int, float]] = {}
    for number in best[0] if best else ():
        if all(number in pages for pages in best):
            near = min(pages[number][0] for pages in best)
            mean = total(pages[number][1] for pages in best) / len(best)
            by_nearness.setdefault(near, {})[number] = mean / near
    terms = tuple(dict.fromkeys(term for strands in found for strand in strands for term in strand.terms))
    return [Strand(near, pages, terms, "words") for near, pages in by_nearness.items()]


def total(numbers: Iterable[float]) -> float:
    """Add up one by one, as the browser does; ``sum`` of Python 3.12 is more exact."""
    return reduce(add, numbers, 0.0)


def _add(near: dict[str, tuple[float, str]], terms: Iterable[str], nearness: float, how: str) -> None:
    for term in terms:
        if nearness > near.get(term, (0.0, ""))[0]:
            near[term] = (nearness, how)


def rounded(number: float) -> float:
    """Round as the browser does, so that both add up the same numbers."""
    return floor(number * 1e6 + 0.5) / 1e6
