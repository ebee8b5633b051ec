"""What changes when: days, values, ends and reviews, and who would notice."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from region_cases import BUILD_DATE, CASES, Load, cases

from helpcenter.regions.changes import (
    change_days,
    find_changes,
    find_endings,
    find_reviews,
    is_shown,
    split_days,
)

if TYPE_CHECKING:
    from helpcenter.regions import Fact, Regions

SHOP: dict[str, str] = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def edited(edits: dict[str, list[str]]) -> dict[str, str]:
    """Give files of the small shop with one text each exchanged."""
    files = {}
    for name, (old, new) in edits.items():
        assert SHOP[name].count(old) == 1, old
        files[name] = SHOP[name].replace(old, new)
    return files


def value(fact: Fact | None) -> str:
    return "nothing" if fact is None else repr(fact.value)


@pytest.mark.parametrize("case", cases("changes"))
def test_what_changes_when(load: Load, case: dict[str, Any]):
    regions, _ = load(edited(case.get("files", {})))
    assert regions is not None
    found = find_changes(regions, case["region"], case["ids"])
    assert [f"{one.day} {one.id} {value(one.before)} → {value(one.after)}" for one in found] == case["changes"]
    assert {one.region for one in found} <= {case["region"]}
    # Nothing changes between the days that are named.
    named = {one.day for one in found}
    for one in found:
        assert find_changes(regions, case["region"], case["ids"], after=one.day - timedelta(1), until=one.day)
    assert named <= set(change_days(regions, case["region"], case["ids"]))


def test_changes_are_asked_for_between_days(small: Regions):
    first, second = date(2020, 7, 1), date(2021, 1, 1)
    assert [one.day for one in find_changes(small, "DE", {"tax.rate"}, after=first)] == [second]
    assert [one.day for one in find_changes(small, "DE", {"tax.rate"}, until=first)] == [first]
    assert find_changes(small, "DE", {"tax.rate"}, after=first, until=second - timedelta(1)) == ()
    with pytest.raises(KeyError):
        find_changes(small, "GB")


def test_values_that_end_without_one_that_follows(load: Load):
    edits = {
        "EU.yml": [
            "{id: returns.days, value: {days: 14}, law: Dir. 2011/83/EU}",
            "{id: returns.days, value: {days: 14}, law: Dir. 2011/83/EU, valid_to: 2027-06-30}",
        ],
        "DE.yml": [
            "{id: tax.rate, value: 19, valid_from: 2021-01-01, law: UStG}",
            "{id: tax.rate, value: 19, valid_from: 2021-01-01, valid_to: 2026-11-21, law: UStG}",
        ],
    }
    regions, _ = load(edited(edits))
    assert regions is not None
    (found,) = find_endings(regions, BUILD_DATE)
    assert (found.fact.id, found.fact.region, found.fact.valid_to) == ("returns.days", "EU", date(2027, 6, 30))
    assert found.instead is not None
    assert (found.instead.region, found.instead.value) == ("001", None)
    assert find_endings(regions, BUILD_DATE, date(2027, 6, 29)) == ()
    # What has ended before the day is told by the check; on the day itself it still holds.
    assert [one.fact.id for one in find_endings(regions, date(2026, 11, 21))] == ["tax.rate", "returns.days"]


def test_reviews_that_fall_due(load: Load):
    edits = {
        "TR.yml": [
            "{id: tax.rate, value: 20, law: Law 3065}",
            "{id: tax.rate, value: 20, law: x, review_by: 2026-12-01}",
        ]
    }
    regions, _ = load(edited(edits))
    assert regions is not None
    assert [(fact.region, fact.id) for fact in find_reviews(regions, date(2026, 12, 1))] == [("TR", "tax.rate")]
    assert find_reviews(regions, date(2026, 11, 30)) == ()
    assert len(find_reviews(regions, date(2027, 1, 31))) == sum(
        len(facts) for entries in regions.entries.values() for facts in entries.values()
    )


@pytest.mark.parametrize("case", cases("noticed"))
def test_only_what_readers_would_notice_counts(load: Load, case: dict[str, Any]):
    regions, _ = load(edited(case["files"]))
    assert regions is not None
    day = case["day"]
    before, after = (regions.view(case["region"], on, "en") for on in (day - timedelta(1), day))
    changes = find_changes(regions, case["region"], after=day - timedelta(1), until=day)
    noticed = [one.id for one in changes if is_shown(one, case["page"], before, after, name="page.md")]
    assert noticed == case["noticed"]


@given(days=st.sets(DAYS, max_size=6), since=DAYS, on=DAYS)
def test_days_are_cut_into_parts_without_gaps(days: set[date], since: date, on: date):
    parts = split_days(days, since, on)
    if since > on:
        assert parts == ()
        return
    assert parts[0][0] == since
    assert parts[-1][1] == on
    assert all(first <= last for first, last in parts)
    assert [last + timedelta(1) for _, last in parts[:-1]] == [first for first, _ in parts[1:]]
    assert {first for first, _ in parts[1:]} == {day for day in days if since < day <= on}
