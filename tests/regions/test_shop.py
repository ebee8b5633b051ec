"""The shop's own choices: what they become, and what is said of bad ones; tables that region files hold themselves."""

from __future__ import annotations

import pickle
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from region_cases import BUILD_DATE, CASES, cases, load_shop

from helpcenter.catalog.keys import split_key
from helpcenter.diagnostics import Finding, known_codes
from helpcenter.project import load_project
from helpcenter.regions import Regions, load_regions, regions_sheet
from helpcenter.regions.facts import Address, Carrier, Method, Organization
from project_cases import AS_OF, Run, edit, write

if TYPE_CHECKING:
    from pathlib import Path

REGISTRY = """\
  desk.orders: {type: url, kind: shop, nullable: true, description: Where orders are seen.}
  delivery.carrier: {type: carrier, kind: shop, nullable: true, description: Who brings the parcel.}
  delivery.weight: {type: number, kind: shop, nullable: true, description: Kilograms of a parcel at most.}
  team.channels: {type: choices, kind: shop, nullable: true, choices: [mail, chat, phone], description: How to reach us.}
  team.holidays: {type: holidays, kind: shop, nullable: true, description: When nobody is there.}
"""
CARRIERS = "carriers:\n  dhl: {name: DHL, tracking: https://dhl.example/track}\n"
WORLD = "".join(
    f"    - {{id: {fact}, value: null}}\n".replace("    -", "  -")
    for fact in ("desk.orders", "delivery.carrier", "delivery.weight", "team.channels", "team.holidays")
)


def load(folder: Path, shop: str, files: dict[str, str] | None = None) -> tuple[Regions | None, list[Finding]]:
    base = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
    (folder / "locales").mkdir(parents=True)
    (folder / "locales/shop.yml").write_text(shop, "utf-8")
    added = {"facts.yml": base["facts.yml"] + REGISTRY, "carriers.yml": CARRIERS}
    # What a case says of the world replaces what it inherits from nobody.
    missing = "".join(line for line in WORLD.splitlines(keepends=True) if not _says(shop, line))
    return load_shop(folder, added | {"001.yml": base["001.yml"] + missing} | (files or {}))


def _says(shop: str, line: str) -> bool:
    last = line.split("id: ")[1].split(",", maxsplit=1)[0].rpartition(".")[2]
    return '"001"' in shop and f"{last}:" in shop


def said(found: list[Finding]) -> list[str]:
    return [f"{str(one.place).removeprefix('locales/')} {one.code} {one.message}" for one in found]


@pytest.mark.parametrize("case", cases("shop_choices"))
def test_a_choice_is_a_fact_of_its_market(tmp_path: Path, case: dict[str, Any]):
    regions, found = load(tmp_path, case["shop"], {"TR.yml": 'parent: "001"\n'})
    assert said(found) == []
    assert regions is not None
    fact = regions.resolve(case["region"], case.get("day", BUILD_DATE))[case["id"]]
    assert (repr(fact.value), str(fact.place)) == (case["value"], f"locales/{case['place']}")


@pytest.mark.parametrize("case", cases("bad_shop"))
def test_a_bad_choice_is_explained(tmp_path: Path, case: dict[str, Any]):
    _, found = load(tmp_path, case["shop"], {"TR.yml": 'parent: "001"\n', **case.get("files", {})})
    assert said(found) == [f"shop.yml:{line}" for line in case["findings"]]
    assert {one.code for one in found} <= set(known_codes())
    if "label" in case:
        assert found[0].label == case["label"]
    if "help" in case:
        assert found[0].help == case["help"]


ORGANIZATION = """\
organization:
  name: Pellavo
  url: https://www.pellavo.example/
  address: {street: Hauptplatz 1, postal_code: "8010", city: Graz, country: AT}
markets: {FR: {}}
"""


def test_the_shop_says_who_it_is_and_where_it_sells(tmp_path: Path):
    regions, found = load(tmp_path, ORGANIZATION)
    assert found == []
    assert regions is not None
    address = Address("Hauptplatz 1", "8010", "Graz", "AT")
    assert regions.organization == Organization("Pellavo", "https://www.pellavo.example/", address=address)
    assert regions.markets == {"FR"}
    copied = pickle.loads(pickle.dumps(regions))  # noqa: S301 - our own
    assert copied == regions
    assert copied.resolve("FR", BUILD_DATE) == regions.resolve("FR", BUILD_DATE)


NORWAY = """\
parent: "001"
defaults: {shop: {owner: a, review_by: 2027-01-31}, statute: {owner: a, review_by: 2027-01-31}}
methods:
  vipps: {name: Vipps, descriptions: {en: Pay with the app on your phone.}}
carriers:
  posten: {name: Posten, names: {ru: Почта Норвегии}}
sources:
  forbrukertilsynet: {url: https://www.forbrukertilsynet.no/, seen: 2026-11-20}
facts:
  - {id: pay.methods, value: {add: [vipps]}}
  - {id: delivery.carrier, value: posten}
  - {id: tax.rate, value: 25, source: forbrukertilsynet}
"""


