"""Every page of every locale, read from the files: links, languages, addresses, texts."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from built_pages import ADDRESS, BuiltPage, Site, addresses, resolve

from demo_project import DAY, direction
from helpcenter.search import load_index

if TYPE_CHECKING:
    from collections.abc import Iterable

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

STATES = {"source", "reviewed", "approved", "machine", "partial", "outdated", "fallback"}
FULL = ("tr", "ru", "de", "de-AT", "de-CH", "fr", "ar", "zh-CN")


def content_pages(site: Site) -> set[str]:
    folder = site.sources.parent / "content"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.md")}


def published(pages: Iterable[BuiltPage]) -> dict[str, BuiltPage]:
    return {f"{ADDRESS}{page.locale}/{page.url}": page for page in pages if not page.is_fallback}


def test_every_locale_has_every_page_and_an_answer_to_wrong_addresses(site: Site):
    urls = {re.sub(r"(^|/)index/$", r"\1", path.removesuffix(".md") + "/") for path in content_pages(site)}
    assert len(urls) >= 20
    for tag in site.locales:
        assert {page.url for page in site.pages(tag)} == urls
        assert f"{tag}/404.html" in site.html


def test_every_locale_has_a_page_of_results_which_nobody_finds(site: Site):
    titles = set()
    for tag in site.locales:
        page = site.html[f"{tag}/search/index.html"]
        assert page.values("//meta[@name='robots']/@content") == ["noindex"]
        assert page.alternates() == {}
        assert [form.get("action") for form in page.root.xpath("//form[@role='search']")] == ["./"]
        assert resolve(page.path, page.values("//a[@data-hc-contact]/@href")[0]) is not None
        assert f"{tag}/search/" not in "".join(site.sitemap)
        titles.add(page.root.findtext(".//title"))
    # In the words of each language, which locales of one language share.
    assert len(titles) == len({tag.partition("-")[0] for tag in site.locales})


def test_no_link_is_broken(site: Site):
    seen = 0
    broken = []
    for page in [*site.html.values(), site.top("index.html"), site.top("404.html")]:
        for _, address in addresses(page):
            target = resolve(page.path, re.sub(f"^{re.escape(ADDRESS)}", "/", address))
            if target is None:
                continue
            seen += 1
            path, anchor = target
            there = (site.folder / path).is_file()
            if there and anchor and anchor != "choose" and path in site.html:
                there = anchor in site.html[path].anchors
            if not there:
                broken.append(f"{page.path}: {address}")
    assert not broken
    assert seen > 5000


def test_anchor_of_the_chooser_is_there(site: Site):
    assert "choose" in site.top("index.html").anchors


def test_links_leave_the_locale_only_for_other_languages(site: Site):
    strangers = []
    for page in site.html.values():
        for element, address in addresses(page):
            target = resolve(page.path, address)
            if target is None or target[0].startswith(f"{page.locale}/"):
                continue
            is_chooser = target == ("index.html", "choose")
            # A link that names another language says so, in the menu and beside the notice.
            if not is_chooser and element.get("hreflang") not in site.locales:
                strangers.append(f"{page.path}: {address}")
    assert not strangers


def test_only_the_shop_is_linked_outside(site: Site):
    hosts = {
        re.sub(r"^https?://([^/]+).*", r"\1", address)
        for page in site.html.values()
        for element, address in addresses(page)
        if address.startswith(("http:", "https:", "//")) and element.tag == "a"
    }
    loaded = {
        address
        for page in site.html.values()
        for element, address in addresses(page)
        if address.startswith(("http:", "https:", "//"))
        and (element.tag in {"script", "img", "iframe"} or "stylesheet" in (element.get("rel") or ""))
    }
    assert hosts <= {"www.pellavo.example"}
    assert not loaded


def test_language_menu_leads_to_the_same_page_in_every_locale(site: Site):
    for page in site.pages():
        menu = {link.get("data-hc-locale"): link for link in page.root.xpath("//a[@data-hc-locale]")}
        assert list(menu) == list(site.locales)
        for tag, link in menu.items():
            assert resolve(page.path, link.get("href")) == (f"{tag}/{page.url}index.html", "")
            assert (link.get("lang"), link.get("dir"), link.get("hreflang")) == (tag, direction(tag), tag)
        assert [tag for tag, link in menu.items() if link.get("aria-current")] == [page.locale]


def test_earlier_terms_are_found_from_their_page_only_and_lead_back_to_it(site: Site):
    versions = list(site.versions())
    assert {page.locale for page in versions} >= {"de", "de-AT", "es"}
    for page in versions:
        now = site.page(page.locale, re.sub(r"terms/[\d-]+/$", "", page.url))
        assert page.values("//meta[@name='robots']/@content") == ["noindex"]
        assert page.values("//link[@rel='canonical']/@href") == now.values("//link[@rel='canonical']/@href")
        assert not page.alternates()
        assert not page.values("//script[@type='application/ld+json']")
        banner = page.root.xpath("//aside[contains(@class, 'hc-notice--version')]")[0]
        assert re.findall(r"\d{4}-\d{2}-\d{2}", page.url) == banner.xpath(".//time/@datetime")[:1]
        back = {resolve(page.path, address) for address in banner.xpath(".//a/@href")}
        assert (now.path, "") in back
        for tag in site.locales:
            (link,) = page.values(f"//a[@data-hc-locale='{tag}']/@href")
            assert resolve(page.path, link) == (f"{tag}/{now.url}index.html", "")
        pointing = {
            other.path
            for other in site.html.values()
            for _, address in addresses(other)
            if other.locale == page.locale and resolve(other.path, address) == (page.path, "")
        }
        assert pointing - {page.path} == {now.path}
        known = {document.url for document in load_index(site.folder / page.locale / "search").documents}
        assert page.url not in known
        assert now.url in known
    for page in site.pages():
        listed = page.values("//details[contains(@class, 'hc-days__past')]//a/@href")
        there = [one.path for one in versions if one.locale == page.locale and one.url.startswith(page.url + "terms/")]
        assert {resolve(page.path, address) for address in listed} == (
            {(page.path, ""), *((path, "") for path in there)} if there else set()
        )


def test_every_page_says_its_language_and_direction(site: Site):
    for page in site.html.values():
        assert page.root.get("lang") == page.locale
        assert page.root.find("body").get("dir") == direction(page.locale)
        if page.is_page:
            shown = "en" if page.is_fallback else page.locale
            assert (page.article.get("lang"), page.article.get("dir")) == (shown, direction(shown))
        for element in page.root.xpath("//*[@lang and @dir]"):
            assert element.get("dir") == direction(element.get("lang"))


def test_pages_of_finished_locales_are_in_their_language(site: Site):
    for page in site.pages(*FULL):
        assert page.article.get("data-hc-state") in {"reviewed", "approved", "machine", "outdated", "partial"}, (
            page.path
        )
        for text in page.article.itertext():
            assert "You can" not in text or page.article.get("data-hc-state") == "partial", (page.path, text)


def test_fallback_pages_point_to_the_source_and_are_kept_out_of_search_engines(site: Site):
    fallbacks = [page for page in site.pages() if page.is_fallback]
    assert fallbacks, "the demo shows what a page without a translation looks like"
    for page in fallbacks:
        assert page.values("//meta[@name='robots']/@content") == ["noindex"]
        assert page.values("//link[@rel='canonical']/@href") == [f"{ADDRESS}en/{page.url}"]
        assert not page.alternates()
        assert page.values("//aside[contains(@class, 'hc-notice--fallback')]/p/a/@hreflang") == ["en"]


def test_published_pages_are_their_own_canonical_address_and_may_be_indexed(site: Site):
    for address, page in published(site.pages()).items():
        assert page.values("//link[@rel='canonical']/@href") == [address]
        assert not page.values("//meta[@name='robots']/@content")


def test_translations_name_each_other_and_the_default(site: Site):
    known = published(site.pages())
    assert len(known) > 200
    for address, page in known.items():
        alternates = page.alternates()
        assert alternates[page.locale] == address
        assert alternates["x-default"] == f"{ADDRESS}en/{page.url}"
        for tag, other in alternates.items():
            assert known[other].locale == ("en" if tag == "x-default" else tag)
            assert known[other].alternates() == alternates
        versions = {other.locale for other in known.values() if other.url == page.url}
        assert set(alternates) == versions | {"x-default"}


def test_sitemap_lists_the_published_pages_and_no_other(site: Site):
    known = published(site.pages())
    assert set(site.sitemap) == set(known)
    for address, alternates in site.sitemap.items():
        assert alternates == known[address].alternates()
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (site.folder / "robots.txt").read_text("utf-8").splitlines()
    assert [path for path in site.folder.rglob("sitemap.xml*") if path.parent != site.folder] == []


def test_answers_to_wrong_addresses_work_at_any_depth(site: Site):
    for tag in site.locales:
        page = site.html[f"{tag}/404.html"]
        assert page.values("//meta[@name='robots']/@content") == ["noindex"]
        assert not page.alternates()
        for element, address in addresses(page):
            assert address.startswith(("/", "#", "https://")), (tag, element.tag, address)


def test_manifest_describes_the_pages(site: Site):
    manifest = json.loads((site.folder / "manifest.json").read_text("utf-8"))
    assert set(manifest) == {"generator", "as_of", "source", "locales"}
    assert (manifest["as_of"], manifest["source"]) == (DAY, "en")
    assert set(manifest["locales"]) == set(site.locales)
    for tag, locale in manifest["locales"].items():
        assert set(locale) == {"region", "pages"}
        assert set(locale["pages"]) == {page.url for page in site.pages(tag)}
        assert {row["path"] for row in locale["pages"].values()} == content_pages(site)
        for url, row in locale["pages"].items():
            assert set(row) == {"path", "state", "source", "staged"}
            assert row["state"] in STATES
            assert row["state"] == site.page(tag, url).article.get("data-hc-state")


def test_no_template_language_is_left(site: Site):
    for page in site.html.values():
        assert not re.search(r"\{\{|\}\}|\{%|%\}|\{#|__PH|⟦", page.text), page.path


def test_machine_paths_do_not_leak(site: Site):
    base = str(site.sources.parent).encode()
    for path in site.folder.rglob("*"):
        if path.is_file():
            assert base not in path.read_bytes(), path


def test_chooser_offers_every_locale_without_a_script(site: Site):
    for name, prefix in (("index.html", ""), ("404.html", "/")):
        page = site.top(name)
        links = page.root.xpath("//nav[@id='choose']//a")
        assert [link.get("hreflang") for link in links] == list(site.locales)
        for link in links:
            tag = link.get("hreflang")
            assert (link.get("lang"), link.get("dir")) == (tag, direction(tag))
            assert link.get("href") == f"{prefix}{tag}/"
            assert link.findtext("strong")
            # Seen as it stands: nothing around it waits for a script.
            assert not link.xpath("ancestor-or-self::*[@hidden or self::template or self::noscript]")
        assert not [address for element, address in addresses(page) if element.tag in {"script", "img"}]
    names = [str(text) for text in site.top("index.html").root.xpath("//nav//a/strong/text()")]
    assert len(set(names)) == len(names), names


def test_headings_of_a_page_begin_with_one_title_and_leave_out_no_level(site: Site):
    for page in site.pages():
        levels = [int(heading.tag[1]) for heading in page.article.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels)), (page.path, levels)


def test_ids_are_unique(site: Site):
    for page in site.html.values():
        ids = page.values("//@id")
        assert sorted(set(ids)) == sorted(ids), page.path
