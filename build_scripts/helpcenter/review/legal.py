"""Sign-off: who answers for a legal page as the customers of one locale get it, and what has changed since.

What is signed is written down in a form that people can compare: of each text a fingerprint, of each fact what it says and
when.  So a signature that holds no more can tell why.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date  # noqa: TC003 - pydantic reads it
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field

from helpcenter.project import write_atomic
from helpcenter.project.yamlfile import load_yaml, validate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from helpcenter.project import Project
    from helpcenter.project.yamlfile import YamlFile

LEDGER = "legal.yml"
"""Name of the file of a locale that says who has signed what."""

_HEAD = """\
# Who answers for the legal pages of this locale, and for what exactly.
# Written by 'helpcenter approve --legal'; docs/guides/sign-a-policy.md tells how to read it.
"""


class _Dumper(yaml.SafeDumper):
    """Writes every value out where it stands."""

    def ignore_aliases(self, _data: object) -> bool:
        """Give no value a name to be repeated by."""
        return True


@dataclass(frozen=True, slots=True)
class Statement:
    """What a legal page says to the customers of one locale.

    Args:
        source: fingerprint of its source: body and translatable values of the front matter.
        texts: fingerprints of the texts that customers get, in the order of the page.
        facts: what each fact of law says that the page uses, by id: a line for each time in which it says the same.
    """

    source: str
    texts: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class Signature(BaseModel):
    """A page in ``legal.yml``: the statement that was signed, by whom and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by: Annotated[str, Field(min_length=1)]
    """Name and address of the person who answers for the page."""
    day: date
    """When it was signed; a signature never lapses by the calendar."""
    source: str
    """Fingerprint of the source page."""
    texts: str
    """Fingerprints of the texts that customers get, separated by spaces."""
    facts: dict[str, list[str]] = {}
    """What each fact of law said that the page uses."""

    @property
    def statement(self) -> Statement:
        """What was signed."""
        facts = {fact: tuple(lines) for fact, lines in self.facts.items()}
        return Statement(self.source, tuple(self.texts.split()), facts)


class LedgerFile(BaseModel):
    """``legal.yml`` as a whole: the signature of each page by its path below ``content/``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pages: dict[str, Signature] = {}
    """By path of the page."""


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact that no longer says what was signed.

    Args:
        fact: its id.
        old: what was signed; empty where the page did not use it.
        new: what it says now; empty where the page uses it no more.
    """

    fact: str
    old: tuple[str, ...]
    new: tuple[str, ...]

    def __str__(self) -> str:
        """Say what was and what is, without the times in which nothing differs."""
        old = "; ".join(line for line in self.old if line not in self.new) or "not used"
        new = "; ".join(line for line in self.new if line not in self.old) or "not used"
        return f"{self.fact}: {old} → {new}"


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since a page was signed.

    Args:
        source: whether the source page has.
        texts: positions of the texts that are new or say something else, in what customers get now.
        removed: number of texts that are gone.
        facts: the facts of law that have.
    """

    source: bool = False
    texts: tuple[int, ...] = ()
    removed: int = 0
    facts: tuple[FactChange, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything has."""
        return bool(self.source or self.texts or self.removed or self.facts)

    def __str__(self) -> str:
        """Say it in one line."""
        parts = []
        if self.texts:
            parts.append(f"{len(self.texts)} text{'s' if len(self.texts) > 1 else ''} changed or new")
        if self.removed:
            parts.append(f"{self.removed} text{'s' if self.removed > 1 else ''} gone")
        if self.source and not parts:
            parts.append("the source page")
        return "; ".join([*parts, *map(str, self.facts)])


def compare(signed: Statement, now: Statement) -> Changes:
    """Tell what has changed between what was signed and what is said now."""
    matcher = SequenceMatcher(None, signed.texts, now.texts, autojunk=False)
    changed: list[int] = []
    removed = 0
    for operation, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if operation != "equal":
            changed += range(new_start, new_end)
            removed += max((old_end - old_start) - (new_end - new_start), 0)
    ids = sorted({*signed.facts, *now.facts})
    facts = (FactChange(fact, signed.facts.get(fact, ()), now.facts.get(fact, ())) for fact in ids)
    return Changes(
        signed.source != now.source, tuple(changed), removed, tuple(one for one in facts if one.old != one.new)
    )


@dataclass(frozen=True, slots=True)
class Ledger:
    """The signatures of a locale.

    Args:
        path: as findings show it.
        pages: by path of the page.
        file: the parsed file, for places; None where there is none.
    """

    path: str
    pages: Mapping[str, Signature] = field(default_factory=dict)
    file: YamlFile | None = field(default=None, compare=False)


def ledger_path(project: Project, tag: str) -> Path:
    """Give the file of a locale's signatures."""
    return project.locales_folder / tag / LEDGER


def load_ledger(project: Project, tag: str) -> Ledger:
    """Read the signatures of a locale; a missing file holds none.

    Raises:
        HelpcenterError: it cannot be read, with all findings at once.
    """
    path, name = ledger_path(project, tag), f"locales/{tag}/{LEDGER}"
    if not path.is_file():
        return Ledger(name)
    file = load_yaml(path, project.root)
    return Ledger(name, validate(LedgerFile, file).pages, file)


def sign(project: Project, tag: str, statements: Mapping[str, Statement], *, who: str, on: date) -> list[str]:
    """Write down that a person answers for some pages of a locale.

    A signature that holds for the very same statement stays as it is, whoever gave it: a second run changes nothing.

    Args:
        project: the project.
        tag: the locale.
        statements: what is signed, by path of the page.
        who: name and address of the person.
        on: the day.

    Returns:
        the pages whose signature is new.

    Raises:
        HelpcenterError: the ledger cannot be read or written; it is as it was.
    """
    known = load_ledger(project, tag).pages
    new = {
        page: Signature(
            by=who,
            day=on,
            source=statement.source,
            texts=" ".join(statement.texts),
            facts={fact: list(lines) for fact, lines in sorted(statement.facts.items())},
        )
        for page, statement in statements.items()
        if page not in known or known[page].statement != statement
    }
    if new:
        write_atomic(ledger_path(project, tag), _write({**known, **new}))
    return sorted(new)


def _write(pages: Mapping[str, Signature]) -> str:
    data = {"pages": {page: signature.model_dump() for page, signature in sorted(pages.items())}}
    # A line a fact, however long: what differs shows in a diff, and two people who sign two pages do not meet.
    return _HEAD + yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10**6)
