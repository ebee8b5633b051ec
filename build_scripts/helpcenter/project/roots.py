"""Finding the project's folder; light, for commands that may have nothing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CONFIGURATION = "mkdocs.yml"
WORKSPACE = ".build"


def find_root(start: Path) -> Path:
    """Give the nearest folder at or above ``start`` that holds a configuration, or ``start`` itself."""
    start = start.resolve()
    return next((folder for folder in (start, *start.parents) if (folder / CONFIGURATION).is_file()), start)
