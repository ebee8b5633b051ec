"""Extraction: bringing the catalogs of a locale in step with the source pages."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from helpcenter.catalog.acceptance import bind_acceptances
from helpcenter.catalog.attic import fill_attic, is_attic
from helpcenter.catalog.entries import Catalog, Entry, fingerprint
from helpcenter.catalog.keys import SHEETS, is_sheet
from helpcenter.catalog.ledger import Ledger, Row, is_waiting, sources_of_entry
from helpcenter.catalog.merging import Memory, Source, carry_over, merge, sources_of
from helpcenter.catalog.pofile import catalog_path, load_catalog, render
from helpcenter.catalog.sheets import Sheet, SheetOutline, complete
from helpcenter.catalog.similarity import SimilarTexts
from helpcenter.content import Outline
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import remove_leftovers, write_atomic
from helpcenter.project.cache import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from helpcenter.content import Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an extraction did to a locale.

    Args:
        locale: its tag.
        written: pages whose catalogs changed.
        missing: entries without a text afterwards.
        stale: entries that went stale now.
        retired: pages that are gone; their texts are kept.
    """

    locale: str
    written: tuple[str, ...]
    missing: int
    stale: int
    retired: tuple[str, ...]


def extract_locale(
    project: Project, pages: Sequence[Page], locale: Locale, sheets: Sequence[Sheet] = (), *, dry_run: bool = False
) -> Extraction:
    """Bring the catalogs of a locale in step with the pages, and with the sheets; those of other sheets are left alone.

    Raises:
        HelpcenterError: a catalog cannot be read; nothing was written then.
    """
    plan = plan_extraction(project, [Outline.of(page) for page in pages], locale, sheets=sheets)
    return plan.extraction if dry_run else plan.write()


def plan_extraction(
    project: Project,
    outlines: Iterable[Outline],
    locale: Locale,
    ledger: Ledger | None = None,
    sheets: Iterable[Sheet] = (),
) -> ExtractionPlan:
    """Find out what has to be done to bring the catalogs of a locale in step with the pages, and do nothing yet.

    Args:
        project: the project.
        outlines: of all pages.
        locale: the locale.
        ledger: what an earlier run knew; without one, all catalogs are read. Brought up to date by what is found.
        sheets: strings that stand on no page.

    Raises:
        HelpcenterError: catalogs cannot be read; with the findings of all of them.
    """
    shelf = _Shelf(project, locale, ledger or Ledger())
    wanted: dict[str, Outline | SheetOutline] = {outline.path: outline for outline in outlines}
    for sheet in sheets:
        wanted[sheet.path] = SheetOutline(sheet.path, tuple(sheet.sources(locale, shelf.get(sheet.path))))
    plan = ExtractionPlan(shelf, wanted)
    plan.make()
    return plan


class _Shelf:
    """The catalogs of a locale on disk, read when they are asked for.

    Args:
        project: the project.
        locale: the locale.
        ledger: what is known of them without reading.
    """

    def __init__(self, project: Project, locale: Locale, ledger: Ledger) -> None:
        self.locale = locale
        self.ledger = ledger
        self.folder = project.catalog_folder(locale.tag)
        self.root = project.root
        self._read: dict[str, Catalog] = {}
        self._digests: dict[str, str] = {}
        self.changed = self._find_changed()

    def _find_changed(self) -> set[str]:
        """Hash all catalogs, and read those that the ledger does not know as they are.

        Raises:
            HelpcenterError: with the findings of all that cannot be read.
        """
        found: list[Finding] = []
        changed: set[str] = set()
        paths: list[str] = []
        for file in sorted(self.folder.rglob("*.po")):
            path = file.relative_to(self.folder).with_suffix(".md").as_posix()
            paths.append(path)
            row = self.ledger.rows.get(path)
            self._digests[path] = self._digest(path)
            if row is None or row.digest != self._digests[path]:
                changed.add(path)
                try:
                    self.ledger.rows[path] = Row.of(self.get(path), self._digests[path])
                except HelpcenterError as error:
                    found += error.findings
        if found:
            raise HelpcenterError(*found)
        changed |= self.ledger.rows.keys() - set(paths)
        self.ledger.rows = {path: self.ledger.rows[path] for path in paths}
        return changed

    def file(self, path: str) -> Path:
        """Give the file of a page's catalog."""
        return catalog_path(self.folder, path)

    def _digest(self, path: str) -> str:
        try:
            return digest_of(self.file(path).read_bytes())
        except OSError:
            # Gone, or not to be read, which is told when it is.
            return ""

    def get(self, path: str) -> Catalog:
        """Give a catalog as it was when it was first read.

        Raises:
            HelpcenterError: it cannot be read.
        """
        while path not in self._read:
            before = self._digests.get(path, "")
            catalog = load_catalog(self.file(path), path, self.root)
            self._digests[path] = self._digest(path)
            # What was read is what was hashed, or it is read once more.
            if self._digests[path] == before:
                self._read[path] = catalog
        return self._read[path]

    def reload(self, path: str) -> Catalog | None:
        """Give a catalog that somebody has saved since it was read; None where nobody has.

        Raises:
            HelpcenterError: it cannot be read any more.
        """
        now = self._digest(path)
        if now in {"", self._digests.get(path, "")}:
            return None
        self._digests[path] = now
        self._read.pop(path, None)
        return self.get(path)

    def write(self, catalog: Catalog, outline: str = "", *, variant: bool = False) -> None:
        """Write a catalog, and note what is known of it now."""
        raw = render(catalog, self.locale.tag, variant=variant).encode("utf-8")
        write_atomic(self.file(catalog.path), raw)
        self.ledger.rows[catalog.path] = Row.of(catalog, digest_of(raw), outline)

    def remove(self, path: str) -> None:
        """Remove a catalog whose texts are safe elsewhere."""
        self.file(path).unlink(missing_ok=True)
        self.ledger.rows.pop(path)


