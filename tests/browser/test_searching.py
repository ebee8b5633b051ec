"""Search in the real box, as customers type, tap and press keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Reader, Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))["search"]
BOX = "[data-md-component=search-query]"
RESULT = ".md-search-result__item > a.md-search-result__link"


def found(page: Page) -> list[str]:
    """Give the paths of the results below the locale's root."""
    expect(page.locator(RESULT).first).to_be_visible()
    hrefs = page.locator(RESULT).evaluate_all("links => links.map(link => link.href)")
    return [urlsplit(href).path.removeprefix("/help/").partition("/")[2] for href in hrefs]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['locale']} {case['typed']}")
def test_the_page_that_answers_comes_first(desk: Reader, served: Served, case: dict[str, Any]):
    page = desk.page
    page.goto(f"{served.address}{case['locale']}/")
    page.locator("[data-hc-search]").first.click()
    page.locator(BOX).press_sequentially(case["typed"])
    assert found(page)[0] == case["first"]
    assert desk.problems == []


@pytest.mark.parametrize("locale", ["en", "tr", "ar", "zh-CN", "de-CH"])
def test_search_opens_finds_and_leads_on(reader: Reader, served: Served, locale: str):
    page = reader.page
    page.goto(f"{served.address}{locale}/guides/delivery/")
    # On a phone a button opens the box; at a desk it stands open.
    page.locator("label[for=__search] [data-hc-name]").or_(page.locator(BOX)).filter(visible=True).first.click()
    title = page.locator(".hc-nav a[href*='contact-hours']").first.text_content()
    assert title
    page.locator(BOX).fill(title.strip())
    assert found(page)[0] == "guides/contact-hours/"
    assert not reader.scrolls_sideways()
    page.locator(RESULT).first.click()
    page.wait_for_url(f"{served.address}{locale}/guides/contact-hours/**")
    assert page.locator("h1").is_visible()
    assert reader.problems == []


def test_search_by_keyboard(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}en/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate(
            "document.activeElement?.matches('[data-hc-search], [data-md-component=search-query], [data-hc-name]')"
        ):
            break
    page.keyboard.press("Enter")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("return")
    assert found(page)[0] == "tutorials/return-an-item/"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.matches('.md-search-result__link')")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.address}en/tutorials/return-an-item/**")
    assert desk.problems == []


def test_a_pasted_word_is_searched(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}zh-CN/")
    page.locator("[data-hc-search]").first.click()
    # A word picked in an input method, dictated, or pasted by mouse changes the box without a key.
    page.locator(BOX).evaluate(
        "(box, word) => { box.value = word; box.dispatchEvent(new InputEvent('input')) }", "退货"
    )
    assert "tutorials/return-an-item/" in found(page)
    assert desk.problems == []


def test_nothing_found_is_said_in_the_language(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}tr/")
    page.locator("[data-hc-search]").first.click()
    page.locator(BOX).press_sequentially("qqxxzz")
    expect(page.locator(".md-search-result__meta")).to_have_text("Eşleşen doküman bulunamadı")
    assert desk.problems == []


def test_a_page_in_the_source_language_is_found_behind_the_others(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}es/")
    page.locator("[data-hc-search]").first.click()
    page.locator(BOX).press_sequentially("privacy notice")
    assert "policies/privacy-notice/" in found(page)
    assert desk.problems == []
