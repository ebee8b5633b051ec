"""The page with every fact of every region."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from region_cases import BUILD_DATE, Load

from helpcenter.regions import Source
from helpcenter.regions.matrix import write_matrix

if TYPE_CHECKING:
    from helpcenter.regions import Regions


def row(page: str, table: str, region: str) -> str:
    """Give the row of a region in the table with a fact."""
    lines = page[page.index(f"`{table}`") :].splitlines()
    return next(line for line in lines if line.startswith(f"| **{region}** "))


def test_every_fact_and_region_is_there(small: Regions):
    page = write_matrix(small, BUILD_DATE)
    for fact_id in small.registry:
        assert (f"`{fact_id}`" in page) == (fact_id != "region.name")
    for table in re.split(r"\n\n(?=\|  \| `)", page)[1:]:
        # FR has no file of its own, and is named with its group.
        assert {region for region in ("001", "EU", "DE", "TR") if re.search(rf"\b{region}\b", table)} == {
            "001",
            "EU",
            "DE",
            "TR",
        }
    assert "European Union (also FR)" in page


def test_cells_say_what_vouches_for_them(small: Regions):
    page = write_matrix(small, BUILD_DATE)
    assert "14 days<br><sub>high · 10 mo</sub>" in row(page, "returns.days", "TR")
    assert "14 days<br><sub>high · law</sub>" in row(page, "returns.days", "EU")
    assert "**null**<br><sub>high · unsourced</sub>" in row(page, "returns.days", "001")
    assert "30 days<br><sub>as 001</sub>" in row(page, "returns.days", "EU")
    assert "as EU: DE" in page


@pytest.mark.parametrize(
    ("seen", "age"),
    [
        ("2026-11-22", "0 mo"),
        ("2026-10-23", "0 mo"),
        ("2026-10-22", "1 mo"),
        ("2025-11-22", "12 mo"),
        ("2026-06", "5 mo"),
        ("2024", "34 mo"),
        ("undated", "undated"),
        ("2027-01-01", "undated"),
        ("2026-13-01", "undated"),
    ],
)
def test_age_is_that_of_the_newest_source(small: Regions, seen: str, age: str):
    changed = replace(small, sources={"gazette": Source("gazette", "https://law.example/", seen)}, _resolved={})
    assert f"14 days<br><sub>high · {age}</sub>" in row(write_matrix(changed, BUILD_DATE), "returns.days", "TR")


def test_what_is_overdue_comes_first(small: Regions):
    assert "Nothing." in write_matrix(small, BUILD_DATE)
    late = write_matrix(small, date(2027, 2, 1))
    assert "| **TR** | `returns.days` | review due 2027-01-31 | law@x.example |" in late


def test_values_of_some_pages_stand_below_those_of_all(load: Load):
    when = "  - {id: returns.window, value: {days: 60}, when: {audience: [business]}}\n"
    head = "parent: EU\ndefaults: {shop: {owner: a@x.example, review_by: 2027-01-31}}\nfacts:\n"
    regions, findings = load({"FR.yml": head + when})
    assert regions is not None, findings
    cell = "60 days<br><sub>high · own · only for audience business</sub>"
    assert f"30 days<br><sub>as 001</sub><br>{cell}" in row(write_matrix(regions, BUILD_DATE), "returns.window", "FR")


def test_the_page_is_the_same_each_time(pellavo: Regions):
    assert write_matrix(pellavo, BUILD_DATE) == write_matrix(replace(pellavo, _resolved={}), BUILD_DATE)
