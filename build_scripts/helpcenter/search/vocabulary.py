"""The words of a shop: ``locales/<locale>/search.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from helpcenter.diagnostics import Finding, HelpcenterError
from helpcenter.project.yamlfile import load_yaml, validate
from helpcenter.search.contradictions import find_contradictions

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from helpcenter.diagnostics import Place

FILE_NAME = "search.yml"
THRESHOLD = 90
"""Percent of the probes that must find their page, where no file says otherwise."""


class SearchFile(BaseModel):
    """What stands in ``search.yml``; every key may be left out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    synonyms: list[list[str]] = Field(default_factory=list)
    """Groups of words that mean the same to a customer; each finds what the others find."""
    one_way: dict[str, list[str]] = Field(default_factory=dict)
    """Typed word → words that are looked for as well, but not the other way round."""
    misspellings: dict[str, list[str]] = Field(default_factory=dict)
    """What customers type → what they mean by it."""
    protected: list[str] = Field(default_factory=list)
    """Names that are kept as they are."""
    popular: list[str] = Field(default_factory=list)
    """Queries that an empty search box offers, the first one first."""
    queries: dict[str, str] = Field(default_factory=dict)
    """Query → the page that it must find first, as its path below ``content/``."""
    threshold: int | None = Field(default=None, ge=0, le=100)
    """Percent of the probes that must find their page."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a locale; see :class:`SearchFile`."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    one_way: tuple[tuple[str, tuple[str, ...]], ...] = ()
    protected: tuple[str, ...] = ()
    misspellings: tuple[tuple[str, tuple[str, ...]], ...] = ()
    popular: tuple[str, ...] = ()
    queries: tuple[tuple[str, str], ...] = ()
    threshold: int | None = None

    def __or__(self, other: Vocabulary) -> Vocabulary:
        """Add the words of a more particular one: those of ``de-AT`` to those of ``de``.

        Its popular queries stand instead of theirs, since a country may not have what another pays with; where both
        promise a page for a query, or set a threshold, its own counts.
        """
        return Vocabulary(
            self.synonyms + other.synonyms,
            self.one_way + other.one_way,
            _each_once(self.protected + other.protected),
            self.misspellings + other.misspellings,
            other.popular or self.popular,
            tuple({**dict(self.queries), **dict(other.queries)}.items()),
            self.threshold if other.threshold is None else other.threshold,
        )


def load_vocabulary(folder: Path, root: Path) -> tuple[Vocabulary, list[Finding]]:
    """Read the words of a locale, without those of the language it builds on.

    Args:
        folder: of the locale: ``locales/tr``; a locale without ``search.yml`` has no words of its own.
        root: of the project, for the places of findings.

    Returns:
        What is usable of the file, and what is wrong with the rest. A file that cannot be read gives no words.
    """
    path = folder / FILE_NAME
    if not path.exists():
        return Vocabulary(), []
    try:
        file = load_yaml(path, root)
        # An empty file is an empty mapping, and so is one of comments only.
        model = validate(SearchFile, file)
    except HelpcenterError as error:
        return Vocabulary(), list(error.findings)
    return _usable(model), find_contradictions(model, file, folder.name)


def _is_word(text: str) -> bool:
    """Tell whether a text holds anything that can be looked for."""
    return any(character.isalnum() for character in text)


def places_of(folder: Path, root: Path) -> dict[tuple[str, ...], Place]:
    """Give where the words of a locale stand: those of a group, or what is typed and what it leads to → place.

    Args:
        folder: of the locale.
        root: of the project.

    Returns:
        Nothing for a file that is not there or cannot be read; whoever checks the sources tells of it.
    """
    try:
        file = load_yaml(folder / FILE_NAME, root)
        model = validate(SearchFile, file)
    except HelpcenterError:
        return {}
    places = {_usable_words(words): file.place("synonyms", number) for number, words in enumerate(model.synonyms)}
    for key, pairs in (("one_way", model.one_way), ("misspellings", model.misspellings)):
        places |= {(typed, *_usable_words(words)): file.place(key, typed, key=True) for typed, words in pairs.items()}
    return places


def _usable(model: SearchFile) -> Vocabulary:
    """Leave out what can never be found, and groups with nothing left to find."""
    return Vocabulary(
        tuple(group for words in model.synonyms if len(group := _usable_words(words)) > 1),
        _pairs(model.one_way),
        _usable_words(model.protected),
        _pairs(model.misspellings),
        _usable_words(model.popular),
        tuple((query.strip(), path) for query, path in model.queries.items() if _is_word(query)),
        model.threshold,
    )


def _pairs(words: dict[str, list[str]]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (typed, meant) for typed, found in words.items() if _is_word(typed) and (meant := _usable_words(found))
    )


def _usable_words(words: Iterable[str]) -> tuple[str, ...]:
    """Give the words that can be looked for, each once."""
    return _each_once(word.strip() for word in words if _is_word(word))


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
