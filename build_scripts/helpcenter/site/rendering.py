"""Rendering the Markdown of a page, once for each text.

MkDocs makes a Markdown converter for every page; here one converter serves all pages of a locale, and what it gave for a
text is kept. The hook ``on_pre_page`` puts :func:`render_page` in the place of each page's own method.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import markdown
from mkdocs.structure import pages as mkdocs_pages
from mkdocs.structure.toc import get_toc

from helpcenter.site.store import Store, digest

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page


class PageRenderer:
    """Renders the pages of one locale.

    Args:
        config: MkDocs' configuration of the locale.
        store: what is known from earlier runs.
    """

    def __init__(self, config: MkDocsConfig, store: Store) -> None:
        self._store = store
        self._config = config
        self._key = digest(repr(config["markdown_extensions"]), repr(config["mdx_configs"]), markdown.__version__)

    @functools.cached_property
    def _markdown(self) -> markdown.Markdown:
        return markdown.Markdown(
            extensions=self._config["markdown_extensions"], extension_configs=self._config["mdx_configs"] or {}
        )

    def attach(self, page: Page) -> None:
        """Let a page be rendered by this renderer."""
        page.render = functools.partial(self._render, page)  # type: ignore[method-assign] # MkDocs has no event for it

    def _render(self, page: Page, config: MkDocsConfig, files: Files) -> None:
        text = page.markdown or ""
        # Links are written relative to the page, so its address is part of what the result depends on; that they lead
        # somewhere was proved before.
        key = digest(self._key, page.file.src_uri, text)
        known = self._store.get(key)
        if known is None:
            known = self._convert(page, config, files, text)
            self._store.put(key, known)
        content, tokens, title, anchors = known
        page.content = content
        page.toc = get_toc(tokens)
        page._title_from_render = title  # noqa: SLF001 - what MkDocs' own method sets
        page.present_anchor_ids = anchors

    def _convert(self, page: Page, config: MkDocsConfig, files: Files, text: str) -> tuple[str, list[Any], str | None, set[str]]:
        converter = self._markdown
        converter.reset()
        # Registering anew under the same names replaces the processors of the page before.
        anchors = mkdocs_pages._ExtractAnchorsTreeprocessor(page.file, files, config)  # noqa: SLF001 - as Page.render does
        anchors._register(converter)  # noqa: SLF001
        links = mkdocs_pages._RelativePathTreeprocessor(page.file, files, config)  # noqa: SLF001
        links._register(converter)  # noqa: SLF001
        title = mkdocs_pages._ExtractTitleTreeprocessor()  # noqa: SLF001
        title._register(converter)  # noqa: SLF001
        content = converter.convert(text)
        tokens = list(getattr(converter, "toc_tokens", []))
        return content, tokens, title.title, set(anchors.present_anchor_ids)
