"""Asking an index: the counterpart of ``query.js``, with the same ranking.

A query becomes concepts, each of them what a customer may mean by one word (or by a phrase that the shop's vocabulary
knows), with alternatives that weigh less the further they are from what was typed.  Each alternative is one lunr query.
Pages that answer more of the concepts stand first, and before all others those that an editor named so: the query is
their title or one of their keywords.  Pages in another language stand behind those of the locale.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lunr.query import Query

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from helpcenter.search.analysis import Analyzer, Piece
    from helpcenter.search.documents import Document
    from helpcenter.search.index import Group, Index

# How much of a match counts, by how far it is from what was typed. The same numbers stand in query.js.
EXACT, VARIANT, STEM, TYPED_PREFIX, PREFIX, SUFFIX, FUZZY = 1.0, 0.9, 0.8, 0.6, 0.35, 0.25, 0.3
SYNONYM, PARTS, CHARACTERS, PHRASE_WORD = 0.6, 0.6, 0.1, 0.3
STOP = 0.05
# A section whose heading says it is worth a little more than one whose text does.
HEADING = 1.2
# A concept counts as answered from here on: two characters of a pair standing apart on a page are no answer.
ANSWERED = 0.15
SHORTEST_PREFIX, SHORTEST_SUFFIX, SHORTEST_FUZZY, LONG = 3, 4, 4, 8
# How many words may stand between those of a phrase: "send my blue pillow back".
GAP = 3
PAGES = 30
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


@dataclass(slots=True)
class _Match:
    """What one word, alternative or concept found: document number → (nearness, score), and term → nearness."""

    pages: dict[int, tuple[float, float]] = field(default_factory=dict)
    terms: dict[int, dict[str, float]] = field(default_factory=dict)

    def add(self, number: int, nearness: float, score: float, terms: Iterable[tuple[str, float]]) -> None:
        old = self.pages.get(number, (0.0, 0.0))
        self.pages[number] = (max(old[0], nearness), max(old[1], score))
        known = self.terms.setdefault(number, {})
        for term, near in terms:
            known[term] = max(known.get(term, 0.0), near)

    def join(self, other: _Match, weight: float) -> None:
        for number, (nearness, score) in other.pages.items():
            terms = ((term, near * weight) for term, near in other.terms[number].items())
            self.add(number, nearness * weight, score * weight, terms)


@dataclass(frozen=True, slots=True)
class _Concept:
    at: int
    alternatives: list[tuple[tuple[Piece, ...], float]]
    stop: bool
    label: str


def query(index: Index, text: str, *, limit: int = 10, explain: bool = False) -> Results:
    """Find pages.

    Args:
        index: of a locale.
        text: what was typed.
        limit: how many pages at most.
        explain: also say which terms matched.

    Returns:
        Nothing is found for a text without letters or digits.
    """
    text = text[:LONGEST]
    limit = min(limit, PAGES)
    own, *rest = index.groups
    hits, missed = _hits(index.documents, own, text, above=0.0, explain=explain)
    # From the last group to the first, since a page scores more than all that stand behind it.
    others: list[Hit] = []
    for group in reversed([group for group in rest if group.kind == "other"]):
        above = others[0].score if others else 0.0
        others = _hits(index.documents, group, text, above=above, explain=explain)[0] + others
    return Results(tuple(hits[:limit]), tuple(others[:limit]), missed)


def _hits(
    documents: Sequence[Document], group: Group, text: str, *, above: float, explain: bool
) -> tuple[list[Hit], tuple[str, ...]]:
    concepts = _concepts(group, text)
    last = _last_surface(group, text)
    matches = [_answer(group, concept, last) for concept in concepts]
    all_stop = all(concept.stop for concept in concepts)
    answered: dict[int, int] = {}
    scores: dict[int, float] = {}
    for concept, match in zip(concepts, matches, strict=True):
        counts = all_stop or not concept.stop
        for number, (nearness, score) in match.pages.items():
            answered[number] = answered.get(number, 0) + (1 if counts and nearness >= ANSWERED else 0)
            scores[number] = scores.get(number, 0.0) + score * (1 if counts else STOP)
    # A page that is named so holds every word of the query, so that it is among those that answer most.
    most = max(answered.values(), default=0)
    typed = group.analyzer.read(text)
    named = {n for n, count in answered.items() if count == most and _is_named(group, documents[n], typed)}
    # Rounded, because the two languages add up in different orders.
    scores = {number: round(score, 6) for number, score in scores.items()}
    rank = {number: (answered[number], number in named) for number in scores}
    ranked = sorted(scores, key=lambda number: (*(-part for part in rank[number]), -scores[number], number))
    # A page that holds nothing but the query's small words answers nothing, unless there are no other words.
    found = [number for number in ranked if answered[number]] or ranked
    lifted = _lifted(found, rank, scores, above)
    hits = [
        Hit(
            documents[number].url,
            documents[number].title,
            lifted[number],
            _best_section(group.analyzer, documents[number], number, concepts, matches),
            documents[number].lang,
            answered[number],
            documents[number].type,
            number == found[0] and _is_best(documents[number], number, concepts, matches),
            tuple(sorted({t for match in matches for t in match.terms.get(number, ())})) if explain else (),
        )
        for number in found[:PAGES]
    ]
    missed = [c.label for c, match in zip(concepts, matches, strict=True) if not c.stop and not match.pages]
    return hits, tuple(missed)


def _is_best(document: Document, number: int, concepts: Sequence[_Concept], matches: Sequence[_Match]) -> bool:
    """Tell whether the short answer of a question answers every word that was typed."""
    wanted = [match for concept, match in zip(concepts, matches, strict=True) if not concept.stop]
    return (
        document.type == "faq"
        and bool(document.answer and wanted)
        and all(match.pages.get(number, (0.0, 0.0))[0] >= ANSWERED for match in wanted)
    )


def _lifted(
    ranked: Sequence[int], rank: Mapping[int, tuple[int, bool]], scores: Mapping[int, float], above: float
) -> dict[int, float]:
    """Give scores that tell the order: to those of a higher rank the best score of the rank below is added."""
    lifted: dict[int, float] = {}
    best = base = above
    last: tuple[int, bool] | None = None
    for number in reversed(ranked):
        if rank[number] != last:
            base, last = best, rank[number]
        lifted[number] = best = round(base + scores[number], 6)
    return lifted


def _is_named(group: Group, document: Document, typed: Sequence[Piece]) -> bool:
    """Tell whether a query is the title or a keyword of a page, from its first word to its last.

    Stems are not compared: whoever types "track" does not ask for the page with the keyword "tracking" before all others.
    """
    names = map(group.analyzer.read, (document.title, *document.keywords))
    spellings = [{piece.surface, *_variants(piece.surface, group.rules.variants)} for piece in typed]
    return any(
        len(name) == len(typed) and all(word.surface in known for word, known in zip(name, spellings, strict=True))
        for name in names
    )


def _concepts(group: Group, text: str) -> list[_Concept]:
    analyzer = group.analyzer
    pieces, labels = _labelled(analyzer, text)
    used: set[int] = set()
    concepts: list[_Concept] = []
    rules = _rules(group)
    for typed, found in rules:
        places = _find(analyzer, typed, pieces, used) if len(typed) > 1 else []
        if places:
            used.update(places)
            whole = tuple(pieces[place] for place in places)
            single = [((piece,), PHRASE_WORD) for piece in whole]
            alternatives = [(whole, EXACT), *((words, SYNONYM) for words in found), *single]
            label = " ".join(labels[place] for place in places)
            concepts.append(_Concept(places[0], alternatives, stop=False, label=label))
    seen: set[str] = set()
    for place, piece in enumerate(pieces):
        if place in used or piece.surface in seen:
            continue
        seen.add(piece.surface)
        alternatives = [((piece,), EXACT)]
        for typed, found in rules:
            if len(typed) == 1 and _same(analyzer, typed[0], piece):
                alternatives += ((words, SYNONYM) for words in found)
        stop = len(alternatives) == 1 and piece.surface in analyzer.stop
        concepts.append(_Concept(place, alternatives, stop=stop, label=labels[place]))
    return sorted(concepts, key=lambda concept: concept.at)


def _labelled(analyzer: Analyzer, text: str) -> tuple[list[Piece], list[str]]:
    """Give the pieces of a query, and what a reader is told of each: the word as typed, or a pair of characters."""
    pieces: list[Piece] = []
    labels: list[str] = []
    for word in analyzer.words(text):
        for piece in analyzer.read(word):
            pieces.append(piece)
            labels.append(piece.surface if analyzer.has_grams(word) else word)
    return pieces, labels


def _rules(group: Group) -> list[tuple[tuple[Piece, ...], list[tuple[Piece, ...]]]]:
    """Give typed words → what they find as well; long phrases first, since they are the more exact."""
    read = group.analyzer.read
    rules = []
    for words in group.vocabulary.synonyms:
        members = [read(word) for word in words]
        rules += [(typed, [m for m in members if m is not typed]) for typed in members]
    rules += [(read(typed), [read(word) for word in found]) for typed, found in group.vocabulary.one_way]
    return sorted(rules, key=lambda rule: -len(rule[0]))


def _same(analyzer: Analyzer, word: Piece, typed: Piece) -> bool:
    """Tell whether what was typed is a form of a word of the vocabulary."""
    return word.surface == typed.surface or (word.stem or word.surface) in (
        typed.stem or typed.surface,
        analyzer.bare(typed),
    )


def _find(analyzer: Analyzer, typed: tuple[Piece, ...], pieces: Sequence[Piece], used: set[int]) -> list[int]:
    """Find a phrase, its words in order and not far apart; give their places, or nothing."""
    for start, first in enumerate(pieces):
        if start in used or not _same(analyzer, typed[0], first):
            continue
        places = [start]
        for word in typed[1:]:
            nearby = range(places[-1] + 1, min(places[-1] + 2 + GAP, len(pieces)))
            place = next((p for p in nearby if p not in used and _same(analyzer, word, pieces[p])), None)
            if place is None:
                break
            places.append(place)
        if len(places) == len(typed):
            return places
    return []


def _answer(group: Group, concept: _Concept, last: str) -> _Match:
    match = _Match()
    for words, weight in concept.alternatives:
        typed = weight == EXACT and len(words) == 1 and words[0].surface == last
        match.join(_all_of([_look_up(group, word, typed=typed) for word in words]), weight)
    if not match.pages and not concept.stop:
        for word in concept.alternatives[0][0]:
            match.join(_look_up_similar(group, word), 1.0)
    return match


def _last_surface(group: Group, text: str) -> str:
    """Give the word that may still be being typed."""
    words = group.analyzer.words(text) if group.analyzer.is_open(text) else []
    pieces = group.analyzer.pieces(words[-1]) if words else []
    return pieces[-1].surface if pieces else ""


def _all_of(found: list[_Match]) -> _Match:
    """Give the pages that hold every word of an alternative, with the mean of what each is worth there."""
    if len(found) == 1:
        return found[0]
    match = _Match()
    for number in found[0].pages if found else ():
        if all(number in other.pages for other in found):
            nearness = min(other.pages[number][0] for other in found)
            score = sum(other.pages[number][1] for other in found) / len(found)
            match.add(number, nearness, score, (t for other in found for t in other.terms[number].items()))
    return match


def _look_up(group: Group, piece: Piece, *, typed: bool) -> _Match:
    match = _Match()
    surface, rules, terms = piece.surface, group.rules, group.asked
    _ask(group, match, terms.exact(surface), EXACT)
    for variant in _variants(surface, rules.variants):
        _ask(group, match, terms.exact(variant), VARIANT)
    for stem in (piece.stem, group.analyzer.bare(piece)):
        _ask(group, match, terms.exact(stem), STEM)
    if typed or (piece.letters and len(surface) >= SHORTEST_PREFIX):
        _ask(group, match, terms.beginning(surface), TYPED_PREFIX if typed else PREFIX)
    if rules.compounds and piece.letters and len(surface) >= SHORTEST_SUFFIX:
        _ask(group, match, terms.holding(piece.stem or surface), SUFFIX)
    if piece.parts:
        weight = CHARACTERS if all(len(part.surface) == 1 for part in piece.parts) else PARTS
        match.join(_all_of([_look_up(group, part, typed=False) for part in piece.parts]), weight)
    return match


def _look_up_similar(group: Group, piece: Piece) -> _Match:
    """Look for a misspelled word; only asked when the word as it was typed finds nothing."""
    match = _Match()
    if piece.letters and not piece.parts and len(piece.surface) >= SHORTEST_FUZZY:
        _ask(group, match, group.asked.near(piece.surface, 2 if len(piece.surface) >= LONG else 1), FUZZY)
    return match


def _variants(surface: str, pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Give other spellings: ``ruckgabe`` for ``rueckgabe``."""
    variant = surface
    for long, short in pairs:
        variant = variant.replace(long, short)
    return [variant] if variant != surface else []


