"""The one thing a check can say."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding stands in the way of publishing."""

    ERROR = "error"
    """The project is invalid: nothing is built."""
    WARNING = "warning"
    """Something is left out of the site, or shown in another way than was asked for."""
    NOTE = "note"
    """Worth knowing; changes no exit code."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a finding points to.

    Args:
        path: POSIX path relative to the project's root, or a name such as ``mkdocs.yml``.
        line: 1-based line, or None for the whole file.
        column: 1-based column in code points, or None.
        length: how many characters of the line are meant.
        text: the line itself, as it stands in the file, without its end.
    """

    path: str
    line: int | None = None
    column: int | None = None
    length: int = 1
    text: str | None = None

    @classmethod
    def at_offset(cls, path: str, source: str, start: int, end: int | None = None) -> Place:
        r"""Make the place of ``source[start:end]``; a span that leaves its line is cut at the line's end.

        Lines end where ``\n`` does, as editors count them.
        """
        line_start = source.rfind("\n", 0, start) + 1
        line_end = source.find("\n", start)
        line_end = len(source) if line_end < 0 else line_end
        stop = min(end if end is not None else start + 1, line_end)
        return cls(
            path,
            source.count("\n", 0, start) + 1,
            start - line_start + 1,
            max(stop - start, 1),
            source[line_start:line_end].rstrip("\r"),
        )

    def __str__(self) -> str:
        """Give ``path:line:column``, as far as known."""
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a check says.

    Args:
        code: stable, lower case with hyphens, explained in ``codes.yml``.
        message: what is wrong, one sentence without a full stop.
        place: where.
        severity: how bad.
        help: the next step, or an empty text.
        label: what stands beside the marked text, or an empty text.
    """

    code: str
    message: str
    place: Place
    severity: Severity
    help: str = ""
    label: str = ""


def finding(code: str, message: str, place: Place, *, help: str = "", label: str = "") -> Finding:  # noqa: A002 - the field's name
    """Make a finding whose severity is that of its code."""
    from helpcenter.diagnostics.codes import explain  # noqa: PLC0415 - the registry is read on the first finding only

    return Finding(code, message, place, explain(code).severity, help, label)


class HelpcenterError(Exception):
    """What cannot go on, with the findings that say why.

    Args:
        findings: at least one.
    """

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(f"{f.place}: {f.message} [{f.code}]" for f in findings))
        self.findings = findings

    def __reduce__(self) -> tuple[type[HelpcenterError], tuple[Finding, ...]]:
        """Travel between processes with the findings, not with their text."""
        return type(self), self.findings


def suggest(word: str, known: Iterable[str]) -> str:
    """Give ``did you mean 'x'?`` for the known word most like this one, never the word itself, or an empty text."""
    options = [str(one) for one in known if str(one) != str(word)]
    matches = difflib.get_close_matches(str(word), options, n=1, cutoff=0.6)
    return f"did you mean '{matches[0]}'?" if matches else ""
