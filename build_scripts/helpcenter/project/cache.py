"""Caches: what an earlier run knew, in one file of the build folder; without it the result is the same, only later."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from helpcenter import __version__
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project.files import write_atomic

_PACKAGE = Path(__file__).parents[1]
# What decides how a page is cut into segments, besides our own code.
_LIBRARIES = ("markdown", "pyyaml", "polib", "rapidfuzz")


def digest_of(data: bytes) -> str:
    """Hash some bytes; no two different texts ever have the same."""
    return hashlib.sha256(data).hexdigest()


@cache
def code_version() -> str:
    """Name the code that fills caches: another release, an edit in a checkout, or another library, and they are refused."""
    files = sorted(_PACKAGE.rglob("*.py"))
    code = [f"{file.relative_to(_PACKAGE)} {(info := file.stat()).st_size} {info.st_mtime_ns}" for file in files]
    libraries = [f"{name} {version(name)}" for name in _LIBRARIES]
    return digest_of("\n".join([__version__, *libraries, *code]).encode("utf-8", "surrogateescape"))


def load_cache(file: Path, code: str) -> Any:  # noqa: ANN401 - JSON of any shape
    """Read what an earlier run has noted; None when there is nothing, or other code noted it, or a byte of it is wrong."""
    try:
        head, _, body = file.read_bytes().partition(b"\n")
    except OSError:
        return None
    return json.loads(body) if head == _head(body, code) else None


def save_cache(file: Path, code: str, value: object) -> None:
    """Note something for the next run; where that is not possible, the next run will do without."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    try:
        # Half a file is told by its hash, so that nothing waits for the disk.
        write_atomic(file, _head(body, code) + b"\n" + body, durable=False)
    except HelpcenterError:
        return


def _head(body: bytes, code: str) -> bytes:
    return digest_of(code.encode() + b"\n" + body).encode()
