"""Branches: one catalog of two that went apart, entry by entry.

What only one side changed is taken from there.  Where one side changed the source of a segment, the other side's translation
goes along to the new source, as ``extract`` would have carried it.  Where both wrote words, one text is used and the other
stays beside it as a note: nothing that a person wrote on either side is dropped.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.catalog.entries import Catalog, Entry, Machine, Signature, State
from helpcenter.catalog.layout import write_unit
from helpcenter.catalog.merging import LEAST_SIMILARITY, Source, by_source, combine, is_covered, make_stale, set_aside
from helpcenter.catalog.notes import write_also

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import polib


class Clash(NamedTuple):
    """Two people wrote something else for the same source.

    Args:
        kept: whose text is used.
        other: whose text is a note beside it.
    """

    kept: Entry
    other: Entry


@dataclass(frozen=True, slots=True)
class Union:
    """One catalog of two branches.

    Args:
        catalog: what both say.
        clashes: where one person's text was preferred to another's.
    """

    catalog: Catalog
    clashes: tuple[Clash, ...]


def unite(base: Catalog, ours: Catalog, theirs: Catalog) -> Union:
    """Make one catalog of two branches.

    Args:
        base: before they went apart; without entries where there was none.
        ours: one branch; its order, its header and its form are preferred.
        theirs: the other.
    """
    sides = (_Side.of(base, base), _Side.of(base, ours), _Side.of(base, theirs))
    clashes: list[Clash] = []
    entries: dict[str, Entry] = {}
    for msgid in _unite_order(*sides):
        found = _unite_entries(_find_all(msgid, sides), clashes)
        if found is not None:
            entries[msgid] = replace(found, obsolete=False)
    aside = []
    base_side, our_side, their_side = sides
    newer = (their_side, our_side) if list(our_side.gone) == list(base_side.gone) else (our_side, their_side)
    for msgid in dict.fromkeys(msgid for side in (*newer, base_side) for msgid in side.gone):
        entry = _unite_entries([side.gone.get(msgid) for side in sides], clashes)
        if entry is None:
            continue
        if msgid in entries and not is_covered(entry, by_source([entries[msgid]])):
            entries[msgid] = combine(entries[msgid], entry)
        elif msgid not in entries:
            aside.append(entry)
    aside += _find_left_out(sides, entries, aside)
    catalog = replace(
        ours,
        entries=(*entries.values(), *set_aside(aside)),
        metadata=_unite_fields(base, ours, theirs),
        header_comment=_unite_comment(base, ours, theirs),
        foreign=_unite_foreign(base, ours, theirs),
        layout=ours.layout and replace(ours.layout, spare=theirs.layout),
    )
    return Union(catalog, tuple(clashes))


@dataclass(frozen=True, slots=True)
class _Side:
    """A catalog and what has become of the texts of the base in it: ``moves`` gives the old msgid of a changed text."""

    active: dict[str, Entry]
    gone: dict[str, Entry]
    moves: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, base: Catalog, catalog: Catalog) -> _Side:
        active = {entry.msgid: entry for entry in catalog.active}
        gone = {entry.msgid: entry for entry in set_aside(entry for entry in catalog.entries if entry.obsolete)}
        return cls(active, gone, _find_moves(base, active))

    @property
    def all(self) -> list[Entry]:
        return [*self.active.values(), *self.gone.values()]

    def find(self, msgid: str, sides: Sequence[_Side]) -> Entry | None:
        """Give what this side says for a text; where only the other side has it, what it said for the text it was before."""
        entry = self.active.get(msgid)
        if entry is not None:
            return entry
        for side in sides:
            old = self.active.get(side.moves.get(msgid, ""))
            if old is not None:
                place = side.active[msgid]
                return make_stale(old, Source(msgid, place.references, place.kind))
        gone = self.gone.get(msgid)
        return None if gone is None else replace(gone, obsolete=False)


def _find_all(msgid: str, sides: Sequence[_Side]) -> list[Entry | None]:
    """Give what the base and both sides say for a text."""
    base, *both = (side.find(msgid, sides) for side in sides)
    origins = {side.moves.get(msgid) for side in sides[1:] if msgid in side.active}
    if msgid not in sides[0].active and (len(origins) > 1 or None in origins):
        # One side has the text besides the one that became it on the other: it was not made of what the base says.
        base = sides[0].gone.get(msgid)
    return [base, *both]


def _find_moves(base: Catalog, active: dict[str, Entry]) -> dict[str, str]:
    """Give the text that each new one was before: the one its translation was made for, else the most similar."""
    before = {entry.msgid: entry for entry in base.active}
    lost = [entry for entry in before.values() if entry.msgid not in active]
    new = [entry for entry in active.values() if entry.msgid not in before]
    if not lost or not new:
        return {}
    from rapidfuzz import fuzz  # noqa: PLC0415 - 30 ms that a run without changes does not pay

    pairs = sorted(
        (
            (_kinship(one, old), score, -i, -j)
            for i, one in enumerate(new)
            for j, old in enumerate(lost)
            if (score := fuzz.ratio(one.msgid, old.msgid)) >= LEAST_SIMILARITY or one.previous == old.msgid
        ),
        reverse=True,
    )
    moves: dict[str, str] = {}
    for *_, i, j in pairs:
        one, old = new[-i].msgid, lost[-j].msgid
        if one not in moves and old not in moves.values():
            moves[one] = old
    return moves


def _kinship(entry: Entry, old: Entry) -> int:
    """Tell how surely one entry was made of the other: 2 for its own previous text, 1 for the same one before both."""
    if entry.previous == old.msgid:
        return 2
    return int(entry.previous is not None and entry.previous == old.previous)


def _unite_order(base: _Side, ours: _Side, theirs: _Side) -> list[str]:
    """Give the texts that the page has, in its order; ``extract`` puts right what cannot be known here."""
    if list(ours.active) == list(base.active):
        return list(theirs.active)
    order = [msgid for msgid in ours.active if msgid in theirs.active or msgid not in base.active]
    before = None
    for msgid in theirs.active:
        if msgid in ours.active:
            before = msgid if msgid in order else before
        elif msgid not in base.active:
            order.insert(order.index(before) + 1 if before is not None else 0, msgid)
            before = msgid
    return order


def _unite_entries(found: Sequence[Entry | None], clashes: list[Clash]) -> Entry | None:
    """Make one entry of what both sides say for a text; first what the base says."""
    base, ours, theirs = found
    if ours is None or theirs is None:
        left = ours or theirs
        # The other side took it out; what was changed meanwhile is kept.
        return left if left is None or base is None or _say(left) != _say(base) or not left.obsolete else None
    text = _choose(base, ours, theirs, clashes)
    was = base or Entry(ours.msgid)
    new = [
        *(comment for comment in theirs.comments if comment not in ours.comments and comment not in was.comments),
        *(comment for comment in text.comments if comment not in (*ours.comments, *theirs.comments)),
    ]
    place = theirs if base is not None and (ours.references, ours.kind) == (base.references, base.kind) else ours
    return replace(
        text,
        references=place.references,
        kind=place.kind,
        comments=(*_left(was.comments, ours.comments, theirs.comments), *new),
        flags=(
            *_left(was.flags, ours.flags, theirs.flags),
            *(flag for flag in theirs.flags if flag not in ours.flags and flag not in was.flags),
        ),
    )


def _left(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Give what stands in ours and was not taken out by theirs."""
    return [one for one in ours if one in theirs or one not in base]


