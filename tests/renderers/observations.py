"""What a reader, a screen reader or a search engine finds in a built locale, as countable things by kind.

Two sites are compared by what they hold, not by their bytes: a renderer may write other markup around the same text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING, TypeAlias, cast
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Observations: TypeAlias = dict[str, Counter[str]]
"""By kind, the things found and how often; each thing begins with the page it was found on."""

# Where the text of a page stands: our theme and the renderers' own all put it into one article.
_ARTICLE = "//article"
_BLOCKS = ".//p | .//li | .//td | .//th | .//summary | .//dt | .//dd | .//figcaption"
_HEADINGS = ".//h1 | .//h2 | .//h3 | .//h4 | .//h5 | .//h6"
_RAW = re.compile(r"\{\{|\{%|\{#[\w-]+\}|\]\(|^!!! |^\?\?\? |^=== \"|\*\*|^#{1,6} |^\|[-:| ]+\|$", re.MULTILINE)
# In this order they are told.
KINDS = (
    "pages",
    "title",
    "lang, dir of page",
    "lang, dir of text",
    "text in source language",
    "headings",
    "anchors",
    "links",
    "text blocks",
    "region facts",
    "tables",
    "admonitions",
    "tabs",
    "code",
    "no raw Markdown, Jinja",
    "answer card",
    "notices",
    "region",
    "navigation",
    "current page",
    "search button",
    "language menu",
    "hreflang",
    "canonical",
    "noindex",
    "description",
    "link preview",
    "structured data",
    "own styles, scripts",
    "404 page",
    "search box",
    "search files",
)

_HAS_DIGIT = re.compile(r"\d")


def observe_site(site: Path) -> Observations:
    """Observe a built locale.

    Args:
        site: its folder; one that does not exist holds nothing.
    """
    found: Observations = {}
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        kinds = observe_404(path.read_bytes()) if name == "404.html" else observe_page(path.read_bytes(), name)
        for kind, things in kinds.items():
            found.setdefault(kind, Counter()).update(things)
    found["search files"] = _files(site, "search/*.json") + _files(site, "assets/javascripts/search/*.js")
    return found


def observe_page(source: bytes, name: str) -> Observations:
    """Observe one page.

    Args:
        source: its HTML.
        name: its file below the locale's folder.
    """
    tree = html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    address = f"/locale/{name.removesuffix('index.html')}"
    articles = _elements(tree, _ARTICLE)
    kinds: dict[str, Iterable[str]] = {"pages": [""], **_observe_head(tree)}
    kinds["language menu"] = _links(_elements(tree, "//header//a[@hreflang]"), address)
    kinds["navigation"] = {
        link for nav in _elements(tree, "//nav[not(ancestor::header)]") for link in _links(nav.iter("a"), address)
    }
    kinds["notices"] = map(_text, _elements(tree, "//aside[contains(@class, 'hc-notice')]"))
    kinds["current page"] = map(_text, _elements(tree, "//*[@aria-current='page']"))
    kinds["search button"] = map(_text, _elements(tree, "//*[@data-hc-search][not(ancestor::header)]"))
    kinds["search box"] = [
        urljoin(address, form.get("action")) for form in _elements(tree, "//form[@role='search'][.//input[@name='q']]")
    ]
    kinds["region"] = map(_text, _elements(tree, "//*[contains(@class, 'hc-facts')]/li"))
    kinds["answer card"] = map(_text, _elements(tree, "//*[contains(@class, 'hc-answer') and self::section]"))
    for article in articles[:1]:
        kinds |= _observe_article(article, address)
    return {kind: Counter(f"{name}: {thing}" for thing in things) for kind, things in kinds.items()}


def observe_404(source: bytes) -> Observations:
    """Observe the page for wrong addresses: it must work at any depth, so its links are absolute."""
    tree = html.document_fromstring(source, parser=html.HTMLParser(encoding="utf-8"))
    things = [f"lang {tree.get('lang')}", *map(_text, _elements(tree, "//title | //h1"))]
    things += [_normal(urljoin("/x/", a.get("href"))) for a in _elements(tree, "//article//a[@href]")]
    return {"404 page": Counter(things)}


def _observe_head(tree: html.HtmlElement) -> dict[str, Iterable[str]]:
    return {
        "title": map(_text, _elements(tree, "//head/title")),
        "lang, dir of page": [f"{tree.get('lang')} {tree.get('dir') or _first(tree, '//body/@dir')}"],
        "description": _strings(tree, "//meta[@name='description']/@content"),
        "link preview": _strings(tree, "//meta[starts-with(@property, 'og:')]/@content"),
        "canonical": _strings(tree, "//link[@rel='canonical']/@href"),
        "noindex": _strings(tree, "//meta[@name='robots']/@content"),
        "hreflang": [
            f"{link.get('hreflang')} {link.get('href')}" for link in _elements(tree, "//head/link[@hreflang]")
        ],
        "structured data": [
            json.dumps(json.loads(script.text or "null"), sort_keys=True)
            for script in _elements(tree, "//script[@type='application/ld+json']")
        ],
        "own styles, scripts": [
            urlsplit(address).path.rpartition("/")[2]
            for address in _strings(tree, "//@src | //link/@href")
            if "helpcenter" in address
        ],
    }


def _observe_article(article: html.HtmlElement, address: str) -> dict[str, Iterable[str]]:
    owner = _elements(article, "ancestor-or-self::*[@lang][1]")
    lang = owner[-1].get("lang") if owner else ""
    direction = _first(article, "(ancestor-or-self::*[@dir])[last()]/@dir")
    body = (_elements(article, ".//*[contains(@class, 'hc-body')]") or [article])[0]
    blocks = [_text(block) for block in _elements(body, _BLOCKS)]
    shown = "\n".join(_lines_outside_code(body))
    return {
        "lang, dir of text": [f"{lang} {direction}"],
        "text in source language": [_text(part) for part in _elements(body, ".//*[@lang]")],
        "headings": [
            f"{heading.tag} {_text(heading)}" for heading in _elements(article, _HEADINGS) if _is_text(heading)
        ],
        "anchors": [f"{part.tag} {part.get('id')}" for part in _elements(body, "(.//h2 | .//h3 | .//h4 | .//h5)[@id]")],
        "links": _links(body.iter("a"), address),
        "text blocks": blocks,
        # What a region changes is mostly figures: days, amounts, dates, hours.
        "region facts": [block for block in blocks if _HAS_DIGIT.search(block)],
        "tables": [_text(part) for part in body.iter("table")],
        "admonitions": [_text(part) for part in _elements(body, ".//*[contains(@class, 'admonition')][not(self::p)]")],
        "tabs": [_text(part) for part in _elements(body, ".//*[contains(@class, 'tabbed-labels')]/label")],
        "code": [_text(part) for part in body.iter("code")],
        "no raw Markdown, Jinja": [] if _RAW.search(shown) else [""],
    }


def _is_text(heading: html.HtmlElement) -> bool:
    """Leave out the label of the answer card, which is counted by itself."""
    return "hc-answer" not in (heading.get("class") or "")


def _lines_outside_code(body: html.HtmlElement) -> list[str]:
    texts = _strings(body, ".//text()[not(ancestor::code or ancestor::pre or ancestor::script or ancestor::style)]")
    return [line.strip() for text in texts for line in text.splitlines()]


def _links(anchors: Iterable[html.HtmlElement], address: str) -> list[str]:
    return [
        _normal(urljoin(address, a.get("href"))) for a in anchors if a.get("href") and a.get("class") != "headerlink"
    ]


def _normal(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.netloc}{unquote(parts.path)}{'#' if parts.fragment else ''}{unquote(parts.fragment)}"


def _text(element: html.HtmlElement) -> str:
    """Give the words of an element, without marks for copying and linking that a theme adds."""
    marks = "ancestor::a[@class='headerlink'] or ancestor::script or ancestor::style or ancestor::svg"
    return " ".join("".join(_strings(element, f".//text()[not({marks})]")).split())


def _files(site: Path, pattern: str) -> Counter[str]:
    return Counter(path.relative_to(site).as_posix() for path in site.glob(pattern))


def _elements(node: html.HtmlElement, path: str) -> list[html.HtmlElement]:
    return cast("list[html.HtmlElement]", node.xpath(path))


def _strings(node: html.HtmlElement, path: str) -> list[str]:
    return cast("list[str]", node.xpath(path))


def _first(node: html.HtmlElement, path: str) -> str:
    return next(iter(_strings(node, path)), "")


def compare(ours: Observations, theirs: Observations) -> dict[str, tuple[int, int]]:
    """Count by kind how much of what we have is there as well: ``(found, expected)``."""
    empty: Counter[str] = Counter()
    return {
        kind: ((ours[kind] & theirs.get(kind, empty)).total(), ours[kind].total())
        for kind in KINDS
        if ours.get(kind, empty)
    }
