"""Commands about catalogs: extract and translate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

import click

from helpcenter.cli.app import Amount, Session, fail_on, locale_option, report
from helpcenter.project.collection import without_collection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from decimal import Decimal

    from helpcenter.catalog.extraction import ExtractionPlan
    from helpcenter.catalog.sheets import Sheet
    from helpcenter.content import Outline, Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project
    from helpcenter.translate.outcomes import Outcome
    from helpcenter.translate.runner import Wishes


def load_valid_pages(project: Project) -> list[Page]:
    """Read the source pages; any error ends the command before it writes anything."""
    from helpcenter.content import load_pages, load_snippets  # noqa: PLC0415 - costs time that other commands do not pay

    snippets = load_snippets(project.configuration, project.root)
    pages, found = load_pages(project.content, project.root, project.configuration.settings.front_matter, snippets)
    fail_on(found)
    return pages


class SourceTexts(NamedTuple):
    """What all locales are brought in step with.

    Args:
        outlines: of all pages.
        sheets: strings that stand on no page.
        known: what an earlier run noted of the pages.
        rows: the same of the pages as they are.
    """

    outlines: list[Outline]
    sheets: list[Sheet]
    known: Mapping[str, Sequence[str]]
    rows: dict[str, list[str]]


def note_sources(project: Project, sources: SourceTexts) -> None:
    """Note what was read for the next run."""
    from helpcenter.project.cache import code_version, save_cache  # noqa: PLC0415 - costs time other commands do not pay
    from helpcenter.site.sheets import note_sheets  # noqa: PLC0415 - as above

    note_sheets(project, sources.sheets)
    if sources.rows != sources.known:
        save_cache(project.build_folder / "extract" / "pages.json", code_version(), sources.rows)


@without_collection()
def read_sources(project: Project) -> SourceTexts:
    """Read what the catalogs of all locales are made from; any error ends the command before it writes anything."""
    from helpcenter.content import load_outlines, load_snippets  # noqa: PLC0415 - costs time that other commands do not pay
    from helpcenter.project.cache import code_version, load_cache  # noqa: PLC0415 - as above
    from helpcenter.site.sheets import load_sheets  # noqa: PLC0415 - as above

    known = load_cache(project.build_folder / "extract" / "pages.json", code_version()) or {}
    keys, snippets = project.configuration.settings.front_matter, load_snippets(project.configuration, project.root)
    read = load_outlines(project.content, project.root, known, keys, snippets)
    if read is None:
        load_valid_pages(project)
        message = "a page changed while it was read; run the command again"
        raise click.ClickException(message)
    outlines, rows = read
    return SourceTexts(outlines, load_sheets(project), known, rows)


@without_collection()
def plan_locales(project: Project, targets: Sequence[Locale], sources: SourceTexts) -> list[ExtractionPlan]:
    """Find out for some locales what an extraction has to do.

    Args:
        project: the project.
        targets: the locales.
        sources: what they are brought in step with.

    Raises:
        HelpcenterError: with the findings of all locales.
    """
    from helpcenter.catalog import Ledger, plan_extraction  # noqa: PLC0415 - costs time that other commands do not pay
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - as above
    from helpcenter.project.cache import code_version  # noqa: PLC0415 - as above

    folder, code = project.build_folder / "extract", code_version()
    plans: list[ExtractionPlan] = []
    found: list[Finding] = []
    for locale in targets:
        try:
            ledger = Ledger.load(folder / f"{locale.tag}.json", code)
            plans.append(plan_extraction(project, sources.outlines, locale, ledger, sources.sheets))
        except HelpcenterError as error:
            found += error.findings
    if found:
        raise HelpcenterError(*found)
    return plans


@click.command()
@locale_option("Only this locale; may be given several times.")
@click.option("--dry-run", is_flag=True, help="Tell what would change and write nothing.")
@click.pass_obj
def extract(session: Session, locales: tuple[str, ...], *, dry_run: bool) -> None:
    """Bring the catalogs in step with the source pages, the theme's templates and the region files.

    Translations are never lost: a changed segment keeps its old text, marked stale; what no page needs any more stays in
    the catalog as an obsolete entry and comes back with its text.
    """
    project = session.project()
    targets = [locale for locale in project.select(locales) if locale.tag != project.source.tag]
    sources = read_sources(project)
    plans = plan_locales(project, targets, sources)
    if not dry_run:
        note_sources(project, sources)
    for plan in plans:
        locale, done = plan.shelf.locale, plan.extraction if dry_run else plan.write()
        changed = f"{len(done.written)} catalogs {'would change' if dry_run else 'changed'}"
        retired = f", {len(done.retired)} pages gone" if done.retired else ""
        click.echo(f"{locale.tag}: {changed}, {done.missing} missing, {done.stale} newly stale{retired}", err=True)


@click.command()
@locale_option("Only this locale; may be given several times.")
@click.option(
    "--provider",
    "names",
    metavar="NAME",
    multiple=True,
    help="Ask this machine translation provider alone; the locale's own when not given. Several in a dry run are compared.",
)
@click.option(
    "--budget",
    metavar="EUR",
    type=Amount(),
    help="Send nothing that would make the run cost more; what mkdocs.yml says when not given.",
)
@click.option(
    "--older-glossary",
    is_flag=True,
    help="Also make machine texts anew that were made with other terms of the glossary.",
)
@click.option("--again", is_flag=True, help="Ask once more for texts whose answers could not be used before.")
@click.option(
    "--dry-run", is_flag=True, help="Count what would be translated and what it costs; ask nobody and write nothing."
)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def translate(
    session: Session,
    locales: tuple[str, ...],
    names: tuple[str, ...],
    budget: Decimal | None,
    form: str,
    *,
    older_glossary: bool,
    again: bool,
    dry_run: bool,
) -> None:
    """Fill missing and stale segments by machine.

    Text that a person wrote is never overwritten; a new machine text goes beside it as a suggestion.  Every answer is kept
    as it arrives: stop the command at any time and run it again.
    """
    from helpcenter.translate.runner import Wishes  # noqa: PLC0415 - only here

    names = tuple(dict.fromkeys(names))
    if len(names) > 1 and not dry_run:
        raise click.UsageError("several --provider are compared by --dry-run; a run asks one")
    _refuse_unknown(names)
    project = session.project()
    targets = _translated(project, locales)
    wishes = [Wishes(name, older_glossary, budget, again) for name in names or [None]]
    if dry_run and targets:
        from helpcenter.cli.estimation import estimate  # noqa: PLC0415 - only here

        _show_estimates({one.provider: estimate(project, targets, one) for one in wishes}, form)
    else:
        _translate(project, targets, wishes[0], form)


def _refuse_unknown(names: Sequence[str]) -> None:
    """End the command where there is no such provider: in a file of the project that is a finding, here wrong usage."""
    from helpcenter.diagnostics import Place  # noqa: PLC0415 - only here
    from helpcenter.translate.registry import providers, unknown_provider  # noqa: PLC0415 - as above

    if unknown := [name for name in names if name not in providers()]:
        report([unknown_provider(name, Place("--provider")) for name in unknown], "text")
        raise click.exceptions.Exit(2)


def _translate(project: Project, targets: Sequence[Locale], wishes: Wishes, form: str) -> None:
    from helpcenter.cli.interruption import interruptible  # noqa: PLC0415 - only here
    from helpcenter.cli.progress import translation_progress  # noqa: PLC0415 - as above
    from helpcenter.translate.runner import Surroundings, translate_locales  # noqa: PLC0415 - as above

    sources = read_sources(project)
    plans = plan_locales(project, targets, sources)
    if not plans:
        return
    what = "stopping: requests that are out get ten seconds, and what comes is kept"
    with interruptible(what) as interruption:
        with translation_progress() as tell:
            around = Surroundings(tell=tell, is_stopped=interruption.is_wanted)
            outcome = translate_locales(project, plans, wishes, around, lambda: note_sources(project, sources))
        _show(outcome, form)
        report(outcome.findings, "text")
    if outcome.stopped:
        abandoned = f"; {outcome.abandoned} requests were still out" if outcome.abandoned else ""
        click.echo(f"stopped; the same command goes on from there{abandoned}", err=True)
        raise click.exceptions.Exit(interruption.exit_code)
    if not outcome.is_complete:
        raise click.exceptions.Exit(1)


def _translated(project: Project, tags: tuple[str, ...]) -> list[Locale]:
    """Give the named locales that have texts of their own; say of the others whose text they have."""
    selected = project.select(tags)
    targets = [locale for locale in selected if locale.tag != project.source.tag and not locale.is_variant]
    for locale in selected if tags else ():
        if locale not in targets:
            base = locale.chain[1] if len(locale.chain) > 1 else project.source.tag
            click.echo(f"{locale.tag}: nothing to translate, its text is that of {base}", err=True)
    return targets


def _show_estimates(outcomes: Mapping[str | None, Outcome], form: str) -> None:
    """Show what a run would do; of several providers that are compared, what each would."""
    if len(outcomes) == 1:
        _show(next(iter(outcomes.values())), form)
        return
    if form == "json":
        rows = {name: outcome.as_json() for name, outcome in outcomes.items()}
        click.echo(json.dumps({"dry_run": True, "providers": rows}, ensure_ascii=False, indent=2))
        return
    from helpcenter.cli.totals import print_comparison  # noqa: PLC0415 - rich costs 0.1 s

    print_comparison([(name or "", outcome) for name, outcome in outcomes.items()])


def _show(outcome: Outcome, form: str) -> None:
    if form == "json":
        click.echo(json.dumps(outcome.as_json(), ensure_ascii=False, indent=2))
        return
    from helpcenter.cli.totals import print_translation  # noqa: PLC0415 - rich costs 0.1 s

    print_translation(outcome)
