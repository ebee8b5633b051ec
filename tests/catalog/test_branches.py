"""Catalogs of two branches become one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from test_merging import read, show

from helpcenter.catalog import Catalog, Entry, Memory, Signature, State, fingerprint, merge
from helpcenter.catalog.branches import unite
from helpcenter.catalog.merging import sources_of
from helpcenter.catalog.notes import read_also
from helpcenter.catalog.pofile import read_catalog, render

if TYPE_CHECKING:
    from random import Random

CASES = yaml.safe_load((Path(__file__).parent / "cases/branches.yml").read_text("utf-8"))


def signed(line: str) -> Entry:
    """Make the entry of a case; "by NAME" at its end says who has signed it, in the month of the name's first letter."""
    line, _, who = line.partition(" by ")
    entry = read(line)
    if not who:
        return entry
    signature = Signature(who, f"2026-{ord(who[0]) - ord('a') + 1:02}-01")
    was = entry.msgid if entry.previous is None else entry.previous
    signature = replace(signature, text=fingerprint(entry.msgstr), source=fingerprint(was))
    is_approved = entry.state is State.APPROVED
    return replace(entry, **{"approved" if is_approved else "reviewed": signature})


def names(entry: Entry) -> str:
    who = [signature.who for signature in (entry.reviewed, entry.approved) if signature and signature.who != "erika"]
    return f"{show(entry)}{' by ' + ' '.join(who) if who else ''}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_two_branches_are_one(case: dict[str, Any]):
    base, ours, theirs = (
        Catalog("a.md", tuple(map(signed, case.get(side, ())))) for side in ("base", "ours", "theirs")
    )
    union = unite(base, ours, theirs)
    assert [names(entry) for entry in union.catalog.entries] == case["after"]
    assert [[clash.kept.msgstr, clash.other.msgstr] for clash in union.clashes] == case.get("clashes", [])


# Any history

TEXTS = st.sampled_from(
    ["Pay now", "Pay later", "Pay now or later", "Pay in 3 days", "Pay in 4 days", "Write to us", "Write us", "No"]
)
PAGES = st.lists(TEXTS, max_size=5)
STEPS = st.lists(st.tuples(st.sampled_from(["page", "work", "machine", "prune"]), PAGES), max_size=3)


def follow(catalog: Catalog, texts: list[str]) -> Catalog:
    return merge(sources_of("a.md", ((text, "", "paragraph") for text in texts)), catalog, Memory.of([catalog]))


def live(catalog: Catalog, steps: list[tuple[str, list[str]]], who: str, random: Random) -> Catalog:
    """Let somebody work on a catalog."""
    for number, (what, texts) in enumerate(steps):
        if what == "page":
            catalog = follow(catalog, texts)
            continue
        entries = []
        for entry in catalog.entries:
            new = entry
            if what == "prune" and entry.obsolete and random.random() < 0.5:
                continue
            if entry.obsolete or random.random() < 0.5:
                pass
            elif what == "machine":
                new = entry.with_machine_text(f"machine {who} {number} {entry.msgid}", "pseudo")
            elif what == "work":
                mine = f"{who} {number} {entry.msgid}"
                new = random.choice(
                    [
                        replace(entry, msgstr=mine, fuzzy=False, previous=None, hard=False, settled=""),
                        replace(entry, msgstr=mine, fuzzy=True),
                        replace(entry, comments=(*entry.comments, f"note of {mine}")),
                        entry
                        if not entry.msgstr
                        else entry.with_signature(Signature(who, "2026-01-02"), State.REVIEWED),
                        entry
                        if not entry.msgstr
                        else entry.with_signature(Signature(who, "2026-01-03"), State.APPROVED),
                    ]
                )
            entries.append(new)
        catalog = replace(catalog, entries=tuple(entries))
    return catalog


def words_of(catalog: Catalog) -> set[str]:
    """Give all that people wrote."""
    texts = {entry.msgstr for entry in catalog.entries if entry.msgstr and not entry.is_machine_text}
    notes = {note for entry in catalog.entries for note in entry.comments if read_also(note) is None}
    also = {found[0] for entry in catalog.entries for note in entry.comments if (found := read_also(note))}
    return texts | notes | also


@settings(max_examples=300, deadline=None)
@given(PAGES, STEPS, STEPS, STEPS, st.randoms(use_true_random=False))
def test_nothing_that_a_person_wrote_on_a_branch_is_lost(
    page: list[str],
    before: list[tuple[str, list[str]]],
    one: list[tuple[str, list[str]]],
    two: list[tuple[str, list[str]]],
    random: Random,
):
    base = live(follow(Catalog("a.md"), page), before, "base", random)
    ours, theirs = live(base, one, "ours", random), live(base, two, "theirs", random)
    union = unite(base, ours, theirs).catalog
    kept = words_of(union)
    assert (words_of(ours) | words_of(theirs)) - words_of(base) <= kept
    assert words_of(ours) & words_of(theirs) <= kept
    # What one side left as it was is what the other made of it.
    assert unite(base, ours, base).catalog == ours
    assert unite(base, base, theirs).catalog == theirs
    assert unite(base, ours, ours).catalog == ours
    assert words_of(unite(base, theirs, ours).catalog) == kept
    # Nobody vouches for words against a source that they have not seen: what was reviewed was so on one of the branches.
    vouched = {(e.msgid, e.msgstr) for side in (ours, theirs) for e in side.entries if e.msgstr and not e.fuzzy}
    assert {(e.msgid, e.msgstr) for e in union.entries if e.msgstr and not e.fuzzy} <= vouched
    # It is a catalog that can be saved, and that `extract` goes on from without losing anything.
    saved = read_catalog(render(union, "tr"), "a.md", "a.po")
    assert words_of(saved) == kept
    again = follow(union, [entry.msgid for entry in union.active])
    assert words_of(again) >= kept
