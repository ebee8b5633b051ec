"""Asking an index: the counterpart of ``query.js``, with the same ranking.

What is asked for (``concepts``) is looked up as it was typed, then as it may have been meant (``answers``).  A page is
worth what the concepts are worth on it, times the share of them that it answers, and more when it answers them in one
place (``passages``).  Before all others stand those pages that an editor named so: the query is their title or one of
their keywords.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.search.answers import answers_of, correct, suggestion_of
from helpcenter.search.lookup import DIRECT, rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.search.answers import Answer
    from helpcenter.search.documents import Document
    from helpcenter.search.index import Group, Index
    from helpcenter.search.passages import Pages

# The same numbers stand in query.js. A concept counts as answered from here on: two characters of a pair standing apart
# are no answer; and it is rare or not by the pages that answer it from there on.
ANSWERED, COUNTED = 0.15, 0.3
# What a small word is worth beside others, and a page that only leads to others: its text names all that they are about.
STOP, OVERVIEW = 0.05, 0.3
# How much more a page is worth that holds all pairs of words as they were typed; and all words in one passage.
NEXT, SAME = 2.0, 0.5
# How long the words of another layout are at least.
SHORTEST = 3
# How near each word must be for a question's short answer to be shown at once.
SURE = 0.35
# How many pages are read again for their passages, and how many are given.
REREAD, PAGES = 20, 30
# How many characters of a text are read. No question is longer; what is was pasted, and must not hold up the browser.
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found.

    Args:
        url: relative to the locale's root.
        title: of the page.
        score: comparable within one result only.
        anchor: of the section that answers best, or empty for the page.
        lang: language of the page.
        answered: how many of the query's concepts it answers.
        type: page type.
        best: True for a question whose short answer answers all that was typed; at most for the first page.
        tokens: the index terms that matched, sorted; empty unless asked for.
    """

    url: str
    title: str
    score: float
    anchor: str
    lang: str
    answered: int
    type: str = ""
    best: bool = False
    tokens: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """What a query found.

    Args:
        hits: pages in the language of the locale, the best first.
        others: pages that are not translated yet, likewise.
        missed: typed words that nothing was found for.
        suggestion: what was probably meant, as a customer would write it, or empty.
    """

    hits: tuple[Hit, ...]
    others: tuple[Hit, ...] = ()
    missed: tuple[str, ...] = ()
    suggestion: str = ""


class Ranked(NamedTuple):
    """A page among those of its group.

    Args:
        number: of the page.
        named: the query is its name.
        answered: how many concepts it answers.
        share: the part of the typed words that it answers by themselves.
        score: what it is worth.
        source: of which group it was found.
    """

    number: int
    named: bool
    answered: int
    share: float
    score: float
    source: Found


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """What a group of pages holds for a text.

    Args:
        group: the pages.
        read: the same, as they are compared with queries.
        answers: what was asked, and found.
        pages: the best first.
        suggestion: what was probably meant, or empty.
    """

    group: Group
    read: Pages
    answers: Sequence[Answer]
    pages: list[Ranked]
    suggestion: str

    @property
    def share(self) -> float:
        """Give the largest part of the words that one page answers by themselves."""
        return max((page.share for page in self.pages), default=0.0)

    @property
    def missed(self) -> list[str]:
        """Give the words that nothing was found for."""
        return [answer.concept.label for answer in self.answers if not answer.concept.stop and not answer.pages]

    def counts(self, answer: Answer) -> bool:
        """Tell whether a concept says something; small words do where there are no others."""
        return not answer.concept.stop or all(one.concept.stop for one in self.answers)

    def weights(self, number: int) -> list[float]:
        """Give what each concept is worth on a page, before it counts how many of them the page answers, and where."""
        total = len(self.group.documents)
        return [
            answer.pages[number][1] * _rarity(answer, total) * (1.0 if self.counts(answer) else STOP)
            if number in answer.pages
            else 0.0
            for answer in self.answers
        ]

    def wanted(self, number: int) -> list[dict[str, float]]:
        """Give, for each concept that says something, the terms by which it was found on a page."""
        return [answer.terms(number) for answer in self.answers if not answer.concept.stop]


@dataclass(frozen=True, slots=True)
class Searched:
    """Which pages a text finds, and why.

    Args:
        found: what each group of pages holds, that of the locale's own language first.
        hits: pages in the language of the locale, the best first.
        others: pages that are not translated yet, likewise.
    """

    found: tuple[Found, ...]
    hits: list[Ranked]
    others: list[Ranked]


