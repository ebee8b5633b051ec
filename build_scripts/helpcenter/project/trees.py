"""Folders as they lie on disk: links that lead nowhere or in a circle, and folders where a file belongs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Finding, Place, finding
from helpcenter.project.files import relative

if TYPE_CHECKING:
    from collections.abc import Iterator

# What ends so is read as a file.
_FILES = (".md", ".po", ".yml")


def check_tree(folder: Path, root: Path, *, follows: bool = True) -> list[Finding]:
    """Find what reading a folder with all that is below it would trip over or pass by.

    Args:
        folder: where to begin; nothing is wrong when it is not there.
        root: of the project, to which findings are relative.
        follows: whether whoever reads it follows links to folders; if not, each of them is told.
    """
    return list(_walk(folder, root, follows=follows)) if folder.is_dir() else []


def _walk(folder: Path, root: Path, *, follows: bool) -> Iterator[Finding]:
    try:
        with os.scandir(folder) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(folder, root, f"cannot read the folder: {error.strerror}", "check its permissions")
        return
    for entry in entries:
        path = Path(entry.path)
        if entry.is_symlink():
            yield from _link(path, root, follows=follows)
        elif entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            if path.suffix in _FILES:
                yield _unreadable(path, root, f"'{entry.name}' is a folder, not a file", "rename it, or write the file")
            else:
                yield from _walk(path, root, follows=follows)


def _link(path: Path, root: Path, *, follows: bool) -> Iterator[Finding]:
    hint = "remove the link, or put the file itself there"
    try:
        target = path.resolve(strict=True)
    except FileNotFoundError:
        # An editor marks a file that is open by a hidden link to nowhere.
        if not path.name.startswith("."):
            yield _unreadable(path, root, f"the link leads nowhere: there is no '{path.readlink()}'", hint)
        return
    except (OSError, RuntimeError):
        # Python 3.13 names a circle of links by an OSError, releases before it by a RuntimeError.
        yield _unreadable(path, root, "the link leads back to itself", hint)
        return
    if not target.is_dir():
        return
    here = path.parent.resolve()
    if target == here or target in here.parents:
        yield _unreadable(path, root, "the link leads back to a folder that it lies in", "remove the link")
    elif not follows:
        hint = "put the folder itself there"
        yield finding(
            "file-linked-folder", "what lies behind the link is not read", Place(relative(path, root)), help=hint
        )


def _unreadable(path: Path, root: Path, message: str, hint: str) -> Finding:
    return finding("file-unreadable", message, Place(relative(path, root)), help=hint)
