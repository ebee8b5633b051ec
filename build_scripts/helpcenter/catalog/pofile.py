"""Catalogs on disk, through polib."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import polib

from helpcenter.catalog.entries import Catalog, Entry, fingerprint
from helpcenter.catalog.keys import is_sheet, split_forms, split_key
from helpcenter.catalog.layout import HEADER_KEY, Chunk, Layout, arrange, join, keep, write_unit
from helpcenter.catalog.notes import write_notes
from helpcenter.catalog.parsing import line_of, parse_any, parse_plain
from helpcenter.catalog.sheets import plural_rule
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project import read_text, relative, write_atomic

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# The header's field that names the last entry in use: a file that was cut off between two entries is no longer one of ours.
LAST = "X-Last-Entry"
_LAST_LINE = re.compile(rf'^"{LAST}: [^"]*"\r?\n', re.MULTILINE)
# A field may be added behind a header whose last one is whole.
_OPEN_END = re.compile(r'(?:\\n|^msgstr "")"\r?\n\Z', re.MULTILINE)


def catalog_path(folder: Path, page: str) -> Path:
    """Give the file that holds a page's segments: ``catalog/guides/returns.po`` for ``guides/returns.md``."""
    return folder / (page.removesuffix(".md") + ".po")


def load_catalog(file: Path, page: str, root: Path) -> Catalog:
    """Read the catalog of a page; an empty one when there is no file.

    Raises:
        HelpcenterError: ``catalog-syntax``, ``catalog-cut-off`` or ``catalog-duplicate``; the file is never written over then.
    """
    if not file.is_file():
        return Catalog(page)
    return read_catalog(read_text(file, root), page, relative(file, root))


def read_catalog(text: str, page: str, name: str) -> Catalog:
    """Read the catalog of a page from its text.

    Args:
        text: of a PO file.
        page: path of the page below ``content/``.
        name: of the file, for findings.

    Raises:
        HelpcenterError: as ``load_catalog`` does.
    """
    raw = text.removeprefix("\ufeff")
    mark, text = text[: len(text) - len(raw)], raw.replace("\r\n", "\n")
    catalog = parse_plain(page, text, raw) or parse_any(page, text, raw, name)
    # Obsolete entries stand last; other tools and merges of branches leave them anywhere.
    catalog = replace(catalog, entries=tuple(sorted(catalog.entries, key=lambda entry: entry.obsolete)))
    _refuse_cut_off(catalog, text, name)
    _refuse_doubles(catalog, text, name)
    if catalog.layout is None:
        return catalog
    last = catalog.active[-1].msgid if catalog.active else None
    layout = replace(
        catalog.layout, mark=mark, last=last, metadata=catalog.metadata, header_comment=catalog.header_comment
    )
    return replace(catalog, layout=layout)


def _refuse_doubles(catalog: Catalog, text: str, name: str) -> None:
    """Refuse a file in which a segment stands twice.

    Raises:
        HelpcenterError: ``catalog-duplicate``.
    """
    seen: dict[str, int] = {}
    found: list[Finding] = []
    for entry in catalog.active:
        if entry.msgid in seen:
            place = Place(name, entry.line, 1, 1, line_of(text, entry.line))
            hint = f"it is first in line {seen[entry.msgid]}; keep one of the two"
            found.append(finding("catalog-duplicate", "the same segment stands twice", place, help=hint))
        seen[entry.msgid] = entry.line
    if found:
        raise HelpcenterError(*found)


def _is_named(last: str, catalog: Catalog) -> bool:
    """Whether one of the entries is the one that the header names as the last."""
    # Obsolete entries stand behind the last one in use, so that it is found at once where no other tool has been.
    return any(
        last in {fingerprint(entry.msgid), fingerprint(entry.previous or "")} for entry in reversed(catalog.entries)
    )


def _refuse_cut_off(catalog: Catalog, text: str, name: str) -> None:
    """Refuse a file whose last entry is not there.

    Raises:
        HelpcenterError: ``catalog-cut-off``.
    """
    last = catalog.metadata.get(LAST)
    if last and not _is_named(last, catalog):
        number = text.rstrip("\n").count("\n") + 1
        hint = f"restore the file; if the entry was taken out on purpose, delete the line '{LAST}' of the header"
        place = Place(name, number, 1, 1, line_of(text, number))
        raise HelpcenterError(finding("catalog-cut-off", "the end of the catalog is missing", place, help=hint))


def _write_entry(entry: Entry) -> polib.POEntry:
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        occurrences=[(reference, "") for reference in entry.references],
        comment=entry.kind,
        tcomment=write_notes(entry),
        flags=[*(("fuzzy",) if entry.fuzzy else ()), *entry.flags],
        previous_msgid=entry.previous,
        obsolete=entry.obsolete,
    )


