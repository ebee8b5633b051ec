"""The command that accepts findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from helpcenter.cli.app import IsoDate, Session, today

if TYPE_CHECKING:
    from datetime import date

    from helpcenter.catalog import Catalog
    from helpcenter.project import Locale, Project


@click.command()
@click.argument("code")
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option("-l", "--locale", "tag", metavar="TAG", required=True, help="The locale.")
@click.option("--segment", metavar="TEXT", help="Only segments whose source text contains this.")
@click.option(
    "--as-of", "day", type=IsoDate(), metavar="DATE", help="Check against the rules of this day; today when not given."
)
@click.option("--dry-run", is_flag=True, help="Tell what would change and write nothing.")
@click.pass_obj
def accept(
    session: Session,
    code: str,
    pages: tuple[str, ...],
    tag: str,
    segment: str | None,
    day: date | None,
    *,
    dry_run: bool,
) -> None:
    """Say of findings of CODE in translations that they are no faults.

    They are not told any more until the text or its source changes.  PAGE is a path below the content folder, as in
    guides/delivery.md; without one all pages of the locale are meant.
    """
    from helpcenter.cli.inspection import inspect_project  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import HelpcenterError, Place, finding, known_codes, suggest  # noqa: PLC0415 - only here
    from helpcenter.review.acceptance import accept as accept_findings  # noqa: PLC0415 - only here

    known = known_codes()
    acceptable = [name for name, entry in known.items() if entry.acceptable]
    if code not in known:
        hint = suggest(code, acceptable)
        raise click.BadParameter(f"there is no code '{code}'" + (f", {hint}" if hint else ""), param_hint="CODE")
    if code not in acceptable:
        hint = f"'helpcenter explain {code}' says what to do"
        raise click.BadParameter(f"'{code}' cannot be accepted; {hint}", param_hint="CODE")
    project = session.project()
    (locale,) = project.select([tag])
    catalogs = _load(project, locale, pages)
    found = [one for one in inspect_project(project, [locale], day or today(), unread=True) if one.code == code]
    done = accept_findings(project, locale, catalogs, found, segment=segment, dry_run=dry_run)
    if not done:
        where = f" in a segment with '{segment}'" if segment is not None else ""
        message = f"there is no finding '{code}'{where} to accept in {tag}"
        hint = f"see 'helpcenter check -l {tag}'"
        raise HelpcenterError(finding("accept-nothing", message, Place(f"locales/{tag}"), help=hint))
    count = sum(map(len, done.values()))
    verb = "would be" if dry_run else "are now"
    click.echo(f"{tag}: findings '{code}' {verb} accepted in {count} segments on {len(done)} pages", err=True)


def _load(project: Project, locale: Locale, pages: tuple[str, ...]) -> dict[str, Catalog]:
    """Read the catalogs of some pages, or of all.

    Raises:
        HelpcenterError: one cannot be read, or a page has none.
    """
    from helpcenter.catalog import load_catalogs  # noqa: PLC0415 - only here
    from helpcenter.catalog.sheets import sheet_file, sheet_named  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import HelpcenterError, Place, finding, suggest  # noqa: PLC0415 - only here

    catalogs, found = load_catalogs(project.catalog_folder(locale.tag), project.root)
    chosen = [sheet_named(page) for page in pages] or list(catalogs)
    for page in () if found else chosen:
        if page not in catalogs:
            name, hint = sheet_file(page), suggest(page, catalogs)
            message = f"'{name}' has no catalog in {locale.tag}"
            found.append(finding("approve-unknown-page", message, Place(name), help=hint))
    if found:
        raise HelpcenterError(*found)
    return {page: catalogs[page] for page in chosen}
