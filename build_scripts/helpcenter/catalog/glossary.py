"""Glossaries: what a language calls the shop's things, and which of its terms concern a text."""

from __future__ import annotations

import json
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from helpcenter.catalog.entries import fingerprint
from helpcenter.content import seal
from helpcenter.diagnostics import Finding, HelpcenterError, finding
from helpcenter.inflection import find_name, find_phrase
from helpcenter.project.tags import parents_of
from helpcenter.project.yamlfile import load_yaml, validate

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.inflection import Span
    from helpcenter.project.yamlfile import YamlFile

FILE = "glossary.yml"
_MASK = re.compile(r"__PH\d+__")
# The first letters of a word stay what they are in an English plural: of a long one all but the last.
_SHORT, _START = 5, 2


class Term(BaseModel):
    """A term of a glossary."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    term: str = Field(min_length=1, pattern=r"\S")
    """The term in the source language, as pages write it."""
    translation: str = ""
    """Its name in this language, in the form a dictionary has."""
    forms: tuple[str, ...] = ()
    """Other names that count as the same term, each in all its forms; with ``*`` at the end, all words that begin so."""
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

    @property
    def name(self) -> str:
        """The term with single spaces; two entries with the same name are one."""
        return " ".join(self.term.split())


class Glossary(BaseModel):
    """``locales/<tag>/glossary.yml``, and ``locales/glossary.yml`` for what all languages leave as it is."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    terms: tuple[Term, ...] = ()
    """The terms, in any order."""

    _source: str = PrivateAttr("en")

    @cached_property
    def _starts(self) -> tuple[tuple[str, Term], ...]:
        """Each term with what a text must hold for it to be there, in lower case; most are ruled out by that."""
        is_english = self._source.partition("-")[0] == "en"
        return tuple((_start_of(term) if is_english else "", term) for term in self.terms)

    def version_for(self, source: str) -> str:
        """Give the fingerprint of the terms that stand in a source text; empty when none does.

        It changes when one of these is changed, and for no other change of the glossary: so a new term makes old those
        machine texts that it concerns. Order and notes do not count.
        """
        rules = sorted(
            json.dumps(
                [term.term, term.translation, sorted(term.forms), sorted(term.avoid), term.keep], ensure_ascii=False
            )
            for term in terms_in(source, self)
        )
        return fingerprint("\n".join(rules)) if rules else ""


def _start_of(term: Term) -> str:
    word = term.term.split()[0].strip("*").lower()
    return word[:-1] if len(word) > _SHORT else word[:_START]


def terms_in(source: str, glossary: Glossary) -> tuple[Term, ...]:
    """Give the terms of a glossary that stand in a source text, in the order in which they do.

    A term is found in its plural and possessive too (``return labels``); one that begins with a capital, a label or a name,
    only where it is written so. Where terms overlap the longest counts: ``return label`` asks for no ``label``.

    Args:
        source: Markdown, as catalogs have it.
        glossary: of the locale.
    """
    if not glossary.terms:
        return ()
    words, tag = words_of(source), glossary._source  # noqa: SLF001 - of the same module
    lower = words.lower()
    found: list[tuple[Span, int, Term]] = []
    for index, (beginning, term) in enumerate(glossary._starts):  # noqa: SLF001 - of the same module
        if beginning in lower:
            found += [(span, index, term) for span in _places(term, words, tag)]
    kept: list[tuple[Span, int, Term]] = []
    for one in sorted(found, key=lambda one: (one[0][0] - one[0][1], one[0], one[1])):
        (start, end), *_ = one
        if all(end <= a or start >= b or (start, end) == (a, b) for (a, b), *_ in kept):
            kept.append(one)
    return tuple(dict.fromkeys(term for *_, term in sorted(kept, key=lambda one: one[:2])))


def _places(term: Term, words: str, tag: str) -> list[Span]:
    if term.keep:
        return list(find_name(term.term, words, tag))
    return [
        (start, end)
        for start, end in find_phrase(term.term, words, tag, strict=True)
        if _has_capitals(term.term, words[start:end])
    ]


def _has_capitals(term: str, text: str) -> bool:
    """Whether a text has a capital where its term has one: **Received** is a state, `received` a word."""
    wanted = [word.strip("*")[:1].isupper() for word in term.split()]
    given = [word.strip("*")[:1].isupper() for word in text.split()]
    return all(is_there or not is_wanted for is_wanted, is_there in zip(wanted, given, strict=False))


def load_glossary(folder: Path, root: Path, source: str = "en") -> tuple[Glossary, list[Finding]]:
    """Read the glossary of a locale, with what it takes from others.

    Args:
        folder: of the locale, named by its tag. Terms of a language hold for its variants (``de`` for ``de-AT``), those of
            the folder above for all languages; what is nearer wins.
        root: of the project.
        source: BCP 47 tag of the language that terms are written in.

    Returns:
        The terms of all files that can be read, and what is wrong with the others.
    """
    terms: dict[str, Term] = {}
    found: list[Finding] = []
    for above in (folder.parent, *(folder.parent / tag for tag in reversed(parents_of(folder.name))), folder):
        if not (above / FILE).is_file():
            continue
        try:
            own, file = read_glossary(above / FILE, root)
        except HelpcenterError as error:
            found += error.findings
            continue
        is_shared = above == folder.parent
        terms |= {term.name: term for term in own.terms if term.keep or not is_shared}
        found += _check_shared(own, file) if is_shared else []
    glossary = Glossary(terms=tuple(terms.values()))
    glossary._source = source  # noqa: SLF001 - of the same module
    return glossary, found


def read_glossary(path: Path, root: Path) -> tuple[Glossary, YamlFile]:
    """Read one file of terms.

    Raises:
        HelpcenterError: it cannot be read, or something in it is not allowed.
    """
    file = load_yaml(path, root)
    return validate(Glossary, file), file


def _check_shared(glossary: Glossary, file: YamlFile) -> list[Finding]:
    """Find terms of all languages that have the name of one."""
    hint = "write 'keep: true', or move the entry to the glossary of a locale"
    return [
        finding(
            "glossary-shared",
            f"'{term.term}' has a translation, and this list is for all languages",
            file.place("terms", index, "translation"),
            help=hint,
        )
        for index, term in enumerate(glossary.terms)
        if not term.keep
    ]


@lru_cache(maxsize=4096)
def words_of(text: str) -> str:
    """Leave only what a reader sees as words: no addresses, no code, no facts."""
    return _MASK.sub(" ", seal(text).text)
