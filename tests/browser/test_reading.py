"""Pages as readers see them: on a phone and at a desk, in languages of every kind, with and without scripts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from demo_project import direction

if TYPE_CHECKING:
    from conftest import Reader, Served

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("browser")]

LOCALES = ["en", "tr", "ar", "zh-CN", "de-CH"]
PAGES = {
    "home": "",
    "guide": "guides/delivery/",
    "tutorial": "tutorials/return-an-item/",
    "policy": "policies/returns/",
}
LOUD = ("serious", "critical")
AXE = Axe()


def violations(reader: Reader) -> list[str]:
    """Give what axe-core finds that keeps people out."""
    # What the page's own scripts do once it is drawn.
    reader.page.evaluate("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))")
    found = AXE.run(reader.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found if one["impact"] in LOUD for node in one["nodes"]]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", PAGES)
def test_pages_are_readable(reader: Reader, served: Served, locale: str, kind: str):
    page = reader.page
    page.goto(f"{served.address}{locale}/{PAGES[kind]}")
    assert page.locator("h1").first.is_visible()
    assert page.evaluate("[document.documentElement.lang, getComputedStyle(document.body).direction]") == [
        locale,
        direction(locale),
    ]
    assert not reader.scrolls_sideways()
    # What keeps people out at a desk does so in every language of a direction.
    if reader.is_phone or locale in {"en", "ar"}:
        assert violations(reader) == []
    assert reader.problems == []


@pytest.mark.parametrize("locale", LOCALES)
def test_wrong_addresses_are_answered_in_the_language_of_the_locale(reader: Reader, served: Served, locale: str):
    page = reader.page
    answer = page.goto(f"{served.address}{locale}/no/such/page/")
    assert answer is not None
    assert answer.status == 404
    assert page.evaluate("document.documentElement.lang") == locale
    assert not reader.scrolls_sideways()
    assert violations(reader) == []
    # The styles and scripts are found from here, too: the browser complains of nothing but the address.
    assert [problem for problem in reader.problems if "404" not in problem] == []
    assert page.evaluate("document.styleSheets.length") >= 3
    page.locator("article ul a").first.click()
    assert page.url == f"{served.address}{locale}/"


def test_a_wrong_address_outside_the_locales_offers_all_languages(desk: Reader, served: Served):
    answer = desk.page.goto(f"{served.address}old/shop/page.html")
    assert answer is not None
    assert answer.status == 404
    assert desk.page.locator("#choose a").count() == len(manifest(served)["locales"])
    desk.page.locator("#choose a[hreflang='ar']").click()
    assert desk.page.url == f"{served.address}ar/"


def manifest(served: Served) -> dict[str, dict[str, dict[str, dict[str, dict[str, str]]]]]:
    loaded: dict[str, dict[str, dict[str, dict[str, dict[str, str]]]]] = json.loads(
        (served.folder / "manifest.json").read_text("utf-8")
    )
    return loaded


def test_the_site_works_at_the_root_of_a_server_as_well(desk: Reader, served: Served):
    desk.page.goto(f"{served.plain}tr/tutorials/return-an-item/")
    desk.page.locator(".hc-nav a", has_text="Rehberler").click()
    assert desk.page.url == f"{served.plain}tr/guides/"
    assert desk.problems == []


@pytest.mark.parametrize(("locale", "other"), [("en", "ar"), ("ar", "zh-CN"), ("zh-CN", "de-CH"), ("de-CH", "tr")])
def test_the_language_menu_keeps_page_and_place(reader: Reader, served: Served, locale: str, other: str):
    page = reader.page
    page.goto(f"{served.address}{locale}/tutorials/return-an-item/#label")
    page.locator("[data-hc-language] summary").click()
    menu = page.locator("[data-hc-language] ul")
    box = menu.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.evaluate("innerWidth")
    if reader.is_phone:
        assert violations(reader) == []
    page.locator(f"[data-hc-locale='{other}']").click()
    page.wait_for_url(f"{served.address}{other}/tutorials/return-an-item/#label")
    assert page.locator("#label").is_visible()
    # The root of the site remembers the choice.
    page.goto(served.address)
    page.wait_for_url(f"{served.address}{other}/")
    assert reader.problems == []


def test_the_language_menu_works_by_keyboard(desk: Reader, served: Served):
    page = desk.page
    page.goto(f"{served.address}tr/guides/delivery/")
    page.locator("[data-hc-language] summary").focus()
    page.keyboard.press("Enter")
    assert page.locator("[data-hc-locale='en']").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("[data-hc-locale='en']").is_visible()
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.dataset.hcLocale") == "en"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{served.address}en/guides/delivery/")


@pytest.mark.parametrize("locale", ["tr", "ar"])
def test_the_site_works_without_scripts(scriptless: Reader, served: Served, locale: str):
    page = scriptless.page
    page.goto(served.address)
    page.locator(f"#choose a[hreflang='{locale}']").click()
    assert page.url == f"{served.address}{locale}/"
    page.locator("article a[href*='return-an-item']").first.click()
    assert page.url == f"{served.address}{locale}/tutorials/return-an-item/"
    assert page.locator("h1").is_visible()
    page.locator("[data-hc-language] summary").click()
    page.locator("[data-hc-locale='de']").click()
    assert page.url == f"{served.address}de/tutorials/return-an-item/"
    page.locator("header label[for='__drawer']").click()
    page.locator(".hc-nav a[href$='guides/']").click()
    assert page.url == f"{served.address}de/guides/"


def test_the_terms_of_an_earlier_order_are_found_by_keyboard_without_scripts(scriptless: Reader, served: Served):
    page = scriptless.page
    policy = f"{served.address}de/policies/returns/"
    page.goto(policy)
    page.locator(".hc-days__past summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{policy}terms/2026-01-01/")
    banner = page.locator(".hc-notice--version")
    assert banner.is_visible()
    assert banner.locator("time").all_inner_texts() == ["1. Januar 2026", "18. Juni 2026"]
    banner.locator("a").last.click()
    page.wait_for_url(policy)


def test_earlier_terms_are_readable(reader: Reader, served: Served):
    reader.page.goto(f"{served.address}de/policies/returns/terms/2026-01-01/")
    assert not reader.scrolls_sideways()
    assert violations(reader) == []
    reader.page.goto(f"{served.address}de/policies/returns/")
    reader.page.locator(".hc-days__past summary").click()
    assert violations(reader) == []
    assert reader.problems == []


def test_a_page_without_a_translation_says_so(reader: Reader, served: Served):
    page = reader.page
    fallbacks = [
        (tag, url)
        for tag, locale in manifest(served)["locales"].items()
        for url, row in locale["pages"].items()
        if row["state"] == "fallback"
    ]
    assert fallbacks
    tag, url = fallbacks[0]
    page.goto(f"{served.address}{tag}/{url}#anchor")
    assert page.locator("aside.hc-notice--fallback").is_visible()
    article = page.locator("article")
    assert [article.get_attribute("lang"), article.get_attribute("dir")] == ["en", "ltr"]
    assert page.evaluate("document.documentElement.lang") == tag
    assert violations(reader) == []
    page.locator("aside.hc-notice a").click()
    assert page.url == f"{served.address}en/{url}#anchor"
    assert reader.problems == []


def test_the_chooser_suggests_the_language_of_the_browser(desk: Reader, served: Served):
    desk.page.goto(served.address)
    suggested = desk.page.locator(".suggested a")
    assert suggested.get_attribute("hreflang") in {"en", "en-US"}
    assert not desk.scrolls_sideways()
    assert violations(desk) == []


def test_dark_mode_is_readable_and_kept(desk: Reader, served: Served):
    page = desk.page
    page.emulate_media(color_scheme="dark")
    page.goto(f"{served.address}en/guides/delivery/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert violations(desk) == []
    page.goto(f"{served.address}ar/policies/returns/")
    assert page.evaluate("document.body.dataset.mdColorScheme") == "slate"
    assert violations(desk) == []
