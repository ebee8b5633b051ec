"""Texts of region files: which ones are translated in catalogs, and where those count."""

from __future__ import annotations

import io
import tomllib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from babel.messages.extract import extract
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.catalog.keys import join_key, split_key
from helpcenter.project import load_project
from helpcenter.project.yamlfile import parse_yaml
from helpcenter.regions import regions_sheet
from helpcenter.regions.texts import extract_yaml, find_texts
from project_cases import AS_OF, Run, edit, write

if TYPE_CHECKING:
    from helpcenter.catalog import Sheet

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases/texts.yml").read_text("utf-8"))
METHODS = """\
methods:
  visa: {name: Visa}
  troy: {name: Troy}
  bank-transfer: {names: {en: bank transfer, de: Überweisung}}
"""
SAYS = """\
---
title: Pay
---

You can pay by {{ payments.methods }}; the tax is called {{ tax.name }}.
"""


def named(text: str, name: str) -> io.BytesIO:
    file = io.BytesIO(text.encode())
    file.name = name
    return file


@pytest.mark.parametrize("case", CASES, ids=[case["what"] for case in CASES])
def test_babel_finds_the_texts(case: dict[str, Any]):
    found = extract(extract_yaml, named(case["yaml"], f"locales/regions/{case['file']}"), {"pgettext": ((1, "c"), 2)})
    assert [[line, context, text] for line, text, _, context in found] == case["texts"]


def test_pybabel_knows_the_extractor_by_its_name():
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))["project"]
    module, _, function = project["entry-points"]["babel.extractors"]["helpcenter"].partition(":")
    assert getattr(import_module(module), function) is extract_yaml


