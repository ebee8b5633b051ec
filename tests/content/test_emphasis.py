from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.content import Renderer, skeleton_difference
from helpcenter.content.emphasis import write_emphasis
from helpcenter.content.rendering import MarkdownConfig

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "emphasis.yml").read_text("utf-8"))
KEPT = [case for case in CASES if case["name"] not in {"more than the source has", "nothing of the kind in the source"}]
SMART = Renderer(MarkdownConfig(("pymdownx.betterem",), {"pymdownx.betterem": {"smart_enable": "all"}}))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_emphasis_that_touches_letters_is_written_with_tags(case: dict[str, Any]):
    assert write_emphasis(case["source"], case["translation"]) == case["written"]


@pytest.mark.parametrize("case", KEPT, ids=[case["name"] for case in KEPT])
def test_what_is_written_has_the_emphasis_of_its_source(case: dict[str, Any]):
    written = SMART.render(case["written"])
    assert skeleton_difference(SMART.render(case["source"]).html, written.html) is None


@given(st.text("ab*_ `<>[]\\の", max_size=30))
def test_a_source_is_written_as_it_is(text: str):
    assert write_emphasis(text, text) == text
