# ruff: noqa: SLF001, FBT001 - a provider keeps its table to itself; a case says yes or no
from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

from helpcenter.translate.google import make_google
from helpcenter.translate.languages import match_code, same_language

GOLDEN: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("codes.yml").read_text("utf-8"))
LISTS = {
    **GOLDEN["lists"],
    "google": list(make_google({}, {})._load_codes()),
    "mymemory": list(MY_MEMORY_LANGUAGES_TO_CODES.values()),
}


@pytest.mark.parametrize("tag", GOLDEN["cases"])
def test_each_provider_has_its_own_code(tag: str) -> None:
    assert [match_code(tag, LISTS[name]) for name in GOLDEN["providers"]] == GOLDEN["cases"][tag]


def test_the_order_of_a_list_does_not_matter() -> None:
    for tag in GOLDEN["cases"]:
        for codes in LISTS.values():
            assert match_code(tag, codes) == match_code(tag, reversed(codes))


@pytest.mark.parametrize(
    ("source", "target", "same"),
    [
        ("en", "en-GB", True),
        ("de", "de-AT", True),
        ("zh-CN", "zh-TW", False),
        ("sr", "sr-Latn", False),
        ("en", "de", False),
        ("he", "iw", True),
    ],
)
def test_regions_of_a_language_are_not_translated(source: str, target: str, same: bool) -> None:
    assert same_language(source, target) is same
