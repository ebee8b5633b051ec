"""The worker: builds one locale's site in a process of its own."""

from __future__ import annotations

import logging
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project import write_atomic
from helpcenter.site import context
from helpcenter.site.configuration import dump
from helpcenter.site.environment import share_templates
from helpcenter.site.search import write_search
from helpcenter.site.store import Store, digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from helpcenter.content import MarkdownConfig
    from helpcenter.site.layout import LocaleFolders
    from helpcenter.site.staging import StagedPage


@dataclass(frozen=True, slots=True)
class LocaleJob:
    """What a worker builds.

    Args:
        tag: the locale.
        folders: where it reads and writes.
        configuration: the ``mkdocs.yml``.
        pages: staged pages.
        published: by page, the locales that have a real translation of it.
        assets: files of ``content/`` that are no pages, by path below the docs folder.
        root: of the project.
        markdown: the site's Markdown configuration.
        code: signature of templates, hooks and code.
        theme: signature of the staged theme.
        must_build: the theme or the code has changed, which the staged files do not show.
    """

    tag: str
    folders: LocaleFolders
    configuration: Mapping[str, Any]
    pages: tuple[StagedPage, ...]
    published: Mapping[str, tuple[str, ...]]
    assets: Mapping[str, Path]
    root: Path
    markdown: MarkdownConfig
    code: str
    theme: str
    must_build: bool = False


def stage_files(job: LocaleJob) -> bool:
    """Write the docs folder and configuration of a locale; give whether anything changed.

    Files that no page has any more are removed; files whose bytes are the same are not touched.
    """
    docs = job.folders.docs
    changed = write_atomic(job.folders.configuration, dump(job.configuration))
    wanted = set()
    for page in job.pages:
        path = docs / page.path
        wanted.add(path)
        changed |= write_atomic(path, page.text(job.published[page.path]), durable=False)
    for name, source in job.assets.items():
        path = docs / name
        wanted.add(path)
        changed |= write_atomic(path, source.read_bytes(), durable=False)
    for path in [p for p in docs.rglob("*") if p.is_file() and p not in wanted]:
        path.unlink()
        changed = True
    return changed


def build_locale(job: LocaleJob) -> list[Finding]:
    """Build a locale's site beside the old one, then put it in the old one's place.

    Raises:
        HelpcenterError: MkDocs could not build it; the old site is as it was.
    """
    log = _collect_warnings()
    try:
        with job.folders.configuration.open("rb") as file:
            config = load_config(file, config_file_path=str(job.folders.configuration))
        finished = Store(job.folders.finished, job.code)
        base = digest(job.folders.configuration.read_bytes(), job.theme, os.environ.get("SOURCE_DATE_EPOCH", ""))
        share_templates(config, job.folders.templates, finished, base)
        sources = {
            page.path: (page.body.lstrip("\n"), page.front_matter(job.published[page.path])) for page in job.pages
        }
        with context.building(job.folders.renderings, job.markdown, sources) as current:
            mkdocs_build(config)
        write_search(job, current.pages, job.folders.output, finished)
        finished.save()
    except (MkDocsException, SystemExit) as error:
        message = "; ".join(log.messages) or str(error)
        place = Place(f".build/{job.tag}/mkdocs.yml")
        raise HelpcenterError(finding("build-mkdocs", f"MkDocs could not build {job.tag}: {message}", place)) from error
    _swap(job.folders.output, job.folders.site)
    return [
        finding("build-mkdocs-warning", message, Place(f".build/{job.tag}/docs"))
        for message in dict.fromkeys(log.messages)
    ]


class _Collector(logging.Handler):
    """Keeps what MkDocs and its plugins warn of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def _collect_warnings() -> _Collector:
    collector = _Collector()
    logger = logging.getLogger("mkdocs")
    logger.handlers = [collector]
    logger.propagate = False
    return collector


def _swap(new: Path, live: Path) -> None:
    """Put a finished folder in the place of the live one by two renames."""
    live.parent.mkdir(parents=True, exist_ok=True)
    old = new.with_name(new.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if live.exists():
        live.rename(old)
    new.rename(live)
    shutil.rmtree(old, ignore_errors=True)
