"""Glossaries: what a language calls the shop's things, and which of its terms concern a text."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, model_validator

from helpcenter.catalog.entries import fingerprint
from helpcenter.content import seal
from helpcenter.diagnostics import Finding, HelpcenterError
from helpcenter.project.yamlfile import load_yaml, validate

if TYPE_CHECKING:
    from pathlib import Path

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

    def version_for(self, source: str) -> str:
        """Give the fingerprint of the terms that stand in a source text; empty when none does.

        It changes when one of these is changed, and for no other change of the glossary: so a new term makes old those
        machine texts that it concerns. Order and notes do not count.
        """
        if not self.terms:
            return ""
        words = words_of(source)
        rules = sorted(
            json.dumps(
                [term.term, term.translation, sorted(term.forms), sorted(term.avoid), term.keep], ensure_ascii=False
            )
            for term in self.terms
            if pattern_of(term.term).search(words)
        )
        return fingerprint("\n".join(rules)) if rules else ""


def load_glossary(folder: Path, root: Path) -> tuple[Glossary, list[Finding]]:
    """Read the glossary of a locale; an empty one where there is none or it cannot be read."""
    path = folder / "glossary.yml"
    if not path.is_file():
        return Glossary(), []
    try:
        return validate(Glossary, load_yaml(path, root)), []
    except HelpcenterError as error:
        return Glossary(), list(error.findings)


def words_of(text: str) -> str:
    """Leave only what a reader sees as words: no addresses, no code, no facts."""
    return _MASK.sub(" ", seal(text).text)


@cache
def pattern_of(word: str) -> re.Pattern[str]:
    """Match a word or phrase as a whole, in any case; within a line of letters where a script has no spaces."""
    escaped = r"\s+".join(re.escape(part) for part in word.split())
    return re.compile(escaped if _UNSPACED.search(word) else rf"(?<!\w){escaped}(?!\w)", re.IGNORECASE)
