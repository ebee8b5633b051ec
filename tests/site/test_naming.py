"""What a page is called in a locale, and in the language of the source as far as people vouch for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpcenter.checks import Gate, inspect_sources
from helpcenter.checks.inspection import markdown_config
from helpcenter.project import load_project
from helpcenter.site.staging import Stager
from project_cases import DAY, edit

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.site.staged import StagedPage

RETURNS = "guides/returns.md"
GERMAN = "locales/de/catalog/guides/returns.po"
REVIEWED = "# reviewed: erika@small.example 2026-10-01\n"


def stage(folder: Path, tag: str) -> StagedPage:
    project = load_project(folder)
    sources = inspect_sources(project, DAY)
    assert sources.regions is not None
    page = next(page for page in sources.pages if page.path == RETURNS)
    stager = Stager(project, project.locales[tag], sources.regions, DAY, Gate(markdown_config(project)))
    return stager.stage_page(page)[0]


def test_what_people_have_reviewed_is_known_by_the_words_of_the_source(project_folder: Path):
    wanted = (("", "Send something back"), ("", "refund"), ("label", "Print the label"))
    assert stage(project_folder, "de").bridge == wanted
    # What it builds on was reviewed as well.
    assert stage(project_folder, "de-AT").bridge == wanted


def test_the_source_needs_no_bridge(project_folder: Path):
    assert stage(project_folder, "en").bridge == ()


def test_a_machine_vouches_for_nothing(project_folder: Path):
    turkish = stage(project_folder, "tr")
    assert (turkish.meta["state"], turkish.title) == ("partial", "Bir şeyi geri gönderme")
    assert turkish.bridge == ()


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ('msgid "Send something back"\n', [("", "refund"), ("label", "Print the label")]),
        ('msgid "refund"\n', [("", "Send something back"), ("label", "Print the label")]),
        ('msgid "Print the label"\n', [("", "Send something back"), ("", "refund")]),
    ],
)
def test_a_text_whose_source_has_changed_vouches_for_nothing(
    entry: str, left: list[tuple[str, str]], project_folder: Path
):
    edit(project_folder, GERMAN, entry, f'#, fuzzy\n#| msgid "Something else"\n{entry}')
    staged = stage(project_folder, "de")
    assert staged.meta["lang"] == "de"
    assert list(staged.bridge) == left


def test_markup_and_facts_are_no_names(project_folder: Path):
    words = "Print **the** [label](contact.md) within {{ returns.window }}"
    edit(project_folder, "content/guides/returns.md", "## Print the label {#label}", f"## {words} {{#label}}")
    edit(project_folder, GERMAN, '"Print the label"', f'"{words}"')
    edit(project_folder, GERMAN, '"Etikett drucken"', '"**Etikett** [drucken](contact.md) in {{ returns.window }}"')
    assert stage(project_folder, "de").bridge[-1] == ("label", "Print the label within")


def test_a_translation_of_a_keyword_may_hold_several(project_folder: Path):
    edit(project_folder, GERMAN, '"Rückerstattung"', '"Rückerstattung; Geld zurück ;Erstattung；Geld zurück"')
    assert stage(project_folder, "de").keywords == ("Rückerstattung", "Geld zurück", "Erstattung")


def test_a_keyword_that_nobody_has_translated_is_none_of_the_locale(project_folder: Path):
    assert stage(project_folder, "en").keywords == ("refund",)
    assert stage(project_folder, "tr").keywords == ()


def test_a_page_in_the_source_language_has_its_keywords(project_folder: Path):
    edit(project_folder, "locales/tr/catalog/guides/returns.po", '"Bir şeyi geri gönderme"', '""')
    staged = stage(project_folder, "tr")
    assert staged.meta["state"] == "fallback"
    assert (staged.keywords, staged.bridge) == (("refund",), ())
