"""The search as customers type, tap and press keys: at a desk, on a phone, with an input method, and when something fails."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
import yaml
from playwright.sync_api import expect
from test_reading import violations

from demo_project import direction
from helpcenter.search import load_index

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from conftest import Reader, Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

# Typed in a locale, the page that must be first, and what the page says of a query that nothing answers.
CASES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))["search"]
NOWHERE = "qqxxzz"
LISTENING = "addEventListener('helpcenter:search', (event) => (window.told ??= []).push(event.detail), true)"


def box(page: Page) -> Locator:
    """Give the field in the header."""
    return page.locator("header input[name=q]")


def options(page: Page, kind: str = "") -> Locator:
    """Give what the list offers: all, or ``page``, ``section``, ``best``, ``query`` or ``all``."""
    return page.locator("[role=option]" + (f".hc-option--{kind}" if kind else ""))


def found(page: Page) -> list[str]:
    """Give the paths of the pages in the list, below the locale's root."""
    pages = page.locator(".hc-option--best, .hc-option--page")
    expect(pages.first).to_be_visible()
    hrefs = pages.evaluate_all("links => links.map(link => link.href)")
    return [urlsplit(href).path.removeprefix("/help/").partition("/")[2] for href in hrefs]


def active(page: Page) -> Locator:
    """Give the option that the keyboard has walked to, as a screen reader is told of it."""
    name = box(page).get_attribute("aria-activedescendant")
    return page.locator(f"#{name}") if name else page.locator("#none")


def told(page: Page) -> list[dict[str, Any]]:
    """Give the events that the page has heard."""
    events: list[dict[str, Any]] = page.evaluate("window.told ?? []")
    return events


@pytest.mark.parametrize("locale", CASES)
def test_search_by_keyboard(desk: Reader, served: Served, locale: str):
    page, case = desk.page, CASES[locale]
    page.add_init_script(LISTENING)
    served.requested.clear()
    here = f"{served.address}{locale}/guides/delivery/"
    page.goto(here)
    page.wait_for_load_state("networkidle")
    assert [path for path in served.requested if "/search" in path] == []
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.insert_text(case["typed"])
    assert found(page)[0] == case["first"]
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    assert page.get_by_role("listbox").count() == 1
    assert violations(desk) == []
    # The list is walked, and the keyboard stays in the field.
    page.keyboard.press("ArrowDown")
    expect(active(page)).to_have_attribute("aria-selected", "true")
    first = active(page).get_attribute("href")
    page.keyboard.press("ArrowUp")
    assert active(page).count() == 0
    page.keyboard.press("ArrowUp")
    expect(active(page)).to_have_class("hc-option hc-option--all")
    page.keyboard.press("Home")
    assert active(page).count() == 0
    page.keyboard.press("Escape")
    expect(options(page).first).not_to_be_visible()
    expect(box(page)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert active(page).get_attribute("href") == first
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.startswith(f"{served.address}{locale}/{case['first']}"))
    page.go_back()
    expect(box(page)).to_have_value(case["typed"])
    assert found(page)[0] == case["first"]
    assert sorted(path for path in served.requested if "/search/index" in path)[:1] == [
        f"/help/{locale}/search/index.json"
    ]
    assert desk.problems == []


@pytest.mark.parametrize("locale", ["ar", "zh-CN"])
def test_on_a_phone_the_search_is_a_sheet(phone: Reader, served: Served, locale: str):
    page, case = phone.page, CASES[locale]
    page.goto(f"{served.address}{locale}/guides/delivery/")
    opener = page.locator("a.hc-search__open")
    opener.click()
    expect(box(page)).to_be_focused()
    page.keyboard.insert_text(case["typed"])
    assert found(page)[0] == case["first"]
    # A screen's width, the first result in its upper half, where no keyboard covers it, and nothing behind it moves.
    sheet, top = page.locator(".hc-search").bounding_box(), options(page).first.bounding_box()
    assert sheet is not None
    assert (sheet["x"], sheet["y"], sheet["width"]) == (0, 0, 360)
    assert top is not None
    assert top["y"] < 200
    assert page.evaluate("getComputedStyle(document.querySelector('.hc-search')).direction") == direction(locale)
    assert page.evaluate("getComputedStyle(document.documentElement).overflow") == "hidden"
    assert page.locator(".md-container").evaluate("page => page.inert")
    assert not phone.scrolls_sideways()
    assert violations(phone) == []
    page.locator(".hc-search__close").click()
    expect(opener).to_be_focused()
    assert not page.locator(".md-container").evaluate("page => page.inert")
    # The button of the home page opens the same sheet, which offers what others search.
    page.goto(f"{served.address}{locale}/")
    page.locator("article [data-hc-search]").click()
    expect(box(page)).to_be_focused()
    popular = load_index(served.folder / locale / "search").popular
    assert popular
    expect(options(page, "query")).to_have_text(popular)
    page.keyboard.insert_text(case["typed"])
    assert found(page)[0] == case["first"]
    options(page).first.click()
    page.wait_for_url(lambda url: url.startswith(f"{served.address}{locale}/{case['first']}"))
    assert phone.problems == []


