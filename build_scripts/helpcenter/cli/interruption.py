"""Stopping a command from outside: once to let it finish what it is at, twice to leave at once."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

_SIGNALS = (signal.SIGINT, signal.SIGTERM)
# What shells expect of a process that a signal has ended.
_OFFSET = 128


@dataclass
class Interruption:
    """Whether somebody wants a command to stop.

    Args:
        what: what the command does before it ends, for a person.
    """

    what: str
    _signal: int | None = field(default=None, repr=False)

    def is_wanted(self) -> bool:
        """Whether it is to stop."""
        return self._signal is not None

    @property
    def exit_code(self) -> int:
        """The code of the process: 130 after Ctrl-C, 143 after SIGTERM."""
        return _OFFSET + (self._signal or 0)

    def receive(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal.

        Raises:
            SystemExit: it is the second one.
        """
        if self._signal is not None:
            raise SystemExit(_OFFSET + number)
        self._signal = number
        click.echo(f"\n{self.what}; once more leaves at once", err=True)


@contextmanager
def interruptible(what: str) -> Iterator[Interruption]:
    """Take Ctrl-C and SIGTERM as a wish to stop.

    Args:
        what: what the command does before it ends, for a person.
    """
    interruption = Interruption(what)
    before = {number: signal.signal(number, interruption.receive) for number in _SIGNALS}
    try:
        yield interruption
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
