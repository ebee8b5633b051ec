"""Region is not language: a reader of any language has the rules of where they live, without a translation more."""

from __future__ import annotations

import html
from datetime import date
from typing import TYPE_CHECKING

import pytest

from demo_project import DAY, REPOSITORY
from helpcenter.checks import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.content import load_pages
from helpcenter.project import load_project, read_as
from helpcenter.regions import Regions, load_regions
from helpcenter.site.staging import Stager

if TYPE_CHECKING:
    from helpcenter.content import Page
    from helpcenter.project import Project

ON = date.fromisoformat(DAY)
PAGES = ("guides/delivery.md", "guides/contact-hours.md", "policies/returns.md")
SHOWN = ("delivery.standard.price", "delivery.standard.days", "contact.languages", "returns.window")
# Marks of direction are no part of a value.
_MARKS = {0x2068: None, 0x2069: None, 0x200E: None, 0x200F: None}


@pytest.fixture(scope="module")
def project() -> Project:
    """Give the demo."""
    return load_project(REPOSITORY)


@pytest.fixture(scope="module")
def rules() -> Regions:
    """Give its rules."""
    regions, _ = load_regions(REPOSITORY / "locales/regions", REPOSITORY)
    assert regions is not None
    return regions


@pytest.fixture(scope="module")
def sources(project: Project) -> list[Page]:
    """Give some of its pages."""
    pages, _ = load_pages(project.content, project.root, project.configuration.settings.front_matter)
    return [page for page in pages if page.path in PAGES]


@pytest.fixture(scope="module")
def gate(project: Project) -> Gate:
    """Give the judge of translations."""
    return Gate(markdown_config(project))


def plain(text: str) -> str:
    """Give what is read of a text."""
    return html.unescape(text).translate(_MARKS)


@pytest.mark.parametrize(
    ("tag", "region"),
    [
        ("de-CH", None),
        ("ru-KZ", None),
        ("en-DE", None),
        ("fr-CA", None),
        ("tr-DE", None),
        ("ar-FR", None),
        ("de", "BR"),
        ("zh-CN", "US-CA"),
    ],
)
def test_every_language_has_the_facts_of_every_region(
    project: Project, rules: Regions, sources: list[Page], gate: Gate, tag: str, region: str | None
):
    extended, locale = read_as(project, tag, region)
    stager = Stager(extended, locale, rules, ON, gate)
    base = project.locales[next(one for one in (tag, *locale.chain, project.source.tag) if one in project.locales)]
    stated = Stager(project, base, rules, ON, gate)
    here = rules.view(locale.region, ON, tag)
    found: set[str] = set()
    for page in sources:
        staged, findings = stager.stage_page(page)
        assert [str(one.code) for one in findings] == []
        # The translation is that of the language: there is no text of its own, and none is missing.
        of_language = stated.stage_page(page)[0]
        assert staged.title == of_language.title
        assert staged.is_published == of_language.is_published
        shown = tag if staged.is_published else project.source.tag
        assert staged.meta["lang"] == shown
        view = here if staged.is_published else rules.view(locale.region, ON, shown)
        body = plain(staged.body)
        for fact in SHOWN:
            if fact in page.source:
                assert plain(view.write(fact, markup=False)) in body, f"{page.path}: {fact}"
                found.add(fact)
    assert len(found) > 1


def test_no_catalog_is_needed_for_it(project: Project):
    for tag in ("en-DE", "tr-DE", "ar-FR"):
        assert tag not in project.locales
        assert not (project.locales_folder / tag).exists()
