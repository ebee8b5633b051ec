from __future__ import annotations

import os
import shutil
import sys
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, sync_playwright

from helpcenter.cli import main
from project_cases import SMALL_SHOP, Called, Run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# No sandbox, for tests run as root in containers; nothing in the background, for there is no network.
CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium, once for all tests of a process: Playwright cannot be started twice in one."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.fail("there is no Chromium: `apt-get install chromium`, or name one in CHROMIUM", pytrace=False)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=list(CHROMIUM_FLAGS))
        yield chromium
        chromium.close()


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
