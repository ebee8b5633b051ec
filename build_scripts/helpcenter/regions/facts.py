"""Facts and the kinds of values they hold."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import time

    from helpcenter.diagnostics import Place
    from helpcenter.regions.settings import Conditions


class Kind(StrEnum):
    """Who decides a fact."""

    STATUTE = "statute"
    """The law of the region: needs a law or a source."""
    SHOP = "shop"
    """The shop itself."""


class Confidence(StrEnum):
    """How sure the owner of a fact is; in rising order of doubt."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


LIST_TYPES = frozenset({"methods", "languages", "choices"})
"""Types whose values are lists, which regions may change with ``add`` and ``remove``."""

SILENT_TYPES = frozenset({"boolean", "choice", "choices", "holidays"})
"""Types that decide what is shown and are never shown themselves."""

REGION_NAME = "region.name"
"""The one fact that no file holds: the name of the region, from CLDR; null for the whole world."""

MARKET = "market.served"
"""The fact that tells where the shop sells, in registries that have it."""

UNITS = ("hours", "days", "working_days", "weeks", "months", "years")


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time, or a range of lengths.

    Args:
        unit: one of :data:`UNITS`.
        low: the (shortest) number of units.
        high: the longest number of units; equal to ``low`` where there is no range.
    """

    unit: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Money:
    """An amount.

    Args:
        amount: in whole units of the currency, with its decimals.
        currency: ISO 4217 code.
    """

    amount: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When somebody is there.

    Args:
        days: runs of days, each (first, last), 0 is Monday; a single day is (n, n).
        opens: local time.
        closes: local time.
        zone: IANA name of the time zone the times are meant in.
    """

    days: tuple[tuple[int, int], ...]
    opens: time
    closes: time
    zone: str


@dataclass(frozen=True, slots=True)
class Holidays:
    """Whose public holidays are kept; which days they are is known to the library ``holidays``.

    Args:
        country: ISO 3166 code.
        subdivision: as the library names it (its ISO 3166-2 code without the country), or None for the whole country.
    """

    country: str
    subdivision: str | None = None


@dataclass(frozen=True, slots=True)
class ListChange:
    """How a region changes the list of its parent.

    Args:
        add: goes to the end, in this order.
        remove: is left out.
    """

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


Value = (
    None
    | bool
    | str
    | date
    | Decimal
    | Duration
    | Money
    | ListChange
    | Holidays
    | Mapping[str, str]
    | tuple[str, ...]
    | tuple[OpeningHours, ...]
)
"""What a fact may hold. A text is a ``str`` (the same in all languages) or a mapping from language tag to text."""


@dataclass(frozen=True, slots=True)
class FactSpec:
    """What the registry says about a fact id.

    Args:
        id: dotted.
        type: duration, money, percent, number, date, boolean, choice, choices, text, url, currency, country, languages,
            methods, carrier, hours, holidays or territory (the built-in one).
        kind: who decides.
        nullable: whether "there is none" is a valid answer.
        description: one sentence for the person who fills it in.
        choices: of a ``choice`` or ``choices``; where it is compared, from the least to the most generous to customers.
        at_least: id of the fact this one must not fall below.
        at_most: id of the fact this one must not exceed.
        label: language tag → what customers call it; empty where no component shows it.
    """

    id: str
    type: str
    kind: Kind
    nullable: bool = False
    description: str = ""
    choices: tuple[str, ...] = ()
    at_least: str | None = None
    at_most: str | None = None
    label: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a region, with everything that vouches for it.

    Args:
        id: dotted.
        type: as in :class:`FactSpec`.
        value: None says explicitly that there is none.
        region: whose file says so.
        place: where it is written.
        valid_from: first day, or None for "always so far".
        valid_to: last day, or None for "until further notice".
        law: the rule it comes from.
        sources: addresses, or keys of ``sources.yml``.
        confidence: how sure the owner is.
        owner: address of the person or team that answers for it.
        review_by: day after which somebody must look again.
        note: for colleagues; never published.
        when: on which pages the value holds; None for all.
    """

    id: str
    type: str
    value: Value
    region: str
    place: Place
    valid_from: date | None = None
    valid_to: date | None = None
    law: str | None = None
    sources: tuple[str, ...] = ()
    confidence: Confidence = Confidence.HIGH
    owner: str | None = None
    review_by: date | None = None
    note: str | None = None
    when: Conditions | None = None

    @property
    def holds(self) -> bool:
        """Tell whether ``{% has %}`` shows its text: the fact is there, is not "no", and is no list without items."""
        return self.value is not None and self.value is not False and self.value != ()

    def valid(self, on: date) -> bool:
        """Tell whether the fact holds on a day; both ends belong to it."""
        return (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Method:
    """A payment method.

    Args:
        id: as region files name it.
        name: of a brand, the same in every language that ``names`` does not hold; None for a generic method.
        names: language tag → name.
        descriptions: language tag → one sentence for customers; empty where there is none.
    """

    id: str
    name: str | None
    names: Mapping[str, str]
    descriptions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who brings parcels.

    Args:
        id: as region files name it.
        name: of the brand, the same in every language that ``names`` does not hold; None for a generic one.
        names: language tag → name.
        tracking: address of the page where a parcel can be followed, or None.
    """

    id: str
    name: str | None
    names: Mapping[str, str]
    tracking: str | None = None


@dataclass(frozen=True, slots=True)
class Address:
    """Where the shop sits.

    Args:
        street: with the number.
        postal_code: of the city.
        city: of the street.
        country: ISO 3166 code.
        region: state or province where the address needs one.
    """

    street: str
    postal_code: str
    city: str
    country: str
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """Who the shop is.

    Args:
        name: as customers know it.
        url: of the shop.
        legal_name: as registers know it, or None.
        logo: address of an image, or None.
        address: where it sits, or None.
    """

    name: str
    url: str
    legal_name: str | None = None
    logo: str | None = None
    address: Address | None = None


def is_any_of(fact: Fact, values: Collection[str]) -> bool:
    """Tell whether ``{% when %}`` shows its text: the fact is one of these choices, or one of them is among its choices."""
    return any(value in values for value in (fact.value if isinstance(fact.value, tuple) else (fact.value,)))


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts were read.

    Args:
        key: as region files name it.
        url: address.
        seen: the day, the month or the year it was read, as written; ``undated`` where nobody noted it.
        what: what stands there, in a few words.
    """

    key: str
    url: str
    seen: str
    what: str = ""


def nearest_text(texts: Mapping[str, str], tag: str, source_language: str = "en") -> tuple[str, bool]:
    """Choose the text for a language tag: the tag itself, then ever shorter, then the source language.

    Returns:
        the text, and whether it is in the language asked for.
    """
    if tag in texts:
        return texts[tag], True
    lowered = {key.lower(): text for key, text in texts.items()}
    parts = tag.lower().split("-")
    for size in range(len(parts), 0, -1):
        text = lowered.get("-".join(parts[:size]))
        if text is not None:
            return text, True
    # A reader of German is served by a text marked de-AT as well, before being sent to another language.
    for key, text in lowered.items():
        if key.split("-")[0] == parts[0]:
            return text, True
    return lowered.get(source_language, next(iter(lowered.values()), "")), False
