"""How texts are asked for: at a pace, so many at once, again after a failure that passes, in halves after one that does not."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from helpcenter.translate.pace import TokenBucket
from helpcenter.translate.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from helpcenter.translate.provider import Limits

T = TypeVar("T")
Answer = str | ProviderError

# A service that asks for more than a minute is asked again by the next run, not by this one.
_LONGEST_WAIT = 60.0
# What may be the fault of one text among others.
_OF_A_TEXT = {"response", "truncated"}
_back_off = wait_exponential_jitter(initial=1, max=30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What lets time pass; tests bring their own.

    Args:
        clock: seconds that only grow.
        sleep: waits for a number of seconds.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class Dispatcher:
    """Lets the threads of one provider ask its service.

    Args:
        limits: of the provider.
        attempts: how often a request is sent before its failure counts.
        waiting: what lets time pass.
    """

    def __init__(self, limits: Limits, attempts: int, waiting: Waiting) -> None:
        self._attempts = attempts
        self._waiting = waiting
        self._bucket = TokenBucket(limits.requests_per_second, clock=waiting.clock, sleep=waiting.sleep)
        self._slots = threading.BoundedSemaphore(limits.concurrency)
        self._closed: tuple[float, ProviderError] | None = None

    def attempt(self, request: Callable[[], T]) -> T:
        """Send a request, again while its failure may pass.

        Raises:
            ProviderError: of the last attempt.
        """
        retrying = Retrying(
            retry=retry_if_exception(_passes),
            wait=_wait,
            stop=stop_after_attempt(self._attempts),
            sleep=self._waiting.sleep,
            reraise=True,
        )
        answer: T = retrying(self._once, request)
        return answer

    def _once(self, request: Callable[[], T]) -> T:
        self._bucket.take()
        try:
            with self._slots:
                closed = self._closed
                if closed is not None and self._waiting.clock() < closed[0]:
                    raise closed[1]
                return request()
        except ProviderError as error:
            # What a service asks of one thread holds for all.
            if error.retry_after is None or (self._closed is not None and error is self._closed[1]):
                raise
            if error.retry_after > _LONGEST_WAIT:
                self._closed = (self._waiting.clock() + error.retry_after, error)
            else:
                self._bucket.hold(error.retry_after)
            raise

    def divide(self, texts: Sequence[str], send: Callable[[list[str]], list[Answer]]) -> list[Answer]:
        """Ask for texts; where the service refuses them, ask for halves: one text must not spoil another.

        Texts that fail among others that do not are asked for once more, without these.

        Args:
            texts: at least one.
            send: asks for texts in one request; gives an answer or an error for each, or raises one for all.
        """
        asked = list(texts)
        try:
            found = self.attempt(lambda: send(asked))
        except ProviderError as error:
            if len(asked) == 1 or error.code not in _OF_A_TEXT or error.retryable:
                return [error] * len(asked)
            return self._halve(asked, send)
        failed = [index for index, answer in enumerate(found) if isinstance(answer, ProviderError)]
        if not failed or len(asked) == 1:
            return found
        if len(failed) == len(asked):
            return self._halve(asked, send)
        for index, answer in zip(failed, self.divide([asked[i] for i in failed], send), strict=True):
            found[index] = answer
        return found

    def _halve(self, texts: list[str], send: Callable[[list[str]], list[Answer]]) -> list[Answer]:
        middle = len(texts) // 2
        first = self.divide(texts[:middle], send)
        stopped = next((answer for answer in first if isinstance(answer, ProviderError) and answer.ends_run), None)
        if stopped is not None:
            return first + [stopped] * (len(texts) - middle)
        return first + self.divide(texts[middle:], send)


def _passes(error: BaseException) -> bool:
    return isinstance(error, ProviderError) and error.retryable and (error.retry_after or 0) <= _LONGEST_WAIT


def _wait(state: RetryCallState) -> float:
    """Give the seconds before the next attempt: what the service asks for, and never less than the back-off."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ProviderError) else None
    return max(asked or 0.0, float(_back_off(state)))
