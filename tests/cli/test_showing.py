"""A page as a customer sees it: whatever the language, and wherever they live."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from project_cases import AS_OF, Run, edit

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "guides/returns"


@pytest.fixture
def shop(project_folder: Path) -> Path:
    """Give the small shop with an Austrian window of its own."""
    edit(
        project_folder,
        "locales/regions/AT.yml",
        "facts: []",
        "facts:\n  - {id: returns.window, value: {days: 45}, owner: a, review_by: 2027-05-31}",
    )
    return project_folder


@pytest.mark.parametrize(
    ("words", "text", "reader"),
    [
        ((), "30 days", "en in the whole world (001)"),
        (("-l", "en-AT"), "45 days", "en-AT in Austria (AT)"),
        (("-r", "at"), "45 days", "en in Austria (AT)"),
        (("-l", "de"), "30 Tage", "de in Germany (DE)"),
        (("-l", "de", "-r", "AT"), "45 Tage", "de in Austria (AT)"),
        (("-l", "tr-DE"), "30 gün", "tr-DE in Germany (DE)"),
        (("-l", "tr-AT"), "45 gün", "tr-AT in Austria (AT)"),
    ],
)
def test_language_and_region_are_apart(run: Run, shop: Path, words: tuple[str, ...], text: str, reader: str):
    done = run("-C", shop, "show", PAGE, *words, *AS_OF)
    assert done.code == 0, done.err
    assert text in done.out
    assert done.err.startswith(f"{reader}, on 2026-11-22: ")


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("-l", "sv-SE"), "there are no texts of its language"),
        (("-l", "en-XX"), "the region of 'en-XX' is not known to CLDR"),
        (("-l", "german"), "is not a locale tag such as"),
        (("-l", "de-JP"), "there are no rules of 'JP' for 'de-JP', "),
        (("-r", "ATT"), "did you mean 'AT'?"),
    ],
)
def test_what_cannot_be_shown_is_said(run: Run, shop: Path, words: tuple[str, ...], hint: str):
    done = run("-C", shop, "show", PAGE, *words, *AS_OF)
    assert (done.code, done.out) == (2, "")
    assert hint in done.err


def test_a_page_is_read_without_what_only_templates_need(run: Run, shop: Path):
    read = run("-C", shop, "show", PAGE, *AS_OF).out
    staged = run("-C", shop, "show", PAGE, "--staged", *AS_OF).out
    assert read.startswith("# ")
    assert "hc:" not in read
    assert staged.startswith("---\ntitle: ")
    assert '"structured"' not in staged
