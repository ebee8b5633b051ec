"""What a word stands for in an index is what lunr's automata would find, on both sides."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.token_set import TokenSet
from playwright.sync_api import Page
from shops import index_of

from helpcenter.search.terms import Terms

LANGUAGES = ["tr", "de", "ar", "zh-CN"]
MISSPELLED = ["iaed", "siparsi", "kagro", "Ruckagbe", "rechnug", "rechnugn", "ivnoice", "ارجع", "الدفغ", "xyzzy", "ab"]


def _by_lunr(terms: list[str], word: str, edits: int) -> list[str]:
    asked = TokenSet.from_fuzzy_string(word, edits) if edits else TokenSet.from_string(word)
    return sorted(TokenSet.from_list(sorted(terms)).intersect(asked).to_list())


WORDS = st.text("abc", min_size=2, max_size=7)


@settings(deadline=None)
@given(terms=st.sets(WORDS, min_size=1, max_size=30), word=WORDS, edits=st.sampled_from([1, 2]))
def test_near_words_are_those_of_lunr(terms: set[str], word: str, edits: int):
    found = set(Terms(sorted(terms)).near(word, edits))
    theirs = set(_by_lunr(sorted(terms), word, edits))
    # lunr may also change a letter that it has exchanged; it never finds less.
    assert found <= theirs
    assert edits == 2 or found == theirs


@given(terms=st.sets(WORDS, min_size=1, max_size=30), word=WORDS)
def test_beginnings_and_parts_are_those_of_lunr(terms: set[str], word: str):
    ours = Terms(sorted(terms))
    assert sorted(ours.exact(word)) == _by_lunr(sorted(terms), word, 0)
    assert sorted(ours.beginning(word)) == _by_lunr(sorted(terms), f"{word}*", 0)
    assert sorted(ours.holding(word)) == _by_lunr(sorted(terms), f"*{word}*", 0)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_browser_finds_the_same_terms(language: str, scripts_page: Callable[[str], Page]):
    group = index_of(language).groups[0]
    words = [
        *MISSPELLED,
        *(term[:2] + term[3:] for term in group.terms[::25]),
        *(term + "q" for term in group.terms[::40]),
    ]
    found = scripts_page(language).evaluate(
        """words => { const { terms } = search.groups[0].answers.lookup
            return words.map(word => [
                terms.exact(word), terms.beginning(word), terms.holding(word), terms.near(word, 1), terms.near(word, 2)
            ]) }""",
        words,
    )
    for word, rows in zip(words, found, strict=True):
        ours = group.asked
        assert rows == [
            ours.exact(word),
            ours.beginning(word),
            ours.holding(word),
            ours.near(word, 1),
            ours.near(word, 2),
        ], word
