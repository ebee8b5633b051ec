"""Putting translations back: slices of the source are replaced, everything else stays as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.content.emphasis import write_emphasis
from helpcenter.content.escaping import clean, escape_for
from helpcenter.content.frontmatter import quote_scalar
from helpcenter.content.htmltext import escape_attribute, escape_html
from helpcenter.content.mending import mend

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpcenter.content.pages import Page
    from helpcenter.content.segments import Segment

    Translate = Callable[[Segment], str | None]
    Shell = Callable[[Segment, str], str]

_BARE = frozenset(
    {
        *("abbreviation", "admonition title", "attribute", "block title", "code title", "heading", "link title"),
        *("option", "tab title"),
    }
)
_ONE_LINE = _BARE | {"table cell", "term"}


def assemble(page: Page, translate: Translate, *, shell: Shell | None = None) -> str:
    """Write a page with other texts in the places of its segments.

    Args:
        page: the source page.
        translate: gives the new text of a segment, as Markdown; None, an empty text or the segment's own text leave
            the slice as it is, byte for byte.
        shell: gets each body segment that may be wrapped (no headings, titles, abbreviations) with its finished text
            and gives what to write; for wrapping it in ``<span lang=…>…</span>``.

    Returns:
        The whole page.  Every character outside of the segments is that of the source; a heading whose text changed
        keeps the id that its source text gives it.
    """
    parts = []
    position = 0
    for segment in page.segments:
        old = page.source[segment.start : segment.end]
        text = translate(segment)
        new = old if text is None or text == segment.text else _written(page, segment, text)
        changed = new != old
        if shell is not None and not segment.key and segment.kind not in _BARE:
            new = shell(segment, new)
        if new == old:
            continue
        end = segment.end
        if changed and segment.implicit_id:
            new, end = _keep_id(page.source, segment, new)
        parts += [page.source[position : segment.start], new]
        position = end
    parts.append(page.source[position:])
    return "".join(parts)


_OPEN_LIST = re.compile(r"([ ]*\{:?)[ ]*")


def _keep_id(source: str, segment: Segment, text: str) -> tuple[str, int]:
    """Add the source's id to a heading, in its attribute list if it has one; give the end of what is replaced, too."""
    attributes = _OPEN_LIST.match(source, segment.end)
    if attributes:
        return f"{text}{attributes[1]} #{segment.implicit_id} ", attributes.end()
    return f"{text} {{#{segment.implicit_id}}}", segment.end


def _written(page: Page, segment: Segment, text: str) -> str:
    """Give the text to write in place of a slice; the slice itself when nothing is left of the text."""
    source = page.source
    old = source[segment.start : segment.end]
    if segment.key:
        # Only a text of several lines keeps those of its translation.
        lines = "\n" in segment.text
        text = "\n".join(clean(line) for line in text.split("\n")).strip() if lines else clean(text).replace("\n", " ")
        return quote_scalar(text.replace("{%", "{ %"), old) if text else old
    text = clean(text)
    if not text:
        return old
    if segment.kind in _ONE_LINE or "\n" not in segment.text:
        text = re.sub(r" *\n", " ", text)
    newline = "\r\n" if "\r\n" in old else "\r" if "\r" in old and "\n" not in old else "\n"
    return (newline + segment.prefix).join(_escaped(page, segment, text))


def _escaped(page: Page, segment: Segment, text: str) -> list[str]:
    """Give the lines that show a clean text at the place of a segment."""
    source = page.source
    if segment.kind in {"html text", "option"}:
        return escape_html(text, segment.text).split("\n")
    if segment.kind == "attribute":
        return [escape_attribute(text, quote=_opening(source, segment))]
    if segment.kind in {"code title", "link title"}:
        return [_escape_plain(text, quote=_opening(source, segment))]
    if segment.kind != "abbreviation":
        text = write_emphasis(segment.text, mend(segment.text, text, page.labels))
    before = source[max(source.rfind("\n", 0, segment.start), source.rfind("\r", 0, segment.start)) + 1 : segment.start]
    return escape_for(segment, text, at_line_start=not before.strip(" \t"))


def _opening(source: str, segment: Segment) -> str:
    """Give the quotation mark before a segment."""
    return source[max(segment.start - 200, 0) : segment.start].rstrip()[-1:]


_QUOTES = {'"': ("“", "”"), "'": ("‘", "’")}


def _escape_plain(text: str, quote: str) -> str:
    """Write a text where nothing can be escaped: the mark that would end it becomes a typographic one."""
    opening, closing = _QUOTES.get(quote, (quote, quote))
    words = re.sub(rf"(?<![^\s(\[]){quote}(?=\S)", opening, text) if quote in _QUOTES else text
    # A backtick in its first line ends a code block before it began.
    return words.replace(quote, closing).replace("`", "’").replace("{%", "{ %")
