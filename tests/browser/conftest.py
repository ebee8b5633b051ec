"""The demo below a path of a server of ours, and Chromium."""

from __future__ import annotations

import http.server
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, TimeoutError  # noqa: A004 - its name

from demo_project import copy_demo, lack_a_page

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = "/help/"
PHONE, DESKTOP = 360, 1280


@dataclass(frozen=True)
class Served:
    """The built demo on a server.

    Args:
        address: of the site, with a slash at its end.
        plain: of the same site at the server's root.
        folder: of the site.
        requested: paths that were asked for, also by workers, of which a page does not tell.
        held: paths whose answer waits until they are taken out.
        broken: paths that are answered with an error of the server.
    """

    address: str
    plain: str
    folder: Path
    requested: list[str]
    held: set[str]
    broken: set[str]


class _Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site below ``/help/`` and at ``/``, and answers wrong addresses as a host of static sites does."""

    requested: ClassVar[list[str]] = []
    held: ClassVar[set[str]] = set()
    broken: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.requested.append(path)
        while path in self.held:
            time.sleep(0.01)
        if path in self.broken:
            self.send_error(http.HTTPStatus.SERVICE_UNAVAILABLE)
        else:
            super().do_GET()

    def translate_path(self, path: str) -> str:
        return super().translate_path(path.removeprefix(PATH.rstrip("/")) if path.startswith(PATH) else path)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != http.HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        folder = Path(self.directory)
        wanted = folder / unquote(urlsplit(self.path).path).removeprefix(PATH).lstrip("/")
        near = [*wanted.parents][: len(wanted.parents) - len(folder.parents)]
        answer = next(one / "404.html" for one in near if (one / "404.html").is_file()).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve the demo as a shop does that keeps it below a path of its address."""
    project = copy_demo(tmp_path_factory.mktemp("served"))
    lack_a_page(project)
    project.edit("mkdocs.yml", "https://help.pellavo.example/", f"https://www.pellavo.example{PATH}")
    project.build()

    class Handler(_Handler):
        def __init__(self, *args: Any) -> None:  # noqa: ANN401 - the server's
            super().__init__(*args, directory=str(project.site))

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    yield Served(address + PATH, address + "/", project.site, Handler.requested, Handler.held, Handler.broken)
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Reader:
    """A person with a browser, and what the browser noticed meanwhile.

    Args:
        page: the open page.
        problems: messages on the console, failed requests, requests to other hosts.
    """

    page: Page
    problems: list[str] = field(default_factory=list)

    def watch(self, site: Served) -> None:
        """Note everything that should not happen."""
        self.page.on(
            "console",
            lambda said: self.problems.append(said.text) if said.type in {"error", "warning"} else None,
        )
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        # A request that a click on a link cuts off is no failure.
        self.page.on(
            "requestfailed",
            lambda request: (
                self.problems.append(f"failed: {request.url}") if request.failure != "net::ERR_ABORTED" else None
            ),
        )
        self.page.on(
            "request",
            lambda request: (
                self.problems.append(f"elsewhere: {request.url}")
                if not request.url.startswith((site.plain, "data:", "blob:"))
                else None
            ),
        )

    @property
    def is_phone(self) -> bool:
        """Tell a phone from a desk."""
        size = self.page.viewport_size
        return size is not None and size["width"] == PHONE

    def scrolls_sideways(self) -> bool:
        """Tell whether the page stays wider than the window, once what moves has come to rest."""
        try:
            self.page.wait_for_function(
                "document.documentElement.scrollWidth <= document.documentElement.clientWidth", timeout=5_000
            )
        except TimeoutError:
            return True
        return False


def _open(browser: Browser, served: Served, **options: Any) -> tuple[BrowserContext, Reader]:  # noqa: ANN401 - Playwright's
    context = browser.new_context(reduced_motion="reduce", **options)
    context.set_default_timeout(10_000)
    reader = Reader(context.new_page())
    reader.watch(served)
    return context, reader


@pytest.fixture(params=[PHONE, DESKTOP], ids=lambda width: f"{width}px")
def reader(browser: Browser, served: Served, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """Give a reader with a phone, and one at a desk."""
    height = 740 if request.param == PHONE else 900
    context, reader = _open(browser, served, viewport={"width": request.param, "height": height})
    yield reader
    context.close()


@pytest.fixture
def desk(browser: Browser, served: Served) -> Iterator[Reader]:
    """Give a reader at a desk."""
    context, reader = _open(browser, served, viewport={"width": DESKTOP, "height": 900})
    yield reader
    context.close()


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Reader]:
    """Give a reader with a phone."""
    context, reader = _open(browser, served, viewport={"width": PHONE, "height": 740}, has_touch=True)
    yield reader
    context.close()


@pytest.fixture
def scriptless(browser: Browser, served: Served) -> Iterator[Reader]:
    """Give a reader whose browser runs no scripts."""
    context, reader = _open(browser, served, viewport={"width": PHONE, "height": 740}, java_script_enabled=False)
    yield reader
    context.close()
