"""Freshness: telling in a few milliseconds what has to be built again.

Files are compared by size and time of change, which is enough to find any edit; whether an edit changes a page is then told by
the staged bytes.  Nothing here imports what a run without changes does not need.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from helpcenter import __version__
from helpcenter.diagnostics import Finding, Place, Severity
from helpcenter.project.files import Stamp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def signature(paths: Iterable[Path], *extra: str) -> str:
    """Hash the names, sizes and times of all files at and below the given paths, and some words more."""
    state = hashlib.sha256("\0".join(extra).encode())
    for path in paths:
        for name, size, changed in sorted(_files(str(path))):
            state.update(f"{name}\0{size}\0{changed}\n".encode("utf-8", "surrogateescape"))
    return state.hexdigest()


def _files(top: str) -> Iterable[tuple[str, int, int]]:
    try:
        entries = list(os.scandir(top))
    except NotADirectoryError:
        info = os.stat(top)  # noqa: PTH116 - this module runs before anything else and stays close to the system
        yield top, info.st_size, info.st_mtime_ns
        return
    except FileNotFoundError:
        yield top, -1, 0
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _files(entry.path)
        else:
            try:
                info = entry.stat()
            except FileNotFoundError:
                # A file that vanished just now, or a link to nothing, as Emacs locks with.
                continue
            yield entry.path, info.st_size, info.st_mtime_ns


@dataclass
class BuildState:
    """What the last build made, kept in ``state.json`` of the build folder.

    Args:
        whole: signature of all inputs of a complete build, or empty when the last one was not complete.
        locales: by tag: ``inputs`` (signature), ``published`` (signature of what it knew of the other locales), ``pages``
            (path, address, state, real translation or not), ``findings``: what was said of them.
        manifest: path of the finished site's manifest, relative to the root.
        findings: what was said of the sources.
        included: files that pages include, or would if there were any of that name.
    """

    whole: str = ""
    locales: dict[str, dict[str, Any]] = field(default_factory=dict)
    manifest: str = ""
    findings: tuple[Finding, ...] = ()
    included: tuple[Stamp, ...] = ()

    def said_of(self, tags: Iterable[str]) -> tuple[Finding, ...]:
        """Give what the last build said of some locales."""
        return tuple(finding for tag in tags for finding in load_findings(self.locales[tag]["findings"]))


def load_state(path: Path) -> BuildState:
    """Read the state; one that cannot be read counts as none."""
    try:
        data = json.loads(path.read_text("utf-8"))
        if data.get("version") == __version__:
            included = tuple(Stamp(*row) for row in data["included"])
            findings = load_findings(data["findings"])
            return BuildState(data["whole"], data["locales"], data["manifest"], findings, included)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass
    return BuildState()


def dump_state(state: BuildState) -> str:
    """Write the state as JSON."""
    data: Mapping[str, Any] = {
        "version": __version__,
        "whole": state.whole,
        "locales": state.locales,
        "manifest": state.manifest,
        "findings": dump_findings(state.findings),
        "included": state.included,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def dump_findings(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Write findings as JSON has them."""
    return [asdict(finding) for finding in findings]


def load_findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    """Read findings that :func:`dump_findings` wrote."""
    return tuple(
        Finding(**{**row, "place": Place(**row["place"]), "severity": Severity(row["severity"])}) for row in rows
    )
