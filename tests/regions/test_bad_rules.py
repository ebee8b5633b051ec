"""Every kind of bad rule file: what is said of it, word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from bad_rules import say
from region_cases import cases

if TYPE_CHECKING:
    from pathlib import Path

KINDS = cases("bad_rules")


@pytest.mark.parametrize("case", KINDS)
def test_a_bad_rule_is_explained_word_for_word(tmp_path: Path, case: dict[str, Any]):
    assert say(tmp_path, case["files"]) == case["said"].removesuffix("\n")


def test_there_are_forty_kinds_and_each_says_something_else():
    texts = [case.values[0]["said"] for case in KINDS]
    assert len(set(texts)) == len(texts) >= 40
    assert all(text.strip() for text in texts)
