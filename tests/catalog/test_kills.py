"""A command that dies at any moment leaves whole catalogs, and the same command once more ends as if it had not died."""

from __future__ import annotations

from itertools import count
from random import Random
from typing import TYPE_CHECKING

import pytest
from kill_cases import COMMANDS, Case, make_case

if TYPE_CHECKING:
    from pathlib import Path

# The suite's share; `python tests/benchmarks/kills.py` kills more often.
TIMES = 40


@pytest.fixture(params=sorted(COMMANDS))
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    """Give a command with a project that gives it something to do."""
    return make_case(request.param, tmp_path)


def test_it_may_die_at_each_of_its_steps(case: Case):
    for step in count():
        if not case.dies_at(step):
            break
        case.check()
    # Each file takes several: it is made, written, flushed, renamed.
    assert step > 3 * case.changed


def test_it_may_be_killed_at_any_moment(case: Case):
    dice = Random(1)  # noqa: S311 - moments, no secrets
    for _ in range(TIMES):
        case.dies_after(dice.uniform(0, case.seconds))
        case.check()
