"""A service on the loopback interface, a clock that only sleeping moves, and the providers between them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from provider_dialects import BATCHING, NAMES, WITH_LISTS, Build, Setting, Words, make_dialect
from provider_services import Service, Time
from run_cases import Answer, Scripted, Shop

from helpcenter.translate import engines, judgement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    made = Service()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.released.set()
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def build(service: Service, time: Time) -> Build:
    def make(name: str, words: Words = lambda text: f"çeviri: {text}", **options: object) -> Setting:
        dialect = make_dialect(name)
        service.handle = dialect.handler(words)
        return Setting(dialect.make(service.url, time.waiting, **options), dialect, service, time)

    return make


@pytest.fixture(params=sorted(NAMES))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=sorted(BATCHING))
def batching(request: pytest.FixtureRequest) -> str:
    """Providers that take several texts a request."""
    return str(request.param)


@pytest.fixture(params=sorted(WITH_LISTS))
def listing(request: pytest.FixtureRequest) -> str:
    """Providers whose service is asked for its languages."""
    return str(request.param)


@pytest.fixture
def scripted(project_folder: Path, time: Time, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Shop]:
    """Make the small shop with a provider, and others by name, that answer as the test says."""

    def make(
        answer: Callable[[str], Answer] = lambda text: f"tr: {text}",
        others: Mapping[str, Callable[[str], Answer]] | None = None,
        *,
        judged: bool = False,
        **options: object,
    ) -> Shop:
        if not judged:
            # What these providers say is in no language.
            monkeypatch.setattr(judgement, "_FATAL", ())
        made = {"scripted": Scripted(answer, **options)}  # type: ignore[arg-type]
        made |= {name: Scripted(words, name=name, **options) for name, words in (others or {}).items()}  # type: ignore[arg-type]

        def give(name: str, _options: Mapping[str, object], _env: Mapping[str, str], **_: object) -> Scripted:
            return made[name]

        monkeypatch.setattr(engines, "make_provider", give)
        return Shop(project_folder, made, time)

    return make
