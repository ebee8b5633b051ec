"""Why a region has the value it has, and where two regions differ."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from region_cases import BUILD_DATE, Load, cases

from helpcenter.regions.explanation import compare_regions, explain_fact, find_facts, sources_of
from helpcenter.regions.notation import describe_value, plain_value
from helpcenter.regions.settings import Setting

if TYPE_CHECKING:
    from helpcenter.regions import Regions


@pytest.mark.parametrize("case", cases("explanations"))
def test_what_became_of_each_rule(small: Regions, case: dict[str, Any]):
    one = explain_fact(small, case["fact"], case["region"], case["day"])
    assert one.fact is not None
    assert describe_value(one.fact, "en", small) == case["value"]
    told = [
        [rule.fact.region, str(rule.standing), describe_value(rule.fact, "en", small)]
        + ([rule.winner] if rule.winner else [])
        for rule in one.rules
    ]
    assert told == case["rules"]


@given(data=st.data())
def test_the_rule_that_holds_is_the_value(pellavo: Regions, data: st.DataObject):
    region = data.draw(st.sampled_from(pellavo.ids))
    fact_id = data.draw(st.sampled_from(sorted(pellavo.registry)))
    on = data.draw(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
    one = explain_fact(pellavo, fact_id, region, on)
    holding = [rule for rule in one.rules if rule.standing == "holds"]
    parts = [rule for rule in one.rules if rule.standing == "is part"]
    assert len(holding) <= 1
    assert not (holding and parts)
    if holding and one.fact is not None:
        assert one.fact.value == holding[0].fact.value
    for rule in one.rules:
        assert json.dumps(plain_value(rule.fact.value))
        assert describe_value(rule.fact, "en", pellavo)


def test_a_name_means_a_fact_or_all_below_it(small: Regions):
    assert find_facts(small, "returns.days") == ["returns.days"]
    assert find_facts(small, "tax") == ["tax.name", "tax.rate", "tax.since"]
    assert find_facts(small, "tax.r") == []


def test_sources_are_those_of_the_table_and_addresses(small: Regions):
    fact = small.resolve("TR", BUILD_DATE)["returns.days"]
    (source,) = sources_of(fact, small)
    assert (source.url, source.seen) == ("https://law.example/gazette", "2026-01-01")


def test_two_regions_differ_where_their_values_do(small: Regions):
    found = {one.id for one in compare_regions(small, "DE", "FR", BUILD_DATE) if one.is_one}
    assert found == {"delivery.price", "pay.methods", "tax.rate"}
    assert not any(one.is_one for one in compare_regions(small, "FR", "EU", BUILD_DATE))
    assert not any(one.id == "region.name" for one in compare_regions(small, "DE", "FR", BUILD_DATE))


def test_values_are_written_as_files_write_them(small: Regions):
    facts = {fact.id: fact.value for region in small.entries.values() for facts in region.values() for fact in facts}
    assert plain_value(facts["refunds.time"]) == {"working_days": [2, 3]}
    assert plain_value(facts["team.hours"]) == [
        {"days": ["mon-fri"], "from": "09:00", "to": "17:00", "zone": "Europe/Vienna"}
    ]
    assert plain_value(small.resolve("001", BUILD_DATE)["delivery.price"].value) == {
        "amount": "24.90",
        "currency": "EUR",
    }
    assert plain_value(date(2026, 7, 1)) == "2026-07-01"


CONDITIONAL = """parent: "001"
defaults: {shop: {owner: a@x.example, review_by: 2027-01-31}}
facts:
  - {id: returns.window, value: {days: 45}}
  - {id: returns.window, value: {days: 60}, when: {audience: [business]}}
  - {id: returns.window, value: {days: 90}, when: {audience: [business], topic: [returns]}}
  - {id: pay.methods, value: {add: [troy]}, when: {topic: [payments]}}
"""


@pytest.mark.parametrize(
    ("fact_id", "setting", "value", "rules"),
    [
        (
            "returns.window",
            Setting(),
            "45 days",
            ["holds 45 days", "on some pages 60 days", "on some pages 90 days", "overridden 30 days TR"],
        ),
        (
            "returns.window",
            Setting("business"),
            "60 days",
            ["overridden 45 days TR", "holds 60 days", "on some pages 90 days", "overridden 30 days TR"],
        ),
        (
            "returns.window",
            Setting("business", "policy", ("returns",)),
            "90 days",
            ["overridden 45 days TR", "overridden 60 days TR", "holds 90 days", "overridden 30 days TR"],
        ),
        ("pay.methods", Setting(), "Visa and PayPal", ["on some pages +troy", "holds Visa and PayPal"]),
        (
            "pay.methods",
            Setting("consumer", "guide", ("payments",)),
            "Visa, PayPal, and Troy",
            ["is part +troy", "is part Visa and PayPal"],
        ),
    ],
)
def test_the_page_decides_between_values(load: Load, fact_id: str, setting: Setting, value: str, rules: list[str]):
    regions, findings = load({"TR.yml": CONDITIONAL})
    assert regions is not None, findings
    one = explain_fact(regions, fact_id, "TR", BUILD_DATE, setting)
    assert one.fact is not None
    assert describe_value(one.fact, "en", regions) == value
    told = [f"{rule.standing} {describe_value(rule.fact, 'en', regions)} {rule.winner}".strip() for rule in one.rules]
    assert sorted(told) == sorted(rules)
