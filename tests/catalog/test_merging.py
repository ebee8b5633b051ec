from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.catalog import Catalog, Entry, Machine, Memory, Signature, State, fingerprint, merge
from helpcenter.catalog.changes import is_hard_change
from helpcenter.catalog.merging import sources_of

if TYPE_CHECKING:
    from random import Random

CASES = yaml.safe_load((Path(__file__).parent / "cases/merging.yml").read_text("utf-8"))
SIGNED = Signature("erika", "2026-10-01")
SETTLED = {"stale", "hard", "rewritten"}
_ENTRY = re.compile(
    r"(?P<old>~?)(?P<state>[\w-]+) (?P<msgid>.+?)(?: = (?P<msgstr>.+?))?(?: < (?P<previous>.+?))?(?: # (?P<notes>.+))?"
)


def read(line: str) -> Entry:
    """Make the entry that a line of a case stands for."""
    match = _ENTRY.fullmatch(line)
    assert match, line
    state, msgid, msgstr, previous = match["state"], match["msgid"], match["msgstr"] or "", match["previous"]
    by_machine = state in {"machine", "stale-machine"}
    return Entry(
        msgid,
        msgstr,
        fuzzy=state not in {"reviewed", "approved", "missing"},
        previous=previous,
        hard=state == "hard",
        settled=fingerprint("other words" if state == "rewritten" else msgstr) if state in SETTLED else "",
        machine=Machine("pseudo", fingerprint(previous or msgid), fingerprint(msgstr)) if by_machine else None,
        reviewed=SIGNED if state in {"reviewed", "stale", "hard"} else None,
        approved=replace(SIGNED, text=fingerprint(msgstr)) if state == "approved" else None,
        comments=tuple(match["notes"].split(" # ")) if match["notes"] else (),
        obsolete=bool(match["old"]),
    )


def show(entry: Entry) -> str:
    state = str(entry.state)
    if entry.state is State.STALE:
        state = "hard" if entry.hard else "stale-machine" if entry.machine else "stale"
    text = f" = {entry.msgstr}" if entry.msgstr else ""
    was = f" < {entry.previous}" if entry.previous is not None else ""
    notes = "".join(f" # {note}" for note in entry.comments)
    return f"{'~' if entry.obsolete else ''}{state} {entry.msgid}{text}{was}{notes}"


