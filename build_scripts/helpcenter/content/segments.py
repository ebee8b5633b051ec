"""Segments: the slices of a page that are translated."""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markdown import Markdown
from markdown.extensions.toc import slugify, strip_tags, unique

from helpcenter.content.inline import find_opaque, has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from helpcenter.content.blocks import Slice
    from helpcenter.content.frontmatter import Scalar


@dataclass(frozen=True, slots=True)
class Segment:
    """The smallest text that is translated: a slice of the source.

    Args:
        start: offset of its first character in the page's source, in code points.
        end: offset behind its last.
        text: its Markdown as the editor wrote it, without the indents of its continuation lines; lines end with LF.
        kind: ``title``, ``summary``, ``answer``, ``keyword``, ``heading``, ``paragraph``, ``list item``, ``table cell``, ``term``,
            ``definition``, ``footnote``, ``abbreviation``, ``admonition title``, ``tab title`` or ``block title``.
        anchor: id of the heading it stands under, its own for a heading; empty before the first one.
        key: front matter key, empty in the body.
        line: 1-based line of its first character.
        prefix: what each of its continuation lines begins with in the source.
        implicit_id: of a heading without an explicit id: the id its source text gives it; else empty.
    """

    start: int
    end: int
    text: str
    kind: str
    anchor: str
    key: str
    line: int
    prefix: str = ""
    implicit_id: str = ""


def make_segments(source: str, scalars: Iterable[Scalar], slices: Iterable[Slice]) -> tuple[Segment, ...]:
    """Make the segments of a page from its front matter values and its running texts; what holds no words is left out."""
    line, counted = 1, 0
    segments = []

    def line_of(offset: int) -> int:
        nonlocal line, counted
        line += source.count("\n", counted, offset)
        counted = offset
        return line

    for scalar in scalars:
        if has_words(scalar.value):
            segments.append(Segment(scalar.start, scalar.end, scalar.value, scalar.kind, "", scalar.key, line_of(scalar.start)))
    for part, anchor in _with_anchors(source, list(slices)):
        text = slice_text(source, part)
        if has_words(text):
            start, end = part.pieces[0][0], part.pieces[-1][1]
            implicit = anchor if part.level and not part.id else ""
            prefix = _prefix(source, part)
            segments.append(Segment(start, end, text, part.kind, anchor, "", line_of(start), prefix, implicit))
    return tuple(segments)


def slice_text(source: str, part: Slice) -> str:
    """Give a running text with its continuation lines dedented."""
    return "\n".join(source[start:end] for start, end in part.pieces)


def _prefix(source: str, part: Slice) -> str:
    """Give what continuation lines begin with: as the first of them does in the source, or as the containers ask for."""
    if len(part.pieces) == 1:
        return part.prefix
    start = part.pieces[1][0]
    begin = max(source.rfind("\n", 0, start), source.rfind("\r", 0, start)) + 1
    return source[begin:start]


def _with_anchors(source: str, slices: list[Slice]) -> Iterator[tuple[Slice, str]]:
    """Pair every running text with the id of its heading, given out as Python-Markdown's toc extension does."""
    used = {part.id for part in slices if part.id}
    anchor = ""
    for part in slices:
        if part.level:
            anchor = part.id or unique(heading_slug(slice_text(source, part)), used)
        yield part, anchor


@cache
def _heading_renderer() -> Markdown:
    return Markdown(extensions=["attr_list", "footnotes", "md_in_html"])


def heading_slug(text: str) -> str:
    """Give the id that a heading's text leads to, before it is made unique."""
    if text.isascii() and text.replace(" ", "").isalnum():
        return slugify(text, "-")
    # The site draws an icon in place of its name.
    text = "".join(_without_icons(text))
    rendered = _heading_renderer().reset().convert(f"# {text}")
    return slugify(html.unescape(strip_tags(rendered)), "-")


def _without_icons(text: str) -> Iterator[str]:
    position = 0
    for part in find_opaque(text):
        if part.kind in {"icon", "footnote"}:
            yield text[position : part.start]
            position = part.end
    yield text[position:]
