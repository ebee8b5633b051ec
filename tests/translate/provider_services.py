"""A service on the loopback interface, with every fault that a service may have, and time that passes at once."""

from __future__ import annotations

import contextlib
import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from helpcenter.translate.dispatch import Waiting

if TYPE_CHECKING:
    from collections.abc import Callable

# What is asked beside translations.
LISTS = ("/languages", "/settings", "/glossaries", "/usage")


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    body: Any = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_at: int | None = None
    """Bytes of the body before the connection is cut; -1 cuts it before the head."""
    hang: bool = False
    drip: float = 0.0
    """Seconds between the bytes of the body."""

    def content(self) -> bytes:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)
        return text.encode()


class Service:
    """One server; ``handle`` answers, and ``faults`` are answered first, one a request for a translation."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: list[Reply] = []
        self.handle: Callable[[Asked], Reply] = lambda _: Reply("", 404)
        self.released = threading.Event()
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body leave in one packet: in two, the second waits for the first one's acknowledgement.
            wbufsize = -1

            def _serve(self) -> None:
                parts = urlsplit(self.path)
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                query = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
                asked = Asked(self.command, parts.path, query, dict(self.headers), json.loads(raw) if raw else None)
                reply = service.reply(asked)
                if reply.hang:
                    service.released.wait()
                    self.close_connection = True
                    return
                if reply.cut_at == -1:
                    self.close_connection = True
                    return
                content = reply.content()
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(content)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                if reply.drip:
                    self._drip(content, reply.drip)
                    return
                self.wfile.write(content if reply.cut_at is None else content[: reply.cut_at])
                self.close_connection = reply.cut_at is not None

            def _drip(self, content: bytes, seconds: float) -> None:
                self.close_connection = True
                with contextlib.suppress(OSError):
                    for number in range(len(content)):
                        self.wfile.write(content[number : number + 1])
                        self.wfile.flush()
                        if service.released.wait(seconds):
                            return
                    # Whoever has the whole answer may use the connection again.
                    self.close_connection = False

            do_GET = do_POST = do_DELETE = _serve  # noqa: N815 - http.server's names

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def reply(self, asked: Asked) -> Reply:
        listing = asked.path.endswith(LISTS)
        with self._lock:
            self.asked.append(asked)
            if self.faults and not listing:
                return self.faults.pop(0)
        return self.handle(asked)

    @property
    def translations(self) -> list[Asked]:
        return [asked for asked in self.asked if not asked.path.endswith(LISTS)]


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds

    @property
    def waiting(self) -> Waiting:
        return Waiting(self.clock, self.sleep)
