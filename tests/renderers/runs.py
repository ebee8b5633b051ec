"""The ways in which another renderer is tried: the staged files as they are, and without our theme."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

RENDER_SECONDS = 120

# ProperDocs takes the place of MkDocs for every import that follows; helpcenter notices nothing. MkDocs itself is installed
# as well, because Material asks for it: without the second line the wrong one could be praised.
_REPLACE = """\
import properdocs.replacement, mkdocs.commands.build
assert mkdocs.commands.build.__name__.startswith("properdocs.")
from helpcenter.cli import main
main()
"""

_PANIC = re.compile(r"(?:Error|PanicException|panicked).*")


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a renderer ended.

    Args:
        site: where its output is, if there is any.
        status: its exit status; None when it did not end in time.
        message: the last thing it said, when it failed.
    """

    site: Path
    status: int | None
    message: str = ""


def run_properdocs(programs: Path, root: Path, tag: str, work: Path) -> Outcome:
    """Build one locale's staged files with ProperDocs' own command."""
    site = _emptied(work / tag)
    configuration = root / ".build" / tag / "mkdocs.yml"
    return _run([programs / "properdocs", "build", "-q", "-f", configuration, "-d", site], site, root)


def run_replacement(programs: Path, root: Path, work: Path) -> Outcome:
    """Build a copy of the project, every locale, by helpcenter with ProperDocs in MkDocs' place."""
    copy = _emptied(work / "project")
    for name in ("mkdocs.yml", "content", "locales", "overrides", "hooks"):
        source = root / name
        if source.is_dir():
            shutil.copytree(source, copy / name)
        elif source.is_file():
            copy.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, copy / name)
    return _run([programs / "python", "-c", _REPLACE, "-C", copy, "build"], copy / "site", copy)


def run_zensical(programs: Path, root: Path, tag: str, work: Path, way: str) -> Outcome:
    """Build one locale's staged files with Zensical.

    Args:
        programs: of its environment.
        root: of the project.
        tag: the locale.
        work: a folder for copies and output.
        way: ``staged``: as they are; ``own``: without our theme but for the language partials.
    """
    folder = _emptied(work / tag)
    staged = root / ".build"
    shutil.copytree(staged / tag / "docs", folder / tag / "docs")
    shutil.copy2(staged / tag / "mkdocs.yml", folder / tag)
    kept = "partials/languages" if way == "own" else ""
    shutil.copytree(staged / "theme" / kept, folder / "theme" / kept)
    site = folder / tag / "site"
    return _run([programs / "zensical", "build", "--clean", "-f", folder / tag / "mkdocs.yml"], site, folder)


def _run(command: list[str | Path], site: Path, folder: Path) -> Outcome:
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            timeout=RENDER_SECONDS,
        )
    except subprocess.TimeoutExpired:
        return Outcome(site, None, f"not finished within {RENDER_SECONDS} s")
    said = (done.stdout + done.stderr).strip().splitlines()
    failures = [line for line in said if _PANIC.search(line)] or said[-1:]
    return Outcome(site, done.returncode, failures[-1].strip() if done.returncode and failures else "")


def _emptied(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    return folder
