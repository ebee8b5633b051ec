"""Every word that a reader sees is in a segment: a page in another alphabet shows no word of the old one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from visible_words import untranslated

if TYPE_CHECKING:
    from helpcenter.content import Renderer

CASES = Path(__file__).parent / "cases"
GOLDEN = yaml.safe_load((CASES / "segments.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_every_visible_word_is_in_a_segment(case: dict[str, Any], full_renderer: Renderer):
    assert untranslated(case["source"], full_renderer) == set(case.get("untranslated", []))


def test_every_visible_word_of_the_corpora_is_in_a_segment(corpus: list[Path], full_renderer: Renderer):
    # Every eighth page; tests/benchmarks/coverage.py looks at all of them.
    for file in corpus[::8]:
        assert untranslated(file.read_text("utf-8"), full_renderer) == set(), file
