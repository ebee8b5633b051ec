"""Inspection of a whole project: sources, region rules, links and translations."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.catalog import LocaleTexts, catalog_path
from helpcenter.catalog.glossary import load_glossary
from helpcenter.checks.acceptance import settle
from helpcenter.checks.catalogs import check_approvals, check_in_step, check_overrides
from helpcenter.checks.dates import check_addresses, check_other_days
from helpcenter.checks.fitness import fit_page
from helpcenter.checks.glossary import check_glossary, inspect_glossary
from helpcenter.checks.legal import LegalGate, fingerprint_texts, inspect_answers, inspect_withdrawal, is_policy
from helpcenter.checks.links import check_links
from helpcenter.checks.misplaced import check_misplaced
from helpcenter.checks.places import TextPlaces
from helpcenter.checks.platform import inspect_entries, inspect_files, platform_findings
from helpcenter.checks.quality import check_quality, direction_of
from helpcenter.checks.strings import inspect_strings, region_wording
from helpcenter.checks.unread import count_unread
from helpcenter.checks.vocabulary import inspect_vocabularies
from helpcenter.content import MarkdownConfig, Renderer, load_pages, load_snippets
from helpcenter.content.snippets import EXTENSION
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding, suggest
from helpcenter.project import relative
from helpcenter.project.yamlfile import load_yaml
from helpcenter.regions import (
    check_published,
    check_regions,
    check_template,
    check_texts,
    check_used,
    load_regions,
    used_facts,
)
from helpcenter.regions.components import served_markets
from helpcenter.regions.countries import PRIVACY
from helpcenter.regions.settings import reduce_setting, setting_of
from helpcenter.regions.template import compared_facts
from helpcenter.review import publish_page

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from helpcenter.catalog import Entry, Sheet
    from helpcenter.checks.gate import Gate, Verdict
    from helpcenter.content import Page, Segment, Snippets
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Regions
    from helpcenter.regions.settings import Setting


@dataclass(frozen=True, slots=True)
class Sources:
    """What a build starts from.

    Args:
        pages: all source pages that could be read, by path.
        regions: the region rules, or None when they cannot be read.
        findings: everything that is wrong with them.
    """

    pages: tuple[Page, ...]
    regions: Regions | None
    findings: tuple[Finding, ...]


def markdown_config(project: Project) -> MarkdownConfig:
    """Give the site's Markdown configuration, without what is done when pages are read."""
    names = tuple(name for name in project.configuration.extensions if name != EXTENSION)
    return MarkdownConfig(names, project.configuration.extension_configs)


def inspect_sources(project: Project, on: date) -> Sources:
    """Read and check all that is written by people other than translators.

    Args:
        project: the project.
        on: the day whose rules hold.
    """
    pages, found = _load_pages(project)
    regions, problems = load_regions(project.regions_folder, project.root)
    found += problems
    if regions is not None:
        found += _check_locale_regions(project, regions)
        found += check_regions(regions, on)
        found += check_texts(regions, project.root, project.source.tag)
        found += inspect_withdrawal(project, regions, on)
        served = [locale.region for locale in project.locales.values() if locale.region in regions.ids]
        for region in dict.fromkeys(served):
            found += check_published(regions, region, on)
        found += _check_privacy(project, pages, regions)
        for page in pages:
            found += page.trace.locate_all(
                check_template(page.name, page.source, regions, served, on, setting=setting_of(page.meta))
            )
        found += check_other_days(project, pages, regions, served, on)
        for setting, used in _used_by_setting(pages, regions).items():
            for locale in project.locales.values():
                if locale.region in regions.ids:
                    found += _check_used(project, regions, locale, used, on, setting)
        found += _check_compared(project, pages, regions, on)
    found += inspect_vocabularies(project, pages)
    for page in pages:
        found += [*page.findings, *_check_ids(page), *inspect_answers(page, regions)]
        found += platform_findings(page.source, page.place)
    found += inspect_files(project)
    found += _check_config_pages(project, pages)
    found += check_addresses(project, pages)
    renderer, problems = _make_renderer(project)
    found += problems
    found += check_links(project, pages, renderer, regions)
    return Sources(tuple(pages), regions, tuple(dict.fromkeys(found)))


def _load_pages(project: Project) -> tuple[list[Page], list[Finding]]:
    snippets: Snippets | None = None
    problems: tuple[Finding, ...] = ()
    try:
        snippets = load_snippets(project.configuration, project.root)
    except HelpcenterError as error:
        problems = error.findings
    pages, found = load_pages(project.content, project.root, project.configuration.settings.front_matter, snippets)
    return pages, [*problems, *found]


def _used_by_setting(pages: Sequence[Page], regions: Regions) -> dict[Setting, set[str]]:
    """Give the facts that pages use, with the pages that see the same of them taken together."""
    used: dict[Setting, set[str]] = {}
    for page in pages:
        used.setdefault(reduce_setting(setting_of(page.meta), regions.conditions), set()).update(
            used_facts(page.source)
        )
    return used


