"""The circuit of a provider: after some failures in a row nothing is sent until a single probe has come through.

The libraries that were looked at do not fit a service that is asked by several threads at once: pybreaker 1.4 holds its lock
while a call runs, so that calls follow one another (danielfm/pybreaker#55), and circuitbreaker 2.1 has none
(fabfuel/circuitbreaker#61).  Here one thread sends and receives, and a few numbers are enough.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

# A batch has been tried several times over before it counts as failed, so few are enough.
THRESHOLD = 3
# One that has never answered is most likely not there at all.
_THRESHOLD_OF_STRANGERS = 2
PAUSES = (5.0, 20.0)


class Circuit:
    """Counts the failures of a provider.

    Args:
        threshold: failures in a row that open it; two do where there has been no answer yet.
        pauses: seconds before each probe; when the last one fails, the provider is lost. One that never answered gets one.
        clock: seconds that only grow.
    """

    def __init__(
        self,
        *,
        threshold: int = THRESHOLD,
        pauses: Sequence[float] = PAUSES,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._threshold = threshold
        self._pauses = pauses
        self._clock = clock
        self._failures = 0
        self._probes = 0
        self._is_probing = False
        self._has_answered = False
        self.opens_at: float | None = None
        """When the next probe may go; None while the circuit is closed."""
        self.is_lost = False
        """Whether the provider is not to be asked any more."""

    @property
    def is_open(self) -> bool:
        """Whether nothing but a probe may be sent."""
        return self.opens_at is not None

    def admits(self) -> bool:
        """Whether something may be sent now; where the circuit is open, what is sent then is the probe."""
        if self.is_lost or self._is_probing:
            return False
        if self.opens_at is None:
            return True
        self._is_probing = self._clock() >= self.opens_at
        return self._is_probing

    def succeed(self) -> None:
        """Note an answer: it closes the circuit."""
        self._failures = self._probes = 0
        self._is_probing = False
        self._has_answered = True
        self.opens_at = None

    def fail(self, *, was_probe: bool = False) -> None:
        """Note a failure.

        Args:
            was_probe: it was sent while the circuit was open; others of that time were on their way before.
        """
        self._failures += 1
        if self.opens_at is not None and not was_probe:
            return
        threshold = self._threshold if self._has_answered else min(self._threshold, _THRESHOLD_OF_STRANGERS)
        if self.opens_at is None and self._failures < threshold:
            return
        self._is_probing = False
        pauses = self._pauses if self._has_answered else self._pauses[:1]
        if self._probes >= len(pauses):
            self.is_lost = True
            return
        self.opens_at = self._clock() + pauses[self._probes]
        self._probes += 1
