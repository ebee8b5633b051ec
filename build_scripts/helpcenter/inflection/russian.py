"""Russian: words with a basic form in common, as pymorphy3 knows them from OpenCorpora."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer


def fold(word: str) -> str:
    """Write a word in lower case and without ё, which most texts do not write."""
    return word.lower().replace("ё", "е")


def is_verb(word: str) -> bool:
    """Whether a word is an infinitive."""
    return word.lower().endswith(("ть", "ться", "ти", "тись", "чь"))


def is_form(term: str, word: str) -> bool:
    """Whether two words may be forms of one."""
    return word == term or (word[:1] == term[:1] and not _lemmas(term).isdisjoint(_lemmas(word)))


@cache
def _lemmas(word: str) -> frozenset[str]:
    """Give the basic forms of a word that are likely enough; a participle's is its verb."""
    return frozenset(fold(parse.normal_form) for parse in _analyzer().parse(word))


@cache
def _analyzer() -> MorphAnalyzer:
    # It reads 16 MB.
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415

    return MorphAnalyzer(lang="ru")
