"""A store of results by a hash of everything they depend on; without it the output is the same, only later."""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING, Any

from helpcenter import __version__
from helpcenter.diagnostics import HelpcenterError, Place, finding

if TYPE_CHECKING:
    from pathlib import Path


def digest(*parts: str | bytes) -> str:
    """Hash texts so that no two different lists of parts give the same hash."""
    state = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(raw).to_bytes(8, "big") + raw)
    return state.hexdigest()


def part_of(path: Path, number: int) -> Path:
    """Give the file of one of several workers that fill a store side by side; the store reads them all."""
    return path.with_name(f"{path.stem}.{number}{path.suffix}")


def parts_of(path: Path) -> list[Path]:
    """Give the files that workers have left beside the file of a store, or in place of it."""
    return sorted(path.parent.glob(f"{path.stem}.*{path.suffix}"))


class Store:
    """Results of one kind, in one file.

    What a run neither asked for nor put in is dropped when it is saved, so the file never grows beyond one run's results.

    Args:
        path: the file; one that cannot be read counts as empty.
        version: results made with another version are not used.
    """

    def __init__(self, path: Path, version: str = "") -> None:
        self._path = path
        self._version = f"{__version__} {version}"
        self._old: dict[str, Any] = {}
        self._used: dict[str, Any] = {}
        for file in (path, *parts_of(path)):
            self._old |= self._read(file)

    def _read(self, file: Path) -> dict[str, Any]:
        try:
            with file.open("rb") as opened:
                saved = pickle.load(opened)  # noqa: S301 - our own file, below the build folder that only we write
        except (
            OSError,
            pickle.UnpicklingError,
            EOFError,
            AttributeError,
            ImportError,
            IndexError,
            TypeError,
            ValueError,
        ):
            return {}
        if isinstance(saved, tuple) and len(saved) == 2 and saved[0] == self._version:  # noqa: PLR2004 - version, results
            return dict(saved[1])
        return {}

    def get(self, key: str) -> Any:  # noqa: ANN401 - any result
        """Give a result, or None."""
        if key in self._used:
            return self._used[key]
        value = self._old.get(key)
        if value is not None:
            self._used[key] = value
        return value

    def put(self, key: str, value: object) -> None:
        """Keep a result."""
        self._used[key] = value

    def clear(self) -> None:
        """Let go of all results, whoever still holds the store."""
        self._old, self._used = {}, {}

    def save(self, *, whole: bool = True) -> None:
        """Write the results in one step.

        Args:
            whole: this run asked for everything that is worth keeping; False keeps what it did not ask for as well.
        """
        results = self._used if whole else self._old | self._used
        if results.keys() != self._old.keys():
            self._write(results)
            for part in parts_of(self._path):
                part.unlink(missing_ok=True)

    def _write(self, results: dict[str, Any]) -> None:
        """Write results as they are pickled: all of them as one text would take as much memory once more."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with self._path.open("wb") as file:
                pickle.dump((self._version, results), file, protocol=pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            # Without it the output is the same, only later; half of it counts as nothing.
            hint = "check space and permissions"
            message = f"cannot write the file: {error.strerror}"
            raise HelpcenterError(
                finding("file-unreadable", message, Place(self._path.as_posix()), help=hint)
            ) from error
