from __future__ import annotations

import pytest

from helpcenter.catalog.entries import Entry, Machine
from helpcenter.catalog.glossary import Glossary, Term
from helpcenter.catalog.notes import read_notes, write_notes

LABEL = Term(term="return label", translation="iade etiketi", avoid=("etiket",))
NAME = Term(term="Pellavo", keep=True)
TEXT = "Print the **return label**."


def version(*terms: Term, of: str = TEXT) -> str:
    return Glossary(terms=terms).version_for(of)


def test_only_the_terms_of_a_text_count():
    assert version(LABEL) == version(NAME, LABEL) != ""
    assert version(NAME) == version() == ""


@pytest.mark.parametrize(
    "change",
    [{"translation": "iade kodu"}, {"forms": ("etiketi",)}, {"avoid": ()}, {"translation": "", "keep": True}],
    ids=str,
)
def test_a_change_of_a_term_is_a_new_version(change: dict[str, object]):
    assert version(LABEL.model_copy(update=change)) not in {version(LABEL), ""}


def test_a_note_and_the_order_are_no_change():
    both = "Pellavo prints the return label."
    noted = LABEL.model_copy(update={"note": "on the parcel"})
    assert version(noted, NAME, of=both) == version(NAME, LABEL, of=both)


def test_what_is_sealed_holds_no_terms():
    assert version(NAME, of="Open [it](Pellavo.md) or `Pellavo`.") == ""


@pytest.mark.parametrize("terms", ["", "0123456789ab"])
def test_the_version_stands_in_the_catalog(terms: str):
    entry = Entry("A", "B", fuzzy=True, machine=Machine("deepl", "a" * 12, "b" * 12, terms))
    written = write_notes(entry)
    assert written.endswith(" out=" + "b" * 12)
    assert read_notes(written).machine == entry.machine
    for wrapped in (written.replace(" src", "\nsrc"), written.replace(" out", "\nout"), written.replace(" ", "\n")):
        assert read_notes(wrapped).machine == entry.machine
