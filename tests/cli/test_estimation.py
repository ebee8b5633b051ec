from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from helpcenter.cli import estimation
from project_cases import snapshot, write

if TYPE_CHECKING:
    from pathlib import Path

    from project_cases import Run

DRY_RUN = ("translate", "--dry-run", "--provider", "pseudo", "--format", "json")


@pytest.fixture
def in_two(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Divide even a small project among two processes; collects how many were begun."""
    begun: list[int] = []
    fork = estimation.fork

    def note(count: int, shared: object) -> object:
        begun.append(count)
        return fork(count, shared)

    monkeypatch.setattr(estimation, "_FEWEST_CATALOGS", 1)
    monkeypatch.setattr(estimation.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(estimation, "fork", note)
    return begun


@pytest.mark.parametrize("new", ["", "de"])
def test_two_processes_count_what_one_counts(
    new: str, project_folder: Path, run: Run, in_two: list[int], monkeypatch: pytest.MonkeyPatch
):
    if new:
        shutil.rmtree(project_folder / "locales" / new / "catalog")
    before = snapshot(project_folder)
    divided = run("-C", project_folder, *DRY_RUN)
    assert (divided.code, in_two) == (0, [2])
    assert snapshot(project_folder) == before
    monkeypatch.setattr(estimation.os, "cpu_count", lambda: 1)
    assert run("-C", project_folder, *DRY_RUN) == divided
    assert in_two == [2]


def test_what_is_wrong_is_told_of_all_locales(
    project_folder: Path, run: Run, in_two: list[int], monkeypatch: pytest.MonkeyPatch
):
    write(project_folder, {f"locales/{tag}/catalog/guides/returns.po": "half of\n" for tag in ("de", "tr")})
    divided = run("-C", project_folder, *DRY_RUN)
    assert (divided.code, in_two) == (1, [2])
    assert all(f"locales/{tag}/catalog/guides/returns.po" in divided.err for tag in ("de", "tr"))
    monkeypatch.setattr(estimation.os, "cpu_count", lambda: 1)
    assert run("-C", project_folder, *DRY_RUN) == divided
