"""What a page or locale still needs of people, in one figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter.catalog import State
from helpcenter.diagnostics import Finding, Place, Severity
from helpcenter.project import load_project
from helpcenter.review import LocaleStatus, Tally, score_locale, sort_by_need
from helpcenter.review.scores import FEWEST_REVISIONS, count_findings, score, worth_of_machine
from helpcenter.review.status import Revisions, count_words

CASES = yaml.safe_load((Path(__file__).parent / "cases/scores.yml").read_text("utf-8"))


def tally(words: int = 10, **states: int) -> Tally:
    made = Tally()
    for state, count in states.items():
        for _ in range(count):
            made.add(State(state), words)
    return made


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_score_is_what_the_formula_says(case: dict[str, Any]):
    found = {Severity(name): count for name, count in case.get("found", {}).items()}
    assert score(tally(**case["states"]), case.get("likeness", 50), found) == case["score"]


def revised(texts: int, chrf: int, unknown: int = 0) -> LocaleStatus:
    made = tally(reviewed=texts + unknown)
    made.revisions = Revisions(texts, unknown, 0, 0, 10 * texts, 10 * texts * chrf)
    return LocaleStatus("tr", made, {})


@pytest.mark.parametrize(
    ("status", "worth"),
    [
        (revised(FEWEST_REVISIONS, 83), 83),
        (revised(FEWEST_REVISIONS - 1, 83), 50),
        (revised(0, 0), 50),
        # Of a text that was signed unchanged it is always known: the known ones alone would be too good.
        (revised(90, 83, unknown=10), 83),
        (revised(89, 83, unknown=10), 50),
    ],
)
def test_a_machine_is_worth_what_was_measured(status: LocaleStatus, worth: int):
    assert worth_of_machine(status) == worth


def note(path: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding("x-y", "m", Place(path, 1), severity)


def test_findings_belong_to_the_page_whose_catalog_they_stand_in(project_folder: Path):
    locales = load_project(project_folder).locales
    found = [
        note("locales/de/catalog/guides/returns.po"),
        note("locales/de/catalog/guides/returns.po", Severity.NOTE),
        note("locales/de-AT/catalog/guides/returns.po", Severity.ERROR),
        note("locales/de/catalog/_theme.po"),
        note("locales/de/glossary.yml"),
        note("locales/de-AT/locale.yml"),
        note("locales/tr/catalog/guides/returns.po"),
        note("content/guides/returns.md", Severity.ERROR),
    ]
    german = count_findings(found, locales["de"])
    assert {page: dict(counts) for page, counts in german.pages.items()} == {
        "guides/returns.md": {Severity.WARNING: 1, Severity.NOTE: 1},
        "_theme.po": {Severity.WARNING: 1},
    }
    assert german.total == {Severity.WARNING: 3, Severity.NOTE: 1}
    austrian = count_findings(found, locales["de-AT"])
    assert austrian.pages["guides/returns.md"] == {Severity.WARNING: 1, Severity.NOTE: 1, Severity.ERROR: 1}
    assert austrian.total == {Severity.WARNING: 3, Severity.NOTE: 1, Severity.ERROR: 1}


def test_what_needs_a_person_most_comes_first(project_folder: Path):
    pages = {
        "a.md": tally(reviewed=4),
        "b.md": tally(reviewed=3, missing=1),
        "c.md": tally(machine=4),
        "d.md": tally(machine=4, words=90),
        "e.md": tally(missing=4),
    }
    total = Tally()
    for page in pages.values():
        total.merge(page)
    status = LocaleStatus("de", total, pages)
    # By what is signed, c, d and e are the same, and d has most to read.
    assert sort_by_need(status) == ["d.md", "c.md", "e.md", "b.md", "a.md"]
    found = [note("locales/de/catalog/a.po")] * 4
    scores = score_locale(status, found, load_project(project_folder).locales["de"])
    assert scores.pages == {"a.md": 0, "b.md": 75, "c.md": 25, "d.md": 25, "e.md": 0}
    assert sort_by_need(status, scores) == ["e.md", "a.md", "d.md", "c.md", "b.md"]
    assert scores.total == (4 + 3 + 8 // 4 - 4) * 100 // 20


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("You can return an item.", 5),
        ("Don't pay twice: pay-later is **off**", 6),
        ("[Write to us](contact.md) within {{ returns.window }}", 4),
        ("`code` {{ a.b }} 14 €", 1),
        ("您可以退货", 5),
        ("DHL送货 3", 4),
        ("カード", 3),
        ("{{ a.b }}", 0),
        ("", 0),
    ],
)
def test_words_are_counted(text: str, count: int):
    assert count_words(text) == count


def test_words_of_strings_are_counted_without_their_context():
    assert count_words("menu\x04Open %(n)s parcel\0Open %(n)s parcels", is_string=True) == 2
