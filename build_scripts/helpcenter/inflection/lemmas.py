"""Stems and lemmas: what libraries know of the languages that have no module of their own."""

from __future__ import annotations

import importlib
import re
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.inflection.tokens import without_accents

if TYPE_CHECKING:
    from collections.abc import Callable

# Snowball's names, as PyStemmer has them; simplemma's codes where they differ from BCP 47.
_ALGORITHMS = {
    "ca": "catalan", "cs": "czech", "da": "danish", "el": "greek", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian", "id": "indonesian", "it": "italian",
    "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian",
    "pl": "polish", "pt": "portuguese", "ro": "romanian", "sr": "serbian", "sv": "swedish", "ta": "tamil", "fa": "persian",
}  # fmt: skip
_LEMMA_CODES = {"no": "nb", "sr": "hbs", "hr": "hbs", "bs": "hbs"}

COMPOUNDING = frozenset({"da", "et", "fi", "hu", "nb", "nl", "nn", "no", "sv"})
"""Languages that write a noun and what is said of it as one word."""

PARTICLES = {
    language: frozenset(words.split())
    for language, words in {
        "ca": "a al als d de del dels el els l la les per",
        "es": "a al con de del el en la las lo los para por su sus un una",
        "fr": "au aux d de des du en l la le les un une à",
        "it": "a ad al alla d da dal dalla de dei degli del della delle dello di i il in la le lo per un una",
        "pt": "a ao aos as com da das de do dos em na no o os para por um uma à",
        "ro": "a al ale de la o pe pentru un",
    }.items()
}
"""Articles and the prepositions that they are fused with."""

# What French, Italian and Catalan write to the beginning of a word; `aujourd'hui` is none of these.
_ELISION = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|all|dall|dell|nell|sull|un|quest)'(?=\w)")
_FIRST = 2
_LEAST_COMPOUND = 5


def fold(word: str) -> str:
    """Write a word in lower case, without what is elided before it."""
    return _ELISION.sub("", word.casefold())


def compare_stems(language: str) -> Callable[[str, str], bool]:
    """Make a test whether two words have one stem; whether they are the same where the language has no stemmer."""

    @cache
    def stem(word: str) -> str:
        stemmer = _stemmer(language)
        return without_accents(stemmer(word)) if stemmer else word

    def is_form(term: str, word: str) -> bool:
        return word == term or (word[:_FIRST] == term[:_FIRST] and stem(word) == stem(term))

    return is_form


@cache
def _stemmer(language: str) -> Callable[[str], str] | None:
    algorithm = _ALGORITHMS.get(language)
    if algorithm is None:
        return None
    # It publishes no types.
    stem: Callable[[str], str] = importlib.import_module("Stemmer").Stemmer(algorithm, 0).stemWord
    return stem


def compare_lemmas(language: str) -> Callable[[str, str], bool]:
    """Make a test whether a dictionary gives two words one basic form; never where it has none of the language."""
    code = _LEMMA_CODES.get(language, language)

    def has_lemma(term: str, word: str) -> bool:
        # A dictionary takes about a second to load: only for words that may be forms.
        term, word = term.casefold(), word.casefold()
        return word[:_FIRST] == term[:_FIRST] and not _lemmas(term, code).isdisjoint(_lemmas(word, code))

    return has_lemma


@cache
def _lemmas(word: str, code: str) -> frozenset[str]:
    """Look up a word as it is, and as German writes a noun."""
    # Imported where it is asked: most runs find all terms by rules alone.
    from simplemma import lemmatize  # noqa: PLC0415

    try:
        return frozenset(lemmatize(form, code, low_memory=True).casefold() for form in {word, word.capitalize()})
    except ValueError:  # a language that it does not have
        return frozenset()


def is_compound(term: str, word: str) -> bool:
    """Whether a word ends in a term, or begins with it."""
    return len(term) >= _LEAST_COMPOUND and word != term and (word.endswith(term) or word.startswith(term))
