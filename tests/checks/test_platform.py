"""The address of the closed ODR platform is found wherever and however it is written."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.checks import inspect_sources, inspect_translations
from helpcenter.checks.platform import find_addresses, mentions_platform
from helpcenter.project import load_project
from project_cases import DAY, edit, write

CASES = yaml.safe_load((Path(__file__).parent / "cases/platform.yml").read_text("utf-8"))
ADDRESS = "https://ec.europa.eu/consumers/odr"


@pytest.mark.parametrize("text", CASES["found"])
def test_every_spelling_is_found(text: str):
    assert mentions_platform(f"First line\n  Complain at {text} now.\nlast")


@pytest.mark.parametrize("text", CASES["left_alone"])
def test_what_only_looks_like_it_is_left_alone(text: str):
    assert not mentions_platform(text)


@settings(max_examples=40)
@given(st.text(), st.sampled_from(CASES["found"]))
def test_its_place_lies_in_the_text(noise: str, address: str):
    text = f"{noise}\n{address}\n{noise}"
    spans = list(find_addresses(text))
    assert spans
    assert all(0 <= start < end <= len(text) and "\n" not in text[start:end] for start, end in spans)


PLACES = {
    "a page": ("content/guides/returns.md", "[write to us](contact.md)", f"[write to us]({ADDRESS})"),
    "a region file": ("locales/regions/EU.yml", "law: Directive 2011/83/EU", f"law: Directive, source: '{ADDRESS}'"),
    "the settings": ("mkdocs.yml", "site_name: Small Shop Help", f"site_name: Small Shop Help\ncopyright: {ADDRESS}"),
}


@pytest.mark.parametrize(("name", "old", "new"), PLACES.values(), ids=PLACES)
def test_it_is_found_in_what_people_write(project_folder: Path, name: str, old: str, new: str):
    edit(project_folder, name, old, new)
    assert found_in(project_folder) == [name]


@pytest.mark.parametrize(
    "name", ["overrides/partials/footer.html", "overrides/locales/de/messages.po", "locales/shop.yml"]
)
def test_it_is_found_in_files_that_a_project_may_have(project_folder: Path, name: str):
    write(project_folder, {name: f'# <a href="{ADDRESS}">\n'})
    assert name in found_in(project_folder)


def test_it_is_found_in_what_a_page_includes(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "  - toc\n", "  - toc\n  - pymdownx.snippets: {base_path: [parts]}\n")
    page = project_folder / "content/guides/returns.md"
    page.write_text(page.read_text("utf-8") + '\n--8<-- "note.md"\n', "utf-8")
    write(project_folder, {"parts/note.md": f"One\n\nTwo {ADDRESS}\n"})
    (one,) = [
        one for one in inspect_sources(load_project(project_folder), DAY).findings if one.code.endswith("platform")
    ]
    assert (one.place.path, one.place.line, one.place.column) == ("parts/note.md", 3, 5)


def test_it_is_found_in_translations_whether_they_are_shown_or_not(project_folder: Path):
    edit(project_folder, "locales/tr/catalog/policies/terms.po", 'msgstr "Koşullar"', f'msgstr "Koşullar {ADDRESS}"')
    project = load_project(project_folder)
    pages = inspect_sources(project, DAY).pages
    found = inspect_translations(project, pages, project.locales["tr"], None)
    (place,) = [one.place for one in found if one.code == "link-odr-platform"]
    assert place.path == "locales/tr/catalog/policies/terms.po"
    assert place.text is not None
    assert place.text[(place.column or 0) - 1 :].startswith(ADDRESS)


def found_in(folder: Path) -> list[str]:
    findings = inspect_sources(load_project(folder), DAY).findings
    return [one.place.path for one in findings if one.code == "link-odr-platform"]
