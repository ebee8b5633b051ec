"""How ``regions upcoming`` writes what is scheduled."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from helpcenter.diagnostics import printable
from helpcenter.regions.notation import describe_value, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from helpcenter.checks.upcoming import Schedule, ScheduledChange
    from helpcenter.regions import Fact, Regions
    from helpcenter.regions.changes import Ending

# What fits on a line.
_NAMED = 8


def schedule_lines(schedule: Schedule, rules: Regions, tag: str, on: date) -> Iterator[str]:
    """Write a schedule for a person.

    Args:
        schedule: what is to come.
        rules: the region rules.
        tag: language in which values are written.
        on: the day it is.
    """
    for change in schedule.changes:
        yield from _change_lines(change, rules, tag)
        yield ""
    if schedule.endings:
        yield click.style("Values that end while nobody has written what follows", bold=True)
        yield from (f"  {_ending_line(one, rules, tag)}" for one in schedule.endings)
        yield ""
    if schedule.reviews:
        yield click.style("Facts to look at again", bold=True)
        for (day, region, owner), facts in groupby(schedule.reviews, key=_review):
            count = sum(1 for _ in facts)
            late = ", overdue" if day < on else ""
            yield f"  {day}  {region}: {count} {'fact' if count == 1 else 'facts'}, {printable(owner)}{late}"


def _review(fact: Fact) -> tuple[date, str, str]:
    assert fact.review_by is not None  # noqa: S101 - only facts with a date are listed
    return fact.review_by, fact.region, fact.owner or "nobody"


def _change_lines(change: ScheduledChange, rules: Regions, tag: str) -> Iterator[str]:
    values = f"{_value(change.before, rules, tag)} → {_value(change.after, rules, tag)}"
    yield f"{change.day}  {click.style(change.id, bold=True)}: {click.style(values, bold=True)}"
    yield f"  regions  {_some(change.regions)}"
    newest = change.after or change.before
    if newest is not None and newest.when is not None:
        yield f"  only     {newest.when}"
    if newest is not None and newest.law:
        yield f"  law      {printable(newest.law)}"
    if newest is not None and newest.sources:
        yield f"  source   {printable(', '.join(newest.sources))}"
    for number, (path, locales) in enumerate(change.pages.items()):
        yield f"  {'' if number else 'pages':<7}  {path} ({_some(locales)})"
    if not change.pages:
        yield "  pages    none where anybody would notice"
    if newest is not None:
        yield f"  place    {newest.place.path}:{newest.place.line}"


def _some(names: tuple[str, ...]) -> str:
    rest = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + rest


def _value(fact: Fact | None, rules: Regions, tag: str) -> str:
    return "nothing" if fact is None else printable(describe_value(fact, tag, rules))


def _ending_line(one: Ending, rules: Regions, tag: str) -> str:
    fact, then = one.fact, one.instead
    after = "then nothing holds" if then is None else f"then that of {then.region}: {_value(then, rules, tag)}"
    return f"{fact.valid_to}  {fact.id} of {fact.region}: {_value(fact, rules, tag)}, {after} ({fact.place})"


def schedule_data(schedule: Schedule) -> dict[str, Any]:
    """Give a schedule as JSON has it."""
    return {
        "changes": [
            {
                "date": change.day.isoformat(),
                "fact": change.id,
                "regions": list(change.regions),
                "before": _data(change.before),
                "after": _data(change.after),
                "pages": [{"page": path, "locales": list(locales)} for path, locales in change.pages.items()],
            }
            for change in schedule.changes
        ],
        "endings": [
            {
                "date": plain_value(one.fact.valid_to),
                "fact": one.fact.id,
                "ends": _data(one.fact),
                "then": _data(one.instead),
            }
            for one in schedule.endings
        ],
        "reviews": [
            {"date": plain_value(fact.review_by), "fact": fact.id, "owner": fact.owner, **_place(fact)}
            for fact in schedule.reviews
        ],
    }


def _data(fact: Fact | None) -> dict[str, Any] | None:
    if fact is None:
        return None
    when = fact.when and {name: list(values) for name, values in fact.when.asked.items()}
    return {
        "value": plain_value(fact.value),
        "law": fact.law,
        "sources": list(fact.sources),
        "when": when,
        **_place(fact),
    }


def _place(fact: Fact) -> dict[str, Any]:
    return {"region": fact.region, "path": fact.place.path, "line": fact.place.line}
