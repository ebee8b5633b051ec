from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import State, extract_locale
from helpcenter.review import status_of
from project_cases import edit, load, write

if TYPE_CHECKING:
    from pathlib import Path


def counts(folder: Path, tag: str) -> tuple[int, ...]:
    """Count missing, stale, machine, reviewed and approved segments."""
    project, pages = load(folder)
    status = status_of(project, pages, project.locales[tag])
    assert list(status.states) == [str(state) for state in State]
    for state in State:
        assert sum(page.states[str(state)] for page in status.pages.values()) == status.states[str(state)]
        assert sum(page.words[str(state)] for page in status.pages.values()) == status.tally.words[str(state)]
    assert status.tally.total == sum(status.states.values())
    return tuple(status.states.values())


def test_every_locale_is_counted(project_folder: Path):
    assert counts(project_folder, "en") == (0, 0, 0, 16, 0)
    assert counts(project_folder, "de") == (1, 0, 0, 13, 2)
    assert counts(project_folder, "tr") == (11, 0, 5, 0, 0)


def test_a_variant_is_as_far_as_what_it_builds_on(project_folder: Path):
    assert counts(project_folder, "de-AT") == counts(project_folder, "de")
    write(project_folder, {"locales/de-AT/catalog/policies/terms.po": 'msgid "Terms"\nmsgstr "Geschäftsbedingungen"\n'})
    assert counts(project_folder, "de-AT") == (1, 0, 0, 14, 1)


def test_a_variant_of_the_source_is_done_from_the_start(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "de-AT, tr]", "de-AT, tr, en-GB]")
    write(project_folder, {"locales/en-GB/locale.yml": "region: '001'\n"})
    assert counts(project_folder, "en-GB") == (0, 0, 0, 16, 0)
    write(project_folder, {"locales/en-GB/catalog/policies/terms.po": '#, fuzzy\nmsgid "Terms"\nmsgstr "Conditions"\n'})
    assert counts(project_folder, "en-GB") == (0, 0, 1, 15, 0)


def test_a_changed_source_shows_at_once(project_folder: Path):
    edit(project_folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is the Small Shop.")
    assert counts(project_folder, "de") == (2, 0, 0, 13, 1)
    project, pages = load(project_folder)
    extract_locale(project, pages, project.locales["de"])
    assert counts(project_folder, "de") == (1, 1, 0, 13, 1)


def test_a_text_twice_on_a_page_counts_once(project_folder: Path):
    write(project_folder, {"content/faq/twice.md": "---\ntitle: Really?\n---\n\nYes\n\n- Yes\n- Yes\n"})
    assert counts(project_folder, "tr") == (13, 0, 5, 0, 0)
