"""The command that asks the search index."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from helpcenter.cli.app import Session


@click.command()
@click.argument("query")
@click.option("-l", "--locale", "tag", metavar="TAG", help="The locale; the source when not given.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="At most so many pages.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--explain", "reasons", is_flag=True, help="Also what matched.")
@click.pass_obj
def search(session: Session, query: str, tag: str | None, limit: int, form: str, *, reasons: bool) -> None:
    """Search the built site as a customer does, best page first."""
    from helpcenter.diagnostics import HelpcenterError, Place, finding, printable  # noqa: PLC0415 - only here
    from helpcenter.search import load_index  # noqa: PLC0415 - only here
    from helpcenter.search import query as ask  # noqa: PLC0415 - only here

    project = session.project()
    (locale,) = project.select([tag or project.source.tag])
    folder = project.site / locale.tag / "search"
    if not folder.is_dir():
        name = f"{project.configuration.site_dir}/{locale.tag}/search"
        hint = f"run 'helpcenter build --locale {locale.tag}' first"
        raise HelpcenterError(finding("search-not-built", f"{locale.tag} has not been built", Place(name), help=hint))
    found = ask(load_index(folder), query, limit=limit, explain=reasons)
    hits = [*found.hits, *found.others]
    if form == "json":
        rows = [{"url": hit.url, "title": hit.title, "score": round(hit.score, 4)} for hit in hits]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for hit in hits:
        place = f"{locale.tag}/{hit.url}{'#' + hit.anchor if hit.anchor else ''}"
        click.echo(printable(f"{hit.score:8.2f}  {hit.title}  {place}"))
        if reasons:
            click.echo(printable(f"          matched: {' '.join(hit.tokens)}"))
    if not hits:
        click.echo("nothing found", err=True)