def merged(case: dict[str, Any]) -> tuple[Catalog, Catalog]:
    old = Catalog("guides/pay.md", tuple(map(read, case.get("old", ()))))
    elsewhere = [Catalog(f"other/{i}.md", (read(line),)) for i, line in enumerate(case.get("elsewhere", ()))]
    sources = sources_of(old.path, ((text, "", "paragraph") for text in case["now"]))
    return old, merge(sources, old, Memory.of([old, *elsewhere]), variant=case.get("variant", False))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_catalog_follows_its_page(case: dict[str, Any]):
    _, new = merged(case)
    assert [show(entry) for entry in new.entries] == case["after"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_second_merge_changes_nothing(case: dict[str, Any]):
    _, once = merged(case)
    sources = sources_of(once.path, ((text, "", "paragraph") for text in case["now"]))
    assert merge(sources, once, Memory.of([once]), variant=case.get("variant", False)) == once


def test_signatures_come_back_with_the_source():
    signed = Entry(
        "Pay 10.",
        "10.",
        reviewed=SIGNED,
        approved=Signature("legal", "2026-10-02", fingerprint("10.")),
        comments=("a note",),
    )
    old = Catalog("a.md", (signed,))
    stale = merge(sources_of("a.md", [("Pay 20.", "", "paragraph")]), old, Memory.of([old]))
    assert stale.entries[0].state is State.STALE
    back = merge(sources_of("a.md", [("Pay 10.", "", "paragraph")]), stale, Memory.of([stale]))
    (entry,) = back.entries
    assert (entry.state, entry.reviewed) == (State.APPROVED, signed.reviewed)
    assert entry.approved is not None
    assert entry.approved.who == "legal"
    assert entry.comments == ("a note",)


def test_words_that_a_person_took_over_from_a_machine_are_theirs_when_they_go_stale():
    machine = Machine("pseudo", fingerprint("Pay it today."), fingerprint("Öde."))
    old = Catalog("a.md", (Entry("Pay it today.", "Öde.", machine=machine),))
    stale = merge(sources_of("a.md", [("Pay it now.", "", "paragraph")]), old, Memory.of([old]))
    (entry,) = stale.entries
    assert (entry.state, entry.is_machine_text) == (State.STALE, False)
    assert entry.with_machine_text("Şimdi öde.", "pseudo").msgstr == "Öde."
    back = merge(sources_of("a.md", [("Pay it today.", "", "paragraph")]), stale, Memory.of([stale]))
    assert back.entries[0].state is State.REVIEWED


def test_a_text_that_nobody_was_sure_of_is_not_reviewed_after_its_source_went_and_came_back():
    catalog = Catalog("a.md", (Entry("Pay it today.", "Öde?", fuzzy=True),))
    for text in ("Pay it now.", "Pay it today."):
        catalog = merge(sources_of("a.md", [(text, "", "paragraph")]), catalog, Memory.of([catalog]))
    (entry,) = catalog.entries
    assert (entry.state, entry.is_machine_text) == (State.STALE, False)


def test_a_text_in_two_places_names_both():
    segments = [
        ("Yes", "pay", "table cell"),
        ("No", "pay", "paragraph"),
        ("Yes", "", "heading"),
        ("Yes", "pay", "heading"),
    ]
    assert [tuple(source) for source in sources_of("a.md", segments)] == [
        ("Yes", ("a.md#pay", "a.md"), "table cell, heading"),
        ("No", ("a.md#pay",), "paragraph"),
    ]


@pytest.mark.parametrize(
    ("before", "after", "hard"),
    [
        ("Pay in 14 days", "Pay within 14 days", False),
        ("Pay in 14 days", "Pay in 30 days", True),
        ("Pay 3 or 4", "Pay 4 or 3", True),
        ("Open at 9", "Open at nine", True),
        ("Use **card**", "Use *card*", False),
        ("Use `card`", "Use card", True),
        ("See <https://a.example>", "See <https://b.example>", True),
        ("{{ a.b }} left", "{{a.b}} left", False),
        ("All but food", "All except food", True),
        ("You may not", "You may NOT", False),
        ("Du darfst es", "Du darfst es nicht", True),
        ("Ein Grund", "Kein Grund", True),
        ("İade var", "İade yok", True),
        ("Можно", "Не можно", True),
        ("可以退货", "不可以退货", True),
        ("يمكن", "لا يمكن", True),
        ("Nota", "Note", False),
        ("A knot", "A note", False),
    ],
)
def test_what_may_make_an_old_translation_false(before: str, after: str, hard: bool):  # noqa: FBT001 - a table
    assert is_hard_change(before, after) is hard
    assert is_hard_change(after, before) is hard


WORDS = st.sampled_from(
    ["Pay now", "Pay later", "Pay now or later", "Pay in 3 days", "Pay in 4 days", "Write to us", "Write us", "No"]
)
PAGES = st.lists(WORDS, max_size=6)


@settings(max_examples=150, deadline=None)
@given(st.lists(PAGES, min_size=2, max_size=6), st.randoms())
def test_no_text_of_a_person_is_lost_or_vouched_for_by_nobody(history: list[list[str]], random: Random):
    """Whatever happens to a page and its translations: texts and notes stay, and only what was relied on is reviewed."""
    catalog = Catalog("a.md")
    written: set[str] = set()
    relied_on: set[tuple[str, str]] = set()
    for number, texts in enumerate(history):
        sources = sources_of("a.md", ((text, "", "paragraph") for text in texts))
        catalog = merge(sources, catalog, Memory.of([catalog]))
        assert merge(sources, catalog, Memory.of([catalog])) == catalog
        assert [entry.msgid for entry in catalog.active] == list(dict.fromkeys(texts))
        msgids = [entry.msgid for entry in catalog.entries]
        assert len(set(msgids)) == len(msgids)
        kept = {entry.msgstr for entry in catalog.entries}
        notes = {
            note.strip('"') for entry in catalog.entries for words in entry.comments for note in words.split(': "')
        }
        assert written <= kept | notes
        assert {(e.msgid, e.msgstr) for e in catalog.entries if e.msgstr and not e.fuzzy} <= relied_on
        entries = []
        for entry in catalog.entries:
            new = entry
            if not entry.obsolete and random.random() < 0.5:
                mine = f"text {number} of {entry.msgid}"
                what = random.choice(["write", "doubt", "read", "note"])
                if what == "write":
                    new = replace(entry, msgstr=mine, fuzzy=False, previous=None, hard=False, settled="")
                elif what == "doubt":
                    new = replace(entry, msgstr=mine, fuzzy=True)
                elif what == "read" and entry.msgstr:
                    new = entry.with_signature(SIGNED, random.choice([State.REVIEWED, State.APPROVED]))
                else:
                    new = replace(entry, comments=(*entry.comments, f"note {number} on {entry.msgid}"))
                    written.add(f"note {number} on {entry.msgid}")
                if what in {"write", "doubt"}:
                    # A text may be written over by a person; it is lost only when nobody meant that.
                    written.discard(entry.msgstr)
                    written.add(mine)
                if new.msgstr and not new.fuzzy:
                    relied_on.add((new.msgid, new.msgstr))
            entries.append(new)
        catalog = replace(catalog, entries=tuple(entries))
