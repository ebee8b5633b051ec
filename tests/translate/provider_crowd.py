"""A service for many callers at once: it answers after a random while, and may hand an answer to the wrong caller."""

from __future__ import annotations

import asyncio
import json
import random
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from provider_dialects import Dialect, make_dialect
from provider_services import LISTS, Asked, Reply

if TYPE_CHECKING:
    from collections.abc import Iterator


def render(text: str) -> str:
    """Translate as the service does: a function of the text, and different for each."""
    return f"çeviri: {text}"


@dataclass
class Crowd:
    """The service of one provider, on an event loop.

    Args:
        name: of the provider.
        latency: the most seconds before an answer.
        swapped: the share of answers that go to the caller of another request.
    """

    name: str
    latency: float
    swapped: float = 0.0
    requests: int = 0
    port: int = 0
    _bodies: list[bytes] = field(default_factory=list)
    _random: random.Random = field(default_factory=lambda: random.Random(4))  # noqa: S311 - a repeatable experiment

    @property
    def _dialect(self) -> Dialect:
        return make_dialect(self.name)

    async def serve(self, ready: threading.Event, stop: asyncio.Event) -> None:
        """Answer until told to stop."""
        dialect, writers, talks = self._dialect, set[asyncio.StreamWriter](), set[asyncio.Task[None] | None]()

        async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.add(writer)
            talks.add(asyncio.current_task())
            try:
                while asked := await _read(reader):
                    body, status = await self._answer(dialect, asked)
                    writer.write(f"HTTP/1.1 {status} OK\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
                    await writer.drain()
            except (ConnectionError, asyncio.IncompleteReadError):
                pass
            finally:
                writer.close()

        server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=512)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await stop.wait()
        server.close()
        for writer in writers:
            writer.close()
        await asyncio.gather(*filter(None, talks))

    async def _answer(self, dialect: Dialect, asked: Asked) -> tuple[bytes, int]:
        if asked.path.endswith(LISTS):
            reply = dialect.listing(asked)
            return reply.content(), reply.status
        self.requests += 1
        body = Reply(dialect.answer([render(text) for text in dialect.texts(asked)], asked)).content()
        if self.swapped and self._random.random() < self.swapped:
            # The answer of an earlier request, whose own caller has had it.
            body, other = (self._bodies[-1], body) if self._bodies else (body, body)
            self._bodies.append(other)
        elif self.swapped:
            self._bodies = [*self._bodies[-8:], body]
        await asyncio.sleep(self._random.random() * self.latency)
        return body, 200


async def _read(reader: asyncio.StreamReader) -> Asked | None:
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.split("\r\n")
    method, target, _ = first.split(" ")
    headers = dict(line.split(": ", 1) for line in lines if line)
    raw = await reader.readexactly(int(headers.get("Content-Length", 0)))
    parts = urlsplit(target)
    query = {key: found[0] for key, found in parse_qs(parts.query, keep_blank_values=True).items()}
    body: Any = json.loads(raw) if raw else None
    return Asked(method, parts.path, query, headers, body)


def running(crowd: Crowd) -> Iterator[Crowd]:
    """Serve on a thread of its own while a test, or the rest of a process, goes on."""
    ready, loop, stop = threading.Event(), asyncio.new_event_loop(), asyncio.Event()

    def work() -> None:
        asyncio.set_event_loop(loop)
        loop.run_until_complete(crowd.serve(ready, stop))
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    ready.wait()
    try:
        yield crowd
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
