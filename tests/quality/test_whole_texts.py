"""Language, untranslated texts, length and cut: what is told of a text as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.diagnostics import known_codes
from helpcenter.quality import Direction, Pair
from helpcenter.quality.cut import check_cut, is_cut
from helpcenter.quality.language import check_language
from helpcenter.quality.length import check_length, compare_length
from helpcenter.quality.untranslated import check_untranslated

if TYPE_CHECKING:
    from helpcenter.quality import Check

CASES = Path(__file__).parent / "cases"
CHECKS: tuple[Check, ...] = (check_cut, check_language, check_length, check_untranslated)
PIECES = [
    "Open the orders page. ",
    "Siparişi açın ve",
    "订单在哪里，",
    "订单。",
    "افتح الصفحة؟ ",
    "訂單",
    "ページ",
    "Страница (",
]
PIECES += [
    ")",
    "[here](a.md#b)",
    "`code`",
    "{{ a.b }}",
    "<b>",
    "**",
    "\n",
    "\u202e",
    "\ud800",
    "e\u0301",
    "İ",
    "ß",
    "1.",
]
PIECES += ["\ufffc", "", "」", "und", "Paketdienst, "]
TEXTS = st.lists(st.sampled_from(PIECES) | st.text(max_size=8), min_size=1, max_size=6).map("".join)
TAGS = st.sampled_from(
    ["en", "tr", "ru", "de-CH", "ar", "zh-CN", "zh-TW", "ja", "ko", "es-419", "pt-BR", "xx", "sr-Latn", "nn"]
)


def read_cases(name: str) -> list[Any]:
    cases = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return [pytest.param(case, id=f"{case['target']}: {case['text'][:40]}") for case in cases]


def make(case: dict[str, str]) -> tuple[Pair, Direction]:
    return Pair(case["source"], case["text"], case.get("kind", "")), Direction(case.get("from", "en"), case["target"])


@pytest.mark.parametrize("case", read_cases("language"))
def test_a_text_in_another_language_is_found(case: dict[str, str]):
    pair, direction = make(case)
    found = list(check_language(pair, direction))
    assert [problem.message.partition(" is ")[2].partition(", and this")[0] for problem in found] == (
        [case["other"]] if "other" in case else []
    )
    assert [pair.text[slice(*problem.span)] for problem in found if problem.span] == (
        [case["part"]] if "part" in case else []
    )


@pytest.mark.parametrize("case", read_cases("untranslated"))
def test_what_was_left_as_it_is_in_the_source_is_found(case: dict[str, str]):
    pair, direction = make(case)
    found = [
        pair.text[slice(*problem.span)] if problem.span else "all" for problem in check_untranslated(pair, direction)
    ]
    assert found == ([case["left"]] if "left" in case else [])


@pytest.mark.parametrize("case", read_cases("length"))
def test_a_text_of_odd_length_is_found(case: dict[str, str]):
    found = [problem.message for problem in check_length(*make(case))]
    assert [message.split()[4] for message in found] == ([case["odd"]] if "odd" in case else [])


@pytest.mark.parametrize("case", read_cases("cut"))
def test_a_text_that_ends_early_is_found(case: dict[str, str]):
    found = [problem.message for problem in check_cut(*make(case))]
    assert len(found) == ("why" in case)
    assert all(case["why"] in message for message in found)
    assert is_cut(*make(case)) is bool(found)


def test_lengths_are_those_of_the_nearest_language_that_was_measured():
    source, text = "You can change the address of the order.", "x" * 40
    ratios = {tag: compare_length(Pair(source, text), Direction("en", tag)) for tag in ("de", "de-CH", "en-GB", "xx")}
    assert ratios["de"] == ratios["de-CH"]
    assert ratios["en-GB"] == 1
    assert ratios["xx"] is None
    there = compare_length(Pair(source, text), Direction("de", "fr"))
    back = compare_length(Pair(text, source), Direction("fr", "de"))
    assert there is not None
    assert back is not None
    assert there * back == pytest.approx(1)


@settings(deadline=None)  # the first loads the model
@given(source=TEXTS, text=TEXTS, target=TAGS, origin=TAGS, kind=st.sampled_from(["", "keyword", "heading"]))
def test_no_text_makes_a_check_fail(source: str, text: str, target: str, origin: str, kind: str):
    pair = Pair(source, text, kind)
    for check in CHECKS:
        for problem in check(pair, Direction(origin, target)):
            assert problem.code in known_codes()
            assert problem.span is None or 0 <= problem.span[0] < problem.span[1] <= len(text)


@settings(deadline=None)
@given(source=TEXTS, target=TAGS)
def test_a_source_is_no_translation_of_itself_that_was_cut(source: str, target: str):
    assert not is_cut(Pair(source, source), Direction("en", "en"))
    assert list(check_length(Pair(source, source), Direction(target, target))) == []
