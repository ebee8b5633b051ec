"""What a typed text asks for: the counterpart of ``concepts.js``.

A query becomes concepts, each of them what a customer may mean by one word, or by a phrase that the shop's vocabulary
knows, with alternatives that weigh less the further they are from what was typed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.search.analysis import Analyzer, Piece
    from helpcenter.search.vocabulary import Vocabulary

# How much an alternative counts. The same numbers stand in concepts.js.
TYPED, MEANT, SYNONYM, PHRASE_WORD = 1.0, 0.9, 0.6, 0.3
_HOW = {SYNONYM: "synonym", MEANT: "misspelling", PHRASE_WORD: "part"}
# How many words may stand between those of a phrase: "send my blue pillow back".
GAP = 3

Words = tuple["Piece", ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words that may stand for a concept, all of them together.

    Args:
        words: what is looked up.
        weight: how much it counts.
        text: how a correction is written, for customers; empty when it is none.
    """

    words: Words
    weight: float
    text: str = ""

    @property
    def how(self) -> str:
        """Tell why it may stand for the concept; nothing for what was typed."""
        return _HOW.get(self.weight, "")


@dataclass(frozen=True, slots=True)
class Concept:
    """What is asked for by a word or a phrase.

    Args:
        at: place of its first piece in the query.
        words: numbers of the typed words that it is made of.
        label: those words as they were typed; of a text without spaces, the pair of characters.
        alternatives: what it may mean; what was typed is the first.
        stop: it says little.
    """

    at: int
    words: tuple[int, ...]
    label: str
    alternatives: tuple[Alternative, ...]
    stop: bool

    @property
    def typed(self) -> Words:
        """Give what was typed."""
        return self.alternatives[0].words


@dataclass(frozen=True, slots=True)
class _Rule:
    """What the vocabulary says of some words."""

    typed: Words
    found: list[Alternative]


@dataclass(frozen=True, slots=True)
class _Read:
    """A piece of the query, and the word it comes from."""

    piece: Piece
    word: int
    label: str


