"""Ask each provider for many texts from many threads, and look for texts that got the translation of another.

python tests/benchmarks/providers.py [--texts 100000] [--threads 64] [--swapped 0.01] [--library 2000] [PROVIDER]...

The service runs in a process of its own and answers after a random while.  `--each` sends one text a request; otherwise
texts travel together as the provider's limits say.  `--swapped` lets the service hand that share of its answers to the
caller of another request.  `--library` asks deep-translator itself for so many texts, one instance shared by the threads.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "translate"))

import deep_translator
from provider_crowd import Crowd, render, running
from provider_dialects import NAMES, make_dialect

from helpcenter.translate import Job, Request
from helpcenter.translate.dispatch import Waiting

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

SHARED = {
    "google": (lambda: deep_translator.GoogleTranslator("en", "tr"), "/m"),
    "mymemory": (lambda: deep_translator.MyMemoryTranslator("en-GB", "tr-TR", email="desk@pellavo.example"), "/get"),
}


def text_of(number: int) -> str:
    """Give a text that no other number has, one of three with a placeholder."""
    return f"the order {number} is __PH0__ here" if number % 3 == 0 else f"the order {number} is here"


def serve(name: str, latency: float, swapped: float, pipe: Connection) -> None:
    """Run a service until the pipe says so; tell where it is, and how many requests it had."""
    for crowd in running(Crowd(name, latency, swapped)):
        pipe.send(crowd.port)
        pipe.recv()
        pipe.send(crowd.requests)


class Service:
    """A service in a process of its own."""

    def __init__(self, name: str, latency: float, swapped: float) -> None:
        self._pipe, theirs = multiprocessing.Pipe()
        self._process = multiprocessing.Process(target=serve, args=(name, latency, swapped, theirs))
        self._process.start()
        self.url = f"http://127.0.0.1:{self._pipe.recv()}"

    def stop(self) -> int:
        self._pipe.send(None)
        requests: int = self._pipe.recv()
        self._process.join()
        return requests


def ask_ours(name: str, options: argparse.Namespace) -> str:
    """Ask our provider; give a line of the table."""
    service = Service(name, options.latency, options.swapped)
    quick: dict[str, object] = {"concurrency": min(options.threads, 64), "requests_per_second": 1_000_000}
    if options.each:
        quick["max_items"] = 1
    provider = make_dialect(name).make(service.url, Waiting(sleep=lambda _: None), **quick)
    step = provider.limits.max_items
    found: Counter[str] = Counter()

    def work(start: int) -> Counter[str]:
        numbers = range(start, min(start + step, options.texts))
        results = provider.translate([Request(text_of(n), str(n)) for n in numbers], Job("en", "tr"))
        return Counter(
            result.error.code
            if result.error
            else "right"
            if result.text == render(text_of(int(result.request.id)))
            else "WRONG"
            for result in results
        )

    began = time.perf_counter()
    with ThreadPoolExecutor(options.threads) as pool:
        for part in pool.map(work, range(0, options.texts, step)):
            found += part
    seconds = time.perf_counter() - began
    return row(f"{name}", found, service.stop(), seconds)


def ask_library(name: str, options: argparse.Namespace) -> str:
    """Ask deep-translator with one instance for all threads."""
    make, path = SHARED[name]
    service = Service(name, options.latency, 0)
    translator: Any = make()
    translator._base_url = service.url + path  # noqa: SLF001 - the library has no other place
    found: Counter[str] = Counter()

    def work(number: int) -> str:
        try:
            return "right" if translator.translate(text_of(number)) == render(text_of(number)) else "WRONG"
        except Exception as error:  # noqa: BLE001 - whatever it raises is counted
            return type(error).__name__

    began = time.perf_counter()
    with ThreadPoolExecutor(options.threads) as pool:
        found.update(pool.map(work, range(options.library)))
    seconds = time.perf_counter() - began
    return row(f"{name}, deep-translator's shared instance", found, service.stop(), seconds)


def row(who: str, found: Counter[str], requests: int, seconds: float) -> str:
    texts = found.total()
    others = ", ".join(f"{code} {count}" for code, count in sorted(found.items()) if code not in {"right", "WRONG"})
    return (
        f"| {who} | {texts:,} | {requests:,} | {found['WRONG']:,} | {found['WRONG'] / max(texts, 1):.1%} "
        f"| {others or '–'} | {seconds:.0f} |"
    )


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--threads", type=int, default=64)
    parser.add_argument("--latency", type=float, default=0.02, help="the most seconds before an answer")
    parser.add_argument("--swapped", type=float, default=0.0)
    parser.add_argument("--each", action="store_true", help="one text a request")
    parser.add_argument("--library", type=int, default=2_000)
    parser.add_argument("providers", nargs="*", metavar="PROVIDER", default=list(NAMES))
    options = parser.parse_args()
    os.environ["NO_PROXY"] = "*"
    print("| Provider | texts | requests | wrong | | failed | s |\n|---|--:|--:|--:|--:|---|--:|")
    for name in options.providers:
        print(ask_ours(name, options), flush=True)
        if name in SHARED and options.library:
            print(ask_library(name, options), flush=True)


if __name__ == "__main__":
    main()
