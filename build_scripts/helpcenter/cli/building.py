"""Commands that make the site: build and serve."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import click

from helpcenter.cli.app import IsoDate, Session, fail_on, locale_option, report, today

if TYPE_CHECKING:
    from datetime import date


@click.command()
@locale_option("Build only this locale; may be given several times.")
@click.option(
    "--as-of", "day", type=IsoDate(), metavar="DATE", help="Build the site as it is on this day; today when not given."
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes; one a core when not given.")
@click.option("--force", is_flag=True, help="Build everything, whether it changed or not.")
@click.option("--preview", is_flag=True, help="Build for editors, into .build/preview/site/ instead of site/.")
@click.option("--dry-run", is_flag=True, help="Check everything and write nothing.")
@click.pass_obj
def build(
    session: Session,
    locales: tuple[str, ...],
    day: date | None,
    jobs: int | None,
    *,
    force: bool,
    preview: bool,
    dry_run: bool,
) -> None:
    """Build the site of every language into site/.

    Nothing is written when the project has errors.  What did not change is not built again.
    """
    from helpcenter.site.inputs import forget, fresh_state, project_inputs  # noqa: PLC0415 - light until something is built

    on = day or today()
    root = session.root()
    if force and not dry_run:
        forget(root, locales, preview=preview)
    try:
        inputs = project_inputs(root, on, *locales)
    except OSError:
        # A folder that cannot be read, or links in a circle: reading the project says where.
        session.project()
        raise
    state = None if force or dry_run else fresh_state(root, inputs, preview=preview)
    if state is not None:
        said = state.said_of(tag for tag in state.locales if not locales or tag in locales)
        report([*state.findings, *said], "text")
        click.echo("nothing has changed; the site is up to date", err=True)
        return
    _build(session, locales, on, jobs, inputs, preview=preview, dry_run=dry_run)


def _build(
    session: Session, locales: tuple[str, ...], on: date, jobs: int | None, inputs: str, *, preview: bool, dry_run: bool
) -> None:
    from helpcenter.checks.legal import soften  # noqa: PLC0415 - only when something is built
    from helpcenter.cli.inspection import Search, inspect_project  # noqa: PLC0415 - as above
    from helpcenter.cli.progress import build_progress  # noqa: PLC0415 - as above
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - as above
    from helpcenter.site.build import Builder, exclusive  # noqa: PLC0415 - as above
    from helpcenter.site.inputs import as_preview  # noqa: PLC0415 - as above
    from helpcenter.site.probing import soften_search  # noqa: PLC0415 - as above
    from helpcenter.site.sources import load_sources  # noqa: PLC0415 - as above

    project = session.project()
    project = as_preview(project) if preview else project
    selected = project.select(locales)
    if dry_run:
        found = inspect_project(project, selected, on, search=Search(tell=False, keep=False))
        found = soften_search(soften(found)) if preview else found
        fail_on(found)
        report(found, "text")
        return
    is_first = not project.build_folder.exists()
    sources = load_sources(project, on, preview=preview)
    fail_on([*project.findings, *sources.findings])
    try:
        with build_progress(len(selected)) as progress, exclusive(project):
            builder = Builder(project, on, preview=preview, workers=jobs, progress=progress)
            done = builder.build(sources, selected, whole=inputs)
    except HelpcenterError:
        # The state is written when all is staged. Until then an error is one of the project, and a first build of an invalid
        # project leaves nothing behind.
        if is_first and not (project.build_folder / "state.json").exists():
            shutil.rmtree(project.build_folder, ignore_errors=True)
        raise
    report(done.findings, "text")
    click.echo(f"built: {', '.join(done.built) or 'nothing'}", err=True)
    if done.unchanged:
        click.echo(f"unchanged: {', '.join(done.unchanged)}", err=True)
    if not preview:
        site = os.path.relpath(project.site)
        click.echo(f"to look at it: python -m http.server -d {site}, then open http://localhost:8000/", err=True)


@click.command()
@locale_option("Show this locale; may be given several times; the source when not given.")
@click.option("--all", "everything", is_flag=True, help="Show every locale.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--as-of", "day", type=IsoDate(), metavar="DATE", help="Show the site as it is on this day; today when not given."
)
@click.option("--open", "open_browser", is_flag=True, help="Open the page in a browser.")
@click.pass_obj
def serve(
    session: Session,
    locales: tuple[str, ...],
    host: str,
    port: int,
    day: date | None,
    *,
    everything: bool,
    open_browser: bool,
) -> None:
    """Show the site while you write: every saved edit appears in the browser.

    One locale is built at first, the source's unless another is named.  Mistakes are printed, and the last good page
    stays in the browser.
    """
    from helpcenter.content import load_snippets  # noqa: PLC0415 - only here
    from helpcenter.site.serving import serve_preview  # noqa: PLC0415 - MkDocs costs 0.3 s

    project = session.project()
    tags = (
        list(project.locales) if everything else [one.tag for one in project.select(locales or (project.source.tag,))]
    )
    arguments = [word for tag in tags for word in ("--locale", tag)]
    if day is not None:
        arguments += ["--as-of", day.isoformat()]
    snippets = load_snippets(project.configuration, project.root)
    serve_preview(
        project.root,
        project.content,
        arguments,
        bases=snippets.bases if snippets else (),
        host=host,
        port=port,
        start=f"{tags[0]}/" if len(tags) == 1 else "",
        open_browser=open_browser,
        tell=lambda text: click.echo(text, err=True),
    )