@dataclass
class ExtractionPlan:
    """What an extraction will do to a locale.

    Args:
        shelf: the catalogs.
        outlines: of all pages and sheets, by path.
        catalogs: those that a change can reach, as they are.
        merged: the same as they are to be.
        attic: catalogs of pages that are gone, as they are to be.
        retired: pages that are gone now.
    """

    shelf: _Shelf
    outlines: Mapping[str, Outline | SheetOutline]
    catalogs: dict[str, Catalog] = field(default_factory=dict)
    merged: dict[str, Catalog] = field(default_factory=dict)
    attic: dict[str, Catalog] = field(default_factory=dict)
    retired: tuple[str, ...] = ()

    @property
    def extraction(self) -> Extraction:
        """What the extraction does, as it is told."""
        rows = self.shelf.ledger.rows
        before = sum(row.stale for row in rows.values())
        rows = {path: row for path, row in rows.items() if path not in self.retired}
        rows |= {path: Row.of(catalog, "") for path, catalog in self.merged.items()}
        missing, stale = sum(row.blank for row in rows.values()), sum(row.stale for row in rows.values())
        return Extraction(self.shelf.locale.tag, self._written, missing, max(stale - before, 0), self.retired)

    @property
    def _written(self) -> tuple[str, ...]:
        return tuple(path for path, catalog in self.merged.items() if catalog != self.catalogs.get(path))

    def make(self) -> None:
        """Find out what is to be done.

        Raises:
            HelpcenterError: a catalog cannot be read.
        """
        rows = self.shelf.ledger.rows
        if not rows:
            self.merged = dict(self._begin())
            return
        known = self.outlines.keys() | SHEETS
        self.retired = tuple(path for path in rows if path not in known and not is_attic(path))
        reached = self._reach()
        self.catalogs = {path: self.shelf.get(path) for path in rows if path in reached}
        memory = Memory.of(self.catalogs.values())
        sources = {path: self._sources(path) for path in self.outlines if path in reached}
        renamed = self._find_renamed()
        for path, wanted in sources.items():
            old = self.catalogs.get(path) or renamed.get(path) or Catalog(path)
            catalog = self._merge(wanted, old, memory)
            if catalog.entries or catalog.foreign:
                self.merged[path] = catalog
        self._recall_once_more(sources)
        self._reuse_similar(sources, renamed)
        self.attic = fill_attic(self.catalogs, self.retired, self.merged)

    def _begin(self) -> Iterator[tuple[str, Catalog]]:
        """Give the catalogs of a locale that has none: there is nothing to look for a text in."""
        nothing = Memory.of(())
        for path, outline in self.outlines.items():
            is_shared = isinstance(outline, Outline) and not self.shelf.locale.is_variant
            catalog = _begin_page(outline) if is_shared else self._merge(self._sources(path), Catalog(path), nothing)
            if catalog.entries:
                yield path, catalog

    def _reach(self) -> set[str]:
        """Give the pages and catalogs that can change, or give something to those that do; all others are in step."""
        rows = self.shelf.ledger.rows
        touched = {path for path, one in self.outlines.items() if path not in rows or rows[path].outline != one.digest}
        touched |= {*self.shelf.changed, *self.retired}
        texts = {text for path in touched & self.outlines.keys() for text in self._without_text(path)}
        texts |= {
            text for path in self.retired for entry in self.shelf.get(path).entries for text in sources_of_entry(entry)
        }
        wanted = set(map(fingerprint, texts))
        late = self.shelf.ledger.within_reach(touched, wanted)
        wanted |= {missing for path in late for missing in rows[path].missing}
        return touched | late | {path for path, row in rows.items() if row.knows(wanted)}

    def _without_text(self, path: str) -> set[str]:
        """Give the segments of a page that its own catalog has no text for; only those look for one elsewhere."""
        old = self.shelf.get(path) if path in self.shelf.ledger.rows else Catalog(path)
        known = {entry.msgid for entry in old.active if entry.msgstr}
        return {segment.text for segment in self.outlines[path].segments} - known

    def _sources(self, path: str) -> Sequence[Source]:
        outline = self.outlines[path]
        return outline.sources if isinstance(outline, SheetOutline) else _sources_of_page(outline)

    def _merge(self, sources: Sequence[Source], old: Catalog, memory: Memory) -> Catalog:
        locale = self.shelf.locale
        merged = complete(merge(sources, old, memory, variant=locale.is_variant), locale.tag)
        return replace(merged, entries=tuple(map(bind_acceptances, merged.entries)))

    def _find_renamed(self) -> dict[str, Catalog]:
        """Give each new page the catalog of the vanished one that it was, where it has half of that one's texts."""
        new = [path for path in self.outlines if path not in self.shelf.ledger.rows and not is_sheet(path)]
        texts = {path: {segment.text for segment in self.outlines[path].segments} for path in new if self.retired}
        renamed: dict[str, Catalog] = {}
        for path in self.retired:
            msgids = {entry.msgid for entry in self.catalogs[path].active}
            shared = {new: len(msgids & texts[new]) for new in texts if new not in renamed}
            best = max(shared, key=shared.__getitem__, default=None)
            if best is not None and shared[best] * 2 >= len(msgids) > 0:
                renamed[best] = replace(self.catalogs[path], path=best)
        return renamed

    def _recall_once_more(self, sources: Mapping[str, Sequence[Source]]) -> None:
        """Give segments without a text what others of the same source have got just now, rather than at the next run."""
        memory = Memory.of(self.merged.values())
        for path, catalog in self.merged.items():
            if any(not entry.msgstr and memory.recall(entry.msgid) is not None for entry in catalog.active):
                self.merged[path] = self._merge(sources[path], catalog, memory)

    def _reuse_similar(self, sources: Mapping[str, Sequence[Source]], renamed: Mapping[str, Catalog]) -> None:
        """Give new segments the most similar text that waits anywhere in the locale: one that moved and was reworded at once."""
        new: dict[str, list[Source]] = {}
        for path, catalog in self.merged.items():
            old = self.catalogs.get(path) or renamed.get(path) or Catalog(path)
            known = {entry.msgid for entry in old.active}
            blank = {entry.msgid for entry in catalog.active if not entry.msgstr and entry.msgid not in known}
            new[path] = [source for source in sources[path] if source.msgid in blank]
        if not any(new.values()):
            return
        waiting = self._waiting
        if not waiting:
            return
        similar = SimilarTexts(waiting)
        for path, segments in new.items():
            found = {source.msgid: similar.find(source.msgid) for source in segments}
            for source in segments:
                text = found[source.msgid]
                if text is not None:
                    moved = carry_over(self._entry(waiting[text], text), source, self.merged[path])
                    self.merged[path] = complete(moved, self.shelf.locale.tag)

    @cached_property
    def _waiting(self) -> dict[str, str]:
        """Source texts that no page has and a person's translation waits for, each with the path of its catalog."""
        wanted = {segment.text for outline in self.outlines.values() for segment in outline.segments}
        waiting: dict[str, str] = {}
        for path, row in sorted(self.shelf.ledger.rows.items()):
            if path in self.merged:
                texts = [entry.msgid for entry in self.merged[path].entries if is_waiting(entry)]
            elif path in self.retired:
                texts = [one.msgid for one in self.catalogs[path].entries if is_waiting(replace(one, obsolete=True))]
            else:
                texts = row.aside
            for text in texts:
                if text not in wanted:
                    waiting.setdefault(text, path)
        return waiting

    def _entry(self, path: str, msgid: str) -> Entry:
        catalog = self.merged.get(path) or self.shelf.get(path)
        return next(entry for entry in catalog.entries if entry.msgid == msgid and entry.msgstr)

    def write(self) -> Extraction:
        """Do it; give what was done.

        Raises:
            HelpcenterError: a catalog that somebody has saved meanwhile cannot be read, or a file cannot be written.
        """
        done, variant = self.extraction, self.shelf.locale.is_variant
        remove_leftovers(self.shelf.folder)
        for path in done.written:
            outline = self.outlines[path].digest
            now = self.shelf.reload(path)
            if now is not None:
                # Somebody has saved it while this run was thinking; what they wrote is not to be lost.
                memory = Memory.of([*self.catalogs.values(), now])
                self.merged[path], outline = self._merge(self._sources(path), now, memory), ""
            self.shelf.write(self.merged[path], outline, variant=variant)
        for catalog in self.attic.values():
            self.shelf.write(catalog)
        # Only now that every text is safe elsewhere may the files of vanished pages go.
        for path in self.retired:
            if self.shelf.reload(path) is None:
                self.shelf.remove(path)
        self._note_what_is_in_step(done.written)
        return done

    def _note_what_is_in_step(self, written: Sequence[str]) -> None:
        rows = self.shelf.ledger.rows
        for path in self.merged.keys() - set(written):
            rows[path] = rows[path]._replace(outline=self.outlines[path].digest)
        self.shelf.ledger.save()


# Every locale has the same pages.
@lru_cache(maxsize=1 << 12)
def _sources_of_page(outline: Outline) -> tuple[Source, ...]:
    return tuple(sources_of(outline.path, outline.segments))


@lru_cache(maxsize=1 << 12)
def _begin_page(outline: Outline) -> Catalog:
    """Give the catalog that a page has before anything is translated."""
    return merge(_sources_of_page(outline), Catalog(outline.path), Memory.of(()))
