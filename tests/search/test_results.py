"""What a page is told of a search: marks stand where the words do, whatever folding made of them."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page
from shops import SCRIPTS, read_case

from helpcenter.search import Document, Section, Vocabulary, build_index, bundle_worker, encode

CASES = read_case("marks.json")
LANGUAGES = sorted({case["language"] for case in CASES})


@pytest.fixture(scope="module")
def marking_page(browser: Browser) -> Page:
    page = browser.new_page()
    page.add_script_tag(content=bundle_worker(SCRIPTS, LANGUAGES).decode())
    return page


def _ask(page: Page, language: str, text: str, query: str) -> dict[str, object]:
    return _search(page, Document("a", text, "faq", (), text, (Section("b", text, text),), language), query)


def _search(page: Page, document: Document, query: str) -> dict[str, object]:
    language = document.lang
    index = encode(build_index([document], language, Vocabulary())).decode()
    return page.evaluate(
        "([index, query]) => helpcenterFound(new HelpcenterSearch(JSON.parse(index)), query, 10)", [index, query]
    )


def _marked(text: str, marks: list[list[int]]) -> list[str]:
    units = text.encode("utf-16-le")
    return [units[2 * start : 2 * end].decode("utf-16-le") for start, end in marks]


@pytest.mark.browser
@pytest.mark.parametrize("case", CASES, ids=[f"{case['language']} {case['query']}" for case in CASES])
def test_marks_are_places_in_the_text_as_it_is_written(case: dict[str, str], marking_page: Page):
    hit = _ask(marking_page, case["language"], case["text"], case["query"])["hits"][0]
    for text, marks in (hit["title"], hit["teaser"], hit["sections"][0]["title"], hit["sections"][0]["teaser"]):
        assert text == case["text"]
        assert _marked(text, marks) == case["marked"]


@pytest.mark.browser
def test_the_marks_of_a_shortened_text_move_with_it(marking_page: Page):
    text = f"{'😀 filler ' * 40}linen shirts {'and more ' * 40}"
    teaser, marks = _ask(marking_page, "en", text, "linen")["hits"][0]["teaser"]
    assert teaser.startswith("… ")
    assert teaser.endswith(" …")
    assert _marked(teaser, marks) == ["linen"]
    assert len(teaser) < 210


@pytest.mark.browser
def test_a_text_without_spaces_is_not_cut_within_a_character(marking_page: Page):
    # To JavaScript, which counts places, each of these is two characters.
    text = f"{'😀' * 100}-linen{'😀' * 150}"
    teaser, marks = _ask(marking_page, "en", text, "linen")["hits"][0]["teaser"]
    assert teaser.replace("😀", "") == "… -linen …"
    assert _marked(teaser, marks) == ["linen"]


@pytest.mark.browser
def test_an_answer_is_the_best_when_it_answers_every_word(marking_page: Page):
    asked = [_ask(marking_page, "en", "How do I wash linen?", query) for query in ("wash linen", "wash linen zebra")]
    assert [found["hits"][0]["best"] for found in asked] == [True, False]


@pytest.mark.browser
def test_an_answer_is_gone_to_where_it_stands(marking_page: Page):
    cold = Section("cold", "Wash linen cold", "Linen may be washed cold.")
    page = Document("a", "Linen", "faq", (), "Wash linen cold, at thirty degrees.", (cold,), "en")
    asked = [_search(marking_page, one, "wash linen cold") for one in (page, replace(page, type="guide"))]
    assert [found["hits"][0]["anchor"] for found in asked] == ["", "cold"]


@pytest.mark.browser
def test_what_the_page_is_told(scripts_page: Callable[[str], Page]):
    found = scripts_page("en").evaluate("() => helpcenterFound(search, 'return <zebra>', 2)")
    assert sorted(found) == ["hits", "missed", "others", "suggestion", "total"]
    assert (found["missed"], found["suggestion"], len(found["hits"])) == (["zebra"], None, 2)
    assert found["total"] > 2
    first = found["hits"][0]
    fields = ["anchor", "answer", "best", "lang", "score", "sections", "teaser", "title", "type", "url"]
    assert sorted(first) == fields
    assert (first["url"], first["type"], first["lang"], first["best"]) == (
        "tutorials/return-an-item/",
        "tutorials",
        "en",
        False,
    )
    assert first["title"] == ["Return an item", [[0, 6]]]
    assert json.dumps(first).count("<mark") == 0
