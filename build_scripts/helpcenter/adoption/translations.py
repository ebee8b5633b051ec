"""Translations as they lie on disk: Markdown files, read as leniently as can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.adoption.units import Unit, make_units
from helpcenter.content.blocks import scan_blocks
from helpcenter.content.frontmatter import find_scalars, read_header
from helpcenter.content.segments import make_segments
from helpcenter.diagnostics import Place
from helpcenter.project import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.content import Segment
    from helpcenter.project import FrontMatterKeys


@dataclass(frozen=True, slots=True)
class Translation:
    """A Markdown file in another language.

    Args:
        name: as findings show it.
        note: as catalogs name it: nothing in it says on whose machine it lay.
        source: its text.
        segments: its texts.
        units: the same, with what stands between them.
    """

    name: str
    note: str
    source: str
    segments: tuple[Segment, ...]
    units: tuple[Unit, ...]

    def place(self, segment: Segment) -> Place:
        """Give the place of one of its texts."""
        return Place.at_offset(self.name, self.source, segment.start, segment.end)


def read_translation(file: Path, root: Path, name: str, note: str, keys: FrontMatterKeys) -> Translation:
    """Read a translated file.  What its front matter says of the page is not looked at: the source's holds.

    Raises:
        HelpcenterError: it is no text, or its front matter cannot be read.
    """
    source = read_text(file, root)
    header = read_header(source, name)
    body_start = header.body_start if header else len(source) - len(source.removeprefix("\ufeff"))
    scalars = find_scalars(source, header, keys) if header else []
    segments = make_segments(source, scalars, scan_blocks(source, body_start).slices)
    return Translation(name, note, source, segments, tuple(make_units(source, body_start, segments)))
