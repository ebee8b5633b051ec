"""What changes when: the days on which facts take another value, end without a follower, or are to be looked at again.

Everything here is computed from the days that region files name; nothing is sampled, so that no change is missed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from helpcenter.diagnostics import HelpcenterError
from helpcenter.regions.components import facts_of_component
from helpcenter.regions.facts import REGION_NAME
from helpcenter.regions.settings import ANYWHERE
from helpcenter.regions.template import used_facts
from helpcenter.regions.view import render_template

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from helpcenter.regions.facts import Fact
    from helpcenter.regions.settings import Setting
    from helpcenter.regions.tree import Regions
    from helpcenter.regions.view import Draw, RegionView

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Change:
    """A fact that takes another value in a region.

    Args:
        day: the first on which the new value holds.
        region: whose customers it concerns; the fact itself may stand in a region around it.
        id: of the fact.
        before: what held on the day before; None where nothing did.
        after: what holds from the day on; None where nothing does.
    """

    day: date
    region: str
    id: str
    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True)
class Ending:
    """A value that ends while nobody has written what follows.

    Args:
        fact: the value; ``valid_to`` is its last day.
        instead: what takes its place from the next day on, of the same region or of those around; None where nothing does.
    """

    fact: Fact
    instead: Fact | None


def days_by_fact(regions: Regions, region: str) -> dict[str, frozenset[date]]:
    """Give for each fact the days on which a value of it may begin or has just ended; facts that never change are left out.

    Args:
        regions: all regions.
        region: whose customers are asked about; what regions around it say counts as well.

    Raises:
        KeyError: no such region.
    """
    days: dict[str, frozenset[date]] = {}
    for ancestor in regions.chain(region):
        for fact_id, entries in regions.entries.get(ancestor, {}).items():
            edges = frozenset(day for fact in entries for day in _edges(fact))
            if edges:
                days[fact_id] = days.get(fact_id, frozenset()) | edges
    return days


def change_days(regions: Regions, region: str, ids: Collection[str] | None = None) -> tuple[date, ...]:
    """Give the days on which one of some facts may change in a region, oldest first.

    Args:
        regions: all regions.
        region: whose customers are asked about.
        ids: of the facts that matter; all of them when None.

    Raises:
        KeyError: no such region.
    """
    by_fact = days_by_fact(regions, region)
    chosen = [days for fact_id, days in by_fact.items() if ids is None or fact_id in ids]
    return tuple(sorted(frozenset().union(*chosen)))


def _edges(fact: Fact) -> Iterator[date]:
    # The first day that there is has none before it, and the last none after it.
    if fact.valid_from is not None and fact.valid_from > date.min:
        yield fact.valid_from
    if fact.valid_to is not None and fact.valid_to < date.max:
        yield fact.valid_to + _DAY


def sign_all_days(regions: Regions, region: str) -> str:
    """Give a hash of all that was, is and will be true in a region, wherever it is written.

    Raises:
        KeyError: no such region.
    """
    state = hashlib.sha256()
    for ancestor in regions.chain(region):
        for fact_id, entries in sorted(regions.entries.get(ancestor, {}).items()):
            state.update(
                repr((fact_id, [(one.valid_from, one.valid_to, one.when, one.value) for one in entries])).encode()
            )
    return state.hexdigest()


def find_changes(
    regions: Regions,
    region: str,
    ids: Collection[str] | None = None,
    *,
    after: date | None = None,
    until: date | None = None,
    setting: Setting = ANYWHERE,
) -> tuple[Change, ...]:
    """Find the facts that take another value in a region, by day and then by id.

    A value that is written anew without being another one is no change: neither is a new law for the same number of days,
    nor a fact that comes to stand in a nearer file.

    Args:
        regions: all regions.
        region: whose customers are asked about.
        ids: of the facts that matter; all of them when None.
        after: only what changes later than on this day.
        until: only what changes on this day at the latest.
        setting: the page they are read of.

    Raises:
        KeyError: no such region.
    """
    found = []
    for day in change_days(regions, region, ids):
        if (after is not None and day <= after) or (until is not None and day > until):
            continue
        old, new = (regions.resolve(region, one, setting) for one in (day - _DAY, day))
        for fact_id in sorted({*old, *new} if ids is None else {*old, *new} & set(ids)):
            before, now = old.get(fact_id), new.get(fact_id)
            if fact_id != REGION_NAME and _differ(before, now):
                found.append(Change(day, region, fact_id, before, now))
    return tuple(found)


def _differ(before: Fact | None, after: Fact | None) -> bool:
    if before is None or after is None:
        return before is not after
    # True equals 1, and would be no change to it.
    return (type(before.value), before.value) != (type(after.value), after.value)


def find_endings(regions: Regions, on: date, until: date | None = None) -> tuple[Ending, ...]:
    """Find the values that hold on a day or later and end without one that follows in the same file, oldest first.

    Args:
        regions: all regions.
        on: values that ended before it are told as ``region-fact-gap``.
        until: only what ends on this day at the latest.
    """
    found = []
    for region, facts in regions.entries.items():
        for entries in facts.values():
            for fact in entries:
                last = fact.valid_to
                if last is None or last < on or last == date.max or (until is not None and last > until):
                    continue
                if not any(other.when == fact.when and other.valid(last + _DAY) for other in entries):
                    setting = ANYWHERE if fact.when is None else fact.when.example
                    found.append(Ending(fact, regions.resolve(region, last + _DAY, setting).get(fact.id)))
    return tuple(sorted(found, key=lambda one: (one.fact.valid_to or date.max, one.fact.region, one.fact.id)))


def find_reviews(regions: Regions, until: date) -> tuple[Fact, ...]:
    """Find the facts that somebody is to look at again by a day, or should have already, the most urgent first.

    Args:
        regions: all regions.
        until: the day.
    """
    found = [
        fact
        for facts in regions.entries.values()
        for entries in facts.values()
        for fact in entries
        if fact.review_by is not None and fact.review_by <= until
    ]
    return tuple(sorted(found, key=lambda fact: (fact.review_by or until, fact.region, fact.owner or "", fact.id)))


def is_shown(change: Change, source: str, before: RegionView, after: RegionView, *, name: str) -> bool:
    """Tell whether readers of a page would notice a change, whatever else changes on the same day.

    A page may ask for a fact where a region's readers never come. So the page is written twice, with one fact exchanged:
    once among those of the day before, and once among those of the day itself, as a fact may matter only together with
    others.

    Args:
        change: what changes.
        source: the page.
        before: what its readers see on the day before.
        after: what they see on the day of the change.
        name: of the page.
    """
    if change.id not in used_facts(source):
        return False
    return any(
        _write(source, view, name) != _write(source, _exchange(view, change.id, other), name)
        for view, other in ((before, after), (after, before))
    )


def _exchange(view: RegionView, fact_id: str, other: RegionView) -> RegionView:
    """Give a view that sees one fact as another view does."""
    facts = dict(view.facts)
    facts.pop(fact_id, None)
    if fact_id in other.facts:
        facts[fact_id] = other.facts[fact_id]
    return replace(view, facts=facts, _written={})


def _write(source: str, view: RegionView, name: str) -> str | None:
    try:
        return render_template(source, view, name=name, draw=draw_facts(view))
    except HelpcenterError:
        # One fact of one day among those of another need not fit; it is then no page that anybody reads.
        return None


def draw_facts(view: RegionView) -> Draw:
    """Give what writes the facts of a component in its place: it shows something else when, and only when, one of them does.

    Args:
        view: whose facts.
    """

    def draw(name: str, arguments: tuple[str, ...]) -> str:
        facts = (view.facts.get(fact_id) for fact_id in sorted(facts_of_component(name, arguments)))
        return f"{name} {arguments} {[fact and fact.value for fact in facts]}"

    return draw


def split_days(days: Iterable[date], since: date, on: date) -> tuple[tuple[date, date], ...]:
    """Cut the days from ``since`` to ``on`` before each of some days; give first and last of each part, oldest first.

    The last part ends with ``on``, and holds still. There is none where ``since`` lies after ``on``.
    """
    if since > on:
        return ()
    firsts = sorted({since, *(day for day in days if since < day <= on)})
    lasts = [*(day - _DAY for day in firsts[1:]), on]
    return tuple(zip(firsts, lasts, strict=True))
