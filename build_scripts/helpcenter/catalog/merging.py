"""Merging: how a catalog follows its page when the source changes.

Exact matches come first, from anywhere in the locale; then the most similar segment that the page has lost, by RapidFuzz.
A person's text is never dropped: what no segment needs any more stays as an obsolete entry, and comes back with its segment.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.catalog.entries import Catalog, Entry
from helpcenter.content import placeholders

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Below this share of common characters, rewriting from nothing is quicker than mending the old text.
LEAST_SIMILARITY = 60.0

# A negation that comes or goes turns the meaning round while nearly every letter stays. One list serves all source
# languages: a word that is a negation in one of them is no common word in another.
_NEGATIONS = re.compile(
    r"\b(not|no|never|none|neither|nor|without|cannot|except|unless|\w+n['’]t"
    r"|nicht|kein\w*|nie|niemals|ohne|außer"
    r"|değil\w*|yok|asla|olmadan|hariç"
    r"|не|нет|ни|никогда|без|кроме"
    r"|ne|pas|jamais|sans|sauf|sin|nunca|jamás|excepto|não|sem|exceto|mai|senza|niet|geen|nooit|zonder)\b"
    r"|[不没非未无勿]|لا|ليس|لم|لن|غير|بدون|ない|ません|안|않",
    re.IGNORECASE,
)


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
                if entry.previous is not None:
                    by_previous.setdefault(entry.previous, entry)
                    if entry.msgid not in stale or stale[entry.msgid].obsolete:
                        stale[entry.msgid] = entry
                elif entry.msgid not in best or entry.state.rank > best[entry.msgid].state.rank:
                    best[entry.msgid] = entry
        return cls(best, by_previous, stale)

    def recall(self, msgid: str) -> Entry | None:
        """Give what is known of a text, with its state; of a text that came back, the state it had before it went."""
        known = self.best.get(msgid)
        if known is not None:
            return replace(known, obsolete=False, line=0)
        stale = self.by_previous.get(msgid)
        if stale is None:
            # The segment moved while it waited for a translator.
            waiting = self.stale.get(msgid)
            return None if waiting is None else replace(waiting, obsolete=False, line=0)
        # The source went back to what this was translated from; what made it fuzzy then is undone, and its signatures hold again.
        by_machine = stale.is_machine_text
        return replace(
            stale, msgid=msgid, previous=None, hard=False, fuzzy=by_machine, suggestion=None, obsolete=False, line=0
        )


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
            entry = memory.recall(source.msgid) or entry
        if entry is not None:
            entries[source.msgid] = replace(entry, references=source.references, kind=source.kind)
    lost = [entry for entry in old.active if entry.msgid not in wanted and entry.msgstr]
    unmatched = [source for source in sources if source.msgid not in entries or not entries[source.msgid].msgstr]
    used = _match_similar(unmatched, lost, entries)
    if not variant:
        for source in sources:
            entries.setdefault(source.msgid, Entry(source.msgid, references=source.references, kind=source.kind))
    active = [entries[source.msgid] for source in sources if source.msgid in entries]
    return replace(old, entries=(*active, *_obsolete_entries(old, lost, used, active)))


def _match_similar(unmatched: list[Source], lost: list[Entry], entries: dict[str, Entry]) -> set[str]:
    """Give each segment without a text that of the most similar lost one; give the lost msgids that were used."""
    from rapidfuzz import fuzz  # noqa: PLC0415 - 30 ms that a run without changes does not pay

    used: set[str] = set()
    pairs = sorted(
        (
            (score, -i, -j)
            for i, source in enumerate(unmatched)
            for j, entry in enumerate(lost)
            if (score := fuzz.ratio(source.msgid, entry.msgid, score_cutoff=LEAST_SIMILARITY))
        ),
        reverse=True,
    )
    filled: set[str] = set()
    for _, i, j in pairs:
        source, entry = unmatched[-i], lost[-j]
        if source.msgid in filled or entry.msgid in used:
            continue
        filled.add(source.msgid)
        used.add(entry.msgid)
        entries[source.msgid] = _make_stale(entry, source)
    return used


def _make_stale(entry: Entry, source: Source) -> Entry:
    """Carry a translation over to the changed text of its segment."""
    # A text that was stale already still belongs to the source it was made for.
    previous = entry.previous if entry.previous is not None else entry.msgid
    # Whoever took the fuzzy flag off made the machine's words their own, signed or not.
    is_taken_over = not entry.fuzzy and entry.reviewed is None and entry.approved is None
    return replace(
        entry,
        machine=None if is_taken_over else entry.machine,
        msgid=source.msgid,
        references=source.references,
        kind=source.kind,
        fuzzy=True,
        previous=previous,
        hard=is_hard_change(previous, source.msgid),
        suggestion=None,
    )


def is_hard_change(before: str, after: str) -> bool:
    """Tell whether a change of the source may make its old translation false rather than merely old.

    Digits, links, facts and other placeholders, and negations count.
    """
    return (
        re.findall(r"\d+", before) != re.findall(r"\d+", after)
        or placeholders(before) != placeholders(after)
        or sorted(m.group().lower() for m in _NEGATIONS.finditer(before))
        != sorted(m.group().lower() for m in _NEGATIONS.finditer(after))
    )


def _obsolete_entries(old: Catalog, lost: list[Entry], used: set[str], active: list[Entry]) -> list[Entry]:
    """Give what the page no longer needs but a person may want back, each text once."""
    needed = {entry.msgid: entry for entry in active}
    kept: dict[str, Entry] = {}
    for entry in (*(e for e in old.entries if e.obsolete), *(e for e in lost if e.msgid not in used)):
        # The source went back to what a stale text was made for: it is in use again under that.
        restored = needed.get(entry.previous) if entry.previous is not None else None
        if entry.msgid not in needed and (restored is None or restored.msgstr != entry.msgstr):
            # What was lost now is newer than what was lost before.
            kept[entry.msgid] = replace(entry, obsolete=True, references=(), kind="")
    return list(kept.values())
