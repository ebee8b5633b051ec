"""What each concept of a query finds, as it was typed and as it may have been meant: the counterpart of ``answers.js``."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from helpcenter.search.concepts import TYPED
from helpcenter.search.lookup import DIRECT, NAMING, STEM, Strand, all_of
from helpcenter.search.sounds import is_han

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.search.analysis import Piece
    from helpcenter.search.concepts import Alternative, Concept
    from helpcenter.search.documents import Document
    from helpcenter.search.index import Group

# The same numbers stand in answers.js. What is like a word that was found, but on few pages and in their text only, is
# worth so much of a correction.
DOUBTED, FEW = 0.5, 2
BODY = 4
# What is so near is offered as what was meant; what is further away is only looked up as well.
LIKELY = 0.375
# Who typed "klaı" is not asked whether "klasörüne" was meant: so many letters more are a guess.
GUESSED = 3


@dataclass(slots=True)
class Answer:
    """What a concept finds.

    Args:
        concept: what is asked for.
        strands: the ways in which it was found.
        correction: of what was typed, as it is written; empty when there is none.
        pages: document number → how near the concept is there, and what it is worth.
    """

    concept: Concept
    strands: list[Strand]
    correction: str = ""
    pages: dict[int, tuple[float, float]] = field(default_factory=dict)

    def settle(self) -> Answer:
        """Count its pages."""
        for strand in self.strands:
            for number, worth in strand.pages.items():
                near, most = self.pages.get(number, (0.0, 0.0))
                self.pages[number] = (max(near, strand.nearness), max(most, strand.nearness * worth))
        return self

    def terms(self, number: int) -> dict[str, float]:
        """Give the terms by which it was found on a page, and how near each of them is."""
        found: dict[str, float] = {}
        for strand in self.strands:
            if number in strand.pages:
                for term in strand.terms:
                    found[term] = max(found.get(term, 0.0), strand.nearness)
        return found

    @property
    def nearness(self) -> float:
        """Give how near the nearest of what was found is."""
        return max((strand.nearness for strand in self.strands), default=0.0)


def answers_of(group: Group, text: str) -> list[Answer]:
    """Look up what a text asks for, as it was typed."""
    last = _last_surface(group, text)
    answers = [_answer(group, concept, last) for concept in group.reader.concepts(text)]
    for before, after in pairwise(answers):
        one, other = before.concept.typed, after.concept.typed
        if len(one) == len(other) == 1 and not one[0].parts and not other[0].parts:
            joined = group.lookup.joined(one[0], other[0])
            before.strands += joined
            after.strands += joined
    return answers


def correct(group: Group, answers: Sequence[Answer], documents: Sequence[Document], text: str) -> None:
    """Look up what may have been meant by the words that led to nothing, or to little."""
    last = _last_surface(group, text)
    for answer in answers:
        if not answer.concept.stop and len(answer.concept.typed) == 1:
            (piece,) = answer.concept.typed
            _correct(group, answer, piece, documents, typed=piece.surface == last)


def suggestion_of(group: Group, answers: Sequence[Answer], text: str) -> str:
    """Write the query as it was probably meant; nothing when that is how it was typed."""
    if not any(answer.correction for answer in answers):
        return ""
    typed = group.analyzer.words(text)
    words = dict(enumerate(typed))
    for answer in answers:
        if answer.correction:
            first, *others = answer.concept.words
            label = answer.concept.label
            # Of a text without spaces, a pair is only a part.
            is_part = is_han(label) and label in typed[first]
            words[first] = words[first].replace(label, answer.correction, 1) if is_part else answer.correction
            for word in others:
                words.pop(word, None)
    return " ".join(words.values())


def _answer(group: Group, concept: Concept, last: str) -> Answer:
    answer = Answer(concept, [])
    for alternative in concept.alternatives:
        strands = _strands(group, alternative, last)
        answer.strands += strands
        if strands and not answer.correction:
            answer.correction = alternative.text
    return answer


def _strands(group: Group, alternative: Alternative, last: str) -> list[Strand]:
    words, weight = alternative.words, alternative.weight
    typed = weight == TYPED and len(words) == 1 and words[0].surface == last
    found = all_of([group.lookup.word(word, typed=typed) for word in words])
    return [strand.times(weight)._replace(how=alternative.how) for strand in found] if weight != TYPED else found


def _last_surface(group: Group, text: str) -> str:
    """Give the word that may still be being typed."""
    words = group.analyzer.words(text) if group.analyzer.is_open(text) else []
    pieces = group.analyzer.read(words[-1]) if words else ()
    return pieces[-1].surface if pieces else ""


def _correct(group: Group, answer: Answer, piece: Piece, documents: Sequence[Document], *, typed: bool) -> None:
    lookup, nearness = group.lookup, answer.nearness
    if nearness < DIRECT:
        strands, words = lookup.split(piece, typed=typed)
        if words and strands:
            answer.correction = " ".join(_written(group, word, documents) for word in words)
        if not strands:
            strands = lookup.similar(piece, typed=typed and not nearness)
            if strands and strands[0].nearness > max(nearness, LIKELY):
                (meant,) = strands[0].terms
                answer.correction = _proposal(group, piece, meant, documents) or answer.correction
                # What was meant leads to its stem and its beginnings as if it had been typed.
                forms = [form for word in group.analyzer.read(meant) for form in lookup.word(word, typed=False)]
                strands += [form.times(strands[0].nearness)._replace(how="meant") for form in forms]
        answer.strands += strands
    elif nearness >= STEM and _is_doubtful(group, answer):
        strands = lookup.similar(piece, typed=False)
        answer.strands += [one.times(DOUBTED) for one in strands if lookup.heft(one.terms[0]) <= NAMING]


def _proposal(group: Group, piece: Piece, meant: str, documents: Sequence[Document]) -> str:
    """Write the term that was meant by a word; nothing for another form of the word, or a mere guess."""
    written = "" if group.lookup.is_form(piece, meant) else _written(group, meant, documents)
    return written if len(written) - len(piece.surface) <= GUESSED else ""


def _is_doubtful(group: Group, answer: Answer) -> bool:
    near = [strand for strand in answer.strands if strand.nearness >= DIRECT]
    hefts = (group.lookup.heft(term) for strand in near for term in strand.terms)
    return all(heft == BODY for heft in hefts) and len({n for strand in near for n in strand.pages}) <= FEW


def _written(group: Group, term: str, documents: Sequence[Document]) -> str:
    """Give a word as the pages write it: within a sentence, if there is one."""
    worth = group.lookup.worth(term)
    form = ""
    for number in sorted(worth, key=lambda number: (-worth[number], number))[:FEW]:
        for text in _texts(documents[number]):
            for place, word in enumerate(group.analyzer.words(text)):
                pieces = group.analyzer.read(word)
                if len(pieces) == 1 and term in (pieces[0].surface, pieces[0].stem):
                    if place and term == pieces[0].surface:
                        return word
                    form = form or group.analyzer.lower(word)
    return form or term


def _texts(document: Document) -> Iterator[str]:
    yield from (document.title, *document.keywords, document.answer)
    for section in document.sections:
        yield from (section.title, section.text)
