from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from project_cases import AS_OF, Run, edit, write

if TYPE_CHECKING:
    from pathlib import Path

PO = "locales/de/catalog/guides/contact.po"
OWN, SHARED = "locales/de/glossary.yml", "locales/glossary.yml"


def check(run: Run, folder: Path) -> list[tuple[str, str, int | None, int | None]]:
    done = run("-C", folder, "check", "-l", "de", "--format", "json", *AS_OF)
    rows = json.loads(done.out)
    return [(one["code"], one["path"], one["line"], one["column"]) for one in rows if one["path"] in {PO, OWN, SHARED}]


def test_a_translation_must_have_the_terms_of_its_source_in_some_form(project_folder: Path, run: Run):
    write(project_folder, {OWN: "terms:\n- {term: write to, translation: mailen}\n- {term: us, translation: wir}\n"})
    found = check(run, project_folder)
    assert found == [("glossary-term", PO, 14, 1), ("glossary-term", PO, 14, 1), ("glossary-term", PO, 20, 1)]
    edit(project_folder, OWN, "translation: wir", "translation: uns")
    edit(project_folder, OWN, "translation: mailen", "translation: mailen, forms: [schreiben]")
    assert check(run, project_folder) == []


def test_a_word_to_avoid_is_shown_where_it_stands(project_folder: Path, run: Run):
    write(project_folder, {OWN: "terms:\n- {term: write to, translation: mailen, avoid: [Brief]}\n"})
    edit(project_folder, PO, "Schreiben Sie an", "Ihre Briefe an")
    assert check(run, project_folder) == [("glossary-term", PO, 14, 1), ("glossary-avoid", PO, 20, 14)]
    edit(project_folder, PO, "Ihre Briefe an", "Mailen Sie ohne Briefkopf an")
    assert check(run, project_folder) == [("glossary-term", PO, 14, 1)]


def test_the_list_of_all_languages_holds_for_each(project_folder: Path, run: Run):
    write(project_folder, {SHARED: "terms:\n- {term: Write, keep: true}\n"})
    assert check(run, project_folder) == [("glossary-keep", PO, 14, 1), ("glossary-keep", PO, 20, 1)]
    edit(project_folder, PO, "Schreiben Sie an", "Write-Formular an")
    assert check(run, project_folder) == [("glossary-keep", PO, 14, 1)]
    # What is nearer wins.
    write(project_folder, {OWN: "terms:\n- {term: Write, translation: schreiben, forms: [Write]}\n"})
    assert check(run, project_folder) == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            OWN,
            "terms:\n- {term: a b, translation: x}\n- {term: c, translation: y}\n- {term: a  b, translation: x}\n",
            [("glossary-twice", 4, 10)],
        ),
        (
            OWN,
            "terms:\n- {term: a, translation: x}\n- {term: a, translation: y}\n- {term: A, translation: z}\n",
            [("glossary-contradiction", 3, 10)],
        ),
        (
            OWN,
            "terms:\n- {term: label, translation: Etikett, forms: [Schild], avoid: [Zettel, Etiketten, Schilder]}\n",
            [("glossary-contradiction", 2, 72), ("glossary-contradiction", 2, 83)],
        ),
        (OWN, "terms:\n- {term: label, translation: Retouren-Etikett, avoid: [Etikett]}\n", []),
        (
            SHARED,
            "terms:\n- {term: Shop, translation: Laden}\n- {term: IBAN, keep: true}\n- {term: IBAN, keep: true}\n",
            [("glossary-shared", 2, 29), ("glossary-twice", 4, 10)],
        ),
    ],
)
def test_entries_that_say_the_same_or_the_opposite_are_told(
    name: str, text: str, expected: list[tuple[str, int, int]], project_folder: Path, run: Run
):
    write(project_folder, {name: text})
    found = [row for row in check(run, project_folder) if row[1] == name]
    assert found == [(code, name, line, column) for code, line, column in expected]
