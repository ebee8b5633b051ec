"""The command that tells how far each locale is, and how much its machines leave to do."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

import click

from helpcenter.cli.app import Session, locale_option
from helpcenter.cli.translation import load_valid_pages

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from helpcenter.catalog import Sheet
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project
    from helpcenter.review import LocaleStatus, ProviderTally, Scores, Tally


@click.command()
@locale_option("Only this locale; may be given several times.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--pages", "by_page", is_flag=True, help="Also each page, those first that need a person most.")
@click.option("--score", "scored", is_flag=True, help="Also findings and a score; runs check first.")
@click.option("--providers", "by_provider", is_flag=True, help="What people changed of each provider's texts instead.")
@click.pass_obj
def status(
    session: Session, locales: tuple[str, ...], form: str, *, by_page: bool, scored: bool, by_provider: bool
) -> None:
    """Tell how far each locale is: segments missing, stale, machine, reviewed, approved.

    With --providers: which machine translation leaves least to do, in each language.
    """
    if by_provider and (by_page or scored):
        raise click.UsageError("--providers is a report of its own, without --pages and --score")
    project = session.project()
    selected = project.select(locales)
    if by_provider:
        _report_providers(project, selected, form)
        return
    from helpcenter.review import status_of  # noqa: PLC0415 - only here
    from helpcenter.site.sheets import load_sheets  # noqa: PLC0415 - only here

    pages = load_valid_pages(project)
    sheets = load_sheets(project)
    rows = [status_of(project, pages, locale, sheets) for locale in selected]
    scores = _score(project, pages, selected, rows, sheets) if scored else {}
    if form == "json":
        data = {row.locale: _as_locale(row, scores.get(row.locale), by_page=by_page) for row in rows}
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    from helpcenter.cli.tables import print_status  # noqa: PLC0415 - rich costs 0.1 s

    print_status(rows, scores, by_page=by_page)


def _score(
    project: Project,
    pages: Sequence[Page],
    selected: Sequence[Locale],
    rows: Sequence[LocaleStatus],
    sheets: Sequence[Sheet],
) -> dict[str, Scores]:
    """Check the translations of some locales, and of those they build on, and give their scores."""
    from helpcenter.checks import Gate, inspect_translations  # noqa: PLC0415 - only here
    from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - only here
    from helpcenter.review import score_locale  # noqa: PLC0415 - only here

    gate = Gate(markdown_config(project))
    tags = {tag for locale in selected for tag in locale.chain}
    found = {
        tag: inspect_translations(project, pages, project.locales[tag], gate, sheets, in_step=True, unread=True)
        for tag in project.locales
        if tag in tags
    }
    return {
        row.locale: score_locale(row, dict.fromkeys(one for tag in locale.chain for one in found[tag]), locale)
        for row, locale in zip(rows, selected, strict=True)
    }


def _as_locale(row: LocaleStatus, scores: Scores | None, *, by_page: bool) -> dict[str, Any]:
    from helpcenter.review import sort_by_need  # noqa: PLC0415 - only here

    data = _as_tally(row.tally)
    if scores is not None:
        data |= {"findings": _as_findings(scores.counts.total), "score": scores.total}
    if by_page:
        data["pages"] = {}
        for page in sort_by_need(row, scores):
            data["pages"][page] = _as_tally(row.pages[page])
            if scores is not None:
                findings = _as_findings(scores.counts.pages.get(page, {}))
                data["pages"][page] |= {"findings": findings, "score": scores.pages[page]}
    return data


def _as_tally(tally: Tally) -> dict[str, Any]:
    return tally.states | {
        "total": tally.total,
        "words": tally.words | {"total": sum(tally.words.values())},
        "share": {"segments": round(tally.share, 4), "words": round(tally.word_share, 4)},
        "revisions": _as_revisions(tally),
    }


def _as_revisions(tally: Tally | ProviderTally) -> dict[str, Any]:
    revisions = tally.revisions
    return {
        "texts": revisions.texts,
        "unknown": revisions.unknown,
        "unchanged": revisions.unchanged,
        "chrf": None if revisions.chrf is None else round(revisions.chrf, 2),
        "edits": revisions.edits,
        "characters": revisions.characters,
    }


def _as_findings(counts: Mapping[Any, int]) -> dict[str, int]:
    return {name: counts.get(name, 0) for name in ("error", "warning", "note")}


def _report_providers(project: Project, selected: Sequence[Locale], form: str) -> None:
    from helpcenter.review import judge_providers, tally_providers  # noqa: PLC0415 - only here

    tallies = {locale.tag: tally_providers(project, locale) for locale in selected}
    verdicts = [judge_providers(tag, found) for tag, found in tallies.items() if found]
    costs = {
        (locale.tag, tally.provider): _cost(project, locale, tally)
        for locale in selected
        for tally in tallies[locale.tag]
    }
    if form == "json":
        data = {
            verdict.locale: {
                "providers": {
                    tally.provider: _as_provider(tally, costs[tally.locale, tally.provider])
                    for tally in tallies[verdict.locale]
                },
                "least_editing": verdict.best,
                "why": verdict.why,
            }
            for verdict in verdicts
        }
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif verdicts:
        from helpcenter.cli.tables import print_providers  # noqa: PLC0415 - rich costs 0.1 s

        print_providers([tally for found in tallies.values() for tally in found], verdicts, costs)
    else:
        click.echo("no catalog has a text that a machine wrote first", err=True)


def _cost(project: Project, locale: Locale, tally: ProviderTally) -> Decimal | None:
    """Give what a provider's texts cost by its price of today, in euros; None where it has none, or cannot be asked."""
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - only here
    from helpcenter.translate.budget import cost_of  # noqa: PLC0415 - only here
    from helpcenter.translate.engines import Chains  # noqa: PLC0415 - only here

    try:
        engine = Chains(project, tally.provider, os.environ, offline=True).of(locale)[0]
    except HelpcenterError:
        # The provider is not installed here, or its options are wrong.
        return None
    return cost_of(tally.characters, engine.price)


def _as_provider(tally: ProviderTally, cost: Decimal | None) -> dict[str, Any]:
    return {
        "texts": tally.texts,
        "source_characters": tally.characters,
        "unread": tally.unread,
        "revisions": _as_revisions(tally),
        "interval": None if tally.interval is None else [round(bound, 2) for bound in tally.interval],
        "cost": None if cost is None else float(round(cost, 4)),
    }
