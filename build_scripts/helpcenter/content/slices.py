"""What a scan of a source finds: running text, and what cannot be translated."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Slice(NamedTuple):
    """Running text in the source.

    Args:
        pieces: (start, end) of each of its lines, without the indents and markers in front of them.
        kind: as of a segment.
        prefix: what a continuation line of it must begin with.
        level: of a heading, 1 to 6; else 0.
        id: explicit id of a heading, or an empty text.
    """

    pieces: tuple[tuple[int, int], ...]
    kind: str
    prefix: str
    level: int = 0
    id: str = ""


INCLUDED = "text included from another file"
"""What is unsupported where the site does not include files."""


class Unsupported(NamedTuple):
    """A construct whose text stays in the source language."""

    start: int
    end: int
    what: str


class Definition(NamedTuple):
    """A reference definition ``[label]: target``; offsets are those of the target."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class Blocks:
    """What a scan found, in the order of the source."""

    slices: list[Slice] = field(default_factory=list)
    unsupported: list[Unsupported] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)
