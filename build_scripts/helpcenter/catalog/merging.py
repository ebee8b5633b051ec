"""Merging: how a catalog follows its page when the source changes.

Exact matches come first, from anywhere in the locale; then the most similar segment that the page has lost, by RapidFuzz.
A person's text is never dropped: what no segment needs any more stays as an obsolete entry, and comes back with its segment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.catalog.changes import is_hard_change
from helpcenter.catalog.entries import Catalog, Entry, Signature, State, fingerprint
from helpcenter.catalog.keys import split_forms
from helpcenter.catalog.notes import read_also, write_also

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Below this share of common characters, rewriting from nothing is quicker than mending the old text.
LEAST_SIMILARITY = 60.0


class Source(NamedTuple):
    """A segment as catalogs see it: every place with the same text is one entry."""

    msgid: str
    references: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Memory:
    """The best translation of each text of a locale, wherever it stands.

    Args:
        best: by msgid.
        by_previous: stale entries, by the text their translation was made for.
        stale: the same, by msgid.
    """

    best: dict[str, Entry]
    by_previous: dict[str, Entry]
    stale: dict[str, Entry]

    @classmethod
    def of(cls, catalogs: Iterable[Catalog]) -> Memory:
        """Collect the memory of a locale from its catalogs, obsolete entries among them."""
        best: dict[str, Entry] = {}
        by_previous: dict[str, Entry] = {}
        stale: dict[str, Entry] = {}
        for catalog in catalogs:
            for entry in catalog.entries:
                if not entry.msgstr:
                    continue
                if entry.state is State.STALE:
                    _put_better(stale, entry.msgid, entry)
                    if entry.previous is not None:
                        _put_better(by_previous, entry.previous, entry)
                else:
                    _put_better(best, entry.msgid, entry)
        return cls(best, by_previous, stale)

    def recall(self, msgid: str) -> Entry | None:
        """Give what is known of a text, with its state; of a text that came back, the state it had before it went."""
        known = self.best.get(msgid)
        if known is not None:
            return replace(known, obsolete=False, line=0)
        before = self.by_previous.get(msgid)
        if before is not None:
            return _restore(before, msgid)
        # The segment moved while it waited for a translator.
        waiting = self.stale.get(msgid)
        return None if waiting is None else replace(waiting, obsolete=False, line=0)


def _put_better(known: dict[str, Entry], key: str, entry: Entry) -> None:
    if key not in known or _worth(entry) > _worth(known[key]):
        known[key] = entry


def _worth(entry: Entry) -> tuple[int, bool, bool, bool]:
    """Give what of two translations of a text is to be preferred; where they are equal, the first."""
    is_stale = entry.state is State.STALE
    return entry.state.rank, is_stale and entry.is_settled, not entry.is_machine_text, not entry.obsolete


def _restore(entry: Entry, msgid: str) -> Entry:
    """Give a stale text back to the source it was made for, which has returned."""
    restored = replace(entry, msgid=msgid, suggestion=None, obsolete=False, line=0)
    if entry.is_settled or entry.is_machine_text:
        # What made it fuzzy is undone, and its signatures hold again.
        return replace(restored, previous=None, hard=False, settled="", fuzzy=not entry.is_settled)
    # Somebody may have rewritten it for the source that has gone now, or was never sure of it.
    return replace(restored, previous=entry.msgid, hard=is_hard_change(entry.msgid, msgid), settled="")


def sources_of(path: str, segments: Iterable[tuple[str, str, str]]) -> list[Source]:
    """Collect the entries that a page needs from its segments ``(text, anchor, kind)``, in the page's order."""
    places: dict[str, dict[str, None]] = {}
    kinds: dict[str, dict[str, None]] = {}
    for text, anchor, kind in segments:
        places.setdefault(text, {})[f"{path}#{anchor}" if anchor else path] = None
        kinds.setdefault(text, {})[kind] = None
    return [Source(text, tuple(places[text]), ", ".join(kinds[text])) for text in places]


