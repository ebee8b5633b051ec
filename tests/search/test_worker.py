"""The worker is one small script, says when it is ready, and why it is not."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from shops import SCRIPTS, corpus

from helpcenter.search import bundle_worker
from helpcenter.search.languages import known_languages

TALK = """async ([worker, messages]) => {
    const asked = new Worker(worker), answers = []
    for (const message of messages) {
        const answer = new Promise(resolve => { asked.onmessage = event => resolve(event.data) })
        asked.postMessage(message)
        answers.push(await answer)
    }
    asked.terminate()
    return answers
}"""


# Their stemmers are tables of some thousand endings.
LARGE = {"bs", "el", "hr", "sr"}


@pytest.mark.parametrize("language", sorted(known_languages()))
def test_the_worker_is_small_in_every_language(language: str):
    worker = bundle_worker(SCRIPTS, (language, "en"))
    assert len(gzip.compress(worker, 9)) <= (33_000 if language in LARGE else 25_000)
    # What a licence asks for stays; what is written for those who read the parts does not.
    assert worker.decode().count("/*") == 1
    assert b"@license MIT" in worker


def test_the_same_languages_give_the_same_script():
    assert bundle_worker(SCRIPTS, ("tr", "en")) == bundle_worker(SCRIPTS, ("en", "tr", "en"))


@pytest.fixture
def page(browser: Browser, site: tuple[str, list[str], str]) -> Any:  # noqa: ANN401 - a page, and its end
    page = browser.new_page()
    page.goto(f"{site[0]}/tr/")
    yield page
    page.close()


def _talk(page: Page, *messages: dict[str, Any]) -> list[dict[str, Any]]:
    return page.evaluate(TALK, ["assets/javascripts/search/worker.js", list(messages)])


@pytest.mark.browser
def test_it_loads_an_index_and_answers(page: Page, site: tuple[str, list[str], str]):
    load = {"type": "load", "index": f"{site[0]}/tr/search/index.json"}
    ready, found = _talk(page, load, {"type": "query", "id": 7, "text": "kargo", "limit": 2})
    assert ready == {"type": "ready", "pages": len(corpus("tr")) + 2, "popular": ready["popular"]}
    assert (found["type"], found["id"], found["text"], len(found["hits"])) == ("results", 7, "kargo", 2)


@pytest.mark.browser
def test_it_says_why_it_has_failed_and_tries_again(page: Page, site: tuple[str, list[str], str], failing: set[str]):
    address, _, folder = site
    for name, content in {"half": '{"format": 3, "pages"', "old": '{"format": 2}', "empty": "", "odd": "null"}.items():
        (Path(folder) / f"{name}.json").write_text(content, "utf-8")
    failing.add("busy.json")
    # Nothing listens on the port of a service that was given up long ago.
    wrong = ["missing.json", "half.json", "old.json", "empty.json", "odd.json", "busy.json", "http://127.0.0.1:9/"]
    addresses = [name if "//" in name else f"{address}/{name}" for name in wrong]
    loads = [{"type": "load", "index": one} for one in (*addresses, f"{address}/tr/search/index.json")]
    *failed, ready = _talk(page, *loads)
    reasons = ["missing", "format", "format", "format", "format", "error", "offline"]
    assert failed == [{"type": "failed", "reason": reason} for reason in reasons]
    assert ready["type"] == "ready"


@pytest.mark.browser
def test_an_index_that_was_kept_from_another_release_is_asked_for_once_more(
    page: Page, site: tuple[str, list[str], str]
):
    address, asked, folder = site
    (Path(folder) / "old.json").write_text('{"format": 2}', "utf-8")
    asked.clear()
    assert _talk(page, {"type": "load", "index": f"{address}/old.json"})[0]["reason"] == "format"
    assert asked.count("/old.json") == 2
