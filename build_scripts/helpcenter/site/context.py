"""What the hooks of MkDocs share while a locale is built.

MkDocs loads hooks by path and calls them with its own objects only; this is where they find ours.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

from helpcenter.site.rendering import PageRenderer
from helpcenter.site.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


@dataclass
class Building:
    """The build that is under way.

    Args:
        store: rendered Markdown of earlier runs.
        templates: folder of compiled templates.
        pages: HTML of each page's text, by address, as it is made.
    """

    store: Store
    templates: Path
    pages: dict[str, str] = field(default_factory=dict)
    renderer: PageRenderer | None = None


_current: Building | None = None


@contextmanager
def building(store: Path, templates: Path) -> Iterator[Building]:
    """Let the hooks share a build; what it rendered is kept when it ends well.

    Args:
        store: file of what earlier runs rendered.
        templates: folder of compiled templates.
    """
    global _current  # noqa: PLW0603 - MkDocs gives hooks no other way to share
    _current = Building(Store(store), templates)
    try:
        yield _current
        _current.store.save()
    finally:
        _current = None


def attach_renderer(page: Page, config: MkDocsConfig) -> None:
    """Let a page be rendered through the store; outside a build of ours MkDocs renders it as ever."""
    if _current is not None:
        if _current.renderer is None:
            _current.renderer = PageRenderer(config, _current.store)
        _current.renderer.attach(page)


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
