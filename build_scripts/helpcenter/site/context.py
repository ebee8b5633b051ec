"""What the hooks of MkDocs share while a locale is built.

MkDocs loads hooks by path and calls them with its own objects only; this is where they find ours.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from mkdocs.structure.files import File

from helpcenter.content import Renderings
from helpcenter.site.rendering import Addresses, render_page
from helpcenter.site.store import Store

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping
    from pathlib import Path

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

    from helpcenter.content import MarkdownConfig


@dataclass
class Building:
    """The build that is under way.

    Args:
        renderings: Markdown that was rendered already.
        sources: text and front matter of each page, by path, as they were staged.
        assets: paths of the files that are no pages.
        pages: HTML of each page's text, by address, as it is made.
        addresses: of links, as they are resolved.
    """

    renderings: Renderings
    sources: Mapping[str, tuple[str, Mapping[str, Any]]]
    assets: Collection[str] = ()
    pages: dict[str, str] = field(default_factory=dict)
    addresses: Addresses = field(default_factory=dict)


_current: Building | None = None


@contextmanager
def building(
    store: Path,
    code: str,
    markdown: MarkdownConfig,
    sources: Mapping[str, tuple[str, Mapping[str, Any]]],
    assets: Collection[str] = (),
) -> Iterator[Building]:
    """Let the hooks share a build; what it rendered is kept when it ends well.

    Args:
        store: file of what earlier runs rendered.
        code: signature of templates, hooks and code; what other code rendered is not used.
        sources: text and front matter of each page, by path.
        markdown: the site's Markdown configuration.
        assets: paths of the files that are no pages.
    """
    global _current  # noqa: PLW0603 - MkDocs gives hooks no other way to share
    results = Store(store, code)
    _current = Building(Renderings(markdown, results), sources, assets)
    try:
        yield _current
        results.save()
    finally:
        # MkDocs' pages hold on to the renderer, in circles that are found late or never.
        results.clear()
        _current = None


def keep_names(files: Files, config: MkDocsConfig) -> Files:
    """Let every file that is no page have the address that its name says; outside a build of ours nothing is changed."""
    for name in _current.assets if _current is not None else ():
        known = files.src_uris.get(name)
        if known is not None:
            files.remove(known)
        files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return files


def attach_renderer(page: Page) -> None:
    """Let a page take what is known of it already; outside a build of ours MkDocs reads and renders it as ever."""
    if _current is None:
        return
    # MkDocs has no event that gives a page its HTML.
    page.render = partial(render_page, page, _current.renderings, _current.addresses)  # type: ignore[method-assign]
    source = _current.sources.get(page.file.src_uri)
    if source is not None:
        # Reading the front matter back from YAML would take as long as rendering the template.
        page.read_source = partial(_read_source, page, source)  # type: ignore[method-assign]


def _read_source(page: Page, source: tuple[str, Mapping[str, Any]], _config: MkDocsConfig) -> None:
    page.markdown, page.meta = source[0], dict(source[1])


def collect_page(page: Page, html: str) -> None:
    """Keep a page's HTML for the search index."""
    if _current is not None:
        _current.pages[page.url] = html
