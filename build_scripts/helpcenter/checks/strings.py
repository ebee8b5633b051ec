"""Inspection of strings: whether the texts of sheets are in step, whole and fit to be shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpcenter.catalog import LocaleTexts, catalog_path
from helpcenter.catalog.keys import REGIONS, THEME, split_key
from helpcenter.catalog.sheets import sheet_file
from helpcenter.checks.catalogs import check_approvals, is_in_step
from helpcenter.checks.glossary import check_glossary
from helpcenter.checks.places import TextPlaces
from helpcenter.checks.platform import inspect_entries
from helpcenter.checks.quality import check_quality, direction_of
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.regions import Wording
from helpcenter.review import publish_strings
from helpcenter.review.strings import problem_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.catalog import Entry, Sheet
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.project import Locale, Project

# What fits on a line.
_NAMED = 3
_ORIGINS = {THEME: "templates", REGIONS: "region files"}


def region_wording(project: Project, locale: Locale, texts: LocaleTexts) -> Wording:
    """Give what the catalogs of a locale say for texts of region files.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    shop = publish_strings(REGIONS, locale, texts)
    statute = publish_strings(REGIONS, locale, texts, approved=True) if shop else {}
    return Wording(shop, statute, project.source.tag)


def inspect_strings(project: Project, sheets: Sequence[Sheet], locale: Locale, glossary: Glossary) -> list[Finding]:
    """Check the strings of a locale.

    Args:
        project: the project.
        sheets: its strings.
        locale: whose texts.
        glossary: of the locale.
    """
    if locale.tag == project.source.tag:
        return []
    texts = LocaleTexts(project, locale)
    found: list[Finding] = []
    for sheet in sheets:
        try:
            found += _inspect_sheet(project, sheet, locale, texts, glossary)
        except HelpcenterError as error:
            found += error.findings
    return found


def _inspect_sheet(
    project: Project, sheet: Sheet, locale: Locale, texts: LocaleTexts, glossary: Glossary
) -> list[Finding]:
    catalog = texts.catalog(locale.tag, sheet.path)
    needed = {string.msgid for string in sheet.sources(locale, catalog)}
    found = check_approvals(project, locale.tag, sheet.path, catalog.active)
    found += inspect_entries(project, locale.tag, sheet.path, catalog.active)
    written = [entry for entry in catalog.active if entry.msgstr]
    places = TextPlaces(project, catalog_path(project.catalog_folder(locale.tag), catalog.path))
    problems = {entry.msgid: problem for entry in written if (problem := problem_of(entry, catalog))}
    found += [_broken(places, entry, problems[entry.msgid]) for entry in written if entry.msgid in problems]
    fit = [entry for entry in written if entry.msgid not in problems]
    direction = direction_of(project, locale)
    found += check_glossary(project, sheet.path, fit, direction, glossary)
    found += check_quality(project, sheet.path, fit, direction)
    name = f"locales/{locale.tag}/catalog/{sheet_file(sheet.path)}"
    if not is_in_step({entry.msgid for entry in catalog.active}, needed, locale):
        message = f"the catalog '{sheet_file(sheet.path)}' of {locale.tag} is behind the {_ORIGINS[sheet.path]}"
        hint = f"run 'helpcenter extract -l {locale.tag}'"
        return [*found, finding("catalog-behind", message, Place(name), help=hint)]
    # What a locale builds on is said of that one.
    is_own = not locale.builds_on_source and not any(tag in project.locales for tag in locale.chain[1:])
    if sheet.path == THEME and is_own:
        shown = publish_strings(sheet.path, locale, texts)
        found += _unsaid(locale, [key for key in dict.fromkeys(needed) if key not in shown], name)
    return found


def _broken(places: TextPlaces, entry: Entry, problem: tuple[str, str]) -> Finding:
    code, message = problem
    base = finding(code, message, places.place(entry), help=f"the source is: {split_key(entry.msgid).text}")
    return replace(base, label="not shown until it is mended")


def _unsaid(locale: Locale, keys: Sequence[str], name: str) -> list[Finding]:
    """Tell once for a locale which words of templates its readers get in the templates' language."""
    if not keys:
        return []
    texts = sorted(split_key(key).text for key in keys)
    more = f" and {len(texts) - _NAMED} more" if len(texts) > _NAMED else ""
    names = ", ".join(f"'{text}'" for text in texts[:_NAMED]) + more
    message = f"{locale.tag} has no reviewed text for words of templates: {names}"
    hint = f"translate and review {name}, then 'helpcenter approve -l {locale.tag} {sheet_file(THEME)}'"
    return [finding("theme-untranslated", message, Place(name), help=hint)]
