"""Structured data: made of facts, in the words of schema.org, and nothing that could not be shown to readers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from demo_project import DAY, REPOSITORY
from helpcenter.diagnostics import Place
from helpcenter.project import load_project
from helpcenter.regions import Duration, Fact, FactSpec, Kind, Money, OpeningHours, Regions, load_regions
from helpcenter.regions.facts import Address, Organization
from helpcenter.regions.settings import Conditions, Setting
from helpcenter.site.structured import Described, describe_page, make_claims

if TYPE_CHECKING:
    from built_pages import BuiltPage, Site

ON = date.fromisoformat(DAY)
SITE = ("Help", "https://help.example/en/")
SCHEMA = yaml.safe_load((Path(__file__).parent / "cases/structured_data.schema.yml").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())
SHOP = Organization(
    "Shop </script>", "https://shop.example/", "Shop GmbH", None, Address("Weg 1", "8010", "Graz", "AT")
)
RETURNS = Conditions(topic=("returns",))
TREE = {
    "001": None,
    "EU": "001",
    "DE": "EU",
    "FR": "EU",
    "IT": "EU",
    "US": "001",
    "US-CA": "US",
    "CA": "001",
    "CA-QC": "CA",
}
WORLD_FACTS = {
    "returns.window": Duration("days", 30, 30),
    "returns.cost": "buyer",
    "returns.carrier": "DHL",
    "delivery.standard.days": Duration("working_days", 2, 4),
    "delivery.standard.price": Money(Decimal("4.90"), "EUR"),
    "contact.email": "help@shop.example",
    "contact.languages": ("en", "de"),
}


def tree(**facts: dict[str, Any]) -> Regions:
    """Make regions with some facts; a name's underscore stands for its hyphen."""
    given = {"001": WORLD_FACTS} | {region.replace("_", "-"): values for region, values in facts.items()}
    entries = {
        region: {
            fact_id: (Fact(fact_id, "text", value, region, Place("x.yml", 1)),) for fact_id, value in values.items()
        }
        for region, values in given.items()
    }
    ids = {fact_id for values in given.values() for fact_id in values}
    registry = {fact_id: FactSpec(fact_id, "text", Kind.SHOP) for fact_id in ids}
    return replace(Regions(TREE, registry, entries, {}), organization=SHOP)


def page(kind: str = "policy", *topics: str, home: bool = False) -> Described:
    """Make a page."""
    return Described(kind, topics, home, "Title </script>", "What it says.", "https://help.example/en/p/", "en")


def shop_of(regions: Regions, region: str, kind: str, *topics: str, home: bool = False) -> dict[str, Any]:
    """Give what a page says of the shop."""
    found = describe_page(page(kind, *topics, home=home), make_claims(regions, region, ON), SITE)
    for one in found:
        VALIDATOR.validate(one)
    return next((one for one in found if one["@type"] == "OnlineStore"), {})


def returns(regions: Regions, region: str) -> list[dict[str, Any]]:
    """Give the return policies of a region."""
    policies: list[dict[str, Any]] = shop_of(regions, region, "policy", "returns")["hasMerchantReturnPolicy"]
    return policies


def conditions(regions: Regions, region: str) -> list[list[dict[str, Any]]]:
    """Give the conditions of each way of delivery to a region."""
    shop = shop_of(regions, region, "guide", "delivery")
    return [service["shippingConditions"] for service in shop.get("hasShippingService", [])]


# What is claimed


def test_a_return_policy():
    (policy,) = returns(tree(DE={"returns.label": "download", "refunds.processing": Duration("days", 3, 3)}), "DE")
    assert policy == {
        "@type": "MerchantReturnPolicy",
        "applicableCountry": ["DE"],
        "returnPolicyCategory": "https://schema.org/MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": 30,
        "returnMethod": "https://schema.org/ReturnByMail",
        "returnFees": "https://schema.org/ReturnFeesCustomerResponsibility",
        "returnLabelSource": "https://schema.org/ReturnLabelDownloadAndPrint",
        "refundType": "https://schema.org/FullRefund",
        "merchantReturnLink": "https://help.example/en/p/",
    }


def test_countries_of_a_group_share_a_policy_where_the_same_holds():
    policies = returns(tree(FR={"returns.cost": "shop"}), "EU")
    told = [(policy["applicableCountry"], policy["returnFees"].rpartition("/")[2]) for policy in policies]
    assert told == [(["DE", "IT"], "ReturnFeesCustomerResponsibility"), (["FR"], "FreeReturn")]


@pytest.mark.parametrize("region", ["001", "US-CA"])
def test_the_world_and_parts_of_countries_name_the_page_only(region: str):
    link = {"@type": "MerchantReturnPolicy", "merchantReturnLink": "https://help.example/en/p/"}
    assert returns(tree(), region) == [link]