def _say(entry: Entry) -> Entry:
    """Give an entry without what says nothing about its text."""
    return replace(entry, references=(), kind="", comments=(), flags=(), line=0, obsolete=False)


def _work(entry: Entry | None) -> tuple[object, ...]:
    """Give what people did to an entry."""
    if entry is None:
        return ("", False, None, None)
    signatures = (s and (s.who, s.date, s.text) for s in (entry.reviewed, entry.approved))
    return (entry.msgstr, entry.fuzzy, *signatures)


def _choose(base: Entry | None, ours: Entry, theirs: Entry, clashes: list[Clash]) -> Entry:
    """Choose the text to be used; the other one, where a person wrote it, goes into a note."""
    said = None if base is None else _say(base)
    if _say(theirs) in {_say(ours), said}:
        return ours
    if _work(theirs) == _work(base) and _say(ours) != said:
        return ours
    if _say(ours) == said or _work(ours) == _work(base):
        return theirs
    return _prefer(base, *((theirs, ours) if _worth(theirs) > _worth(ours) else (ours, theirs)), clashes)


def _prefer(base: Entry | None, kept: Entry, other: Entry, clashes: list[Clash]) -> Entry:
    """Use one text and note the other."""
    if kept.msgstr == other.msgstr:
        return _with_signatures(kept, other)
    if other.is_machine_text:
        is_newer = other.msgstr and kept.state is State.STALE and other.state is State.MACHINE
        return replace(kept, suggestion=other.msgstr) if is_newer and not kept.is_machine_text else kept
    if base is not None and other.msgstr == base.msgstr and _signatures(other) <= _signatures(base):
        # Its words were there before, and the other side has replaced them.
        return kept
    if min(kept.state.rank, other.state.rank) >= State.REVIEWED.rank:
        clashes.append(Clash(kept, other))
    return combine(replace(kept, comments=()), replace(other, comments=()))


def _signatures(entry: Entry) -> set[tuple[str, str]]:
    return {(s.who, s.date) for s in (entry.reviewed, entry.approved) if s is not None}


def _worth(entry: Entry) -> tuple[bool, int, str, bool]:
    """Give what of two texts is to be preferred: a person's, the better state, the newer signature."""
    dates = [signature.date for signature in (entry.reviewed, entry.approved) if signature is not None]
    return (
        bool(entry.msgstr) and not entry.is_machine_text,
        entry.state.rank,
        max(dates, default=""),
        entry.is_settled,
    )


