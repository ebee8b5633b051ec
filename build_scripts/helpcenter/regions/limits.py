"""What the shop promises, compared with what the law gives: it may be more, never less."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.diagnostics import finding
from helpcenter.regions.facts import Duration, Money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from helpcenter.diagnostics import Finding
    from helpcenter.regions.facts import Fact, FactSpec, Value
    from helpcenter.regions.settings import Setting
    from helpcenter.regions.tree import Regions

COMPARED_TYPES = frozenset({"duration", "money", "percent", "number", "choice"})
"""Types of which one value can be more than another; of a ``choice`` the later of its choices is."""

# The least and the most days a unit can have: a promise in months is compared with a law in days on the safe side.
# February has 28 days; two weekends and a public holiday can fall among five working days.
_FEWEST = {"hours": 1 / 24, "days": 1.0, "working_days": 1.0, "weeks": 7.0, "months": 28.0, "years": 365.0}
_MOST = {"hours": 1 / 24, "days": 1.0, "working_days": 9 / 5, "weeks": 7.0, "months": 31.0, "years": 366.0}


def can_compare(spec: FactSpec, other: FactSpec) -> bool:
    """Tell whether the registry may compare two facts."""
    return spec.type == other.type and spec.type in COMPARED_TYPES and spec.choices == other.choices


def find_limits_broken(regions: Regions, region: str, on: date) -> Iterator[Finding]:
    """Find facts of a region that are less than ``at_least`` allows on a day, or more than ``at_most`` does."""
    for setting in regions.settings:
        yield from _find_broken(regions, region, on, setting)


def _find_broken(regions: Regions, region: str, on: date, setting: Setting) -> Iterator[Finding]:
    facts = regions.resolve(region, on, setting)
    parent = regions.tree[region]
    above = regions.resolve(parent, on, setting) if parent is not None else {}
    for spec in regions.registry.values():
        fact = facts.get(spec.id)
        for other_id, least in ((spec.at_least, True), (spec.at_most, False)):
            other = facts.get(other_id) if other_id else None
            if fact is None or other is None or (above.get(spec.id) is fact and above.get(other.id) is other):
                # Where both come from the parent, it is said of the parent.
                continue
            if _are_of_two_currencies(fact.value, other.value):
                message = (
                    f"in {region}, {spec.id} ({_words(fact)}) cannot be compared with {other.id} ({_words(other)})"
                )
                help_ = f"write both in one currency; the limit is in {other.place}"
                yield finding("region-not-comparable", message, fact.place, help=help_)
            elif _breaks(spec, fact.value, other.value, least=least):
                less = "less" if least else "more"
                message = f"in {region}, {spec.id} ({_words(fact)}) is {less} than {other.id} allows ({_words(other)})"
                help_ = f"the limit is in {other.place}" + (f" ({other.law})" if other.law else "")
                yield finding("region-below-law", message, fact.place, help=help_)


def _are_of_two_currencies(value: Value, limit: Value) -> bool:
    return isinstance(value, Money) and isinstance(limit, Money) and value.currency != limit.currency


def _breaks(spec: FactSpec, value: Value, limit: Value, *, least: bool) -> bool:
    if limit is None:
        return False
    if value is None:
        # What the law gives cannot be "not offered"; of what it allows at the most, nothing is less.
        return least
    if isinstance(value, Duration) and isinstance(limit, Duration):
        return _is_shorter(value, limit) if least else _is_longer(value, limit)
    low, high = _ranks(spec, value, limit)
    return low < high if least else low > high


def _is_shorter(value: Duration, limit: Duration) -> bool:
    if value.unit == limit.unit:
        return value.low < limit.high
    return value.low * _FEWEST[value.unit] < limit.high * _MOST[limit.unit]


def _is_longer(value: Duration, limit: Duration) -> bool:
    if value.unit == limit.unit:
        return value.high > limit.low
    return value.high * _MOST[value.unit] > limit.low * _FEWEST[limit.unit]


def _ranks(spec: FactSpec, value: Value, limit: Value) -> tuple[float, float]:
    if isinstance(value, Money) and isinstance(limit, Money):
        return float(value.amount), float(limit.amount)
    if isinstance(value, str) and isinstance(limit, str):
        return spec.choices.index(value), spec.choices.index(limit)
    return float(str(value)), float(str(limit))


def _words(fact: Fact) -> str:
    value = fact.value
    match value:
        case None:
            return "none"
        case Duration(unit, low, high):
            span = str(low) if low == high else f"{low}–{high}"
            return f"{span} {unit.replace('_', ' ')}"
        case Money(amount, currency):
            return f"{amount} {currency}"
    return str(value)
