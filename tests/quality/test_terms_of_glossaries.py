from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.catalog.glossary import Glossary, Term
from helpcenter.quality import Direction, Pair
from helpcenter.quality.terms import find_term, find_term_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = Path(__file__).with_name("terms")
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.yml"))


def cases(language: str, kind: str) -> Iterator[tuple[Term, str]]:
    for one in yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8")):
        term = Term(term=one["term"], translation=one["translation"], forms=one.get("forms", ()))
        for text in one[kind]:
            yield term, text


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_a_term_is_found_and_no_other_word(language: str):
    missed = [
        (term.translation, text) for term, text in cases(language, "right") if not find_term(term, text, language)
    ]
    taken = [(term.translation, text) for term, text in cases(language, "wrong") if find_term(term, text, language)]
    assert (missed, taken) == ([], [])


def test_the_examples_of_the_documentation_are_true():
    page = Path(__file__).parents[2] / "docs" / "formats" / "glossary.md"
    tags = {"Turkish": "tr", "German": "de", "Russian": "ru", "Arabic": "ar", "Spanish": "es"}
    rows = re.findall(rf"^\| ({'|'.join(tags)}) \| (.+?) \| (.+?) \| (.+?) \|$", page.read_text("utf-8"), re.MULTILINE)
    assert {row[0] for row in rows} == set(tags)
    for language, entry, right, wrong in rows:
        term = Term(term="x", translation=entry)
        taken = [text for text in re.split("[,،] ", f"{right}, {wrong}") if find_term(term, text, tags[language])]
        assert taken == re.split("[,،] ", right), entry


def problems(
    source: str, text: str, *terms: Term, target: str = "tr", kind: str = "paragraph"
) -> list[tuple[str, str]]:
    found = find_term_problems(Pair(source, text, kind), Direction("en", target), Glossary(terms=terms))
    return [(one.code, text[slice(*one.span)] if one.span else "") for one in found]


LABEL = Term(term="return label", translation="iade etiketi", forms=("iade kodu",), avoid=("etiket", "kupon"))
NAME = Term(term="Pellavo", keep=True)


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("Print the return label.", "İade etiketini yazdırın.", []),
        ("Print the return label.", "İade kodunuzu yazdırın.", []),
        ("Print the return label.", "Belgeyi yazdırın.", [("glossary-term", "")]),
        # What is to be avoided says more than that the term is missing.
        ("Print the return label.", "Kuponu yazdırın.", [("glossary-avoid", "Kuponu")]),
        ("Print the return label.", "İade etiketinizi ve kuponları", [("glossary-avoid", "kuponları")]),
        ("Print the return label.", "Kuponcuya iade etiketini gösterin.", []),
        ("Print it.", "Kuponu yazdırın.", []),
        ("Return labels of Pellavo", "Pellavo'nun iade etiketleri", []),
        ("Return labels of Pellavo", "Palavo iade etiketleri", [("glossary-keep", "")]),
        ("Print the [return label](label.md).", "[İade etiketini](iade.md) yazdırın.", []),
        ("Print the [return label](label.md).", "[Belgeyi](iade-etiketi.md) yazdırın.", [("glossary-term", "")]),
    ],
)
def test_each_term_of_a_source_is_asked_for_once(source: str, text: str, expected: list[tuple[str, str]]):
    assert problems(source, text, LABEL, NAME) == expected


def test_keywords_are_what_customers_type():
    assert problems("return label", "kupon", LABEL, kind="keyword") == []


def test_a_word_to_avoid_for_one_term_may_be_the_name_of_another():
    window = Term(term="return window", translation="Rückgabefrist", avoid=("Widerrufsfrist",))
    period = Term(term="legal period", translation="Widerrufsfrist")
    both = "Die Rückgabefrist ist länger als die Widerrufsfrist."
    assert problems("The return window is longer than the legal period.", both, window, period, target="de") == []
    assert problems("The return window is long.", "Die Widerrufsfrist ist lang.", window, period, target="de") == [
        ("glossary-avoid", "Widerrufsfrist")
    ]


def test_a_form_that_ends_in_a_star_is_a_beginning():
    term = Term(term="cancel", translation="absagen", forms=("stornier*",))
    assert problems("You cancel it.", "Die Stornierung ist frei.", term, target="de") == []
    assert problems("You cancel it.", "Der Storno ist frei.", term, target="de") == [("glossary-term", "")]


def test_labels_stand_as_they_are():
    term = Term(term="**Return items**", translation="**Artikel zurückgeben**")
    assert problems("Choose **Return items**.", "Wählen Sie **Artikel zurückgeben**.", term, target="de") == []
    assert problems("Choose **Return items**.", "Wählen Sie **Rückgabe**.", term, target="de") == [
        ("glossary-term", "")
    ]


NAMES = [
    ("tr", "Pellavo'dan", True), ("tr", "Pellavo’nun", True), ("tr", "PELLAVO", False), ("tr", "Pellavolu", False),
    ("de", "Pellavos Atelier", True), ("de", "Pellavo-Konto", True), ("de", "Pellavot", False),
    ("ru", "«Pellavo»", True), ("ru", "Пеллаво", False),
    ("ar", "بPellavo", True), ("ja", "Pellavoの返品", True), ("zh", "在Pellavo购物", True),
    ("fi", "Pellavon", True), ("es", "Pellavos", False), ("fr", "d'Pellavo", True), ("de", "Kapellavo", False),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "stands"), NAMES)
def test_a_name_stays_as_it_is_with_the_endings_of_its_language(language: str, text: str, *, stands: bool):
    assert bool(find_term(NAME, text, language)) is stands


WORDS = st.text(alphabet=st.sampled_from("abIıİiçğşüößäñéё-'’*жшьطلباةوـ返品가 ·\u0301\u064b\ufffc.\n"), max_size=30)


# The first text of a language reads its dictionary.
@settings(deadline=None)
@given(WORDS, WORDS, st.sampled_from(["tr", "ru", "de", "ar", "es", "zh-CN", "sv", "eo", "x-none"]))
def test_no_text_is_too_strange(phrase: str, text: str, language: str):
    term = Term(term="a", translation=phrase or "-", forms=(text,), avoid=(phrase,))
    for start, end in find_term(term, text, language):
        assert 0 <= start <= end <= len(text)
    list(find_term_problems(Pair(f"A {text}", text or "-"), Direction("en", language), Glossary(terms=(term,))))
