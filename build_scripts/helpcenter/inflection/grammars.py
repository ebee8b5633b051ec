"""Grammars: what each language has to say of a word that a term may be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from helpcenter.inflection import arabic, english, german, lemmas, russian, spanish, turkish

IsForm = Callable[[str, str], bool]
"""Whether the second word, of a text, is what the first one, of a term, may be there; both folded."""


@dataclass(frozen=True, eq=False)
class Grammar:
    """What is known of a language.

    Args:
        fold: writes a word so that what makes no difference is gone: case, and accents where they come and go.
        is_form: whether a word is a form of a term.
        fold_term: the same as ``fold`` for a word of a term, where that has to show what it is.
        is_inner_form: as ``is_form`` for a word of a phrase, which may stand in another case there already.
        is_modifier: as ``is_form`` for a word of a phrase that stands before its noun, where that matters.
        is_compound: whether a word holds the term among others: ``Online-Rücksendeetikett``.
        has_lemma: whether a dictionary says that both have one basic form; asked last, for it takes long to load.
        is_verb: whether a word of a term is a verb, so that others may come before it and behind it.
        split: the parts of a verb that stand apart in a sentence: ``senden`` and ``zurück``.
        complete: the words that one with a hyphen at its end may be, given the one that it shares its end with.
        particles: words of a phrase that may be left out or be others: articles and what is fused with them.
    """

    is_form: IsForm
    fold: Callable[[str], str] = str.casefold
    fold_term: Callable[[str], str] | None = None
    is_inner_form: IsForm | None = None
    is_modifier: IsForm | None = None
    is_compound: IsForm | None = None
    has_lemma: IsForm | None = None
    is_verb: Callable[[str], bool] | None = None
    split: Callable[[str], tuple[str, str] | None] | None = None
    complete: Callable[[str, str], Iterable[str]] | None = None
    particles: frozenset[str] = frozenset()


def grammar_of(tag: str) -> Grammar:
    """Give what is known of the language of a BCP 47 tag."""
    return _of_language(tag.partition("-")[0].lower())


@cache
def _of_language(language: str) -> Grammar:
    made = _OWN.get(language) or Grammar(
        fold=lemmas.fold,
        is_form=lemmas.compare_stems(language),
        is_compound=lemmas.is_compound if language in lemmas.COMPOUNDING else None,
        has_lemma=lemmas.compare_lemmas(language),
        particles=lemmas.PARTICLES.get(language, frozenset()),
    )
    inner = lru_cache(65536)(made.is_inner_form) if made.is_inner_form else None
    return replace(made, is_form=lru_cache(65536)(made.is_form), is_inner_form=inner)


_OWN = {
    "en": Grammar(is_form=english.is_form),
    "tr": Grammar(
        fold=turkish.fold,
        is_form=turkish.is_form,
        is_inner_form=turkish.is_inner_form,
        is_modifier=turkish.is_modifier,
        is_verb=turkish.is_verb,
    ),
    "ru": Grammar(fold=russian.fold, is_form=russian.is_form, is_verb=russian.is_verb),
    "de": Grammar(
        fold=german.fold,
        fold_term=german.fold_term,
        is_form=german.is_form,
        is_compound=german.is_compound,
        has_lemma=lemmas.compare_lemmas("de"),
        is_verb=german.is_verb,
        split=german.split,
        complete=german.complete,
    ),
    "ar": Grammar(fold=arabic.fold, is_form=arabic.is_form, is_inner_form=arabic.is_inner_form),
    "es": Grammar(
        fold=spanish.fold,
        is_form=spanish.is_form,
        has_lemma=lemmas.compare_lemmas("es"),
        is_verb=spanish.is_verb,
        particles=lemmas.PARTICLES["es"],
    ),
}
