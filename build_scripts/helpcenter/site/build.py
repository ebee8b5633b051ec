"""Building: from a valid project to a finished site, each locale in a process of its own."""

from __future__ import annotations

import fcntl
import os
import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from helpcenter.diagnostics import Finding, HelpcenterError, Severity
from helpcenter.project import write_atomic
from helpcenter.project.project import WORLD
from helpcenter.site.freshness import dump_findings, dump_state, load_state, signature
from helpcenter.site.inputs import code_folders, library_versions
from helpcenter.site.layout import hook_files, locale_folders

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from helpcenter.checks import Sources
    from helpcenter.project import Locale, Project
    from helpcenter.project.files import Stamp
    from helpcenter.site.staged import StagedLocale
    from helpcenter.site.worker import LocaleJob


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Args:
        built: locales that were built.
        unchanged: locales whose site is as it was.
        findings: what is left out or shown otherwise, in all of them.
    """

    built: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = field(default=())


@contextmanager
def exclusive(project: Project) -> Iterator[None]:
    """Wait until no other build works in the same folder, then keep others waiting."""
    project.build_folder.mkdir(parents=True, exist_ok=True)
    with (project.build_folder / "lock").open("w") as file:
        # The system lets go of it when the process ends, however it ends.
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


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
        self._signed: dict[Path, str] = {}
        self._code = signature(code_folders(project.root), *library_versions())

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
        from helpcenter.site import worker  # noqa: PLC0415 - MkDocs is imported once, before the workers are forked
        from helpcenter.site.workers import build_locales  # noqa: PLC0415 - only when something is built

        selected_tags = {locale.tag for locale in selected}
        # An editor who waits for a preview does not wait for what other languages have.
        inputs = self.sign_inputs(
            sources, [t for t in self._project.locales if t in selected_tags or not self._preview]
        )
        old = self._state.locales
        staged, published = self._stage_all(sources, inputs, selected_tags)
        known = _sign_published(published)
        wanted = [tag for tag in staged if tag in selected_tags]
        refuse(one for tag in wanted for one in staged[tag].findings)
        jobs = self._jobs({tag: staged[tag] for tag in wanted}, published, sources, inputs)
        for tag in wanted:
            old.pop(tag, None)  # until it is finished it is not built
        self._save("")
        os.environ.setdefault("SOURCE_DATE_EPOCH", str(_epoch(self._on)))
        built = build_locales(jobs, self._workers, lambda tag: self._progress(tag, "built"))
        refuse(finding for one in built.values() for finding in one.findings)
        # All languages change together, or none does: links between them would lead nowhere.
        for tag, one in built.items():
            worker.publish_locale(locale_folders(self._project, tag), one)
            findings = dump_findings([*staged[tag].findings, *one.findings])
            old[tag] = {"inputs": inputs[tag], "published": known, "pages": _rows(staged[tag]), "findings": findings}
        self._assemble()
        complete = set(old) == set(inputs) and all(old[tag]["inputs"] == inputs[tag] for tag in inputs)
        general = tuple(dict.fromkeys([*self._project.findings, *sources.findings]))
        included = tuple(sorted({one for page in sources.pages for one in page.included}))
        self._save(whole if complete else "", general, included)
        unchanged = tuple(tag for tag in self._project.locales if tag in selected_tags and tag not in wanted)
        said = self._state.said_of(tag for tag in self._project.locales if tag in selected_tags)
        return BuildReport(tuple(wanted), unchanged, tuple(dict.fromkeys([*general, *said])))

    def _save(self, whole: str, findings: tuple[Finding, ...] = (), included: tuple[Stamp, ...] = ()) -> None:
        manifest = f"{self._project.configuration.site_dir}/manifest.json"
        self._state = replace(self._state, whole=whole, manifest=manifest, findings=findings, included=included)
        write_atomic(self._state_file, dump_state(self._state))

    @property
    def code(self) -> str:
        """Signature of templates, hooks and code."""
        return self._code

    def sign_inputs(self, sources: Sources, tags: Iterable[str]) -> dict[str, str]:
        """Sign what each of some locales is made from."""
        from helpcenter.site.store import digest  # noqa: PLC0415 - only when something is built

        read = digest(*(part for page in sources.pages for part in (page.path, page.source)))
        markets = self._sign_markets(sources)
        return {tag: self._locale_inputs(self._project.locales[tag], sources, read, markets) for tag in tags}

    def _stage_all(
        self, sources: Sources, inputs: Mapping[str, str], selected: set[str]
    ) -> tuple[dict[str, StagedLocale], dict[str, tuple[str, ...]]]:
        """Stage what has changed, then what shows that it has; give which locales have which page, too."""
        from helpcenter.site.workers import Staging, stage_locales  # noqa: PLC0415 - only when something is built

        staging = Staging(self._project, sources, self._on, self._code, preview=self._preview)

        def stage(tags: list[str]) -> dict[str, StagedLocale]:
            return stage_locales(staging, tags, self._workers, lambda tag: self._progress(tag, "staged"))

        old = self._state.locales
        staged = stage([tag for tag in inputs if old.get(tag, {}).get("inputs") != inputs[tag]])
        published = self._published(staged)
        known = _sign_published(published)
        rest = [tag for tag in inputs if tag not in staged]
        affected = [tag for tag in rest if old[tag]["published"] != known]
        missing = [
            tag for tag in rest if tag in selected and tag not in affected and not (self._project.site / tag).is_dir()
        ]
        return staged | stage([*affected, *missing]), published

    def _sign_markets(self, sources: Sources) -> str:
        """Sign the facts of all markets where a page compares them; empty where none does."""
        from helpcenter.site.components import compares_regions, sign_markets  # noqa: PLC0415 - when something is built

        if sources.regions is None or not compares_regions(sources.pages):
            return ""
        return sign_markets(self._project, sources.regions, self._on)

    def _locale_inputs(self, locale: Locale, sources: Sources, pages: str, markets: str) -> str:
        """Sign what the pages of one locale are made from: not the catalogs of others, and their rules only if compared."""
        from helpcenter.regions.changes import sign_all_days  # noqa: PLC0415 - only when something is built

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
            *sorted(path for path in folder.glob("*.yml") if path.stem.islower() or markets),
        ]
        # Times tell of edits since the last run; what was read tells of those since this run read the files.
        read = [repr(self._project.configuration.file.data), repr(locale), pages]
        if regions is not None and locale.region in regions.ids:
            read += [regions.view(locale.region, self._on, locale.tag).fingerprint(), markets]
            read.append(sign_all_days(regions, locale.region))
        signed = map(self._sign, paths)
        return signature((), self._on.isoformat(), str(self._preview), *signed, *read, *library_versions())

    def _sign(self, path: Path) -> str:
        """Sign a file or folder; what several locales depend on is looked at once."""
        if path not in self._signed:
            self._signed[path] = signature([path])
        return self._signed[path]

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
        self,
        staged: Mapping[str, StagedLocale],
        published: Mapping[str, tuple[str, ...]],
        sources: Sources,
        inputs: Mapping[str, str],
    ) -> list[LocaleJob]:
        from helpcenter.checks.inspection import markdown_config  # noqa: PLC0415 - only when something is built
        from helpcenter.site.configuration import locale_configuration  # noqa: PLC0415 - only when something is built
        from helpcenter.site.probing import sought_of  # noqa: PLC0415 - as above
        from helpcenter.site.results import results_page  # noqa: PLC0415 - as above
        from helpcenter.site.theme import stage_theme  # noqa: PLC0415 - as above
        from helpcenter.site.worker import LocaleJob  # noqa: PLC0415 - as above

        if not staged:
            return []
        project = self._project
        languages = stage_theme(project)
        theme = _hash_files(project.build_folder / "theme")
        assets = _find_assets(project.content, {page.path for page in sources.pages})
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
            job = LocaleJob(
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
                one.vocabularies,
                results_page(project, project.locales[tag]),
                sought_of(project, tag, one.pages),
                inputs[tag],
            )
            jobs.append(job)
        return jobs

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
            assemble_site(project, rows, self._on, project.build_folder / "theme", preview=self._preview)


def _find_assets(content: Path, pages: set[str]) -> dict[str, Path]:
    """Find the files that are no pages; Markdown that is no page is part of others."""
    files = {path.relative_to(content).as_posix(): path for path in sorted(content.rglob("*")) if path.is_file()}
    return {
        name: path
        for name, path in files.items()
        if name not in pages and not path.name.startswith(".") and path.suffix.lower() != ".md"
    }


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


def _sign_published(published: Mapping[str, tuple[str, ...]]) -> str:
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


def _epoch(on: date) -> int:
    from datetime import UTC, datetime, time  # noqa: PLC0415 - beside its use

    return int(datetime.combine(on, time(), UTC).timestamp())


def refuse(findings: Iterable[Finding]) -> None:
    """Go on only where none of the findings is an error.

    Raises:
        HelpcenterError: with all that are.
    """
    errors = [one for one in dict.fromkeys(findings) if one.severity is Severity.ERROR]
    if errors:
        raise HelpcenterError(*errors)
