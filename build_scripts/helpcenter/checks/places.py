"""Where a translation stands in its catalog file."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Place
from helpcenter.project import read_text, relative

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from helpcenter.catalog import Entry
    from helpcenter.project import Project

# What PO files escape, as polib reads it; a backslash before anything else stands for itself.
_CHARACTER = re.compile(r'\\[\\ntrvbf"]|.')
_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"')
_KEYWORD = "msgstr"


class TextPlaces:
    """Finds the lines of a catalog's texts; the file is read when the first is asked for.

    Args:
        project: the project.
        file: the catalog.
    """

    def __init__(self, project: Project, file: Path) -> None:
        self._project = project
        self._file = file

    @cached_property
    def _lines(self) -> list[str]:
        text = read_text(self._file, self._project.root) if self._file.is_file() else ""
        return [line.rstrip("\r") for line in text.split("\n")]

    def place(self, entry: Entry, span: tuple[int, int] | None = None) -> Place:
        """Give the place of an entry's translation, or of a part of it.

        Args:
            entry: as it was read from the file.
            span: start and end in ``entry.msgstr``; what stands on several lines is shown up to the end of its first.
        """
        name, lines = relative(self._file, self._project.root), self._lines
        start = max(entry.line - 1, 0)
        first = next((index for index in range(start, len(lines)) if lines[index].lstrip().startswith(_KEYWORD)), None)
        if first is None:
            # The file has changed since it was read.
            return Place(name, entry.line or None)
        if span is not None:
            passed = 0
            for index, offsets in self._read_text(first):
                if span[0] < passed + len(offsets):
                    here, there = span[0] - passed, min(max(span[1], span[0] + 1) - passed, len(offsets)) - 1
                    begin, end = offsets[here][0], offsets[there][1]
                    return Place(name, index + 1, begin + 1, end - begin, lines[index])
                passed += len(offsets)
        column = len(lines[first]) - len(lines[first].lstrip())
        return Place(name, first + 1, column + 1, len(_KEYWORD), lines[first])

    def _read_text(self, first: int) -> Iterator[tuple[int, list[tuple[int, int]]]]:
        """Give the lines that a text stands on, each with where its characters begin and end."""
        for index in range(first, len(self._lines)):
            line = self._lines[index]
            if index > first and not line.lstrip().startswith('"'):
                return
            yield (
                index,
                [
                    (match.start(), match.end())
                    for piece in _PIECE.finditer(line)
                    for match in _CHARACTER.finditer(line, piece.start(1), piece.end(1))
                ],
            )
