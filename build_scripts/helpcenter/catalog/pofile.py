"""Catalogs on disk, through polib."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polib

from helpcenter.catalog.entries import Catalog, Entry, Machine, Signature
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project import read_text, relative, write_atomic

if TYPE_CHECKING:
    from pathlib import Path

_MACHINE = re.compile(r"mt: (?P<provider>\S+) src=(?P<source>[0-9a-f]+) out=(?P<output>[0-9a-f]+)")
_SIGNATURE = re.compile(r"(?P<what>reviewed|approved): (?P<who>.+) (?P<date>\d{4}-\d{2}-\d{2})")
_HARD = "stale: hard"
_SUGGESTION = "suggest: "
_SYNTAX = re.compile(r"\(line (?P<line>\d+)\)(?P<rest>.*)", re.DOTALL)


def catalog_path(folder: Path, page: str) -> Path:
    """Give the file that holds a page's segments: ``catalog/guides/returns.po`` for ``guides/returns.md``."""
    return folder / (page.removesuffix(".md") + ".po")


def load_catalog(file: Path, page: str, root: Path) -> Catalog:
    """Read the catalog of a page; an empty one when there is no file.

    Raises:
        HelpcenterError: ``catalog-syntax`` or ``catalog-duplicate``; the file is never written over then.
    """
    if not file.is_file():
        return Catalog(page)
    text = read_text(file, root)
    name = relative(file, root)
    parsed = _parse(text, name)
    entries: list[Entry] = []
    foreign: list[polib.POEntry] = []
    seen: dict[str, int] = {}
    found: list[Finding] = []
    for raw in parsed:
        if raw.msgctxt is not None or raw.msgid_plural:
            foreign.append(raw)
            continue
        entry = _read_entry(raw)
        entries.append(entry)
        if entry.obsolete:
            continue
        if entry.msgid in seen:
            place = Place(name, entry.line, 1, 1, _line(text, entry.line))
            hint = f"it is first in line {seen[entry.msgid]}; keep one of the two"
            found.append(finding("catalog-duplicate", "the same segment stands twice", place, help=hint))
        seen[entry.msgid] = entry.line
    if found:
        raise HelpcenterError(*found)
    return Catalog(page, tuple(entries), dict(parsed.metadata), parsed.header, tuple(foreign))


def _parse(text: str, name: str) -> polib.POFile:
    try:
        # polib opens what exists as a file: a text with a line end never does.
        return polib.pofile(text.removeprefix("\ufeff").replace("\r\n", "\n") + "\n", wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        match = _SYNTAX.search(str(error))
        number = int(match["line"]) if match else 1
        detail = match["rest"].strip(": ") if match else str(error)
        message = "the catalog cannot be read" + (f": {detail}" if detail else "")
        hint = "mend the line (msgfmt -c shows more), or restore the file; nothing was written to it"
        raise HelpcenterError(
            finding("catalog-syntax", message, Place(name, number, 1, 1, _line(text, number)), help=hint)
        ) from error


def _line(text: str, number: int) -> str:
    lines = text.split("\n")
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def _read_entry(raw: polib.POEntry) -> Entry:
    machine: Machine | None = None
    signatures: dict[str, Signature] = {}
    hard = False
    suggestion = None
    comments = []
    for line in raw.tcomment.split("\n") if raw.tcomment else ():
        if match := _MACHINE.fullmatch(line):
            machine = Machine(**match.groupdict())
        elif match := _SIGNATURE.fullmatch(line):
            signatures[match["what"]] = Signature(match["who"], match["date"])
        elif line == _HARD:
            hard = True
        elif line.startswith(_SUGGESTION):
            suggestion = polib.unescape(line.removeprefix(_SUGGESTION))
        else:
            comments.append(line)
    return Entry(
        msgid=raw.msgid,
        msgstr=raw.msgstr,
        fuzzy="fuzzy" in raw.flags,
        previous=raw.previous_msgid,
        references=tuple(f"{path}:{line}" if line else path for path, line in raw.occurrences),
        kind=raw.comment,
        machine=machine,
        reviewed=signatures.get("reviewed"),
        approved=signatures.get("approved"),
        hard=hard,
        suggestion=suggestion,
        comments=tuple(comments),
        flags=tuple(flag for flag in raw.flags if flag != "fuzzy"),
        obsolete=bool(raw.obsolete),
        line=raw.linenum,
    )


def _write_entry(entry: Entry) -> polib.POEntry:
    lines = list(entry.comments)
    if entry.machine is not None:
        lines.append(f"mt: {entry.machine.provider} src={entry.machine.source} out={entry.machine.output}")
    for what, signature in (("reviewed", entry.reviewed), ("approved", entry.approved)):
        if signature is not None:
            lines.append(f"{what}: {signature.who} {signature.date}")
    if entry.hard:
        lines.append(_HARD)
    if entry.suggestion is not None:
        lines.append(_SUGGESTION + polib.escape(entry.suggestion))
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        occurrences=[(reference, "") for reference in entry.references],
        comment=entry.kind,
        tcomment="\n".join(lines),
        flags=[*(("fuzzy",) if entry.fuzzy else ()), *entry.flags],
        previous_msgid=entry.previous,
        obsolete=entry.obsolete,
    )


def render(catalog: Catalog, language: str) -> str:
    """Write a catalog as the text of a PO file; long lines are not wrapped, so that a change shows as one line."""
    file = polib.POFile(wrapwidth=0)
    file.header = catalog.header_comment
    file.metadata = {
        "Project-Id-Version": "helpcenter",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    } | catalog.metadata
    for entry in catalog.entries:
        file.append(_write_entry(entry))
    for raw in catalog.foreign:
        file.append(raw)
    # polib writes an empty comment where there is none, and a blank line after the last entry.
    text = str(file) if catalog.header_comment else str(file).removeprefix("#\n")
    return text.rstrip("\n") + "\n"


def save_catalog(file: Path, catalog: Catalog, language: str) -> bool:
    """Write a catalog in one step; give whether bytes changed."""
    return write_atomic(file, render(catalog, language))


def load_catalogs(folder: Path, root: Path) -> tuple[dict[str, Catalog], list[Finding]]:
    """Read all catalogs of a locale, by page; unreadable ones are findings, all at once."""
    catalogs: dict[str, Catalog] = {}
    found: list[Finding] = []
    for file in sorted(folder.rglob("*.po")):
        page = file.relative_to(folder).with_suffix(".md").as_posix()
        try:
            catalogs[page] = load_catalog(file, page, root)
        except HelpcenterError as error:
            found += error.findings
    return catalogs, found
