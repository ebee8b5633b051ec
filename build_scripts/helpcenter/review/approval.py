"""Approval: a person vouches for translations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.catalog import Entry, Signature, State, catalog_path, load_catalogs, save_catalog
from helpcenter.catalog.acceptance import bind_acceptances
from helpcenter.catalog.keys import is_sheet
from helpcenter.catalog.provenance import find_machine_texts
from helpcenter.catalog.sheets import sheet_file, sheet_named
from helpcenter.diagnostics import HelpcenterError, Place, finding, suggest
from helpcenter.quality.revisions import wanted_print, with_revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from helpcenter.catalog import Catalog
    from helpcenter.project import Locale, Project


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval did.

    Args:
        changed: msgids vouched for now, by page.
        skipped: entries left alone because they have no text, by page.
        unknown: of so many it could not be told what of a machine's text is left in them, for that is found nowhere.
    """

    changed: dict[str, list[str]]
    skipped: dict[str, int]
    unknown: int = 0


def approve(
    project: Project,
    locale: Locale,
    *,
    who: str,
    on: date,
    state: State,
    pages: Sequence[str] = (),
    segment: str | None = None,
    include_stale: bool = False,
    dry_run: bool = False,
) -> Approval:
    """Mark translations as reviewed or approved.

    Args:
        project: the project.
        locale: whose catalogs.
        who: the person, a name or an address.
        on: the day.
        state: ``reviewed`` or ``approved``.
        pages: paths below ``content/``, or names of sheets such as ``_theme.po``; all of the locale's when empty.
        segment: only entries whose source text contains this.
        include_stale: also those whose source has changed; they are left alone otherwise.
        dry_run: write nothing.

    Raises:
        HelpcenterError: an unreadable catalog, a page without one, or a segment that is nowhere.
    """
    catalogs = _load(project, locale, [sheet_named(page) for page in pages])
    chosen = {
        page: [entry for entry in catalogs[page].active if segment is None or segment in entry.msgid]
        for page in ([sheet_named(page) for page in pages] or catalogs)
    }
    if segment is not None and not any(chosen.values()):
        message, place = f"no source text contains '{segment}'", Place(f"locales/{locale.tag}")
        raise HelpcenterError(finding("approve-unknown-segment", message, place, help="see 'helpcenter show'"))
    ready = {page: [entry for entry in entries if _is_ready(entry, include_stale)] for page, entries in chosen.items()}
    needy = {page: [entry for entry in entries if _needs(entry, state)] for page, entries in ready.items()}
    due = {page: entries for page, entries in needy.items() if entries}
    changed = {page: [entry.msgid for entry in entries] for page, entries in due.items()}
    skipped = {page: len(chosen[page]) - len(ready[page]) for page in chosen if len(chosen[page]) > len(ready[page])}
    if dry_run:
        return Approval(changed, skipped)
    wanted = [one for entries in due.values() for entry in entries if (one := wanted_print(entry)) is not None]
    known = find_machine_texts(project, locale.tag, set(wanted), catalogs.values())
    for page, entries in due.items():
        new = _signed(catalogs[page], entries, Signature(who, on.isoformat()), state, known)
        save_catalog(catalog_path(project.catalog_folder(locale.tag), page), new, locale.tag, variant=locale.is_variant)
    return Approval(changed, skipped, sum(one not in known for one in wanted))


def _load(project: Project, locale: Locale, pages: Sequence[str]) -> dict[str, Catalog]:
    """Read the catalogs of a locale.

    Raises:
        HelpcenterError: one cannot be read, or some of the pages have none.
    """
    catalogs, found = load_catalogs(project.catalog_folder(locale.tag), project.root)
    for page in () if found else pages:
        if page not in catalogs:
            name = sheet_file(page)
            message = f"'{name}' has no catalog in {locale.tag}"
            hint = "; ".join(filter(None, [suggest(page, catalogs), "run 'helpcenter extract' for new pages"]))
            found.append(finding("approve-unknown-page", message, Place(name), help=hint))
    if found:
        raise HelpcenterError(*found)
    return catalogs


def _signed(
    catalog: Catalog, due: Sequence[Entry], signature: Signature, state: State, known: Mapping[str, str]
) -> Catalog:
    """Sign some entries of a catalog, and note how much of a machine's words their texts still are."""
    new = {
        entry.msgid: bind_acceptances(
            with_revision(entry.with_signature(signature, state), known, is_string=is_sheet(catalog.path))
        )
        for entry in due
    }
    entries = (entry if entry.obsolete else new.get(entry.msgid, entry) for entry in catalog.entries)
    return replace(catalog, entries=tuple(entries))


def _is_ready(entry: Entry, include_stale: bool) -> bool:  # noqa: FBT001 - of the caller's option
    return bool(entry.msgstr) and (include_stale or entry.state is not State.STALE)


def _needs(entry: Entry, state: State) -> bool:
    """Whether a signature would say something new; a second run changes nothing."""
    if state is State.APPROVED or entry.state.rank < State.REVIEWED.rank:
        return entry.state is not State.APPROVED
    review = entry.reviewed
    is_read = review is not None and (not review.text or review.holds_for(entry.msgid, entry.msgstr))
    return not is_read and not entry.approval_holds