def merge(sources: Sequence[Source], old: Catalog, memory: Memory, *, variant: bool = False) -> Catalog:
    """Make the catalog that fits the segments of a page as it is now.

    Args:
        sources: what the page needs.
        old: the page's catalog so far.
        memory: what the whole locale knows.
        variant: keep only what differs: no entry is made for a segment that has none.

    Returns:
        The new catalog; equal to ``old`` when nothing changed.
    """
    current = {entry.msgid: entry for entry in old.active}
    wanted = {source.msgid for source in sources}
    entries: dict[str, Entry] = {}
    for source in sources:
        entry = current.get(source.msgid)
        if entry is None or not entry.msgstr:
            # Also finds the text of a segment that moved here, came back, or whose source went back to what it was.
            known = memory.recall(source.msgid)
            entry = _with_notes(known, entry) if known is not None and entry is not None else known or entry
        if entry is not None:
            is_placed = (entry.references, entry.kind) == (source.references, source.kind)
            entries[source.msgid] = (
                entry if is_placed else replace(entry, references=source.references, kind=source.kind)
            )
    lost = [entry for entry in old.active if entry.msgid not in wanted and (entry.msgstr or entry.comments)]
    unmatched = [source for source in sources if source.msgid not in entries or not entries[source.msgid].msgstr]
    used = _match_similar(unmatched, lost, entries)
    if not variant:
        for source in sources:
            entries.setdefault(source.msgid, Entry(source.msgid, references=source.references, kind=source.kind))
    # What was lost now is newer than what was lost before.
    gone = [entry for entry in old.entries if entry.obsolete] + [entry for entry in lost if entry.msgid not in used]
    for entry in gone:
        if entry.msgid in entries:
            entries[entry.msgid] = combine(entries[entry.msgid], entry)
    active = [entries[source.msgid] for source in sources if source.msgid in entries]
    in_use = by_source(active)
    aside = [entry for entry in gone if entry.msgid not in entries and not is_covered(entry, in_use)]
    return replace(old, entries=(*active, *set_aside(aside)))


