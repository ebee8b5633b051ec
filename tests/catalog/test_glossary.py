from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog.entries import Entry, Machine
from helpcenter.catalog.glossary import Glossary, Term, load_glossary, terms_in
from helpcenter.catalog.notes import read_notes, write_notes

if TYPE_CHECKING:
    from pathlib import Path

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


SHOP = Glossary(
    terms=(
        LABEL,
        NAME,
        Term(term="return", translation="iade"),
        Term(term="label", translation="etiket"),
        Term(term="delivery", translation="teslimat"),
        Term(term="address", translation="adres"),
        Term(term="Received", translation="Alındı"),
        Term(term="**Delivered**", translation="**Teslim edildi**"),
    )
)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Print the return label.", ["return label"]),
        ("Return labels are free.", ["return label"]),
        ("The **return** label", ["return label"]),
        ("The return label's bar code, and the RETURN LABEL", ["return label"]),
        ("Return the parcel with the label", ["return", "label"]),
        ("A return label is a label for a return", ["return label", "label", "return"]),
        ("Deliveries to other addresses", ["delivery", "address"]),
        ("The returned, relabelled, undelivered", []),
        ("When we have received it", []),
        ("It says **Received**, then **Delivered**", ["Received", "**Delivered**"]),
        ("Delivered parcels", []),
        ("Pellavo's labels", ["Pellavo", "label"]),
        ("pellavo, Pellavorum, PellavoShop", []),
        ("[label](return.md) {{ label }} `return`", ["label"]),
        ("", []),
    ],
)
def test_the_terms_of_a_source_are_found_in_plural_and_possessive_and_the_longest_counts(
    source: str, expected: list[str]
):
    assert [term.term for term in terms_in(source, SHOP)] == expected


def test_terms_of_a_source_in_another_language_are_found_by_its_own_grammar(tmp_path: Path):
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "glossary.yml").write_text("terms: [{term: iade etiketi, translation: return label}]\n", "utf-8")
    glossary, found = load_glossary(tmp_path / "en", tmp_path, "tr")
    assert found == []
    assert [term.translation for term in terms_in("İade etiketinizi yazdırın.", glossary)] == ["return label"]
    assert terms_in("İade kodunuzu yazdırın.", glossary) == ()


def test_a_locale_takes_the_terms_of_its_language_and_of_all_and_its_own_count_more(tmp_path: Path):
    files = {
        "locales/glossary.yml": "terms: [{term: Pellavo, keep: true}, {term: IBAN, keep: true}, {term: kg, keep: true}]\n",
        "locales/de/glossary.yml": "terms: [{term: kg, translation: Kilo}, {term: basket, translation: Warenkorb}]\n",
        "locales/de-AT/glossary.yml": "terms: [{term: basket, translation: Einkaufskorb}]\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    known = {}
    for tag in ("de", "de-AT", "tr"):
        glossary, found = load_glossary(tmp_path / "locales" / tag, tmp_path)
        known[tag] = {term.term: term.translation for term in glossary.terms}
        assert found == []
    assert known["tr"] == {"Pellavo": "", "IBAN": "", "kg": ""}
    assert known["de"] == {"Pellavo": "", "IBAN": "", "kg": "Kilo", "basket": "Warenkorb"}
    assert known["de-AT"] == known["de"] | {"basket": "Einkaufskorb"}


def test_a_shared_list_changes_no_version_that_it_does_not_concern(tmp_path: Path):
    (tmp_path / "tr").mkdir()
    (tmp_path / "tr" / "glossary.yml").write_text("terms: [{term: basket, translation: sepet}]\n", "utf-8")

    def versions() -> list[str]:
        glossary, _ = load_glossary(tmp_path / "tr", tmp_path)
        return [glossary.version_for(text) for text in ("Your basket", "Pay by card", "Pay by IBAN")]

    before = versions()
    (tmp_path / "glossary.yml").write_text("terms: []\n", "utf-8")
    assert versions() == before
    (tmp_path / "glossary.yml").write_text("terms: [{term: IBAN, keep: true}]\n", "utf-8")
    assert versions()[:2] == before[:2]
    assert versions()[2] != before[2]


def test_files_that_cannot_be_read_are_told_all_at_once(tmp_path: Path):
    (tmp_path / "de").mkdir()
    (tmp_path / "de" / "glossary.yml").write_text("terms: [{term: a}]\n", "utf-8")
    (tmp_path / "glossary.yml").write_text("terms: [{keep: true}]\n", "utf-8")
    _, found = load_glossary(tmp_path / "de", tmp_path)
    assert [(one.code, one.place.path) for one in found] == [
        ("schema-missing-key", "glossary.yml"),
        ("schema-invalid-value", "de/glossary.yml"),
    ]


def test_a_translation_for_all_languages_is_told_and_asked_of_none(tmp_path: Path):
    (tmp_path / "de").mkdir()
    (tmp_path / "glossary.yml").write_text(
        "terms: [{term: shop, translation: Laden}, {term: kg, keep: true}]\n", "utf-8"
    )
    glossary, found = load_glossary(tmp_path / "de", tmp_path)
    assert [(one.code, one.place.line, one.place.column) for one in found] == [("glossary-shared", 1, 35)]
    assert [term.term for term in glossary.terms] == ["kg"]
