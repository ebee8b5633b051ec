"""Rows of Markdown tables, cut as Python-Markdown cuts them."""

from __future__ import annotations

import re
from typing import NamedTuple

_TOKEN = re.compile(r"\\\\|\\(`+)|(`+)|\\\||(\|)")
_END_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|\Z")


class Alignment(NamedTuple):
    """What the second row of a table says.

    Args:
        columns: how many cells of each row are shown.
        bordered: whether rows may begin and end with a pipe.
    """

    columns: int
    bordered: bool


def read_alignment(header: str, alignment: str) -> Alignment | None:
    """Read the first two lines of a block; None if they do not begin a table."""
    if "|" not in header and "|" not in alignment:
        return None
    header, alignment = header.strip(" "), alignment.strip(" ")
    if not set(alignment) <= set("|:- ") or "-" not in alignment:
        return None
    bordered = header.startswith("|") or _END_BORDER.search(header) is not None
    columns = len(split_row(header, bordered=bordered))
    single = columns == 1 and bordered and (alignment.startswith("|") or _END_BORDER.search(alignment) is not None)
    if columns != len(split_row(alignment, bordered=bordered)) or not (columns > 1 or single):
        return None
    return Alignment(columns, bordered)


def split_row(row: str, *, bordered: bool) -> list[tuple[int, int]]:
    """Give (start, end) of every cell of a row; pipes in code and escaped pipes do not divide.

    Args:
        row: one line.
        bordered: whether a pipe at the line's start or end is a border.
    """
    start = len(row) - len(row.lstrip(" "))
    end = len(row.rstrip(" "))
    if bordered:
        if row.startswith("|", start):
            start += 1
        if end > start and _END_BORDER.search(row, start, end):
            end -= 1
    ticks: list[tuple[int, int, int, int]] = []
    pipes: list[int] = []
    for match in _TOKEN.finditer(row, start, end):
        if match[1]:
            ticks.append((match.start(1), match.end(1), len(match[1]) - 1, len(match[1]) - 1))
        elif match[2]:
            ticks.append((match.start(2), match.end(2), len(match[2]), len(match[2])))
        elif match[3]:
            pipes.append(match.start(3))
    code = _code_regions(ticks)
    cuts = [pipe for pipe in pipes if not any(first <= pipe < last for first, last in code)]
    return list(zip([start, *(cut + 1 for cut in cuts)], [*cuts, end], strict=True))


def _code_regions(ticks: list[tuple[int, int, int, int]]) -> list[tuple[int, int]]:
    """Pair runs of backticks of the same length; an escaped run opens with one less."""
    regions = []
    index = 0
    while index < len(ticks):
        size = ticks[index][2]
        partner = next((n for n in range(index + 1, len(ticks)) if size and ticks[n][3] == size), None)
        if partner is None:
            index += 1
            continue
        regions.append((ticks[index][0], ticks[partner][1]))
        index = partner + 1
    return regions
