"""Exports: catalogs written for the tools of translators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import Entry, State, catalog_path, is_attic, load_catalogs
from helpcenter.catalog.glossary import load_glossary, terms_in
from helpcenter.catalog.keys import is_sheet
from helpcenter.catalog.notes import write_machine
from helpcenter.diagnostics import HelpcenterError, Place, finding, suggest
from helpcenter.exchange.pairs import pairs_of
from helpcenter.exchange.tmx import Record, render_tmx
from helpcenter.exchange.xliff import HARD, MACHINE_NOTE, PREVIOUS_NOTE, Segment, render_xliff

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from helpcenter.catalog.glossary import Glossary
    from helpcenter.exchange.pairs import Pair
    from helpcenter.project import Locale, Project


def export_xliff(
    project: Project, locale: Locale, *, states: Collection[State] = (), pages: Sequence[str] = ()
) -> tuple[bytes, int]:
    """Write the entries of a locale's own catalogs as XLIFF 2.

    Args:
        project: the project.
        locale: whose catalogs.
        states: only entries in one of these; all when empty.
        pages: only these, paths below ``content/``; all when empty.

    Returns:
        The document and how many entries are in it; an empty document when there is none.

    Raises:
        HelpcenterError: a catalog or a glossary cannot be read, or a page has no catalog.
    """
    catalogs, found = load_catalogs(project.catalog_folder(locale.tag), project.root)
    glossary, wrong = load_glossary(project.locales_folder / locale.tag, project.root, project.source.tag)
    if found or wrong:
        raise HelpcenterError(*found, *wrong)
    catalogs = {page: catalog for page, catalog in catalogs.items() if not is_attic(page) and not is_sheet(page)}
    _refuse_unknown(pages, catalogs, locale)
    segments = {
        page: [_segment(entry, glossary) for entry in catalog.active if not states or entry.state in states]
        for page, catalog in catalogs.items()
        if not pages or page in pages
    }
    count = sum(map(len, segments.values()))
    return (render_xliff(segments, project.source.tag, locale.tag) if count else b""), count


def _refuse_unknown(pages: Iterable[str], catalogs: Collection[str], locale: Locale) -> None:
    unknown = [page for page in pages if page not in catalogs]
    if unknown:
        raise HelpcenterError(
            *(
                finding(
                    "export-unknown-page",
                    f"'{page}' has no catalog in {locale.tag}",
                    Place(page),
                    help="; ".join(filter(None, [suggest(page, catalogs), "run 'helpcenter extract' for new pages"])),
                )
                for page in unknown
            )
        )


def _segment(entry: Entry, glossary: Glossary) -> Segment:
    """Say of an entry what a translator has to know."""
    notes = [("kind", entry.kind)] if entry.kind else []
    notes += [("place", ", ".join(entry.references))] if entry.references else []
    notes += [("note", comment) for comment in entry.comments]
    if entry.previous is not None:
        notes.append((PREVIOUS_NOTE, entry.previous))
    if entry.suggestion is not None:
        notes.append(("suggestion", entry.suggestion))
    for term in terms_in(entry.msgid, glossary):
        name = f"{term.term} = {term.term if term.keep else term.translation}"
        avoid = f"; not: {', '.join(term.avoid)}" if term.avoid else ""
        notes.append(("term", name + avoid + (f" ({term.note})" if term.note else "")))
    sub_state = HARD if entry.state is State.STALE and entry.hard else ""
    if entry.machine is not None and entry.is_machine_text and entry.state is State.MACHINE:
        sub_state = "machine"
        notes.append((MACHINE_NOTE, write_machine(entry.machine)))
    return Segment(entry.msgid, entry.msgstr, entry.state, sub_state, tuple(notes))


def export_tmx(
    project: Project, locale: Locale, *, states: Collection[State] = (), pages: Sequence[str] = ()
) -> tuple[bytes, int]:
    """Write all pairs of a language as TMX; what is the same on several pages once for each state it has there.

    Args:
        project: the project.
        locale: the locale; the texts of those it builds on are among its pairs.
        states: only pairs in one of these; all when empty.
        pages: only from the catalogs of these pages; all when empty.

    Returns:
        The document and how many pairs are in it; an empty document when there is none.

    Raises:
        HelpcenterError: a catalog or a glossary cannot be read, or a page has no catalog.
    """
    pairs = pairs_of(project, locale)
    folders = [project.catalog_folder(tag) for tag in locale.chain]
    there = {page for page in pages if any(catalog_path(folder, page).is_file() for folder in folders)}
    _refuse_unknown(pages, {pair.page for pair in pairs} | there, locale)
    records: dict[tuple[str, str, State], Record] = {}
    for pair in pairs:
        record = _record(pair)
        if (not states or record.state in states) and (not pages or pair.page in pages):
            known = records.setdefault((record.source, record.target, record.state), record)
            where = tuple(dict.fromkeys((*known.pages, *record.pages)))
            records[record.source, record.target, record.state] = known._replace(pages=where)
    return (render_tmx(records.values(), project.source.tag, locale.tag) if records else b""), len(records)


def _record(pair: Pair) -> Record:
    """Say of a pair what a memory has to know: of a stale text the source it was made for, and how good it was for that."""
    signature = pair.approved or pair.reviewed
    source, state = pair.source, pair.state
    if state is State.STALE and pair.previous is not None:
        source, state = pair.previous, State.REVIEWED if pair.is_settled else State.MACHINE
    elif pair.role == "also" and state is State.STALE:
        # It was written for this source, and nobody has signed it.
        state = State.MACHINE
    who, date = (signature.who, signature.date) if signature is not None else ("", "")
    note = write_machine(pair.machine) if pair.machine is not None else ""
    return Record(source, pair.target, state, () if pair.is_obsolete else (pair.page,), note, who, date)