class Reader:
    """Reads queries with the words of a shop.

    Args:
        analyzer: of the language.
        vocabulary: the shop's words.
    """

    def __init__(self, analyzer: Analyzer, vocabulary: Vocabulary) -> None:
        self.analyzer = analyzer
        read = analyzer.read
        rules = []
        for words in vocabulary.synonyms:
            members = [read(word) for word in words]
            rules += [
                _Rule(typed, [Alternative(other, SYNONYM) for other in members if other is not typed])
                for typed in members
            ]
        rules += [
            _Rule(read(typed), [Alternative(read(word), SYNONYM) for word in found])
            for typed, found in vocabulary.one_way
        ]
        rules += [
            _Rule(read(typed), [Alternative(read(word), MEANT, word) for word in meant])
            for typed, meant in vocabulary.misspellings
        ]
        # A phrase is read once, so what several rules say of the same words is one rule.
        said: dict[tuple[str, ...], _Rule] = {}
        for rule in rules:
            said.setdefault(tuple(piece.surface for piece in rule.typed), _Rule(rule.typed, [])).found.extend(
                rule.found
            )
        # Long phrases first, since they are the more exact.
        self._rules = sorted((rule for rule in said.values() if rule.typed), key=lambda rule: -len(rule.typed))

    def concepts(self, text: str) -> list[Concept]:
        """Give what a text asks for, in its order; a word that is repeated only once."""
        pieces = self._pieces(text)
        used: set[int] = set()
        concepts: list[Concept] = []
        begun = sorted({number for read in pieces for number in self._begun_by(read.piece)})
        for rule in (self._rules[number] for number in begun):
            places = self._find(rule.typed, pieces, used) if len(rule.typed) > 1 else []
            if places:
                used.update(places)
                concepts.append(_phrase([pieces[place] for place in places], places[0], rule))
        seen: set[str] = set()
        for place, read in enumerate(pieces):
            if place in used or read.piece.surface in seen:
                continue
            seen.add(read.piece.surface)
            alternatives = [Alternative((read.piece,), TYPED)]
            for rule in (self._rules[number] for number in self._begun_by(read.piece)):
                if len(rule.typed) == 1:
                    alternatives += rule.found
            small = self._is_small(read.piece)
            concepts.append(Concept(place, (read.word,), read.label, tuple(alternatives), small))
        return sorted(_told(concepts), key=lambda concept: concept.at)

    def _is_small(self, piece: Piece) -> bool:
        """Tell whether a word says little, or is made of such words: ``est-ce``."""
        stop = self.analyzer.stop
        parts = self._parts(piece)
        return piece.surface in stop or (bool(parts) and all(part.surface in stop for part in parts))

    def _pieces(self, text: str) -> list[_Read]:
        analyzer = self.analyzer
        return [
            _Read(piece, number, piece.surface if analyzer.has_grams(word) else word)
            for number, word in enumerate(analyzer.words(text))
            for piece in analyzer.read(word)
        ]

    def _find(self, typed: Words, pieces: Sequence[_Read], used: set[int]) -> list[int]:
        """Find a phrase, its words in order and not far apart; give their places, or nothing."""
        for start, first in enumerate(pieces):
            if start in used or not self.is_same(typed[0], first.piece):
                continue
            places = [start]
            for word in typed[1:]:
                nearby = range(places[-1] + 1, min(places[-1] + 2 + GAP, len(pieces)))
                place = next((p for p in nearby if p not in used and self.is_same(word, pieces[p].piece)), None)
                if place is None:
                    break
                places.append(place)
            if len(places) == len(typed):
                return places
        return []

    def _begun_by(self, typed: Piece) -> list[int]:
        """Give the numbers of the rules whose first word is one that was typed, rising."""
        return sorted({number for name in self._names(typed) for number in self._beginnings.get(name, ())})

    @cached_property
    def _beginnings(self) -> dict[tuple[bool, str], list[int]]:
        """Key of a first word → numbers of rules; a shop has hundreds of them."""
        found: dict[tuple[bool, str], list[int]] = {}
        for number, rule in enumerate(self._rules):
            for key in _keys(rule.typed[0]):
                found.setdefault(key, []).append(number)
        return found

    def is_same(self, word: Piece, typed: Piece) -> bool:
        """Tell whether what was typed is a form of a word of the vocabulary."""
        return not _keys(word).isdisjoint(self._names(typed))

    def _names(self, typed: Piece) -> list[tuple[bool, str]]:
        """Give what a typed word asks for: the same word, or one of the same stem."""
        # "gardez-vous" asks for what is kept.
        saying = [part for part in self._parts(typed) if part.surface not in self.analyzer.stop]
        read = saying[0] if len(saying) == 1 else typed
        bare = self.analyzer.bare(read)
        return [(True, typed.surface), (False, read.stem or read.surface), *([(False, bare)] if bare else ())]

    def _parts(self, piece: Piece) -> Words:
        """Give the words that a word with a hyphen is made of; the characters of a pair are none."""
        return () if self.analyzer.has_grams(piece.surface) else piece.parts


def _keys(word: Piece) -> set[tuple[bool, str]]:
    """Give what a word of the vocabulary is found by: whether that is the word itself, and the word or its stem."""
    return {(True, word.surface), (False, word.stem or word.surface)}


def _phrase(read: Sequence[_Read], at: int, rule: _Rule) -> Concept:
    whole = tuple(one.piece for one in read)
    single = [Alternative((piece,), PHRASE_WORD) for piece in whole]
    alternatives = (Alternative(whole, TYPED), *rule.found, *single)
    label = " ".join(one.label for one in read)
    return Concept(at, tuple(dict.fromkeys(one.word for one in read)), label, alternatives, stop=False)


def _told(concepts: Sequence[Concept]) -> Sequence[Concept]:
    """Tell which concepts say little: small words that the vocabulary knows do so only beside words that say something."""
    if not all(concept.stop for concept in concepts):
        return concepts
    return [replace(concept, stop=len(concept.alternatives) == 1) for concept in concepts]
