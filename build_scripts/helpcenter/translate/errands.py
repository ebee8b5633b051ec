"""Errands: batches of all locales on their way to their providers, and what becomes of those that fail.

One thread decides; each batch is asked for in a thread of its own, as many at once as its provider allows.
"""

from __future__ import annotations

import time
from collections import deque
from concurrent.futures import FIRST_COMPLETED, wait
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, cast

from helpcenter.translate.asking import ask, results_of
from helpcenter.translate.batches import plan_batches
from helpcenter.translate.provider import ERROR_CODES, ProviderError, Request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future
    from decimal import Decimal

    from helpcenter.catalog.answers import Refusal
    from helpcenter.translate.budget import Budget
    from helpcenter.translate.demand import Text
    from helpcenter.translate.engines import Engine
    from helpcenter.translate.provider import ErrorCode, Job, Result

# How often it is looked whether somebody wants to stop, or a pause is over, in seconds.
_TICK = 0.2
# A service that asks for more is asked again by the next run; as in remote.py.
_LONGEST_WAIT = 60.0
# What was not charged for certain.
_FREE = frozenset({"auth", "quota", "setup", "rate", "language"})
# What may have been charged, though nothing came of it.
_UNCERTAIN = frozenset({"network", "internal"})
# So many answers in a row that cannot be used are the provider's fault.
_MOST_REFUSED = 10
_BEFORE = "answered before, and was refused: "
# What another attempt of the same provider would not change.
_HOPELESS = frozenset({"language", "internal"})

Rejected = tuple["Text", ProviderError]


class Task(Protocol):
    """The texts of a locale that are to be translated, and who takes what comes."""

    @property
    def job(self) -> Job:
        """What the texts have in common."""

    @property
    def engines(self) -> Sequence[Engine]:
        """Whom to ask, in this order."""

    def find_refusal(self, engine: Engine, text: Text) -> Refusal | None:
        """Tell why an engine's answer to a text was refused before, so that it need not be asked, and paid, for the same."""

    def receive(
        self, engine: Engine, texts: Sequence[Text], results: Sequence[Result], *, is_alone: bool
    ) -> list[Rejected]:
        """Take the results for some texts; give those that cannot be used."""

    def charge(self, engine: Engine, characters: int) -> None:
        """Note what was asked of an engine, in characters that count."""

    def fail(self, text: Text, engine: Engine, error: ProviderError) -> None:
        """Note that nobody translates a text."""

    def leave(self, texts: Iterable[Text]) -> None:
        """Note texts that are not sent, for the money does not suffice."""

    def tell_progress(self) -> None:
        """Tell how far it is."""


@dataclass(frozen=True, eq=False)
class Errand:
    """A batch on its way.

    Args:
        task: whose it is.
        stage: which of the task's engines is asked.
        texts: what is asked.
        is_alone: a text whose answer among others could not be used.
        is_again: it failed before for a reason that passes by itself.
    """

    task: Task
    stage: int
    texts: tuple[Text, ...]
    is_alone: bool = False
    is_again: bool = False

    @property
    def engine(self) -> Engine:
        """Who is asked."""
        return self.task.engines[self.stage]

    @cached_property
    def cost(self) -> Decimal | None:
        """What it costs, in euros."""
        return self.engine.cost(text.sealed for text in self.texts)


class Flight(NamedTuple):
    """An errand that is out.

    Args:
        errand: it.
        is_probe: it tries whether a provider is there again.
    """

    errand: Errand
    is_probe: bool


@dataclass(eq=False)
class _Lane:
    """What an engine has to do.

    Args:
        queue: errands that wait.
        flying: errands that are out.
        later: what failed for a reason that passes by itself, for a second pass at the end.
    """

    queue: deque[Errand] = field(default_factory=deque)
    flying: dict[Future[list[Result]], Flight] = field(default_factory=dict)
    later: list[Errand] = field(default_factory=list)

    @property
    def is_idle(self) -> bool:
        return not (self.queue or self.flying or self.later)


@dataclass(frozen=True, slots=True)
class Patience:
    """What lets time pass; tests bring their own.

    Args:
        clock: seconds that only grow.
        sleep: waits for a number of seconds.
        grace: seconds that requests which are out get when a run is stopped.
    """

    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    grace: float = 10.0


