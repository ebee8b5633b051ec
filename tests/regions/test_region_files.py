"""Region files: what holds where and when, and what is said of bad ones."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from region_cases import BUILD_DATE, Load, cases, one_fact

from helpcenter.diagnostics import Finding, as_text, known_codes
from helpcenter.regions import Regions, check_regions, check_used


def said(found: list[Finding]) -> list[str]:
    """Write findings as the cases do."""
    return [f"{str(one.place).removeprefix('locales/regions/')} {one.code} {one.message}" for one in found]


@pytest.mark.parametrize("case", cases("resolution"))
def test_the_nearest_valid_fact_wins(small: Regions, case: dict[str, Any]):
    fact = small.resolve(case["region"], case["day"])[case["id"]]
    assert (repr(fact.value), fact.region) == (case["value"], case["from"])


def test_the_tree(small: Regions):
    assert small.ids == ("001", "DE", "EU", "FR", "TR")
    assert small.chain("DE") == ("DE", "EU", "001")
    assert small.contains("EU", "FR")
    assert small.contains("TR", "TR")
    assert not small.contains("EU", "TR")
    with pytest.raises(KeyError):
        small.resolve("GB", BUILD_DATE)


def test_a_part_of_a_country_is_called_by_its_own_name(load: Load):
    files = {"DE-BY.yml": "parent: DE\nname: {en: Bavaria, de: Bayern}\n", "DE-HE.yml": "parent: DE\n"}
    regions, found = load(files)
    assert found == []
    assert regions is not None
    names = {
        (region, tag): regions.view(region, BUILD_DATE, tag).write("region.name", markup=False)
        for region in ("DE-BY", "DE-HE", "DE")
        for tag in ("de", "fr")
    }
    assert names == {
        ("DE-BY", "de"): "Bayern",
        ("DE-BY", "fr"): "Bavaria",
        ("DE-HE", "de"): "Deutschland",
        ("DE-HE", "fr"): "Allemagne",
        ("DE", "de"): "Deutschland",
        ("DE", "fr"): "Allemagne",
    }
    assert pickle.loads(pickle.dumps(regions)).names == regions.names  # noqa: S301 - our own


@pytest.mark.parametrize("case", cases("bad_files"))
def test_a_bad_file_is_explained(load: Load, case: dict[str, Any]):
    regions, found = load(case["files"])
    assert said(found) == case["findings"]
    assert (regions is None) == any(one.severity == "error" for one in found)
    assert {one.code for one in found} <= set(known_codes())
    if "label" in case:
        assert found[0].label == case["label"]
    if "help" in case:
        assert found[0].help == case["help"]


@pytest.mark.parametrize("case", cases("bad_values"))
def test_a_bad_value_is_explained(load: Load, case: dict[str, Any]):
    regions, found = load({"XK.yml": one_fact(case["id"], case["value"])})
    assert regions is None
    assert said(found) == [f"XK.yml:4:{line}" for line in case["findings"]]


def test_all_findings_come_at_once(load: Load):
    _, found = load(
        {
            "XK.yml": "parent: EUU\nfacts:\n  - {id: a.b, value: 1}\n  - {id: tax.rate, value: x}\n",
            "yy.yml": "parnt: 1\n",
        }
    )
    assert {one.code for one in found} == {
        "region-file-name",
        "region-unknown-fact",
        "region-unknown-parent",
        "region-value",
        "schema-missing-key",
        "schema-unknown-key",
        "region-unsourced",
    }


def test_a_finding_looks_as_the_design_shows(load: Load):
    fact = "  - id: pay.methods\n    owner: a\n    review_by: 2027-01-31\n    value:\n    - trroy\n"
    _, found = load({"XK.yml": f"parent: '001'\nfacts:\n{fact}"})
    assert as_text(found).replace("\x1b[0m", "").replace("\x1b[31m\x1b[1m", "") == (
        "error[region-unknown-payment]: payment method 'trroy' is not defined\n"
        " --> locales/regions/XK.yml:7:7\n"
        "  |\n"
        "7 |     - trroy\n"
        "  |       ^^^^^ did you mean 'troy'?\n"
        "  = help: defined methods: bank-transfer, mir, paypal, troy, visa"
    )


HEAD = """\
parent: "001"
defaults:
  shop: {owner: a, review_by: 2027-01-31}
  statute: {owner: b, review_by: 2027-01-31}
