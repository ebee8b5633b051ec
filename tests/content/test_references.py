from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from helpcenter.content import assemble, mend, parse_page, skeleton_difference
from helpcenter.content.references import write_references

if TYPE_CHECKING:
    from helpcenter.content import Renderer

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "references.yml").read_text("utf-8"))
MENDED = yaml.safe_load((Path(__file__).parent / "cases" / "mending.yml").read_text("utf-8"))
LABELS = frozenset({"pay", "pay now", "a b"})


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_reference_links_are_written_with_the_label_of_the_source(case: dict[str, Any]):
    assert write_references(case["source"], case["translation"], LABELS) == case["written"]


@pytest.mark.parametrize("case", MENDED, ids=[case["name"] for case in MENDED])
def test_dollars_that_are_no_formula_stay_dollars(case: dict[str, Any]):
    mended = mend(case["source"], case["translation"], {"$pay"})
    assert mended == case["mended"]
    assert mend(case["source"], mended, {"$pay"}) == mended


def test_a_translated_reference_link_leads_where_its_source_does(renderer: Renderer):
    body = "See [Ways to\npay] and ![x].\n\n- [b c][]\n\n[ways to pay]: a.md\n[X]: x.png\n[B c]: c.md\n"
    page = parse_page("guides/page.md", f"---\ntitle: T\n---\n{body}")
    assert page.labels == {"ways to pay", "x", "b c"}
    texts = {"See [Ways to\npay] and ![x].": "Siehe ![x] und\n[Wege].", "[b c][]": "[C][]"}
    translated = assemble(page, lambda segment: texts.get(segment.text))
    before, after = renderer.render(body), renderer.render(translated.split("---\n", 2)[2])
    assert skeleton_difference(before.html, after.html) is None
    assert ">Wege</a>" in after.html
