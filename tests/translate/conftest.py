"""A service on the loopback interface, a clock that only sleeping moves, and the providers between them."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from provider_dialects import BATCHING, NAMES, WITH_LISTS, Build, Setting, Words, make_dialect
from provider_services import Service, Time

if TYPE_CHECKING:
    from collections.abc import Iterator


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
