"""What a machine wrote is found again after a person has changed it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import Catalog, Entry, catalog_path, fingerprint, load_catalogs, save_catalog
from helpcenter.catalog.answers import Answer, Answers, Question, journal_path
from helpcenter.catalog.keys import REGIONS, join_key
from helpcenter.catalog.provenance import find_machine_texts
from helpcenter.project import Project, load_project
from project_cases import edit

if TYPE_CHECKING:
    from pathlib import Path

PAGE, FILE = "guides/pay.md", "locales/tr/catalog/guides/pay.po"
OUT = fingerprint("Öde")


@pytest.fixture
def project(project_folder: Path) -> Project:
    project = load_project(project_folder)
    entry = Entry("Pay now").with_machine_text("Öde", "pseudo")
    save_catalog(catalog_path(project.catalog_folder("tr"), PAGE), Catalog(PAGE, (entry,)), "tr")
    return project


def git(folder: Path, *words: str) -> None:
    author = ("-c", "user.name=Erika", "-c", "user.email=erika@small.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *author, *words], check=True, capture_output=True)


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")


def find(project: Project) -> str | None:
    return find_machine_texts(project, "tr", {OUT, "0" * 12}).get(OUT)


def mend(project: Project) -> None:
    edit(project.root, FILE, '"Öde"', '"Şimdi öde"')


def test_without_git_and_journal_nobody_knows(project: Project, monkeypatch: pytest.MonkeyPatch):
    mend(project)
    assert find(project) is None
    monkeypatch.setenv("PATH", "")
    assert find(project) is None


def test_another_entry_may_have_it_still(project: Project):
    catalogs, _ = load_catalogs(project.catalog_folder("tr"), project.root)
    mend(project)
    assert find_machine_texts(project, "tr", {OUT}, catalogs.values()) == {OUT: "Öde"}


def test_the_journal_knows_what_was_answered(project: Project):
    mend(project)
    Answers.load(project, "tr").add([Answer(Question("Pay now", "en", "pseudo"), "Öde", ("Öde",))])
    assert find(project) == "Öde"
    journal_path(project, "tr").unlink()
    assert find(project) is None
    journal_path(project, "tr").mkdir()
    assert find(project) is None


@pytest.mark.parametrize("later", [0, 3])
def test_git_has_earlier_versions(later: int, project: Project):
    git(project.root, "init", "--quiet")
    commit(project.root)
    mend(project)
    assert find(project) == "Öde"
    for number in range(later):
        edit(project.root, FILE, 'msgid "Pay now"', f'# note {number}\nmsgid "Pay now"')
        commit(project.root)
    assert find(project) == "Öde"


def test_git_knows_it_under_another_name(project: Project):
    git(project.root, "init", "--quiet")
    commit(project.root)
    git(project.root, "mv", FILE, "locales/tr/catalog/ö de.po")
    commit(project.root)
    edit(project.root, "locales/tr/catalog/ö de.po", '"Öde"', '"Şimdi öde"')
    assert find(project) == "Öde"


def test_git_has_earlier_versions_of_a_sheet(project: Project):
    """Its entries have contexts, and its header names the last of them."""
    git(project.root, "init", "--quiet")
    folder = project.catalog_folder("tr")
    catalog_path(folder, PAGE).unlink()
    entry = Entry(join_key("Pay now", "desk.orders")).with_machine_text("Öde", "pseudo")
    save_catalog(catalog_path(folder, REGIONS), Catalog(REGIONS, (entry,)), "tr")
    commit(project.root)
    edit(project.root, "locales/tr/catalog/_regions.po", '"Öde"', '"Şimdi öde"')
    assert find(project) == "Öde"


def test_a_project_may_lie_below_its_repository(project: Project):
    git(project.root.parent, "init", "--quiet")
    commit(project.root.parent)
    mend(project)
    assert find(project) == "Öde"


def test_a_shallow_clone_knows_what_it_has(project: Project, tmp_path: Path):
    git(project.root, "init", "--quiet")
    commit(project.root)
    git(project.root, "clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "before"))
    mend(project)
    commit(project.root)
    git(project.root, "clone", "--quiet", "--depth=1", f"file://{project.root}", str(tmp_path / "after"))
    before = load_project(tmp_path / "before")
    mend(before)
    assert find(before) == "Öde"
    assert find(load_project(tmp_path / "after")) is None
    assert find(project) == "Öde"


def test_a_version_that_cannot_be_read_is_passed_over(project: Project):
    git(project.root, "init", "--quiet")
    commit(project.root)
    (project.root / FILE).write_text(f"msgid broken out={OUT}\n", "utf-8")
    commit(project.root)
    assert find(project) == "Öde"