KEYS = st.sampled_from(["facts", "methods", "markets", "label", "id", "value", "names", "en", "de", "x"])
VALUES = st.recursive(
    st.none() | st.integers() | st.sampled_from(["a", "tax.name"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, VALUES, max_size=3), st.sampled_from(["methods.yml", "EU.yml", "facts.yml", "shop.yml"]))
def test_nothing_that_stands_in_a_file_stops_the_search(data: dict[str, Any], name: str):
    for text in find_texts(parse_yaml(yaml.safe_dump(data), name)):
        assert all(isinstance(words, str) for words in text.texts.values())


@pytest.fixture
def shop(project_folder: Path) -> Path:
    """Give the small shop with a payment method by bank, a tax with a name, and a page that says both."""
    regions = project_folder / "locales/regions"
    facts = (regions / "facts.yml").read_text("utf-8") + (
        "  payments.methods: {type: methods, kind: shop, description: How to pay.}\n"
        "  tax.name: {type: text, kind: statute, description: Name of the tax.}\n"
    )
    world = (regions / "001.yml").read_text("utf-8") + (
        "  - {id: payments.methods, value: [visa, bank-transfer]}\n"
        "  - {id: tax.name, value: {en: sales tax, de: Steuer}, law: None}\n"
    )
    write(
        project_folder,
        {
            "locales/regions/methods.yml": METHODS,
            "locales/regions/facts.yml": facts,
            "locales/regions/001.yml": world,
            "content/guides/pay.md": SAYS,
        },
    )
    return project_folder


def sheet_of(folder: Path) -> Sheet:
    sheet = regions_sheet(load_project(folder))
    assert sheet is not None
    return sheet


def wanted(folder: Path, tag: str) -> list[tuple[str, str]]:
    project = load_project(folder)
    return [split_key(one.msgid)[1::-1] for one in sheet_of(folder).sources(project.locales[tag], None)]


def test_a_language_is_asked_for_what_the_files_do_not_say_in_it(shop: Path):
    assert wanted(shop, "tr") == [("tax.name", "sales tax"), ("bank-transfer", "bank transfer")]
    assert wanted(shop, "de") == wanted(shop, "de-AT") == wanted(shop, "en") == []


def test_a_text_of_another_region_or_behind_a_nearer_one_is_not_asked_for(shop: Path):
    write(shop, {"locales/regions/TR.yml": 'parent: "001"\nfacts:\n  - {id: tax.name, value: KDV, law: Law 3065}\n'})
    assert wanted(shop, "tr") == [("bank-transfer", "bank transfer")]
    # One that ends lets the text around it hold again.
    edit(shop, "locales/regions/TR.yml", "value: KDV", "value: KDV, valid_to: 2030-01-01")
    assert wanted(shop, "tr") == [("tax.name", "sales tax"), ("bank-transfer", "bank transfer")]
    write(shop, {"locales/regions/DE.yml": "parent: EU\nfacts:\n  - {id: tax.name, value: {en: VAT}, law: UStG}\n"})
    assert wanted(shop, "tr") == [("tax.name", "sales tax"), ("bank-transfer", "bank transfer")]
    assert wanted(shop, "de") == [("tax.name", "VAT")]


def test_a_text_has_its_place_and_says_what_it_is(shop: Path):
    (tax, bank) = sheet_of(shop).strings
    assert tax == (join_key("sales tax", "tax.name"), ("regions/001.yml#tax.name",), "text of a fact: Name of the tax.")
    assert bank.references == ("regions/methods.yml#bank-transfer",)


def test_files_that_cannot_be_read_leave_the_catalogs_as_they_are(shop: Path):
    write(shop, {"locales/regions/TR.yml": "parent: [\n"})
    assert regions_sheet(load_project(shop)) is None


def translate(folder: Path, run: Run) -> None:
    done = run("-C", folder, "extract", "-l", "tr")
    assert done.code == 0, done.err
    edit(
        folder,
        "locales/tr/catalog/_regions.po",
        'msgid "bank transfer"\nmsgstr ""',
        'msgid "bank transfer"\nmsgstr "havale"',
    )
    edit(
        folder,
        "locales/tr/catalog/_regions.po",
        'msgid "sales tax"\nmsgstr ""',
        'msgid "sales tax"\nmsgstr "satış vergisi"',
    )
    write(
        folder,
        {
            "locales/tr/catalog/guides/pay.po": 'msgid "Pay"\nmsgstr "Ödeme"\n\n'
            'msgid "You can pay by {{ payments.methods }}; the tax is called {{ tax.name }}."\n'
            'msgstr "Ödeme: {{ payments.methods }}; vergi: {{ tax.name }}."\n'
        },
    )


def said(folder: Path, run: Run) -> str:
    done = run("-C", folder, "show", "guides/pay.md", "-l", "tr", *AS_OF)
    assert done.code == 0, done.err
    return done.out


def test_a_reviewed_name_is_shown_and_a_name_of_the_law_when_it_is_approved(shop: Path, run: Run):
    translate(shop, run)
    assert "Ödeme: Visa ve havale; vergi: sales tax." in said(shop, run)
    warned = run("-C", shop, "check", "-l", "tr", *AS_OF).err
    assert "tax.name of 001 has no text for tr" in warned
    assert "bank-transfer" not in warned
    run("-C", shop, "approve", "-l", "tr", "_regions.po", "--as", "approved", "--by", "ada", "--on", "2026-11-22")
    assert "Ödeme: Visa ve havale; vergi: satış vergisi." in said(shop, run)
    assert "has no text for tr" not in run("-C", shop, "check", "-l", "tr", *AS_OF).err


def test_what_the_file_says_comes_first(shop: Path, run: Run):
    translate(shop, run)
    edit(shop, "locales/regions/methods.yml", "de: Überweisung", "de: Überweisung, tr: banka havalesi")
    assert "Visa ve banka havalesi" in said(shop, run)


def test_a_machine_names_nothing(shop: Path, run: Run):
    translate(shop, run)
    edit(shop, "locales/tr/catalog/_regions.po", 'msgctxt "bank-transfer"', '#, fuzzy\nmsgctxt "bank-transfer"')
    assert "Visa ve bank transfer" in said(shop, run)
