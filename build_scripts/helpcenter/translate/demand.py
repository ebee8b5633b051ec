"""The demand of a locale: which texts a machine is to translate, each once, and in which catalogs they are wanted."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpcenter.catalog import Memory, State, catalog_path, fingerprint, is_attic, load_catalog
from helpcenter.catalog.keys import is_sheet, split_key
from helpcenter.catalog.ledger import is_due
from helpcenter.content import seal
from helpcenter.content.strings import seal_string
from helpcenter.diagnostics import Finding, HelpcenterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from helpcenter.catalog import Catalog, Entry
    from helpcenter.catalog.extraction import ExtractionPlan
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.content import Sealed


@dataclass(frozen=True, slots=True)
class Text:
    """A text to translate, as it is sent.

    Args:
        sealed: with masks for everything that may not change.
        msgids: the segments that are this text once they are sealed; those that differ in an address or a fact share it.
    """

    sealed: str
    msgids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Want:
    """Where a segment is wanted.

    Args:
        path: of its catalog.
        line: in that file.
        kind: what it is.
    """

    path: str
    line: int
    kind: str


@dataclass
class Demand:
    """What a locale wants of a machine.

    Args:
        texts: each once, in the order of the catalogs.
        wants: by msgid, the catalogs that want it.
        known: by msgid, entries of the locale's other catalogs whose text does instead of a machine's.
    """

    texts: tuple[Text, ...] = ()
    wants: dict[str, list[Want]] = field(default_factory=dict)
    known: dict[str, Entry] = field(default_factory=dict)


class Sources:
    """The source texts of all pages, and how they look when they are sealed; shared by all locales.

    Args:
        plans: of the locales.
    """

    def __init__(self, plans: Sequence[ExtractionPlan]) -> None:
        pages = {
            path: outline for plan in plans for path, outline in plan.outlines.items() if not is_sheet(path)
        }.values()
        self.labels = frozenset(label for outline in pages for label in outline.labels)
        self._on_pages = {segment.text for outline in pages for segment in outline.segments}
        self._printed = {fingerprint(text): text for text in self._on_pages}
        self._sealed: dict[tuple[str, bool], Sealed] = {}
        self._shared: dict[tuple[str, ...], tuple[Text, ...]] = {}

    @property
    def count(self) -> int:
        """How many there are, each once."""
        return len(self._on_pages)

    def text_of(self, printed: str, plan: ExtractionPlan, path: str) -> str | None:
        """Give the segment of a page or sheet by its fingerprint."""
        if not is_sheet(path):
            return self._printed.get(printed)
        outline = plan.outlines.get(path)
        segments = outline.segments if outline is not None else ()
        return next((segment.text for segment in segments if fingerprint(segment.text) == printed), None)

    def is_string(self, msgid: str, path: str) -> bool:
        """Whether a segment of a catalog is a string; what stands on a page as well is Markdown there."""
        return is_sheet(path) and msgid not in self._on_pages

    def seal(self, msgid: str, *, is_string: bool) -> Sealed:
        """Seal a segment."""
        sealed = self._sealed.get((msgid, is_string))
        if sealed is None:
            sealed = seal_string(split_key(msgid).text) if is_string else seal(msgid, self.labels)
            self._sealed[msgid, is_string] = sealed
        return sealed

    def share(self, wants: Mapping[str, Sequence[Want]]) -> tuple[Text, ...]:
        """Give each sealed text of some segments once; locales that want the same have the same texts.

        Args:
            wants: by msgid, the catalogs that want it.
        """
        # Only a sheet's segments can be strings, and only where no page has them: the msgids say it all.
        key = tuple(wants)
        if key not in self._shared:
            self._shared[key] = tuple(self._share(wants))
        return self._shared[key]

    def _share(self, wants: Mapping[str, Sequence[Want]]) -> Iterator[Text]:
        shared: dict[str, list[str]] = {}
        for msgid, places in wants.items():
            # One place tells it: what stands on a page as well is no string anywhere.
            is_string = self.is_string(msgid, places[0].path)
            shared.setdefault(self.seal(msgid, is_string=is_string).text, []).append(msgid)
        for sealed, msgids in shared.items():
            yield Text(sealed, tuple(msgids))


def plan_demand(plan: ExtractionPlan, sources: Sources, is_wanted: Callable[[Entry], bool] | None = None) -> Demand:
    """Find out what a locale will want once its catalogs are in step with the pages, without reading those that are known.

    Args:
        plan: the extraction, which need not be carried out.
        sources: the source texts.
        is_wanted: what else than missing and stale segments is wanted; all catalogs are read then.

    Raises:
        HelpcenterError: catalogs cannot be read.
    """
    wants: dict[str, list[Want]] = {}
    for path, row in plan.shelf.ledger.rows.items():
        if path in plan.retired or path in plan.merged or is_attic(path):
            continue
        if is_wanted is None:
            for printed in row.due:
                msgid = sources.text_of(printed, plan, path)
                if msgid is not None:
                    wants.setdefault(msgid, []).append(Want(path, 0, ""))
        else:
            _collect(plan.shelf.get(path), is_wanted, wants)
    for catalog in plan.merged.values():
        _collect(catalog, is_wanted, wants)
    return Demand(sources.share(wants), wants)


def read_demand(plan: ExtractionPlan, sources: Sources, is_wanted: Callable[[Entry], bool] | None = None) -> Demand:
    """Read what a locale wants from its catalogs, which are in step with the pages.

    Args:
        plan: the extraction that was carried out.
        sources: the source texts.
        is_wanted: what else than missing and stale segments is wanted.

    Raises:
        HelpcenterError: catalogs cannot be read; with the findings of all of them.
    """
    rows = plan.shelf.ledger.rows
    wanted = [path for path, row in rows.items() if not is_attic(path) and (row.due or is_wanted is not None)]
    catalogs = _load(plan, wanted)
    wants: dict[str, list[Want]] = {}
    for catalog in catalogs.values():
        _collect(catalog, is_wanted, wants)
    known = _recall(plan, catalogs)
    asked = {msgid: places for msgid, places in wants.items() if msgid not in known}
    return Demand(sources.share(asked), wants, known)


def _load(plan: ExtractionPlan, paths: Iterable[str]) -> dict[str, Catalog]:
    found: list[Finding] = []
    catalogs: dict[str, Catalog] = {}
    shelf = plan.shelf
    for path in paths:
        try:
            catalogs[path] = load_catalog(catalog_path(shelf.folder, path), path, shelf.root)
        except HelpcenterError as error:
            found += error.findings
    if found:
        raise HelpcenterError(*found)
    return catalogs


def _collect(catalog: Catalog, is_wanted: Callable[[Entry], bool] | None, wants: dict[str, list[Want]]) -> None:
    for entry in catalog.active:
        if is_due(entry) or (is_wanted is not None and is_wanted(entry)):
            wants.setdefault(entry.msgid, []).append(Want(catalog.path, entry.line, entry.kind))


def _recall(plan: ExtractionPlan, catalogs: Mapping[str, Catalog]) -> dict[str, Entry]:
    """Find stale segments whose new source has a text elsewhere in the locale; a missing one has got it in the extraction."""
    stale = {
        entry.msgid
        for catalog in catalogs.values()
        for entry in catalog.active
        if entry.state is State.STALE and is_due(entry)
    }
    wanted = set(map(fingerprint, stale))
    near = [path for path, row in plan.shelf.ledger.rows.items() if row.knows(wanted)]
    best = Memory.of(_load(plan, near).values()).best if stale else {}
    return {msgid: best[msgid] for msgid in stale if msgid in best}


def is_outdated(glossary: Glossary) -> Callable[[Entry], bool]:
    """Make the test for machine texts that were made with other terms than a glossary has now."""

    def test(entry: Entry) -> bool:
        machine = entry.machine
        is_machines = machine is not None and entry.state is State.MACHINE and entry.is_machine_text
        return is_machines and machine is not None and machine.glossary != glossary.version_for(entry.msgid)

    return test
