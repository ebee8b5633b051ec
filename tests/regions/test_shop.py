"""The shop's own choices: what they become, and what is said of bad ones; tables that region files hold themselves."""

from __future__ import annotations

import pickle
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from region_cases import BUILD_DATE, CASES, cases, load_shop

from helpcenter.diagnostics import Finding, known_codes
from helpcenter.regions import Regions, load_regions
from helpcenter.regions.facts import Address, Carrier, Method, Organization

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
