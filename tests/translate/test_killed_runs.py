"""A run that dies at any step on disk leaves whole catalogs, and the same command once more ends as if it had not died."""

from __future__ import annotations

import shutil
import sys
from functools import partial
from typing import TYPE_CHECKING

from helpcenter.catalog import load_catalogs
from helpcenter.cli import main
from killing import dies_at
from project_cases import SMALL_SHOP, edit

if TYPE_CHECKING:
    from pathlib import Path

# Steps repeat with each catalog; with this stride all kinds of them are met.
STRIDE = 4


def call(folder: Path) -> None:
    sys.argv = ["helpcenter", "-C", str(folder), "translate", "--provider", "pseudo"]
    main()


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes() for file in (folder / "locales").rglob("*") if file.is_file()
    }


def test_it_may_die_at_its_steps(tmp_path: Path):
    shutil.copytree(SMALL_SHOP, tmp_path / "before")
    edit(tmp_path / "before", "mkdocs.yml", "[en, de, de-AT, tr]", "[en, tr]")
    for tag in ("de", "de-AT"):
        shutil.rmtree(tmp_path / "before/locales" / tag)
    shutil.copytree(tmp_path / "before", tmp_path / "finished")
    assert not dies_at(sys.maxsize, partial(call, tmp_path / "finished"))
    finished, killed = files_of(tmp_path / "finished"), tmp_path / "killed"
    step = 0
    while True:
        shutil.copytree(tmp_path / "before", killed)
        if not dies_at(step, partial(call, killed)):
            break
        assert load_catalogs(killed / "locales/tr/catalog", killed)[1] == []
        assert not dies_at(sys.maxsize, partial(call, killed))
        assert files_of(killed) == finished
        shutil.rmtree(killed)
        step += STRIDE
    assert step > STRIDE * 5
