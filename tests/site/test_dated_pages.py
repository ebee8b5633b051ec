"""The day before a law changes and the day itself: what customers of each locale read, word for word."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from demo_project import REPOSITORY
from helpcenter.checks import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.content import Page, load_pages
from helpcenter.project import Project, load_project
from helpcenter.regions import Regions, load_regions
from helpcenter.site.staging import Stager

if TYPE_CHECKING:
    from helpcenter.site.staged import StagedPage

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    raw = yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in raw]


@cache
def demo() -> tuple[Project, dict[str, Page], Regions]:
    project = load_project(REPOSITORY)
    pages, _ = load_pages(project.content, project.root, project.configuration.settings.front_matter)
    regions, _ = load_regions(project.regions_folder, project.root)
    assert regions is not None
    return project, {page.path: page for page in pages}, regions


@cache
def stage(path: str, tag: str, on: date) -> StagedPage:
    project, pages, regions = demo()
    stager = Stager(project, project.locales[tag], regions, on, Gate(markdown_config(project)))
    return stager.stage_page(pages[path])[0]


def read(path: str, tag: str, on: date) -> str:
    """Give the Markdown of a page in one line, without the targets of its links and without what nobody sees."""
    body = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", stage(path, tag, on).body)
    return plain(re.sub(r"<[^>]*>", "", body))


def plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\u2066-\u2069\u200e\u200f]+", " ", text)


def locales_in(region: str) -> set[str]:
    project, _, regions = demo()
    return {locale.tag for locale in project.locales.values() if regions.contains(region, locale.region)}


@pytest.mark.parametrize("case", cases("dated"))
def test_pages_change_on_the_day_and_not_before(case: dict[str, Any]):
    assert set(case["since"]) == locales_in(case["inside"])
    eve = case["day"] - timedelta(1)
    wrong = []
    for key, is_there in (("until", (True, False)), ("since", (False, True))):
        for tag, sentences in case.get(key, {}).items():
            texts = [read(case["page"], tag, on) for on in (eve, case["day"])]
            wrong += [
                f"{tag}: {sentence}"
                for sentence in sentences
                if tuple(plain(sentence) in text for text in texts) != is_there
            ]
    assert not wrong


@pytest.mark.parametrize("case", cases("dated_facts"))
def test_values_change_on_the_day_and_not_before(case: dict[str, Any]):
    project, _, regions = demo()
    assert set(case["texts"]) == locales_in(case["inside"])
    for tag, texts in case["texts"].items():
        views = [regions.view(project.locales[tag].region, on, tag) for on in (case["day"] - timedelta(1), case["day"])]
        shown = [plain(view.write(case["fact"], markup=False)) if view.has(case["fact"]) else None for view in views]
        assert shown == texts, tag


def test_what_will_change_is_told_by_what_customers_may_do_then():
    page = stage("policies/returns.md", "de", date(2026, 6, 18))
    (coming,) = page.meta["terms"]["future"]
    assert coming["changes"] == [{"label": "Online-Widerruf", "lang": "", "before": False, "after": True}]


def test_orders_of_the_day_before_have_terms_of_their_own():
    day = date(2026, 6, 19)
    for tag in sorted(locales_in("EU")):
        today = stage("policies/returns.md", tag, day)
        (version,) = today.versions
        assert version.url == "policies/returns/terms/2026-01-01/"
        assert version.meta["version"]["last"]["iso"] == "2026-06-18"
        eve = stage("policies/returns.md", tag, day - timedelta(1))
        # Beside its place, which its links follow, it is the page as it was on its last day.
        words = [re.sub(r"\]\([^)]*\)", "]", page.body) for page in (version, eve)]
        assert words[0] == words[1] != re.sub(r"\]\([^)]*\)", "]", today.body)
        (coming,) = eve.versions
        assert (coming.url, coming.meta["version"]["last"]) == ("policies/returns/terms/2026-06-19/", None)
    for tag in sorted(set(demo()[0].locales) - locales_in("EU")):
        urls = [version.url for version in stage("policies/returns.md", tag, day - timedelta(1)).versions]
        assert "policies/returns/terms/2026-06-19/" not in urls, tag