def _with_signatures(kept: Entry, other: Entry) -> Entry:
    """Keep who else has read the same words."""
    notes: list[str] = []

    def both(mine: Signature | None, yours: Signature | None) -> Signature | None:
        if yours is None or (mine is not None and mine.who == yours.who):
            return mine
        if mine is None and (kept.fuzzy or yours.holds_for(kept.msgid, kept.msgstr)):
            return yours
        notes.append(write_also(other.msgstr, yours))
        return mine

    reviewed, approved = both(kept.reviewed, other.reviewed), both(kept.approved, other.approved)
    machine = _measured(kept.machine, other.machine)
    return replace(kept, machine=machine, reviewed=reviewed, approved=approved, comments=tuple(notes))


def _measured(mine: Machine | None, yours: Machine | None) -> Machine | None:
    """Give where a text comes from, with what was changed of it, where only one side could tell."""
    if mine is None or mine.revision is not None or yours is None:
        return mine
    return replace(mine, revision=yours.revision) if replace(yours, revision=None) == mine else mine


def _find_left_out(sides: Sequence[_Side], entries: dict[str, Entry], aside: Sequence[Entry]) -> list[Entry]:
    """Find what a side wrote for a text that the other took out."""
    before, known = by_source(sides[0].all), by_source([*entries.values(), *aside])
    moves = [(old, new) for side in sides for new, old in side.moves.items() if new in entries]
    found = []
    for side in sides[1:]:
        carried = {old for old, new in moves if new not in side.active}
        found += [
            entry
            for entry in side.active.values()
            if entry.msgid not in entries
            and entry.msgid not in carried
            and (entry.comments or (entry.msgstr and not entry.is_machine_text))
            and not is_covered(entry, before)
            and not is_covered(entry, known)
            and not _is_noted(entry, known.get(dict(moves).get(entry.msgid, entry.msgid), ()))
        ]
    return found


def _is_noted(entry: Entry, others: Sequence[Entry]) -> bool:
    """Whether one of some entries has the words of this one as a note, and its notes."""
    note = write_also(entry.msgstr, entry.approved or entry.reviewed)
    return any(
        set(entry.comments) <= set(other.comments) and (not entry.msgstr or note in other.comments) for other in others
    )


def _unite_fields(base: Catalog, ours: Catalog, theirs: Catalog) -> dict[str, str]:
    """Unite the fields of the headers; of two dates the later one, of two other words ours."""
    fields: dict[str, str] = {}
    for key in (*ours.metadata, *(key for key in theirs.metadata if key not in ours.metadata)):
        was, mine, yours = (catalog.metadata.get(key) for catalog in (base, ours, theirs))
        value = yours if mine == was else mine
        if was != mine != yours != was and mine and yours and key.endswith("-Date"):
            value = max(mine, yours)
        if value is not None:
            fields[key] = value
    return fields


def _unite_comment(base: Catalog, ours: Catalog, theirs: Catalog) -> str:
    was, mine, yours = (catalog.header_comment for catalog in (base, ours, theirs))
    if mine == was or yours in {was, mine}:
        return yours if mine == was else mine
    added = [line for line in yours.split("\n") if line not in {*mine.split("\n"), *was.split("\n")}]
    return "\n".join([*_left(was.split("\n"), mine.split("\n"), yours.split("\n")), *added])


def _unite_foreign(base: Catalog, ours: Catalog, theirs: Catalog) -> tuple[polib.POEntry, ...]:
    """Unite what only other tools write; where both sides changed an entry, theirs is noted beside ours."""
    was, mine, yours = (_by_key(catalog.foreign) for catalog in (base, ours, theirs))
    united = []
    for key in dict.fromkeys([*mine, *yours]):
        old, one, other = (write_unit(side[key]) if key in side else None for side in (was, mine, yours))
        if one == old or other in {old, one}:
            kept = yours.get(key) if one == old else mine.get(key)
            if kept is not None:
                united.append(kept)
        elif key not in mine or key not in yours:
            united.append(mine[key] if key in mine else yours[key])
        else:
            united.append(_noted(mine[key], yours[key]))
    return tuple(united)


def _by_key(foreign: Iterable[polib.POEntry]) -> dict[tuple[object, ...], polib.POEntry]:
    return {(raw.msgctxt, raw.msgid, raw.msgid_plural, bool(raw.obsolete)): raw for raw in foreign}


def _noted(raw: polib.POEntry, other: polib.POEntry) -> polib.POEntry:
    words = [*(other.msgstr_plural.values() if other.msgstr_plural else [other.msgstr])]
    said = {*(raw.msgstr_plural.values() if raw.msgstr_plural else [raw.msgstr]), ""}
    notes = [write_also(text, None) for text in words if text not in said]
    lines = [line for line in (*raw.tcomment.split("\n"), *other.tcomment.split("\n"), *notes) if line]
    raw.tcomment = "\n".join(dict.fromkeys(lines))
    return raw
