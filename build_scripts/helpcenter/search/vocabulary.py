"""The words of a shop: ``locales/<locale>/search.yml``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field

from helpcenter.diagnostics import Finding, HelpcenterError, finding
from helpcenter.project.yamlfile import YamlFile, load_yaml, validate

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME = "search.yml"
_WORD = re.compile(r"[^\W_]")


class SearchFile(BaseModel):
    """What stands in ``search.yml``; every key may be left out."""

    model_config = ConfigDict(extra="forbid", strict=True)

    synonyms: list[list[str]] = Field(default_factory=list)
    """Groups of words that mean the same to a customer; each finds what the others find."""
    one_way: dict[str, list[str]] = Field(default_factory=dict)
    """Typed word → words that are looked for as well, but not the other way round."""
    protected: list[str] = Field(default_factory=list)
    """Names that are kept as they are."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a locale; see :class:`SearchFile`."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    one_way: tuple[tuple[str, tuple[str, ...]], ...] = ()
    protected: tuple[str, ...] = ()

    def __or__(self, other: Vocabulary) -> Vocabulary:
        """Add the words of another one: those of ``de-AT`` to those of ``de``."""
        return Vocabulary(
            self.synonyms + other.synonyms, self.one_way + other.one_way, self.protected + other.protected
        )


def load_vocabulary(folder: Path, root: Path) -> tuple[Vocabulary, list[Finding]]:
    """Read the words of a locale.

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
    findings = [*_groups(model, file), *_one_way(model, file), *_blank(model.protected, file, "protected")]
    return (
        Vocabulary(
            tuple(group for words in model.synonyms if len(group := _usable(words)) > 1),
            tuple(
                (typed, found)
                for typed, words in model.one_way.items()
                if _WORD.search(typed) and (found := _usable(words))
            ),
            _usable(model.protected),
        ),
        findings,
    )


def _usable(words: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.strip() for word in words if _WORD.search(word)))


def _blank(words: list[str], file: YamlFile, *at: str | int) -> list[Finding]:
    return [
        finding(
            "search-term-empty",
            f"'{word}' holds no letter or digit",
            file.place(*at, index),
            help="remove it, or write the word",
        )
        for index, word in enumerate(words)
        if not _WORD.search(word)
    ]


def _groups(model: SearchFile, file: YamlFile) -> list[Finding]:
    found: list[Finding] = []
    first: dict[str, int] = {}
    for number, words in enumerate(model.synonyms):
        found += _blank(words, file, "synonyms", number)
        if len({word.casefold() for word in _usable(words)}) == 1:
            found.append(
                finding(
                    "search-synonym-alone",
                    f"'{words[0]}' has no synonym in its group",
                    file.place("synonyms", number),
                    help="add the other words of the group, or remove it",
                )
            )
        for index, word in enumerate(words):
            known = first.setdefault(word.strip().casefold(), number)
            if known != number and _WORD.search(word):
                line = file.place("synonyms", known).line
                found.append(
                    finding(
                        "search-synonym-repeated",
                        f"'{word}' stands in two groups",
                        file.place("synonyms", number, index),
                        help=f"the other group is in line {line}: join the two, or use one_way for one of the meanings",
                    )
                )
    return found


def _one_way(model: SearchFile, file: YamlFile) -> list[Finding]:
    found: list[Finding] = []
    for typed, words in model.one_way.items():
        found += _blank(words, file, "one_way", typed)
        if not _WORD.search(typed):
            found.append(
                finding(
                    "search-term-empty",
                    f"'{typed}' holds no letter or digit",
                    file.place("one_way", typed, key=True),
                    help="remove it, or write the word",
                )
            )
        elif not words:
            found.append(
                finding(
                    "search-synonym-alone",
                    f"'{typed}' leads to no word",
                    file.place("one_way", typed, key=True),
                    help="add the words it should find as well, or remove it",
                )
            )
    return found
