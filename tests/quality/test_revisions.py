"""How much a person changed of a machine's words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein
from sacrebleu.metrics.chrf import CHRF

from helpcenter.catalog import Entry, Machine, Revision, Signature, State, fingerprint
from helpcenter.quality.revisions import measure_revision, wanted_print, with_revision

# Words and what seals them, so that examples hold markup.
TEXTS = st.lists(
    st.sampled_from(["a", "Öde", " ", "退货", "**", "[x](y.md)", "{{ a.b }}", "`c`", "\ufffc", "\n"])
    | st.text(max_size=5),
    max_size=8,
).map("".join)


@pytest.mark.parametrize(
    ("before", "after", "chrf", "edits"),
    [
        ("Sipariş verin.", "Sipariş verin.", 100, 0),
        ("Sipariş verin.", "Sipariş veriniz.", 79, 2),
        ("您可以退货。", "您可以退换货。", 38, 1),
        ("Ja", "Nein", 0, 4),
        # A space more, a letter less, another place of it: small, and never nothing.
        ("Hallo, Welt", "Hallo,  Welt", 99, 1),
        # What is sealed says nothing about the words, however long it is.
        ("Ver [aqui](https://a.example/b/c/d/e/f/g).", "Veja [aqui](https://a.example/b/c/d/e/f/g).", 57, 2),
        ("Ver [aqui](b.md).", "Veja [aqui](b.md).", 57, 2),
    ],
)
def test_likeness_and_characters(before: str, after: str, chrf: int, edits: int):
    assert measure_revision(before, after) == Revision(chrf, edits)


def test_it_is_the_chrf_that_others_publish():
    metric = CHRF(word_order=0)
    for before, after in [("Gönderi yola çıktı", "Kargonuz yola çıktı"), ("订单已发货", "您的订单已经发货")]:
        measured = measure_revision(before, after)
        assert measured.chrf == round(metric.sentence_score(before, [after]).score)
        assert measured.edits == Levenshtein.distance(before, after)


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.booleans())
def test_every_text_can_be_compared(before: str, after: str, is_string: bool):  # noqa: FBT001 - drawn
    measured = measure_revision(before, after, is_string=is_string)
    assert 0 <= measured.chrf <= 100
    assert 0 <= measured.edits <= max(len(before), len(after))
    assert (measured == Revision(100, 0)) == (before == after)


SIGNATURE = Signature("erika", "2026-10-01")
ENTRY = Entry("Pay now", "Şimdi öde", machine=Machine("deepl", fingerprint("Pay now"), fingerprint("Öde")))


def test_an_entry_notes_what_was_changed():
    signed = ENTRY.with_signature(SIGNATURE, State.REVIEWED)
    assert wanted_print(signed) == fingerprint("Öde")
    assert with_revision(signed, {fingerprint("Öde"): "Öde"}).revision == measure_revision("Öde", "Şimdi öde")


def test_what_nobody_knows_is_not_made_up():
    measured = with_revision(ENTRY.with_signature(SIGNATURE, State.REVIEWED), {fingerprint("Öde"): "Öde"})
    assert with_revision(replace(measured, msgstr="Hemen öde"), {}).machine == ENTRY.machine


@pytest.mark.parametrize(
    "entry",
    [
        Entry("Pay now", "Öde"),
        replace(ENTRY, msgstr="Öde"),
        replace(ENTRY, msgstr=""),
        replace(ENTRY, msgid="Pay it now"),
    ],
)
def test_nothing_is_looked_for_where_nothing_can_be_measured(entry: Entry):
    assert wanted_print(entry) is None
    new = with_revision(entry, {fingerprint("Öde"): "Öde"})
    assert new.machine is None or new.machine.revision is None
