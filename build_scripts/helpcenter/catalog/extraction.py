"""Extraction: bringing the catalogs of a locale in step with the source pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.catalog.entries import Catalog, State
from helpcenter.catalog.merging import Memory, merge, sources_of
from helpcenter.catalog.pofile import catalog_path, load_catalogs, save_catalog
from helpcenter.diagnostics import HelpcenterError

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    merged: dict[str, Catalog] = {}
    for page in pages:
        sources = sources_of(page.path, ((s.text, s.anchor, s.kind) for s in page.segments))
        old = catalogs.get(page.path, Catalog(page.path))
        catalog = merge(sources, old, memory, variant=locale.is_variant)
        if catalog.entries or catalog.foreign:
            merged[page.path] = catalog
    retired = [path for path in catalogs if path not in {page.path for page in pages} and path != ATTIC]
    attic = _fill_attic(catalogs, retired, merged)
    written = [path for path, catalog in merged.items() if catalog != catalogs.get(path)]
    if not dry_run:
        for path in written:
            save_catalog(catalog_path(folder, path), merged[path], locale.tag)
        if attic != catalogs.get(ATTIC) and attic is not None:
            save_catalog(catalog_path(folder, ATTIC), attic, locale.tag)
        # Only now that every text is safe elsewhere may the files of vanished pages go.
        for path in retired:
            catalog_path(folder, path).unlink()
    states = [entry.state for catalog in merged.values() for entry in catalog.active]
    before = sum(entry.state is State.STALE for catalog in catalogs.values() for entry in catalog.active)
    stale = max(states.count(State.STALE) - before, 0)
    return Extraction(locale.tag, tuple(written), states.count(State.MISSING), stale, tuple(retired))


def _fill_attic(catalogs: dict[str, Catalog], retired: list[str], merged: dict[str, Catalog]) -> Catalog | None:
    """Keep the texts of vanished pages that no other catalog has."""
    attic = catalogs.get(ATTIC)
    if not retired:
        return attic
    known = {(e.msgid, e.msgstr) for catalog in merged.values() for e in catalog.entries}
    known |= {(e.msgid, e.msgstr) for e in (attic.entries if attic else ())}
    moved = [
        replace(entry, obsolete=True, references=(), kind="")
        for path in retired
        for entry in catalogs[path].entries
        if entry.msgstr and (entry.msgid, entry.msgstr) not in known
    ]
    # Texts with a context or plural forms belong to the translator's tool; where their page went nobody can tell.
    foreign = [raw for path in retired for raw in catalogs[path].foreign]
    for raw in foreign:
        raw.obsolete = True
    if not moved and not foreign:
        return attic
    base = attic or Catalog(ATTIC)
    return replace(base, entries=(*base.entries, *moved), foreign=(*base.foreign, *foreign))
