"""Where a translation stands in its catalog file."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Place
from helpcenter.project import read_text, relative

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.catalog import Entry
    from helpcenter.project import Project

_CHARACTER = re.compile(r"\\[0-7]{1,3}|\\x[0-9a-fA-F]{2}|\\.|.")


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
        return read_text(self._file, self._project.root).split("\n")

    def place(self, entry: Entry, span: tuple[int, int] | None = None) -> Place:
        """Give the place of an entry's translation, or of a part of it.

        Args:
            entry: as it was read from the file.
            span: start and end in ``entry.msgstr``; its line is shown alone where the text is wrapped.
        """
        name, lines = relative(self._file, self._project.root), self._lines
        first = next(
            (i for i in range(entry.line - 1, len(lines)) if lines[i].startswith("msgstr")), max(entry.line - 1, 0)
        )
        if span is None or not lines[first].startswith("msgstr"):
            text = lines[first].rstrip("\r")
            return Place(name, first + 1, 1, len("msgstr"), text)
        passed = 0
        for number in range(first, len(lines)):
            line = lines[number].rstrip("\r")
            start, end = line.find('"') + 1, line.rfind('"')
            if not start or end < start or (number > first and not line.startswith('"')):
                break
            units = [match.start() + start for match in _CHARACTER.finditer(line[start:end])]
            if span[0] < passed + len(units):
                units.append(end)
                here, there = span[0] - passed, min(max(span[1], span[0] + 1) - passed, len(units) - 1)
                return Place(name, number + 1, units[here] + 1, max(units[there] - units[here], 1), line)
            passed += len(units)
        return Place(name, first + 1, 1, len("msgstr"), lines[first].rstrip("\r"))
