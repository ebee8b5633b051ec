"""Asking an engine in a thread of its own, and what comes back of it."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from typing import TYPE_CHECKING

from helpcenter.translate.provider import ProviderError, Request, Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.translate.engines import Engine
    from helpcenter.translate.provider import Job


def ask(engine: Engine, job: Job, requests: Sequence[Request]) -> Future[list[Result]]:
    """Ask for a batch in a thread that does not keep the process alive: whoever stops twice leaves at once."""
    future: Future[list[Result]] = Future()

    def translate() -> None:
        try:
            future.set_result(engine.provider.translate(requests, job))
        except BaseException as error:  # noqa: BLE001 - told to whoever waits for the future
            future.set_exception(error)

    threading.Thread(target=translate, name=f"translate-{engine.name}", daemon=True).start()
    return future


def results_of(future: Future[list[Result]], engine: Engine, requests: Sequence[Request]) -> list[Result]:
    """Give a result for each request, whatever the provider has done.

    Raises:
        BaseException: what ends the process, such as ``KeyboardInterrupt``.
    """
    try:
        results = future.result()
    except Exception as error:  # noqa: BLE001 - a plug of another's code: whatever it raises concerns these texts alone
        # What it says may hold a credential; the name of its exception cannot.
        failure = ProviderError("internal", f"{engine.name} failed inside: {type(error).__name__}")
        return [Result(request, error=failure) for request in requests]
    if [result.request for result in results] != list(requests):
        failure = ProviderError("response", f"{engine.name} gave results for other texts than it was asked for")
        return [Result(request, error=failure) for request in requests]
    return results