def test_an_input_method_composes_in_peace(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}zh-CN/")
    page.locator("article [data-hc-search]").click()
    page.locator("header [role=combobox]:focus").wait_for()
    keys = page.context.new_cdp_session(page)
    # Half of a word in Latin letters: no page has it, which is no news yet, and keys are those of the input method.
    keys.send("Input.imeSetComposition", {"selectionStart": 6, "selectionEnd": 6, "text": NOWHERE})
    expect(box(page)).to_have_value(NOWHERE)
    expect(page.locator(".hc-search__notes")).to_be_empty()
    keys.send("Input.insertText", {"text": "退货"})
    expect(box(page)).to_have_value("退货")
    assert found(page)[0] == "tutorials/return-an-item/"
    assert desk.problems == []


def test_nothing_found_leads_on_to_topics_and_a_person(desk: Reader, served: Served):
    page = desk.page
    page.add_init_script(LISTENING)
    page.goto(f"{served.address}tr/?q={NOWHERE}")
    expect(page.locator(".hc-search__notes")).to_have_text(f"“{NOWHERE}” için sonuç bulunamadı")
    expect(page.locator(".hc-search [role=status]")).to_contain_text("sonuç bulunamadı")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    topics = page.locator(".hc-search__topics a")
    assert topics.all_inner_texts() == page.locator(".hc-nav > ul > li > a").all_inner_texts()
    assert violations(desk) == []
    page.wait_for_function("window.told?.length > 0")
    assert told(page) == [{"kind": "miss", "query": NOWHERE, "results": 0, "locale": "tr"}]
    page.locator(".hc-search__contact a").click()
    page.wait_for_url(f"{served.address}tr/guides/contact-hours/?q={NOWHERE}")
    expect(page.locator(".hc-searched")).to_have_text(f"Aradığınız: “{NOWHERE}”.")
    assert page.locator("article a[href^='mailto:']").first.get_attribute("href").endswith(f"?subject={NOWHERE}")
    assert desk.problems == []


def test_what_is_typed_stays_text_and_is_told_once(desk: Reader, served: Served):
    page = desk.page
    page.add_init_script(LISTENING)
    page.goto(f"{served.address}en/")
    page.locator("article [data-hc-search]").click()
    hostile = "return <img src=x onerror=alert(1)> \ud83d +-:~^* "
    box(page).fill(hostile + "x" * 10_000)
    expect(options(page).first).to_be_visible()
    assert page.locator(".hc-search__panel img").count() == 0
    # What is pasted is neither printed at length nor carried on, and does not leave the list.
    box(page).fill("w" * 10_000)
    expect(page.locator(".hc-search__notes")).to_contain_text("Nothing found")
    expect(page.locator(".hc-search__meant")).to_have_count(0)
    assert page.locator(".hc-search__notes").evaluate("notes => notes.scrollWidth <= notes.clientWidth")
    assert page.locator(".hc-search__contact a").get_attribute("href").endswith("?q=" + "w" * 120)
    # Small words are not marked, and marks are seen in forced colours.
    box(page).fill("where is my refund")
    expect(options(page, "best").locator("mark").first).to_have_text("refund")
    assert {"where", "is", "my"}.isdisjoint(
        text.lower() for text in page.locator("[role=option] mark").all_inner_texts()
    )
    page.emulate_media(forced_colors="active")
    mark = options(page, "best").locator("mark").first
    colours = mark.evaluate("mark => [getComputedStyle(mark).color, getComputedStyle(mark).backgroundColor]")
    assert colours[0] != colours[1]
    page.emulate_media(forced_colors="none")
    box(page).fill("")
    expect(options(page, "best")).to_have_count(0)
    box(page).fill("return label")
    assert found(page)[0] == "tutorials/return-an-item/"
    options(page, "page").first.evaluate("link => link.addEventListener('click', event => event.preventDefault())")
    options(page, "page").first.click()
    query, click = told(page)[-2:]
    assert query == {"kind": "query", "query": "return label", "results": query["results"], "locale": "en"}
    assert click == query | {"kind": "click", "position": 1, "url": click["url"]}
    assert urlsplit(click["url"]).path == "/help/en/tutorials/return-an-item/"
    # What led somewhere is offered again, until the reader has it forgotten.
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("/")
    options(page, "query").first.click()
    expect(box(page)).to_have_value("return label")
    assert found(page)[0] == "tutorials/return-an-item/"
    page.locator(".hc-search__clear").click()
    page.locator(".hc-search__forget").click()
    expect(page.locator(".hc-group--recent")).to_have_count(0)
    assert desk.problems == []


def test_a_slow_a_broken_and_a_missing_index_are_told(desk: Reader, served: Served):
    page, index = desk.page, "/help/de/search/index.json"
    said = page.locator(".hc-search__notes")
    served.held.add(index)
    page.goto(f"{served.address}de/guides/delivery/")
    page.keyboard.press("/")
    page.keyboard.insert_text("R")
    expect(said).to_have_text("Die Suche wird geladen …")
    served.broken.add(index)
    served.held.clear()
    expect(said).to_contain_text("Die Suche ist gerade nicht erreichbar.")
    expect(page.locator(".hc-search__topics a").first).to_be_visible()
    served.broken.clear()
    page.keyboard.insert_text("ückgabe")
    assert found(page)
    assert all("503" in problem or "search" in problem for problem in desk.problems)


