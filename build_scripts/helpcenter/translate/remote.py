"""The adapter around deep-translator: what every provider over the network has in common."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass
from decimal import Decimal  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, ClassVar, Protocol

from pydantic import Field
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from helpcenter.quality.untranslated import is_echo
from helpcenter.translate.languages import match_code, same_language
from helpcenter.translate.masks import has_words, keeps_links, restore_emphasis, restore_masks
from helpcenter.translate.options import ProviderOptions
from helpcenter.translate.pace import TokenBucket
from helpcenter.translate.provider import ErrorCode, Job, Limits, ProviderError, Request, Result
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.sentences import cut
from helpcenter.translate.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from helpcenter.translate.redaction import Secrets

# A service that asks for more than a minute is asked again by the next run, not by this one.
_LONGEST_WAIT = 60.0


class Options(ProviderOptions):
    """The options that every provider over the network has."""

    url: str | None = None
    """The service's address, where it is not the usual one."""
    timeout: float = Field(default=30.0, gt=0, le=600)
    """Seconds to wait for a byte of an answer."""
    attempts: int = Field(default=4, ge=1, le=10)
    """How often a request is sent before its failure counts."""
    concurrency: int | None = Field(default=None, ge=1, le=64)
    """Requests at once."""
    requests_per_second: float | None = Field(default=None, gt=0)
    """Requests a second."""
    cost_per_million: Decimal | None = Field(default=None, ge=0)
    """Euros for a million characters, where the contract says another price."""


