"""Extraction: bringing the catalogs of a locale in step with the source pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.catalog.entries import Catalog, State
from helpcenter.catalog.merging import Memory, by_source, is_covered, merge, set_aside, sources_of
from helpcenter.catalog.pofile import catalog_path, load_catalog, load_catalogs, save_catalog
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from helpcenter.content import Page
    from helpcenter.project import Locale, Project

# Where the texts of pages that are gone are kept, each page's in a file of its own: two branches that take out other pages
# do not meet in one.  No page lies in a folder of this name.
_ATTIC = "_obsolete/"
# All of them, as earlier versions kept them.
_OLD_ATTIC = "_obsolete.md"


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


def is_attic(path: str) -> bool:
    """Whether a catalog holds the texts of pages that are gone rather than a page's."""
    return path == _OLD_ATTIC or path.startswith(_ATTIC)


def attic_path(page: str) -> str:
    """Give the path of the catalog that keeps a page's texts once it is gone."""
    return _ATTIC + page


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
    retired = [path for path in catalogs if path not in {page.path for page in pages} and not is_attic(path)]
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
        remove_leftovers(folder)
        for path in written:
            file = catalog_path(folder, path)
            if _has_changed(project, file, path, catalogs):
                merged[path] = merge(
                    sources[path], load_catalog(file, path, project.root), memory, variant=locale.is_variant
                )
            save_catalog(file, merged[path], locale.tag, variant=locale.is_variant)
        for path, catalog in attic.items():
            save_catalog(catalog_path(folder, path), catalog, locale.tag)
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
) -> dict[str, Catalog]:
    """Keep the texts of vanished pages that no other catalog has; give the catalogs that hold more than before."""
    attic = {path: catalog for path, catalog in catalogs.items() if is_attic(path)}
    known = by_source(entry for catalog in (*merged.values(), *attic.values()) for entry in catalog.entries)
    # Texts with a context or plural forms belong to the translator's tool; where their page went nobody can tell.
    kept = {id(raw) for catalog in merged.values() for raw in catalog.foreign}
    filled: dict[str, Catalog] = {}
    for page in retired:
        gone = catalogs[page]
        moved = [entry for entry in gone.entries if (entry.msgstr or entry.comments) and not is_covered(entry, known)]
        foreign = [raw for raw in gone.foreign if id(raw) not in kept]
        for raw in foreign:
            raw.obsolete = True
        if moved or foreign:
            path = attic_path(page)
            base = attic.get(path) or replace(gone, path=path, entries=(), foreign=())
            entries = tuple(set_aside([*base.entries, *moved]))
            filled[path] = replace(base, entries=entries, foreign=(*base.foreign, *foreign))
    return filled
