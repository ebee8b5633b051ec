"""Extraction: bringing the catalogs of a locale in step with the source pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.catalog.entries import Catalog, State
from helpcenter.catalog.merging import Memory, by_source, is_covered, merge, set_aside, sources_of
from helpcenter.catalog.pofile import catalog_path, load_catalog, load_catalogs, save_catalog
from helpcenter.diagnostics import HelpcenterError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from helpcenter.content import Page
    from helpcenter.project import Locale, Project

# Texts of pages that are gone; its name cannot be a page's.
ATTIC = "_obsolete.md"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extraction did to a locale.

    Args:
        locale: its tag.
        written: pages whose catalogs changed.
        missing: entries without a text afterwards.
        stale: entries that went stale now.
        retired: pages that are gone; their texts are kept.
    """

    locale: str
    written: tuple[str, ...]
    missing: int
    stale: int
    retired: tuple[str, ...]


def extract_locale(project: Project, pages: Sequence[Page], locale: Locale, *, dry_run: bool = False) -> Extraction:
    """Bring the catalogs of a locale in step with the pages.

    Raises:
        HelpcenterError: a catalog cannot be read; nothing was written then.
    """
    folder = project.catalog_folder(locale.tag)
    catalogs, found = load_catalogs(folder, project.root)
    if found:
        raise HelpcenterError(*found)
    memory = Memory.of(catalogs.values())
    retired = [path for path in catalogs if path not in {page.path for page in pages} and path != ATTIC]
    renamed = _find_renamed(pages, catalogs, retired)
    sources = {p.path: sources_of(p.path, ((s.text, s.anchor, s.kind) for s in p.segments)) for p in pages}
    merged: dict[str, Catalog] = {}
    for path, wanted in sources.items():
        old = catalogs.get(path) or renamed.get(path) or Catalog(path)
        catalog = merge(wanted, old, memory, variant=locale.is_variant)
        if catalog.entries or catalog.foreign:
            merged[path] = catalog
    attic = _fill_attic(catalogs, retired, merged)
    written = [path for path, catalog in merged.items() if catalog != catalogs.get(path)]
    if not dry_run:
        for path in written:
            file = catalog_path(folder, path)
            if _has_changed(project, file, path, catalogs):
                merged[path] = merge(
                    sources[path], load_catalog(file, path, project.root), memory, variant=locale.is_variant
                )
            save_catalog(file, merged[path], locale.tag, variant=locale.is_variant)
        if attic != catalogs.get(ATTIC) and attic is not None:
            save_catalog(catalog_path(folder, ATTIC), attic, locale.tag)
        # Only now that every text is safe elsewhere may the files of vanished pages go.
        for path in retired:
            file = catalog_path(folder, path)
            if not _has_changed(project, file, path, catalogs):
                file.unlink()
    states = [entry.state for catalog in merged.values() for entry in catalog.active]
    before = sum(entry.state is State.STALE for catalog in catalogs.values() for entry in catalog.active)
    stale = max(states.count(State.STALE) - before, 0)
    return Extraction(locale.tag, tuple(written), states.count(State.MISSING), stale, tuple(retired))


def _has_changed(project: Project, file: Path, path: str, catalogs: Mapping[str, Catalog]) -> bool:
    """Whether somebody has saved a catalog while this run was thinking; what they wrote is not to be lost.

    Raises:
        HelpcenterError: it cannot be read any more.
    """
    known = catalogs.get(path)
    return file.exists() and load_catalog(file, path, project.root).entries != (known.entries if known else ())


def _find_renamed(pages: Sequence[Page], catalogs: Mapping[str, Catalog], retired: Sequence[str]) -> dict[str, Catalog]:
    """Give each new page the catalog of the vanished one that it was, where it still has half of that one's texts."""
    texts = {page.path: {segment.text for segment in page.segments} for page in pages if page.path not in catalogs}
    renamed: dict[str, Catalog] = {}
    for path in retired:
        msgids = {entry.msgid for entry in catalogs[path].active}
        shared = {new: len(msgids & texts[new]) for new in texts if new not in renamed}
        best = max(shared, key=shared.__getitem__, default=None)
        if best is not None and shared[best] * 2 >= len(msgids) > 0:
            renamed[best] = replace(catalogs[path], path=best)
    return renamed


def _fill_attic(
    catalogs: Mapping[str, Catalog], retired: Sequence[str], merged: Mapping[str, Catalog]
) -> Catalog | None:
    """Keep the texts of vanished pages that no other catalog has."""
    attic = catalogs.get(ATTIC)
    if not retired:
        return attic
    base = attic or Catalog(ATTIC)
    known = by_source(entry for catalog in (*merged.values(), base) for entry in catalog.entries)
    moved = [
        entry
        for path in retired
        for entry in catalogs[path].entries
        if (entry.msgstr or entry.comments) and not is_covered(entry, known)
    ]
    # Texts with a context or plural forms belong to the translator's tool; where their page went nobody can tell.
    kept = {id(raw) for catalog in merged.values() for raw in catalog.foreign}
    foreign = [raw for path in retired for raw in catalogs[path].foreign if id(raw) not in kept]
    for raw in foreign:
        raw.obsolete = True
    if not moved and not foreign:
        return attic
    return replace(base, entries=tuple(set_aside([*base.entries, *moved])), foreign=(*base.foreign, *foreign))
