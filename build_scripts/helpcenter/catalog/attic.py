"""The attic: where the texts of pages that are gone wait until they are needed again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpcenter.catalog.merging import by_source, is_covered, set_aside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.catalog.entries import Catalog

# Where the texts of pages that are gone are kept, each page's in a file of its own: two branches that take out other pages
# do not meet in one.  No page lies in a folder of this name.
_ATTIC = "_obsolete/"
# All of them, as earlier versions kept them.
_OLD_ATTIC = "_obsolete.md"


def is_attic(path: str) -> bool:
    """Whether a catalog holds the texts of pages that are gone rather than a page's."""
    return path == _OLD_ATTIC or path.startswith(_ATTIC)


def attic_path(page: str) -> str:
    """Give the path of the catalog that keeps a page's texts once it is gone."""
    return _ATTIC + page


def fill_attic(
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
