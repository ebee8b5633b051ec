"""What lies in a project's folders and cannot be read is told, at its place, by every command."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import load_project
from helpcenter.project.trees import check_tree
from project_cases import AS_OF, Run

LINKS = [
    ("content/faq/gone.md", "nowhere.md", "the link leads nowhere: there is no 'nowhere.md'"),
    ("content/faq/self.md", "self.md", "the link leads back to itself"),
    ("content/faq/loop", ".", "the link leads back to a folder that it lies in"),
    ("locales/fr", "nowhere", "the link leads nowhere: there is no 'nowhere'"),
    ("locales/de/catalog/loop", "../..", "the link leads back to a folder that it lies in"),
    ("locales/de/search.yml", "nowhere.yml", "the link leads nowhere: there is no 'nowhere.yml'"),
    ("overrides/loop", ".", "the link leads back to a folder that it lies in"),
]


@pytest.mark.parametrize(("name", "target", "message"), LINKS)
@pytest.mark.parametrize("command", ["check", "build", "extract", "status"])
def test_a_link_that_leads_nowhere(name: str, target: str, message: str, command: str, project_folder: Path, run: Run):
    (project_folder / name).parent.mkdir(parents=True, exist_ok=True)
    (project_folder / name).symlink_to(target)
    done = run("-C", project_folder, command, *(AS_OF if command in {"check", "build"} else ()))
    assert done.code == 1
    assert f"error[file-unreadable]: {message}\n--> {name}\n" in done.err
    assert done.err.endswith("\n1 error\n")


@pytest.mark.parametrize("name", ["content/faq/page.md", "locales/de/catalog/faq/page.po", "locales/tr/glossary.yml"])
def test_a_folder_with_the_name_of_a_file(name: str, project_folder: Path):
    (project_folder / name).mkdir(parents=True)
    with pytest.raises(HelpcenterError) as caught:
        load_project(project_folder)
    file = Path(name).name
    assert [(str(one.place), one.message) for one in caught.value.findings] == [
        (name, f"'{file}' is a folder, not a file")
    ]


def test_a_linked_folder_is_told_where_it_is_not_read(project_folder: Path, tmp_path: Path):
    other = tmp_path / "other"
    other.mkdir()
    (project_folder / "content/more").symlink_to(other)
    (project_folder / "locales/fr").symlink_to(project_folder / "locales/de")
    found = [(one.code, str(one.severity), str(one.place)) for one in load_project(project_folder).findings]
    assert found == [("locale-not-listed", "note", "locales/fr"), ("file-linked-folder", "warning", "content/more")]


def test_what_is_left_alone(project_folder: Path):
    (project_folder / "content/.#index.md").symlink_to("somebody@machine.4711")
    (project_folder / "content/faq/linked.md").symlink_to(project_folder / "content/index.md")
    assert load_project(project_folder).findings == ()


def test_a_folder_that_may_not_be_read(project_folder: Path, monkeypatch: pytest.MonkeyPatch):
    scan = os.scandir

    def refuse(path: os.PathLike[str] | str) -> object:
        if Path(path).name == "faq":
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = check_tree(project_folder / "content", project_folder)
    assert [(str(one.place), one.message) for one in found] == [
        ("content/faq", "cannot read the folder: Permission denied")
    ]