def query(index: Index, text: str, *, limit: int = 10, explain: bool = False) -> Results:
    """Find pages.

    Args:
        index: of a locale.
        text: what was typed.
        limit: how many pages at most.
        explain: also say which terms matched; :func:`helpcenter.search.explain` tells more.

    Returns:
        Nothing is found for a text without letters or digits.
    """
    limit = min(limit, PAGES)
    searched = search_pages(index, text)
    own, *rest = searched.found
    # Whose pages are listed: what a word finds there was found.
    listed = [one for one in rest if one.group.kind == "bridge" or any(page.source is one for page in searched.others)]
    hits = [_hit(index, page, explain=explain) for page in searched.hits[:limit]]
    if hits and _is_best(index, searched.hits[0]):
        # What answers stands at the top of the page.
        hits[0] = replace(hits[0], best=True, anchor="")
    is_best_known = all(one.share <= own.share for one in listed)
    return Results(
        tuple(hits),
        tuple(_hit(index, page, explain=explain) for page in searched.others[:limit]),
        tuple(word for word in own.missed if all(word in one.missed for one in listed)),
        own.suggestion if is_best_known else "",
    )


def search_pages(index: Index, text: str) -> Searched:
    """Ask all groups of pages, and put what they find in one order."""
    text = text[:LONGEST]
    own, *rest = index.groups
    found = find(index, own, text)
    # Nobody misspells a word in one language that is right in the other.
    more = [find(index, group, text, corrected=found.share < DIRECT) for group in rest]
    bridges = [other for other in more if other.group.kind == "bridge"]
    share = max(one.share for one in (found, *bridges))
    return Searched(
        (found, *more),
        _bridged(found, [bridge for bridge in bridges if bridge.share >= DIRECT]),
        _lifted([_answering(other, share) for other in more if other.group.kind == "other"]),
    )


def find(index: Index, group: Group, text: str, *, corrected: bool = True) -> Found:
    """Ask one group of pages.

    Args:
        index: of the locale.
        group: one of its groups.
        text: what was typed.
        corrected: words that lead to nothing are looked up as they may have been meant.
    """
    suggestion = ""
    answers: Sequence[Answer] = answers_of(group, text)
    if corrected:
        answers, suggestion = _retyped(group, text, answers)
        if suggestion:
            text = suggestion
        else:
            correct(group, answers, index.documents, text)
            suggestion = suggestion_of(group, answers, text)
    found = Found(group, group.pages(index.documents), [answer.settle() for answer in answers], [], suggestion)
    found.pages.extend(_rank(index.documents, found, text))
    return found


def _retyped(group: Group, text: str, answers: Sequence[Answer]) -> tuple[Sequence[Answer], str]:
    """Read a text of which nothing is found as if it was typed on another layout of the keyboard, or by its sound."""
    asked = [answer for answer in answers if not answer.concept.stop]
    if asked and not any(answer.nearness >= ANSWERED for answer in asked):
        for reading in group.analyzer.retyped(text):
            read = answers_of(group, reading)
            if read and all(_is_word(answer) for answer in read if not answer.concept.stop):
                return read, reading
        if group.lookup.sounds and (spoken := group.lookup.sounds.write(text)):
            return answers_of(group, spoken), spoken
    return answers, ""


def _is_word(answer: Answer) -> bool:
    """Tell whether a reading makes sense: some single letters of any text do."""
    return answer.nearness >= DIRECT and all(len(piece.surface) >= SHORTEST for piece in answer.concept.typed)


def _rank(documents: Sequence[Document], found: Found, text: str) -> list[Ranked]:
    """Give the pages of a group, the best first."""
    asked = sum(map(found.counts, found.answers))
    scores: dict[int, float] = {}
    shares: dict[int, float] = {}
    answered: dict[int, int] = {}
    direct: dict[int, int] = {}
    most = 0.0
    for answer in found.answers:
        if not answer.pages:
            continue
        counts = found.counts(answer)
        weight = 1.0 if counts else STOP
        most += weight
        rarity = weight * _rarity(answer, len(found.group.documents))
        for number, (near, worth) in answer.pages.items():
            scores[number] = scores.get(number, 0.0) + worth * rarity
            shares[number] = shares.get(number, 0.0) + weight * min(1.0, near / DIRECT)
            answered[number] = answered.get(number, 0) + (1 if counts and near >= ANSWERED else 0)
            direct[number] = direct.get(number, 0) + (1 if counts and near >= DIRECT else 0)
    named = _named(found, text)
    ranked = [
        Ranked(
            number,
            number in named,
            answered[number],
            direct[number] / asked,
            rounded(score * (shares[number] / most) * (OVERVIEW if documents[number].type == "index" else 1.0)),
            found,
        )
        for number, score in scores.items()
    ]
    # A page that holds nothing but the query's small words answers nothing, unless there are no other words.
    ranked = [page for page in ranked if page.answered] or ranked
    return _reread(found, sorted(ranked, key=_order))