facts:
"""


def check(load: Load, facts: str, on: date = BUILD_DATE) -> list[str]:
    """Check one more region on a day."""
    regions, found = load({"XK.yml": HEAD + facts})
    assert found == []
    assert regions is not None
    return said(check_regions(regions, on))


def test_nothing_is_wrong_with_a_good_tree(small: Regions):
    assert check_regions(small, BUILD_DATE) == []


def test_a_fact_without_a_value_anywhere(load: Load):
    base = (Path(__file__).parent / "cases/shop.yml").read_text("utf-8")
    world = base.split("001.yml: |\n")[1].split("EU.yml: |")[0].replace("\n  ", "\n").removeprefix("  ")
    regions, _ = load({"001.yml": world.replace("- {id: pay.currency, value: EUR}", "")})
    assert regions is not None
    assert said(check_regions(regions, BUILD_DATE)) == [
        "001.yml region-fact-missing 001 has no value for pay.currency on 2026-11-22",
    ]


def test_a_fact_that_ended(load: Load):
    facts = "  - {id: tax.rate, value: 5, law: x, valid_to: 2026-11-21}\n"
    expected = ["XK.yml:6:10 region-fact-gap tax.rate of XK ended on 2026-11-21: the value of 001 is used"]
    assert check(load, facts) == expected


def test_a_fact_that_has_not_ended(load: Load):
    assert check(load, "  - {id: tax.rate, value: 5, law: x, valid_to: 2026-11-22}\n") == []


def test_a_fact_that_will_begin_is_no_gap(load: Load):
    assert check(load, "  - {id: tax.rate, value: 5, law: x, valid_from: 2026-11-23}\n") == []


def test_a_review_that_is_overdue(load: Load):
    facts = "  - {id: returns.cost, value: shop, review_by: 2026-11-21}\n"
    assert check(load, facts) == [
        "XK.yml:6:10 region-review-overdue returns.cost of XK was to be reviewed by 2026-11-21"
    ]


def test_a_review_due_today_is_not_overdue(load: Load):
    assert check(load, "  - {id: returns.cost, value: shop, review_by: 2026-11-22}\n") == []


@pytest.mark.parametrize(
    ("window", "law", "below"),
    [
        ("{days: 14}", "{days: 14}", False),
        ("{days: 13}", "{days: 14}", True),
        ("{weeks: 2}", "{days: 14}", False),
        ("{months: 1}", "{days: 30}", True),
        ("{months: 1}", "{days: 28}", False),
        ("{days: 14}", "{working_days: 10}", True),
        ("{days: 18}", "{working_days: 10}", False),
        ("{days: [10, 20]}", "{days: 14}", True),
        ("{days: 7}", "null", False),
    ],
)
def test_the_shop_gives_no_less_than_the_law(load: Load, window: str, law: str, below: bool):  # noqa: FBT001
    found = check(
        load, f"  - {{id: returns.window, value: {window}}}\n  - {{id: returns.days, value: {law}, law: x}}\n"
    )
    assert [line.split()[1] for line in found] == ["region-below-law"] * below


def test_the_shop_takes_no_longer_than_the_law(load: Load):
    facts = (
        "  - {id: refunds.time, value: {working_days: [5, 10]}}\n  - {id: refunds.limit, value: {days: 14}, law: x}\n"
    )
    assert check(load, facts) == [
        (
            "XK.yml:6:10 region-below-law in XK, refunds.time (5–10 working days) is more than refunds.limit allows "
            "(14 days)"
        ),
    ]


def test_what_is_inherited_is_said_once(load: Load):
    files = {
        "XK.yml": HEAD.replace('"001"', '"001"\nmembers: [SA]').replace("XK", "GULF")
        + "  - {id: returns.cost, value: shop, review_by: 2026-01-01}\n"
    }
    regions, found = load(files)
    assert found == []
    assert regions is not None
    assert len(check_regions(regions, BUILD_DATE)) == 1


def test_doubtful_facts_matter_when_they_are_used(load: Load):
    regions, found = load({"XK.yml": HEAD + "  - {id: tax.rate, value: 5, law: x, confidence: low}\n"})
    assert found == []
    assert regions is not None
    assert check_used(regions, "XK", {"returns.cost"}, BUILD_DATE) == []
    used = check_used(regions, "XK", {"tax.rate", "region.name"}, BUILD_DATE)
    assert said(used) == [
        "XK.yml:6:10 region-low-confidence tax.rate of XK is shown to readers in XK, and nobody is sure of it"
    ]


def test_doubt_about_a_parent_s_list_is_inherited(load: Load):
    files = {
        "GULF.yml": HEAD.replace("defaults", "members: [XK]\ndefaults")
        + "  - {id: pay.methods, value: {add: [mir]}, confidence: low}\n",
        "XK.yml": HEAD.replace('"001"', "GULF") + "  - {id: pay.methods, value: {add: [troy]}}\n",
    }
    regions, found = load(files)
    assert found == []
    assert regions is not None
    assert len(check_used(regions, "XK", {"pay.methods"}, BUILD_DATE)) == 1


@pytest.mark.parametrize(
    ("region", "tag", "used", "message"),
    [
        ("DE", "de-AT", "tax.name", None),
        ("DE", "fr", "tax.name", "tax.name of EU has no text for fr"),
        ("DE", "de", "pay.methods", None),
        ("DE", "fr", "pay.methods", "payment method 'bank-transfer' has no name for fr"),
        ("TR", "fr", "pay.methods", None),
        ("DE", "fr", "refunds.time", None),
        (
            "DE",
            "sv",
            "refunds.time",
            "refunds.time is in working days, and there is no wording for them in sv: readers are told more days",
        ),
        ("DE", "sv", "returns.days", None),
    ],
)
def test_texts_of_another_language_are_reported(small: Regions, region: str, tag: str, used: str, message: str | None):
    found = check_used(small, region, {used}, BUILD_DATE, tag=tag)
    assert [one.message for one in found] == ([message] if message else [])


def test_a_name_of_a_region_in_another_language_is_reported(load: Load):
    regions, found = load(
        {"CA.yml": 'parent: "001"\nfacts: []\n', "CA-QC.yml": "parent: CA\nname: {en: Quebec, fr: Québec}\nfacts: []\n"}
    )
    assert found == []
    assert regions is not None
    assert check_used(regions, "CA-QC", {"region.name"}, BUILD_DATE, tag="fr-CA") == []
    (one,) = check_used(regions, "CA-QC", {"region.name"}, BUILD_DATE, tag="de")
    assert (one.code, one.message) == ("region-text-language", "CA-QC has no name for de")
    assert one.place.path.endswith("CA-QC.yml")


def test_the_project_s_own_regions_hold(pellavo: Regions):
    assert check_regions(pellavo, BUILD_DATE) == []
    for region in pellavo.ids:
        assert set(pellavo.resolve(region, BUILD_DATE)) == set(pellavo.registry)


def test_the_project_s_own_facts_have_texts_for_its_locales(pellavo: Regions):
    locales = {
        "en": "001",
        "tr": "TR",
        "ru": "RU",
        "de": "DE",
        "de-AT": "AT",
        "de-CH": "CH",
        "ar": "SA",
        "zh-CN": "CN",
        "pt-BR": "BR",
        "es": "ES",
    }
    locales |= {"en-GB": "GB", "en-US": "US"}
    for tag, region in locales.items():
        assert check_used(pellavo, region, pellavo.registry, BUILD_DATE, tag=tag) == []


def test_dates_of_the_project_s_own_facts(pellavo: Regions):
    def value(region: str, fact: str, day: str) -> object:
        return pellavo.resolve(region, date.fromisoformat(day))[fact].value

    assert value("DE", "returns.online_function", "2026-06-18") is False
    assert value("DE", "returns.online_function", "2026-06-19") is True
    assert value("US", "import.duty.threshold", "2025-08-28") is not None
    assert value("US", "import.duty.threshold", "2025-08-29") is None
    assert value("TR", "import.terms", "2026-02-05") == "DAP"
    assert value("TR", "import.terms", "2026-02-06") == "DDP"


def test_what_the_sources_say_is_kept(pellavo: Regions):
    source = pellavo.sources["eu-duty-2026"]
    assert source.url.startswith("https://globalimportblog.bakermckenzie.com/")
    assert source.seen == "2026-07-02"
    assert pellavo.sources["eu-withdrawal-function"].seen == "2026"
    assert pickle.loads(pickle.dumps(pellavo)).sources == pellavo.sources  # noqa: S301 - our own


def test_rules_that_were_kept_sign_pages_as_those_that_were_read(pellavo: Regions):
    kept = pickle.loads(pickle.dumps(pellavo))  # noqa: S301 - our own
    for region in pellavo.ids:
        views = [rules.view(region, BUILD_DATE, "fr") for rules in (pellavo, kept)]
        assert views[0].fingerprint() == views[1].fingerprint(), region
