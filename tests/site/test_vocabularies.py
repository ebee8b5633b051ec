"""A locale's search knows its own words, those of the languages it builds on, and the names of what its region offers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpcenter.project import load_project
from helpcenter.regions import load_regions
from helpcenter.site.vocabularies import find_origins, gather_vocabularies
from project_cases import DAY, edit, write

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.search import Vocabulary


def gather(folder: Path, tag: str) -> dict[str, Vocabulary]:
    project = load_project(folder)
    regions, findings = load_regions(project.regions_folder, folder)
    assert regions is not None
    assert findings == []
    locale = project.locales[tag]
    return gather_vocabularies(project, locale, regions.view(locale.region, DAY, tag))


@pytest.fixture
def folder(project_folder: Path) -> Path:
    """Give a shop with words in three locales."""
    files = {
        "en": "synonyms: [[parcel, package]]\n",
        "de": "synonyms: [[Paket, Sendung]]\npopular: [Wo ist mein Paket]\nthreshold: 80\n",
        "de-AT": "synonyms: [[Sackerl, Beutel]]\npopular: [Sackerl]\n",
    }
    write(project_folder, {f"locales/{tag}/search.yml": text for tag, text in files.items()})
    return project_folder


def test_a_country_adds_its_words_to_those_of_its_language(folder: Path):
    words = gather(folder, "de-AT")["de"]
    assert words.synonyms == (("Paket", "Sendung"), ("Sackerl", "Beutel"))
    assert words.popular == ("Sackerl",)
    assert words.threshold == 80
    assert gather(folder, "de")["de"].synonyms == (("Paket", "Sendung"),)


def test_the_words_of_the_source_are_there_for_its_texts(folder: Path):
    found = gather(folder, "de-AT")
    assert list(found) == ["en", "de"]
    assert found["en"].synonyms == (("parcel", "package"),)


def test_a_variant_of_the_source_adds_its_words_to_the_source(folder: Path):
    edit(folder, "mkdocs.yml", "de-AT, tr]", "de-AT, tr, en-AU]")
    write(folder, {"locales/en-AU/locale.yml": "region: '001'\n", "locales/en-AU/search.yml": "protected: [Post]\n"})
    found = gather(folder, "en-AU")
    assert list(found) == ["en"]
    assert found["en"].synonyms == (("parcel", "package"),)
    assert found["en"].protected == ("Post", "Visa")


def test_brands_of_the_region_are_known_by_each_of_their_names(folder: Path):
    methods = (
        "methods:\n"
        "  visa: {name: Visa, names: {ar: فيزا, ru: Виза}}\n"
        "  troy: {name: Troy Card, names: {tr: Troy}}\n"
        "  invoice: {names: {en: invoice, de: Rechnung, tr: fatura}}\n"
        "  pix: {name: Pix}\n"
    )
    write(folder, {"locales/regions/methods.yml": methods})
    edit(folder, "locales/regions/TR.yml", "[troy]", "[troy, visa, invoice]")
    for words in gather(folder, "tr").values():
        assert words.synonyms[-3:] == (("Troy Card", "Troy"), ("Visa", "فيزا", "Виза"), ("fatura", "invoice"))
        # A name of two words is none that could be kept as it is; what is no brand has forms like other words.
        assert words.protected == ("Troy", "Visa", "فيزا", "Виза")
    assert ("Troy Card", "Troy") not in gather(folder, "de")["de"].synonyms


def test_the_words_of_an_index_are_found_in_their_files(folder: Path):
    files = {
        "locales/regions/methods.yml": "methods:\n  visa: {name: Visa}\n  troy: {name: Troy Card, names: {tr: Troy}}\n",
        "locales/tr/search.yml": "one_way:\n  kart: [Troy]\nsynonyms: [[iade, geri, ' ']]\nmisspellings: {iadde: [iade]}\n",
    }
    write(folder, files)
    project = load_project(folder)
    origins = find_origins(project, project.locales["tr"])
    words = gather(folder, "tr")["tr"]
    groups = [*words.synonyms, *((typed, *found) for typed, found in (*words.one_way, *words.misspellings))]
    assert [str(origins.find(group)) for group in groups] == [
        "locales/tr/search.yml:3:12",
        "locales/regions/methods.yml:3:3",
        "locales/tr/search.yml:2:3",
        "locales/tr/search.yml:4:16",
    ]
    # The bridge has the words of the source.
    assert str(origins.find(("parcel", "package"))) == "locales/en/search.yml:1:12"
    assert origins.find(("iade", "something that is not there any more")) is None


def test_files_that_cannot_be_read_have_no_words(folder: Path):
    write(folder, {"locales/tr/search.yml": "synonyms: [", "locales/regions/methods.yml": "methods: [visa"})
    project = load_project(folder)
    assert find_origins(project, project.locales["tr"]).find(("iade", "geri")) is None
