"""Golden cases, and how the small shop of `cases/shop.yml` is loaded with other files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter.diagnostics import Finding
from helpcenter.regions import Regions, load_regions

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parent / "cases"
BUILD_DATE = date(2026, 11, 22)

Load = Callable[[dict[str, str]], tuple[Regions | None, list[Finding]]]


def cases(name: str) -> list[Any]:
    """Read golden cases, each with its name as test id."""
    raw = yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
    return [pytest.param(case, id=case["name"]) for case in raw]


def load_shop(folder: Path, files: dict[str, str]) -> tuple[Regions | None, list[Finding]]:
    """Write the small shop with some files replaced, added, or (empty) left out, and load it."""
    base: dict[str, str] = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
    regions = folder / "locales/regions"
    regions.mkdir(parents=True)
    for name, text in (base | files).items():
        if text:
            (regions / name).write_text(text, "utf-8", newline="")
    return load_regions(regions, folder)


def one_fact(fact_id: str, value: str) -> str:
    """Write a region file with one fact, whose value begins in line 4, column 12."""
    lines = ["parent: '001'", "facts:", f"  - id: {fact_id}", f"    value: {value}"]
    return "\n".join([*lines, "    law: x", "    owner: a", "    review_by: 2027-01-31", ""])
