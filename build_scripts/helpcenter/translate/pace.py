"""How fast requests may follow one another.

The libraries that were looked at (pyrate-limiter 4.5, limits 5.8) count past requests in stores that have a thread or a
service of their own; one lock and one number are enough for one process.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class TokenBucket:
    """Lets ``rate`` callers a second pass, ``burst`` of them at once after a rest; shared by threads.

    Args:
        rate: callers per second, or None for no limit.
        burst: how many may pass at once.
        clock: seconds that only grow.
        sleep: waits for a number of seconds.
    """

    def __init__(
        self,
        rate: float | None,
        *,
        burst: int = 1,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        self._interval = 1 / rate if rate else 0.0
        self._tolerance = self._interval * (burst - 1)
        self._clock = clock
        self._sleep = sleep
        self._lock = threading.Lock()
        self._next = clock()

    def take(self) -> None:
        """Wait for this caller's turn."""
        with self._lock:
            now = self._clock()
            wait = self._next - self._tolerance - now
            self._next = max(self._next, now) + self._interval
        if wait > 0:
            self._sleep(wait)

    def hold(self, seconds: float) -> None:
        """Let nobody pass for so long: what a service asks of one thread holds for all."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds + self._tolerance)
