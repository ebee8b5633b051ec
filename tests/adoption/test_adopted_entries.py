from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from adoption_cases import adopt, codes_of, make_project, read_catalog, write_pages

from helpcenter.catalog import Catalog, Entry, LocaleTexts, State, catalog_path, save_catalog
from helpcenter.content import load_pages
from helpcenter.project import load_project
from helpcenter.review import publish_page

if TYPE_CHECKING:
    from pathlib import Path

    from project_cases import Run

PAGE = "guides/returns.md"
SOURCE = "# Returns { #returns }\n\nSend the item back.\n\nYou have 30 days.\n\nPrint the `label`.\n"
TARGET = "# İade { #returns }\n\nÜrünü geri gönderin.\n\n14 gününüz var.\n\n`label` yazdırın.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Give a help center of one page."""
    return make_project(tmp_path / "shop", {PAGE: SOURCE})


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Give its translation."""
    return write_pages(tmp_path / "old", {PAGE: TARGET})


def edit_entry(project: Path, msgid: str, **changes: object) -> None:
    """Change an entry of the catalog, as a translator does."""
    catalog = read_catalog(project, PAGE)
    entries = tuple(replace(e, **changes) if e.msgid == msgid else e for e in catalog.entries)  # type: ignore[arg-type]
    save_catalog(catalog_path(project / "locales" / "tr" / "catalog", PAGE), replace(catalog, entries=entries), "tr")


def texts_of(project: Path) -> dict[str, str]:
    """Give the texts of the catalog."""
    return {entry.msgid: entry.msgstr for entry in read_catalog(project, PAGE).active}


def test_an_adopted_text_waits_for_a_reviewer_and_says_where_it_is_from(project: Path, old: Path, run: Run):
    adopt(run, project, old)
    entry = read_catalog(project, PAGE).get("Send the item back.")
    assert entry is not None
    assert entry.state is State.MACHINE
    assert entry.adopted is not None
    assert entry.adopted.file == "old/guides/returns.md"
    assert not entry.is_machine_text
    assert entry.with_machine_text("Makine", "pseudo").msgstr == "Ürünü geri gönderin."


def test_a_second_run_changes_nothing(project: Path, old: Path, run: Run):
    adopt(run, project, old)
    file = catalog_path(project / "locales" / "tr" / "catalog", PAGE)
    before = file.read_bytes()
    data = adopt(run, project, old)
    assert file.read_bytes() == before
    assert (data["summary"]["taken"], data["summary"]["present"]) == (0, 4)
    assert run("-C", project, "extract").code == 0
    assert file.read_bytes() == before


def test_a_dry_run_writes_nothing(project: Path, old: Path, run: Run):
    data = adopt(run, project, old, "--dry-run")
    assert data["summary"]["taken"] == 4
    assert not (project / "locales" / "tr").exists()


def test_a_persons_text_stays(project: Path, old: Path, run: Run):
    run("-C", project, "extract")
    edit_entry(project, "Send the item back.", msgstr="Geri yollayın.")
    edit_entry(project, "Print the `label`.", msgstr="`label` yazdırın.")
    data = adopt(run, project, old)
    assert texts_of(project)["Send the item back."] == "Geri yollayın."
    assert (data["summary"]["kept"], data["summary"]["present"], data["summary"]["taken"]) == (1, 1, 2)
    assert "adoption-kept" in codes_of(data)
    entry = read_catalog(project, PAGE).get("Print the `label`.")
    assert entry is not None
    assert entry.state is State.REVIEWED


@pytest.mark.parametrize("wished", [False, True])
def test_a_machines_text_gives_way_when_it_is_wished(wished: bool, project: Path, old: Path, run: Run):  # noqa: FBT001 - a parameter
    run("-C", project, "extract")
    entry = Entry("Send the item back.").with_machine_text("Makine metni.", "pseudo")
    edit_entry(project, "Send the item back.", msgstr=entry.msgstr, machine=entry.machine, fuzzy=True)
    data = adopt(run, project, old, *(["--replace-machine"] if wished else []))
    assert texts_of(project)["Send the item back."] == ("Ürünü geri gönderin." if wished else "Makine metni.")
    assert data["summary"]["machine"] == (0 if wished else 1)
    assert ("adoption-machine" in codes_of(data)) is not wished


def test_what_is_certain_is_signed_and_what_differs_is_not(project: Path, old: Path, run: Run):
    words = ("--as", "reviewed", "--by", "ayse@shop.example", "--on", "2026-11-22")
    data = adopt(run, project, old, *words)
    entries = {entry.msgid: entry for entry in read_catalog(project, PAGE).active}
    signed = {msgid for msgid, entry in entries.items() if entry.state is State.REVIEWED}
    assert data["summary"]["signed"] == len(signed) > 0
    assert "Returns" in signed
    assert entries["Returns"].reviewed is not None
    assert entries["Returns"].reviewed.who == "ayse@shop.example"
    assert entries["You have 30 days."].state is State.STALE
    assert entries["You have 30 days."].hard
    assert adopt(run, project, old, *words)["summary"]["signed"] == 0


def test_what_was_adopted_before_can_be_signed_later(project: Path, old: Path, run: Run):
    adopt(run, project, old)
    data = adopt(run, project, old, "--as", "reviewed", "--by", "ayse@shop.example")
    assert data["summary"]["signed"] > 0


def test_nobody_is_told_that_a_machine_wrote_it(project: Path, old: Path, run: Run):
    adopt(run, project, old)
    edit_entry(project, "You have 30 days.", msgstr="30 gününüz var.", fuzzy=False, hard=False)
    read = load_project(project)
    locale = read.locales["tr"]
    (page,), _ = load_pages(read.content, read.root)
    text = publish_page(page, read, locale, LocaleTexts(read, locale))
    assert text.state == "adopted"
    assert text.texts["Send the item back."] == "Ürünü geri gönderin."
    assert text.shown["You have 30 days."] == "translated"


def test_a_broken_catalog_stops_the_command_before_it_writes(project: Path, old: Path, run: Run):
    write_pages(project / "locales" / "tr" / "catalog", {"other.po": "no catalog\n"})
    called = run("-C", project, "adopt", "-l", "tr", old)
    assert called.code == 1
    assert "catalog-syntax" in called.err
    assert not catalog_path(project / "locales" / "tr" / "catalog", PAGE).exists()


def test_a_variant_holds_only_what_differs(tmp_path: Path, run: Run):
    project = make_project(tmp_path / "shop", {PAGE: SOURCE})
    german = "# Rückgabe { #returns }\n\nSenden Sie den Artikel zurück.\n\nSie haben 30 Tage.\n\n`label` drucken.\n"
    adopt(run, project, write_pages(tmp_path / "de", {PAGE: german}), locale="de")
    austrian = german.replace("Senden", "Schicken")
    data = adopt(run, project, write_pages(tmp_path / "at", {PAGE: austrian}), locale="de-AT")
    entries = read_catalog(project, PAGE, "de-AT").active
    assert {entry.msgid: entry.msgstr for entry in entries} == {
        "Send the item back.": "Schicken Sie den Artikel zurück."
    }
    assert (data["summary"]["taken"], data["summary"]["present"]) == (1, 3)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("-l", "en"), "language of the sources"),
        (("-l", "fr"), "locale-unknown"),
        (("-l", "tr", "guides/nope.md"), "page-unknown"),
        (("-l", "tr", "--as", "approved"), "--as"),
    ],
)
def test_wrong_usage_is_told(words: tuple[str, ...], said: str, project: Path, old: Path, run: Run):
    called = run("-C", project, "adopt", words[0], words[1], old, *words[2:])
    assert called.code == 2
    assert said in called.err


def test_a_folder_that_is_not_there_is_wrong_usage(project: Path, run: Run):
    called = run("-C", project, "adopt", "-l", "tr", project / "nowhere")
    assert called.code == 2
    assert "nowhere" in called.err


def test_an_empty_catalog_is_not_made_of_nothing(tmp_path: Path, run: Run):
    project = make_project(tmp_path / "shop", {PAGE: SOURCE})
    folder = tmp_path / "old"
    folder.mkdir()
    data = adopt(run, project, folder)
    assert data["pages"] == []
    assert read_catalog(project, PAGE) == Catalog(PAGE)