def _write_string(entry: Entry, forms: int) -> polib.POEntry:
    """Write an entry of a sheet; ``forms`` is how many plural forms one without a translation gets."""
    raw, key, previous = _write_entry(entry), split_key(entry.msgid), split_key(entry.previous or "")
    raw.msgid = key.text
    if key.context:
        raw.msgctxt = key.context
    if key.plural:
        texts = split_forms(entry.msgstr) if entry.msgstr else [""] * forms
        raw.msgid_plural, raw.msgstr, raw.msgstr_plural = key.plural, "", dict(enumerate(texts))
    if entry.previous is not None:
        raw.previous_msgctxt, raw.previous_msgid = previous.context or None, previous.text
        raw.previous_msgid_plural = previous.plural or None
    return raw


def _writer_of(catalog: Catalog) -> Callable[[Entry], polib.POEntry]:
    if not is_sheet(catalog.path):
        return _write_entry
    rule = plural_rule(catalog)
    return partial(_write_string, forms=rule.forms if rule else 1)


def render(catalog: Catalog, language: str, *, variant: bool = False) -> str:
    """Write a catalog as the text of a PO file; what says the same as in the file it was read from keeps its bytes.

    What is new or changed is written in our own form: long lines are not wrapped, so that a change shows as one line.

    Args:
        catalog: what to write.
        language: the locale's tag.
        variant: people take entries out of it; so no one is named as its last.
    """
    layout = catalog.layout or Layout()
    chunks = layout.cut()
    spare = layout.spare.cut() if layout.spare else {}
    newline = layout.newline
    header = chunks.get(HEADER_KEY)
    write = _writer_of(catalog)
    pieces = [
        (key, _header_of(catalog, layout, header, language, variant=variant))
        if unit is None
        else (key, _text_of(unit, chunks.get(key), spare.get(key), newline, write))
        for key, unit in arrange(catalog, chunks)
    ]
    if chunks and header is None and pieces[1:] == [(key, chunk.text) for key, chunk in chunks.items()]:
        # A header is added where something else is: other tools need to know the file's encoding.
        pieces = pieces[1:]
    return join(pieces, chunks, layout)


def _text_of(
    unit: Entry | polib.POEntry,
    chunk: Chunk | None,
    spare: Chunk | None,
    newline: str,
    write: Callable[[Entry], polib.POEntry],
) -> str:
    """Give the text of an entry: as it stood, where it says the same."""
    if not isinstance(unit, Entry):
        written = write_unit(unit)
        return chunk.text if chunk and chunk.unit == written else written.replace("\n", newline)
    if chunk and (unit is chunk.unit or _is_same(unit, chunk.unit)):
        return chunk.text
    if spare and _is_same(unit, spare.unit):
        return spare.text.replace("\r\n", "\n").lstrip("\n").replace("\n", newline)
    written = write_unit(write(unit))
    return keep(chunk, unit, written, newline) if chunk else written.replace("\n", newline)


def _is_same(entry: Entry, other: Entry | str | None) -> bool:
    return isinstance(other, Entry) and (entry == other or replace(entry, line=other.line) == other)


def _header_of(catalog: Catalog, layout: Layout, chunk: Chunk | None, language: str, *, variant: bool) -> str:
    """Give the text of a catalog's header: as it stood, but for the name of the last entry."""
    last = catalog.active[-1].msgid if catalog.active else None
    if chunk is None or (catalog.metadata, catalog.header_comment) != (layout.metadata, layout.header_comment):
        return _write_header(catalog, language, None if variant else last).replace("\n", layout.newline)
    old = chunk.text
    named = catalog.metadata.get(LAST)
    if last == layout.last and (named is None or _is_named(named, catalog)):
        return old
    line = "" if last is None or variant else f'"{LAST}: {fingerprint(last)}\\n"{layout.newline}'
    match = _LAST_LINE.search(old)
    if match:
        return old[: match.start()] + line + old[match.end() :]
    if named is None and _OPEN_END.search(old):
        return old + line
    return _write_header(catalog, language, None if variant else last).replace("\n", layout.newline)


def _write_header(catalog: Catalog, language: str, last: str | None) -> str:
    file = polib.POFile(wrapwidth=0)
    file.header = catalog.header_comment
    file.metadata = {
        "Project-Id-Version": "helpcenter",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    } | catalog.metadata
    file.metadata.pop(LAST, None)
    if last is not None:
        file.metadata[LAST] = fingerprint(last)
    # polib writes an empty comment where there is none.
    text = str(file) if catalog.header_comment else str(file).removeprefix("#\n")
    return text.rstrip("\n") + "\n"


def save_catalog(file: Path, catalog: Catalog, language: str, *, variant: bool = False) -> bool:
    """Write a catalog in one step, as ``render`` does; give whether bytes changed."""
    return write_atomic(file, render(catalog, language, variant=variant))


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
