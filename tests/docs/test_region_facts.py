"""The page with the demo's region facts is what the command writes for the day that the page names."""

from __future__ import annotations

import re
from datetime import date

from project_files import DOCS, ROOT

from helpcenter.regions import load_regions
from helpcenter.regions.matrix import write_matrix


def test_the_page_of_region_facts_is_up_to_date():
    page = (DOCS / "region-facts.md").read_text("utf-8")
    command = re.search(r"`(helpcenter regions matrix --as-of (\d{4}-\d\d-\d\d))`", page)
    assert command is not None
    regions, findings = load_regions(ROOT / "locales/regions", ROOT)
    assert regions is not None, findings
    written = write_matrix(regions, date.fromisoformat(command[2]))
    assert page == written, f"rules have changed: {command[1]} > docs/region-facts.md"