def _check_used(
    project: Project, regions: Regions, locale: Locale, used: set[str], on: date, setting: Setting
) -> list[Finding]:
    try:
        wording = region_wording(project, locale, LocaleTexts(project, locale))
    except HelpcenterError:
        # Whoever inspects the translations says so.
        wording = None
    return check_used(regions, locale.region, used, on, tag=locale.tag, wording=wording, setting=setting)


def _check_privacy(project: Project, pages: Sequence[Page], regions: Regions) -> list[Finding]:
    """Find that there is no privacy notice, where the regions have laws about privacy."""
    if PRIVACY not in regions.registry or any(
        page.meta.type == "policy" and "privacy" in page.meta.topics and not page.meta.draft for page in pages
    ):
        return []
    place = Place(f"{project.configuration.docs_dir}/policies")
    hint = "write one: 'type: policy' and 'topics: [privacy]' in its front matter tell that it is the notice"
    return [finding("region-incomplete", "there is no privacy notice", place, help=hint)]


def _check_compared(project: Project, pages: Sequence[Page], regions: Regions, on: date) -> list[Finding]:
    """Check what pages show of markets whose own locale there may not be."""
    facts = {fact for page in pages for fact in compared_facts(page.source)}
    markets = served_markets(regions, [locale.region for locale in project.locales.values()], on) if facts else []
    return [one for market in markets for one in check_used(regions, market, facts, on)]


def _check_ids(page: Page) -> list[Finding]:
    """Find headings that were given the id of another; ids that headings get by themselves are never the same."""
    first: dict[str, Segment] = {}
    found = []
    for segment in page.segments:
        if segment.kind != "heading" or segment.implicit_id:
            continue
        other = first.setdefault(segment.anchor, segment)
        if other.line != segment.line:
            end = page.source.find("\n", segment.end)
            at = page.source.find(f"#{segment.anchor}", segment.end, end if end >= 0 else None)
            span = (at, at + len(segment.anchor) + 1) if at >= 0 else (segment.start, segment.end)
            place, known = page.place(*span), page.place(other.start)
            where = f"in line {known.line}" + (f" of {known.path}" if known.path != place.path else "")
            found.append(
                finding(
                    "content-duplicate-id",
                    f"the id '{segment.anchor}' is that of the heading {where}",
                    place,
                    help="give one of the two another id, and mend the links that mean it",
                )
            )
    return found


def _check_locale_regions(project: Project, regions: Regions) -> list[Finding]:
    found = []
    for locale in project.locales.values():
        if locale.region not in regions.ids:
            path = f"locales/{locale.tag}/locale.yml"
            place = Place(path)
            if locale.settings.region is not None:
                place = load_yaml(project.root / path, project.root).place("region")
            hint = f"set 'region:' in {path} to one of {', '.join(sorted(regions.ids))}, "
            found.append(
                finding(
                    "locale-unknown-region",
                    f"the region '{locale.region}' of {locale.tag} has no rules",
                    place,
                    label=suggest(locale.region, regions.ids),
                    help=f"{hint}or write locales/regions/{locale.region}.yml",
                )
            )
    return found


def _check_config_pages(project: Project, pages: Sequence[Page]) -> list[Finding]:
    paths = [page.path for page in pages]
    found = []
    contact = project.configuration.settings.contact_page
    # A page that is there and could not be read has a finding of its own.
    drafts = {page.path for page in pages if page.meta.draft}
    if contact is not None and (contact in drafts or not (project.content / contact).is_file()):
        place = project.configuration.file.place("extra", "helpcenter", "contact_page")
        hint = f"give the path of a page below {project.configuration.docs_dir}/, as in guides/contact.md"
        found.append(
            finding(
                "config-contact-page",
                f"there is no published page '{contact}'",
                place,
                label=suggest(contact, paths),
                help=hint,
            )
        )
    if "index.md" in drafts or not (project.content / "index.md").is_file():
        name = f"{project.configuration.docs_dir}/index.md"
        found.append(finding("page-home-missing", "there is no home page", Place(name), help=f"write {name}"))
    return found


def _make_renderer(project: Project) -> tuple[Renderer | None, list[Finding]]:
    """Load the Markdown extensions; where that fails, find out which of them it is."""
    config = markdown_config(project)
    try:
        return Renderer(config, highlight=False), []
    except HelpcenterError as error:
        together = list(error.findings)
    found = []
    for name in config.extensions:
        try:
            Renderer(MarkdownConfig((name,), {name: config.configs.get(name, {})}))
        except HelpcenterError as error:
            cause = error.__cause__
            reason = f"it has no option {cause}" if isinstance(cause, KeyError) else str(cause)
            message = f"the Markdown extension '{name}' cannot be loaded: {reason}"
            place = project.configuration.file.place(
                "markdown_extensions", project.configuration.extensions.index(name)
            )
            found.append(replace(error.findings[0], message=message, place=place))
    return None, found or together


