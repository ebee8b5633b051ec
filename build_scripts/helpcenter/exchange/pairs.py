"""Pairs: every translation that a language has, with where it stands and who vouches for it.

``catalog.merging.Memory`` holds the one best text for each source, for ``extract``; here is all of them, for people.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.catalog import Catalog, Entry, State, catalog_path, load_catalogs
from helpcenter.catalog.glossary import Glossary, load_glossary
from helpcenter.catalog.keys import Key, is_sheet, split_key
from helpcenter.catalog.notes import read_also
from helpcenter.diagnostics import Finding, HelpcenterError
from helpcenter.project import relative

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.catalog import Machine, Signature
    from helpcenter.project import Locale, Project


@dataclass(frozen=True, slots=True)
class Pair:
    """A source text and a translation of it.

    Args:
        source: Markdown of the source.
        target: Markdown of the translation.
        state: as the catalog has it; of another text noted beside an entry, ``reviewed`` where somebody had signed it, else
            ``stale``: nobody says for which source it is right.
        locale: tag of the locale whose catalog it stands in.
        page: path of the page below ``content/``.
        references: ``path#anchor`` of each place; none where no page needs it.
        file: of the catalog, as findings show it.
        line: 1-based.
        machine: where the text of a machine comes from; None for a person's.
        is_older: whether a machine wrote it with other terms than the glossary has now.
        previous: the source that a stale text was made for.
        reviewed: who read it.
        approved: who vouches for it.
        is_settled: of a stale text, whether it was relied on for the source it was made for.
        is_obsolete: whether no page needs it.
        role: ``text``; ``also`` for another text noted beside one, ``suggestion`` for a newer one.
    """

    source: str
    target: str
    state: State
    locale: str
    page: str
    references: tuple[str, ...]
    file: str
    line: int
    machine: Machine | None = None
    is_older: bool = False
    previous: str | None = None
    reviewed: Signature | None = None
    approved: Signature | None = None
    is_settled: bool = False
    is_obsolete: bool = False
    role: str = "text"


def pairs_of(project: Project, locale: Locale) -> list[Pair]:
    """Give all pairs of a language: of the locale's catalogs, then of those it builds on.

    Obsolete entries, the texts of pages that are gone, and what stands beside entries are among them.

    Raises:
        HelpcenterError: a catalog or a glossary cannot be read.
    """
    found: list[Finding] = []
    pairs: list[Pair] = []
    for tag in locale.chain:
        folder = project.catalog_folder(tag)
        catalogs, wrong = load_catalogs(folder, project.root)
        glossary, more = load_glossary(project.locales_folder / tag, project.root, project.source.tag)
        found += [*wrong, *more]
        for page, catalog in catalogs.items():
            pairs += _pairs_of_catalog(catalog, glossary, tag, relative(catalog_path(folder, page), project.root))
    if found:
        raise HelpcenterError(*found)
    return pairs


def _pairs_of_catalog(catalog: Catalog, glossary: Glossary, tag: str, file: str) -> Iterator[Pair]:
    for entry in catalog.entries:
        if is_sheet(catalog.path) and split_key(entry.msgid) != Key(entry.msgid):
            # What has a context or plural forms is no text that another place could take over.
            continue
        place = (tag, catalog.path, entry.references, file, entry.line)
        if entry.msgstr:
            # What a person has taken over is theirs, whatever the note of the machine still says.
            machine = entry.machine if entry.is_machine_text else None
            yield Pair(
                entry.msgid,
                entry.msgstr,
                entry.state,
                *place,
                machine=machine,
                is_older=machine is not None and is_older(machine, entry, glossary),
                previous=entry.previous,
                reviewed=entry.reviewed,
                approved=entry.approved if entry.approval_holds else None,
                is_settled=entry.is_settled,
                is_obsolete=entry.obsolete,
            )
        # Beside no text stands what was refused as a translation.
        if entry.suggestion and entry.msgstr:
            yield Pair(
                entry.msgid, entry.suggestion, State.MACHINE, *place, is_obsolete=entry.obsolete, role="suggestion"
            )
        for comment in entry.comments:
            also = read_also(comment)
            if also is not None:
                text, signature = also
                state = State.STALE if signature is None else State.REVIEWED
                yield Pair(
                    entry.msgid, text, state, *place, reviewed=signature, is_obsolete=entry.obsolete, role="also"
                )


def is_older(machine: Machine, entry: Entry, glossary: Glossary) -> bool:
    """Whether a machine wrote the text of an entry with other terms than the glossary has for its source now."""
    return machine.glossary != glossary.version_for(entry.msgid)