def _match_similar(unmatched: list[Source], lost: list[Entry], entries: dict[str, Entry]) -> set[str]:
    """Give each segment without a text that of the most similar lost one; give the lost msgids that were used."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - 30 ms that a run without changes does not pay

    used: set[str] = set()
    pairs = sorted(
        (
            (bool(entry.msgstr), score, -i, -j)
            for i, source in enumerate(unmatched)
            for j, entry in enumerate(lost)
            if (score := fuzz.ratio(source.msgid, entry.msgid, score_cutoff=LEAST_SIMILARITY))
        ),
        reverse=True,
    )
    filled: set[str] = set()
    for *_, i, j in pairs:
        source, entry = unmatched[-i], lost[-j]
        if source.msgid in filled or entry.msgid in used:
            continue
        filled.add(source.msgid)
        used.add(entry.msgid)
        moved = make_stale(entry, source)
        entries[source.msgid] = _with_notes(moved, entries[source.msgid]) if source.msgid in entries else moved
    return used


def carry_over(entry: Entry, source: Source, catalog: Catalog) -> Catalog:
    """Put the text of an entry from elsewhere, marked stale, into the entry of a similar segment that has none."""
    moved = make_stale(entry, source)
    active = [_with_notes(moved, one) if one.msgid == source.msgid else one for one in catalog.active]
    in_use = by_source(active)
    # It may have waited on this very page.
    waiting = (one for one in catalog.entries if one.obsolete and not is_covered(one, in_use))
    return replace(catalog, entries=(*active, *waiting))


def make_stale(entry: Entry, source: Source) -> Entry:
    """Carry a translation over to the changed text of its segment."""
    moved = replace(
        entry, msgid=source.msgid, references=source.references, kind=source.kind, suggestion=None, obsolete=False
    )
    if not entry.msgstr:
        return moved
    words = fingerprint(entry.msgstr)
    previous, settled, hard = entry.msgid, "" if entry.fuzzy else words, entry.hard and entry.previous is None
    if entry.previous is not None:
        if entry.settled in {"", words}:
            # A text that was stale already still belongs to the source it was made for.
            previous, settled = entry.previous, entry.settled
        if not entry.is_settled and not entry.is_machine_text:
            # Unless somebody has rewritten it since, for the source that has gone now.
            hard = is_hard_change(entry.msgid, source.msgid)
    else:
        moved = replace(
            moved, reviewed=_bound(entry.reviewed, entry.msgid), approved=_bound(entry.approved, entry.msgid)
        )
    # Whoever took the fuzzy flag off made the machine's words their own, signed or not.
    is_taken_over = not entry.fuzzy and entry.reviewed is None and entry.approved is None
    return replace(
        moved,
        # What a person changed of the machine's words, they changed for the source that has gone.
        machine=None if is_taken_over or entry.machine is None else replace(entry.machine, revision=None),
        fuzzy=True,
        previous=previous,
        settled=settled,
        hard=hard or is_hard_change(previous, source.msgid),
    )


def _bound(signature: Signature | None, source: str) -> Signature | None:
    """Note which source a signature was given for, before the entry gets another."""
    if signature is None or signature.source or not signature.text:
        return signature
    return replace(signature, source=fingerprint(source))


def set_aside(entries: Iterable[Entry]) -> list[Entry]:
    """Make obsolete entries of texts that no page needs but a person may want back.

    Args:
        entries: the oldest first.

    Returns:
        One entry for each msgid: gettext's own tools refuse a file with two, obsolete or not.
    """
    kept: dict[str, Entry] = {}
    for entry in entries:
        new, old = replace(entry, obsolete=True, references=(), kind=""), kept.get(entry.msgid)
        if old is not None:
            new = combine(old, new) if new.is_machine_text and not old.is_machine_text else combine(new, old)
        kept[entry.msgid] = new
    return list(kept.values())


def combine(entry: Entry, other: Entry) -> Entry:
    """Keep in one entry what people wrote in two of the same msgid; the text of the first stays in use."""
    entry = _with_notes(entry, other)
    if (entry.msgstr, entry.fuzzy, entry.previous) == (other.msgstr, other.fuzzy, other.previous):
        return replace(entry, reviewed=entry.reviewed or other.reviewed, approved=entry.approved or other.approved)
    if other.is_machine_text:
        return entry
    note = write_also(" | ".join(split_forms(other.msgstr)), other.approved or other.reviewed)
    is_there = read_also(note) in map(read_also, entry.comments)
    return entry if is_there else replace(entry, comments=(*entry.comments, note))


def _with_notes(entry: Entry, other: Entry) -> Entry:
    """Add the notes of another entry."""
    return replace(entry, comments=(*entry.comments, *(note for note in other.comments if note not in entry.comments)))


def by_source(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Sort entries by the source texts they have to do with: their own, and the one they were made for."""
    sorted_entries: dict[str, list[Entry]] = {}
    for entry in entries:
        for msgid in {entry.msgid, entry.previous or entry.msgid}:
            sorted_entries.setdefault(msgid, []).append(entry)
    return sorted_entries


def is_covered(entry: Entry, known: Mapping[str, Sequence[Entry]]) -> bool:
    """Whether one of some entries of the same source holds all that people wrote and signed in this one."""
    return any(
        entry.msgstr == other.msgstr
        and _is_same(entry.reviewed, other.reviewed)
        and _is_same(entry.approved, other.approved)
        and set(entry.comments) <= set(other.comments)
        for msgid in {entry.msgid, entry.previous or entry.msgid}
        for other in known.get(msgid, ())
    )


def _is_same(signature: Signature | None, other: Signature | None) -> bool:
    """Whether a signature, if there is one, is also the other; only one of them may say which source it was given for."""
    if signature is None or other is None:
        return signature is None
    return replace(signature, source="") == replace(other, source="")
