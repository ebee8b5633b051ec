"""Views of findings: for a person, for a program, for a code host."""

from __future__ import annotations

import json
import unicodedata
from typing import TYPE_CHECKING

import click

from helpcenter.diagnostics.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}


# Control characters, as the pictures that Unicode has for them; those of the second block have none.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
_WITHIN_LINES = {code: picture for code, picture in _PICTURES.items() if chr(code) not in "\n\t"}


def printable(text: str, *, lines: bool = False) -> str:
    """Make a text fit for a terminal, which would obey the control characters in it: each becomes one that can be seen.

    Args:
        text: from a file, a file's name or the command line.
        lines: whether it has lines of its own; their ends and tabs are kept then.
    """
    return text.translate(_WITHIN_LINES if lines else _PICTURES)


def _cells(text: str) -> int:
    """Count the terminal cells of a text: a wide character takes two, a combining one none."""
    return sum(
        0
        if unicodedata.combining(c) or unicodedata.category(c) == "Cf"
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )


def _excerpt(finding: Finding) -> list[str]:
    """Show the line and mark the place in it."""
    place = finding.place
    if place.text is None or place.line is None:
        return []
    gutter = " " * len(str(place.line))
    line = printable(place.text.replace("\t", " "))
    lines = [f"{gutter} |", f"{place.line} | {line}"]
    if place.column is not None:
        start = place.column - 1
        marks = "^" * max(_cells(line[start : start + place.length]), 1)
        lines.append(f"{gutter} | {' ' * _cells(line[:start])}{marks} {printable(finding.label)}".rstrip())
    return lines


def as_text(findings: Iterable[Finding]) -> str:
    """Show findings to a person; colour is taken out by the terminal layer where it is not wanted."""
    blocks = []
    for finding in findings:
        place = finding.place
        gutter = " " * len(str(place.line)) if place.line is not None else ""
        head = click.style(f"{finding.severity}[{finding.code}]", fg=_COLORS[finding.severity], bold=True)
        lines = [f"{head}: {printable(finding.message)}", f"{gutter}--> {printable(str(place))}", *_excerpt(finding)]
        if finding.label and None in (place.text, place.line, place.column):
            # There is no mark that it could stand beside.
            lines.append(f"{gutter} = {printable(finding.label)}")
        if finding.help:
            lines.append(f"{gutter} = help: {printable(finding.help)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def as_json(findings: Iterable[Finding]) -> str:
    """Show findings to a program: a list of objects with code, severity, path, line, column, message and help."""
    rows = [
        {
            "code": f.code,
            "severity": str(f.severity),
            "path": f.place.path,
            "line": f.place.line,
            "column": f.place.column,
            "message": f.message,
            "help": "; ".join(part for part in (f.label, f.help) if part),
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _escape(text: str, *, value: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    text = printable(text)
    return text.replace(":", "%3A").replace(",", "%2C") if value else text


def as_github(findings: Iterable[Finding]) -> str:
    """Show findings as workflow commands, which a code host draws beside the lines they are about.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
    lines = []
    for f in findings:
        where = {"file": f.place.path, "line": f.place.line, "col": f.place.column, "title": f.code}
        options = ",".join(
            f"{key}={_escape(str(value), value=True)}" for key, value in where.items() if value is not None
        )
        text = "; ".join(part for part in (f.message, f.label, f.help) if part)
        lines.append(f"::{names[f.severity]} {options}::{_escape(text)}")
    return "\n".join(lines)
