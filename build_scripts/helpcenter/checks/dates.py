"""Pages on other days: those that a change of the rules would break, and those that tell of earlier terms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Place, Severity, finding
from helpcenter.regions import check_template, used_facts
from helpcenter.regions.changes import days_by_fact, split_days
from helpcenter.regions.settings import setting_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from helpcenter.content import Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project
    from helpcenter.regions import Regions


def check_other_days(
    project: Project, pages: Sequence[Page], regions: Regions, served: Collection[str], on: date
) -> list[Finding]:
    """Find pages that cannot be written for a day on which the rules are others.

    A page that cannot be written once a rule has changed would stop the build of that day; earlier terms that cannot be
    written are left out of the site.  What is wrong today already is not told again.

    Args:
        project: the project.
        pages: its pages.
        regions: the region rules.
        served: regions whose locales show the pages.
        on: the day it is.
    """
    days = {region: days_by_fact(regions, region) for region in dict.fromkeys(served)}
    found: list[Finding] = []
    for page in pages:
        by_day: dict[date, list[str]] = {}
        for region, by_fact in days.items():
            for day in _days_of(project, page, by_fact, on):
                by_day.setdefault(day, []).append(region)
        if not by_day:
            continue
        setting = setting_of(page.meta)
        today = {one.message for one in check_template(page.name, page.source, regions, served, on, setting=setting)}
        for day, there in sorted(by_day.items()):
            said = check_template(page.name, page.source, regions, there, day, setting=setting)
            told = [_tell(one, day, on) for one in said if one.severity is Severity.ERROR and one.message not in today]
            found += page.trace.locate_all(told)
    return found


def check_addresses(project: Project, pages: Sequence[Page]) -> list[Finding]:
    """Find pages that stand where the build puts the terms that policy pages had, or will have, on other days."""
    homes = {f"{page.url}terms": page for page in pages if page.meta.type == "policy"}
    return [
        finding(
            "page-terms-taken",
            f"the terms that {homes[folder].path} has on other days get their addresses here",
            Place(page.name),
            help=f"move the page out of '{project.configuration.docs_dir}/{folder}/'",
        )
        for page in pages
        if (folder := page.path.rpartition("/")[0]) in homes
    ]


def _days_of(project: Project, page: Page, by_fact: Mapping[str, Collection[date]], on: date) -> Iterator[date]:
    """Give the days to come on which a page may change, and for a policy page the last of each stretch that is past."""
    days = {day for fact_id in used_facts(page.source) for day in by_fact.get(fact_id, ())}
    yield from (day for day in days if day > on)
    since = project.configuration.settings.terms_since
    if page.meta.type == "policy" and since is not None:
        yield from (last for _, last in split_days(days, since, on)[:-1])


def _tell(one: Finding, day: date, on: date) -> Finding:
    if day > on:
        message = f"from {day} on, this page cannot be built: {one.message}"
    else:
        message = f"the terms of {day} cannot be shown: {one.message}"
    return replace(finding("region-other-day", message, one.place, help=one.help), label=one.label)
