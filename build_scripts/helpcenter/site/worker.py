"""The worker: builds one locale's site in a process of its own."""

from __future__ import annotations

import copy
import ctypes
import html
import io
import json
import logging
import os
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateSyntaxError
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from helpcenter.checks.legal import soften
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project import write_atomic
from helpcenter.site import context
from helpcenter.site.configuration import dump
from helpcenter.site.environment import share_templates
from helpcenter.site.freshness import dump_findings, load_findings
from helpcenter.site.probing import find_missed, probe
from helpcenter.site.search import find_shortened, write_search
from helpcenter.site.store import Store, digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from helpcenter.content import MarkdownConfig
    from helpcenter.search import Index, Vocabulary
    from helpcenter.site.layout import LocaleFolders
    from helpcenter.site.probing import Sought
    from helpcenter.site.staged import StagedPage


# The sitemap at the site's root names every locale; MkDocs' own knows one, lists pages in the source language, and bears a date.
_UNUSED = ("sitemap.xml", "sitemap.xml.gz")


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
        vocabularies: the words that its search knows, by language.
        results: the page that lists what the search has found.
        sought: what its search must find.
        inputs: signature of what it is made from.
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
    vocabularies: Mapping[str, Vocabulary]
    results: StagedPage
    sought: Sought
    inputs: str


def stage_files(job: LocaleJob) -> str:
    """Write the docs folder and configuration of a locale; give the hash of all that its site is made from.

    Files that no page has any more are removed; files whose bytes are the same are not touched.
    """
    docs = job.folders.docs
    wanted: dict[Path, str | bytes] = {}
    for page, published in _files(job):
        wanted[docs / page.path] = page.text(published)
    for name, source in job.assets.items():
        wanted[docs / name] = source.read_bytes()
    configuration = dump(job.configuration)
    write_atomic(job.folders.configuration, configuration)
    for path, data in wanted.items():
        write_atomic(path, data, durable=False)
    for path in [p for p in docs.rglob("*") if p.is_file() and p not in wanted]:
        path.unlink()
    files = (part for path, data in wanted.items() for part in (path.relative_to(docs).as_posix(), data))
    # No file of a page holds its names in another language, nor the searches that it promises to answer.
    asked = (repr((page.path, page.queries, page.bridge)) for page in job.pages if page.queries or page.bridge)
    return digest(job.code, job.theme, _day(), configuration, repr(job.vocabularies), *asked, *files)


def _files(job: LocaleJob) -> Iterator[tuple[StagedPage, Sequence[str]]]:
    """Give every page that is written, and the locales that have a real version of it; other days and results claim none."""
    for page in job.pages:
        yield from ((version, ()) for version in page.versions)
        yield page, job.published[page.path]
    yield job.results, ()


@dataclass(frozen=True, slots=True)
class BuiltLocale:
    """A locale that is built.

    Args:
        made_from: hash of all that its site is made from.
        findings: what was said of it.
        is_live: its live site was made from exactly this, and is left alone.
    """

    made_from: str
    findings: tuple[Finding, ...]
    is_live: bool


def build_locale(job: LocaleJob) -> BuiltLocale:
    """Build a locale's site beside the live one, unless that was made from the same.

    Raises:
        HelpcenterError: it could not be built.
    """
    made_from = stage_files(job)
    # The inputs may have changed and what is made from them not: by a comment, say, or a text that is not shown.
    known = _live(job)
    if known is not None and known.made_from == made_from:
        return known
    return BuiltLocale(made_from, tuple(_run_mkdocs(job)), is_live=False)


