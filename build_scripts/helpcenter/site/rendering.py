"""Rendering a page for MkDocs: its Markdown once for each text, its links for its place in the site."""

from __future__ import annotations

import posixpath
import re
from html import escape, unescape
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from mkdocs.structure.toc import get_toc

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

    from helpcenter.content import Renderings

# Within a tag only: code shows its own quotation marks, but never an angle bracket.
_ADDRESS = re.compile(r'(<(?:a|img|source|video|audio)\b[^<>]*?\s(?:href|src)=")([^"]*)(")')


def render_page(page: Page, renderings: Renderings, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001 - MkDocs' signature
    """Fill a page as MkDocs' own ``Page.render`` does, but render a text that is known already no second time."""
    rendered = renderings.render(page.markdown or "")
    page.content = _ADDRESS.sub(lambda match: match[1] + _resolve(match[2], page.file, files) + match[3], rendered.html)
    page.toc = get_toc(rendered.toc)  # type: ignore[arg-type] # Python-Markdown publishes no type for its tokens
    page.present_anchor_ids = set(rendered.anchors)


def _resolve(address: str, file: File, files: Files) -> str:
    """Turn the path of a source file into an address relative to the page; other addresses stay as they are.

    That every path leads to a file was proved before anything was built.
    """
    parts = urlsplit(unescape(address))
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return address
    target = posixpath.normpath(posixpath.join(posixpath.dirname(file.src_uri), unquote(parts.path)))
    # Not get_file_from_path: static-i18n looks through several spellings there, and nothing is spelt with a language here.
    found = files.src_uris.get(target)
    if found is None:
        return address
    path = found.url_relative_to(file)
    return escape(urlunsplit(("", "", path if "%" in path else quote(path), parts.query, parts.fragment)))
