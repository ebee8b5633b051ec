"""Building: from a valid project to a finished site, each locale in a process of its own."""

from __future__ import annotations

import ctypes
import fcntl
import multiprocessing
import os
import re
import shutil
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from helpcenter.diagnostics import Finding, HelpcenterError, Place, Severity, finding
from helpcenter.project import write_atomic
from helpcenter.project.project import WORKSPACE, WORLD
from helpcenter.site.freshness import BuildState, dump_state, load_state, signature
from helpcenter.site.layout import hook_files, locale_folders, packaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from helpcenter.checks import Sources
    from helpcenter.content import Skeleton
    from helpcenter.project import Locale, Project
    from helpcenter.site.staging import StagedLocale
    from helpcenter.site.worker import LocaleJob


# Enough of mkdocs.yml for a build with nothing to do; whoever has something to do parses it.
_DOCS_DIR = re.compile(r"""^docs_dir:[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([^'"#\n][^#\n]*))""", re.MULTILINE)
_ENV = re.compile(r"!ENV\s+(\[[^\]]*\]|\S+)")
_NAME = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Args:
        built: locales that were built.
        unchanged: locales whose site is as it was.
        findings: what is left out or shown otherwise.
    """

    built: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


def project_inputs(root: Path, on: date, *options: str) -> str:
    """Give the signature of everything a complete build depends on."""
    configuration = root / "mkdocs.yml"
    text = configuration.read_text("utf-8", "replace") if configuration.is_file() else ""
    docs_dir = _DOCS_DIR.search(text)
    variables = [f"{name}={os.environ.get(name)}" for names in _ENV.findall(text) for name in _NAME.findall(names)]
    content = root / (docs_dir[docs_dir.lastindex or 0].strip() if docs_dir else "content")
    paths = [configuration, content, root / "locales", *code_folders(root)]
    return signature(paths, on.isoformat(), *options, *variables, *_versions())


def code_folders(root: Path) -> list[Path]:
    """Give the folders of templates, hooks and, in a checkout, of the package itself; a release is told by its version."""
    folders = [packaged("overrides"), packaged("hooks")]
    package = packaged("hooks").parent / "build_scripts" / "helpcenter"
    own = [root / "overrides", root / "hooks"]
    return [*folders, *([package] if package.is_dir() else []), *(path for path in own if path not in folders)]


def is_fresh(root: Path, inputs: str, *, preview: bool = False) -> bool:
    """Tell whether the last build was complete and nothing has changed since."""
    state = load_state(root / _workspace(preview=preview) / "state.json")
    if not inputs or state.whole != inputs or not (root / state.manifest).is_file():
        return False
    site = (root / state.manifest).parent
    return all((site / tag / "index.html").is_file() for tag in state.locales)


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


def load_sources(project: Project, on: date) -> Sources:
    """Read and check the sources, or take what the last build read where nothing of it has changed."""
    from helpcenter.site.store import Store  # noqa: PLC0415 - only when something is built

    store = Store(project.build_folder / "sources.pickle")
    vocabularies = [project.locales_folder / tag / "search.yml" for tag in project.locales]
    settings = [project.locales_folder / tag / "locale.yml" for tag in project.locales]
    paths = [project.root / "mkdocs.yml", project.content, project.regions_folder, *vocabularies, *settings]
    key = signature([*paths, *code_folders(project.root)], on.isoformat(), repr(project.configuration.file.data))
    known: Sources | None = store.get(key)
    if known is not None:
        return known
    from helpcenter.checks import inspect_sources  # noqa: PLC0415 - only when something has changed

    sources = inspect_sources(project, on)
    # What has errors ends the command, and nothing is written then.
    if not has_errors(sources.findings):
        store.put(key, sources)
        store.save()
    return sources


@contextmanager
def exclusive(project: Project) -> Iterator[None]:
    """Wait until no other build works in the same folder, then keep others waiting."""
    project.build_folder.mkdir(parents=True, exist_ok=True)
    with (project.build_folder / "lock").open("w") as file:
        # The system lets go of it when the process ends, however it ends.
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


PREVIEW = "preview"
PREVIEW_SITE = f"{PREVIEW}/site"


def _workspace(*, preview: bool) -> str:
    return f"{WORKSPACE}/{PREVIEW}" if preview else WORKSPACE


def as_preview(project: Project) -> Project:
    """Give the project with a build folder and a site of their own, so that a preview never touches what is published."""
    configuration = replace(project.configuration, site_dir=f"{WORKSPACE}/{PREVIEW_SITE}")
    return replace(project, configuration=configuration, workspace=_workspace(preview=True))


class Builder:
    """Builds the locales of one project.

    Args:
        project: the project.
        on: the day whose rules hold.
        preview: for editors: notices say more.
        workers: how many processes; as many as the machine has cores when None.
        progress: told ``(locale, what)`` at each step.
    """

    def __init__(
        self,
        project: Project,
        on: date,
        *,
        preview: bool = False,
        workers: int | None = None,
        progress: Callable[[str, str], None] | None = None,
    ) -> None:
        self._project = project
        self._on = on
        self._preview = preview
        self._workers = workers or os.cpu_count() or 1
        self._progress = progress or (lambda _tag, _what: None)
        self._state = load_state(self._state_file)
        self._read = ""
        self._code = signature(code_folders(project.root), *_versions())

    @property
    def _state_file(self) -> Path:
        return self._project.build_folder / "state.json"

    def build(self, sources: Sources, selected: Sequence[Locale], *, whole: str = "") -> BuildReport:
        """Build the selected locales.

        Args:
            sources: pages and rules, without errors.
            selected: what to build; the others are only staged, so that each language knows what the others have.
            whole: signature to keep when the site is complete afterwards.

        Raises:
            HelpcenterError: a catalog cannot be read, or MkDocs failed; the site is as it was.
        """
        from helpcenter.site import worker  # noqa: F401, PLC0415 - MkDocs is imported once, before the workers are forked
        from helpcenter.site.store import digest  # noqa: PLC0415 - only when something is built

        self._read = digest(*(part for page in sources.pages for part in (page.path, page.source)))
        inputs = {tag: self._locale_inputs(locale, sources) for tag, locale in self._project.locales.items()}
        selected_tags = {locale.tag for locale in selected}
        old = self._state.locales
        if self._preview:
            # An editor waits: what other languages have is not looked up for them.
            inputs = {tag: inputs[tag] for tag in inputs if tag in selected_tags}
        stale = [tag for tag in inputs if old.get(tag, {}).get("inputs") != inputs[tag]]
        staged = self._stage(stale, sources)
        published = self._published(staged)
        known = {tag: _signature_of(published, tag) for tag in inputs}
        affected = [tag for tag in inputs if tag not in staged and old.get(tag, {}).get("published") != known[tag]]
        missing = [
            tag
            for tag in selected_tags
            if tag not in staged and tag not in affected and not (self._project.site / tag).is_dir()
        ]
        staged |= self._stage([*affected, *missing], sources)
        findings = [finding for one in staged.values() for finding in one.findings]
        wanted = [tag for tag in staged if tag in selected_tags]
        jobs = self._jobs({tag: staged[tag] for tag in wanted}, published, sources)
        for tag in wanted:
            old.pop(tag, None)  # until it is finished it is not built
        self._save("")
        findings += self._run(jobs)
        for tag in wanted:
            old[tag] = {"inputs": inputs[tag], "published": known[tag], "pages": _rows(staged[tag])}
        self._assemble()
        complete = set(old) == set(inputs) and all(old[tag]["inputs"] == inputs[tag] for tag in inputs)
        self._save(whole if complete and not findings else "")
        unchanged = tuple(tag for tag in self._project.locales if tag in selected_tags and tag not in wanted)
        return BuildReport(tuple(wanted), unchanged, tuple(findings))

    def _save(self, whole: str) -> None:
        self._state = BuildState(whole, self._state.locales, f"{self._project.configuration.site_dir}/manifest.json")
        write_atomic(self._state_file, dump_state(self._state))

    def _locale_inputs(self, locale: Locale, sources: Sources) -> str:
        """Sign what the pages of one locale are made from: not the catalogs and rules of others."""
        regions = sources.regions
        chain = regions.chain(locale.region) if regions is not None else ()
        folder = self._project.regions_folder
        root = self._project.root
        paths = [
            root / "mkdocs.yml",
            self._project.content,
            *code_folders(root),
            *(self._project.locales_folder / tag for tag in locale.chain),
            # Pages in the source language are found by its words.
            self._project.locales_folder / self._project.source.tag / "search.yml",
            *(folder / f"{region}.yml" for region in chain),
            *sorted(path for path in folder.glob("*.yml") if path.stem.islower()),
        ]
        # Times tell of edits since the last run; what was read tells of those since this run read the files.
        read = [repr(self._project.configuration.file.data), repr(locale), self._read]
        if regions is not None and locale.region in regions.ids:
            read.append(regions.view(locale.region, self._on, locale.tag).fingerprint())
        return signature(paths, self._on.isoformat(), str(self._preview), *read, *_versions())

    def _pool(self, *shared: object) -> ProcessPoolExecutor:
        # A forked worker has what is imported, and what is shared here, without a copy being sent.
        return ProcessPoolExecutor(
            self._workers, mp_context=multiprocessing.get_context("fork"), initializer=_share, initargs=shared
        )

    def _stage(self, tags: Sequence[str], sources: Sources) -> dict[str, StagedLocale]:
        if not tags:
            return {}
        results: dict[str, StagedLocale] = {}
        found: list[Finding] = []
        with self._pool(self._project, sources, self._on, self._code, self._preview) as pool:
            tasks = {tag: pool.submit(_stage_task, tag) for tag in tags}
            for tag, task in tasks.items():
                try:
                    results[tag] = task.result()
                    self._progress(tag, "staged")
                except HelpcenterError as error:
                    found += error.findings
                except BrokenProcessPool:
                    found.append(_lost_worker())
        if found:
            raise HelpcenterError(*dict.fromkeys(found))
        return results

    def _published(self, staged: Mapping[str, StagedLocale]) -> dict[str, tuple[str, ...]]:
        """Give for each page the locales that have a real version of it, in the order of the language menu."""
        table: dict[str, list[str]] = {}
        for tag in self._project.locales:
            if tag in staged:
                paths = [(page.path, page.is_published) for page in staged[tag].pages]
            else:
                paths = [(row["path"], row["published"]) for row in self._state.locales.get(tag, {}).get("pages", ())]
            for path, is_published in paths:
                table.setdefault(path, [])
                if is_published:
                    table[path].append(tag)
        return {path: tuple(tags) for path, tags in table.items()}

    def _jobs(
        self, staged: Mapping[str, StagedLocale], published: Mapping[str, tuple[str, ...]], sources: Sources
    ) -> list[LocaleJob]:
        from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - only when something is built
        from helpcenter.site.configuration import locale_configuration  # noqa: PLC0415 - only when something is built
        from helpcenter.site.search import vocabulary_files  # noqa: PLC0415 - as above
        from helpcenter.site.theme import stage_theme  # noqa: PLC0415 - as above
        from helpcenter.site.worker import LocaleJob  # noqa: PLC0415 - as above

        if not staged:
            return []
        project = self._project
        languages = stage_theme(project)
        theme = _hash_files(project.build_folder / "theme")
        content = project.content
        pages = {page.path for page in sources.pages}
        assets = {
            path.relative_to(content).as_posix(): path
            for path in sorted(content.rglob("*"))
            if path.is_file() and path.relative_to(content).as_posix() not in pages and not path.name.startswith(".")
        }
        jobs = []
        for tag, one in staged.items():
            folders = locale_folders(project, tag)
            configuration = locale_configuration(
                project,
                project.locales[tag],
                one.pages,
                folders={
                    "docs": folders.docs,
                    "site": folders.output,
                    "theme": project.build_folder / "theme",
                },
                hooks=hook_files(project),
                theme_language=languages[tag],
                region_name=_region_name(project, tag, sources, self._on),
                preview=self._preview,
            )
            jobs.append(
                LocaleJob(
                    tag,
                    folders,
                    configuration,
                    one.pages,
                    published,
                    assets,
                    project.root,
                    markdown_config(project),
                    self._code,
                    theme,
                    vocabulary_files(project, tag),
                )
            )
        return jobs

    def _run(self, jobs: Sequence[LocaleJob]) -> list[Finding]:
        if not jobs:
            return []
        findings: list[Finding] = []
        failed: list[Finding] = []
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(_epoch(self._on)))
        with self._pool({job.tag: job for job in jobs}) as pool:
            tasks = {job.tag: pool.submit(_build_task, job.tag) for job in jobs}
            for tag, task in tasks.items():
                try:
                    findings += task.result()
                    self._progress(tag, "built")
                except HelpcenterError as error:
                    failed += error.findings
                except BrokenProcessPool:
                    failed.append(_lost_worker())
        if failed:
            raise HelpcenterError(*dict.fromkeys(failed))
        return findings

    def _assemble(self) -> None:
        from helpcenter.site.assembly import assemble_site  # noqa: PLC0415 - only when something is built

        project = self._project
        rows = {tag: self._state.locales[tag]["pages"] for tag in project.locales if tag in self._state.locales}
        rows = {tag: pages for tag, pages in rows.items() if (project.site / tag).is_dir()}
        for tag in [tag for tag in self._state.locales if tag not in project.locales]:
            # Its folder is one that a build of ours made, or its name would not be in the state.
            shutil.rmtree(project.site / tag, ignore_errors=True)
            del self._state.locales[tag]
        if rows:
            assemble_site(project, rows, self._on, project.build_folder / "theme")


_shared: tuple[Any, ...] = ()
_skeletons: dict[str, Skeleton] = {}


def _share(*shared: object) -> None:
    """Keep in a worker what all its tasks need."""
    global _shared  # noqa: PLW0603 - a process pool gives its tasks no other place
    _shared = shared
    # Nobody waits for this process once the one that started it is gone; it would stay for ever, or go on writing.
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG of Linux


def _stage_task(tag: str) -> StagedLocale:
    from helpcenter.checks import Gate  # noqa: PLC0415 - in the worker only
    from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - as above
    from helpcenter.site.staging import Stager  # noqa: PLC0415 - as above
    from helpcenter.site.store import Store  # noqa: PLC0415 - as above

    project, sources, on, code, preview = _shared
    if sources.regions is None:
        raise ValueError("a project whose region rules cannot be read is not built")
    folders = locale_folders(project, tag)
    results, renderings = Store(folders.staged, code), Store(folders.renderings, code)
    gate = Gate(markdown_config(project), results, renderings, _skeletons)
    staged = Stager(project, project.locales[tag], sources.regions, on, gate, results, drafts=preview).stage(
        sources.pages
    )
    results.save()
    # What was rendered here is what MkDocs will ask for.
    renderings.save(whole=False)
    return staged


def _build_task(tag: str) -> list[Finding]:
    from helpcenter.site.worker import build_locale, is_made, stage_files  # noqa: PLC0415 - in the worker only

    job = _shared[0][tag]
    made_from = stage_files(job)
    # The inputs may have changed and what is made from them not: by a comment, say, or a text that is not shown.
    return [] if is_made(job, made_from) else build_locale(job, made_from)


def _lost_worker() -> Finding:
    # Which locale it was cannot be told: the pool gives up all that were under way.
    message = "a process that was building a locale was ended from outside"
    return finding("build-worker", message, Place(WORKSPACE), help="try again; with too little memory, with --jobs 1")


def _rows(staged: StagedLocale) -> list[dict[str, Any]]:
    from helpcenter.catalog import fingerprint  # noqa: PLC0415 - only when something is built

    return [
        {
            "path": page.path,
            "url": page.url,
            "state": page.meta["state"],
            "published": page.is_published,
            "source": page.source,
            "staged": fingerprint(page.body),
        }
        for page in staged.pages
    ]


def _signature_of(published: Mapping[str, tuple[str, ...]], _tag: str) -> str:
    from helpcenter.site.store import digest  # noqa: PLC0415 - beside its use

    return digest(*(f"{path}\0{' '.join(tags)}" for path, tags in sorted(published.items())))


def _region_name(project: Project, tag: str, sources: Sources, on: date) -> str:
    """Give the name of a locale's region in its language; the world has none."""
    region = project.locales[tag].region
    if sources.regions is None or region == WORLD:
        return ""
    return sources.regions.view(region, on, tag).write("region.name", markup=False)


def _hash_files(folder: Path) -> str:
    from helpcenter.site.store import digest  # noqa: PLC0415 - beside its use

    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest(*(part for path in files for part in (path.relative_to(folder).as_posix(), path.read_bytes())))


def _versions() -> Iterator[str]:
    from importlib.metadata import version  # noqa: PLC0415 - beside its use

    for name in ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "pymdown-extensions", "babel", "lunr"):
        yield f"{name} {version(name)}"


def _epoch(on: date) -> int:
    from datetime import UTC, datetime, time  # noqa: PLC0415 - beside its use

    return int(datetime.combine(on, time(), UTC).timestamp())


def has_errors(findings: Sequence[Finding]) -> bool:
    """Tell whether any finding stands in the way of a build."""
    return any(finding.severity is Severity.ERROR for finding in findings)
