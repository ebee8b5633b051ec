"""Facts cannot drift: what a translation changes of them is found (``benchmarks/drift.py`` changes more)."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from region_cases import ROOT

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from drift import KINDS, Spot, find_missed, list_spots, plant


@pytest.fixture(scope="module")
def spots() -> list[Spot]:
    """The signed translations of the demo, its region files, and a page with amounts and brands."""
    return list_spots(ROOT)


def test_a_change_in_a_translation_is_found(spots: list[Spot]):
    changes = plant(spots, 36, seed=7)
    assert {change.kind for change in changes} == set(KINDS)
    assert [f"{one.old} → {one.new} in {one.spot.where}" for one in find_missed(changes)] == []


def test_what_is_right_is_left_alone(spots: list[Spot]):
    right = [spot for spot in spots if spot.where.startswith("drift.yml")]
    assert len(right) == 48
    assert {message for spot in right for message in spot.judge(spot.text)} == set()
