"""A served site and a browser."""

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from typing import ClassVar

import pytest
from playwright.sync_api import Browser, Page
from shops import LANGUAGES, SCRIPTS, index_of

from helpcenter.search import WORKER_FILE, bundle_worker, write_index


class _Quiet(http.server.SimpleHTTPRequestHandler):
    # Of the class: the server makes a handler for each request.
    requested: ClassVar[list[str]] = []
    failing: ClassVar[set[str]] = set()

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self.requested.append(self.path)
        if self.path.split("?")[0].rsplit("/", 1)[-1] in self.failing:
            self.send_error(503)
        else:
            super().do_GET()


@pytest.fixture
def failing() -> Iterator[set[str]]:
    """Give the names of files that cannot be had for the moment."""
    yield _Quiet.failing
    _Quiet.failing.clear()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[str], str]]:
    """Serve a folder for each language, as a build leaves it; give address, requested paths and folder."""
    folder = tmp_path_factory.mktemp("site")
    for language in LANGUAGES:
        scripts = folder / language / "assets/javascripts/search"
        scripts.mkdir(parents=True)
        (scripts / WORKER_FILE).write_bytes(bundle_worker(SCRIPTS, (language, "en")))
        write_index(index_of(language), folder / language / "search")
        (folder / language / "index.html").write_text('<!doctype html><meta charset="utf-8"><title>x</title>', "utf-8")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", _Quiet.requested, str(folder)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def scripts_page(browser: Browser, site: tuple[str, list[str], str]) -> Callable[[str], Page]:
    """Give, for a language, a page that has the scripts and the index loaded in its main thread."""

    @functools.cache
    def load(language: str) -> Page:
        page = browser.new_page()
        page.goto(f"{site[0]}/{language}/")
        page.add_script_tag(url=f"assets/javascripts/search/{WORKER_FILE}")
        page.evaluate(
            """async () => {
                search = window.search = new HelpcenterSearch(await (await fetch("search/index.json")).json())
            }"""
        )
        return page

    return load
