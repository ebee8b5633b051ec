"""Acceptance: a reviewer says of findings that they are no faults."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpcenter.catalog import catalog_path, save_catalog
from helpcenter.catalog.acceptance import entry_at, with_acceptance
from helpcenter.project import relative

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.catalog import Catalog, Entry
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project


def accept(
    project: Project,
    locale: Locale,
    catalogs: Mapping[str, Catalog],
    found: Sequence[Finding],
    *,
    segment: str | None = None,
    dry_run: bool = False,
) -> dict[str, list[str]]:
    """Note in the entries of a locale that findings are no faults.

    Args:
        project: the project.
        locale: whose catalogs.
        catalogs: those to look at, by page.
        found: all of codes that may be accepted.
        segment: only entries whose source text contains this.
        dry_run: write nothing.

    Returns:
        The msgids of the entries, by page.
    """
    accepted: dict[str, list[str]] = {}
    for page, catalog in catalogs.items():
        file = catalog_path(project.catalog_folder(locale.tag), page)
        new = _accept_all(catalog, [one for one in found if one.place.path == relative(file, project.root)], segment)
        if new:
            accepted[page] = list(new)
        if new and not dry_run:
            entries = (entry if entry.obsolete else new.get(entry.msgid, entry) for entry in catalog.entries)
            save_catalog(file, replace(catalog, entries=tuple(entries)), locale.tag, variant=locale.is_variant)
    return accepted


def _accept_all(catalog: Catalog, found: Sequence[Finding], segment: str | None) -> dict[str, Entry]:
    entries = sorted(catalog.active, key=lambda entry: entry.line)
    new: dict[str, Entry] = {}
    for one in found:
        entry = entry_at(entries, one.place.line or 0)
        if entry is not None and (segment is None or segment in entry.msgid):
            new[entry.msgid] = with_acceptance(new.get(entry.msgid, entry), one.code)
    return new
