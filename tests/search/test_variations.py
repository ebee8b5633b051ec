"""What customers make of a title."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.search.languages import rules_of
from helpcenter.search.variations import (
    habits_of,
    in_capitals,
    in_small_letters,
    misspell,
    on_layout,
    other_forms,
    without_marks,
)

CASES = yaml.safe_load((Path(__file__).parent / "cases/variations.yml").read_text("utf-8"))


def _cases(what: str) -> list[tuple[str, str, Any]]:
    return [(language, text, made) for language, texts in CASES[what].items() for text, made in texts.items()]


@pytest.mark.parametrize(("language", "text", "made"), _cases("capitals"))
def test_capitals(language: str, text: str, made: str):
    assert in_capitals(text, language) == made
    assert in_small_letters(made, language) in (text, text.replace("ß", "ss"))


@pytest.mark.parametrize(("language", "text", "made"), _cases("without marks"))
def test_letters_that_a_keyboard_lacks(language: str, text: str, made: list[str]):
    assert without_marks(text, habits_of(language)) == made


@pytest.mark.parametrize(("language", "text", "made"), _cases("forms"))
def test_other_forms(language: str, text: str, made: list[str]):
    assert other_forms(text, habits_of(language)) == made


@pytest.mark.parametrize(("language", "text", "made"), _cases("layout"))
def test_the_wrong_layout(language: str, text: str, made: str):
    own, latin = rules_of(language).layouts[0], rules_of("en").layouts[0]
    assert on_layout(text, own, latin) == made


QWERTY = rules_of("en").layouts[0]


def test_slips():
    slips = misspell("delivery", QWERTY, lambda _: False)
    assert slips.keys() == {"dropped", "doubled", "swapped", "neighbour"}
    assert [len(slips[name]) for name in ("dropped", "doubled", "swapped", "neighbour")] == [7, 9, 8, 8]
    assert slips == misspell("delivery", QWERTY, lambda _: False)
    assert sorted(slips["swapped"]) == sorted("delivery")
    (wrong,) = {pair for pair in zip("delivery", slips["neighbour"], strict=True) if pair[0] != pair[1]}
    assert any("".join(pair) in row or "".join(reversed(pair)) in row for pair in [wrong] for row in QWERTY)


def test_a_slip_that_is_another_word_is_none():
    taken = set(misspell("coats", QWERTY, lambda _: False).values())
    assert not taken & set(misspell("coats", QWERTY, taken.__contains__).values())
    assert misspell("coats", QWERTY, lambda _: True) == {}
    assert misspell("coat", QWERTY, lambda _: False) == {}


@given(st.text(max_size=30), st.sampled_from(["tr", "de", "ar", "ru", "zh", "th", "xx"]))
def test_any_text_can_be_varied(text: str, language: str):
    habits, rules = habits_of(language), rules_of(language)
    layout = rules.layouts[0] if rules.layouts else ()
    assert all(isinstance(one, str) for one in without_marks(text, habits))
    assert text not in other_forms(text, habits)
    assert text not in misspell(text, layout, lambda _: False).values()
    in_small_letters(in_capitals(text, language), language)
