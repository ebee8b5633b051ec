"""What a refused text is told to have lost or added, and that no refusal depends on how it is told."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
import yaml

from corpus_pages import gate
from helpcenter.checks.differences import compare_structure, find_differences
from helpcenter.content import parse_page, placeholders, skeleton
from helpcenter.diagnostics import known_codes
from mutations import mutate

CASES = yaml.safe_load((Path(__file__).parent / "cases/differences.yml").read_text("utf-8"))
BODY = """\
See [ways to pay](a.md#cards), run `one`, keep **what you have** and <kbd>this</kbd>.[^1] You have {{ returns.window }}.

[^1]: A note.
"""


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_each_kind_of_thing_has_its_code(case: dict[str, Any]):
    labels = frozenset(case.get("labels", ()))
    found = find_differences(placeholders(case["source"], labels), placeholders(case["text"], labels))
    assert [f"{one.code.removeprefix('translation-')}: {one.message}" for one in found] == case["says"]


def test_all_that_differs_is_told_by_kind_and_of_kinds_that_are_explained():
    page = parse_page("guides/a.md", f"---\ntitle: T\n---\n{BODY}")
    known = known_codes()
    kinds: dict[str, set[str]] = {}
    for kind, msgid, text in mutate(page, random.Random(1), 2):  # noqa: S311 - chance
        verdicts = gate().judge(page, {msgid: text})
        assert verdicts
        assert {verdict.code for verdict in verdicts} <= known.keys()
        assert len({verdict.code for verdict in verdicts}) == len(verdicts)
        kinds[kind] = {verdict.code.removeprefix("translation-") for verdict in verdicts}
    assert kinds["a link to elsewhere"] == kinds["a link without its address"] == kinds["a link twice"] == {"link"}
    assert kinds["code without marks"] == kinds["other code"] == {"code"}
    assert kinds["a tag that is lost"] == kinds["a tag of its own"] == {"html"}
    assert kinds["another footnote"] == {"footnote"}
    assert kinds["a fact that is lost"] == {"expression"}
    assert kinds["emphasis that is lost"] == kinds["emphasis that is not closed"] == {"emphasis"}


def test_what_is_no_emphasis_is_structure():
    source = skeleton("<p>a <strong>b</strong></p>")
    assert compare_structure(source, source) is None
    lost = compare_structure(source, skeleton("<p>a b</p>"))
    assert lost == ("translation-emphasis", "bold (<strong>) is missing")
    other = compare_structure(source, skeleton("<p>a <em>b</em></p>"))
    assert other == ("translation-emphasis", "bold (<strong>) is missing; italics (<em>) is not in the source")
    moved = compare_structure(source, skeleton("<ul><li>a <strong>b</strong></li></ul>"))
    assert moved is not None
    assert moved.code == "translation-structure"