def test_a_search_whose_script_cannot_be_had_leads_to_the_topics(desk: Reader, served: Served):
    page, script = desk.page, "/help/de/assets/javascripts/search/interface.js"
    served.broken.add(script)
    page.goto(f"{served.address}de/guides/delivery/")
    page.keyboard.press("s")
    page.keyboard.press("/")
    panel = page.locator(".hc-search__panel")
    expect(panel.get_by_role("alert")).to_contain_text("Die Suche ist gerade nicht erreichbar.")
    assert panel.locator("a").all_inner_texts() == page.locator(".hc-nav > ul > li > a").all_inner_texts()
    assert violations(desk) == []
    page.keyboard.press("Escape")
    expect(panel).not_to_be_visible()
    served.broken.clear()
    assert all("503" in problem for problem in desk.problems)


def test_keys_that_open_the_search(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}ru/guides/delivery/")
    for letter in ("s", "f", "k"):
        page.keyboard.press(letter)
    expect(box(page)).not_to_be_focused()
    # On a Russian keyboard the key K is л.
    page.evaluate(
        "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'л', code: 'KeyK', ctrlKey: true, bubbles: true}))"
    )
    expect(box(page)).to_be_focused()
    expect(options(page, "query").first).to_be_visible()
    # The list is walked by arrows; Tab leads past it.
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[role=listbox]')") is None
    assert desk.problems == []


def test_the_page_of_results(desk: Reader, served: Served):
    page = desk.page
    page.add_init_script(LISTENING)
    page.goto(f"{served.address}de/search/?q=versand")
    results = page.locator(".hc-found h2 a")
    expect(results.first).to_be_visible()
    assert box(page).count() == 0
    assert page.locator("meta[name=robots]").get_attribute("content") == "noindex"
    assert page.locator("link[hreflang]").count() == 0
    field = page.locator("article input[name=q]")
    expect(field).to_have_value("versand")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ Ergebnisse$"))
    assert violations(desk) == []
    field.fill("rechnung")
    page.wait_for_url("**/de/search/?q=rechnung")
    assert page.title().startswith("rechnung – Suchergebnisse")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.hc-found a')")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/search/" not in url)
    page.go_back()
    expect(field).to_have_value("rechnung")
    field.fill("")
    expect(page.locator(".hc-find__topics")).to_be_visible()
    assert desk.problems == []
    # Enter in the box of any page leads here.
    page.goto(f"{served.address}de/")
    box(page).fill("versand")
    box(page).press("Enter")
    page.wait_for_url("**/de/search/?q=versand")


def test_the_page_of_results_says_that_its_script_is_missing_and_tries_again(desk: Reader, served: Served):
    page, script = desk.page, "/help/de/assets/javascripts/search/interface.js"
    served.broken.add(script)
    page.goto(f"{served.address}de/search/?q=versand")
    field = page.locator("article input[name=q]")
    expect(field).to_have_value("versand")
    expect(page.get_by_role("status")).to_contain_text("Die Suche ist gerade nicht erreichbar.")
    expect(page.locator(".hc-find__topics a").first).to_be_visible()
    served.broken.clear()
    # What is typed is searched, not what the address still says.
    field.fill("rechnung")
    expect(page.locator(".hc-found h2 a").first).to_be_visible()
    expect(field).to_have_value("rechnung")
    page.wait_for_url("**/de/search/?q=rechnung")


def test_a_page_in_the_source_language_is_found_behind_the_others(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}es/?q=get%20a%20copy%20of%20your%20data")
    other = page.locator(".hc-group--other")
    expect(other.locator(".hc-group__label")).to_have_text("También en inglés")
    title = other.locator(".hc-option__title").first
    assert [title.get_attribute("lang"), title.get_attribute("dir")] == ["en", "ltr"]
    assert "tutorials/get-a-copy-of-your-data/" in found(page)
    # "Reembolso de dinero" is a synonym, and its small word is marked nowhere.
    box(page).fill("devolucion")
    expect(page.locator("mark", has_text="devolución").first).to_be_visible()
    assert "de" not in page.locator("[role=option] mark").all_inner_texts()
    assert desk.problems == []


def test_a_wrong_address_is_searched_for(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}en/old/return-an-item.html")
    page.locator("article [data-hc-search]").click()
    expect(box(page)).to_have_value("return an item")
    assert found(page)[0] == "tutorials/return-an-item/"


def test_without_scripts_the_search_leads_to_the_topics(scriptless: Reader, served: Served):
    page = scriptless.page
    page.goto(f"{served.address}tr/guides/delivery/")
    page.locator("a.hc-search__open").click()
    assert page.url == f"{served.address}tr/search/"
    assert "JavaScript" in page.locator("noscript").inner_text()
    page.locator(".hc-find__topics a[href$='faq/']").click()
    assert page.url == f"{served.address}tr/faq/"
