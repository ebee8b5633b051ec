"""The commands about region rules: what holds where, why, and where two regions differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from helpcenter.cli.app import IsoDate, Session, SuggestingGroup, complete_locale, fail_on, today
from helpcenter.project.roots import WORKSPACE
from helpcenter.regions.settings import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from helpcenter.project import Locale, Project
    from helpcenter.regions import Fact, Regions
    from helpcenter.regions.explanation import Difference
    from helpcenter.regions.settings import Setting


@click.group(cls=SuggestingGroup)
def regions() -> None:
    """Tell what is true in which region, why, and since when."""


def _as_of(command: Callable[..., None]) -> Callable[..., None]:
    help_text = "As it is on this day; today when not given."
    return click.option("--as-of", "day", type=IsoDate(), metavar="DATE", help=help_text)(command)


def _form(command: Callable[..., None]) -> Callable[..., None]:
    choice = click.Choice(["text", "json"])
    return click.option("--format", "form", type=choice, default="text", show_default=True)(command)


def _page(help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("--page", "path", metavar="PAGE", help=help_text)


def _locale(help_text: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option("-l", "--locale", "tag", metavar="TAG", help=help_text, shell_complete=complete_locale)


def _complete_region(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[str]:
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - only while completing
    from helpcenter.regions import load_regions  # noqa: PLC0415 - only while completing

    session = Session(Path(ctx.find_root().params.get("folder") or "."))
    try:
        project = session.project()
        found = load_regions(project.regions_folder, project.root)[0]
    except (HelpcenterError, click.BadParameter):
        return []
    return [region for region in found.ids if region.startswith(incomplete.upper())] if found else []


@regions.command("list")
@_form
@click.pass_obj
def list_(session: Session, form: str) -> None:
    """List all regions: what each lies in, how many values its files hold, which locales follow it."""
    project = session.project()
    rules = _load(project)
    rows: list[dict[str, Any]] = [
        {
            "region": region,
            "parent": rules.tree[region],
            "values": sum(len(facts) for facts in rules.entries.get(region, {}).values()),
            "locales": [locale.tag for locale in project.locales.values() if locale.region == region],
        }
        for region in rules.ids
    ]
    if form == "json":
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    from helpcenter.cli.tables import print_rows  # noqa: PLC0415 - rich costs 0.1 s

    cells = [(row["region"], row["parent"] or "", str(row["values"] or "·"), ", ".join(row["locales"])) for row in rows]
    print_rows(("region", "in", "values", "locales"), cells, right=(2,))


@regions.command()
@click.argument("region", shell_complete=_complete_region)
@click.argument("fact")
@_as_of
@_page("As on this page; for consumers, and on no page in particular, when not given.")
@_locale("As the readers of this locale see it; of all locales of the region when not given.")
@_form
@click.pass_obj
def explain(
    session: Session, region: str, fact: str, day: date | None, path: str | None, tag: str | None, form: str
) -> None:
    """Tell what FACT is in REGION, and why: every rule from the region up to the world, and which of them won.

    FACT is an id as in returns.withdrawal.days, or the beginning of several: returns.withdrawal.
    """
    from helpcenter.cli.explanations import explanation_data, explanation_lines  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import suggest  # noqa: PLC0415 - only here
    from helpcenter.regions.explanation import explain_fact, find_facts  # noqa: PLC0415 - only here

    on = day or today()
    project = session.project()
    locales = project.select([tag]) if tag else []
    rules = _load(project)
    region = _known(rules, region)
    ids = find_facts(rules, fact)
    if not ids:
        hint = suggest(fact, [*rules.registry, *_beginnings(rules.registry)])
        raise click.BadParameter(f"there is no fact '{fact}'" + (f", {hint}" if hint else ""), param_hint="FACT")
    locales = locales or [locale for locale in project.locales.values() if locale.region == region]
    setting = _setting(project, path) if path else ANYWHERE
    views = {locale.tag: _texts_of(project, rules, region, locale, on, setting) for locale in locales}
    explanations = [explain_fact(rules, fact_id, region, on, setting) for fact_id in ids]
    if form == "json":
        data = [explanation_data(one, rules, on, views) for one in explanations]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    for number, one in enumerate(explanations):
        click.echo(("\n" if number else "") + "\n".join(explanation_lines(one, rules, on, views, project.source.tag)))


@regions.command()
@click.argument("first", shell_complete=_complete_region)
@click.argument("second", shell_complete=_complete_region)
@_as_of
@click.option("--all", "every", is_flag=True, help="Also the facts that are the same in both.")
@_page("As on this page; for consumers, and on no page in particular, when not given.")
@_locale("Write values as the readers of this locale see them; the source language when not given.")
@_form
@click.pass_obj
def diff(
    session: Session,
    first: str,
    second: str,
    day: date | None,
    path: str | None,
    tag: str | None,
    form: str,
    *,
    every: bool,
) -> None:
    """Tell what differs between the regions FIRST and SECOND, and which file says so.

    Exit code 0, whether something differs or not.
    """
    from helpcenter.regions.explanation import compare_regions  # noqa: PLC0415 - only here

    on = day or today()
    project = session.project()
    (locale,) = project.select([tag or project.source.tag])
    rules = _load(project)
    pair = (_known(rules, first), _known(rules, second))
    setting = _setting(project, path) if path else ANYWHERE
    found = [one for one in compare_regions(rules, *pair, on, setting) if every or one.is_one]
    texts = [_texts_of(project, rules, region, locale, on, setting) for region in pair]
    rows = [
        (one.id, *(_cell(fact, side) for fact, side in zip((one.first, one.second), texts, strict=True)))
        for one in found
    ]
    if form == "json":
        data = [_difference_data(one, rules, list(zip(pair, texts, strict=True))) for one in found]
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    elif rows:
        from helpcenter.cli.tables import print_rows  # noqa: PLC0415 - rich costs 0.1 s

        print_rows(("fact", *pair), rows)
    else:
        click.echo(f"no fact differs between {pair[0]} and {pair[1]} on {on}", err=True)


@regions.command()
@_as_of
@click.pass_obj
def matrix(session: Session, day: date | None) -> None:
    """Write a Markdown page with every fact of every region, how sure its owner is, and how old its source."""
    from helpcenter.regions.matrix import write_matrix  # noqa: PLC0415 - only here

    project = session.project()
    click.echo(write_matrix(_load(project), day or today(), project.source.tag), nl=False)


@regions.command()
@click.option("--until", type=IsoDate(), metavar="DATE", help="Up to this day; without an end when not given.")
@click.option(
    "-r",
    "--region",
    metavar="REGION",
    shell_complete=_complete_region,
    help="Only this region; all that have a locale or a market when not given.",
)
@_as_of
@_form
@click.pass_obj
def upcoming(session: Session, until: date | None, region: str | None, day: date | None, form: str) -> None:
    """Tell which rules change from now on, and which pages will say something else.

    Also which values end while nobody has written what follows, and which facts are to be looked at again.
    """
    from helpcenter.checks import inspect_sources  # noqa: PLC0415 - only here
    from helpcenter.checks.upcoming import plan_schedule  # noqa: PLC0415 - only here
    from helpcenter.cli.upcoming import schedule_data, schedule_lines  # noqa: PLC0415 - only here

    on = day or today()
    project = session.project()
    rules = _load(project)
    only = _known(rules, region) if region else None
    pages = inspect_sources(project, on).pages
    schedule = plan_schedule(project, rules, pages, on, until=until, only=only)
    if form == "json":
        data = {"as_of": on.isoformat(), "until": until and until.isoformat()} | schedule_data(schedule)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
        return
    if not schedule.changes:
        click.echo(f"no rule changes after {on}" + (f" up to {until}" if until else ""), err=True)
    for line in schedule_lines(schedule, rules, project.source.tag, on):
        click.echo(line)


@regions.command()
@click.option(
    "--output",
    "folder",
    metavar="FOLDER",
    default=f"{WORKSPACE}/schemas",
    show_default=True,
    help="Where they are written, below the project's folder.",
)
@click.pass_obj
def schema(session: Session, folder: str) -> None:
    """Write JSON Schemas, with which editors complete and check region files and shop.yml."""
    from helpcenter.project import relative, write_atomic  # noqa: PLC0415 - only here
    from helpcenter.regions import json_schema  # noqa: PLC0415 - only here

    project = session.project()
    for name, content in sorted(json_schema(_load(project)).items()):
        path = project.root / folder / f"{name}.json"
        write_atomic(path, json.dumps(content, ensure_ascii=False, indent=1) + "\n")
        click.echo(relative(path, project.root))


def _load(project: Project) -> Regions:
    """Read the rules; what stands in the way is told, and ends the command."""
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - only here
    from helpcenter.regions import load_regions  # noqa: PLC0415 - only here

    rules, found = load_regions(project.regions_folder, project.root)
    fail_on(found)
    if rules is None:
        raise HelpcenterError(*found)
    return rules


def _known(rules: Regions, region: str) -> str:
    """Give a region by what was typed for it: codes are written in capitals."""
    from helpcenter.diagnostics import suggest  # noqa: PLC0415 - only here

    name = region.upper()
    if name not in rules.tree:
        hint = suggest(name, rules.ids) or f"regions: {', '.join(sorted(rules.entries))}"
        raise click.BadParameter(f"there is no region '{region}', {hint}", param_hint="REGION")
    return name


def _beginnings(ids: Mapping[str, object]) -> list[str]:
    parts = (fact_id.split(".") for fact_id in ids)
    return list(dict.fromkeys(".".join(names[:size]) for names in parts for size in range(1, len(names))))


def _setting(project: Project, path: str) -> Setting:
    """Give what conditions may know of a page.

    Raises:
        HelpcenterError: ``page-unknown``, or what is wrong with the page.
    """
    from helpcenter.cli.inspection import find_page  # noqa: PLC0415 - only here
    from helpcenter.content import load_pages  # noqa: PLC0415 - only here
    from helpcenter.regions.settings import setting_of  # noqa: PLC0415 - only here

    pages, found = load_pages(project.content, project.root, project.configuration.settings.front_matter)
    return setting_of(find_page(project, pages, found, path).meta)


def _texts_of(
    project: Project, rules: Regions, region: str, locale: Locale, on: date, setting: Setting
) -> dict[str, str]:
    """Write all facts of a region as the readers of a locale see them, by id."""
    from helpcenter.catalog import LocaleTexts  # noqa: PLC0415 - only here
    from helpcenter.checks.strings import region_wording  # noqa: PLC0415 - only here
    from helpcenter.regions.notation import describe_value  # noqa: PLC0415 - only here

    wording = region_wording(project, locale, LocaleTexts(project, locale))
    view = rules.view(region, on, locale.tag, wording, setting)
    return {fact_id: describe_value(fact, locale.tag, view) for fact_id, fact in view.facts.items()}


def _difference_data(one: Difference, rules: Regions, texts: Sequence[tuple[str, Mapping[str, str]]]) -> dict[str, Any]:
    """Give a difference for programs; ``texts`` are the first region and its texts, then the second."""
    from helpcenter.cli.explanations import fact_data  # noqa: PLC0415 - only here

    sides = zip(texts, (one.first, one.second), strict=True)
    return {"fact": one.id, "differs": one.is_one} | {
        region: None if fact is None else fact_data(fact, rules) | {"text": words.get(one.id)}
        for (region, words), fact in sides
    }


def _cell(fact: Fact | None, texts: Mapping[str, str]) -> str:
    return "not given" if fact is None else f"{texts[fact.id]} ({fact.region})"