@pytest.mark.parametrize(
    ("window", "days"),
    [
        (Duration("days", 14, 14), 14),
        (Duration("weeks", 2, 2), 14),
        (Duration("months", 1, 1), None),
        (Duration("working_days", 10, 10), None),
        (Duration("days", 14, 30), None),
        (None, None),
    ],
)
def test_only_whole_days_are_a_number_of_days(window: Duration | None, days: int | None):
    (policy,) = returns(tree(DE={"returns.window": window}), "DE")
    assert policy.get("merchantReturnDays") == days


def test_ways_of_delivery():
    regions = tree(
        DE={
            "delivery.express.days": Duration("days", 1, 1),
            "delivery.express.price": Money(Decimal("14.90"), "EUR"),
            "delivery.free_from": Money(Decimal(90), "EUR"),
        }
    )
    (standard, free), (express,) = conditions(regions, "DE")
    assert standard["shippingRate"] == {"@type": "MonetaryAmount", "value": "4.90", "currency": "EUR"}
    assert standard["shippingDestination"] == {"@type": "DefinedRegion", "addressCountry": "DE"}
    duration = standard["transitTime"]["duration"]
    assert (duration["minValue"], duration["maxValue"], duration["unitCode"]) == (2, 4, "DAY")
    assert [day.rpartition("/")[2] for day in standard["transitTime"]["businessDays"]] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday",
    ]  # fmt: skip
    assert free["orderValue"] == {"@type": "MonetaryAmount", "minValue": "90", "currency": "EUR"}
    assert free["shippingRate"]["value"] == "0"
    assert len(express["transitTime"]["businessDays"]) == 7


def test_delivery_that_is_not_offered():
    assert [len(one) for one in conditions(tree(), "EU")] == [3]
    assert conditions(tree(DE={"delivery.standard.price": None}), "DE") == []
    ((none,),) = conditions(tree(DE={"market.served": False}), "DE")
    assert none["doesNotShip"] is True
    assert returns(tree(DE={"market.served": False}), "DE")[0].keys() == {"@type", "merchantReturnLink"}
    assert conditions(tree(), "001") == []


def test_parts_of_countries_are_named_where_they_are_understood():
    ((there,),) = conditions(tree(), "US-CA")
    assert there["shippingDestination"] == {"@type": "DefinedRegion", "addressCountry": "US", "addressRegion": "CA"}
    assert conditions(tree(), "CA-QC") == []


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        (
            "Europe/Vienna",
            [("09:00:00+01:00", "2026-10-25", "2027-03-27"), ("09:00:00+02:00", "2027-03-28", "2027-10-30")],
        ),
        ("Europe/Istanbul", [("09:00:00+03:00", None, None)]),
        ("Asia/Kolkata", [("09:00:00+05:30", None, None)]),
        (
            "America/New_York",
            [("09:00:00-05:00", "2026-11-01", "2027-03-13"), ("09:00:00-04:00", "2027-03-14", "2027-11-06")],
        ),
    ],
)
def test_opening_hours_hold_through_changes_of_the_clock(zone: str, expected: list[tuple[str, str, str]]):
    row = OpeningHours(((0, 4), (6, 6)), time(9), time(17), zone)
    contact = shop_of(tree(DE={"contact.hours": (row,)}), "DE", "guide", "contact")["contactPoint"]
    told = [(one["opens"], one.get("validFrom"), one.get("validThrough")) for one in contact["hoursAvailable"]]
    assert told == expected
    assert [day.rpartition("/")[2] for day in contact["hoursAvailable"][0]["dayOfWeek"]] == [
        "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "topics", "home", "expected"),
    [
        ("index", (), True, {"contactPoint"}),
        ("index", (), False, None),
        ("guide", ("contact",), False, {"contactPoint"}),
        ("faq", ("contact",), False, None),
        ("policy", ("returns",), False, {"hasMerchantReturnPolicy"}),
        ("guide", ("returns",), False, None),
        ("policy", ("privacy", "returns"), False, None),
        ("guide", ("delivery", "orders"), False, {"hasShippingService"}),
        ("guide", ("customs", "delivery"), False, None),
        ("tutorial", ("delivery",), False, None),
    ],
)
def test_the_front_matter_decides(kind: str, topics: tuple[str, ...], home: bool, expected: set[str] | None):  # noqa: FBT001
    shop = shop_of(tree(), "DE", kind, *topics, home=home)
    found = {key for key in shop if key.startswith(("has", "contact"))}
    assert found == (expected or set())
    assert bool(shop) == (expected is not None)


def test_without_a_name_of_the_shop_only_the_article_is_left():
    claims = make_claims(replace(tree(), organization=None), "DE", ON)
    (article,) = describe_page(page("policy", "returns"), claims, SITE)
    assert article["@type"] == "Article"
    assert "publisher" not in article
    VALIDATOR.validate(article)


def test_a_page_says_to_machines_what_it_says_to_its_readers():
    """A value for pages about returns is told by those pages, and by no others."""
    regions = tree()
    exact = replace(
        regions.entries["001"]["returns.window"][0], value=Duration("days", 60, 60), when=RETURNS, region="DE"
    )
    regions = replace(regions, entries={**regions.entries, "DE": {"returns.window": (exact,)}})
    days = [
        make_claims(regions, "DE", ON, setting).returns[0]["merchantReturnDays"]
        for setting in (Setting("consumer", "policy", ("returns",)), Setting("consumer", "policy", ("privacy",)))
    ]
    assert days == [60, 30]


