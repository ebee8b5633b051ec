"""A small shop with a small tree of regions, and the project's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from region_cases import ROOT, Load, load_shop

if TYPE_CHECKING:
    from pathlib import Path

from helpcenter.regions import Regions, load_regions


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the small shop with some files replaced, added, or (empty) left out."""
    return lambda files: load_shop(tmp_path, files)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Regions:
    """The small shop."""
    regions, findings = load_shop(tmp_path_factory.mktemp("shop"), {})
    assert findings == []
    assert regions is not None
    return regions


@pytest.fixture(scope="session")
def pellavo() -> Regions:
    """The project's own regions."""
    regions, findings = load_regions(ROOT / "locales/regions", ROOT)
    assert findings == []
    assert regions is not None
    return regions
