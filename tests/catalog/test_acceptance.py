"""Acceptance: what a line says, for which words it holds, and that no tool which wraps comments breaks it."""

from __future__ import annotations

import textwrap
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.catalog import Entry, Signature, fingerprint
from helpcenter.catalog.acceptance import (
    Acceptance,
    acceptances_of,
    bind_acceptances,
    entry_at,
    is_accepted,
    read_acceptance,
    with_acceptance,
)
from helpcenter.catalog.notes import read_notes, write_notes

CODES = st.lists(st.from_regex(r"\A[a-z]{2,12}(-[a-z]{2,12}){1,3}\Z"), min_size=1, max_size=6, unique=True)


@pytest.mark.parametrize(
    ("note", "codes"),
    [
        ("accept: translation-end", ("translation-end",)),
        ("accept:translation-end", ("translation-end",)),
        ("accept: translation-end, translation-space", ("translation-end", "translation-space")),
        ("accept: translation-end translation-end,", ("translation-end",)),
        ("accept: translation-end src=0123456789ab text=ba9876543210", ("translation-end",)),
        ("accept: we all agree here.", None),
        ("accepted: translation-end", None),
        ("accept:", None),
    ],
)
def test_a_line_names_codes(note: str, codes: tuple[str, ...] | None):
    found = read_acceptance(note)
    assert (found and found.codes) == codes


def test_a_line_by_hand_counts_at_once_and_is_bound_to_the_words_that_stand_there():
    entry = Entry("Why?", "Darum.", comments=("a note", "accept: translation-end"))
    assert is_accepted(entry, "translation-end")
    assert not is_accepted(entry, "translation-space")
    bound = bind_acceptances(entry)
    assert bound.comments == (
        "a note",
        f"accept: translation-end src={fingerprint('Why?')} text={fingerprint('Darum.')}",
    )
    assert bind_acceptances(bound) == bound
    assert is_accepted(bound, "translation-end")


def test_it_ends_with_the_words_and_with_the_source():
    entry = bind_acceptances(Entry("Why?", "Darum.", comments=("accept: translation-end",)))
    assert not is_accepted(replace(entry, msgstr="Darum!"), "translation-end")
    assert not is_accepted(replace(entry, msgid="Why not?"), "translation-end")
    # A stale text is held to the source that it was made for, until somebody reads it against the new one.
    stale = replace(entry, msgid="Why not?", previous="Why?", fuzzy=True)
    assert is_accepted(stale, "translation-end")
    assert not is_accepted(replace(stale, previous=None, fuzzy=False), "translation-end")


def test_a_text_that_is_missing_accepts_nothing_yet():
    entry = Entry("Why?", "", comments=("accept: translation-end",))
    assert bind_acceptances(entry) == entry


def test_what_holds_stands_on_one_line_and_what_does_not_goes():
    old = f"accept: translation-end, translation-space src={fingerprint('Why?')} text={fingerprint('Weil.')}"
    entry = Entry("Why?", "Darum.", comments=(old, "a note", "accept: glossary-term"))
    new = with_acceptance(entry, "translation-end")
    assert acceptances_of(new) == [
        Acceptance(("translation-space",), fingerprint("Why?"), fingerprint("Weil.")),
        Acceptance(("glossary-term", "translation-end"), fingerprint("Why?"), fingerprint("Darum.")),
    ]
    assert with_acceptance(new, "translation-end") == new


@given(CODES, st.integers(20, 100), st.booleans())
def test_a_tool_that_wraps_comments_loses_nothing(codes: list[str], width: int, signed: bool):  # noqa: FBT001 - drawn
    line = str(Acceptance(tuple(codes), fingerprint("a"), fingerprint("b")))
    signature = Signature("Ayşe", "2026-11-22", fingerprint("b"), fingerprint("a"))
    entry = Entry("a", "b", comments=("a note", line), reviewed=signature if signed else None)
    wrapped = "\n".join(
        part
        for words in write_notes(entry).split("\n")
        for part in textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)
    )
    notes = read_notes(wrapped)
    assert line in notes.comments
    assert notes.reviewed == entry.reviewed


def test_notes_that_follow_a_line_without_hashes_stay_their_own():
    comment = (
        'accept: translation-end\nalso (Ayşe 2026-11-22): "a  b" text=0123456789ab\nmt: deepl src=1 out=0123456789ab'
    )
    notes = read_notes(comment)
    assert notes.comments[0] == "accept: translation-end"
    assert len(notes.comments) == 2
    assert notes.machine is not None


def test_the_entry_of_a_line_is_the_one_that_began_before_it():
    entries = [Entry("a", line=4), Entry("b", line=9)]
    assert [entry_at(entries, line) for line in (3, 4, 8, 9, 99)] == [None, *entries[:1] * 2, *entries[1:] * 2]