class Errands:
    """Sends the texts of some tasks until each is translated or given up.

    Args:
        tasks: one for each locale.
        budget: what may be spent.
        is_stopped: whether somebody wants to stop.
        patience: what lets time pass.
    """

    def __init__(
        self,
        tasks: Sequence[tuple[Task, Sequence[Text]]],
        budget: Budget,
        is_stopped: Callable[[], bool] = lambda: False,
        patience: Patience = Patience(),
    ) -> None:
        self._budget = budget
        self._is_stopped = is_stopped
        self._patience = patience
        self._lanes: dict[Engine, _Lane] = {engine: _Lane() for task, _ in tasks for engine in task.engines}
        self._passed: dict[tuple[Task, int], list[Rejected]] = {}
        self.stopped = False
        """Whether somebody has stopped it."""
        self.abandoned = 0
        """Batches that were out when it was stopped, and whose answers did not come in time."""
        for task, texts in tasks:
            self._enter(task, 0, texts)

    def run(self) -> None:
        """Send and receive until nothing is left to do."""
        while self._is_busy():
            if self._is_stopped():
                self.stopped = True
                self._settle()
                return
            for engine, lane in self._lanes.items():
                self._send(engine, lane)
            self._receive(self._wait())
            self._hand_on()

    def _is_busy(self) -> bool:
        return bool(self._passed) or not all(lane.is_idle for lane in self._lanes.values())

    def _enter(self, task: Task, stage: int, texts: Sequence[Text]) -> None:
        """Bring texts before an engine; those that it had its two chances with, in whichever run, pass it by."""
        engine = task.engines[stage]
        fresh: list[Text] = []
        alone: list[Text] = []
        for text in texts:
            refusal = task.find_refusal(engine, text)
            if refusal is None:
                fresh.append(text)
            elif refusal.is_alone:
                self._pass_on(task, stage, text, _known_refusal(refusal))
            else:
                alone.append(text)
        self._queue(task, stage, fresh)
        self._queue(task, stage, alone, is_alone=True)

    def _queue(
        self, task: Task, stage: int, texts: Sequence[Text], *, is_alone: bool = False, is_again: bool = False
    ) -> None:
        engine = task.engines[stage]
        batches: list[tuple[Text, ...]]
        if is_alone:
            batches = [(text,) for text in texts]
        else:
            by_text = {text.sealed: text for text in texts}
            requests = [Request(sealed, sealed) for sealed in by_text]
            batches = [
                tuple(by_text[one.id] for one in batch) for batch in plan_batches(requests, engine.provider.limits)
            ]
        self._lanes[engine].queue.extend(Errand(task, stage, batch, is_alone, is_again) for batch in batches)

    def _send(self, engine: Engine, lane: _Lane) -> None:
        """Send what an engine can take now."""
        while len(lane.flying) < engine.concurrency:
            if engine.reason is not None:
                self._drain(lane, engine.reason)
                return
            if not lane.queue:
                if lane.flying or not lane.later:
                    return
                self._begin_second_pass(lane)
            errand = lane.queue[0]
            if not self._budget.reserve(errand.cost):
                if not any(other.flying for other in self._lanes.values()):
                    self._leave_unpaid()
                # What is out may cost less than was set aside for it.
                return
            if not engine.circuit.admits():
                self._budget.release(errand.cost)
                return
            lane.queue.popleft()
            is_probe = engine.circuit.is_open
            lane.flying[ask(errand.engine, errand.task.job, _requests(errand))] = Flight(errand, is_probe)

    def _begin_second_pass(self, lane: _Lane) -> None:
        later, lane.later = lane.later, []
        groups: dict[tuple[Task, int, bool], list[Text]] = {}
        for errand in later:
            groups.setdefault((errand.task, errand.stage, errand.is_alone), []).extend(errand.texts)
        for (task, stage, is_alone), texts in groups.items():
            self._queue(task, stage, texts, is_alone=is_alone, is_again=True)

    def _leave_unpaid(self) -> None:
        """Let go of everything that costs something: the next batch would pass the budget."""
        for engine, lane in self._lanes.items():
            if engine.price:
                for errand in (*lane.queue, *lane.later):
                    errand.task.leave(errand.texts)
                lane.queue.clear()
                lane.later.clear()

    def _wait(self) -> list[Future[list[Result]]]:
        flying = [future for lane in self._lanes.values() for future in lane.flying]
        if flying:
            return list(wait(flying, timeout=_TICK, return_when=FIRST_COMPLETED).done)
        if any(lane.queue for lane in self._lanes.values()):
            # Every engine that has something to do waits for its pause to end.
            self._patience.sleep(_TICK)
        return []

    def _receive(self, futures: Iterable[Future[list[Result]]]) -> None:
        for future in futures:
            lane = next(lane for lane in self._lanes.values() if future in lane.flying)
            flight = lane.flying.pop(future)
            errand = flight.errand
            results = results_of(future, errand.engine, _requests(errand))
            self._charge(errand, results)
            rejected = errand.task.receive(errand.engine, errand.texts, results, is_alone=errand.is_alone)
            self._judge_engine(flight, rejected)
            if errand.engine.circuit.is_open:
                errand.task.tell_progress()
            for text, error in rejected:
                self._route(errand, text, error, lane)

    def _charge(self, errand: Errand, results: Sequence[Result]) -> None:
        engine = errand.engine
        codes = [(result.request.text, None if result.error is None else result.error.code) for result in results]
        self._budget.release(engine.cost(text for text, code in codes if code in _FREE))
        answered = (text for text, code in codes if code not in _FREE | _UNCERTAIN)
        errand.task.charge(engine, engine.count(answered))

    def _judge_engine(self, flight: Flight, rejected: Sequence[Rejected]) -> None:
        """Draw conclusions from a batch about who answered it."""
        errand, engine = flight.errand, flight.errand.engine
        errors = [error for _, error in rejected]
        ending = next((error for error in errors if error.ends_run), None)
        if ending is not None:
            engine.reason = ending
        elif len(rejected) < len(errand.texts):
            engine.refused = 0
            engine.circuit.succeed()
        else:
            # A few texts that nobody can translate follow one another now and then, and those that are asked alone are such.
            engine.refused += 0 if errors[0].retryable or errand.is_alone else len(rejected)
            is_useless = not errand.is_alone and engine.refused >= _MOST_REFUSED
            if errors[0].retryable or is_useless or flight.is_probe:
                engine.circuit.fail(was_probe=flight.is_probe)
            if engine.circuit.is_lost:
                engine.reason = errors[0]

    def _route(self, errand: Errand, text: Text, error: ProviderError, lane: _Lane) -> None:
        """Decide what becomes of a text that was not translated."""
        alone = Errand(errand.task, errand.stage, (text,), is_alone=True)
        if errand.engine.reason is not None or error.code in _HOPELESS:
            self._pass_on(errand.task, errand.stage, text, error)
        elif error.retryable:
            if errand.is_again or (error.retry_after or 0) > _LONGEST_WAIT:
                self._pass_on(errand.task, errand.stage, text, error)
            else:
                lane.later.append(Errand(errand.task, errand.stage, (text,), errand.is_alone))
        elif errand.is_alone:
            self._pass_on(errand.task, errand.stage, text, error)
        else:
            lane.queue.append(alone)

    def _drain(self, lane: _Lane, reason: ProviderError) -> None:
        """Take everything from an engine that is asked no more."""
        errands = (*lane.queue, *lane.later)
        lane.queue.clear()
        lane.later.clear()
        for errand in errands:
            for text in errand.texts:
                self._pass_on(errand.task, errand.stage, text, reason)

    def _pass_on(self, task: Task, stage: int, text: Text, error: ProviderError) -> None:
        """Give a text to the next engine of its locale, or give it up."""
        if stage + 1 < len(task.engines):
            self._passed.setdefault((task, stage + 1), []).append((text, error))
        else:
            task.fail(text, task.engines[stage], error)

    def _hand_on(self) -> None:
        """Send what one engine did not translate to the next, once it fills a batch or nothing more comes."""
        for (task, stage), rejected in list(self._passed.items()):
            limits = task.engines[stage].provider.limits
            if len(rejected) >= limits.max_items or self._lanes[task.engines[stage - 1]].is_idle:
                del self._passed[task, stage]
                self._enter(task, stage, [text for text, _ in rejected])

    def _settle(self) -> None:
        """Give what is out a while to come in: it may be paid for."""
        until = self._patience.clock() + self._patience.grace
        while any(lane.flying for lane in self._lanes.values()) and self._patience.clock() < until:
            self._receive(self._wait())
        self.abandoned = sum(len(lane.flying) for lane in self._lanes.values())


def _known_refusal(refusal: Refusal) -> ProviderError:
    code: ErrorCode = cast("ErrorCode", refusal.code) if refusal.code in ERROR_CODES else "response"
    return ProviderError(code, f"{_BEFORE}{refusal.message.removeprefix(_BEFORE)}", answered=True)


def _requests(errand: Errand) -> list[Request]:
    return [Request(text.sealed, text.sealed) for text in errand.texts]
