"""What is added to CLDR: right, needed, and in one place."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from babel.core import get_global
from babel.languages import get_official_languages
from babel.numbers import format_currency
from region_cases import BUILD_DATE

from helpcenter.regions.cldr import DIGITS, OVERRIDES, Override, members_of, official_languages, tender_of

if TYPE_CHECKING:
    from helpcenter.regions import Regions


def known_to_babel(one: Override) -> bool:
    """Tell whether Babel says the same by itself."""
    if one.matter == "languages":
        return set(get_official_languages(one.territory)) >= set(one.values)
    # CLDR has it in `territoryContainment`; a table that Babel does not have is an empty one.
    return bool(get_global("territory_containment"))  # type: ignore[arg-type] # Babel 2.19 has no such table


@pytest.mark.parametrize("one", OVERRIDES, ids=lambda one: f"{one.territory}-{one.matter}")
def test_an_addition_is_still_needed(one: Override):
    assert not known_to_babel(one), (
        f"Babel knows it now: delete Override({one.territory!r}, {one.matter!r}, …) from regions/cldr.py"
    )


def test_babel_still_mixes_digits_and_separators_of_arabic():
    asked = format_currency(5, "SAR", locale="ar_SA", numbering_system="default")
    assert "5٫00" in asked, "Babel writes Arabic digits when it is asked: say so at DIGITS in regions/cldr.py"
    assert "5.00" in format_currency(5, "SAR", locale="ar_SA", numbering_system=DIGITS)


@pytest.mark.parametrize(
    ("territory", "day", "currencies"),
    [
        ("BG", date(2025, 12, 31), ("BGN",)),
        ("BG", date(2026, 1, 31), ("BGN", "EUR")),
        ("BG", date(2026, 2, 1), ("EUR",)),
        ("HR", date(2022, 12, 31), ("HRK",)),
        ("HR", date(2023, 1, 15), ("EUR",)),
        ("CA-QC", BUILD_DATE, ("CAD",)),
        ("NO", BUILD_DATE, ("NOK",)),
        ("GULF", BUILD_DATE, ()),
    ],
)
def test_legal_tender(territory: str, day: date, currencies: tuple[str, ...]):
    assert tender_of(territory, day) == currencies


@pytest.mark.parametrize(
    ("territory", "languages"),
    [("US", "en"), ("MX", "es"), ("AU", "en"), ("CA-QC", "fr"), ("BE", "nl"), ("NO", "no"), ("ES", "ca"), ("IN", "hi")],
)
def test_official_languages(territory: str, languages: str):
    assert languages in official_languages(territory)


def test_the_members_of_the_european_union(pellavo: Regions):
    assert len(members_of("EU")) == 27
    assert members_of("EFTA") == frozenset()
    assert {region for region, parent in pellavo.tree.items() if parent == "EU"} == members_of("EU")
