"""Reading and writing files so that nothing is lost and every failure has a place."""

from __future__ import annotations

import os
import re
import tempfile
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.roots import CONFIGURATION, WORKSPACE, find_root

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.diagnostics import Finding


_TEMPORARY = re.compile(r"\..+\.(?P<process>[1-9][0-9]*)\.[a-z0-9_]+\.tmp")


class Stamp(NamedTuple):
    """A file as it was at a time.

    Args:
        path: its absolute path.
        size: in bytes; -1 where there was none.
        changed: its time of change in nanoseconds.
    """

    path: str
    size: int
    changed: int


def stamp(path: str) -> Stamp:
    """Look at a file, so that an edit is found later."""
    try:
        info = os.stat(path)  # noqa: PTH116 - asked for many files by a run that has nothing to do
    except OSError:
        return Stamp(path, -1, 0)
    return Stamp(path, info.st_size, info.st_mtime_ns)


def relative(path: Path, root: Path) -> str:
    """Give the POSIX path of a file as findings show it: relative to the project where it can be."""
    try:
        return path.relative_to(root).as_posix()
    except ValueError:
        return path.as_posix()


def _seen_from_project(path: Path) -> str:
    """Give the path of a file as findings show it, from the project it lies in; whoever writes it need not know which."""
    file = path.parent.resolve() / path.name
    # Below the build folder the locales have configurations of their own.
    start = next((folder.parent for folder in file.parents if folder.name == WORKSPACE), file.parent)
    root = find_root(start)
    return relative(file, root) if (root / CONFIGURATION).is_file() else path.as_posix()


def read_text(path: Path, root: Path) -> str:
    """Read a UTF-8 file without touching its line ends; a byte order mark is kept as U+FEFF.

    Raises:
        HelpcenterError: ``file-unreadable`` or ``file-encoding``.
    """
    name = relative(path, root)
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise HelpcenterError(
            finding(
                "file-unreadable",
                f"cannot read the file: {error.strerror}",
                Place(name),
                help="check path and permissions",
            )
        ) from error
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        message = f"byte 0x{raw[error.start]:02x} is not UTF-8"
        raise HelpcenterError(_bad_byte(raw, error.start, message, name)) from error
    if "\0" in text:
        # UTF-16 without a byte order mark passes for UTF-8 where all its letters are ASCII.
        raise HelpcenterError(
            _bad_byte(raw, raw.index(0), "a zero byte stands in the file: this is no UTF-8 text", name)
        )
    return text


def _bad_byte(raw: bytes, offset: int, message: str, name: str) -> Finding:
    before = raw[:offset]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    text = raw.split(b"\n")[line - 1].decode("utf-8", "replace").rstrip("\r").replace("\0", "\ufffd")
    return finding("file-encoding", message, Place(name, line, column, 1, text), help="save the file as UTF-8")


def write_atomic(path: Path, data: str | bytes, *, durable: bool = True) -> bool:
    """Write a file in one step, so that a reader or a kill finds the old bytes or the new ones, never a part.

    Args:
        path: the file; its folder is made when it is missing.
        data: text (written as UTF-8) or bytes.
        durable: in one step, and safe from a power cut as well; False for what is generated again when its bytes are not right.

    Returns:
        True when bytes changed; an unchanged file is not touched, so its time stays.

    Raises:
        HelpcenterError: ``file-unreadable``; the old file is as it was.
    """
    raw = data.encode("utf-8") if isinstance(data, str) else data
    temporary = None
    try:
        try:
            if path.read_bytes() == raw:
                return False
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
        if not durable:
            path.write_bytes(raw)
            return True
        # The process is named, so that what a killed one leaves is known for what it is.
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.{os.getpid()}.", suffix=".tmp", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp makes private files; what we write is meant to be read like any other file of the project.
        os.chmod(temporary, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())  # noqa: PTH101
        os.replace(temporary, path)  # noqa: PTH105 - one rename is the whole point
    except OSError as error:
        if temporary is not None:
            _discard(temporary)
        raise HelpcenterError(
            finding(
                "file-unreadable",
                f"cannot write the file: {error.strerror}",
                Place(_seen_from_project(path)),
                help="check space and permissions",
            )
        ) from error
    except BaseException:
        if temporary is not None:
            _discard(temporary)
        raise
    return True


def _discard(temporary: str) -> None:
    try:
        os.unlink(temporary)  # noqa: PTH108 - beside mkstemp
    except FileNotFoundError:
        return


def remove_leftovers(folder: Path, *, below: bool = True) -> None:
    """Remove the temporary files that killed processes have left in a folder; those of a process that runs stay.

    Args:
        folder: where they lie.
        below: also in the folders in it.
    """
    for file in folder.rglob(".*.tmp") if below else folder.glob(".*.tmp"):
        match = _TEMPORARY.fullmatch(file.name)
        if match is not None and not _is_running(int(match["process"])):
            file.unlink(missing_ok=True)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        # Somebody else's.
        return True
    return True


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current
