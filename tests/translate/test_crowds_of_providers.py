"""Many threads, one provider: each text gets its own translation, or none."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from provider_crowd import Crowd, render, running
from provider_dialects import NAMES, make_dialect

from helpcenter.translate import Job, Request, Result
from helpcenter.translate.dispatch import Waiting

THREADS, TEXTS = 16, 2_000 // len(NAMES)
QUICK = {"concurrency": THREADS, "requests_per_second": 1_000_000}
serving = contextmanager(running)


def ask(crowd: Crowd, texts: int = TEXTS, together: int = 4, **options: object) -> list[Result]:
    waiting = Waiting(sleep=lambda _: None)
    provider = make_dialect(crowd.name).make(f"http://127.0.0.1:{crowd.port}", waiting, **QUICK, **options)
    barrier = threading.Barrier(THREADS)

    def work(worker: int) -> list[Result]:
        barrier.wait()
        found: list[Result] = []
        numbers = range(worker, texts, THREADS)
        for start in range(0, len(numbers), together):
            batch = numbers[start : start + together]
            requests = [Request(f"the order __PH0__ of customer {number} is here", str(number)) for number in batch]
            found += provider.translate(requests, Job("en", "tr"))
        return found

    with ThreadPoolExecutor(THREADS) as pool:
        return [result for part in pool.map(work, range(THREADS)) for result in part]


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


@pytest.mark.parametrize("name", NAMES)
def test_no_thread_gets_the_text_of_another(name: str) -> None:
    with serving(Crowd(name, latency=0.003)) as crowd:
        results = ask(crowd)
    assert len({result.request.id for result in results}) == TEXTS == len(results)
    assert [r for r in results if r.text != render(r.request.text)] == []


@pytest.mark.parametrize("name", [name for name in NAMES if make_dialect(name).repeats])
def test_answers_that_are_mixed_up_reach_nobody(name: str) -> None:
    with serving(Crowd(name, latency=0.001, swapped=0.4)) as crowd:
        results = ask(crowd, 64, 1, attempts=2)
    wrong = [r for r in results if r.text is not None and r.text != render(r.request.text)]
    assert wrong == []
    assert [r for r in results if r.text is None], "the service has mixed up nothing"


def test_answers_that_are_mixed_up_reach_others_where_nothing_is_repeated() -> None:
    with serving(Crowd("libretranslate", latency=0.001, swapped=0.4)) as crowd:
        results = ask(crowd, 64, 1)
    # What the checks of a run are for, and what the pages say of this provider.
    assert [r for r in results if r.text is not None and r.text != render(r.request.text)]
