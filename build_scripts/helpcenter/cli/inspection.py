"""Commands that look and change nothing: check, explain, show."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import click

from helpcenter.cli.app import IsoDate, Session, complete_locale, exit_code, fail_on, locale_option, report, today

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from helpcenter.checks import Gate, Sources
    from helpcenter.content import Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Regions
    from helpcenter.site.staged import StagedPage


class Search(NamedTuple):
    """How the search of each locale is put to the test.

    Args:
        tell: tell what it finds, and each derived search that fails.
        keep: write what came of it into the folder of earlier builds, where the next check finds it.
    """

    tell: bool
    keep: bool


@click.command()
@locale_option("Check the translations of this locale only; may be given several times.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True
)
@click.option(
    "--as-of", "day", type=IsoDate(), metavar="DATE", help="Check against the rules of this day; today when not given."
)
@click.option(
    "--unread", is_flag=True, help="Each finding in texts that nobody has read, those that are not shown included."
)
@click.option(
    "--probes", is_flag=True, help="What the search of each locale finds, and each derived search that fails."
)
@click.pass_obj
def check(
    session: Session, locales: tuple[str, ...], form: str, day: date | None, *, unread: bool, probes: bool
) -> None:
    """Find everything that is wrong, in all languages at once.

    Exit code 1 when there is an error or a warning.
    """
    from helpcenter.diagnostics import HelpcenterError, Severity  # noqa: PLC0415 - only here

    try:
        project = session.project()
        selected = project.select(locales)
        if unread:
            selected = [locale.with_all_shown() for locale in selected]
        found = inspect_project(project, selected, day or today(), unread=unread, search=Search(tell=probes, keep=True))
    except HelpcenterError as error:
        found = list(error.findings)
    found.sort(
        key=lambda finding: (
            finding.severity != Severity.ERROR,
            finding.place.path,
            finding.place.line or 0,
            finding.code,
        )
    )
    report(found, form)
    if any(finding.severity is not Severity.NOTE for finding in found):
        raise click.exceptions.Exit(exit_code(found))
    if form == "text":
        click.echo("no findings" if not found else "nothing that stands in the way", err=True)


def inspect_project(
    project: Project,
    selected: Sequence[Locale],
    on: date,
    *,
    unread: bool = False,
    search: Search | None = None,
) -> list[Finding]:
    """Find everything that is wrong with the sources and with the translations of some locales.

    Args:
        project: the project.
        selected: the locales whose translations are checked.
        on: the day whose rules hold.
        unread: tell each finding of texts that nobody has read, not only how many there are.
        search: whether the search of each locale is put to the test as well, which needs all of its pages.
    """
    from helpcenter.checks import Gate, inspect_sources, inspect_translations  # noqa: PLC0415 - only here
    from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - only here
    from helpcenter.checks.legal import is_legal, without_doubles  # noqa: PLC0415 - only here
    from helpcenter.content import Remembering  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import HelpcenterError, Severity  # noqa: PLC0415 - only here
    from helpcenter.site.sheets import load_sheets  # noqa: PLC0415 - only here
    from helpcenter.site.theme import check_words  # noqa: PLC0415 - only here

    sources = inspect_sources(project, on)
    found = [*project.findings, *check_words(project), *sources.findings]
    # Without the site's own Markdown nothing can be compared; what cannot be read is told all the same.
    broken = any(finding.code == "content-extension" for finding in found)
    # Each locale is judged three times: by its translations, for the law, and for its search.
    gate = None if broken else Gate(markdown_config(project), Remembering())
    # Pages that are wrong will change again before catalogs can follow them.
    is_sound = all(finding.severity is not Severity.ERROR or is_legal(finding) for finding in found)
    try:
        sheets = load_sheets(project)
    except HelpcenterError as error:
        sheets = []
        found += error.findings
    inspect_sound = _inspector(project, sources, on, gate if is_sound else None, search)
    for locale in selected:
        found += inspect_translations(project, sources.pages, locale, gate, sheets, in_step=is_sound, unread=unread)
        found += inspect_sound(locale.tag)
    return without_doubles(list(dict.fromkeys(found)))


def _inspector(
    project: Project, sources: Sources, on: date, gate: Gate | None, search: Search | None
) -> Callable[[str], list[Finding]]:
    """Give what inspects a locale of sound sources, for which a gate is given: whether the law and its search are satisfied."""
    from helpcenter.checks import inspect_legal  # noqa: PLC0415 - only here
    from helpcenter.site.rehearsal import Rehearsal  # noqa: PLC0415 - only here

    regions = sources.regions
    if gate is None or regions is None:
        return lambda _: []
    rehearsal = Rehearsal(project, sources, on, gate, keep=search.keep) if search is not None else None

    def inspect(tag: str) -> list[Finding]:
        found = inspect_legal(project, sources.pages, project.locales[tag], regions, on, gate)
        return [*found, *(rehearsal.inspect(tag, tell=search.tell) if search and rehearsal else ())]

    return inspect


@click.command()
@click.argument("code", required=False)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def explain(code: str | None, form: str) -> None:
    """Tell what a finding's CODE means and what to do; list all codes without one."""
    from helpcenter.diagnostics import known_codes, suggest  # noqa: PLC0415 - only here

    codes = known_codes()
    if code is not None and code not in codes:
        hint = suggest(code, codes)
        raise click.BadParameter(f"there is no code '{code}'" + (f", {hint}" if hint else ""), param_hint="CODE")
    chosen = [codes[code]] if code else list(codes.values())
    if form == "json":
        rows = [
            {
                "code": e.code,
                "severity": str(e.severity),
                "title": e.title,
                "why": e.why,
                "fix": e.fix,
                "example": e.example,
            }
            for e in chosen
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif code is None:
        width = max(len(entry.code) for entry in chosen)
        for entry in chosen:
            click.echo(f"{entry.code:<{width}}  {entry.severity:<7}  {entry.title}")
    else:
        (entry,) = chosen
        click.echo(f"{click.style(entry.code, bold=True)} ({entry.severity}): {entry.title}\n")
        accepted = " It can be accepted (helpcenter accept)." if entry.acceptable else ""
        click.echo(f"{entry.why}\n\nWhat to do: {entry.fix}{accepted}")
        if entry.example:
            click.echo("\nExample:\n\n" + "\n".join(f"    {line}" for line in entry.example.split("\n")))


@click.command()
@click.argument("page")
@click.option(
    "-l",
    "--locale",
    "tag",
    metavar="TAG",
    help="The locale, also one without a site, as in en-DE; the source when not given.",
    shell_complete=complete_locale,
)
@click.option("-r", "--region", metavar="REGION", help="The rules of this region instead of the locale's own.")
@click.option("--as-of", "day", type=IsoDate(), metavar="DATE", help="As it is on this day; today when not given.")
@click.option("--staged", is_flag=True, help="The file that MkDocs reads, with its front matter and HTML.")
@click.pass_obj
def show(session: Session, page: str, tag: str | None, region: str | None, day: date | None, *, staged: bool) -> None:
    """Print PAGE as a locale's customers read it.

    PAGE is a path below the content folder, as in guides/delivery.md.
    """
    from helpcenter.checks import Gate, inspect_sources  # noqa: PLC0415 - only here
    from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - only here
    from helpcenter.diagnostics import printable, suggest  # noqa: PLC0415 - only here
    from helpcenter.project import read_as  # noqa: PLC0415 - pydantic costs 0.1 s
    from helpcenter.site.reading import write_reading  # noqa: PLC0415 - only here
    from helpcenter.site.staging import Stager  # noqa: PLC0415 - only here

    on = day or today()
    project = session.project()
    project, locale = read_as(project, tag or project.source.tag, region.upper() if region else None)
    sources = inspect_sources(project, on)
    wanted = find_page(project, sources.pages, sources.findings, page)
    fail_on([finding for finding in sources.findings if finding.place.path == wanted.name])
    if sources.regions is None:
        fail_on(sources.findings)
        return
    if locale.region not in sources.regions.ids:
        hint = suggest(locale.region, sources.regions.ids) or f"regions: {', '.join(sorted(sources.regions.entries))}"
        problem = f"there are no rules of '{locale.region}' for '{locale.tag}', {hint}"
        raise click.BadParameter(problem, param_hint="'-r'" if region else "'-l'")
    stager = Stager(project, locale, sources.regions, on, Gate(markdown_config(project)))
    shown, found = stager.stage_page(wanted)
    text = _without_structured_data(shown).text([]) if staged else write_reading(shown)
    click.echo(_reader(locale, sources.regions, on, shown.meta["state"]), err=True)
    # A terminal would obey control characters; a file gets them as they are.
    click.echo(printable(text, lines=True) if sys.stdout.isatty() else text, nl=False, color=True)
    report(found, "text")


def _without_structured_data(page: StagedPage) -> StagedPage:
    """Leave out what only search engines read: it would fill the screen."""
    return replace(page, meta={key: value for key, value in page.meta.items() if key != "structured"})


def find_page(project: Project, pages: Sequence[Page], findings: Sequence[Finding], path: str) -> Page:
    """Find a page by what was typed for it: with or without the content folder, with or without its ending.

    Raises:
        HelpcenterError: ``page-unknown``.
        Exit: the page cannot be read, which was told.
    """
    from helpcenter.diagnostics import HelpcenterError, Place, finding, suggest  # noqa: PLC0415 - only here

    name = path.removeprefix(f"{project.configuration.docs_dir}/")
    name = name if name.endswith(".md") else f"{name.rstrip('/')}.md"
    found = next((one for one in pages if one.path == name), None)
    if found is None:
        fail_on([finding for finding in findings if finding.place.path.endswith(name)])
        hint = suggest(name, [one.path for one in pages])
        problem = f"there is no page '{name}'"
        raise HelpcenterError(finding("page-unknown", problem, Place(name), help=hint or "see the content folder"))
    return found


def _reader(locale: Locale, rules: Regions, on: date, state: str) -> str:
    """Say in one line whose eyes the page is seen with."""
    from helpcenter.regions.facts import REGION_NAME  # noqa: PLC0415 - only here
    from helpcenter.regions.notation import describe_value  # noqa: PLC0415 - Babel costs 40 ms

    facts = rules.resolve(locale.region, on)
    name, currency = facts[REGION_NAME], facts.get("price.currency")
    region = "the whole world" if name.value is None else describe_value(name, "en", rules)
    prices = f", prices in {currency.value}" if currency is not None and isinstance(currency.value, str) else ""
    market = "" if rules.serves(locale.region, on) else ", where the shop does not deliver"
    return f"{locale.tag} in {region} ({locale.region}){market}{prices}, on {on}: {state}"
