"""Filling: adopted texts go into the catalog of their page, and nothing that a person wrote there is touched."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from helpcenter.catalog import Catalog, Entry, Signature, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from helpcenter.adoption.judging import Candidate
    from helpcenter.catalog import Source


@dataclass(slots=True)
class Filling:
    """What happened to the texts of a page.

    Args:
        taken: put into the catalog now, by msgid.
        present: the catalog says the same already.
        kept: the catalog has another text of a person.
        machine: the catalog has a machine's text.
        signed: of those taken and present, how many were signed now.
    """

    taken: list[str] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    machine: list[str] = field(default_factory=list)
    signed: list[str] = field(default_factory=list)


def fill(
    catalog: Catalog,
    candidates: Mapping[str, Candidate],
    file: str,
    *,
    sources: Sequence[Source] = (),
    inherited: Mapping[str, str] | None = None,
    signature: Signature | None = None,
    replace_machine: bool = False,
) -> tuple[Catalog, Filling]:
    """Put the texts of a translated page into its catalog.

    Args:
        catalog: in step with the page.
        candidates: what was found, by msgid.
        file: where it stood.
        sources: of a locale that builds on another, the entries the page needs: only those that differ have one.
        inherited: what that other locale says, by msgid.
        signature: who vouches for the texts that are certain; None where nobody does.
        replace_machine: whether a machine's text gives way.

    Returns:
        The new catalog, and what happened.
    """
    done = Filling()
    entries = []
    seen = set()
    for entry in _with_own(catalog, candidates, sources, inherited or {}, done):
        one = None if entry.obsolete or entry.msgid in seen else candidates.get(entry.msgid)
        if not entry.obsolete:
            seen.add(entry.msgid)
        new = entry if one is None else _fill_entry(entry, one, file, done, replace_machine=replace_machine)
        if one is not None and signature is not None and _may_sign(new, one):
            new = new.with_signature(signature, State.REVIEWED)
            done.signed.append(new.msgid)
        entries.append(new)
    return replace(catalog, entries=tuple(entries)), done


def _fill_entry(entry: Entry, one: Candidate, file: str, done: Filling, *, replace_machine: bool) -> Entry:
    if entry.msgstr == one.text:
        done.present.append(entry.msgid)
        return entry
    if entry.msgstr and not entry.is_machine_text:
        done.kept.append(entry.msgid)
        return entry
    if entry.msgstr and not replace_machine:
        done.machine.append(entry.msgid)
        return entry
    done.taken.append(entry.msgid)
    return entry.with_adopted_text(one.text, file, hard=bool(one.differs))


def _may_sign(entry: Entry, one: Candidate) -> bool:
    """Say whether an entry holds what was found, with certainty, and nobody has said more of it."""
    return one.certain and not one.differs and entry.msgstr == one.text and entry.state is State.MACHINE


def _with_own(
    catalog: Catalog,
    candidates: Mapping[str, Candidate],
    sources: Iterable[Source],
    inherited: Mapping[str, str],
    done: Filling,
) -> list[Entry]:
    """Give the entries of a catalog, and of a locale that builds on another those that it needs for what differs."""
    active, obsolete = list(catalog.active), [entry for entry in catalog.entries if entry.obsolete]
    known = {entry.msgid for entry in active}
    for source in sources:
        one = candidates.get(source.msgid)
        if one is None or source.msgid in known:
            continue
        if inherited.get(source.msgid) == one.text:
            done.present.append(source.msgid)
        else:
            active.append(Entry(source.msgid, references=source.references, kind=source.kind))
    order = {source.msgid: number for number, source in enumerate(sources)}
    active.sort(key=lambda entry: order.get(entry.msgid, -1))
    return [*active, *obsolete]
