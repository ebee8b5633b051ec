"""The run: filling catalogs through a provider, so that nothing paid for is lost and nothing a person wrote is touched."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from helpcenter.catalog import (
    Catalog,
    Entry,
    State,
    catalog_path,
    extract_locale,
    load_catalog,
    load_catalogs,
    save_catalog,
)
from helpcenter.catalog.glossary import load_glossary
from helpcenter.catalog.keys import is_sheet, split_key
from helpcenter.content import SealError, has_words, mend, placeholders, seal, unseal
from helpcenter.content.strings import seal_string, string_problem
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.translate.batches import plan_batches
from helpcenter.translate.provider import Job, Provider, ProviderError, Request, Result
from helpcenter.translate.registry import make_provider, providers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from helpcenter.catalog import Sheet
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.content import Page, Sealed
    from helpcenter.project import Locale, Project


@dataclass(frozen=True, slots=True)
class LocaleOutcome:
    """What a run did, or would do, for a locale.

    Args:
        locale: its tag.
        provider: name of the provider.
        segments: texts translated, or to be translated in a dry run; identical texts count once.
        characters: of these texts, as sent.
        failed: texts that have no translation afterwards.
        cost: estimate in euros, or None when the provider has no price.
        dry_run: whether nothing was asked.
    """

    locale: str
    provider: str
    segments: int
    characters: int
    failed: int = 0
    cost: Decimal | None = None
    dry_run: bool = False

    def __str__(self) -> str:
        """Give one line for a person."""
        verb = "to translate" if self.dry_run else "translated"
        price = f", about {self.cost:.2f} EUR" if self.cost is not None else ""
        failed = f", {self.failed} failed" if self.failed else ""
        return f"{self.locale}: {self.segments} texts {verb} by {self.provider}, {self.characters} characters{price}{failed}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did.

    Args:
        rows: one for each locale.
        findings: what failed.
    """

    rows: tuple[LocaleOutcome, ...]
    findings: tuple[Finding, ...]


