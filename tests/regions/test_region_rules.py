"""What can be wrong with facts that are all readable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import yaml
from region_cases import BUILD_DATE, CASES, Load, cases

from helpcenter.diagnostics import known_codes
from helpcenter.regions import check_published, check_regions, check_texts

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """\
parent: "001"
defaults:
  shop: {owner: a, review_by: 2027-01-31}
  statute: {owner: b, review_by: 2027-01-31}
facts:"""


def files_of(case: dict[str, Any]) -> dict[str, str]:
    """Give the files of a case."""
    base = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
    facts = "".join(f"\n  - {fact}" for fact in case.get("facts", [])) or " []"
    files = {f"{case.get('region', 'XK')}.yml": f"{HEAD}{facts}\n"}
    if case.get("registry"):
        files["facts.yml"] = base["facts.yml"] + "".join(f"{line}\n" for line in case["registry"])
        files["001.yml"] = base["001.yml"] + "".join(f"  - {fact}\n" for fact in case.get("world", []))
    return files | case.get("files", {})


@pytest.mark.parametrize("case", cases("rules"))
def test_a_rule_finds_what_breaks_it_and_nothing_else(load: Load, tmp_path: Path, case: dict[str, Any]):
    regions, found = load(files_of(case))
    assert [one for one in found if one.severity == "error"] == []
    assert regions is not None
    on = case.get("day", BUILD_DATE)
    if case.get("texts"):
        found = check_texts(regions, tmp_path)
    elif case.get("published"):
        found = check_published(regions, case.get("region", "XK"), on)
    else:
        found = check_regions(regions, on)
    said = [f"{one.place.path.rpartition('/')[2]}:{one.place.line} {one.code} {one.message}" for one in found]
    assert [line.replace(":None ", " ") for line in said] == case["findings"]
    assert {one.code for one in found} <= set(known_codes())
    assert all(one.help for one in found)
