from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import pytest

from helpcenter.cli import main
from project_cases import SMALL_SHOP, Called, Run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project_folder(tmp_path: Path) -> Path:
    """Give a copy of the small shop: four pages and a policy, in English, German, Austrian German and Turkish."""
    return shutil.copytree(SMALL_SHOP, tmp_path / "shop")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Call the command line in this process."""
    for name in ("NO_COLOR", "FORCE_COLOR", "HELPCENTER_DEBUG", "HELPCENTER_REVIEWER"):
        monkeypatch.delenv(name, raising=False)

    def call(*words: str | Path) -> Called:
        monkeypatch.setattr(sys, "argv", ["helpcenter", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as end:
            main()
        said = capsys.readouterr()
        return Called(int(end.value.code or 0), said.out, said.err)

    return call
