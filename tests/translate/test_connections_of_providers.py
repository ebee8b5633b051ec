"""What a connection is held to: a deadline, the proxies of the environment, certificates, few sockets, silence."""

from __future__ import annotations

import base64
import http.client
import json
import logging
import os
import socket
import threading
import time as real_time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from provider_dialects import KEY
from provider_services import Reply
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection

from helpcenter.translate import Job, ProviderError, Request
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.transport import Transport

if TYPE_CHECKING:
    from provider_dialects import Build
    from provider_services import Asked, Service

    from helpcenter.translate import Result


def make(**options: float) -> Transport:
    chosen = {"timeout": 5.0, "deadline": 5.0, **options}
    return Transport("x", connections=2, secrets=Secrets(KEY), timeout=chosen["timeout"], deadline=chosen["deadline"])


def refuse(transport: Transport, url: str) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        transport.get(url)
    assert caught.value.__cause__ is None
    return caught.value


def test_an_answer_that_drips_has_an_end(service: Service) -> None:
    service.handle = lambda _: Reply("a long answer that arrives byte by byte" * 9, drip=0.02)
    began = real_time.monotonic()
    error = refuse(make(deadline=0.3), service.url)
    assert (error.code, error.retryable) == ("timeout", True)
    assert str(error) == "x did not finish its answer within 0.3 seconds (timeout)"
    # Six seconds of bytes.
    assert real_time.monotonic() - began < 4


def test_a_head_that_drips_has_an_end() -> None:
    stop = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(10_000)
                for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"a" * 500:
                    try:
                        connection.sendall(bytes([byte]))
                    except OSError:
                        break
                    if stop.wait(0.02):
                        break

        thread = threading.Thread(target=drip)
        thread.start()
        error = refuse(make(deadline=0.3), f"http://127.0.0.1:{server.getsockname()[1]}/")
        stop.set()
        thread.join()
    assert error.code == "timeout"


def test_an_answer_without_a_length_that_is_cut_by_the_deadline_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def trickle() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(10_000)
                connection.sendall(b"HTTP/1.0 200 OK\r\n\r\nthe beginning")
                connection.recv(10)

        thread = threading.Thread(target=trickle)
        thread.start()
        error = refuse(make(deadline=0.3), f"http://127.0.0.1:{server.getsockname()[1]}/")
        thread.join()
    assert error.code == "timeout"


def test_a_deadline_is_of_one_request(service: Service) -> None:
    service.handle = lambda _: Reply("fine")
    transport = make(deadline=0.3)
    for _ in range(3):
        assert transport.get(service.url).text == "fine"
        real_time.sleep(0.2)


def test_a_short_deadline_is_kept_beside_a_long_one(service: Service) -> None:
    began = threading.Event()

    def handle(asked: Asked) -> Reply:
        if asked.path == "/long":
            began.set()
            return Reply("fine", drip=0.1)
        return Reply("a long answer" * 20, drip=0.05)

    service.handle = handle
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(make(deadline=60).get, f"{service.url}/long")
        began.wait()
        assert refuse(make(deadline=0.3), f"{service.url}/short").code == "timeout"
        assert long.result().text == "fine"


def test_deadlines_are_kept_after_a_fork(service: Service) -> None:
    service.handle = lambda _: Reply("fine")
    make().get(service.url)
    service.handle = lambda _: Reply("a long answer" * 20, drip=0.05)
    child = os.fork()
    if not child:
        # Neither the thread of the parent nor whoever holds its lock is here.
        code = 1
        try:
            code = 0 if refuse(make(deadline=0.3), service.url).code == "timeout" else 1
        finally:
            os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_connections_are_used_again_by_all_threads(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = build("deepl", concurrency=2)
    opened: list[object] = []
    connect = HTTPConnection.connect

    def count(self: HTTPConnection) -> None:
        opened.append(self)
        connect(self)

    monkeypatch.setattr(HTTPConnection, "connect", count)

    def work(number: int) -> list[Result]:
        return setting.provider.translate([Request(f"the order {number} is here", "1")], Job("en", "tr"))

    for _ in range(3):
        # Threads come and go; connections stay.
        with ThreadPoolExecutor(4) as pool:
            assert all(result.text for results in pool.map(work, range(8)) for result in results)
    assert 1 <= len(opened) <= 2


def test_a_proxy_of_the_environment_is_used(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    service.handle = lambda asked: Reply(f"by proxy: {asked.path}")
    monkeypatch.setenv("http_proxy", service.url)
    assert make().get("http://translate.pellavo.example/ask").text == "by proxy: /ask"
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert make().get(f"{service.url}/direct").text == "by proxy: /direct"


def test_certificates_are_verified(service: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(variable, raising=False)
    error = refuse(make(), service.url.replace("http:", "https:"))
    assert (error.code, error.retryable) == ("network", False)
    assert "certificate" in str(error)
    found: list[object] = []
    send = HTTPAdapter.send

    def record(self: HTTPAdapter, *arguments: object, **options: object) -> object:
        found.append(options["verify"])
        return send(self, *arguments, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(HTTPAdapter, "send", record)
    service.handle = lambda _: Reply("fine")
    make().get(service.url)
    assert found == [True]


def test_debug_output_shows_no_key(
    build: Build,
    name: str,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    monkeypatch.setattr(http.client.HTTPConnection, "debuglevel", 2)
    setting = build(name)
    setting.service.faults = [Reply({"error": f"bad key {KEY}"}, 500)]
    (result,) = setting.provider.translate([Request("Send it back", "1")], Job("en", "tr"))
    assert result.text
    shown = "".join(capfd.readouterr()) + caplog.text
    assert "urllib3" in shown
    assert not [spelling for spelling in spellings(KEY) if spelling in shown]


def spellings(key: str) -> list[str]:
    return [
        key,
        quote(key, safe=""),
        quote(key, safe="").replace("%2B", "%2b").replace("%2F", "%2f").replace("%3D", "%3d").replace("%3A", "%3a"),
        base64.b64encode(key.encode()).decode(),
        json.dumps(key)[1:-1],
    ]


def test_a_key_is_hidden_in_every_spelling() -> None:
    for spelling in spellings(KEY):
        assert Secrets(KEY).redact(f"the key '{spelling}' is bad") == "the key '***' is bad"
