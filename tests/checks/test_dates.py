"""Pages on other days: what a scheduled change would break, and what stands in the way of earlier terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpcenter.checks import inspect_sources
from helpcenter.project import load_project
from project_cases import DAY

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.diagnostics import Finding

SHOWN = "\nReturn it within {{ returns.days }}.\n"
GUARDED = "\n{% has returns.days %}\n\nReturn it within {{ returns.days }}.\n\n{% endhas %}\n"
CHANGES = """\
parent: EU
defaults: {{statute: {{owner: law@small.example, review_by: 2027-05-31}}}}
facts:
  - {{id: returns.days, value: {before}, valid_to: {last}, law: x}}
  - {{id: returns.days, value: {after}, valid_from: {first}, law: x}}
"""
LATER = {"before": "{days: 14}", "last": "2027-06-30", "first": "2027-07-01", "after": "null"}
EARLIER = {"before": "null", "last": "2026-06-30", "first": "2026-07-01", "after": "{days: 14}"}


def said(root: Path, page: str, text: str, days: dict[str, str], *, since: str = "") -> list[Finding]:
    """Give what is said of days when only German customers are served."""
    (root / "locales/regions/DE.yml").write_text(CHANGES.format(**days), "utf-8")
    file = root / "content" / page
    file.write_text(file.read_text("utf-8") + text, "utf-8")
    settings = root / "mkdocs.yml"
    kept = f"    source: de\n    terms_since: {since}\n" if since else "    source: de\n"
    words = settings.read_text("utf-8").replace("    source: en\n", kept).replace("[en, de, de-AT, tr]", "[de]")
    settings.write_text(words, "utf-8")
    found = inspect_sources(load_project(root), DAY).findings
    return [one for one in found if one.code == "region-other-day"]


@pytest.mark.parametrize("page", ["guides/returns.md", "policies/terms.md"])
def test_a_page_that_a_change_would_break_is_told_today(project_folder: Path, page: str):
    (found,) = said(project_folder, page, SHOWN, LATER)
    assert found.message == "from 2027-07-01 on, this page cannot be built: returns.days has no value in DE"
    assert found.place.path == f"content/{page}"
    assert found.place.text == SHOWN.strip()


def test_a_page_that_is_ready_is_left_alone(project_folder: Path):
    assert said(project_folder, "policies/terms.md", GUARDED, LATER, since="2026-01-01") == []


def test_terms_of_days_that_are_past_and_cannot_be_shown_are_told(project_folder: Path):
    (found,) = said(project_folder, "policies/terms.md", SHOWN, EARLIER, since="2026-01-01")
    assert found.message == "the terms of 2026-06-30 cannot be shown: returns.days has no value in DE"


@pytest.mark.parametrize(("page", "since"), [("guides/returns.md", "2026-01-01"), ("policies/terms.md", "2026-07-01")])
def test_days_that_nobody_keeps_do_not_matter(project_folder: Path, page: str, since: str):
    assert said(project_folder, page, SHOWN, EARLIER, since=since) == []


def test_a_page_where_terms_of_other_days_belong_is_refused(project_folder: Path):
    page = project_folder / "content/policies/terms/terms/2026-01-01.md"
    page.parent.mkdir(parents=True)
    page.write_text("---\ntitle: Old\n---\nText.\n", "utf-8")
    found = inspect_sources(load_project(project_folder), DAY).findings
    (taken,) = [one for one in found if one.code == "page-terms-taken"]
    assert taken.place.path == "content/policies/terms/terms/2026-01-01.md"
    assert "policies/terms.md" in taken.message
