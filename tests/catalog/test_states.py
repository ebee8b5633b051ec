from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.catalog import Entry, Machine, Signature, State, fingerprint

ERIKA = Signature("erika", "2026-10-01")
APPROVED = replace(ERIKA, text=fingerprint("Öde"))
BY_MACHINE = Machine("deepl", fingerprint("Pay now"), fingerprint("Öde"))


@pytest.mark.parametrize(
    ("entry", "state"),
    [
        (Entry("Pay now"), State.MISSING),
        (Entry("Pay now", fuzzy=True), State.MISSING),
        (Entry("Pay now", approved=ERIKA), State.MISSING),
        (Entry("Pay now", "Öde"), State.REVIEWED),
        (Entry("Pay now", "Öde", machine=BY_MACHINE), State.REVIEWED),
        (Entry("Pay now", "Öde", reviewed=ERIKA), State.REVIEWED),
        (Entry("Pay now", "Öde", approved=APPROVED), State.APPROVED),
        (Entry("Pay now", "Öde", approved=replace(APPROVED, source=fingerprint("Pay now"))), State.APPROVED),
        # Of other words, of another source, of nobody knows what.
        (Entry("Pay now", "Şimdi öde", approved=APPROVED), State.REVIEWED),
        (Entry("Pay now", "Öde", approved=replace(APPROVED, source=fingerprint("Pay"))), State.REVIEWED),
        (Entry("Pay now", "Öde", approved=ERIKA), State.REVIEWED),
        (Entry("Pay now", "Öde", fuzzy=True, machine=BY_MACHINE), State.MACHINE),
        (Entry("Pay now", "Öde", fuzzy=True), State.MACHINE),
        (Entry("Pay now", "Öde", fuzzy=True, approved=ERIKA), State.MACHINE),
        (Entry("Pay now", "Öde", fuzzy=True, previous="Pay"), State.STALE),
        (Entry("Pay now", "Öde", fuzzy=True, previous="Pay", approved=ERIKA), State.STALE),
        (Entry("Pay now", "Öde", previous="Pay"), State.REVIEWED),
        # A tool forgot the previous text.
        (Entry("Pay now", "Öde", fuzzy=True, hard=True), State.STALE),
        (Entry("Pay now", "Öde", fuzzy=True, settled=fingerprint("Öde")), State.STALE),
    ],
)
def test_the_state_follows_from_the_file(entry: Entry, state: State):
    assert entry.state is state


def test_states_are_ranked():
    assert [str(state) for state in sorted(State, key=lambda state: state.rank)] == [
        "missing",
        "stale",
        "machine",
        "reviewed",
        "approved",
    ]


ENTRIES = st.builds(
    Entry,
    msgid=st.just("Pay now"),
    msgstr=st.sampled_from(["", "Öde", "Şimdi öde"]),
    fuzzy=st.booleans(),
    previous=st.sampled_from([None, "Pay"]),
    machine=st.sampled_from([None, BY_MACHINE]),
    reviewed=st.sampled_from([None, ERIKA]),
    approved=st.sampled_from([None, ERIKA, APPROVED]),
    hard=st.booleans(),
    settled=st.sampled_from(["", fingerprint("Öde")]),
    suggestion=st.sampled_from([None, "Hemen öde"]),
)


@settings(max_examples=300, deadline=None)
@given(ENTRIES)
def test_a_machine_never_touches_what_a_person_wrote_or_vouched_for(entry: Entry):
    new = entry.with_machine_text("Hemen öde", "pseudo")
    written_by_machine = entry.machine is not None and entry.msgstr == "Öde"
    vouched = not entry.fuzzy or entry.reviewed is not None or entry.approved is not None
    if entry.msgstr and (not written_by_machine or vouched):
        assert new == replace(entry, suggestion="Hemen öde")
        return
    assert (new.msgstr, new.state, new.suggestion) == ("Hemen öde", State.MACHINE, None)
    assert (new.previous, new.hard, new.settled) == (None, False, "")
    assert new.machine == Machine("pseudo", fingerprint("Pay now"), fingerprint("Hemen öde"))
    assert (new.reviewed, new.approved) == (None, None)
    assert new.is_machine_text


@settings(max_examples=200, deadline=None)
@given(ENTRIES, st.sampled_from([State.REVIEWED, State.APPROVED]))
def test_a_signature_makes_the_state_it_says(entry: Entry, state: State):
    if not entry.msgstr:
        with pytest.raises(ValueError, match="missing"):
            entry.with_signature(ERIKA, state)
        return
    new = entry.with_signature(ERIKA, state)
    assert (new.state, new.msgstr, new.suggestion) == (state, entry.msgstr, None)
    assert (new.previous, new.hard, new.settled) == (None, False, "")
    assert not new.is_machine_text
    signed = new.approved if state is State.APPROVED else new.reviewed
    assert signed is not None
    assert (signed.who, signed.date) == ("erika", "2026-10-01")


@pytest.mark.parametrize("state", [State.MISSING, State.STALE, State.MACHINE])
def test_nobody_can_sign_for_a_state_that_is_no_judgement(state: State):
    with pytest.raises(ValueError, match=str(state)):
        Entry("Pay now", "Öde").with_signature(ERIKA, state)


def test_an_approval_does_not_hold_for_another_text():
    approved = Entry("Pay now", "Öde").with_signature(ERIKA, State.APPROVED)
    assert approved.state is State.APPROVED
    assert replace(approved, msgstr="Ödeme").state is State.REVIEWED
    # Nor for the same text of another source: whoever takes the fuzzy flag off is not the one who approved.
    assert replace(approved, msgid="Pay tomorrow").state is State.REVIEWED


def test_a_fingerprint_is_short_and_never_changes():
    # It stands in files that people keep.
    assert fingerprint("Pay now") == "a63deadb8b91"
    assert fingerprint("") != fingerprint(" ")
