"""Glossaries: what a language calls the shop's things, and whether its translations keep to it.

Two things can be told without knowing a language's inflection: a name that stays as it is must stand in the translation, and
a word that is to be avoided must not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, model_validator

from helpcenter.catalog import catalog_path
from helpcenter.content import seal
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project import read_text, relative
from helpcenter.project.yamlfile import load_yaml, validate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from helpcenter.catalog import Entry
    from helpcenter.project import Project

_MASK = re.compile(r"__PH\d+__")
# Scripts that put no spaces between words.
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")


class Term(BaseModel):
    """A term of a glossary."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: str = Field(min_length=1)
    """The term in the source language, as pages write it."""
    translation: str = ""
    """Its name in this language, in the form a dictionary has."""
    forms: tuple[str, ...] = ()
    """Other forms that count as the same term."""
    avoid: tuple[str, ...] = ()
    """What must not be used for it."""
    keep: bool = False
    """Whether the term stays as it is in the source."""
    note: str = ""
    """What a translator has to know."""

    @model_validator(mode="after")
    def _check_name(self) -> Term:
        if bool(self.translation) == self.keep:
            raise ValueError("a term has either a 'translation' or 'keep: true'")
        return self


class Glossary(BaseModel):
    """``locales/<tag>/glossary.yml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    terms: tuple[Term, ...] = ()
    """The terms, in any order."""


def load_glossary(folder: Path, root: Path) -> tuple[Glossary, list[Finding]]:
    """Read the glossary of a locale; an empty one where there is none or it cannot be read."""
    path = folder / "glossary.yml"
    if not path.is_file():
        return Glossary(), []
    try:
        return validate(Glossary, load_yaml(path, root)), []
    except HelpcenterError as error:
        return Glossary(), list(error.findings)


def check_glossary(
    project: Project, tag: str, page: str, entries: Sequence[Entry], glossary: Glossary
) -> list[Finding]:
    """Check the translations of a page against the glossary of their locale.

    Args:
        project: the project.
        tag: the locale.
        page: path below the content folder.
        entries: the entries whose texts are shown.
        glossary: of the locale.
    """
    found: list[Finding] = []
    terms = [term for term in glossary.terms if term.keep or term.avoid]
    for entry in entries if terms else ():
        if entry.kind == "keyword":
            continue  # what customers type is not always what the shop says
        source, text = _words(entry.msgid), _words(entry.msgstr)
        for term in terms:
            if not _pattern(term.term).search(source):
                continue
            if term.keep and term.term not in text:
                message = f"'{term.term}' stays as it is, and is not in the translation"
                found.append(finding("glossary-keep", message, _place(project, tag, page, entry), help=term.note))
            for word in term.avoid:
                if _pattern(word).search(text):
                    message = f"'{word}' is not the word for '{term.term}'"
                    hint = "; ".join(filter(None, [f"the glossary says '{term.translation}'", term.note]))
                    found.append(finding("glossary-avoid", message, _place(project, tag, page, entry), help=hint))
    return found


def _words(text: str) -> str:
    """Leave only what a reader sees as words: no addresses, no code, no facts."""
    return _MASK.sub(" ", seal(text).text)


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """Match a word or phrase as a whole, in any case; within a line of letters where a script has no spaces."""
    escaped = r"\s+".join(re.escape(part) for part in word.split())
    return re.compile(escaped if _UNSPACED.search(word) else rf"(?<!\w){escaped}(?!\w)", re.IGNORECASE)


def _place(project: Project, tag: str, page: str, entry: Entry) -> Place:
    file = catalog_path(project.catalog_folder(tag), page)
    lines = read_text(file, project.root).split("\n")
    line = next((i for i in range(entry.line, len(lines) + 1) if lines[i - 1].startswith("msgstr")), entry.line)
    return Place(relative(file, project.root), line, 1, len("msgstr"), lines[line - 1] if line else None)
