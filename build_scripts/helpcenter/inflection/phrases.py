"""Phrases: where a text has the words of a term, each in a form of its own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from helpcenter.inflection.grammars import Grammar, IsForm, grammar_of
from helpcenter.inflection.tokens import EMPHASIS, Span, Token, compose, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Words that may come between two of a term: `número de [uno de] sus pedidos`, `iade [kargo] etiketi`.
_GAP = 2
# Words between a verb and its object or its prefix: `senden Sie [das Paket mit dem Etikett] zurück`.
_VERB_GAP = 12
# Scripts that put no spaces between words; Korean does, and writes what belongs to a word to its end.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")

# The tests of a grammar, what is quick and certain before what is not.
_KINDS = ("is_form", "is_compound", "has_lemma")

# Behind a word that is the beginning of others.
_OPEN = "*"

_Place = tuple[int, int]
"""First and last of the tokens that a word of a term is: two for a verb whose prefix stands apart."""


def find_phrase(phrase: str, text: str, tag: str, *, strict: bool = False) -> tuple[Span, ...]:
    """Find a term in a text, in any form that the grammar of the language allows.

    Its words must come in their order, with few others between them; around a verb in any order.  In a script without
    spaces a term is found within a line of letters.

    Args:
        phrase: the term, as a dictionary has it; with ``*`` at its end, its last word is the beginning of any.
        text: where to look; what is no word in it may be blank.
        tag: BCP 47 tag of the language.
        strict: not within compounds, and only where the words stand together: for words to avoid.

    Returns:
        The places, without overlaps, in their order.
    """
    return find_any((phrase,), text, tag, strict=strict)


def find_any(phrases: Sequence[str], text: str, tag: str, *, strict: bool = False) -> tuple[Span, ...]:
    """Find the first of several names of a thing that a text has; arguments and result are those of :func:`find_phrase`.

    All of them are looked for by rules before a dictionary is read for any.
    """
    for number in range(1, 2 if strict else len(_KINDS) + 1):
        for phrase in phrases:
            if _UNSPACED.search(phrase) or not _words_of(phrase, tag):
                found = tuple(match.span() for match in _pattern(compose(phrase)).finditer(text) if match.group())
            else:
                found = _find(phrase, text, tag, number, strict)
            if found:
                return found
    return ()


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Match a phrase whatever spaces stand in it."""
    phrase = phrase if phrase.endswith(EMPHASIS) else phrase.removesuffix(_OPEN)
    return re.compile(r"\s*".join(re.escape(char) for char in "".join(phrase.split())), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as a language reads it.

    Args:
        tokens: its words.
        words: each of them folded, and what else it may be: a word that shares its end with another.
        counts: how many words that mean something stand before each token.
    """

    tokens: tuple[Token, ...]
    words: tuple[tuple[str, ...], ...]
    counts: tuple[int, ...]


@lru_cache(maxsize=1024)
def _read(text: str, tag: str, with_emphasis: bool) -> _Reading:  # noqa: FBT001 - a key of the cache
    grammar = grammar_of(tag)
    tokens = tuple(token for token in tokens_of(text) if with_emphasis or token.text != EMPHASIS)
    folded = [grammar.fold(token.text) for token in tokens]
    words: list[tuple[str, ...]] = [(word,) for word in folded]
    if grammar.complete:
        for index, word in enumerate(folded[:-2]):
            if word.endswith("-"):
                words[index] = (word, *grammar.complete(word, folded[index + 2]))
    counts = accumulate((word not in grammar.particles for word in folded), initial=0)
    return _Reading(tokens, tuple(words), tuple(counts))


@lru_cache(maxsize=16384)
def _find(phrase: str, text: str, tag: str, number: int, strict: bool) -> tuple[Span, ...]:  # noqa: FBT001 - a key of the cache
    """Find the places of a phrase by the first so many tests."""
    grammar = grammar_of(tag)
    if number > 1 and getattr(grammar, _KINDS[number - 1]) is None:
        return ()
    words = _words_of(phrase, tag)
    reading = _read(text, tag, EMPHASIS in words)
    if len(reading.tokens) < len(words):
        return ()
    is_verbal = grammar.is_verb is not None and any(map(grammar.is_verb, words))
    hits: list[list[_Place]] = []
    for position, word in enumerate(words):
        is_modifier = position < len(words) - 1 and not is_verbal
        tests = _tests(grammar, number, is_inner=len(words) > 1, is_modifier=is_modifier)
        hits.append(_hits(word, reading, grammar, tests))
        if not hits[-1]:
            return ()
    gap = 0 if strict else _VERB_GAP if is_verbal else _GAP
    return tuple(_spans(hits, reading, gap, ordered=strict or not is_verbal))


@cache
def _words_of(phrase: str, tag: str) -> tuple[str, ...]:
    """Give the words of a phrase that a text must have."""
    particles, fold = grammar_of(tag).particles, grammar_of(tag).fold
    words = [token.text for token in tokens_of(phrase)]
    words = [word for word in words if fold(word) not in particles] or words
    if words and phrase.endswith("*") and words[-1] != EMPHASIS:
        words[-1] += _OPEN
    return tuple(words)


def _tests(grammar: Grammar, number: int, *, is_inner: bool, is_modifier: bool) -> list[IsForm]:
    """Give the tests for a word of a phrase: so many of them, the quick ones first."""
    inner = grammar.is_inner_form if is_inner else None
    first = (grammar.is_modifier if is_modifier else None) or inner or grammar.is_form
    return [test for test in (first, *(getattr(grammar, kind) for kind in _KINDS[1:number])) if test]


def _hits(word: str, reading: _Reading, grammar: Grammar, tests: Sequence[IsForm]) -> list[_Place]:
    """Find the forms of a word among the tokens of a text."""
    if word.endswith(_OPEN):
        start = grammar.fold(word.removesuffix(_OPEN))
        return [(index, index) for index, options in enumerate(reading.words) if options[0].startswith(start)]
    term = (grammar.fold_term or grammar.fold)(word)
    found = _forms(term, reading, tests)
    parts = grammar.split(term) if grammar.split and not found else None
    if not parts:
        return [(index, index) for index in found]
    verb, prefix = parts
    ends = [index for index, options in enumerate(reading.words) if options[0] == prefix]
    return [
        (index, end)
        for index in (_forms(verb, reading, tests) if ends else ())
        for end in ends
        if 0 < end - index <= _VERB_GAP and reading.tokens[end].sentence == reading.tokens[index].sentence
    ]


def _forms(term: str, reading: _Reading, tests: Sequence[IsForm]) -> list[int]:
    return [
        index
        for index, options in enumerate(reading.words)
        if any(test(term, option) for test in tests for option in options)
    ]


def _spans(hits: Sequence[Sequence[_Place]], reading: _Reading, gap: int, *, ordered: bool) -> Iterator[Span]:
    end = -1
    for first in hits[0]:
        places = _chain(hits, first, reading, gap, ordered=ordered)
        if places and min(places)[0] > end:
            end = max(place[1] for place in places)
            yield reading.tokens[min(places)[0]].start, reading.tokens[end].end


def _chain(
    hits: Sequence[Sequence[_Place]], first: _Place, reading: _Reading, gap: int, *, ordered: bool
) -> list[_Place]:
    """Choose a place for each word of a phrase, beginning at one of the first word's; none where there are not all."""
    tokens, counts = reading.tokens, reading.counts
    places = [first]
    for options in hits[1:]:
        before = places[-1]
        near = [
            place
            for place in options
            if place not in places
            and tokens[place[0]].sentence == tokens[before[0]].sentence
            and (place[0] > before[1] or not ordered)
            and counts[max(place[0], before[0])] - counts[min(place[1], before[1]) + 1] <= gap
        ]
        if not near:
            return []
        places.append(min(near, key=lambda place: abs(place[0] - before[1])))
    return places
