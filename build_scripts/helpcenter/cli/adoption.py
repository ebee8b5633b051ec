"""The command that takes over translations that exist as Markdown."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from helpcenter.cli.app import IsoDate, Session, fail_on, report, reviewer, today

if TYPE_CHECKING:
    from datetime import date

    from helpcenter.adoption import Adoption
    from helpcenter.project import Project


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@click.option("-l", "--locale", "tag", metavar="TAG", required=True, help="The locale of the translations.")
@click.option(
    "--as", "state", type=click.Choice(["reviewed"]), help="Sign what is certain; the rest waits for a reviewer."
)
@click.option(
    "--by", "who", metavar="WHO", envvar="HELPCENTER_REVIEWER", help="Who signs it; git's user when not given."
)
@click.option("--on", "day", type=IsoDate(), metavar="DATE", help="The day of the signature; today when not given.")
@click.option("--replace-machine", is_flag=True, help="Also where the catalog has a machine's text.")
@click.option("--dry-run", is_flag=True, help="Tell what would change and write nothing.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def adopt(
    session: Session,
    folder: Path,
    pages: tuple[str, ...],
    tag: str,
    state: str | None,
    who: str | None,
    day: date | None,
    *,
    replace_machine: bool,
    dry_run: bool,
    form: str,
) -> None:
    """Fill the catalogs from translated pages in FOLDER.

    Pages and texts are aligned; what is certain is taken, what is not is told.  What a person has in a catalog is never
    overwritten.  PAGE is a path below the content folder, as in guides/delivery.md; without one all pages are meant.
    """
    from helpcenter.adoption import Wishes, load_sources  # noqa: PLC0415 - only here
    from helpcenter.adoption import adopt as adopt_pages  # noqa: PLC0415 - as above
    from helpcenter.catalog import Signature  # noqa: PLC0415 - as above
    from helpcenter.checks import Gate  # noqa: PLC0415 - as above
    from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - as above
    from helpcenter.diagnostics import Severity  # noqa: PLC0415 - as above

    project = session.project()
    (locale,) = project.select([tag])
    if locale.tag == project.source.tag:
        raise click.BadParameter(f"'{tag}' is the language of the sources", param_hint="'--locale'")
    signature = Signature(reviewer(who), (day or today()).isoformat()) if state else None
    sources, found = load_sources(project)
    fail_on(found, form)
    wanted = _find_pages(project, pages, [page.path for page in sources])
    done = adopt_pages(
        project,
        sources,
        locale,
        folder,
        Gate(markdown_config(project)),
        Wishes(signature, replace_machine, dry_run),
        wanted=wanted,
    )
    if form == "json":
        click.echo(json.dumps(_as_data(done, tag), ensure_ascii=False, indent=2))
    else:
        report(done.findings, form)
        _print(done, tag, dry_run=dry_run)
    if any(finding.severity is not Severity.NOTE for finding in done.findings):
        raise click.exceptions.Exit(1)


def _find_pages(project: Project, names: tuple[str, ...], known: list[str]) -> list[str]:
    """Give the paths of the named pages.

    Raises:
        HelpcenterError: ``page-unknown``, one for each unknown name.
    """
    from helpcenter.diagnostics import HelpcenterError, Place, finding, suggest  # noqa: PLC0415 - only for wrong names

    paths = [name.removeprefix(f"{project.configuration.docs_dir}/") for name in names]
    unknown = [path for path in paths if path not in known]
    if unknown:
        raise HelpcenterError(
            *(
                finding(
                    "page-unknown",
                    f"there is no page '{path}'",
                    Place(path),
                    help=suggest(path, known) or "see the content folder",
                )
                for path in unknown
            )
        )
    return paths


def _as_data(done: Adoption, tag: str) -> dict[str, object]:
    from helpcenter.diagnostics import as_json  # noqa: PLC0415 - only for this format

    pages = [asdict(page) for page in done.pages]
    counts = [key for key, value in (pages[0] if pages else {}).items() if isinstance(value, int)]
    summary = {key: sum(page[key] for page in pages) for key in counts}
    return {"locale": tag, "summary": summary, "pages": pages, "findings": json.loads(as_json(done.findings))}


def _print(done: Adoption, tag: str, *, dry_run: bool) -> None:
    for page in done.pages:
        left = page.segments - page.taken - page.present - page.kept - page.machine
        click.echo(f"{tag}: {page.page}: {page.taken} of {page.segments} taken{_rest(page.present, left)}", err=True)
    taken, total = sum(page.taken for page in done.pages), sum(page.segments for page in done.pages)
    present = sum(page.present for page in done.pages)
    verb = "would be taken" if dry_run else "taken"
    click.echo(
        f"{tag}: {taken} of {total} texts on {len(done.pages)} pages {verb}, {present} were there already", err=True
    )
    for count, words in (
        (sum(page.signed for page in done.pages), "signed as reviewed"),
        (sum(page.same for page in done.pages), "hold nothing to translate (names, code)"),
        (
            sum(page.stale for page in done.pages),
            "differ from their source in code, links, numbers or Markdown: kept as stale, not shown",
        ),
        (sum(page.kept for page in done.pages), "left alone: the catalog has another text by a person"),
        (sum(page.machine for page in done.pages), "left alone: the catalog has a machine's text"),
        (sum(page.refused for page in done.pages), "not taken: they are not translated"),
        (sum(page.unsure for page in done.pages), "not taken: not certain what they belong to"),
    ):
        if count:
            click.echo(f"{tag}: {count} {words}", err=True)


def _rest(present: int, left: int) -> str:
    return (f", {present} there already" if present else "") + (f", {left} left" if left else "")
