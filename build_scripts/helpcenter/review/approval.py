"""Approval: a person vouches for translations."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.catalog import Entry, Signature, State, catalog_path, load_catalogs, save_catalog
from helpcenter.catalog.sheets import sheet_file, sheet_named
from helpcenter.diagnostics import HelpcenterError, Place, finding, suggest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from helpcenter.project import Locale, Project


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval did.

    Args:
        changed: msgids vouched for now, by page.
        skipped: entries left alone because they have no text, by page.
    """

    changed: dict[str, list[str]]
    skipped: dict[str, int]


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
    folder = project.catalog_folder(locale.tag)
    catalogs, found = load_catalogs(folder, project.root)
    if found:
        raise HelpcenterError(*found)
    pages = [sheet_named(page) for page in pages]
    unknown = [page for page in pages if page not in catalogs]
    if unknown:
        raise HelpcenterError(
            *(
                finding(
                    "approve-unknown-page",
                    f"'{sheet_file(page)}' has no catalog in {locale.tag}",
                    Place(sheet_file(page)),
                    help="; ".join(filter(None, [suggest(page, catalogs), "run 'helpcenter extract' for new pages"])),
                )
                for page in unknown
            )
        )
    signature = Signature(who, on.isoformat())
    changed: dict[str, list[str]] = {}
    skipped: dict[str, int] = {}
    seen = False
    for page in pages or catalogs:
        entries: list[Entry] = []
        for entry in catalogs[page].entries:
            new = entry
            if not entry.obsolete and (segment is None or segment in entry.msgid):
                seen = True
                if not entry.msgstr or (entry.state is State.STALE and not include_stale):
                    skipped[page] = skipped.get(page, 0) + 1
                elif _needs(entry, state):
                    new = entry.with_signature(signature, state)
                    changed.setdefault(page, []).append(entry.msgid)
            entries.append(new)
        if page in changed and not dry_run:
            new_catalog = replace(catalogs[page], entries=tuple(entries))
            save_catalog(catalog_path(folder, page), new_catalog, locale.tag, variant=locale.is_variant)
    if segment is not None and not seen:
        raise HelpcenterError(
            finding(
                "approve-unknown-segment",
                f"no source text contains '{segment}'",
                Place(f"locales/{locale.tag}"),
                help="see 'helpcenter show'",
            )
        )
    return Approval(changed, skipped)


def _needs(entry: Entry, state: State) -> bool:
    """Whether a signature would say something new; a second run changes nothing."""
    if state is State.APPROVED or entry.state.rank < State.REVIEWED.rank:
        return entry.state is not State.APPROVED
    review = entry.reviewed
    is_read = review is not None and (not review.text or review.holds_for(entry.msgid, entry.msgstr))
    return not is_read and not entry.approval_holds
