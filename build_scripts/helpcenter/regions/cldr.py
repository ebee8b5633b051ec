"""What CLDR knows of countries, and what has to be added to it.

Babel carries CLDR 49.  Where that is behind the law, or has no answer, :data:`OVERRIDES` has it, each line with its reason.
``tests/regions/test_region_cldr.py`` fails as soon as Babel knows one of them by itself, and says which line to delete.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

DIGITS = "latn"
"""The digits of every language, Arabic included: web shops in the Gulf write prices and phone numbers so, and a page that mixes
two sets of digits is hard to compare with an invoice.  CLDR has ``arab`` for ``ar_SA``, and Babel, asked for it, writes Arabic
separators between Latin digits (``5٫00``): so every number is written with this system by name."""


class Override(NamedTuple):
    """What Babel does not know of a country or group.

    Args:
        territory: ISO 3166 code, or the name of a group.
        matter: ``languages`` (official ones) or ``members`` (of a group).
        values: what is right.
        why: the law, or the state of things, and where it stands.
    """

    territory: str
    matter: str
    values: tuple[str, ...]
    why: str


_EUROPEAN_UNION = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU",
    "IE", "IT", "LT", "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip

OVERRIDES = (
    Override("US", "languages", ("en",), "English, by Executive Order 14224 of 2025-03-01"),
    Override("MX", "languages", ("es",), "Spanish, in use without a law that makes it the official language"),
    Override("AU", "languages", ("en",), "English, in use without a law that makes it the official language"),
    Override("EU", "members", _EUROPEAN_UNION, "Babel has no containment of territories; members since 2020-02-01"),
)
"""All that is added to CLDR."""


def tender_of(territory: str, on: date) -> tuple[str, ...]:
    """Give the currencies that are legal tender of a country on a day, by ISO 4217 code; none where nothing is known.

    Args:
        territory: ISO 3166 code; a part of a country (``CA-QC``) has its currency.
        on: the day.
    """
    from babel.numbers import get_territory_currencies  # noqa: PLC0415 - Babel costs 40 ms

    country = territory.split("-", maxsplit=1)[0]
    return tuple(get_territory_currencies(country, on, on, tender=True))


@cache
def official_languages(territory: str) -> tuple[str, ...]:
    """Give the official languages of a country and of its parts, by ISO 639 code; none where nothing is known."""
    from babel.languages import get_official_languages  # noqa: PLC0415 - Babel costs 40 ms

    country = territory.split("-", maxsplit=1)[0]
    known = get_official_languages(country, regional=True)
    added = _override(country, "languages")
    return tuple(dict.fromkeys((*added, *(language.split("_", maxsplit=1)[0] for language in known))))


def members_of(group: str) -> Collection[str]:
    """Give the countries of a group that is known by its name, such as ``EU``; none where it is the shop's own."""
    return frozenset(_override(group, "members"))


def _override(territory: str, matter: str) -> tuple[str, ...]:
    return next((one.values for one in OVERRIDES if (one.territory, one.matter) == (territory, matter)), ())
