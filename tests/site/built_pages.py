"""A built site as a crawler reads it: from its files."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESS = "https://help.pellavo.example/"
_UNREAD = ("script", "style", "template")


@dataclass(frozen=True)
class BuiltPage:
    """An HTML file of the site.

    Args:
        path: below the site's root, as in ``tr/guides/delivery/index.html``.
        root: its element tree.
    """

    path: str
    root: Any

    @property
    def locale(self) -> str:
        """Give the locale it belongs to."""
        return self.path.partition("/")[0]

    @property
    def url(self) -> str:
        """Give its address below the locale's root."""
        return self.path.partition("/")[2].removesuffix("index.html")

    @property
    def is_page(self) -> bool:
        """Tell a page from the answer to a wrong address, and from the page of results."""
        return not self.path.endswith("404.html") and self.url != "search/"

    @property
    def is_version(self) -> bool:
        """Tell whether it shows a page as it was or will be on other days."""
        return re.search(r"/terms/\d{4}-\d{2}-\d{2}/index\.html$", self.path) is not None

    @property
    def article(self) -> Any:  # noqa: ANN401 - lxml has no types for what it parses
        """Give the element of the page's own text."""
        return self.root.find(".//article")

    @property
    def is_fallback(self) -> bool:
        """Tell whether the page is shown in the source language for want of a translation."""
        return bool(self.article.get("data-hc-state") == "fallback")

    def values(self, xpath: str) -> list[str]:
        """Give what an XPath finds."""
        return [str(value) for value in self.root.xpath(xpath)]

    def alternates(self) -> dict[str, str]:
        """Give the addresses of the page's translations, by tag."""
        return {link.get("hreflang"): link.get("href") for link in self.root.xpath("//head/link[@rel='alternate']")}

    @cached_property
    def anchors(self) -> frozenset[str]:
        """Give all ids of the page."""
        return frozenset(self.values("//@id") + self.values("//a/@name"))

    @cached_property
    def text(self) -> str:
        """Give all that a reader or a search engine can read: text, titles, descriptions; in one line."""
        texts = [
            str(text) for text in self.root.xpath("//text()[normalize-space()]") if text.getparent().tag not in _UNREAD
        ]
        return re.sub(r"\s+", " ", " ".join([*texts, *self.values("//@content"), *self.values("//@aria-label")]))

    @cached_property
    def article_text(self) -> str:
        """Give the page's own text, in one line."""
        return re.sub(r"\s+", " ", " ".join(self.article.itertext()))


@dataclass(frozen=True)
class Site:
    """The built demo.

    Args:
        folder: of the site.
        locales: tags in the order of the language menu.
        sources: folder of locales and regions.
    """

    folder: Path
    locales: tuple[str, ...]
    sources: Path

    @cached_property
    def html(self) -> dict[str, BuiltPage]:
        """Give all HTML files that belong to a locale, by path."""
        files = sorted(path for tag in self.locales for path in (self.folder / tag).rglob("*.html"))
        return {
            path.relative_to(self.folder).as_posix(): BuiltPage(
                path.relative_to(self.folder).as_posix(), lxml_html.fromstring(path.read_bytes())
            )
            for path in files
        }

    def pages(self, *locales: str) -> Iterator[BuiltPage]:
        """Give all pages, or those of some locales; the theme's own are none, nor is a page of other days."""
        return (page for page in self._pages(*locales) if not page.is_version)

    def versions(self, *locales: str) -> Iterator[BuiltPage]:
        """Give the pages of other days."""
        return (page for page in self._pages(*locales) if page.is_version)

    def _pages(self, *locales: str) -> Iterator[BuiltPage]:
        return (page for page in self.html.values() if page.is_page and (not locales or page.locale in locales))

    def page(self, locale: str, url: str) -> BuiltPage:
        """Give one page."""
        return self.html[f"{locale}/{url}index.html"]

    def top(self, name: str) -> BuiltPage:
        """Give an HTML file at the root of the site."""
        return BuiltPage(name, lxml_html.fromstring((self.folder / name).read_bytes()))

    @cached_property
    def sitemap(self) -> dict[str, dict[str, str]]:
        """Give the addresses of the sitemap with their translations."""
        names = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
        tree = etree.parse(self.folder / "sitemap.xml")
        return {
            url.findtext("s:loc", None, names): {
                link.get("hreflang"): link.get("href") for link in url.findall("x:link[@rel='alternate']", names)
            }
            for url in tree.getroot().findall("s:url", names)
        }


def resolve(page: str, address: str) -> tuple[str, str] | None:
    """Give the file below the site's root that an address on a page leads to, and its anchor; None for other hosts."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    target = (
        posixpath.normpath(posixpath.join("/", posixpath.dirname(page), unquote(parts.path))) if parts.path else page
    )
    target = target.lstrip("/")
    if parts.path.endswith(("/", "..", ".")):
        target = posixpath.join(target, "index.html")
    return target, unquote(parts.fragment)


def addresses(page: BuiltPage) -> Iterator[tuple[Any, str]]:
    """Give every element of a page that leads somewhere, with its address."""
    for element in page.root.iter():
        if not isinstance(element.tag, str):
            continue
        for name in ("href", "src", "poster", "action"):
            value = element.get(name)
            if value is not None:
                yield element, cast("str", value)
