"""Material's own interface, from its own bundle, shows what our worker finds."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from shops import SCRIPTS, corpus, index_of

from helpcenter.search import WORKER_FILE, bundle_worker, write_index

CONFIG = """\
site_name: Shop
theme: {name: material, font: false, language: tr}
plugins: [search]
"""


@pytest.fixture(scope="module")
def built(site: tuple[str, list[str], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """Build pages with MkDocs and put the search into them; the search box stays, Material's own index goes."""
    folder = tmp_path_factory.mktemp("material")
    for document in corpus("tr"):
        page = folder / "docs" / document.url / "index.md"
        page.parent.mkdir(parents=True)
        page.write_text(f"---\nsearch: {{exclude: true}}\n---\n# {document.title}\n", "utf-8")
    (folder / "docs/index.md").write_text("---\nsearch: {exclude: true}\n---\n# Yardım\n", "utf-8")
    (folder / "mkdocs.yml").write_text(CONFIG, "utf-8")
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "-q", "build"],
        cwd=folder,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=True,
    )
    out = folder / "site"
    # Excluded pages cost Material's plugin nothing; its own index is then empty, and ours takes its place.
    assert json.loads((out / "search/search_index.json").read_text("utf-8"))["docs"] == []
    for page in out.rglob("*.html"):
        text, count = re.subn(
            r"(\.\./)*assets/javascripts/workers/search\.\w+\.min\.js",
            lambda match: f"{'../' * match[0].count('../')}assets/javascripts/search/worker.js",
            page.read_text("utf-8"),
        )
        assert count == 1
        page.write_text(text, "utf-8")
    (out / "assets/javascripts/search").mkdir()
    (out / "assets/javascripts/search" / WORKER_FILE).write_bytes(bundle_worker(SCRIPTS, ("tr", "en")))
    write_index(index_of("tr"), out / "search")
    shutil.move(out, Path(site[2]) / "material")
    return f"{site[0]}/material/"


@pytest.fixture
def page(browser: Browser, built: str) -> Iterator[Page]:
    page = browser.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    with page.expect_worker():
        page.goto(f"{built}guides/kargo/")
    yield page
    page.close()


def _search(page: Page, text: str) -> None:
    page.locator("input[name=query]").click()
    page.locator("input[name=query]").press_sequentially(text)


@pytest.mark.browser
@pytest.mark.slow
def test_results_are_drawn(page: Page, built: str):
    _search(page, "İADE kaydı")
    first = page.locator(".md-search-result__item").first
    expect(first.locator("h1")).to_have_text("Bir ürünü iade etme")
    expect(first.locator("h1 mark")).to_have_text("iade")
    section = first.locator("a").nth(1)
    expect(section.locator("h2")).to_have_text("İade kaydı oluşturun")
    expect(section.locator("article")).to_contain_text("Siparişlerim sayfasından")
    assert section.get_attribute("href") == f"{built}tutorials/iade/#kayit"
    page.locator("input[name=query]").press("Enter")
    page.wait_for_url(re.compile("/tutorials/iade/"))


def _asked(page: Page, paths: list[str], name: str) -> list[str]:
    """Give the names of the files that were asked for, once one is among them: a worker's requests are no page's."""
    for _ in range(200):
        names = [path.split("?")[0].rsplit("/", 1)[-1] for path in paths]
        if name in names:
            return names
        page.wait_for_timeout(50)
    raise AssertionError(f"{name} was not asked for: {names}")


@pytest.mark.browser
@pytest.mark.slow
def test_the_index_is_asked_for_once_and_not_before_a_reader_types(page: Page, site: tuple[str, list[str], str]):
    site[1].clear()
    page.reload()
    page.wait_for_load_state("networkidle")
    page.locator("input[name=query]").click()
    asked = _asked(page, site[1], "search_index.json")
    assert "index.json" not in asked
    _search(page, "kargo")
    expect(page.locator(".md-search-result__item").first.locator("h1")).to_have_text("Kargo ve teslimat süreleri")
    asked = [path.split("?")[0].rsplit("/", 1)[-1] for path in site[1]]
    assert asked.count("index.json") == 1


@pytest.mark.browser
@pytest.mark.slow
def test_a_page_in_another_language_says_so(page: Page):
    _search(page, "linen")
    item = page.locator(".md-search-result__item").first
    expect(item.locator("h1")).to_have_text("Wash linen bedding")
    expect(item.locator(".md-tag")).to_have_text("İngilizce")


@pytest.mark.browser
@pytest.mark.slow
def test_what_was_not_found_is_named_and_markup_stays_text(page: Page):
    _search(page, "iade <img src=x onerror=alert(1)>")
    item = page.locator(".md-search-result__item").first
    expect(item.locator("h1")).to_have_text("Bir ürünü iade etme")
    expect(item.locator(".md-search-result__terms")).to_contain_text("onerror")
    assert item.locator("img").count() == 0


@pytest.mark.browser
@pytest.mark.slow
def test_the_search_survives_a_lost_connection(page: Page, failing: set[str]):
    failing.add("index.json")
    _search(page, "kar")
    expect(page.locator(".md-search-result__meta")).to_have_text("Eşleşen doküman bulunamadı")
    failing.clear()
    page.locator("input[name=query]").press_sequentially("go")
    expect(page.locator(".md-search-result__item").first.locator("h1")).to_have_text("Kargo ve teslimat süreleri")
