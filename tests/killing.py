"""Kills a piece of work at each of its steps on disk, or at a random moment, and says whether it did.

The work runs in a forked process, so that a run costs what the work costs and no start of Python.  What must hold afterwards
is up to the test: files that are there are whole, and the same work once more ends as if nothing had happened.
"""

from __future__ import annotations

import builtins
import io
import os
import signal
import sys
import tempfile
import time
import traceback
from typing import IO, TYPE_CHECKING, Any, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable

# Of a process that died where it was meant to; no command of ours ends with it.
DIED = 99
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod"}


class _Steps:
    """Counts what a process does on disk, and ends it just before a chosen step; of a write, the half is done."""

    def __init__(self, last: int) -> None:
        self._left = last

    def install(self) -> None:
        sys.addaudithook(self._audit)
        # Nothing is lost but by a power cut, and none happens: what would wait for the disk only counts.
        os.fsync = lambda _handle: self.count()  # type: ignore[assignment]
        opened = io.open
        for owner in (builtins, io):
            owner.open = lambda *words, **named: self._writer(opened(*words, **named))  # type: ignore[attr-defined]

    def count(self) -> None:
        self._left -= 1
        if self._left < 0:
            os._exit(DIED)

    def _audit(self, event: str, words: tuple[Any, ...]) -> None:
        is_writing = event == "open" and isinstance(words[2], int) and words[2] & (os.O_WRONLY | os.O_RDWR)
        if is_writing or event in _CHANGES:
            self.count()

    def _writer(self, file: Any) -> Any:  # noqa: ANN401 - whatever kind of file it is
        return _DyingWriter(file.detach(), self) if type(file) is io.BufferedWriter else file

    def half(self, raw: io.RawIOBase, data: bytes) -> None:
        if self._left == 0:
            raw.write(data[: len(data) // 2])
        self.count()


class _DyingWriter(io.BufferedWriter):
    def __init__(self, raw: io.RawIOBase, steps: _Steps) -> None:
        super().__init__(raw)
        self._steps = steps

    def write(self, data: Any) -> int:  # noqa: ANN401 - any buffer
        self._steps.half(self.raw, bytes(data))
        return super().write(data)


def dies_at(step: int, work: Callable[[], object]) -> bool:
    """Do some work in a process that ends before its ``step``-th change on disk; give whether it came so far.

    Raises:
        AssertionError: the work itself failed.
    """
    with tempfile.TemporaryFile() as said:
        code = _wait(_fork(work, said.fileno(), _Steps(step)))
        assert code in {0, DIED}, _tell(code, said)
    return code == DIED


def dies_after(seconds: float, work: Callable[[], object]) -> bool:
    """Do some work in a process that is killed after a while; give whether it was still at it.

    Raises:
        AssertionError: the work itself failed.
    """
    with tempfile.TemporaryFile() as said:
        child = _fork(work, said.fileno())
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        code = _wait(child)
        assert code in {0, -signal.SIGKILL}, _tell(code, said)
    return code != 0


def time_of(work: Callable[[], object]) -> float:
    """Do some work in a process of its own; give the seconds that it takes.

    Raises:
        AssertionError: the work itself failed.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        code = _wait(_fork(work, said.fileno()))
        assert code == 0, _tell(code, said)
    return time.perf_counter() - start


def _fork(work: Callable[[], object], said: int, steps: _Steps | None = None) -> int:
    """Start some work in a process of its own; give its id."""
    child = os.fork()
    if child == 0:
        _work(work, said, steps)
    return child


def _work(work: Callable[[], object], said: int, steps: _Steps | None) -> NoReturn:
    """Do the work and end the process, whatever happens: nothing of the test may go on in it."""
    code = 70
    try:
        for stream in (1, 2):
            os.dup2(said, stream)
        sys.stdout = sys.stderr = open(2, "w", encoding="utf-8", buffering=1, closefd=False)  # noqa: SIM115 - to the end
        if steps is not None:
            steps.install()
        try:
            work()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        except BaseException:  # noqa: BLE001 - the test tells it
            traceback.print_exc()
    finally:
        os._exit(code)


def _wait(child: int) -> int:
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _tell(code: int, said: IO[bytes]) -> str:
    said.seek(0)
    return f"the work ended with {code}: {said.read().decode('utf-8', 'replace')}"
