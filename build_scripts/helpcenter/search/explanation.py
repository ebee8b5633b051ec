"""Why a query found what it found, for editors: what each typed word was taken for, and what each page has of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.search.query import search_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.search.answers import Answer
    from helpcenter.search.concepts import Alternative, Concept
    from helpcenter.search.index import Group, Index
    from helpcenter.search.query import Found, Ranked


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something else that a typed word may stand for, because the shop's vocabulary says so.

    Args:
        text: as it stands there; of a word of a phrase, that word.
        why: ``synonym``, ``misspelling`` or ``part``.
        entry: the words that belong together there, to find their place; empty for a word of a phrase.
    """

    text: str
    why: str
    entry: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Word:
    """A typed word, or a phrase that the vocabulary knows.

    Args:
        typed: as it was typed.
        surface: as it is compared: in lower case, folded.
        stems: what its forms have in common; empty where the language has no stemmer, or the stem is the word.
        is_small: whether it says little beside others.
        meanings: what else it may stand for.
        correction: what was probably meant; empty where the word was found.
        found: how it was found → the terms of the index, the nearest first.
    """

    typed: str
    surface: str
    stems: tuple[str, ...]
    is_small: bool
    meanings: tuple[Meaning, ...]
    correction: str
    found: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Reading:
    """How a query is read in one language.

    Args:
        kind: of the group of pages: ``own``, ``bridge`` or ``other``.
        language: of the group.
        text: what was looked for, where that is not what was typed: another layout of the keyboard.
        words: in the order they were typed.
    """

    kind: str
    language: str
    text: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A term of the index that stands on a page.

    Args:
        term: as it stands in the index.
        how: kind of the match, the nearest.
        nearness: how near it is to what was typed, 0 to 1.
        fields: where it stands: ``title``, ``keywords``, ``answer``, ``headings``, ``body``.
    """

    term: str
    how: str
    nearness: float
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What one typed word contributes to a page's score.

    Args:
        typed: the word.
        score: its part; those of a page add up to the score that the page has among the pages of its group.
        matches: the nearest first.
    """

    typed: str
    score: float
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a page stands where it does.

    Args:
        url: of the page.
        kind: of the group that it was found in.
        is_named: the query is its title or one of its keywords.
        answered: how many of the words that say something it answers.
        asked: how many of them there are.
        score: of the page among those of its group.
        parts: what each word contributes, in the order they were typed.
    """

    url: str
    kind: str
    is_named: bool
    answered: int
    asked: int
    score: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a query found what it found.

    Args:
        readings: one for each language of the index; the locale's own first.
        reasons: of the pages, in the order of the result, those in the source language last.
    """

    readings: tuple[Reading, ...]
    reasons: tuple[Reason, ...]


def explain(index: Index, text: str, *, limit: int = 10) -> Explanation:
    """Tell why a query finds what it finds.

    Args:
        index: of a locale.
        text: what was typed.
        limit: at most so many pages in the language of the locale, and as many others.
    """
    searched = search_pages(index, text)
    pages = [*searched.hits[:limit], *searched.others[:limit]]
    return Explanation(
        tuple(_reading(found) for found in searched.found), tuple(_reason(index, page) for page in pages)
    )


def _reading(found: Found) -> Reading:
    group = found.group
    words = tuple(_word(group, answer) for answer in found.answers)
    # A suggestion that corrects no word is the whole text on another keyboard.
    retyped = "" if any(word.correction for word in words) else found.suggestion
    return Reading(group.kind, group.rules.language, retyped, words)


def _word(group: Group, answer: Answer) -> Word:
    concept = answer.concept
    near: dict[str, dict[str, float]] = {}
    for strand in answer.strands:
        terms = near.setdefault(strand.how, {})
        for term in strand.terms:
            terms[term] = max(terms.get(term, 0.0), strand.nearness)
    found = {how: tuple(sorted(terms, key=lambda term: (-terms[term], term))) for how, terms in near.items()}
    return Word(
        concept.label,
        " ".join(piece.surface for piece in concept.typed),
        tuple(piece.stem for piece in concept.typed if piece.stem),
        concept.stop,
        tuple(_meaning(group, concept, one) for one in concept.alternatives[1:]),
        answer.correction,
        found,
    )


def _meaning(group: Group, concept: Concept, alternative: Alternative) -> Meaning:
    for entry in _entries(group, alternative.how):
        for word in entry:
            others = (other for other in entry if other is not word)
            if group.analyzer.read(word) == alternative.words and any(_leads(group, one, concept) for one in others):
                return Meaning(word, alternative.how, entry)
    return Meaning(" ".join(piece.surface for piece in alternative.words), alternative.how)


def _entries(group: Group, why: str) -> Iterator[tuple[str, ...]]:
    words = group.vocabulary
    if why == "synonym":
        yield from words.synonyms
        yield from ((typed, *found) for typed, found in words.one_way)
    elif why == "misspelling":
        yield from ((typed, *meant) for typed, meant in words.misspellings)


def _leads(group: Group, word: str, concept: Concept) -> bool:
    """Tell whether a word of the vocabulary is what was typed."""
    read = group.analyzer.read(word)
    return len(read) == len(concept.typed) and all(map(group.reader.is_same, read, concept.typed))


def _reason(index: Index, page: Ranked) -> Reason:
    found = page.source
    weights = found.weights(page.number)
    whole = sum(weights) or 1.0
    parts = tuple(
        Part(answer.concept.label, round(page.score * weight / whole, 4), _matches(found, answer, page.number))
        for answer, weight in zip(found.answers, weights, strict=True)
        if weight
    )
    asked = sum(not answer.concept.stop for answer in found.answers) or len(found.answers)
    url, kind = index.documents[page.number].url, found.group.kind
    return Reason(url, kind, page.named, page.answered, asked, round(page.score, 4), parts)


def _matches(found: Found, answer: Answer, number: int) -> tuple[Match, ...]:
    hows: dict[str, tuple[float, str]] = {}
    for strand in answer.strands:
        if number in strand.pages:
            for term in strand.terms:
                hows[term] = max(hows.get(term, (0.0, "")), (strand.nearness, strand.how))
    nearest = sorted(hows.items(), key=lambda item: (-item[1][0], item[0]))
    # Of a phrase, some forms of its words stand on other pages only.
    return tuple(
        Match(term, how, near, fields)
        for term, (near, how) in nearest
        if (fields := _fields(found.group, term, number))
    )


def _fields(group: Group, term: str, number: int) -> tuple[str, ...]:
    posting = group.lunr.inverted_index.get(term, {})
    return tuple(name for name in group.vectors if str(number) in posting.get(name, ()))
