from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from helpcenter.inflection.tokens import tokens_of


def test_words_keep_what_is_within_them():
    text = "l’e-mail, Kun\u00adde — مُلصَق 5 € **a**"
    assert [token.text for token in tokens_of(text)] == ["l'e-mail", "Kunde", "مُلصَق", "5", "**", "a", "**"]


def test_sentences_and_clauses_are_counted():
    assert [token.sentence for token in tokens_of("A b. C 1.5; d, e؟ f")] == [0, 0, 1, 1, 1, 2, 2, 3]


@given(st.text(alphabet=st.sampled_from("aİ-'’*.!\n ·\u0301\u064b\u00ad\ufffc😀 9"), max_size=40))
def test_every_word_stands_where_it_is_said_to(text: str):
    end = 0
    for token in tokens_of(text):
        assert end <= token.start < token.end <= len(text)
        end = token.end
