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


Addresses = dict[tuple[str, str], str]
"""Folder of a page's source, address there → address in the site; the same for the pages of a folder."""


def render_page(
    page: Page,
    renderings: Renderings,
    addresses: Addresses,
    config: MkDocsConfig,  # noqa: ARG001 - MkDocs' signature
    files: Files,
) -> None:
    """Fill a page as MkDocs' own ``Page.render`` does, but render a text that is known already no second time.

    Args:
        page: the page.
        renderings: what is rendered already.
        addresses: those that are resolved already.
        config: MkDocs' own.
        files: of the locale.
    """
    rendered = renderings.render(page.markdown or "")
    folder = posixpath.dirname(page.file.src_uri)
    # A page of other days lies below the one it is a version of; its HTML was written for the place of that one.
    home = posixpath.dirname(str(page.meta.get("hc", {}).get("source", page.file.src_uri)))

    def resolve(match: re.Match[str]) -> str:
        found = addresses.get((folder, match[2]))
        if found is None:
            found, is_shared = _resolve(match[2], page.file, files, home)
            if is_shared:
                addresses[folder, match[2]] = found
        return match[1] + found + match[3]

    page.content = _ADDRESS.sub(resolve, rendered.html)
    page.toc = get_toc(rendered.toc)  # type: ignore[arg-type] # Python-Markdown publishes no type for its tokens
    page.present_anchor_ids = set(rendered.anchors)


def _resolve(address: str, file: File, files: Files, home: str) -> tuple[str, bool]:
    """Turn the path of a source file into an address relative to the page; other addresses stay as they are.

    That every path leads to a file was proved before anything was built.

    Args:
        address: as the page has it.
        file: the page.
        files: of the locale.
        home: folder of the source that the page was written for, where a path is looked up that leads nowhere from the page.

    Returns:
        The address, and whether it is the same on all pages of the folder.
    """
    parts = urlsplit(unescape(address))
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return address, True
    folders = dict.fromkeys((posixpath.dirname(file.src_uri), home))
    targets = [posixpath.normpath(posixpath.join(folder, unquote(parts.path))) for folder in folders]
    # Not get_file_from_path: static-i18n looks through several spellings there, and nothing is spelt with a language here.
    found = next((files.src_uris[target] for target in targets if target in files.src_uris), None)
    if found is None:
        return address, True
    path = found.url_relative_to(file)
    # The page of the folder itself lies a step higher than the others, and what lies below a page is nearer to it.
    is_shared = file.name not in {"index", "README"} and not found.url.startswith(file.url)
    return escape(urlunsplit(("", "", path if "%" in path else quote(path), parts.query, parts.fragment))), is_shared
