"""Phrases: where a text has the words of a term, each in a form of its own."""

from __future__ import annotations

import re
from functools import lru_cache
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
    if _UNSPACED.search(phrase):
        phrase = phrase.strip("*")
        return tuple(match.span() for match in _pattern(compose(phrase)).finditer(text))
    return _find(phrase, text, tag, strict)


@lru_cache(maxsize=1024)
def _pattern(phrase: str) -> re.Pattern[str]:
    """Match a phrase whatever spaces stand in it."""
    return re.compile(r"\s*".join(re.escape(char) for char in "".join(phrase.split())), re.IGNORECASE)


@lru_cache(maxsize=16384)
def _find(phrase: str, text: str, tag: str, strict: bool) -> tuple[Span, ...]:  # noqa: FBT001 - a key of the cache
    grammar = grammar_of(tag)
    words = [token.text for token in tokens_of(phrase)]
    words = [word for word in words if grammar.fold(word) not in grammar.particles] or words
    tokens = [token for token in tokens_of(text) if token.text != EMPHASIS or EMPHASIS in words]
    if not words or len(tokens) < len(words):
        return ()
    if phrase.endswith("*") and words[-1] != EMPHASIS:
        words[-1] += _OPEN
    is_inner = len(words) > 1
    tests = [grammar.is_inner_form if is_inner and grammar.is_inner_form else grammar.is_form]
    if not strict:
        tests += [test for test in (grammar.is_compound, grammar.has_lemma) if test]
    for number in range(1, len(tests) + 1):
        found = tuple(_search(words, tokens, grammar, tests[:number], strict=strict))
        if found:
            return found
    return ()


def _search(
    words: Sequence[str], tokens: Sequence[Token], grammar: Grammar, tests: Sequence[IsForm], *, strict: bool
) -> Iterator[Span]:
    """Find the places of a phrase, by tests that are asked from left to right."""
    hits: list[list[_Place]] = []
    for word in words:
        hits.append(_hits(word, tokens, grammar, tests))
        if not hits[-1]:
            return
    is_verbal = grammar.is_verb is not None and any(map(grammar.is_verb, words))
    gap = 0 if strict else _VERB_GAP if is_verbal else _GAP
    end = -1
    for first in hits[0]:
        places = _chain(hits, first, tokens, gap, ordered=strict or not is_verbal)
        if places and min(places)[0] > end:
            end = max(place[1] for place in places)
            yield tokens[min(places)[0]].start, tokens[end].end


def _hits(word: str, tokens: Sequence[Token], grammar: Grammar, tests: Sequence[IsForm]) -> list[_Place]:
    """Find the forms of a word among the tokens of a text."""
    fold = grammar.fold
    if word.endswith(_OPEN):
        start = fold(word.removesuffix(_OPEN))
        return [(index, index) for index, token in enumerate(tokens) if fold(token.text).startswith(start)]
    term = (grammar.fold_term or fold)(word)
    found = []
    for index, token in enumerate(tokens):
        options = [fold(token.text)]
        if grammar.complete and token.text.endswith("-") and index + 2 < len(tokens):
            options += grammar.complete(options[0], fold(tokens[index + 2].text))
        if any(test(term, option) for option in options for test in tests):
            found.append((index, index))
    parts = grammar.split(term) if grammar.split and not found else None
    if parts:
        verb, prefix = parts
        ends = [index for index, token in enumerate(tokens) if fold(token.text) == prefix]
        found = [
            (index, end)
            for index, token in enumerate(tokens)
            if ends and any(test(verb, fold(token.text)) for test in tests)
            for end in ends
            if 0 < end - index <= _VERB_GAP and tokens[end].sentence == token.sentence
        ]
    return found


def _chain(
    hits: Sequence[Sequence[_Place]], first: _Place, tokens: Sequence[Token], gap: int, *, ordered: bool
) -> list[_Place]:
    """Choose a place for each word of a phrase, beginning at one of the first word's; none where there are not all."""
    places = [first]
    for options in hits[1:]:
        before = places[-1]
        near = [
            place
            for place in options
            if place not in places
            and tokens[place[0]].sentence == tokens[before[0]].sentence
            and (0 <= place[0] - before[1] - 1 <= gap or (not ordered and abs(place[0] - before[0]) - 1 <= gap))
        ]
        if not near:
            return []
        places.append(min(near, key=lambda place: abs(place[0] - before[1])))
    return places
