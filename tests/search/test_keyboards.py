"""Both sides read a wrong layout, know which keys touch, and cut compounds, in the same way."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from shops import read_case

from helpcenter.search import Analyzer, Rules, rules_of
from helpcenter.search.analysis import tables
from helpcenter.search.keyboards import compose, decompose
from helpcenter.search.languages import known_languages

CASES: dict[str, list[list[Any]]] = read_case("keyboards.json")


@pytest.mark.parametrize(("language", "text", "readings"), CASES["readings"])
def test_readings_of_another_layout(language: str, text: str, readings: list[str]):
    found = Analyzer(rules_of(language)).retyped(text)
    assert found == readings if not readings else set(readings) <= set(found)


@pytest.mark.parametrize(("language", "one", "other", "touch"), CASES["neighbours"])
def test_keys_that_touch(language: str, one: str, other: str, touch: object):
    analyzer = Analyzer(rules_of(language))
    assert (analyzer.is_neighbour(one, other), analyzer.is_neighbour(other, one)) == (touch, touch)


@pytest.mark.parametrize(("language", "word", "known", "parts"), CASES["compounds"])
def test_compounds_are_cut(language: str, word: str, known: list[str], parts: list[str]):
    assert list(Analyzer(rules_of(language)).split_compound(word, set(known).__contains__)) == parts


@pytest.mark.browser
def test_the_browser_does_the_same(scripts_page: Callable[[str], Page]):
    languages = sorted({case[0] for cases in CASES.values() for case in cases})
    answers = scripts_page("en").evaluate(
        """([sent, tables, cases]) => {
            const of = Object.fromEntries(Object.entries(sent).map(([language, rules]) =>
                [language, new HelpcenterAnalyzer({ ...rules, stemmer: "" }, tables, [])]))
            return {
                readings: cases.readings.map(([language, text]) => of[language].retyped(text)),
                neighbours: cases.neighbours.map(([language, a, b]) => of[language].isNeighbour(a, b)),
                compounds: cases.compounds.map(([language, word, known]) =>
                    of[language].splitCompound(word, part => known.includes(part)))
            }
        }""",
        [{language: rules_of(language).sent() for language in languages}, tables(), CASES],
    )
    analyzers = {language: Analyzer(rules_of(language)) for language in languages}
    assert answers == {
        "readings": [analyzers[language].retyped(text) for language, text, _ in CASES["readings"]],
        "neighbours": [touch for *_, touch in CASES["neighbours"]],
        "compounds": [parts for *_, parts in CASES["compounds"]],
    }


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_rules_survive_the_index(language: str):
    rules = rules_of(language)
    assert Rules.received(rules.sent()) == rules
    assert {len(layout) for layout in rules.layouts} <= {4, 8}
    # Key by key: a row that is one key short would shift all letters behind it.
    assert {tuple(map(len, layout[:4])) for layout in rules.layouts} == {(13, 13, 11, 10)}


@settings(deadline=None)
@given(st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3)))
def test_syllables_are_made_of_their_keys(text: str):
    assert compose(decompose(text)) == text


# Making an analyzer takes longer than asking it.
ANALYZERS = {language: Analyzer(rules_of(language)) for language in ("ru", "ko", "ar", "th", "tr", "en", "de")}


@settings(deadline=None)
@given(st.text(), st.sampled_from(["ru", "ko", "ar", "th", "tr", "en"]))
@example("\ud800 ^[\\", "ru")
def test_no_text_is_too_odd(text: str, language: str):
    for reading in ANALYZERS[language].retyped(text):
        assert reading != text


@settings(deadline=None)
@given(st.text("abens", max_size=40), st.sets(st.text("abens", min_size=1, max_size=6)))
def test_parts_are_known_and_in_order(word: str, known: set[str]):
    place = 0
    for part in ANALYZERS["de"].split_compound(word, known.__contains__):
        assert part in known
        place = word.index(part, place) + len(part)
