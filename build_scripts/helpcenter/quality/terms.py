"""Terms: whether a translation calls things by the names of its glossary, in whatever form a sentence asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog.glossary import terms_in
from helpcenter.inflection import find_any, find_name, find_phrase
from helpcenter.quality.pairs import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.catalog.glossary import Glossary, Term
    from helpcenter.inflection import Span
    from helpcenter.quality.pairs import Direction, Pair


def find_term_problems(pair: Pair, direction: Direction, glossary: Glossary) -> Iterator[Problem]:
    """Find the terms of a source whose name the translation does not have, or calls by a name to avoid.

    Keywords are exempt: what customers type is not always what the shop says.

    Args:
        pair: the translation and its source.
        direction: their languages.
        glossary: of the translation's locale.
    """
    terms = terms_in(pair.source, glossary) if pair.kind != "keyword" else ()
    places = {term: find_term(term, pair.text_words, direction.target) for term in terms}
    right = [span for spans in places.values() for span in spans]
    for term in terms:
        wrong = list(_find_avoided(term, pair.text_words, direction.target, right))
        yield from wrong
        if not places[term] and not wrong:
            yield _missing(term)


def find_term(term: Term, text: str, tag: str) -> list[Span]:
    """Find where a translation has a term: its name or another form that the glossary lists, inflected.

    Args:
        term: the term.
        text: what readers see of the translation.
        tag: BCP 47 tag of its language.
    """
    if term.keep:
        return [*find_name(term.term, text, tag), *find_any(term.forms, text, tag)]
    return list(find_any((term.translation, *term.forms), text, tag))


def _find_avoided(term: Term, text: str, tag: str, right: Sequence[Span]) -> Iterator[Problem]:
    """Find the words to avoid for a term, where they are no part of what is right for it or another one."""
    for word in term.avoid:
        for start, end in find_phrase(word, text, tag, strict=True):
            if not any(a < end and start < b for a, b in right):
                message = f"'{text[start:end]}' is not the word for '{term.term}'"
                name = term.term if term.keep else term.translation
                hint = "; ".join(filter(None, [f"the glossary says '{name}'", term.note]))
                yield Problem("glossary-avoid", message, (start, end), hint)


def _missing(term: Term) -> Problem:
    if term.keep:
        message = f"'{term.term}' stays as it is, and is not in the translation"
        return Problem("glossary-keep", message, help=term.note)
    message = f"the source has '{term.term}', and the translation nowhere '{term.translation}'"
    hint = "write it in the form that the sentence asks for, or list what is right as well under 'forms'"
    return Problem("glossary-term", message, help="; ".join(filter(None, [hint, term.note])))
