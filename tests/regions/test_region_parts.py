"""Groups, countries and their parts: who inherits from whom, and where the shop sells."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from region_cases import BUILD_DATE, CASES, cases, load_shop

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.regions import Regions
    from project_cases import Run

DEFAULTS = "defaults: {shop: {owner: a, review_by: 2027-01-31}, statute: {owner: a, review_by: 2027-01-31}}\nfacts:\n"
FILES = {
    "AMERICA.yml": f"parent: '001'\nmembers: [CA, MX]\n{DEFAULTS}"
    "  - {id: pay.sca, value: true, law: x}\n"
    "  - {id: pay.methods, value: {add: [bank-transfer]}}\n",
    "CA.yml": f"parent: AMERICA\n{DEFAULTS}"
    "  - {id: pay.currency, value: CAD}\n"
    "  - {id: pay.methods, value: {remove: [paypal]}}\n",
    "CA-QC.yml": f"parent: CA\n{DEFAULTS}"
    "  - {id: tax.name, value: QST, law: x}\n"
    "  - {id: pay.methods, value: {add: [mir]}}\n",
}
SERVED = "  market.served: {type: boolean, kind: shop, description: Whether we deliver there.}\n"


@pytest.fixture(scope="module")
def america(tmp_path_factory: pytest.TempPathFactory) -> Regions:
    """The small shop with a group, two of its countries, and a part of one."""
    base = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
    folder = tmp_path_factory.mktemp("america")
    (folder / "locales").mkdir()
    markets = (
        'owner: a\nreview_by: 2027-01-31\nmarkets: {"001": {market: {served: true}}, CA: {market: {served: false}}}\n'
    )
    (folder / "locales/shop.yml").write_text(markets, "utf-8")
    regions, found = load_shop(folder, FILES | {"facts.yml": base["facts.yml"] + SERVED})
    assert found == []
    assert regions is not None
    return regions


@pytest.mark.parametrize("case", cases("parts"))
def test_a_part_of_a_country_lies_in_it(america: Regions, case: dict[str, Any]):
    fact = america.resolve(case["region"], BUILD_DATE)[case["id"]]
    assert (repr(fact.value), fact.region) == (case["value"], case["from"])


def test_where_the_shop_sells_can_be_asked_of_every_region(america: Regions, small: Regions):
    assert america.chain("CA-QC") == ("CA-QC", "CA", "AMERICA", "001")
    served = {region: america.serves(region, BUILD_DATE) for region in ("001", "MX", "CA", "CA-QC", "FR")}
    assert served == {"001": True, "MX": True, "CA": False, "CA-QC": False, "FR": True}
    assert america.markets == {"001", "CA"}
    # A shop whose registry has no such fact sells wherever it has rules.
    assert small.serves("TR", BUILD_DATE)


@pytest.mark.parametrize(
    ("parent", "help_"),
    [("AMERICA", "write 'parent: CA'"), ("'001'", "write 'parent: CA'")],
)
def test_a_part_of_a_country_has_no_other_parent(tmp_path: Path, parent: str, help_: str):
    files = FILES | {"CA-QC.yml": FILES["CA-QC.yml"].replace("parent: CA", f"parent: {parent}")}
    regions, (found,) = load_shop(tmp_path, files)
    assert regions is None
    assert (str(found.place), found.code) == ("locales/regions/CA-QC.yml:1:9", "region-member")
    assert found.message == "CA-QC is a part of CA, but its file names another parent"
    assert found.help == help_


def test_whoever_reads_for_a_region_learns_that_nothing_is_sent_there(project_folder: Path, run: Run):
    facts = project_folder / "locales/regions/facts.yml"
    facts.write_text(facts.read_text("utf-8") + SERVED, "utf-8")
    markets = (
        'owner: a\nreview_by: 2027-01-31\nmarkets: {"001": {market: {served: true}}, TR: {market: {served: false}}}\n'
    )
    (project_folder / "locales/shop.yml").write_text(markets, "utf-8")
    assert "where the shop does not deliver" in run("-C", project_folder, "show", "index.md", "-r", "TR").err
    assert "does not deliver" not in run("-C", project_folder, "show", "index.md", "-r", "DE").err
