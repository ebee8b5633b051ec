"""What an editor is told of a query is what the search did with it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import LANGUAGES, corpus, index_of, vocabulary

from helpcenter.search import Vocabulary, build_index, explain, query
from helpcenter.search.index import FIELDS

QUERIES = {
    "tr": ["iade", "siparişm nerede", "geri göndermek istiyorum", "yüz", "zzzz"],
    "de": ["Rücksendung bezahlen", "rechnug", "kissen", "der die das"],
    "en": ["return label", "where is my order", "PEL-1234"],
    "zh-CN": ["退款", "怎么退货"],
    "ar": ["ارجاع المنتج"],
}


@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in QUERIES.items() for text in texts])
def test_reasons_are_those_of_the_pages_that_are_found(language: str, text: str):
    index = index_of(language)
    results, told = query(index, text), explain(index, text)
    hits = [*results.hits, *results.others]
    assert [reason.url for reason in told.reasons] == [hit.url for hit in hits]
    for hit, reason in zip(hits, told.reasons, strict=True):
        assert (reason.answered, reason.score) == (hit.answered, pytest.approx(hit.score, abs=1e-3))
        assert sum(part.score for part in reason.parts) == pytest.approx(reason.score, abs=0.01)


@pytest.mark.parametrize("language", ["tr", "zh-CN"])
def test_a_term_is_told_with_the_fields_that_hold_it(language: str):
    index = index_of(language)
    page = corpus(language)[0]
    (reason,) = (one for one in explain(index, page.title, limit=100).reasons if one.url == page.url)
    matches = [match for part in reason.parts for match in part.matches if match.how == "word"]
    assert matches
    assert all("title" in match.fields for match in matches)
    for part in reason.parts:
        assert [match.nearness for match in part.matches] == sorted((m.nearness for m in part.matches), reverse=True)
        for match in part.matches:
            assert match.fields
            assert set(match.fields) <= set(FIELDS)


def test_each_word_is_told_with_what_the_vocabulary_says_of_it():
    words = Vocabulary(
        synonyms=(("return", "send back"), ("parcel", "package")),
        one_way=(("klarna", ("invoice",)),),
        misspellings=(("pelow", ("pillow",)),),
    )
    index = build_index(corpus("en"), "en", words)
    (reading,) = explain(index, "the klarna pelow, to send it back").readings
    told = {word.typed: word for word in reading.words}
    assert list(told) == ["the", "klarna", "pelow", "to", "send back", "it"]
    assert [told[word].is_small for word in told] == [True, False, False, True, False, True]

    def meanings(word: str) -> list[tuple[str, str, tuple[str, ...]]]:
        return [(one.text, one.why, one.entry) for one in told[word].meanings]

    assert meanings("klarna") == [("invoice", "synonym", ("klarna", "invoice"))]
    assert meanings("pelow") == [("pillow", "misspelling", ("pelow", "pillow"))]
    assert meanings("send back") == [
        ("return", "synonym", ("return", "send back")),
        ("send", "part", ()),
        ("back", "part", ()),
    ]


def test_another_layout_of_the_keyboard_is_told():
    index = build_index(corpus("ru"), "ru", vocabulary("ru"))
    (reading,) = explain(index, "djpdhfn").readings
    assert (reading.text, [word.typed for word in reading.words]) == ("возврат", ["возврат"])


def test_pages_that_are_not_translated_are_told_with_their_language():
    told = explain(index_of("tr"), corpus("en")[4].title)
    assert [reading.language for reading in told.readings] == ["tr", "en"]
    assert told.reasons[-1].kind == "other"


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(LANGUAGES), st.text(max_size=40))
def test_any_text_is_explained(language: str, text: str):
    explain(index_of(language), text)