def test_one_file_is_enough_for_a_country(tmp_path: Path):
    regions, found = load(tmp_path, "{}", {"NO.yml": NORWAY})
    assert said(found) == []
    assert regions is not None
    assert regions.methods["vipps"] == Method("vipps", "Vipps", {}, {"en": "Pay with the app on your phone."})
    assert regions.carriers["posten"] == Carrier("posten", "Posten", {"ru": "Почта Норвегии"})
    assert regions.sources["forbrukertilsynet"].seen == "2026-11-20"
    view = regions.view("NO", date(2026, 11, 22), "ru")
    assert view.write("pay.methods") == "Visa, PayPal и Vipps"
    assert view.write("delivery.carrier") == "Почта Норвегии"


def test_a_name_is_defined_once(tmp_path: Path):
    regions, found = load(tmp_path, "{}", {"NO.yml": NORWAY, "SE.yml": NORWAY.replace("vipps", "swish")})
    assert regions is None
    assert said(found) == [
        "regions/SE.yml:6:3 region-defined-twice 'posten' is defined twice",
        "regions/SE.yml:8:3 region-defined-twice 'forbrukertilsynet' is defined twice",
    ]
    assert found[0].help == "it is first defined in locales/regions/NO.yml, line 6; keep one of the two"


def test_a_row_that_cannot_be_read_is_said_once(tmp_path: Path):
    """Neither what names the row nor the other rows are called wrong."""
    _, found = load(tmp_path, "{}", {"NO.yml": NORWAY.replace("name: Vipps, ", "")})
    assert said(found) == [
        "regions/NO.yml:4:10 schema-invalid-value methods.vipps: give 'name' (a brand) or 'names' with at least 'en'"
    ]


def test_a_fact_is_not_the_beginning_of_another(tmp_path: Path):
    base = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))["facts.yml"]
    added = "  team.mail.address: {type: text, kind: shop, nullable: true, description: Another.}\n"
    _, found = load_regions_with(tmp_path, base + added)
    message = "'team.mail' is a fact, so nothing can lie below it: 'team.mail.address'"
    assert said(found) == [f"regions/facts.yml:18:3 region-nested-fact {message}"]


def load_regions_with(folder: Path, registry: str) -> tuple[Regions | None, list[Finding]]:
    load_shop(folder, {"facts.yml": registry})
    return load_regions(folder / "locales/regions", folder)


MARKETS = """\
owner: shop@small.example
review_by: 2027-05-31
markets:
  "001":
    pay: {note: {en: Pay first.}}
    desk: {orders: https://small.example/my_orders}
  TR:
    pay:
      note:
        - {value: {en: Pay by card.}, valid_to: 2026-01-01}
        - {value: {en: Pay by phone.}, valid_from: 2026-01-02}
"""
SAYS = "---\ntitle: Orders\n---\n\nSee [your orders]({{ desk.orders }}). {{ pay.note }}\n"


@pytest.fixture
def small_shop(project_folder: Path) -> Path:
    """Give the small shop with choices of its own, and a page that shows them."""
    registry = (project_folder / "locales/regions/facts.yml").read_text("utf-8") + (
        "  pay.note: {type: text, kind: shop, description: What to know.}\n"
        "  desk.orders: {type: url, kind: shop, description: Where orders are seen.}\n"
    )
    files = {"locales/shop.yml": MARKETS, "locales/regions/facts.yml": registry, "content/guides/orders.md": SAYS}
    write(project_folder, files)
    return project_folder


def test_the_shop_s_texts_are_translated_where_they_are_read(small_shop: Path):
    project = load_project(small_shop)
    sheet = regions_sheet(project)
    assert sheet is not None
    assert [one.references for one in sheet.strings] == [
        ("shop.yml#001.pay.note",),
        ("shop.yml#TR.pay.note",),
        ("shop.yml#TR.pay.note",),
    ]
    turkish, german = (
        [split_key(one.msgid).text for one in sheet.sources(project.locales[tag], None)] for tag in ("tr", "de")
    )
    # One of the Turkish texts has no end, so that of the world is never read in its place.
    assert turkish == ["Pay by card.", "Pay by phone."]
    assert german == ["Pay first."]


def test_a_page_links_to_an_address_of_the_shop(small_shop: Path, run: Run):
    found = run("-C", small_shop, "check", "-l", "en", *AS_OF)
    assert "error" not in found.err
    staged = run("-C", small_shop, "show", "guides/orders.md", "--staged", *AS_OF)
    assert "[your orders](https://small.example/my&#95;orders). Pay first." in staged.out
    shown = run("-C", small_shop, "show", "guides/orders.md", *AS_OF)
    assert "[your orders](https://small.example/my_orders). Pay first." in shown.out


def test_a_link_to_another_fact_is_refused(small_shop: Path, run: Run):
    edit(small_shop, "content/guides/orders.md", "({{ desk.orders }})", "({{ pay.note }})")
    found = run("-C", small_shop, "check", "-l", "en", *AS_OF)
    assert "error[link-not-relative]: pay.note is a text, and no address" in found.err
    assert "content/guides/orders.md:5:19" in found.err


def test_an_edit_of_the_shop_is_noticed_by_the_next_build(small_shop: Path, run: Run):
    first = run("-C", small_shop, "build", "-l", "en", *AS_OF)
    assert first.code == 0, first.err
    edit(small_shop, "locales/shop.yml", "small.example/my_orders", "small.example/mine")
    assert run("-C", small_shop, "build", "-l", "en", *AS_OF).code == 0
    assert "https://small.example/mine" in (small_shop / "site/en/guides/orders/index.html").read_text("utf-8")
