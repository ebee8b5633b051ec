"""A small shop's help center, and calling the command line on it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from helpcenter.catalog import plan_extraction
from helpcenter.content import Outline, load_pages
from helpcenter.project import load_project

if TYPE_CHECKING:
    from helpcenter.catalog.extraction import ExtractionPlan
    from helpcenter.content import Page
    from helpcenter.project import Project

SMALL_SHOP = Path(__file__).parent / "small_shop"
DAY = date(2026, 11, 22)
AS_OF = ("--as-of", DAY.isoformat())


@dataclass(frozen=True)
class Called:
    """What a call of the command line gave."""

    code: int
    out: str
    err: str


Run = Callable[..., Called]


def write(folder: Path, files: dict[str, str]) -> None:
    """Write some files of a project."""
    for name, text in files.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8", newline="")


def edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace a text that stands once in a file."""
    file = folder / name
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{name} holds {old!r} {text.count(old)} times"
    file.write_text(text.replace(old, new), "utf-8", newline="")


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Give every file and folder with its bytes and its time of change; a file rewritten with the same bytes differs."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns)
        if path.is_file()
        else (b"", 0)
        for path in sorted(folder.rglob("*"))
    }


def load(folder: Path) -> tuple[Project, list[Page]]:
    """Read a valid project and its pages."""
    project = load_project(folder)
    pages, findings = load_pages(project.content, project.root)
    assert findings == []
    return project, pages


def plan_all(project: Project, pages: Sequence[Page], tags: Iterable[str]) -> list[ExtractionPlan]:
    """Plan the extraction of some locales, without sheets and ledger."""
    outlines = [Outline.of(page) for page in pages]
    return [plan_extraction(project, outlines, project.locales[tag]) for tag in tags]


def environment(**more: Any) -> dict[str, str]:  # noqa: ANN401 - values are written as texts
    """Give the process's environment without what would change our output, and with some variables more."""
    dropped = ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "HELPCENTER_DEBUG", "HELPCENTER_REVIEWER")
    return {key: value for key, value in os.environ.items() if key not in dropped} | more


def sign_policies(folder: Path) -> None:
    """Let somebody answer for all policies as they are, in every locale."""
    done = start("-C", folder, "approve", "--legal", "--all", "--by", "law@small.example", "--on", DAY.isoformat())
    assert done.code == 0, done.err


def start(*words: str | Path, **more: str) -> Called:
    """Call the command line in a process of its own, as a person does."""
    command = [sys.executable, "-m", "helpcenter", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(**more))
    return Called(done.returncode, done.stdout, done.stderr)
