"""Values for colleagues: in words, with what customers are never shown; and for programs, as region files write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from helpcenter.regions.facts import Duration, Fact, Holidays, ListChange, Money, OpeningHours
from helpcenter.regions.formats import format_fact

if TYPE_CHECKING:
    from helpcenter.regions.tree import Regions
    from helpcenter.regions.view import RegionView

NONE = "null"
"""How "there is no such right", or "we do not offer this", is written: as in the files, since a choice may be ``none``."""

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MARKS = {0x2068: None, 0x2069: None, 0x200E: None, 0x200F: None}


def describe_value(fact: Fact, tag: str, names: Regions | RegionView) -> str:
    """Write any value in one line of plain text: also one that customers are not shown, and one that only changes a list.

    Args:
        fact: of a region file, or resolved.
        tag: language in which values are written that customers read.
        names: the regions, or what a locale sees of one: they know the names of payment methods and carriers.
    """
    match fact.value:
        case None:
            return NONE
        case bool(value):
            return "yes" if value else "no"
        case Holidays(country, subdivision):
            return f"{country}-{subdivision}" if subdivision else country
        case ListChange(add, remove):
            return " ".join([*(f"+{name}" for name in add), *(f"-{name}" for name in remove)]) or "no change"
    try:
        return format_fact(fact, tag, names.methods, carriers=names.carriers).translate(_MARKS)
    except ValueError:
        # It decides what is shown, and customers never read it.
        return ", ".join(fact.value) if isinstance(fact.value, tuple) else str(fact.value)  # type: ignore[arg-type]


def plain_value(value: object) -> object:  # noqa: PLR0911 - one for each kind
    """Give a value as region files write it, made of what JSON has; dates and amounts are texts."""
    match value:
        case Duration(unit, low, high):
            return {unit: low if low == high else [low, high]}
        case Money(amount, currency):
            return {"amount": str(amount), "currency": currency}
        case Holidays(country, subdivision):
            return {"country": country} | ({"subdivision": subdivision} if subdivision else {})
        case OpeningHours(days, opens, closes, zone):
            runs = [_DAYS[first] if first == last else f"{_DAYS[first]}-{_DAYS[last]}" for first, last in days]
            return {"days": runs, "from": f"{opens:%H:%M}", "to": f"{closes:%H:%M}", "zone": zone}
        case ListChange(add, remove):
            return {"add": list(add), "remove": list(remove)}
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case date():
            return value.isoformat()
        case tuple():
            return [plain_value(item) for item in value]
    return dict(value) if isinstance(value, Mapping) else value
