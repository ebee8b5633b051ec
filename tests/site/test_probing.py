"""The search of a locale is put to the test before it is published."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from helpcenter.checks import Gate, inspect_sources
from helpcenter.checks.inspection import markdown_config
from helpcenter.project import load_project
from helpcenter.search import Analyzer, write_index
from helpcenter.site import probing, rehearsal
from project_cases import AS_OF, Called, Run, edit, snapshot, write

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.search import Index

pytestmark = pytest.mark.slow


def check(folder: Path, run: Run, *words: str) -> list[dict[str, str | int]]:
    """Give what a check says of the search."""
    done = run("-C", folder, "check", *AS_OF, "--format", "json", *words)
    return [one for one in json.loads(done.out) if one["code"].startswith("search-")]


def test_a_check_tells_what_the_search_finds(project_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    assert not (project_folder / ".build").exists()
    found = check(project_folder, run, "--probes")
    assert [one["code"] for one in found] == ["search-probes"] * 4
    assert {one["severity"] for one in found} == {"note"}
    (german,) = [one for one in found if one["path"] == "locales/de/search.yml"]
    assert german["message"].startswith("100.0 % of ")
    assert "searches derived from 5 titles of de find their page: title 5 of 5" in german["message"]
    # Only a folder that a build has made is written to.
    assert not (project_folder / ".build").exists()
    (project_folder / ".build").mkdir()
    assert check(project_folder, run, "-l", "de") == []
    # What was asked once is not asked again as long as nothing has changed.
    asked: list[str] = []
    ask, rerun = rehearsal.probe, probing.run
    monkeypatch.setattr(rehearsal, "probe", lambda index, *rest: asked.append(index.language) or ask(index, *rest))
    assert check(project_folder, run, "--probes", "-l", "de") == [german]
    assert asked == []
    edit(project_folder, "content/guides/returns.md", "Print the label", "Print a label")
    put: list[str] = []
    monkeypatch.setattr(probing, "run", lambda index: put.append(index.language) or rerun(index))
    assert check(project_folder, run, "-l", "de") == []
    # Its German text is outdated now, and the page no longer a German one.
    assert (asked, put) == (["de"], ["de"])
    for old, new in (("The law", "A law"), ("A law", "Some law")):
        edit(project_folder, "content/guides/returns.md", old, new)
        assert check(project_folder, run, "-l", "en") == []
    # The promises are asked for again, as a text may break them; titles are found by names, and those are the same.
    assert (asked, put) == (["de", "en", "en"], ["de", "en"])
    write(project_folder, {"locales/en/search.yml": "protected: [Pellavo]\n"})
    assert check(project_folder, run, "-l", "en") == []
    assert put == ["de", "en", "en"]


def test_a_search_that_finds_too_little_is_not_published(
    project_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    def build(*words: str) -> Called:
        return run("-C", project_folder, "build", *AS_OF, *words)

    assert build().code == 0
    live = snapshot(project_folder / "site")
    # An analysis without accents: "ruckgabe" is found no more, but for looking like a misspelled "Rückgabe".
    monkeypatch.setattr(Analyzer, "fold", lambda _, word: word)
    write(project_folder, {"locales/de/search.yml": "protected: [Pellavo]\n"})
    (broken, *_) = check(project_folder, run, "-l", "de")
    assert broken["code"] == "search-below-threshold"
    assert broken["severity"] == "error"
    assert "searches derived from the titles of de find their page, and 90 % must" in broken["message"]
    assert "no diacritics 0 of 2" in broken["message"]
    assert "(no diacritics) should find" in broken["help"]
    assert "finds it only because the two look alike" in broken["help"]
    done = build("--locale", "de")
    assert done.code == 1
    assert "error[search-below-threshold]" in done.err
    assert build("--dry-run", "--locale", "de").code == 1
    assert snapshot(project_folder / "site") == live
    # Readers of a preview look at pages.
    assert build("--preview", "--locale", "de").code == 0
    warned = build("--preview", "--dry-run", "--locale", "de")
    assert warned.code == 0
    assert "warning[search-below-threshold]" in warned.err
    write(project_folder, {"locales/de/search.yml": "threshold: 0\n"})
    assert check(project_folder, run, "-l", "de") == []
    assert build("--locale", "de").code == 0
    assert snapshot(project_folder / "site") != live


def test_promises_are_kept_or_told(project_folder: Path, run: Run):
    edit(project_folder, "content/guides/returns.md", "---\ntitle:", "---\nqueries: [refund, my order, xyzzy]\ntitle:")
    words = (
        "popular: [Bestellung, plugh]\nqueries:\n  Bestellung: faq/where-is-my-order.md\n  xyzzy: guides/contact.md\n"
    )
    write(project_folder, {"locales/de/search.yml": words})
    found = check(project_folder, run, "-l", "en", "-l", "de")
    assert {(one["path"], one["line"], one["column"]) for one in found} == {
        ("content/guides/returns.md", 2, 19),
        ("content/guides/returns.md", 2, 29),
        ("locales/de/search.yml", 1, 23),
        ("locales/de/search.yml", 4, 3),
    }
    by_column = {(one["line"], one["column"]): one["message"] for one in found}
    assert by_column[2, 29].endswith("of en does not find 'Send something back' first: nothing is found")
    assert "'Where is my order?' is first, since it has" in by_column[2, 19]
    assert by_column[1, 23] == "the popular search 'plugh' of de finds no page in its language"
    # Austria reads the words of Germany, and is told of what its own index does not find.
    assert [one["path"] for one in check(project_folder, run, "-l", "de-AT")] == ["locales/de/search.yml"] * 2
    built = run("-C", project_folder, "build", *AS_OF, "-l", "en", "-l", "de").err
    assert all(str(one["message"]) in built for one in found)


def test_a_page_that_is_not_translated_cannot_be_promised(project_folder: Path, run: Run):
    (project_folder / "locales/de/catalog/guides/contact.po").unlink()
    write(project_folder, {"locales/de/search.yml": "queries:\n  write to us: guides/contact.md\n"})
    (found,) = check(project_folder, run, "-l", "de")
    assert "the page is not in the language of the locale" in found["message"]


def test_a_check_asks_the_very_index_that_is_built(project_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    assert run("-C", project_folder, "build", *AS_OF).code == 0
    indexes: dict[str, Index] = {}
    make = rehearsal.index_pages

    def note(tag: str, *words: object, **more: object) -> Index:
        indexes[tag] = make(tag, *words, **more)  # type: ignore[arg-type] # as they come
        return indexes[tag]

    monkeypatch.setattr(rehearsal, "index_pages", note)
    # A build has asked all of them, so that a check asks none.
    assert check(project_folder, run, "--probes")
    assert indexes == {}
    project = load_project(project_folder)
    on = date.fromisoformat(AS_OF[1])
    asked = rehearsal.Rehearsal(project, inspect_sources(project, on), on, Gate(markdown_config(project)), keep=False)
    for file in (project_folder / ".build").glob("*/probes.pickle"):
        file.unlink()
    for tag in project.locales:
        asked.probe(tag)
        write_index(indexes[tag], project_folder / tag)
        built = (project_folder / "site" / tag / "search/index.json").read_bytes()
        assert (project_folder / tag / "index.json").read_bytes() == built
