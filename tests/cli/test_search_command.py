"""The search of a built site, as an editor asks it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from explained_searches import CASES, make_shop, without_numbers

from project_cases import Run, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def shop(project_folder: Path) -> Path:
    """Give the small shop with a Turkish index of three pages."""
    return make_shop(project_folder)


@pytest.mark.parametrize("case", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_an_editor_reads_why(case: Path, run: Run, shop: Path):
    query, wanted = case.read_text("utf-8").split("\n", 1)
    done = run("-C", shop, "search", query.removeprefix("> "), "-l", "tr", "--explain")
    assert (done.code, done.err) == (0, "")
    assert without_numbers(done.out) == without_numbers(wanted)


def test_programs_read_the_same(run: Run, shop: Path):
    done = run("-C", shop, "search", "kargu iade", "-l", "tr", "--format", "json", "--explain")
    told = json.loads(done.out)
    assert [told[key] for key in ("query", "locale", "missed", "suggestion")] == ["kargu iade", "tr", [], "kargo iade"]
    first = told["hits"][0]
    assert (first["url"], first["type"], first["lang"], first["best"]) == ("guides/returns/", "guide", "tr", False)
    reading = told["explanation"]["readings"][0]
    assert reading["words"][0]["meanings"] == [
        {"text": "kargo", "why": "misspelling", "place": "locales/tr/search.yml:4"}
    ]
    reason = told["explanation"]["reasons"][0]
    assert reason["url"] == first["url"]
    assert [part["typed"] for part in reason["parts"]] == ["kargu", "iade"]
    assert reason["parts"][1]["matches"][0] == {
        "term": "iade",
        "how": "word",
        "nearness": 1.0,
        "fields": ["title", "headings"],
    }


def test_without_reasons_there_is_no_explanation(run: Run, shop: Path):
    told = json.loads(run("-C", shop, "search", "iade", "-l", "tr", "--format", "json").out)
    assert list(told) == ["query", "locale", "hits", "others", "missed", "suggestion"]


def test_nothing_is_found_for_nothing(run: Run, shop: Path):
    done = run("-C", shop, "search", "?!", "-l", "tr", "--explain")
    assert (done.code, done.out, done.err) == (0, "", "nothing found\n")


def test_an_index_of_another_release_is_no_index(run: Run, shop: Path):
    (shop / "site/tr/search/index.json").write_text('{"format": 2}', "utf-8")
    done = run("-C", shop, "search", "iade", "-l", "tr", "--explain")
    assert (done.code, done.out) == (1, "")
    assert "error[search-index-invalid]" in done.err
    assert "build the site again" in done.err


def test_words_that_have_changed_since_the_build_have_no_place(run: Run, shop: Path):
    write(shop, {"locales/tr/search.yml": "synonyms: ["})
    done = run("-C", shop, "search", "kargu", "-l", "tr", "--explain")
    assert done.code == 0
    assert "  kargo  (misspelling)\n" in done.out
