"""What customers find on the built demo because the locale's catalogs and tables say so, not its pages."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import pytest
from search_examples import ask, examples, without_numbers

from helpcenter.search import Index, load_index, query

if TYPE_CHECKING:
    from built_pages import Site

    from demo_project import DemoProject

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

RETURN, REFUND = "tutorials/return-an-item/", "faq/when-do-i-get-my-refund/"


@cache
def index_of(site: Site, tag: str) -> Index:
    return load_index(site.folder / tag / "search")


def first(site: Site, tag: str, text: str) -> str:
    hits = query(index_of(site, tag), text, limit=1).hits
    return hits[0].url if hits else ""


@pytest.mark.parametrize("tag", ["tr", "ar", "zh-CN", "ru", "de-AT"])
@pytest.mark.parametrize(
    ("text", "url"),
    [("return label", RETURN), ("refund", REFUND), ("cancel order", "guides/withdraw-from-contract/")],
)
def test_words_of_the_source_find_the_translated_page(tag: str, text: str, url: str, site: Site):
    assert first(site, tag, text) == url


def test_what_only_a_machine_has_translated_has_no_bridge(site: Site):
    pages = {document.url: document for document in index_of(site, "pt-BR").documents}
    # A person has reviewed its keywords; title and headings are a machine's.
    names = {name for _, name in pages[RETURN].bridge}
    assert "return" in names
    assert "Return an item" not in names
    assert {anchor for anchor, _ in pages[RETURN].bridge} == {""}
    assert "Return an item" in {name for page in index_of(site, "tr").documents for _, name in page.bridge}


@pytest.mark.parametrize(
    ("tag", "text"),
    [("zh-CN", "alipay"), ("zh-CN", "wechat pay"), ("ar", "مدى"), ("ar", "tabby"), ("ru", "сбп"), ("ru", "mir")],
)
def test_a_payment_method_is_found_in_any_script_it_has_a_name_in(tag: str, text: str, site: Site):
    assert "guides/payment-methods/" in [hit.url for hit in query(index_of(site, tag), text, limit=3).hits]


@pytest.mark.parametrize(("command", "output"), examples(), ids=[command for command, _ in examples()])
def test_an_example_of_the_documentation_is_what_the_command_says(command: str, output: str, demo: DemoProject):
    """Write them anew with ``python tests/site/search_examples.py FOLDER``, the folder of a built demo."""
    assert without_numbers(ask(demo.root, command)) == without_numbers(output)