def _order(page: Ranked) -> tuple[bool, float, int]:
    return (not page.named, -page.score, page.number)


def _rarity(answer: Answer, pages: int) -> float:
    """Give what a concept weighs by the number of pages that answer it: less than lunr has it, where each counts fully."""
    count = sum(near >= COUNTED for near, _ in answer.pages.values()) or len(answer.pages)
    # Logarithms of the two languages may differ in the last digit.
    return sqrt(rounded(log(1 + (pages - count + 0.5) / (count + 0.5))))


def _reread(found: Found, ranked: list[Ranked]) -> list[Ranked]:
    """Put pages first that answer a query of several words in one place."""
    beside = len(found.wanted(0)) - 1
    if beside < 1:
        return ranked
    again = []
    for page in ranked[:REREAD]:
        pairs, most = found.read.passages(page.number).together(found.wanted(page.number))
        together = (1 + NEXT * pairs / beside) * (1 + SAME * max(0, most - 1) / beside)
        again.append(page._replace(score=rounded(page.score * together)))
    return sorted(again, key=_order) + ranked[REREAD:]


def _named(found: Found, text: str) -> set[int]:
    """Find the pages that are named as the query is: their title or a keyword is the same, from first word to last.

    Stems are not compared: whoever types "track" does not ask for the page with the keyword "tracking" before all others.
    """
    group = found.group
    typed = group.analyzer.read(text)
    spellings = [{piece.surface, *group.analyzer.variants(piece.surface)} for piece in typed]
    # A word is a term of each page that is named so.
    likely = {number for word in spellings[0] for number in group.lookup.worth(word)} if typed else set()
    return {
        number
        for number in likely
        if any(
            len(name) == len(typed) and all(word.surface in known for word, known in zip(name, spellings, strict=True))
            for name in found.read.names(number)
        )
    }


def _bridged(own: Found, bridges: Sequence[Found]) -> list[Ranked]:
    """Put pages found by their names in another language among those found in the locale's own.

    They stand first only when they answer more of what was typed.
    """
    first = [bridge for bridge in bridges if bridge.share > own.share]
    last = [bridge for bridge in bridges if bridge.share <= own.share]
    parts = [
        *([page for page in bridge.pages if page.share > own.share] for bridge in first),
        own.pages,
        *([page for page in bridge.pages if page.share >= DIRECT] for bridge in last),
    ]
    seen: set[int] = set()
    kept = []
    for part in parts:
        kept.append([page for page in part if page.number not in seen])
        seen.update(page.number for page in part)
    return _lifted(kept)


def _answering(other: Found, share: float) -> list[Ranked]:
    """Give the pages in another language that answer all that was typed, or more of it than any page of the locale's own."""
    return [page for page in other.pages if page.share == 1 or page.share > share]


def _lifted(parts: Sequence[Sequence[Ranked]]) -> list[Ranked]:
    """Give pages scores that tell their order: to those of a better part is added what the best of the next one has."""
    lifted: list[Ranked] = []
    base = best = 0.0
    for part in reversed(parts):
        for named in (False, True):
            base = best
            for page in reversed([page for page in part if page.named is named]):
                best = rounded(base + page.score)
                lifted.append(page._replace(score=best))
    return lifted[::-1]


def _hit(index: Index, page: Ranked, *, explain: bool) -> Hit:
    document, found = index.documents[page.number], page.source
    wanted = found.wanted(page.number)
    tokens = sorted({term for answer in found.answers for term in answer.terms(page.number)}) if explain else ()
    return Hit(
        document.url,
        document.title,
        page.score,
        found.read.passages(page.number).best(wanted),
        document.lang,
        page.answered,
        document.type,
        tokens=tuple(tokens),
    )


def _is_best(index: Index, page: Ranked) -> bool:
    """Tell whether the short answer of a question answers every word that was typed."""
    document, wanted = index.documents[page.number], page.source.wanted(page.number)
    asks = document.type == "faq" and bool(document.answer and wanted)
    return asks and page.source.read.passages(page.number).names_all(wanted, SURE)
