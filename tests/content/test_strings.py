"""Strings of programs: what must be in a translation, and what a language's plural forms must hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.content import unseal
from helpcenter.content.strings import plural_problem, seal_string, string_problem

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases/strings.yml").read_text("utf-8"))
PARTS = ["%(count)s", "%s", "{0}", "{name}", "<b>", "</b>", "__PH0__", "50%", "{{", "word", " ", "iade", "."]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['source']} → {case['text']}" for case in CASES])
def test_a_translation_keeps_placeholders_and_tags(case: dict[str, Any]):
    wanted = (case["code"], case["message"]) if "code" in case else None
    assert string_problem(case["source"], case["text"]) == wanted


def test_what_is_sealed_is_hidden_from_a_machine():
    sealed = seal_string("%(count)s of <b>{name}</b>")
    assert sealed.text == "__PH0__ of __PH1____PH2____PH3__"
    assert sealed.tokens == ("%(count)s", "<b>", "{name}", "</b>")


@given(st.lists(st.sampled_from(PARTS)).map("".join) | st.text())
def test_sealing_is_undone(text: str):
    sealed = seal_string(text)
    assert unseal(sealed.text, sealed.tokens) == text
    assert string_problem(text, text) is None


@pytest.mark.parametrize(
    ("forms", "count", "single", "code"),
    [
        (["ein Paket", "%(n)s Pakete"], 2, {0}, None),
        (["%(n)s Paket", "%(n)s Pakete"], 2, {0}, None),
        (["ein Paket", "viele Pakete"], 2, {0}, "translation-placeholder"),
        (["ein Paket", "%(n)s Pakete"], 2, set(), "translation-placeholder"),
        (["%(m)s Paket", "%(n)s Pakete"], 2, {0}, "translation-placeholder"),
        (["<b>%(n)s</b> Paket", "%(n)s Pakete"], 2, {0}, "translation-structure"),
        (["%(n)s koli"], 1, set(), None),
        (["%(n)s koli"], 2, set(), "translation-plural"),
        (["ein Paket", ""], 2, {0}, "translation-plural"),
        (["ein Paket", "%(n)s Pakete"], None, set(), "translation-plural"),
    ],
)
def test_every_plural_form_is_there_and_names_its_number(
    forms: list[str], count: int | None, single: set[int], code: str | None
):
    problem = plural_problem("%(n)s parcels", forms, count, single)
    assert (problem and problem[0]) == code
