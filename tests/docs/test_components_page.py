"""The page of components names each of them, and what it is drawn from."""

from __future__ import annotations

import pytest
from project_files import DOCS, ROOT

from helpcenter.regions.components import COMPONENTS

PAGE = DOCS / "formats/components.md"


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_described_and_has_its_template(name: str):
    text = PAGE.read_text("utf-8")
    assert f"\n## {name}\n" in text
    section = text.split(f"\n## {name}\n")[1].split("\n## ")[0]
    missing = [fact for fact in COMPONENTS[name].facts if f"`{fact}`" not in section]
    assert not missing
    assert (ROOT / f"overrides/components/{name}.html").is_file()
