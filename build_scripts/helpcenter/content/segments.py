"""Segments: the slices of a page that are translated."""

from __future__ import annotations

import html
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markdown import Markdown
from markdown.extensions.toc import slugify, strip_tags, unique

from helpcenter.content.inline import find_opaque, has_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from helpcenter.content.frontmatter import Scalar
    from helpcenter.content.slices import Slice


class Segment(NamedTuple):
    """The smallest text that is translated: a slice of the source.

    Args:
        start: offset of its first character in the page's source, in code points.
        end: offset behind its last.
        text: its Markdown as the editor wrote it, without the indents of its continuation lines; lines end with LF.
        kind: ``title``, ``summary``, ``answer``, ``keyword``, ``heading``, ``paragraph``, ``list item``,
            ``table cell``, ``term``, ``definition``, ``footnote``, ``abbreviation``, ``admonition title``,
            ``tab title``, ``block title``.
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
    """Make the segments of a page from its front matter values and its running texts.

    What holds no words is left out.
    """
    lines = _LineCounter(source)
    segments = [
        Segment(part.start, part.end, part.value, part.kind, "", part.key, lines.at(part.start))
        for part in scalars
        if has_words(part.value)
    ]
    for running, anchor in _with_anchors(source, list(slices)):
        text = slice_text(source, running)
        if has_words(text):
            start, end = running.pieces[0][0], running.pieces[-1][1]
            implicit = anchor if running.level and not running.id else ""
            prefix = _prefix(source, running)
            segments.append(Segment(start, end, text, running.kind, anchor, "", lines.at(start), prefix, implicit))
    return tuple(segments)


class _LineCounter:
    """Counts lines up to offsets that only grow."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._offset = 0
        self._line = 1

    def at(self, offset: int) -> int:
        self._line += self._source.count("\n", self._offset, offset)
        self._offset = offset
        return self._line


def slice_text(source: str, part: Slice) -> str:
    """Give a running text with its continuation lines dedented."""
    return "\n".join(source[start:end] for start, end in part.pieces)


def _prefix(source: str, part: Slice) -> str:
    """Give what continuation lines begin with: as in the source, or as the containers ask for."""
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
