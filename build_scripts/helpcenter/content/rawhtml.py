"""Raw HTML in Markdown: where a block of it begins and ends, and whether it holds words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.content.lines import Line

# `markdown.Markdown().block_level_elements` of Python-Markdown 3.8 to 3.11.
BLOCK_ELEMENTS = frozenset(
    """
    address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure
    footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu nav noscript
    object ol option output p pre progress script section style summary table tbody td textarea tfoot th thead tr ul
    video
    """.split()  # noqa: SIM905 - a column of ninety lines says less
)
_BLOCK = re.compile(r"[ ]{0,3}<(?:(?P<special>!--|!|\?)|(?P<close>/?)(?P<name>[A-Za-z][\w-]*))")
_MARKDOWN_ATTRIBUTE = re.compile(r"\smarkdown(?:\s|=|>|/)")
_MARKUP = re.compile(r"<!--.*?-->|<[^>]*>|&\w+;|\{[{%].*?[%}]\}", re.DOTALL)


def match_block(text: str) -> re.Match[str] | None:
    """Match the beginning of a block of raw HTML; its groups are ``special``, ``close`` and ``name``."""
    match = _BLOCK.match(text)
    return match if match and (match["special"] or match["name"].lower() in BLOCK_ELEMENTS) else None


def is_wrapper(text: str, match: re.Match[str]) -> bool:
    """Say whether a line is a tag around Markdown: a closing tag, or an opening one with ``markdown``."""
    return bool(match["close"]) or (_MARKDOWN_ATTRIBUTE.search(text) is not None and text.rstrip().endswith(">"))


def find_end(source: str, lines: Sequence[Line], index: int, name: str) -> int:
    """Find the index behind the line where a raw element ends.

    As in Python-Markdown, an element that is never closed takes all that follows.
    """
    if name == "hr":
        return index + 1
    start, stop = lines[index].start, lines[-1].end
    depth = 0
    for tag in re.compile(rf"<(/?){re.escape(name)}\b[^<>]*?(/?)>", re.IGNORECASE).finditer(source, start, stop):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        if depth <= 0:
            return next(number for number in range(index, len(lines)) if lines[number].end >= tag.end()) + 1
    return len(lines)


def find_closing(source: str, lines: Sequence[Line], index: int, closing: str) -> tuple[int, int]:
    """Find where a comment or declaration ends: the index of that line, and the offset behind its closing mark."""
    found = source.find(closing, lines[index].start, lines[-1].end)
    if found < 0:
        return len(lines) - 1, lines[-1].end
    end = found + len(closing)
    return next(number for number in range(index, len(lines)) if lines[number].end >= end), end


def holds_words(source: str, lines: Sequence[Line], name: str) -> bool:
    """Say whether the lines of a raw element hold letters outside of its tags."""
    if name in {"script", "style"}:
        return False
    text = _MARKUP.sub("", source[lines[0].start : lines[-1].end])
    return any(map(str.isalpha, text))
