from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from adoption_cases import adopt, codes_of, make_project, read_catalog, write_pages

from helpcenter.adoption.folders import split_suffix

if TYPE_CHECKING:
    from pathlib import Path

    from project_cases import Run

RETURNS = (
    "# Returns { #returns }\n\nSend the `A-1` item back to the [shop](shop.md) within 30 days.\n\nCall `0800` first.\n"
)
IADE = "# İade { #returns }\n\n`A-1` ürününü 30 gün içinde [mağazaya](shop.md) gönderin.\n\nÖnce `0800` arayın.\n"
SHOP = "# The shop { #shop }\n\nIt is open from 9 to 17 at `Main Street`.\n"
MAGAZA = "# Mağaza { #shop }\n\n`Main Street` üzerinde 9 ile 17 arasında açıktır.\n"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("faq/a.tr.md", ("faq/a.md", "tr")),
        ("faq/a.pt_BR.md", ("faq/a.md", "pt-BR")),
        ("faq/a.zh-CN.md", ("faq/a.md", "zh-CN")),
        ("faq/a.md", ("faq/a.md", "")),
        ("v1.2.md", ("v1.2.md", "")),
        ("notes.qq.md", ("notes.qq.md", "")),
    ],
)
def test_a_locale_is_taken_out_of_a_name(path: str, expected: tuple[str, str]):
    assert split_suffix(path) == expected


@pytest.mark.parametrize(
    "name", ["guides/returns.md", "guides/returns.tr.md", "guides/returns.tr_TR.md", "guides/iade.md"]
)
def test_a_file_is_found_by_its_name_or_its_content(name: str, run: Run, tmp_path: Path):
    project = make_project(tmp_path / "shop", {"guides/returns.md": RETURNS, "guides/shop.md": SHOP})
    data = adopt(run, project, write_pages(tmp_path / "old", {name: IADE}))
    is_other = "TR" in name
    assert [page["page"] for page in data["pages"]] == ([] if is_other else ["guides/returns.md"])
    assert ("adoption-page-renamed" in codes_of(data)) == ("iade" in name)
    assert [row["path"] for row in data["findings"] if row["code"] == "adoption-page-missing"] == (
        ["content/guides/returns.md", "content/guides/shop.md"] if is_other else ["content/guides/shop.md"]
    )


def test_files_beside_the_sources_are_translations_and_no_pages(run: Run, tmp_path: Path):
    pages = {"guides/returns.md": RETURNS, "guides/returns.tr.md": IADE, "guides/returns.de.md": "# Rückgabe\n"}
    project = make_project(tmp_path / "shop", pages)
    data = adopt(run, project, project / "content")
    assert [(page["page"], page["file"]) for page in data["pages"]] == [
        ("guides/returns.md", "content/guides/returns.tr.md")
    ]
    assert data["summary"]["taken"] == 3
    assert codes_of(data) == []


def test_a_part_of_the_content_folder_may_be_named(run: Run, tmp_path: Path):
    project = make_project(tmp_path / "shop", {"guides/returns.md": RETURNS, "guides/returns.tr.md": IADE})
    data = adopt(run, project, project / "content" / "guides")
    assert [page["page"] for page in data["pages"]] == ["guides/returns.md"]


def test_a_file_that_may_be_two_pages_is_taken_for_neither(run: Run, tmp_path: Path):
    project = make_project(tmp_path / "shop", {"a.md": RETURNS, "b.md": RETURNS.replace("Returns {", "Return it {")})
    data = adopt(run, project, write_pages(tmp_path / "old", {"c.md": IADE}))
    assert data["pages"] == []
    assert codes_of(data) == ["adoption-page-unknown"]


def test_a_file_that_has_nothing_of_a_page_is_told(run: Run, tmp_path: Path):
    project = make_project(tmp_path / "shop", {"guides/returns.md": RETURNS})
    data = adopt(run, project, write_pages(tmp_path / "old", {"guides/basin.md": "# Basın\n\nBize yazın.\n"}))
    assert codes_of(data) == ["adoption-page-unknown"]
    assert data["code"] == 1


def test_only_the_named_pages_are_adopted(run: Run, tmp_path: Path):
    project = make_project(tmp_path / "shop", {"guides/returns.md": RETURNS, "guides/shop.md": SHOP})
    folder = write_pages(tmp_path / "old", {"guides/returns.md": IADE, "guides/shop.md": MAGAZA})
    data = adopt(run, project, folder, "content/guides/shop.md")
    assert [page["page"] for page in data["pages"]] == ["guides/shop.md"]
    assert not read_catalog(project, "guides/returns.md").entries


def test_all_that_is_wrong_with_files_is_told_and_the_others_are_adopted(run: Run, tmp_path: Path):
    pages = {"a.md": RETURNS, "b.md": SHOP, "c.md": "# Help\n\nWrite to `us`.\n"}
    project = make_project(tmp_path / "shop", pages)
    folder = write_pages(tmp_path / "old", {"a.md": IADE, "b.md": "---\ntitle: [\n---\n", "c.md": ""})
    (folder / "c.md").write_bytes("# Yardım\n\nBize \xfc".encode("latin-1", "replace"))
    data = adopt(run, project, folder)
    assert [page["page"] for page in data["pages"]] == ["a.md"]
    assert data["summary"]["taken"] == 3
    assert {row["code"] for row in data["findings"] if row["severity"] == "error"} == {"yaml-syntax", "file-encoding"}
    assert data["code"] == 1
