"""Queries find the page that a customer means, on both sides in the same order."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lunr.token_set import TokenSet
from playwright.sync_api import Page
from shops import corpus, index_of, read_case

from helpcenter.search import Document, Section, Vocabulary, build_index, query

# Not a lone surrogate: the browser's test driver does not hand it over. Python is asked for those above all.
HOSTILE = [
    "return + - : ~ ^ * title:return^10 ret*~2 +label -item",
    "<img src=x onerror=alert(1)> &amp; \"return\" 'iade'",
    "__proto__ constructor toString hasOwnProperty",
    "return\u0000label \u200b\ufeff\u202e\u2028",
    "a" * 10_000,
    "iade " * 2_000,
    "退款" * 500,
    "İ" * 300 + "ß" * 300,
    "🤷🏽‍♀️ 𝕣𝕖𝕥𝕦𝕣𝕟 ﬁ ㎏ ½",
    "\\ / . - _ ' ’ ’’ --",
]
CASES = [(language, *case) for language, cases in read_case("queries.json").items() for case in cases]


def _page(url: str, text: str) -> Document:
    return Document(url, url, "faq", (), "", (Section("", "", text),), "en")


@pytest.mark.parametrize("case", CASES, ids=[f"{case[0]} {case[1]}" for case in CASES])
def test_first_page(case: tuple[str, ...]):
    language, text, url, *anchor = case
    hits = query(index_of(language), text).hits
    assert (hits[0].url if hits else None) == url
    if anchor:
        assert hits[0].anchor == anchor[0]


CORRECTIONS = [(language, *case) for language, cases in read_case("corrections.json").items() for case in cases]


@pytest.mark.parametrize("case", CORRECTIONS, ids=[f"{case[0]} {case[1]}" for case in CORRECTIONS])
def test_what_was_typed_wrongly_is_found(case: tuple[str, ...]):
    language, text, url, suggestion = case
    found = query(index_of(language), text)
    assert (found.hits[0].url if found.hits else None, found.suggestion) == (url, suggestion)


@pytest.mark.browser
@pytest.mark.parametrize("language", sorted({case[0] for case in CASES}))
def test_the_browser_ranks_as_python_does(language: str, scripts_page: Callable[[str], Page]):
    texts = [case[1] for case in CASES if case[0] == language]
    # What is typed on the way to a word is asked as well.
    texts += [text[:length] for text in texts for length in range(1, len(text), 2)]
    texts += [case[1] for case in CORRECTIONS if case[0] == language] + HOSTILE
    found = scripts_page(language).evaluate(
        """texts => texts.map(text => {
            const found = search.query(text)
            const told = hit => [
                hit.page.url, hit.anchor, hit.answered, hit.score, hit.best,
                [...new Set(hit.answers.flatMap(answer => [...answer.termsOn(hit.number).keys()]))].sort()
            ]
            // What the page is told is made as well, of hostile texts in particular.
            const { id } = helpcenterFound(search, text, 10)
            return [found.hits.map(told), found.others.map(told), found.missed, found.suggestion || ""]
        })""",
        texts,
    )
    for text, answer in zip(texts, found, strict=True):
        python = query(index_of(language), text, limit=30, explain=True)
        expected = [
            [[h.url, h.anchor, h.answered, pytest.approx(h.score, abs=1e-9), h.best, sorted(h.tokens)] for h in hits]
            for hits in (python.hits, python.others)
        ]
        assert answer == [*expected, list(python.missed), python.suggestion], text


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_no_text_is_too_strange_to_be_asked(text: str):
    for language in ("tr", "zh-CN"):
        found = query(index_of(language), text)
        scores = [hit.score for hit in found.hits]
        assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("language", sorted({case[0] for case in CASES}))
def test_the_score_tells_the_order(language: str):
    for text in [case[1] for case in CASES if case[0] == language]:
        scores = [hit.score for hit in query(index_of(language), text, limit=30).hits]
        assert scores == sorted(scores, reverse=True), text


def test_the_score_tells_why_a_page_stands_first():
    index = build_index(
        [
            LOUD,
            replace(_page("named", "linen " * 50), title="Quiet", keywords=("Refund",)),
            replace(_page("other", "refund"), lang="tr"),
            replace(_page("another", "refund money " * 20), lang="de"),
        ],
        "en",
        Vocabulary(),
    )
    found = query(index, "refund")
    assert [hit.url for hit in found.hits] == ["named", "loud"]
    assert [hit.url for hit in found.others] == ["another", "other"]
    assert all(before.score > after.score for hits in (found.hits, found.others) for before, after in pairwise(hits))
    # How many are asked for makes no difference to what they score.
    few = query(index, "refund", limit=1)
    assert (few.hits, few.others) == (found.hits[:1], found.others[:1])


def test_pages_of_another_language_are_listed_when_they_answer_more():
    pages = [_page("own", "kargo takip"), replace(_page("other", "kargo express order number"), lang="en")]
    index = build_index([replace(pages[0], lang="tr"), pages[1]], "tr", Vocabulary())
    assert query(index, "kargo takip").others == ()
    assert [hit.url for hit in query(index, "kargo").others] == ["other"]
    assert [hit.url for hit in query(index, "order number").others] == ["other"]
    assert [hit.url for hit in query(index, "kargo numberless order").others] == ["other"]


BRIDGED = [
    replace(
        _page("iade", "Ürünü geri gönderin."), title="İade", lang="tr", bridge=(("", "Return an item"), ("", "refund"))
    ),
    replace(
        _page("kargo", "Kargo ve label sorunları"),
        title="Kargo",
        lang="tr",
        sections=(Section("etiket", "Kargo etiketi", "label"),),
        bridge=(("", "Delivery"), ("etiket", "Shipping label")),
    ),
]


def test_a_page_is_found_by_its_names_in_the_language_of_the_source():
    index = build_index(BRIDGED, "tr", Vocabulary(), {"en": Vocabulary()}, source="en")
    assert [hit.url for hit in query(index, "how do I return items").hits] == ["iade"]
    assert query(index, "REFUND").missed == ()
    hits = query(index, "shipping label").hits
    assert [(hit.url, hit.anchor, hit.lang) for hit in hits] == [("kargo", "etiket", "tr")]
    # Nothing is corrected that is right in the other language, and what is neither is missed once.
    assert query(index, "return").suggestion == ""
    assert query(index, "return zebra").missed == ("zebra",)
    # Found both ways, a page is listed once.
    assert [hit.url for hit in query(index, "label").hits] == ["kargo"]


def test_pages_of_the_language_stand_before_those_found_by_other_names_unless_they_answer_less():
    own = replace(_page("own", "return policy"), lang="tr")
    index = build_index([*BRIDGED, own], "tr", Vocabulary(), {"en": Vocabulary()}, source="en")
    assert [hit.url for hit in query(index, "return").hits] == ["own", "iade"]
    assert [hit.url for hit in query(index, "return item").hits] == ["iade", "own"]


def test_words_that_stand_together_count_more():
    named = replace(_page("cards", "A card, or any gift you like."), title="Methods")
    gift = replace(_page("gift", "We take a gift card as well. Wrapping is free."), title="Methods")
    other = _page("wrapping", "A gift is wrapped as a gift. Payment by card.")
    assert query(build_index([other, named, gift], "en", Vocabulary()), "gift card").hits[0].url == "gift"


def test_an_overview_stands_behind_the_pages_that_it_leads_to():
    page = _page("page", "Wash linen")
    overview = replace(_page("overview", "Wash linen, wash linen"), type="index", keywords=("Linen",))
    page = replace(page, title="Wash the linen")
    index = build_index([overview, page], "en", Vocabulary())
    assert [hit.url for hit in query(index, "wash linen").hits] == ["page", "overview"]
    assert query(index, "Linen").hits[0].url == "overview"


def test_a_phrase_of_a_group_and_of_a_one_way_word_finds_both():
    words = Vocabulary(synonyms=(("cash on delivery", "nachnahme"),), one_way=(("cash on delivery", ("payment",)),))
    pages = [_page("methods", "payment"), _page("carrier", "nachnahme"), _page("other", "return")]
    found = query(build_index(pages, "en", words), "cash on delivery").hits
    assert {hit.url for hit in found} == {"methods", "carrier"}


def test_misspellings_of_the_vocabulary_are_followed():
    words = Vocabulary(misspellings=(("linnen sheet", ("bed linen",)), ("cort", ("court",))))
    index = build_index([_page("a", "bed linen"), _page("b", "a court"), _page("c", "cart")], "en", words)
    assert query(index, "my linnen sheets").suggestion == "my bed linen"
    found = query(index, "cort ")
    assert (found.hits[0].url, found.suggestion) == ("b", "court")


def test_a_guess_is_looked_up_and_not_proposed():
    index = build_index([replace(_page("a", "klasörüne kaydedin"), lang="tr")], "tr", Vocabulary())
    found = [query(index, text) for text in ("klaı", "kalsörüne")]
    assert [(one.hits[0].url, one.suggestion) for one in found] == [("a", ""), ("a", "klasörüne")]


def test_a_word_of_a_few_texts_does_not_hide_the_name_that_it_looks_like():
    pages = [_page("rare", "a retune of the loom"), replace(_page("named", "x"), title="Return an item")]
    assert [hit.url for hit in query(build_index(pages, "en", Vocabulary()), "retune ").hits] == ["rare", "named"]


def test_pages_of_another_language_stand_apart():
    found = query(index_of("tr"), "wash linen")
    assert found.hits == ()
    assert [(hit.url, hit.lang) for hit in found.others] == [("guides/wash/", "en")]
    # What is found there was found, and nobody meant another word by it.
    assert (found.missed, found.suggestion) == ((), "")
    assert query(index_of("tr"), "wash zebra").missed == ("zebra",)
    right = build_index([_page("own", "delivery"), replace(_page("other", "delivary"), lang="de")], "en", Vocabulary())
    assert [query(right, text).suggestion for text in ("delivary", "delivury")] == ["", "delivery"]
    both = build_index(
        [replace(corpus("en")[0], lang="en"), replace(corpus("en")[1], title="Return", lang="tr")], "tr", Vocabulary()
    )
    found = query(both, "return")
    assert [[hit.lang for hit in hits] for hits in (found.hits, found.others)] == [["tr"], ["en"]]


def test_a_page_that_answers_more_of_the_query_stands_first():
    index = build_index(
        [_page("a", "linen linen linen linen"), _page("b", "a long text about linen that must be washed")],
        "en",
        Vocabulary(),
    )
    assert [hit.url for hit in query(index, "linen washed").hits] == ["b", "a"]


LOUD = replace(_page("loud", "refund " * 9), title="Refund, refund, refund", keywords=("refund money", "fast refund"))


@pytest.mark.parametrize(
    ("keywords", "title", "text", "first"),
    [
        (["refund"], "Quiet", "refund", "quiet"),
        (["x", "Refund"], "Quiet", "  refund? ", "quiet"),
        ([], "Refund", "refund", "quiet"),
        (["re-fund"], "Quiet", "refund", "quiet"),
        # Only the whole: not a beginning, not another form, not a part, not a word more, not what stands in two keywords.
        (["refund"], "Quiet", "refu", "loud"),
        (["refunding"], "Quiet", "refund", "loud"),
        (["refund"], "Quiet", "refunds", "loud"),
        (["quick refund"], "Quiet", "refund", "loud"),
        (["refund"], "Quiet", "the refund", "loud"),
        (["money", "refund"], "Quiet", "money refund", "loud"),
        (["refund"], "Quiet", "refumd", "loud"),
    ],
)
def test_the_page_that_is_named_so_stands_first(keywords: list[str], title: str, text: str, first: str):
    filler = "linen bedding " * 40
    quiet = replace(_page("quiet", filler), title=title, keywords=(*keywords, *(f"word{n}" for n in range(30))))
    assert query(build_index([LOUD, quiet], "en", Vocabulary()), text).hits[0].url == first


def test_ranking_decides_between_pages_of_the_same_name():
    named = [("other", ("label", "return")), ("one", ("return",)), ("two", ("Return",))]
    pages = [replace(_page(url, "linen"), keywords=keywords) for url, keywords in named]
    assert [hit.url for hit in query(build_index(pages, "en", Vocabulary()), "return").hits] == ["one", "two", "other"]


def test_a_spelling_of_its_language_names_a_page():
    loud = replace(_page("loud", "x"), title="Rueckgabe, Rueckgabe")
    pages = [loud, replace(_page("named", "x"), keywords=("Rückgabe",))]
    index = build_index([replace(page, lang="de") for page in pages], "de", Vocabulary())
    assert [hit.url for hit in query(index, "rueckgabe").hits] == ["named", "loud"]


def test_a_name_in_another_language_stays_behind():
    own = _page("own", "refund")
    other = replace(_page("other", "x"), keywords=("refund",), lang="tr")
    index = build_index([other, own], "en", Vocabulary())
    found = query(index, "refund")
    assert [[hit.url for hit in hits] for hits in (found.hits, found.others)] == [["own"], ["other"]]


def test_words_that_nothing_is_found_for_are_named_as_they_were_typed():
    index = build_index([_page("a", "linen")], "en", Vocabulary())
    assert query(index, "Why Líñen Zebras?").missed == ("Zebras",)


@pytest.mark.parametrize(
    ("change", "text", "best"),
    [
        ({}, "wash linen", True),
        ({}, "how is linen washed", True),
        ({}, "wash linen zebra", False),
        ({"answer": ""}, "wash linen", False),
        ({"type": "guide"}, "wash linen", False),
    ],
)
def test_the_short_answer_of_a_question_is_shown_when_it_answers_all(change: dict[str, str], text: str, *, best: bool):
    answers = replace(_page("a", "x"), title="How do I wash linen?", answer="Wash linen at forty degrees.")
    index = build_index([replace(answers, **change), _page("b", "to wash linen, wash it")], "en", Vocabulary())
    assert {hit.url: hit.best for hit in query(index, text).hits} == {"a": best, "b": False}


def test_a_short_answer_is_gone_to_where_it_stands():
    cold = Section("cold", "Wash linen cold", "Linen may be washed cold.")
    page = replace(_page("a", "x"), title="Linen", answer="Wash linen cold, at thirty degrees.", sections=(cold,))
    guide = replace(page, type="guide")
    anchors = [query(build_index([one], "en", Vocabulary()), "wash linen cold").hits[0].anchor for one in (page, guide)]
    assert anchors == ["", "cold"]


def test_a_misspelling_is_looked_for_only_when_the_word_finds_nothing():
    index = build_index([_page("a", "coat"), _page("b", "boat")], "en", Vocabulary())
    assert [hit.url for hit in query(index, "boat ").hits] == ["b"]
    assert [hit.url for hit in query(index, "poat ").hits] == ["a", "b"]


def test_one_way_synonyms_and_protected_names():
    words = Vocabulary(one_way=(("klarna", ("invoice",)),), protected=("Linens",))
    index = build_index(
        [_page("a", "invoice"), _page("b", "klarna"), _page("c", "linens"), _page("d", "linen")], "en", words
    )
    assert [hit.url for hit in query(index, "klarna").hits] == ["b", "a"]
    assert [hit.url for hit in query(index, "invoice").hits] == ["a"]
    assert [hit.url for hit in query(index, "linens ").hits] == ["c"]


def test_small_words_alone_are_searched_for():
    index = build_index([_page("a", "how"), _page("b", "linen")], "en", Vocabulary())
    assert [hit.url for hit in query(index, "how").hits] == ["a"]
    assert [hit.url for hit in query(index, "how linen").hits] == ["b"]


PASTED = {
    "tr": ["iade" * 125, "kargo " * 80],
    "de": ["Rückgabe" * 60, "Rückgabeversandkostenrechnung " * 20],
    "zh-CN": ["退款货物订单" * 80, "abcdefghij" * 50],
    "ar": ["ارجاع" * 100],
}


@pytest.mark.browser
@pytest.mark.parametrize(("language", "text"), [(tag, text) for tag, texts in PASTED.items() for text in texts])
def test_the_work_for_a_pasted_text_is_bounded(language: str, text: str, scripts_page: Callable[[str], Page]):
    index = index_of(language)
    # lunr makes a node for each step of an automaton: a million of them for a misspelled word of thirty letters.
    before = TokenSet().id
    hits = query(index, text, limit=30).hits
    nodes = TokenSet().id - before
    found, browser_nodes = scripts_page(language).evaluate(
        """text => {
            const before = new lunr.TokenSet().id
            const urls = search.query(text).hits.map(hit => hit.page.url)
            return [urls, new lunr.TokenSet().id - before]
        }""",
        text,
    )
    assert found == [hit.url for hit in hits]
    assert max(nodes, browser_nodes) < 2000


def test_what_is_typed_beyond_a_question_is_not_read():
    pages = [_page("a", "linen"), _page("b", "coat")]
    index = build_index(pages, "en", Vocabulary())
    filler = "x" * 100
    assert [hit.url for hit in query(index, f"{filler} linen").hits] == ["a"]
    assert [hit.url for hit in query(index, f"{filler} linen {filler} coat").hits] == ["a"]


def test_a_text_that_another_keyboard_makes_of_marks_alone_is_not_meant():
    # On a Dvorak keyboard the key W writes a comma, on others an apostrophe.
    assert not query(index_of("en"), "wwwwww").suggestion


def test_limit():
    assert len(query(index_of("en"), "order", limit=2).hits) == 2