def translate_locales(
    project: Project,
    pages: Sequence[Page],
    locales: Sequence[Locale],
    *,
    provider: str | None = None,
    sheets: Sequence[Sheet] = (),
    dry_run: bool = False,
    env: Mapping[str, str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Outcome:
    """Fill the missing and stale segments of some locales.

    Args:
        project: the project.
        pages: its source pages.
        locales: which.
        provider: name; each locale's own when None.
        sheets: strings that stand on no page.
        dry_run: count, ask nobody, write nothing.
        env: where credentials are; the process's environment when None.
        progress: told ``(locale, done, total)``.

    Raises:
        HelpcenterError: no provider, an unknown one, a missing credential, a glossary that cannot be read (of all locales
            at once, and before anything is asked or written), or a catalog that cannot be read.
    """
    environment = os.environ if env is None else env
    found: list[Finding] = []
    made: dict[str, Provider] = {}
    glossaries: dict[str, Glossary] = {}
    for locale in locales:
        glossaries[locale.tag], wrong = load_glossary(project.locales_folder / locale.tag, project.root)
        found += wrong
        try:
            made[locale.tag] = _make(project, locale, provider, environment)
        except HelpcenterError as error:
            found += error.findings
    if found:
        raise HelpcenterError(*dict.fromkeys(found))
    rows: list[LocaleOutcome] = []
    labels = frozenset(label for page in pages for label in page.labels)
    for locale in locales:
        if not dry_run:
            extract_locale(project, pages, locale, sheets)
        run = _Run(project, locale, made[locale.tag], glossaries[locale.tag], labels)
        if dry_run:
            rows.append(run.plan(pages, sheets))
            continue
        rows.append(run.run(progress or (lambda _tag, _done, _total: None)))
        found += run.findings
    return Outcome(tuple(rows), tuple(found))


def _make(project: Project, locale: Locale, name: str | None, env: Mapping[str, str]) -> Provider:
    name = name or locale.settings.provider
    file = Place(f"locales/{locale.tag}/locale.yml")
    if name is None:
        hint = f"name one with --provider, or set 'provider:' in {file.path}; there are: {', '.join(providers())}"
        raise HelpcenterError(finding("translate-no-provider", f"{locale.tag} has no provider", file, help=hint))
    options = locale.settings.provider_options if name == locale.settings.provider else {}
    made = make_provider(name, options, env, place=file)
    if not made.supports(project.source.tag, locale.tag):
        message = f"{name} does not translate from {project.source.tag} to {locale.tag}"
        raise HelpcenterError(
            finding("translate-language", message, file, help="choose another provider for this locale")
        )
    return made


@dataclass
class _Run:
    """The run of one locale; the labels are those of all pages."""

    project: Project
    locale: Locale
    provider: Provider
    glossary: Glossary
    labels: frozenset[str]
    findings: list[Finding] = field(default_factory=list)
    catalogs: dict[str, Catalog] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    strings: set[str] = field(default_factory=set)

    @property
    def job(self) -> Job:
        """What all its texts have in common."""
        terms = tuple((term.term, term.translation or term.term) for term in self.glossary.terms)
        return Job(self.project.source.tag, self.locale.tag, self.locale.settings.formality, terms)

    def plan(self, pages: Sequence[Page], sheets: Sequence[Sheet] = ()) -> LocaleOutcome:
        """Count what a run would do, with the segments that an extraction would add."""
        self._load()
        texts = {request.text for request in self._requests()}
        known = {entry.msgid for catalog in self.catalogs.values() for entry in catalog.active}
        texts |= {
            seal(s.text, self.labels).text
            for page in pages
            for s in page.segments
            if s.text not in known and has_words(s.text)
        }
        for sheet in sheets:
            wanted = (one.msgid for one in sheet.sources(self.locale, self.catalogs.get(sheet.path)))
            texts |= {seal_string(split_key(one).text).text for one in wanted if one not in known and _has_words(one)}
        characters = sum(map(len, texts))
        return LocaleOutcome(
            self.locale.tag, self.provider.name, len(texts), characters, cost=self._cost(characters), dry_run=True
        )

    def run(self, progress: Callable[[str, int, int], None]) -> LocaleOutcome:
        """Translate, saving after every batch."""
        self._load()
        requests = self._requests()
        done = failed = 0
        characters = 0
        progress(self.locale.tag, 0, len(requests))
        for results in self._ask(requests):
            for result in results:
                if self._take(result):
                    done += 1
                    characters += len(result.request.text)
                else:
                    failed += 1
            self._save()
            progress(self.locale.tag, done + failed, len(requests))
        failed = len(requests) - done
        return LocaleOutcome(self.locale.tag, self.provider.name, done, characters, failed, self._cost(characters))

    def _load(self) -> None:
        folder = self.project.catalog_folder(self.locale.tag)
        self.catalogs, found = load_catalogs(folder, self.project.root)
        if found:
            raise HelpcenterError(*found)
        msgids: dict[bool, set[str]] = {True: set(), False: set()}
        for path, catalog in self.catalogs.items():
            msgids[is_sheet(path)].update(entry.msgid for entry in catalog.active)
        # What stands on a page as well is Markdown there.
        self.strings = msgids[True] - msgids[False]

    def _seal(self, msgid: str) -> Sealed:
        return seal_string(split_key(msgid).text) if msgid in self.strings else seal(msgid, self.labels)

    def _cost(self, characters: int) -> Decimal | None:
        price = self.provider.cost_per_million
        return None if price is None else price * characters / Decimal(1_000_000)

    def _requests(self) -> list[Request]:
        """Give each text that needs a translation once; its id is the msgid."""
        wanted = {
            entry.msgid: Request(self._seal(entry.msgid).text, entry.msgid)
            for catalog in self.catalogs.values()
            for entry in catalog.active
            if _needs_translation(entry)
        }
        return list(wanted.values())

    def _ask(self, requests: Sequence[Request]) -> Iterator[list[Result]]:
        """Ask for batches side by side; give results as they come, and stop when the provider can do no more."""
        batches = list(plan_batches(requests, self.provider.limits))
        with ThreadPoolExecutor(max(1, self.provider.limits.concurrency)) as pool:
            waiting: set[Future[list[Result]]] = set()
            try:
                while batches or waiting:
                    while batches and len(waiting) < max(1, self.provider.limits.concurrency):
                        waiting.add(pool.submit(self.provider.translate, batches.pop(0), self.job))
                    finished, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                    for task in finished:
                        results = task.result()
                        yield results
                        if any(_ends_run(result.error) for result in results) or (
                            results and all(map(_is_out_of_reach, results))
                        ):
                            batches = []
            finally:
                for task in waiting:
                    task.cancel()

    def _take(self, result: Result) -> bool:
        """Put a result into every entry that asked for it; give whether it was fit."""
        msgid = result.request.id
        try:
            text = _unsealed(self._seal(msgid), result)
            if msgid not in self.strings:
                text = mend(msgid, text, self.labels)
            self._refuse_changed(msgid, text)
        except ProviderError as error:
            self.findings.append(self._failure(msgid, error))
            return False
        self.taken[msgid] = text
        return True

    def _refuse_changed(self, msgid: str, text: str) -> None:
        """Refuse a translation that does not hold what its source holds.

        Raises:
            ProviderError: it has another placeholder, link, fact, code or tag.
        """
        if msgid in self.strings:
            problem = string_problem(split_key(msgid).text, text)
            if problem is not None:
                raise ProviderError("response", f"the answer changed a placeholder: {problem[1]}")
        elif placeholders(text, self.labels) != placeholders(msgid, self.labels):
            raise ProviderError("response", "the answer changed a link, a fact or code")

    def _save(self) -> None:
        """Put what has come into the files as they are now: people go on editing them while a provider is asked.

        Raises:
            HelpcenterError: a file has become unreadable; the others are saved first.
        """
        folder = self.project.catalog_folder(self.locale.tag)
        found: list[Finding] = []
        for path, known in self.catalogs.items():
            if not any(entry.msgid in self.taken for entry in known.active):
                continue
            file = catalog_path(folder, path)
            try:
                catalog = load_catalog(file, path, self.project.root)
            except HelpcenterError as error:
                found += error.findings
                continue
            entries = tuple(map(self._filled, catalog.entries))
            if entries != catalog.entries:
                save_catalog(file, replace(catalog, entries=entries), self.locale.tag)
        self.taken.clear()
        if found:
            raise HelpcenterError(*found)

    def _filled(self, entry: Entry) -> Entry:
        if entry.obsolete or entry.msgid not in self.taken or not _needs_translation(entry):
            return entry
        return entry.with_machine_text(
            self.taken[entry.msgid], self.provider.name, self.glossary.version_for(entry.msgid)
        )

    def _failure(self, msgid: str, error: ProviderError) -> Finding:
        page, line = next(
            (
                (path, entry.line)
                for path, catalog in self.catalogs.items()
                for entry in catalog.active
                if entry.msgid == msgid
            ),
            ("", 0),
        )
        name = f"locales/{self.locale.tag}/catalog/{page.removesuffix('.md')}.po"
        text = " ".join(split_key(msgid).text.split())
        short = text if len(text) <= 60 else text[:59] + "…"  # noqa: PLR2004 - what fits on a line
        hint = "run the same command again" if error.retryable else "translate it by hand, or try another provider"
        return finding("translate-failed", f"'{short}': {error}", Place(name, line or None), help=hint)


def _needs_translation(entry: Entry) -> bool:
    if entry.state is State.MISSING:
        return _has_words(entry.msgid)
    # A stale text that a person wrote gets one suggestion beside it, not another one at every run.
    is_due = entry.state is State.STALE and (entry.is_machine_text or entry.suggestion is None)
    return is_due and not split_key(entry.msgid).plural


def _has_words(msgid: str) -> bool:
    """Whether a machine can translate a text; how a language counts is left to those who know it."""
    key = split_key(msgid)
    return not key.plural and has_words(key.text)


def _unsealed(sealed: Sealed, result: Result) -> str:
    """Give the translation with everything sealed put back.

    Raises:
        ProviderError: there is none, or something sealed did not come through.
    """
    if result.error is not None:
        raise result.error
    try:
        text = unseal(result.text or "", sealed.tokens)
    except SealError as error:
        raise ProviderError("response", f"the answer lost or doubled a placeholder: {error}") from error
    if not text.strip():
        raise ProviderError("response", "the answer is empty")
    return text


def _ends_run(error: ProviderError | None) -> bool:
    return error is not None and error.ends_run


def _is_out_of_reach(result: Result) -> bool:
    return result.error is not None and result.error.code in {"network", "timeout"}