def _ask(group: Group, match: _Match, terms: list[str], nearness: float) -> None:
    """Ask lunr for the terms that a word stands for."""
    if not terms:
        return
    group.asked.chosen = terms
    asked = Query(list(group.vectors))
    # The term itself is empty: the token set knows which are meant.
    asked.clause(term="", use_pipeline=False)
    for result in group.lunr.query(asked):
        match.add(
            int(result["ref"]),
            nearness,
            result["score"] * nearness,
            ((t, nearness) for t in result["match_data"].metadata),
        )


def _best_section(
    analyzer: Analyzer, document: Document, number: int, concepts: Sequence[_Concept], matches: Sequence[_Match]
) -> str:
    """Give the anchor of the section that answers more nearly than the page's title does, or nothing."""
    wanted = [
        match.terms[number]
        for concept, match in zip(concepts, matches, strict=True)
        if number in match.terms and not concept.stop
    ]

    def worth(text: set[str]) -> list[float]:
        return [max((near for term, near in terms.items() if term in text), default=0.0) for terms in wanted]

    title = sum(worth(_terms_in(analyzer, document.title)))
    best, anchor = 0.0, ""
    for section in document.sections:
        above, below = worth(_terms_in(analyzer, section.title)), worth(_terms_in(analyzer, section.text))
        score = sum(max(a * HEADING, b) for a, b in zip(above, below, strict=True))
        if score > best:
            best = score
            anchor = section.anchor if sum(map(max, above, below)) > title else ""
    return anchor


def _terms_in(analyzer: Analyzer, text: str) -> set[str]:
    return {term for word in analyzer.words(text) for term in analyzer.terms[word]}
