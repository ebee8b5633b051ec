"""What is skipped changes nothing: every text renders as Python-Markdown alone renders it."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.treeprocessors import InlineProcessor

from helpcenter.content.quickinlines import _MARKS, QuickInlineProcessor, quicken

CASES = Path(__file__).parent / "cases"
HOSTILE = yaml.safe_load((CASES / "hostile.yml").read_text("utf-8"))
TEXTS = [
    *(case["source"] for case in yaml.safe_load((CASES / "segments.yml").read_text("utf-8"))),
    *(page.format(words) for page, words in product(HOSTILE["pages"], HOSTILE["translations"])),
]
SETS = {
    "plain": ["abbr", "attr_list", "footnotes", "md_in_html", "tables", "toc"],
    "material": [
        *("abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "tables", "toc"),
        *("pymdownx.betterem", "pymdownx.details", "pymdownx.emoji", "pymdownx.superfences"),
    ],
    "more": ["footnotes", "smarty", "pymdownx.caret", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark"],
}


def pair(extensions: list[str]) -> tuple[Markdown, Markdown]:
    stock, quick = Markdown(extensions=extensions), Markdown(extensions=extensions)
    quicken(quick)
    assert type(stock.treeprocessors["inline"]) is InlineProcessor
    assert type(quick.treeprocessors["inline"]) is QuickInlineProcessor
    return stock, quick


PAIRS = {name: pair(extensions) for name, extensions in SETS.items()}


def assert_same(name: str, text: str) -> None:
    stock, quick = (markdown.reset().convert(text) for markdown in PAIRS[name])
    assert quick == stock


@pytest.mark.parametrize("name", SETS)
def test_golden_cases_render_as_ever(name: str):
    for text in TEXTS:
        assert_same(name, text)


PARTS = [*"*_`\\[]()!<>&:^~=+|#\"'", "a", "é", " ", "\n", "  \n", "\n\n", "**b**", "[c](d)", "![e](f)", "<g@h.i>"]
MORE = [
    "<https://j.k>",
    "&amp;",
    "&#1;",
    ":smile:",
    "[^1]",
    "\n\n[^1]: l\n",
    "<b>m</b>",
    "[n][o]",
    "\n\n[o]: p\n",
    "++q++",
]


@pytest.mark.parametrize("name", SETS)
@given(text=st.lists(st.sampled_from([*PARTS, *MORE]), max_size=30).map("".join))
def test_any_text_renders_as_ever(name: str, text: str):
    assert_same(name, text)


@pytest.mark.parametrize("name", ["plain", "material"])
def test_the_patterns_of_help_pages_are_known(name: str):
    """A release of Python-Markdown that words a pattern in another way makes it slow, and is noticed here."""
    assert [pattern.pattern for pattern in PAIRS[name][1].inlinePatterns if pattern.pattern not in _MARKS] == []
