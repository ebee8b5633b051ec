from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.quality import Direction, Pair
from helpcenter.quality.characters import check_bidi, check_characters
from helpcenter.quality.counting import check_numbers
from helpcenter.quality.endings import check_end
from helpcenter.quality.punctuation import check_punctuation, check_spaces
from helpcenter.quality.quotes import check_brackets, check_quotes
from helpcenter.quality.repeats import check_doubled
from helpcenter.quality.units import check_units

CASES = Path(__file__).with_name("cases")
CHECKS = {
    "numbers": (check_numbers, check_units),
    "endings": (check_end,),
    "punctuation": (check_punctuation, check_spaces),
    "quotes": (check_quotes, check_brackets),
    "repeats": (check_doubled,),
    "characters": (check_characters, check_bidi),
}
LANGUAGES = ("de", "tr", "ru", "ar", "zh-CN", "ja", "fr", "es", "pt-BR", "pl", "he", "th", "el", "hi", "de-CH", "ksh")
MARKED = "".join(
    char for char in map(chr, range(0x3100)) if unicodedata.category(char)[0] in "PZCS" or char.isdecimal()
)
PIECES = (
    '14 1,000.50 3 p.m. 24/7 11/26/2026 half days Tage два Mio. € % kg {{ a.b }} [x](y.md) `z` „ “ " « » ? ؟ ¿ . … 。 ( ) '
    "the de \u200f \u202e \u2066 \ufeff ½ 9–5 ١٤ 万 два yüzde"
)
TEXT = st.lists(st.one_of(st.sampled_from(PIECES.split(" ")), st.text(max_size=5), st.text(MARKED, max_size=4))).map(
    " ".join
)


def _cases() -> list[Any]:
    return [
        pytest.param(name, case, id=f"{name}-{case['to']}-{case['text'][:24]}")
        for name in CHECKS
        for case in yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
    ]


@pytest.mark.parametrize(("name", "case"), _cases())
def test_what_is_written_the_wrong_way_is_marked_and_nothing_else(name: str, case: dict[str, Any]):
    pair = Pair(case["source"], case["text"], case.get("kind", "paragraph"), is_string=case.get("is_string", False))
    to = Direction(case.get("from", "en"), case["to"])
    found = {
        problem.code: pair.text[slice(*problem.span)] if problem.span else ""
        for check in CHECKS[name]
        for problem in check(pair, to)
    }
    assert found == case.get("find", {})


# What CLDR has of a language is read with its first text.
@settings(deadline=None)
@given(TEXT, TEXT.filter(bool), st.sampled_from(LANGUAGES))
def test_no_text_is_too_strange(source: str, text: str, tag: str):
    pair = Pair(source, text)
    for checks in CHECKS.values():
        for check in checks:
            for problem in check(pair, Direction("en", tag)):
                assert problem.message
                assert problem.span is None or 0 <= problem.span[0] < problem.span[1] <= len(text)


@settings(deadline=None, max_examples=50)
@given(TEXT.filter(bool), st.sampled_from(["en", "de", "ar", "zh-CN"]))
def test_a_text_has_the_numbers_of_itself(text: str, tag: str):
    assert [*check_numbers(Pair(text, text), Direction(tag, tag))] == []
    assert [*check_units(Pair(text, text), Direction(tag, tag))] == []
