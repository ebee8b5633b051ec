"""What the tests of the documentation look at."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "build_scripts" / "helpcenter"
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^( *)(`{3,}|~{3,})[^\n]*\n.*?^\1\2`*[ \t]*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_LINK = re.compile(r"!?\[[^\]]*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *#*$", re.MULTILINE)


def tracked_files() -> list[Path]:
    """Give the files of the project: what git has, and what it would take; of an unpacked archive, what is not generated."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False) if (ROOT / ".git").exists() else None
    if listed is None or listed.returncode != 0:
        paths = [path for path in ROOT.rglob("*") if not _is_generated(path.relative_to(ROOT))]
    else:
        paths = [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]
    return sorted(path for path in paths if path.is_file())


def _is_generated(path: Path) -> bool:
    return path.parts[0] in {"site", "dist"} or any(
        part.startswith(".") or part == "__pycache__" for part in path.parts
    )


def documents() -> list[Path]:
    """Give the Markdown that is documentation: that of docs/ and of the top folder, and every README."""
    found = [path for path in tracked_files() if path.suffix == ".md"]
    return [path for path in found if path.is_relative_to(DOCS) or path.parent == ROOT or path.name == "README.md"]


def code_of(text: str) -> str:
    """Give all code of a document: blocks and spans, one a line."""
    blocks = [match.group() for match in _FENCE.finditer(text)]
    return "\n".join([*blocks, *(match[2] for match in _SPAN.finditer(_FENCE.sub("", text)))])


def links_of(text: str) -> list[str]:
    """Give the targets of links and images outside of code."""
    return _LINK.findall(_SPAN.sub("", _FENCE.sub("", text)))


def anchors_of(text: str) -> set[str]:
    """Give the anchors that a code host makes of a document's headings."""
    anchors: set[str] = set()
    for heading in _HEADING.findall(_FENCE.sub("", text)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading)
        slug = re.sub(r"[^\w\- ]", "", words.lower()).strip().replace(" ", "-")
        number = 1
        anchor = slug
        while anchor in anchors:
            anchor = f"{slug}-{number}"
            number += 1
        anchors.add(anchor)
    return anchors
