"""What the hooks of MkDocs share while a locale is built.

MkDocs loads hooks by path and calls them with its own objects only; this is where they find ours.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

from helpcenter.content import Renderings
from helpcenter.site.rendering import render_page
from helpcenter.site.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2 import Environment
    from mkdocs.structure.pages import Page

    from helpcenter.content import MarkdownConfig


@dataclass
class Building:
    """The build that is under way.

    Args:
        renderings: Markdown that was rendered already.
        templates: folder of compiled templates.
        pages: HTML of each page's text, by address, as it is made.
    """

    renderings: Renderings
    templates: Path
    pages: dict[str, str] = field(default_factory=dict)


_current: Building | None = None


@contextmanager
def building(store: Path, templates: Path, markdown: MarkdownConfig) -> Iterator[Building]:
    """Let the hooks share a build; what it rendered is kept when it ends well.

    Args:
        store: file of what earlier runs rendered.
        templates: folder of compiled templates.
        markdown: the site's Markdown configuration.
    """
    global _current  # noqa: PLW0603 - MkDocs gives hooks no other way to share
    results = Store(store)
    _current = Building(Renderings(markdown, results), templates)
    try:
        yield _current
        results.save()
    finally:
        _current = None


def attach_renderer(page: Page) -> None:
    """Let a page be rendered through the store; outside a build of ours MkDocs renders it as ever."""
    if _current is not None:
        # MkDocs has no event that gives a page its HTML.
        page.render = partial(render_page, page, _current.renderings)  # type: ignore[method-assign]


def collect_page(page: Page, html: str) -> None:
    """Keep a page's HTML for the search index."""
    if _current is not None:
        _current.pages[page.url] = html


def share_templates(env: Environment) -> None:
    """Let compiled templates be shared between locales and runs; their sources' hashes tell when they are old."""
    if _current is not None:
        folder = _current.templates
        folder.mkdir(parents=True, exist_ok=True)
        env.bytecode_cache = FileSystemBytecodeCache(str(folder))