class Translator(Protocol):
    """What is used of a deep-translator class."""

    def translate_batch(self, batch: list[str]) -> list[str | None]:
        """Translate texts in one request."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What lets time pass; tests bring their own.

    Args:
        clock: seconds that only grow.
        sleep: waits for a number of seconds.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep


class RemoteProvider:
    """A service behind a deep-translator class.

    Subclasses say which codes the service knows and make a translator for a pair of them.  A translator serves one
    request and is thrown away: deep-translator keeps a request's text in the instance, so that one shared by threads
    hands a text to another caller.
    """

    name: ClassVar[str]
    style = "mask"
    base_limits: ClassVar[Limits]

    def __init__(self, options: Options, secrets: Secrets, waiting: Waiting = Waiting()) -> None:
        self.limits = Limits(
            self.base_limits.max_chars,
            self.base_limits.max_items,
            options.concurrency or self.base_limits.concurrency,
            options.requests_per_second or self.base_limits.requests_per_second,
        )
        self.cost_per_million = self._price() if options.cost_per_million is None else options.cost_per_million
        self._options = options
        self._secrets = secrets
        self._waiting = waiting
        self._transport = Transport(self.name, timeout=options.timeout, secrets=secrets, classify=self._classify)
        self._bucket = TokenBucket(self.limits.requests_per_second, clock=waiting.clock, sleep=waiting.sleep)
        self._slots = threading.BoundedSemaphore(self.limits.concurrency)
        self._lock = threading.Lock()
        self._known: dict[str, frozenset[str] | None] | None = None

    def __repr__(self) -> str:
        """Show the name alone."""
        return f"<{type(self).__name__} {self.name}>"

    # What a subclass says.

    def _price(self) -> Decimal | None:
        return None

    def _classify(self, status: int, detail: str) -> ErrorCode | None:  # noqa: ARG002 - subclasses read them
        return None

    def _load_codes(self) -> Mapping[str, Iterable[str] | None]:
        """Give each source code with the target codes it goes into, or None for all codes."""
        raise NotImplementedError

    def _translator(self, source: str, target: str) -> Translator:
        raise NotImplementedError

    def _measure(self, text: str) -> int:
        """Give the size of a text as ``max_chars`` counts it."""
        return len(text)

    # What the runner calls.

    def supports(self, source: str, target: str) -> bool:
        """Whether the service translates a pair; True where its list cannot be had, for translating will say why."""
        try:
            self._pair(source, target)
        except ProviderError as error:
            return error.code != "language"
        return True

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        """Translate texts; see :class:`~helpcenter.translate.provider.Provider`."""
        results: dict[int, Result] = {}
        pieces: dict[int, list[str]] = {}
        language = job.source.partition("-")[0]
        for index, request in enumerate(requests):
            if not has_words(request.text):
                # Google answers nothing to symbols alone, others bend them; there is nothing to translate.
                results[index] = Result(request, text=request.text)
                continue
            parts = cut(request.text, language, self.limits.max_chars, self._measure)
            if parts is None:
                error = ProviderError("response", f"{self.name} takes no word this long")
                results[index] = Result(request, error=error)
            else:
                pieces[index] = parts
        answers = self._answer([part for parts in pieces.values() for part in parts], job)
        queue = iter(answers)
        for index, parts in pieces.items():
            results[index] = self._join(requests[index], [next(queue) for _ in parts])
        return [results[index] for index in range(len(requests))]

    def _join(self, request: Request, answers: list[str | ProviderError]) -> Result:
        texts: list[str] = []
        for answer in answers:
            if isinstance(answer, ProviderError):
                return Result(request, error=answer)
            texts.append(answer)
        text = restore_masks(request.text, "".join(texts))
        if text is None:
            return Result(request, error=ProviderError("response", f"{self.name} changed the placeholders of the text"))
        if not keeps_links(request.text, text):
            return Result(request, error=ProviderError("response", f"{self.name} took words out of their link"))
        if is_echo(request.text, text):
            return Result(request, error=ProviderError("echo", f"{self.name} gave the source text back"))
        return Result(request, text=restore_emphasis(request.text, text))

    def _answer(self, texts: list[str], job: Job) -> list[str | ProviderError]:
        """Translate texts of at most ``max_chars`` each, with the space around them kept."""
        if not texts:
            return []
        try:
            pair = self._pair(job.source, job.target)
        except ProviderError as error:
            return [error] * len(texts)
        answers: list[str | ProviderError] = []
        stopped: ProviderError | None = None
        for batch in self._plan(texts):
            if stopped is None:
                found = self._divide([text.strip() for text in batch], pair)
                stopped = next((e for e in found if isinstance(e, ProviderError) and e.ends_run), None)
            else:
                found = [stopped] * len(batch)
            answers += [_surround(text, answer) for text, answer in zip(batch, found, strict=True)]
        return answers

    def _plan(self, texts: list[str]) -> list[list[str]]:
        batches: list[list[str]] = []
        room = 0
        for text in texts:
            size = self._measure(text)
            if not batches or size > room or len(batches[-1]) >= self.limits.max_items:
                batches.append([])
                room = self.limits.max_chars
            batches[-1].append(text)
            room -= size
        return batches

    def _divide(self, texts: list[str], pair: tuple[str, str]) -> list[str | ProviderError]:
        """Ask for a batch; where the service refuses it, ask for its halves: one text must not spoil another."""
        try:
            return list(self._ask(texts, pair))
        except ProviderError as error:
            if len(texts) == 1 or error.code != "response" or error.retryable:
                return [error] * len(texts)
        middle = len(texts) // 2
        return self._divide(texts[:middle], pair) + self._divide(texts[middle:], pair)

    def _ask(self, texts: list[str], pair: tuple[str, str]) -> list[str]:
        retrying = Retrying(
            retry=retry_if_exception(_passes),
            wait=_wait,
            stop=stop_after_attempt(self._options.attempts),
            sleep=self._waiting.sleep,
            reraise=True,
        )
        answer: list[str] = retrying(self._ask_once, texts, pair)
        return answer

    def _ask_once(self, texts: list[str], pair: tuple[str, str]) -> list[str]:
        self._bucket.take()
        failure: ProviderError
        try:
            with self._slots:
                found = self._translator(*pair).translate_batch(texts)
        except ProviderError as error:
            if error.retry_after is not None:
                self._bucket.hold(min(error.retry_after, _LONGEST_WAIT))
            raise
        except Exception as error:  # noqa: BLE001 - a plug of another's code: whatever it raises concerns these texts alone
            failure = self._foreign(error)
        else:
            return self._checked(found, len(texts))
        # Not chained: deep-translator's exceptions print keys and addresses.
        raise failure

    def _foreign(self, error: Exception) -> ProviderError:
        kind = type(error)
        if kind.__module__.startswith("deep_translator."):
            return self._transport.error("response", f"gave an answer that cannot be used: {kind.__name__}")
        if isinstance(error, (KeyError, IndexError, TypeError, AttributeError, StopIteration, ValueError)):
            # What deep-translator runs into when an answer lacks what it expects.
            return self._transport.error("response", f"gave an answer of another form: {kind.__name__}")
        return self._transport.error("internal", f"failed inside: {kind.__name__}")

    def _checked(self, found: object, count: int) -> list[str]:
        if not isinstance(found, list) or len(found) != count:
            number = len(found) if isinstance(found, list) else "no list of"
            raise self._transport.error("response", f"gave {number} translations for {count} texts")
        for text in found:
            if not isinstance(text, str) or not text.strip():
                raise self._transport.error("response", "gave an empty translation")
        return [str(text) for text in found]

    def _pair(self, source: str, target: str) -> tuple[str, str]:
        codes = self._codes()
        from_code = match_code(source, codes)
        if from_code is None:
            raise ProviderError("language", f"{self.name} does not translate from '{source}'")
        targets = codes[from_code]
        to_code = match_code(target, codes if targets is None else targets)
        if to_code is None or same_language(source, target):
            raise ProviderError("language", f"{self.name} does not translate from '{source}' into '{target}'")
        return from_code, to_code

    def _codes(self) -> dict[str, frozenset[str] | None]:
        with self._lock:
            if self._known is None:
                loaded = self._load_codes()
                self._known = {code: None if to is None else frozenset(to) for code, to in loaded.items()}
            return self._known


def _surround(text: str, answer: str | ProviderError) -> str | ProviderError:
    """Put the space around a text around its translation: services strip it."""
    if isinstance(answer, ProviderError):
        return answer
    core = text.strip()
    start = text.index(core)
    return text[:start] + answer.strip() + text[start + len(core) :]


def _passes(error: BaseException) -> bool:
    return isinstance(error, ProviderError) and error.retryable and (error.retry_after or 0) <= _LONGEST_WAIT


_back_off = wait_exponential_jitter(initial=1, max=30)


def _wait(state: RetryCallState) -> float:
    """Give the seconds before the next attempt: what the service asks for, and never less than the back-off."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, ProviderError) else None
    return max(asked or 0.0, float(_back_off(state)))
