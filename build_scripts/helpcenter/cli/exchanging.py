"""Commands about the translation memory, and the files that other tools of translators read and write."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Literal

import click

from helpcenter.cli.app import Session, complete_locale

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpcenter.catalog import Signature
    from helpcenter.exchange import Match


def one_locale() -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make the option ``--locale``, which must be given once."""
    return click.option(
        "-l", "--locale", "tag", metavar="TAG", required=True, help="The locale.", shell_complete=complete_locale
    )


@click.command()
@click.argument("text", required=False)
@one_locale()
@click.option(
    "--in",
    "side",
    type=click.Choice(["source", "target"]),
    default="source",
    show_default=True,
    help="Look in the source texts, or in their translations.",
)
@click.option(
    "--min-score",
    "least",
    type=click.FloatRange(0, 100),
    default=60.0,
    show_default=True,
    help="The least likeness, 100 for the same text.",
)
@click.option("--limit", type=click.IntRange(1), default=10, show_default=True, help="At most so many.")
@click.option("--older-glossary", is_flag=True, help="Only machine texts that were made with other terms.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def memory(
    session: Session,
    text: str | None,
    tag: str,
    side: Literal["source", "target"],
    least: float,
    limit: int,
    form: str,
    *,
    older_glossary: bool,
) -> None:
    """Find what was translated like TEXT before, in all catalogs of a language.

    The same text comes first, then the most similar, then those that hold it.  Texts that no page needs any more are
    found as well.
    """
    from helpcenter.exchange import Match, find_matches, pairs_of  # noqa: PLC0415 - only here

    if text is None and not older_glossary:
        raise click.UsageError("Give a TEXT to look for, or --older-glossary.")
    project = session.project()
    (locale,) = project.select([tag])
    pairs = [pair for pair in pairs_of(project, locale) if pair.is_older or not older_glossary]
    if text is None:
        matches = [Match(pair, 100.0, "exact", pair.source) for pair in pairs if not pair.is_obsolete]
    else:
        matches = find_matches(pairs, text, side=side, least=least)
    shown = matches[:limit]
    if form == "json":
        click.echo(json.dumps([_as_row(match) for match in shown], ensure_ascii=False, indent=2))
    elif shown:
        from helpcenter.cli.tables import print_matches  # noqa: PLC0415 - rich costs 0.1 s

        print_matches(shown)
    if len(matches) > limit:
        click.echo(f"{len(matches) - limit} more; --limit shows them", err=True)
    if not matches:
        click.echo("nothing found", err=True)


def _as_row(match: Match) -> dict[str, Any]:
    pair = match.pair
    return {
        "score": round(match.score, 1),
        "match": match.kind,
        "source": pair.source,
        "target": pair.target,
        "state": str(pair.state),
        "role": pair.role,
        "locale": pair.locale,
        "page": pair.page,
        "references": list(pair.references),
        "file": pair.file,
        "line": pair.line,
        "provider": pair.provider or None,
        "glossary": pair.glossary or None,
        "older_glossary": pair.is_older,
        "previous_source": pair.previous,
        "reviewed": _as_signed(pair.reviewed),
        "approved": _as_signed(pair.approved),
        "obsolete": pair.is_obsolete,
    }


def _as_signed(signature: Signature | None) -> dict[str, str] | None:
    return None if signature is None else {"by": signature.who, "on": signature.date}
