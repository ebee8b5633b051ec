"""Commands about the translation memory, and the files that other tools of translators read and write."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from helpcenter.cli.app import IsoDate, Session, complete_locale, report, today

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from helpcenter.catalog import Signature
    from helpcenter.exchange import Intake, Match


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
        "provider": pair.machine.provider if pair.machine else None,
        "glossary": (pair.machine.glossary or None) if pair.machine else None,
        "older_glossary": pair.is_older,
        "previous_source": pair.previous,
        "reviewed": _as_signed(pair.reviewed),
        "approved": _as_signed(pair.approved),
        "obsolete": pair.is_obsolete,
    }


def _as_signed(signature: Signature | None) -> dict[str, str] | None:
    return None if signature is None else {"by": signature.who, "on": signature.date}


_STATES = ("missing", "stale", "machine", "reviewed", "approved")


def _split_states(_ctx: click.Context, _param: click.Parameter, value: str | None) -> tuple[str, ...]:
    names = tuple(filter(None, (name.strip() for name in (value or "").split(","))))
    for name in names:
        if name not in _STATES:
            raise click.BadParameter(f"'{name}' is not a state; there are: {', '.join(_STATES)}")
    return names


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE]...")
@one_locale()
@click.option(
    "--format",
    "form",
    type=click.Choice(["xliff", "tmx"]),
    default="xliff",
    show_default=True,
    help="XLIFF 2 to have texts translated, TMX for a translation memory.",
)
@click.option(
    "--state",
    "states",
    metavar="STATES",
    callback=_split_states,
    help="Only these, as in missing,stale; all when not given.",
)
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file.",
)
@click.pass_obj
def export(
    session: Session, pages: tuple[str, ...], tag: str, form: str, states: tuple[str, ...], file: Path | None
) -> None:
    """Write the texts of a locale for another translation tool: XLIFF 2 or TMX.

    PAGE is a path below the content folder, as in guides/delivery.md; without one the whole locale is meant.
    """
    from helpcenter.catalog import State  # noqa: PLC0415 - only here
    from helpcenter.exchange import export_tmx, export_xliff  # noqa: PLC0415 - only here
    from helpcenter.project import write_atomic  # noqa: PLC0415 - only here

    project = session.project()
    (locale,) = project.select([tag])
    write = export_xliff if form == "xliff" else export_tmx
    data, count = write(project, locale, states={State(name) for name in states}, pages=pages)
    if not count:
        click.echo(f"{tag}: nothing to export; nothing was written", err=True)
        return
    if file is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_atomic(file, data)
    click.echo(f"{tag}: {count} {'segments' if form == 'xliff' else 'pairs'} exported", err=True)


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@one_locale()
@click.option(
    "--by", "who", metavar="WHO", help="Who vouches for what the file calls reviewed or final; nobody when not given."
)
@click.option("--on", "day", type=IsoDate(), metavar="DATE", help="Since when; today when not given.")
@click.option("--drafts", is_flag=True, help="Take what the file calls a draft as well, as not reviewed.")
@click.option("--dry-run", is_flag=True, help="Tell what would change and write nothing.")
@click.pass_obj
def import_(
    session: Session, file: Path, tag: str, who: str | None, day: date | None, *, drafts: bool, dry_run: bool
) -> None:
    """Take translations from an XLIFF or TMX file into the catalogs of a locale.

    A reviewed or approved text is never replaced by one that is less, and no text goes to a source it was not made for.
    """
    from helpcenter.catalog import Signature  # noqa: PLC0415 - only here
    from helpcenter.cli.translation import load_valid_pages  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import Severity  # noqa: PLC0415 - only here
    from helpcenter.exchange import import_file  # noqa: PLC0415 - only here

    project = session.project()
    (locale,) = project.select([tag])
    if tag == project.source.tag:
        raise click.BadParameter(f"'{tag}' is what the pages are written in", param_hint="'--locale'")
    pages = load_valid_pages(project)
    name = " ".join((who or "").split())
    signature = Signature(name, (day or today()).isoformat()) if name else None
    done = import_file(project, pages, locale, file, signature=signature, with_drafts=drafts, dry_run=dry_run)
    click.echo(f"{tag}: {_sum_up(done, dry_run=dry_run)}", err=True)
    report(done.findings, "text")
    if any(found.severity is not Severity.NOTE for found in done.findings):
        raise click.exceptions.Exit(1)


def _sum_up(done: Intake, *, dry_run: bool) -> str:
    verb = "would be taken" if dry_run else "taken"
    parts = [f"{done.taken.total()} texts {verb} on {len(done.taken)} pages"]
    parts += [f"{done.counts['same']} known already"] if done.counts["same"] else []
    parts += [f"{done.counts['left']} left alone"] if done.counts["left"] else []
    parts += [f"{done.suggested} beside a better text"] if done.suggested else []
    parts += [f"{done.kept} kept for texts that no page has"] if done.kept else []
    return ", ".join(parts)
