"""A server that compresses as hosts do and counts what it sends, and a page of Chromium that asks an engine."""

from __future__ import annotations

import gzip
import http.server
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

# Pagefind's files are compressed already: its script expands them.
_PACKED = (".pagefind", ".pf_fragment", ".pf_index", ".pf_meta", ".pf_filter", ".png", ".woff2")
_SCRIPTS = (".js", ".mjs", ".pagefind")
_OWN = ("index.html", "adapter.js", "adapter.json")
_PAGE = b'<!doctype html><meta charset="utf-8"><title>search</title>'

_ASK = """async ({ queries, runs }) => {
    const { load } = await import("./adapter.js")
    const started = performance.now()
    const search = await load()
    const ready = performance.now() - started
    const answers = [], times = []
    for (const query of queries) {
        const asked = performance.now()
        answers.push(await search(query))
        times.push(performance.now() - asked)
    }
    return { ready, answers, times }
}"""


class Sent(NamedTuple):
    """Bytes on the wire, compressed, until the first query was answered."""

    scripts: int
    index: int


class Answered(NamedTuple):
    """What an engine answered in a page of its own.

    Args:
        ready: milliseconds from the call of ``load`` until queries could be asked.
        pages: for each query the addresses of the pages it found, best first.
        times: milliseconds of each query.
        sent: what was loaded for the first one.
    """

    ready: float
    pages: list[list[str]]
    times: list[float]
    sent: Sent


@dataclass
class Server:
    """Serves a folder.

    Args:
        address: of the folder, with a slash at its end.
        sent: path → bytes of its body as sent.
    """

    address: str
    sent: dict[str, int] = field(default_factory=dict)


@contextmanager
def serve(folder: Path) -> Iterator[Server]:
    """Serve a folder on the loopback; an ``index.html`` that is not there is an empty page."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        sent: ClassVar[dict[str, int]] = {}
        packed: ClassVar[dict[str, bytes]] = {}

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path)
            file = folder / path.lstrip("/") / ("index.html" if path.endswith("/") else "")
            if not file.is_file() and not path.endswith("/"):
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            plain = file.suffix in _PACKED
            body = self.packed.get(path)
            if body is None:
                data = file.read_bytes() if file.is_file() else _PAGE
                body = self.packed[path] = data if plain else gzip.compress(data, 9)
            self.sent[path] = len(body)
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", self.guess_type(str(file)))
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            if not plain:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{server.server_port}/", Handler.sent)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def ask(browser: Browser, server: Server, folder: str, queries: list[str]) -> Answered:
    """Load an engine in a new page, with an empty cache, and ask it the queries one after the other.

    Args:
        browser: Chromium.
        server: serves the folder of the engine.
        folder: its path below the server's root: there stands ``adapter.js``, a module whose ``load()`` gives a function
            from a query to the addresses of pages.
        queries: what is typed.
    """
    server.sent.clear()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.address}{folder}/")
    page.evaluate(_ASK, {"queries": queries[:1]})
    sent = _count(server.sent)
    page.close()
    page = context.new_page()
    page.goto(f"{server.address}{folder}/")
    answered = page.evaluate(_ASK, {"queries": queries})
    context.close()
    return Answered(answered["ready"], answered["answers"], answered["times"], sent)


def _count(sent: dict[str, int]) -> Sent:
    counted = {path: size for path, size in sent.items() if not path.endswith(("/", *_OWN))}
    scripts = sum(size for path, size in counted.items() if path.endswith(_SCRIPTS))
    return Sent(scripts, sum(counted.values()) - scripts)
