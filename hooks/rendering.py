"""Renders each text once, and keeps what the search index is made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.site import context

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


def on_pre_page(page: Page, config: MkDocsConfig, files: Files) -> Page:
    """Let the page be rendered through the store."""
    context.attach_renderer(page)
    return page


def on_page_content(html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
    """Keep the page's text for the search index."""
    context.collect_page(page, html)
    return html
