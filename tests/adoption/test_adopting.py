from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from adoption_cases import adopt, codes_of, make_project, read_catalog, write_pages

from helpcenter.catalog import State

if TYPE_CHECKING:
    from project_cases import Run

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "pages.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_page_is_adopted(case: dict[str, Any], run: Run, tmp_path: Path):
    locale = case.get("locale", "tr")
    project = make_project(tmp_path / "shop", {"guides/page.md": case["source"]})
    folder = write_pages(tmp_path / "old", {"guides/page.md": case["translation"]})

    data = adopt(run, project, folder, locale=locale)

    entries = read_catalog(project, "guides/page.md", locale).active
    assert {e.msgid: e.msgstr for e in entries if e.msgstr and not e.hard} == case["taken"]
    assert {e.msgid: e.msgstr for e in entries if e.hard} == case.get("stale", {})
    assert sorted(codes_of(data)) == case["codes"]
    assert data["summary"]["taken"] == len(case["taken"]) + len(case.get("stale", {}))
    assert data["summary"]["segments"] == len(entries)
    assert {e.state for e in entries} <= {State.MACHINE, State.MISSING, State.STALE}
