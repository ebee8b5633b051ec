"""The processes that stage and build: forked, so that each has what is imported, and what is shared, without a copy."""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.roots import WORKSPACE
from helpcenter.site.layout import locale_folders
from helpcenter.site.store import Store, part_of, parts_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from datetime import date

    from helpcenter.checks import Sources
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project
    from helpcenter.site.staged import StagedLocale
    from helpcenter.site.worker import BuiltLocale, LocaleJob

# Pages that one task stages: so few that no core waits long for another, so many that beginning takes no time.
PART = 64

Key = TypeVar("Key")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Staging:
    """What is staged.

    Args:
        project: the project.
        sources: pages and rules, without errors.
        on: the day whose rules hold.
        code: signature of templates, hooks and code.
        preview: for editors: with pages that are marked as drafts, and with what keeps a page from being published.
    """

    project: Project
    sources: Sources
    on: date
    code: str
    preview: bool


def stage_locales(
    staging: Staging, tags: Sequence[str], workers: int, tell: Callable[[str], None]
) -> dict[str, StagedLocale]:
    """Stage locales side by side, and those of which nothing is known yet in parts.

    Args:
        staging: what is staged.
        tags: the locales.
        workers: how many processes.
        tell: told each locale that is staged.

    Raises:
        HelpcenterError: catalogs that cannot be read, all at once.
    """
    if not tags:
        return {}
    source = staging.project.source.tag
    # The source goes first: every translation is judged by the structure of its pages.
    waves = [[source], [tag for tag in tags if tag != source]] if source in tags else [tags]
    staged: dict[str, StagedLocale] = {}
    structures: dict[str, str] = {}
    with fork(workers, staging) as pool:
        for wave in waves:
            tasks = {
                (tag, number): pool.submit(_stage_part, tag, number, structures)
                for tag in wave
                for number in _parts(staging, tag)
            }
            for (tag, _), part in _gather(tasks):
                staged[tag] = staged[tag] + part if tag in staged else part
            for tag in wave:
                structures |= staged[tag].structures
                tell(tag)
    return staged


def _parts(staging: Staging, tag: str) -> Sequence[int | None]:
    """Number the parts in which a locale is staged; what an earlier run staged lies in one file, and is read once."""
    file = locale_folders(staging.project, tag).staged
    count = -(-len(staging.sources.pages) // PART)
    return [None] if count <= 1 or file.is_file() or parts_of(file) else range(count)


def _stage_part(tag: str, number: int | None, structures: Mapping[str, str]) -> StagedLocale:
    from helpcenter.checks import Gate  # noqa: PLC0415 - in the worker only
    from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - as above
    from helpcenter.checks.legal import LegalGate, legal_by_page  # noqa: PLC0415 - as above
    from helpcenter.site.staging import Stager  # noqa: PLC0415 - as above

    staging: Staging = _shared
    project, sources = staging.project, staging.sources
    if sources.regions is None:
        raise ValueError("a project whose region rules cannot be read is not built")
    folders, pages = locale_folders(project, tag), sources.pages
    files = folders.staged, folders.renderings
    if number is not None:
        pages = pages[number * PART : (number + 1) * PART]
        files = part_of(files[0], number), part_of(files[1], number)
    results, renderings = (Store(file, staging.code) for file in files)
    gate = Gate(markdown_config(project), results, renderings, structures)
    locale = project.locales[tag]
    stager = Stager(
        project,
        locale,
        sources.regions,
        staging.on,
        gate,
        results,
        drafts=staging.preview,
        legal=LegalGate.open(project, locale, sources.regions, staging.on),
        shown=legal_by_page(pages, sources.findings) if staging.preview else None,
    )
    # Only where all of it is new: otherwise the few translations that are judged ask for the structure of their source.
    staged = stager.stage(pages, structures=number is not None and tag == project.source.tag)
    results.save()
    # What was rendered here is what MkDocs will ask for.
    renderings.save(whole=False)
    return staged


def build_locales(jobs: Sequence[LocaleJob], workers: int, tell: Callable[[str], None]) -> dict[str, BuiltLocale]:
    """Build locales side by side, each beside its live site.

    Args:
        jobs: what is built.
        workers: how many processes.
        tell: told each locale that is built.

    Raises:
        HelpcenterError: what MkDocs could not build, all at once.
    """
    if not jobs:
        return {}
    with fork(workers, {job.tag: job for job in jobs}) as pool:
        built = {}
        for tag, one in _gather({job.tag: pool.submit(_build_one, job.tag) for job in jobs}):
            built[tag] = one
            tell(tag)
    return built


def _build_one(tag: str) -> BuiltLocale:
    from helpcenter.site.worker import build_locale  # noqa: PLC0415 - in the worker only

    job: LocaleJob = _shared[tag]
    return build_locale(job)


_shared: Any = None


def fork(count: int, shared: object) -> ProcessPoolExecutor:
    """Begin processes that have something without a copy; what they call asks for it by ``shared``."""
    context = multiprocessing.get_context("fork")
    return ProcessPoolExecutor(count, mp_context=context, initializer=_share, initargs=(shared,))


def shared() -> Any:  # noqa: ANN401 - whatever `fork` was given
    """Give what the process was begun with."""
    return _shared


def _share(shared: object) -> None:
    """Keep in a worker what all its tasks need."""
    global _shared  # noqa: PLW0603 - a process pool gives its tasks no other place
    _shared = shared
    # What was there before the fork stays to the end: looking through it for garbage takes time, and copies its memory.
    gc.freeze()
    # Nobody waits for this process once the one that started it is gone; it would stay for ever, or go on writing.
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG of Linux


def _gather(tasks: Mapping[Key, Future[Result]]) -> Iterator[tuple[Key, Result]]:
    """Give each task's result when it is there, in their order.

    Raises:
        HelpcenterError: everything that went wrong in any of them, when all have ended.
    """
    failed: list[Finding] = []
    for key, task in tasks.items():
        try:
            result = task.result()
        except HelpcenterError as error:
            failed += error.findings
        except BrokenProcessPool:
            # Which locale it was cannot be told: the pool gives up all that were under way.
            message = "a process that was building a locale was ended from outside"
            hint = "try again; with too little memory, with --jobs 1"
            failed.append(finding("build-worker", message, Place(WORKSPACE), help=hint))
        else:
            yield key, result
    if failed:
        raise HelpcenterError(*dict.fromkeys(failed))
