"""Over a history of edits no text is lost, what changed is stale, and what did not is not."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from newsroom import EDITS
from replay import History, remembered

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(("seed", "pages", "edits"), [(1, 10, 100), (2, 6, 100), (3, 6, 100)])
def test_no_text_is_lost_and_only_what_changed_is_stale(seed: int, pages: int, edits: int, tmp_path: Path):
    dice = Random(seed)  # noqa: S311 - the same history every time
    with remembered():
        history = History(tmp_path / "project", dice, pages=pages)
        kinds = {history.step() for _ in range(edits)}
    assert len(kinds) > len(EDITS) / 2
    assert 0 < history.costs.sent.total() < history.costs.whole.total() / 3