def inspect_translations(
    project: Project,
    pages: Sequence[Page],
    locale: Locale,
    gate: Gate | None,
    sheets: Sequence[Sheet] = (),
    *,
    in_step: bool = False,
    unread: bool = False,
) -> list[Finding]:
    """Check what a locale would show against its source.

    Args:
        project: the project.
        pages: its pages.
        locale: whose translations.
        gate: compares them; without one, only whether they can be read is checked.
        sheets: strings that stand on no page.
        in_step: tell also when catalogs are behind the pages, which must all have been read then.
        unread: tell each finding of texts that nobody has read, not only how many there are.
    """
    texts = LocaleTexts(project, locale)
    glossary, found = load_glossary(project.locales_folder / locale.tag, project.root, project.source.tag)
    found += inspect_glossary(project, locale.tag)
    if locale.tag == project.source.tag:
        return found
    known: dict[str, Mapping[str, Entry]] = {}
    shown: dict[str, list[Entry]] = {}
    for page in pages:
        try:
            text = publish_page(page, project, locale, texts)
            known[page.path] = texts.entries(locale.tag, page.path)
        except HelpcenterError as error:
            found += error.findings
            continue
        found += check_approvals(project, locale.tag, page.path, known[page.path].values())
        found += inspect_entries(project, locale.tag, page.path, known[page.path].values())
        found += check_overrides(project, locale, page.path, texts)
        own = [entry for entry, tag in text.origins.values() if tag == locale.tag]
        verdicts = gate.judge(page, text.texts) if gate is not None else ()
        found += _tell_verdicts(project, page, locale.tag, own, verdicts)
        # Of what is not shown nothing else is worth telling: most of it follows from that.
        refused = {verdict.msgid for verdict in verdicts}
        fit = shown[page.path] = [entry for entry in own if entry.msgid not in refused]
        direction = direction_of(project, locale)
        found += check_glossary(project, page.path, fit, direction, glossary, page.labels)
        found += check_quality(project, page.path, fit, direction, page.labels)
    found += check_misplaced(project, shown, direction_of(project, locale))
    found += inspect_strings(project, sheets, locale, glossary)
    catalogs = _by_file(project, locale, texts, [*known, *(sheet.path for sheet in sheets)])
    found = settle(found, catalogs)
    found = found if unread else count_unread(found, catalogs, locale.tag)
    return found + (check_in_step(project, pages, locale, known) if in_step else [])


def inspect_legal(
    project: Project, pages: Sequence[Page], locale: Locale, regions: Regions, on: date, gate: Gate
) -> list[Finding]:
    """Find what keeps pages of a locale from being published for the law's sake.

    Args:
        project: the project.
        pages: its pages.
        locale: as its customers get it.
        regions: the region rules.
        on: the day whose rules hold.
        gate: compares translations with their sources.
    """
    if locale.region not in regions.ids:
        return []
    found: list[Finding] = []
    try:
        legal = LegalGate.open(project, locale, regions, on)
    except HelpcenterError as error:
        return list(error.findings)
    texts = LocaleTexts(project, locale)
    for page in pages:
        if is_policy(page) or legal.is_troubled(page):
            # A catalog that cannot be read is told by whoever inspects the translations.
            with suppress(HelpcenterError):
                text, _ = fit_page(page, project, locale, texts, gate)
                found += legal.judge(page, fingerprint_texts(page, text), is_translation=text.is_translation)
    return found


def _by_file(project: Project, locale: Locale, texts: LocaleTexts, paths: Sequence[str]) -> dict[str, list[Entry]]:
    """Give the entries of a locale that have a text, by the file that findings name; what cannot be read is told already."""
    entries: dict[str, list[Entry]] = {}
    for path in paths:
        name = relative(catalog_path(project.catalog_folder(locale.tag), path), project.root)
        with suppress(HelpcenterError):
            entries[name] = [entry for entry in texts.catalog(locale.tag, path).active if entry.msgstr]
    return entries


def _tell_verdicts(
    project: Project, page: Page, tag: str, own: Sequence[Entry], verdicts: Sequence[Verdict]
) -> list[Finding]:
    """Make the findings of the verdicts on a locale's own texts: what is built upon is told by the locale that owns it."""
    entries = {entry.msgid: entry for entry in own}
    return [
        verdict_finding(project, page, verdict, entries[verdict.msgid], tag)
        for verdict in verdicts
        if verdict.msgid in entries
    ]


def verdict_finding(project: Project, page: Page, verdict: Verdict, entry: Entry, tag: str) -> Finding:
    """Make the finding of a verdict, at the entry in its catalog."""
    place = TextPlaces(project, catalog_path(project.catalog_folder(tag), page.path)).place(entry)
    base = finding(verdict.code, verdict.message, place, help=f"the source is: {_shorten(verdict.msgid)}")
    chain = project.locales[tag].chain
    other = f"as {chain[1]} has it" if len(chain) > 1 else "in the source language"
    return replace(base, label=f"shown {other} until it is mended")


def _shorten(text: str, most: int = 100) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1] + "…"
