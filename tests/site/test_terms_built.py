"""Versions of a policy in a site that is built day after day: they come, follow their facts, and go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from demo_project import DemoProject, copy_demo, keep_locales, read_times
from project_cases import SMALL_SHOP

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

RAW = '<a href="../guides/contact.md">Contact</a>'
CHOICES = """\
owner: shop@small.example
review_by: 2027-05-31
markets:
  "001":
    returns.window:
      - {value: {days: 30}, valid_to: 2026-11-22}
      - {value: {days: 60}, valid_from: 2026-11-23}
"""


@pytest.fixture
def shop(tmp_path: Path) -> DemoProject:
    project = copy_demo(tmp_path / "shop", SMALL_SHOP)
    keep_locales(project, "en", "de")
    project.edit("mkdocs.yml", "    source: en\n", "    source: en\n    terms_since: 2026-01-01\n")
    project.edit("locales/regions/001.yml", "  - {id: returns.window, value: {days: 30}}\n", "")
    (project.root / "locales/shop.yml").write_text(CHOICES, "utf-8")
    page = project.root / "content/policies/terms.md"
    text = page.read_text("utf-8")
    page.write_text(f"{text}\nReturns: {{{{ returns.window }}}}, [how](../guides/returns.md). {RAW}\n", "utf-8")
    project.sign()
    return project


def versions(shop: DemoProject) -> dict[str, str]:
    """Give what each version says of the window, by its address."""
    folder = shop.site / "en"
    return {
        path.parent.relative_to(folder).as_posix(): re.findall(r"Returns: (\d+ days)", path.read_text("utf-8"))[0]
        for path in folder.glob("policies/terms/terms/*/index.html")
    }


def test_versions_come_with_the_day_follow_their_facts_and_go(shop: DemoProject):
    shop.build(day="2026-11-22")
    # The day before: what will be, and nothing that was.
    assert versions(shop) == {"policies/terms/terms/2026-11-23": "60 days"}
    new = (shop.site / "en/policies/terms/terms/2026-11-23/index.html").read_text("utf-8")
    assert "rights are those that will hold then" in new
    shop.build(day="2026-11-23")
    assert versions(shop) == {"policies/terms/terms/2026-01-01": "30 days"}
    old = (shop.site / "en/policies/terms/terms/2026-01-01/index.html").read_text("utf-8")
    assert 'href="../../../../guides/returns/">how' in old
    assert "rights are those of that time" in old
    assert 'href="../../../../guides/contact/">Contact' in old
    before = read_times(shop.site)
    assert "nothing has changed" in shop.build(day="2026-11-23")
    assert read_times(shop.site) == before
    # Nothing of today changes, and what was is put right.
    shop.edit("locales/shop.yml", "{days: 30}", "{days: 31}")
    shop.build(day="2026-11-23")
    assert versions(shop) == {"policies/terms/terms/2026-01-01": "31 days"}
    shop.edit("mkdocs.yml", "    terms_since: 2026-01-01\n", "")
    shop.build(day="2026-11-23")
    assert versions(shop) == {}
    assert "terms/terms" not in (shop.site / "en/policies/terms/index.html").read_text("utf-8")
