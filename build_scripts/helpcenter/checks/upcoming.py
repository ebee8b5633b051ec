"""What is scheduled: rules that change, end or are to be looked at again, and which customers would notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from helpcenter.regions.changes import find_changes, find_endings, find_reviews, is_shown
from helpcenter.regions.settings import reduce_setting, setting_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from helpcenter.content import Page
    from helpcenter.project import Project
    from helpcenter.regions import Fact, Regions
    from helpcenter.regions.changes import Change, Ending
    from helpcenter.regions.settings import Setting


@dataclass(frozen=True, slots=True)
class ScheduledChange:
    """A fact that takes another value on one day in one or several regions.

    Args:
        day: the first of the new value.
        id: of the fact.
        before: what holds until then; None where nothing does.
        after: what holds from then on; None where nothing does.
        regions: where it changes so, in alphabetical order.
        pages: path of a page → locales whose readers would notice.
    """

    day: date
    id: str
    before: Fact | None
    after: Fact | None
    regions: tuple[str, ...]
    pages: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that is to come.

    Args:
        changes: by day.
        endings: values that end while nobody has written what follows, by day.
        reviews: facts that somebody is to look at again, the most urgent first; those that are overdue as well.
    """

    changes: tuple[ScheduledChange, ...]
    endings: tuple[Ending, ...]
    reviews: tuple[Fact, ...]


def served_regions(project: Project, regions: Regions) -> tuple[str, ...]:
    """Give the regions whose customers read the site or buy from the shop, in alphabetical order."""
    read = {locale.region for locale in project.locales.values()}
    return tuple(sorted((read | regions.markets) & set(regions.tree)))


def plan_schedule(
    project: Project,
    regions: Regions,
    pages: Sequence[Page],
    on: date,
    *,
    until: date | None = None,
    only: str | None = None,
) -> Schedule:
    """Find what is scheduled after a day.

    Args:
        project: the project.
        regions: the region rules.
        pages: its pages.
        on: the day it is.
        until: the last day to look at; all days to come when None.
        only: a region; all that are served when None.
    """
    wanted = (only,) if only else served_regions(project, regions)
    around = {ancestor for region in wanted for ancestor in regions.chain(region)}
    by_setting = _pages_by_setting(regions, pages)
    found = [
        (setting, change)
        for region in wanted
        for setting in by_setting
        for change in find_changes(regions, region, after=on, until=until, setting=setting)
    ]
    reviews = find_reviews(regions, until or date.max)
    return Schedule(
        _join(project, regions, by_setting, found),
        tuple(one for one in find_endings(regions, on, until) if one.fact.region in around),
        tuple(fact for fact in reviews if fact.region in around and _matters(fact, on)),
    )


def _pages_by_setting(regions: Regions, pages: Sequence[Page]) -> dict[Setting, list[Page]]:
    """Take the pages together that see the same facts; a value of which there is no page yet counts as well."""
    by_setting: dict[Setting, list[Page]] = {}
    for setting in regions.settings:
        by_setting.setdefault(reduce_setting(setting, regions.conditions), [])
    for page in pages:
        by_setting.setdefault(reduce_setting(setting_of(page.meta), regions.conditions), []).append(page)
    return by_setting


def _matters(fact: Fact, on: date) -> bool:
    """Tell whether somebody has to look at a fact again: what has ended needs nobody."""
    return fact.valid_to is None or fact.valid_to >= on


def _join(
    project: Project,
    regions: Regions,
    pages: Mapping[Setting, Sequence[Page]],
    changes: Collection[tuple[Setting, Change]],
) -> tuple[ScheduledChange, ...]:
    """Tell once what changes in the same way in several regions: most of them follow a group."""
    alike: dict[tuple[date, str, str, str], list[tuple[Setting, Change]]] = {}
    for setting, change in changes:
        key = (change.day, change.id, _signature(change.before), _signature(change.after))
        alike.setdefault(key, []).append((setting, change))
    order = list(project.locales)
    found = []
    for (day, fact_id, _, _), group in sorted(alike.items(), key=lambda item: item[0][:2]):
        noticed: dict[str, set[str]] = {}
        for setting, change in group:
            locales = [locale.tag for locale in project.locales.values() if locale.region == change.region]
            there = pages[setting] if locales else ()
            for path in _pages_that_show(regions, there, setting, change, project.source.tag):
                noticed.setdefault(path, set()).update(locales)
        shown = {path: tuple(sorted(tags, key=order.index)) for path, tags in sorted(noticed.items())}
        names = tuple(sorted({change.region for _, change in group}))
        first = group[0][1]
        found.append(ScheduledChange(day, fact_id, first.before, first.after, names, shown))
    return tuple(found)


def _signature(fact: Fact | None) -> str:
    return "" if fact is None else repr((fact.value, fact.place.path, fact.place.line))


def _pages_that_show(regions: Regions, pages: Sequence[Page], setting: Setting, change: Change, tag: str) -> list[str]:
    eve = change.day - timedelta(days=1)
    before, after = (regions.view(change.region, day, tag, setting=setting) for day in (eve, change.day))
    return [page.path for page in pages if is_shown(change, page.source, before, after, name=page.name)]
