"""Environments of the renderers: a venv each, kept below ``.build/renderers/`` until what is installed in it changes."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

INSTALL_SECONDS = 600


class CannotRunError(Exception):
    """The comparison itself could not be made; it says nothing about a renderer."""


def make_environment(folder: Path, requirements: Sequence[str], inputs: Sequence[Path] = ()) -> Path:
    """Make an environment, or take the one that is there.

    Args:
        folder: where it is kept.
        requirements: what pip installs.
        inputs: files that say what else is installed, such as ``pyproject.toml``.

    Returns:
        Its folder of programs.

    Raises:
        CannotRunError: pip could not install it.
    """
    signature = hashlib.sha256(
        b"\0".join([sys.version.encode(), *(r.encode() for r in requirements), *(p.read_bytes() for p in inputs)])
    ).hexdigest()
    programs, ready = folder / "bin", folder / "ready"
    if ready.is_file() and ready.read_text() == signature:
        return programs
    shutil.rmtree(folder, ignore_errors=True)
    venv.create(folder, with_pip=True, symlinks=True)
    command = [
        str(programs / "python"),
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        *requirements,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise CannotRunError(f"pip did not finish within {INSTALL_SECONDS} s: {' '.join(requirements)}") from error
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()[-3:]
        # The last line is the reason; before it pip may list every release there ever was.
        raise CannotRunError(f"pip could not install {' '.join(requirements)}: {''.join(lines[-1:])}")
    ready.write_text(signature)
    return programs


def installed_version(programs: Path, name: str) -> str:
    """Tell the version of an installed distribution."""
    code = f"import importlib.metadata as m; print(m.version({name!r}))"
    return subprocess.run(
        [str(programs / "python"), "-c", code], capture_output=True, text=True, check=True
    ).stdout.strip()