def test_an_article_tells_of_its_last_change():
    (article, _) = describe_page(
        page("policy", "returns")._replace(updated=date(2026, 7, 1)), make_claims(tree(), "DE", ON), SITE
    )
    assert article["dateModified"] == "2026-07-01"
    VALIDATOR.validate(article)


# The demo as it is built


def blocks(built: BuiltPage) -> list[dict[str, Any]]:
    """Give the structured data of a page."""
    return [json.loads(script.text) for script in built.root.xpath("//script[@type='application/ld+json']")]


@pytest.fixture(scope="module")
def rules() -> Regions:
    """Give the demo's rules."""
    regions, _ = load_regions(REPOSITORY / "locales/regions", REPOSITORY)
    assert regions is not None
    return regions


@pytest.mark.slow
def test_every_block_is_valid(site: Site):
    count = 0
    for built in site.html.values():
        for block in blocks(built):
            problems = [f"{built.path}: {error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(block)]
            assert not problems
            count += 1
    assert count > 100


@pytest.mark.slow
def test_pages_that_are_not_to_be_found_say_nothing(site: Site):
    hidden = [
        page for page in site.html.values() if page.values("//meta[@name='robots' and contains(@content, 'noindex')]")
    ]
    assert hidden
    assert [page.path for page in hidden if blocks(page)] == []


@pytest.mark.slow
def test_an_article_is_what_the_page_shows(site: Site):
    for built in site.pages():
        articles = [block for block in blocks(built) if block["@type"] == "Article"]
        is_listed = built.article.get("data-hc-type") in {"faq", "guide", "tutorial", "policy"}
        assert len(articles) == (is_listed and not built.is_fallback), built.path
        for article in articles:
            assert " ".join(article["headline"].split()) in built.text
            assert article["inLanguage"] == built.article.get("lang")
            assert [article["mainEntityOfPage"]] == built.values("//link[@rel='canonical']/@href")


@pytest.mark.slow
def test_values_are_those_of_the_region(site: Site, rules: Regions):
    """Read the facts again, in another way than the build does, and compare what each locale claims."""
    project = load_project(REPOSITORY)
    seen = set()
    for built in site.pages():
        for shop in (block for block in blocks(built) if block["@type"] == "OnlineStore"):
            region = project.locales[built.locale].region
            facts = {key: fact.value for key, fact in rules.resolve(region, ON).items()}
            assert rules.organization is not None
            assert shop["name"] == rules.organization.name
            seen |= {key for key in shop if key.startswith(("has", "contact"))}
            for policy in shop.get("hasMerchantReturnPolicy", []):
                _compare_returns(policy, facts, region)
            _compare_delivery(shop.get("hasShippingService", []), facts, region)
            if "contactPoint" in shop:
                _compare_contact(shop["contactPoint"], facts, region)
    assert seen == {"contactPoint", "hasMerchantReturnPolicy", "hasShippingService"}


def _compare_returns(policy: dict[str, Any], facts: dict[str, Any], region: str) -> None:
    if region == "001" or "-" in region:
        assert "applicableCountry" not in policy
        return
    assert policy["applicableCountry"] == [region]
    assert facts["returns.window"] == Duration("days", policy["merchantReturnDays"], policy["merchantReturnDays"])
    free = policy["returnFees"] == "https://schema.org/FreeReturn"
    assert free == (facts["returns.cost"] == "shop")


def _compare_delivery(services: list[dict[str, Any]], facts: dict[str, Any], region: str) -> None:
    for service, speed in zip(services, ("standard", "express"), strict=False):
        first, *more = service["shippingConditions"]
        price, days = facts[f"delivery.{speed}.price"], facts[f"delivery.{speed}.days"]
        rate, duration = first["shippingRate"], first["transitTime"]["duration"]
        assert (Decimal(rate["value"]), rate["currency"]) == (price.amount, price.currency)
        assert (duration["minValue"], duration["maxValue"]) == (days.low, days.high)
        assert (len(first["transitTime"]["businessDays"]) == 5) == (days.unit == "working_days")
        place = first["shippingDestination"]
        assert "-".join(filter(None, (place["addressCountry"], place.get("addressRegion")))) == region
        for free in more:
            assert Decimal(free["orderValue"]["minValue"]) == facts["delivery.free_from"].amount
    assert region != "001" or not services


def _compare_contact(contact: dict[str, Any], facts: dict[str, Any], region: str) -> None:
    assert contact.get("email") == facts["contact.email"]
    assert contact.get("telephone") == facts["contact.phone"]
    assert contact["availableLanguage"] == list(facts["contact.languages"])
    assert contact.get("areaServed") == (None if region == "001" else [region.partition("-")[0]])
    opens = {one["opens"][:5] for one in contact["hoursAvailable"]}
    assert opens == {f"{row.opens:%H:%M}" for row in facts["contact.hours"]}
