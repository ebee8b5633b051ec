"""The repository's own demo, copied to a folder of its own and built there by the real command."""

from __future__ import annotations

import filecmp
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import yaml

from helpcenter.project.tags import direction_of

if TYPE_CHECKING:
    from collections.abc import Mapping

REPOSITORY = Path(__file__).parents[1]
PARTS = ("content", "locales", "overrides", "hooks")
DAY = "2026-11-22"


@dataclass(frozen=True)
class DemoProject:
    """A copy of the demo.

    Args:
        root: its folder.
        origin: the folder it was copied from, and is reset to.
    """

    root: Path
    origin: Path

    @property
    def site(self) -> Path:
        """Give the folder of the built site."""
        return self.root / "site"

    @property
    def locales(self) -> list[str]:
        """Give the tags of all locales, in the order of the language menu."""
        settings = yaml.load((self.root / "mkdocs.yml").read_text("utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
        return cast("list[str]", settings["extra"]["helpcenter"]["locales"])

    def call(self, *words: str, expect: int = 0) -> str:
        """Call the command line in a process of its own; give what it said on standard error."""
        done = subprocess.run(
            [sys.executable, "-m", "helpcenter", "-C", str(self.root), *words],
            capture_output=True,
            text=True,
            check=False,
            env=environment(),
        )
        assert done.returncode == expect, done.stderr
        assert "Traceback" not in done.stderr, done.stderr
        return done.stderr

    def build(self, *words: str, day: str = DAY, expect: int = 0) -> str:
        """Build the site as it is on a day."""
        return self.call("build", "--as-of", day, *words, expect=expect)

    def sign(self) -> str:
        """Let somebody answer for all policies as they are, in every locale."""
        return self.call("approve", "--legal", "--all", "--by", "legal@shop.example")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace a text that stands in a file once."""
        file = self.root / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, f"{path}: {old!r} stands there {text.count(old)} times"
        file.write_text(text.replace(old, new), "utf-8")

    def reset(self) -> None:
        """Take back all edits; a file that was not edited keeps its time."""
        for part in (*PARTS, "mkdocs.yml"):
            if (self.origin / part).exists():
                _mirror(self.origin / part, self.root / part)
            else:
                shutil.rmtree(self.root / part, ignore_errors=True)

    def copy(self, root: Path) -> DemoProject:
        """Copy the sources, edits and all, but nothing that a build has left."""
        return copy_demo(root, self.root)


def environment() -> dict[str, str]:
    """Give the environment of a command, without what would change its output."""
    names = ("NO_COLOR", "FORCE_COLOR", "HELPCENTER_DEBUG", "SOURCE_DATE_EPOCH")
    return {name: value for name, value in os.environ.items() if name not in names}


def copy_demo(root: Path, origin: Path = REPOSITORY) -> DemoProject:
    """Copy the sources of the demo, or of another project, into a new folder."""
    for part in (part for part in PARTS if (origin / part).is_dir()):
        shutil.copytree(origin / part, root / part, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(origin / "mkdocs.yml", root / "mkdocs.yml")
    return DemoProject(root, origin)


def lack_a_page(project: DemoProject) -> None:
    """Take away the Spanish texts of one page: the demo lacks none, and other projects do."""
    (project.root / "locales/es/catalog/tutorials/get-a-copy-of-your-data.po").unlink()


def keep_locales(project: DemoProject, *tags: str) -> None:
    """Leave only some locales."""
    file = project.root / "mkdocs.yml"
    text, count = re.subn(r"locales: \[.*\]", f"locales: [{', '.join(tags)}]", file.read_text("utf-8"))
    assert count == 1
    file.write_text(text, "utf-8")
    for folder in (project.root / "locales").iterdir():
        if (folder / "locale.yml").is_file() and folder.name not in tags:
            shutil.rmtree(folder)


def read_files(folder: Path) -> dict[str, bytes]:
    """Give the bytes of all files below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def read_times(folder: Path) -> dict[str, int]:
    """Give the time of change of all files below a folder, in nanoseconds, by path."""
    return {
        path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Give the paths that are new, gone or otherwise than they were."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def direction(tag: str) -> str:
    """Give the direction of a locale's script."""
    return direction_of(tag)


def _mirror(source: Path, target: Path) -> None:
    if source.is_file():
        if not target.is_file() or not filecmp.cmp(source, target, shallow=False):
            shutil.copy2(source, target)
        return
    target.mkdir(exist_ok=True)
    names = {path.name for path in source.iterdir() if path.name != "__pycache__"}
    for path in target.iterdir():
        if path.name not in names:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for name in names:
        _mirror(source / name, target / name)


class _Loader(yaml.SafeLoader):
    """Reads a configuration of MkDocs, names of Python objects included."""


_Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda _loader, name, _node: name)
