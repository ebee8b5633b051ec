"""Imports: what translators bring back, put into catalogs so that nothing better is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from helpcenter.catalog import (
    Catalog,
    Entry,
    LocaleTexts,
    State,
    attic_path,
    catalog_path,
    extract_locale,
    fingerprint,
    load_catalog,
    load_catalogs,
    save_catalog,
)
from helpcenter.catalog.merging import Source, by_source, combine, is_covered, set_aside, sources_of
from helpcenter.catalog.notes import read_also, read_notes
from helpcenter.catalog.provenance import find_machine_texts
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.exchange.documents import read_document
from helpcenter.exchange.languages import check_languages, languages_of
from helpcenter.exchange.matching import CodeError, Matcher, Translation
from helpcenter.quality.revisions import wanted_print, with_revision

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from helpcenter.catalog import Signature
    from helpcenter.content import Page
    from helpcenter.exchange.units import Unit
    from helpcenter.project import Locale, Project

# Pairs of which no page has the source; `extract` finds them there when one gets it. No page has such a name.
_KEPT = attic_path("_imported.md")


@dataclass
class Intake:
    """What an import did, or would do.

    Args:
        taken: entries that have a text of the file now, by page.
        suggested: entries that have one beside a better one.
        kept: pairs put aside, because no page has their source.
        counts: other units: ``same`` for what is known already, ``left`` for what has no finished translation.
        findings: what was not taken as it is, and why.
    """

    taken: Counter[str] = field(default_factory=Counter)
    suggested: int = 0
    kept: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)


def import_file(
    project: Project,
    pages: Sequence[Page],
    locale: Locale,
    file: Path,
    *,
    signature: Signature | None = None,
    with_drafts: bool = False,
    dry_run: bool = False,
) -> Intake:
    """Put the translations of a file into the catalogs of a locale.

    The catalogs are brought in step with the pages first, so that every segment has its entry.

    Args:
        project: the project.
        pages: its source pages.
        locale: whose catalogs.
        file: XLIFF 2, XLIFF 1.2 or TMX.
        signature: who vouches for what the file calls reviewed or final; nobody when None.
        with_drafts: take drafts as well, as texts that nobody has reviewed.
        dry_run: write nothing.

    Raises:
        HelpcenterError: the file cannot be read or is of other languages, or a catalog cannot be read; nothing was written.
    """
    document = read_document(file, languages_of(project, locale))
    check_languages(document, project, locale, file)
    known = _load(project, locale.chain[1:])
    if not dry_run:
        extract_locale(project, pages, locale)
    known += _load(project, locale.chain[:1])
    run = _Run(project, locale, file, signature, document.form == "TMX", known, LocaleTexts(project, locale))
    run.with_drafts = with_drafts
    run.sources = {p.path: sources_of(p.path, ((s.text, s.anchor, s.kind) for s in p.segments)) for p in pages}
    run.read(document.units)
    run.fill(dry_run=dry_run)
    run.keep(dry_run=dry_run)
    run.tell_of_drafts()
    return run.intake


def _load(project: Project, tags: Sequence[str]) -> list[Catalog]:
    """Read all catalogs of some locales.

    Raises:
        HelpcenterError: some cannot be read.
    """
    known: list[Catalog] = []
    found: list[Finding] = []
    for tag in tags:
        catalogs, wrong = load_catalogs(project.catalog_folder(tag), project.root)
        known += catalogs.values()
        found += wrong
    if found:
        raise HelpcenterError(*found)
    return known


@dataclass
class _Run:
    """An import: first all units are read, then the catalogs are filled page by page."""

    project: Project
    locale: Locale
    file: Path
    signature: Signature | None
    is_memory: bool
    known: Sequence[Catalog]
    texts: LocaleTexts
    with_drafts: bool = False
    drafts: int = 0
    sources: dict[str, list[Source]] = field(default_factory=dict)
    wanted: dict[str, dict[str, list[tuple[Unit, str]]]] = field(default_factory=dict)
    aside: list[Entry] = field(default_factory=list)
    intake: Intake = field(default_factory=Intake)

    def read(self, units: Sequence[Unit]) -> None:
        """Sort the units by the page they belong to."""
        pages: dict[str, list[str]] = {}
        for page, sources in self.sources.items():
            for source in sources:
                pages.setdefault(source.msgid, []).append(page)
        matcher = Matcher(pages)
        for one in units:
            is_wanted_draft = one.state is State.STALE and self.with_drafts
            unit = replace(one, state=State.MACHINE) if is_wanted_draft else one
            if not unit.target or unit.state is State.MISSING:
                self.intake.counts["left"] += 1
                continue
            try:
                found = matcher.translate(unit)
            except CodeError as error:
                if self.is_memory and not error.is_wanted:
                    # A memory holds much that no page asks for, and nobody will mend it there.
                    self.intake.counts["left"] += 1
                    continue
                hint = "mend the codes in the other tool and import the file again; the text was not taken"
                self._tell("import-code", f"{_short(unit)}: {error}", unit, hint)
                continue
            is_copy = found.target == found.source and unit.state.rank < State.REVIEWED.rank and not unit.note
            if is_copy or not found.target.strip():
                # Many tools copy the source to where a translation is to be.
                self.intake.counts["left"] += 1
            elif found.is_wanted:
                known = pages[found.source]
                for page in [page for page in unit.pages if page in known] or known:
                    self.wanted.setdefault(page, {}).setdefault(found.source, []).append((unit, found.target))
            else:
                self._put_aside(unit, found)

    def fill(self, *, dry_run: bool) -> None:
        """Put the texts into the files as they are now."""
        folder = self.project.catalog_folder(self.locale.tag)
        old = {page: load_catalog(catalog_path(folder, page), page, self.project.root) for page in self.wanted}
        new = {page: self._filled_catalog(catalog) for page, catalog in old.items()}
        if dry_run:
            return
        new = self._measured(new, old)
        for page, catalog in new.items():
            if catalog != old[page]:
                save_catalog(catalog_path(folder, page), catalog, self.locale.tag, variant=self.locale.is_variant)

    def _filled_catalog(self, catalog: Catalog) -> Catalog:
        page = catalog.path
        known = {entry.msgid: entry for entry in catalog.active}
        active = []
        for source in self.sources[page]:
            entry = known.pop(source.msgid, None)
            if source.msgid in self.wanted[page]:
                entry = self._filled(page, source, entry, self.wanted[page][source.msgid])
            if entry is not None:
                active.append(entry)
        gone = [entry for entry in catalog.entries if entry.obsolete]
        return replace(catalog, entries=(*active, *known.values(), *gone))

    def _measured(self, new: Mapping[str, Catalog], old: Mapping[str, Catalog]) -> dict[str, Catalog]:
        """Note in what is signed now how much of a machine's words its text still is."""
        if self.signature is None:
            return dict(new)
        due = {page: _newly_signed(catalog, old[page]) for page, catalog in new.items()}
        wanted = {one for entries in due.values() for entry in entries if (one := wanted_print(entry)) is not None}
        known = find_machine_texts(self.project, self.locale.tag, wanted, (*old.values(), *self.known))
        measured = {}
        for page, catalog in new.items():
            entries = {entry: with_revision(entry, known) for entry in due[page]}
            measured[page] = replace(catalog, entries=tuple(entries.get(entry, entry) for entry in catalog.entries))
        return measured

    def _filled(
        self, page: str, source: Source, entry: Entry | None, texts: Sequence[tuple[Unit, str]]
    ) -> Entry | None:
        """Give the entry of a segment as it is to be; None where there is none and none is needed."""
        # Of several translations in one file the best is used, and the others are noted beside it.
        unit, text = max(texts, key=lambda one: one[0].state.rank)
        if entry is None and self._is_inherited(page, source.msgid, text):
            self.intake.counts["same"] += 1
            return None
        old = entry or Entry(source.msgid, references=source.references, kind=source.kind)
        new = self._taken(old, unit, text)
        for other, words in texts:
            if words != text and other.state is not State.STALE:
                new = combine(new, self._made(Entry(source.msgid), other, words))
        if new.msgstr != old.msgstr or new.state is not old.state:
            self.intake.taken[page] += 1
            if new.state.rank < unit.state.rank:
                hint = "say who answers for it with --by, or run 'helpcenter approve'"
                self._tell("import-approval", f"{_short(unit)}: final in the file, and reviewed here", unit, hint)
        elif new == old:
            self.intake.counts["same" if text == old.msgstr else "left"] += 1
        return new if entry is not None or new.msgstr else None

    def _is_inherited(self, page: str, msgid: str, text: str) -> bool:
        """Whether a locale that holds only what differs says this already, through the one it builds on."""
        hit = self.texts.entry(page, msgid) if self.locale.is_variant else None
        return hit is not None and text in {hit[0].msgstr, self.texts.respell(hit[0].msgstr, hit[1])}

    def _taken(self, old: Entry, unit: Unit, text: str) -> Entry:
        """Put a text into an entry, unless what is there is better."""
        if text == old.msgstr:
            is_better = unit.state.rank >= State.REVIEWED.rank and unit.state.rank > old.state.rank
            return self._vouched(old, unit) if is_better else old
        if unit.state is State.STALE:
            new = self._restored(old, unit, text) if not old.msgstr else old
            self.drafts += new is old
            return new
        made = self._made(old, unit, text)
        if not old.msgstr or (not made.is_machine_text and unit.state.rank >= old.state.rank):
            return made if old.is_machine_text else combine(made, old)
        if made.is_machine_text:
            return made if old.state is State.STALE and old.is_machine_text else old
        if old.suggestion != text:
            self.intake.suggested += 1
        hint = "compare the two: the text of the file stands beside the other as '# suggest:'"
        message = f"{_short(unit)}: the catalog has a text that is {old.state}, the file one that is not"
        self._tell("import-lesser", message, unit, hint)
        return replace(old, suggestion=text)

    def _made(self, entry: Entry, unit: Unit, text: str) -> Entry:
        """Give an entry with a text of the file and nothing of the old one."""
        machine = read_notes(unit.note).machine
        if unit.state.rank >= State.REVIEWED.rank:
            # What they made it of is worth knowing, and no machine touches a text that is relied on.
            machine = entry.machine or machine
            is_of_source = machine is not None and machine.source == fingerprint(entry.msgid)
            return self._vouched(entry.with_new_text(text, machine=machine if is_of_source else None), unit)
        if machine is not None and (machine.output != fingerprint(text) or unit.state is not State.MACHINE):
            # Somebody has worked on it since.
            machine = None
        return entry.with_new_text(text, machine=machine)

    def _restored(self, entry: Entry, unit: Unit, text: str) -> Entry:
        """Give an entry with a text that was outdated already where it came from; what is a mere draft is not taken."""
        if not unit.previous:
            return entry
        return replace(entry, msgstr=text, fuzzy=True, previous=unit.previous, hard=unit.hard)

    def _vouched(self, entry: Entry, unit: Unit) -> Entry:
        """Rely on the text of an entry, by name where there is one."""
        if self.signature is not None:
            return entry.with_signature(self.signature, unit.state)
        return replace(entry, fuzzy=False, previous=None, hard=False, settled="", suggestion=None)

    def _put_aside(self, unit: Unit, found: Translation) -> None:
        if unit.state is State.STALE:
            self.intake.counts["left"] += 1
            self.drafts += 1
            return
        self.aside.append(replace(self._made(Entry(found.source), unit, found.target), obsolete=True))
        if not self.is_memory:
            hint = "export the page again for its new text; the translation is kept, should the old one come back"
            self._tell("import-source", f"{_short(unit)}: no page has this text any more", unit, hint)

    def keep(self, *, dry_run: bool) -> None:
        """Keep the pairs that no page needs and no catalog has."""
        known = by_source(entry for catalog in self.known for entry in catalog.entries)
        new = []
        for entry in self.aside:
            if _is_known(entry, known):
                self.intake.counts["same"] += 1
            else:
                new.append(entry)
                known.setdefault(entry.msgid, []).append(entry)
        self.intake.kept = len(new)
        if new and not dry_run:
            file = catalog_path(self.project.catalog_folder(self.locale.tag), _KEPT)
            base = load_catalog(file, _KEPT, self.project.root)
            save_catalog(file, replace(base, entries=tuple(set_aside([*base.entries, *new]))), self.locale.tag)

    def tell_of_drafts(self) -> None:
        """Say once how many texts the file itself calls unfinished."""
        if self.drafts:
            message = f"{self.drafts} texts are drafts in the file and were left alone"
            hint = "have them marked as translated in the other tool, or import with --drafts"
            self.intake.findings.append(finding("import-draft", message, Place(self.file.as_posix()), help=hint))

    def _tell(self, code: str, message: str, unit: Unit, hint: str) -> None:
        place = Place(self.file.as_posix(), unit.line or None)
        self.intake.findings.append(finding(code, message, place, help=hint))


def _newly_signed(catalog: Catalog, old: Catalog) -> list[Entry]:
    """Give the entries that somebody vouches for now and did not before."""
    before = {entry.msgid: entry for entry in old.active}
    return [entry for entry in catalog.active if entry.is_relied_on and entry != before.get(entry.msgid)]


def _is_known(entry: Entry, known: Mapping[str, Sequence[Entry]]) -> bool:
    """Whether a catalog has a pair, as a text or noted beside another."""
    others = known.get(entry.msgid, ())
    notes = {also[0] for other in others for comment in other.comments if (also := read_also(comment))}
    return is_covered(entry, known) or entry.msgstr in notes


def _short(unit: Unit) -> str:
    """Name a unit by its id, where it has one, and its words."""
    words = " ".join("".join(part if isinstance(part, str) else part.text or "" for part in unit.source).split())
    short = words if len(words) <= 60 else words[:59] + "…"  # noqa: PLR2004 - what fits on a line
    return f"unit '{unit.id}' ('{short}')" if unit.id else f"'{short}'"