def _live(job: LocaleJob) -> BuiltLocale | None:
    """Give what the live site was made from; what a run that was killed has staged does not count."""
    if not job.folders.site.is_dir():
        return None
    try:
        made = json.loads(job.folders.made.read_text("utf-8"))
        return BuiltLocale(made["from"], load_findings(made["findings"]), is_live=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def publish_locale(folders: LocaleFolders, built: BuiltLocale) -> None:
    """Put a locale that is built in the place of the live one."""
    if built.is_live:
        return
    folders.made.unlink(missing_ok=True)
    _swap(folders.output, folders.site)
    made = {"from": built.made_from, "findings": dump_findings(built.findings)}
    write_atomic(folders.made, json.dumps(made, ensure_ascii=False), durable=False)


def _run_mkdocs(job: LocaleJob) -> list[Finding]:
    log = _collect_warnings()
    try:
        # The navigation as it is: MkDocs' reader of YAML takes longer for it than the build for one page.
        rest = {name: value for name, value in job.configuration.items() if name != "nav"}
        config = load_config(
            io.BytesIO(dump(rest).encode()),
            config_file_path=str(job.folders.configuration),
            nav=copy.deepcopy(job.configuration["nav"]),
        )
        finished = Store(job.folders.finished, job.code)
        base = digest(job.folders.configuration.read_bytes(), job.theme, _day())
        share_templates(config, job.folders.templates, finished, base)
        sources = {page.path: (page.body.lstrip("\n"), page.front_matter(published)) for page, published in _files(job)}
        with context.building(job.folders.renderings, job.code, job.markdown, sources, job.assets) as current:
            mkdocs_build(config)
        for name in _UNUSED:
            (job.folders.output / name).unlink(missing_ok=True)
        index = write_search(job, current.pages, job.folders.output, finished)
        missed = [*find_shortened(index), *_probe(job, index), *_check_withdrawal(job)]
        finished.save()
    except TemplateSyntaxError as error:
        raise HelpcenterError(_template_finding(job, error)) from error
    except (Exception, SystemExit) as error:
        # Templates, hooks and plugins are the project's own code and may raise anything.
        message = "; ".join(log.messages) or str(error)
        if not isinstance(error, (MkDocsException, SystemExit)):
            message += f" ({type(error).__name__})"
        place = Place(f".build/{job.tag}/mkdocs.yml")
        raise HelpcenterError(finding("build-mkdocs", f"MkDocs could not build {job.tag}: {message}", place)) from error
    return missed + [
        finding("build-mkdocs-warning", message, Place(f".build/{job.tag}/docs"))
        for message in dict.fromkeys(log.messages)
    ]


def _probe(job: LocaleJob, index: Index) -> Sequence[Finding]:
    """Put the search of a locale to the test; a preview is for reading pages, and only keeps its promises."""
    if job.configuration["extra"]["hc"]["preview"]:
        return list(find_missed(index, job.sought))
    store = Store(job.folders.probes, job.code)
    probed = probe(index, job.sought, store)
    # A check of the same sources has nothing left to ask.
    store.put(job.inputs, (probed, job.sought))
    store.save()
    return probed.findings


def _check_withdrawal(job: LocaleJob) -> list[Finding]:
    """Look whether the pages that must link the withdrawal function do so as customers get them, whatever template drew them."""
    found = []
    for page in job.pages:
        address = page.meta["withdrawal"]
        if not address or _links(job.folders.output / page.url / "index.html", address):
            continue
        message = f"'{page.path}' of {job.tag} explains returns and does not link the withdrawal function, {address}"
        hint = "print the link as helpcenter's own page-footer.html does (docs/theme.md), or write it on the page"
        found.append(finding("legal-withdrawal-link", message, Place("overrides/partials/page-footer.html"), help=hint))
    return soften(found) if job.configuration["extra"]["hc"]["preview"] else found


def _links(file: Path, address: str) -> bool:
    return f'href="{html.escape(address)}"' in file.read_text("utf-8")


def _template_finding(job: LocaleJob, error: TemplateSyntaxError) -> Finding:
    """Name the project's own template where it has one of that name; each locale says the same."""
    name = error.name or "main.html"
    own = job.root / "overrides" / name
    place = Place(f"overrides/{name}" if own.is_file() else name, error.lineno)
    return finding("build-mkdocs", f"the template cannot be read: {error.message}", place)


def _day() -> str:
    return os.environ.get("SOURCE_DATE_EPOCH", "")


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
    """Put a finished folder in the place of the live one: in one step where the system can, else by two renames."""
    live.parent.mkdir(parents=True, exist_ok=True)
    new = _reachable(new, live)
    if live.exists() and not _exchange(new, live):
        old = new.with_name(new.name + ".old")
        shutil.rmtree(old, ignore_errors=True)
        live.rename(old)
        new.rename(live)
        new = old
    elif not live.exists():
        new.rename(live)
    shutil.rmtree(new, ignore_errors=True)


def _reachable(new: Path, live: Path) -> Path:
    """Give a finished folder on the file system of the live one, as only there it can be renamed."""
    if new.stat().st_dev == live.parent.stat().st_dev:
        return new
    copy = live.with_name(f".{live.name}.new")
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(new, copy)
    shutil.rmtree(new)
    return copy


def _exchange(first: Path, second: Path) -> bool:
    """Let two folders change places in one step, which only Linux offers; give whether they did."""
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of the system's headers
    return bool(rename(here, os.fsencode(first), here, os.fsencode(second), exchange) == 0)
