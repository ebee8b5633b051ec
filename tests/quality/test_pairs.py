from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.quality import BLANK, Direction, Pair, Problem, find_problems
from helpcenter.quality.pairs import blank

MARKDOWN = st.lists(
    st.sampled_from(["Pay", " ", "[here](a.md#b)", "`code`", "{{ a.b }}", "<b>", "__PH0__", "**", "ş", "\n", "[^1]"])
).map("".join)


@given(MARKDOWN)
def test_what_is_sealed_is_blank_and_all_else_stays_in_its_place(text: str):
    found = blank(text)
    assert len(found) == len(text)
    assert all(there in {BLANK, here} for here, there in zip(text, found, strict=True))


def test_words_stay_where_they_are():
    assert blank("Pay [here](a.md).") == "Pay [here" + BLANK * 7 + "."
    assert blank("Pay %(sum)s.", is_string=True) == "Pay " + BLANK * 7 + "."


def test_problems_are_told_in_the_order_of_the_checks():
    checks = [lambda _pair, _to: [Problem("a", "first")], lambda _pair, to: [Problem("b", to.target)]]
    assert [p.message for p in find_problems(Pair("Pay", "Öde"), Direction("en", "tr"), checks)] == ["first", "tr"]
