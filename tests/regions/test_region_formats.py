"""Facts as readers of each language see them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from region_cases import BUILD_DATE, Load, cases, one_fact

from helpcenter.regions.formats import babel_locale, escape_markdown, territory_name, wording

if TYPE_CHECKING:
    from helpcenter.regions import Regions

IDS = {
    "duration": "returns.window",
    "money": "delivery.price",
    "percent": "tax.rate",
    "date": "tax.since",
    "currency": "pay.currency",
    "country": "made.country",
    "languages": "team.languages",
    "methods": "pay.methods",
    "hours": "team.hours",
    "text": "team.mail",
}


@pytest.mark.parametrize("case", cases("formats"))
def test_a_value_is_written_as_its_readers_write(load: Load, case: dict[str, Any]):
    fact_id = IDS[case["type"]]
    value = json.dumps(case["value"], default=str) if case["type"] != "date" else case["value"]
    regions, found = load({"XK.yml": one_fact(fact_id, value)})
    assert found == []
    assert regions is not None
    shown = {tag: regions.view("XK", BUILD_DATE, tag).write(fact_id, markup=False) for tag in case["shown"]}
    assert shown == case["shown"]


@pytest.mark.parametrize(
    "tag", ["tr", "ru", "de", "ar", "zh-CN", "pt-BR", "es", "fr", "it", "ja", "nl", "pl", "ko", "en"]
)
def test_working_days_have_every_plural_form(tag: str):
    forms = wording(tag).working_day
    assert forms is not None
    # CLDR counts a form for millions in the Romance languages; no working days are counted so.
    assert set(babel_locale(tag).plural_form.tags) - {"many"} <= set(forms) or tag in {"ru", "ar", "pl"}
    assert "other" in forms
    if tag in {"ru", "ar", "pl"}:
        assert set(babel_locale(tag).plural_form.tags) <= set(forms)


@pytest.mark.parametrize(
    ("tag", "known"), [("zh-CN", "zh_Hans_CN"), ("es-419", "es_419"), ("de-XX", "de"), ("xx-YY", "en"), ("qqq", "en")]
)
def test_any_tag_has_a_nearest_locale(tag: str, known: str):
    assert str(babel_locale(tag)) == known


@pytest.mark.parametrize(
    ("region", "tag", "name"),
    [("DE", "tr", "Almanya"), ("EU", "en", "European Union"), ("CA-QC", "en", "Canada"), ("GULF", "en", "GULF")],
)
def test_regions_have_names(region: str, tag: str, name: str):
    assert territory_name(region, tag) == name


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("3. x", "3&#46; x"),
        ("3.5", "3.5"),
        ("# x", "&#35; x"),
        ("+44 20", "+44 20"),
        ("+ x", "&#43; x"),
        ("= x", "&#61; x"),
        ("#1", "&#35;1"),
        ("---", "&#45;--"),
        ("!!! x", "&#33;!! x"),
        ("-5", "-5"),
        ("a & b", "a &#38; b"),
    ],
)
def test_beginnings_of_lines_are_escaped(text: str, escaped: str):
    assert escape_markdown(text) == escaped


def test_names_in_an_arabic_list_are_kept_clean(small: Regions):
    shown = small.view("DE", BUILD_DATE, "ar").write("pay.methods", markup=False)
    assert shown == "Visa وbank transfer وTroy"
