"""Lines of a source: where each begins behind its container's indent, and where it ends."""

from __future__ import annotations

import re
from typing import NamedTuple

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)?")
_TAB_STOP = 4


class Line(NamedTuple):
    """One line inside a container.

    Args:
        begin: offset of the physical line.
        start: offset of what the container leaves of it, behind indents and markers.
        end: offset of its line end.
        column: visual column of ``start``, with tabs at every fourth column.
    """

    begin: int
    start: int
    end: int
    column: int


def split_lines(source: str, start: int = 0) -> list[Line]:
    """Cut ``source[start:]`` at LF, CRLF and CR, the line ends that Python-Markdown knows."""
    lines = []
    if source.find("\r", start) < 0:
        # Almost every page, and four times as fast.
        for text in source[start:].split("\n"):
            end = start + len(text)
            lines.append(Line(start, start, end, 0))
            start = end + 1
        if lines[-1].start == lines[-1].end:
            lines.pop()
        return lines
    for match in _LINE.finditer(source, start):
        if match.start() == match.end():
            break
        end = match.end()
        while end > match.start() and source[end - 1] in "\r\n":
            end -= 1
        lines.append(Line(match.start(), match.start(), end, 0))
    return lines


def is_blank(source: str, line: Line) -> bool:
    """Say whether a line holds nothing but spaces and tabs; a no-break space is text."""
    return not source[line.start : line.end].strip(" \t")


def indent(source: str, line: Line) -> tuple[int, int]:
    """Give the width of a line's white space in columns, and in characters."""
    start, end = line.start, line.end
    column = line.column
    index = start
    while index < end:
        char = source[index]
        if char == " ":
            column += 1
        elif char == "\t":
            column += _TAB_STOP - column % _TAB_STOP
        else:
            break
        index += 1
    return column - line.column, index - start


def dedent(source: str, line: Line, width: int) -> Line:
    """Move a line's start by a width in columns; a tab that reaches further is taken whole."""
    column = line.column
    index = line.start
    while index < line.end and column - line.column < width:
        if source[index] == " ":
            column += 1
        elif source[index] == "\t":
            column += _TAB_STOP - column % _TAB_STOP
        else:
            break
        index += 1
    return Line(line.begin, index, line.end, column)
