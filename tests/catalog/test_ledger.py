"""What an extraction notes for the next one saves time, and never changes what comes out."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import pofile
from helpcenter.project.cache import load_cache, save_cache
from project_cases import edit, snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from project_cases import Run

NOTED = ("pages.json", "de.json", "de-AT.json", "tr.json")


@pytest.fixture
def extracted(project_folder: Path, run: Run) -> Path:
    """Give the small shop after an extraction."""
    assert run("-C", project_folder, "extract").code == 0
    return project_folder


def catalogs(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in (folder / "locales").rglob("*.po")}


def test_each_locale_has_a_ledger_and_a_dry_run_notes_nothing(extracted: Path, run: Run):
    assert {path.name for path in (extracted / ".build/extract").iterdir()} >= set(NOTED)
    edit(extracted, "content/guides/contact.md", "title: Write to us", "title: Write to us, please")
    before = snapshot(extracted)
    assert "de: 1 catalogs would change, 1 missing, 1 newly stale" in run("-C", extracted, "extract", "--dry-run").err
    assert snapshot(extracted) == before


def record_reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that each catalog is put into that an extraction reads."""
    read: list[str] = []
    parse = pofile.load_catalog

    def load_catalog(file: Path, page: str, root: Path) -> object:
        if file.is_file():
            read.append(page)
        return parse(file, page, root)

    monkeypatch.setattr("helpcenter.catalog.extraction.load_catalog", load_catalog)
    return read


def test_a_run_after_which_nothing_has_changed_reads_no_catalog(
    extracted: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    read = record_reading(monkeypatch)
    said = run("-C", extracted, "extract").err
    assert read == []
    edit(extracted, "content/guides/contact.md", "title: Write to us", "title: Write to us, please")
    assert "de: 1 catalogs changed, 1 missing, 1 newly stale" in run("-C", extracted, "extract").err
    # That of the page in both locales with catalogs, and the one with a link of the same words.
    assert set(read) <= {"guides/contact.md", "index.md", "guides/returns.md"}
    shutil.rmtree(extracted / ".build")
    assert run("-C", extracted, "extract").err == said


def test_words_that_stand_on_every_page_do_not_make_all_of_them_read(
    extracted: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    for name in ("one", "two", "three"):
        page = f"---\ntitle: Note\nsummary: The {name} of them.\n---\n\nWhat is told of {name} here.\n"
        (extracted / f"content/guides/{name}.md").write_text(page, "utf-8")
    run("-C", extracted, "extract", "-l", "de")
    for name in ("one", "two", "three"):
        file = extracted / f"locales/de/catalog/guides/{name}.po"
        file.write_text(file.read_text("utf-8").replace('msgstr ""\n\n', 'msgstr "x"\n\n'), "utf-8")
    run("-C", extracted, "extract", "-l", "de")
    read = record_reading(monkeypatch)
    edit(extracted, "content/guides/one.md", "What is told of one here.", "What is told of the one here.")
    run("-C", extracted, "extract", "-l", "de")
    assert read == ["guides/one.md"]


def cut(raw: bytes) -> bytes:
    return raw[: len(raw) // 2]


def turn(raw: bytes) -> bytes:
    middle = len(raw) // 2
    return raw[:middle] + bytes([raw[middle] ^ 1]) + raw[middle + 1 :]


def fake(raw: bytes) -> bytes:
    return raw.replace(b'"', b"'")


@pytest.mark.parametrize("damage", [cut, turn, fake, lambda _: b"", lambda _: b"\xff\n[]"])
@pytest.mark.parametrize("name", ["pages.json", "de.json"])
def test_a_damaged_ledger_counts_as_none(extracted: Path, run: Run, name: str, damage: Callable[[bytes], bytes]):
    noted = extracted / ".build/extract" / name
    edit(extracted, "content/guides/contact.md", "title: Write to us", "title: Write to us, please")
    copy = shutil.copytree(extracted, extracted.parent / "copy")
    shutil.rmtree(copy / ".build")
    whole = noted.read_bytes()
    noted.write_bytes(damage(whole))
    assert run("-C", extracted, "extract").err == run("-C", copy, "extract").err
    assert catalogs(extracted) == catalogs(copy)
    assert noted.read_bytes() == (copy / ".build/extract" / name).read_bytes()


def test_what_other_code_has_noted_is_not_used(tmp_path: Path):
    save_cache(tmp_path / "x.json", "1", {"a": ["ä\ud800"]})
    assert load_cache(tmp_path / "x.json", "1") == {"a": ["ä\ud800"]}
    assert load_cache(tmp_path / "x.json", "2") is None
    assert load_cache(tmp_path / "y.json", "1") is None


def test_where_nothing_can_be_noted_the_work_is_done(extracted: Path, run: Run):
    shutil.rmtree(extracted / ".build")
    (extracted / ".build").touch()
    edit(extracted, "content/guides/contact.md", "title: Write to us", "title: Write to us, please")
    assert run("-C", extracted, "extract").code == 0
    assert "0 catalogs changed" in run("-C", extracted, "extract", "-l", "de").err


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/guides/contact.md", "Write to us", "Write on us"),
        ("locales/de/catalog/guides/contact.po", "Schreiben Sie uns", "Schreibet ihr uns"),
    ],
)
def test_an_edit_is_seen_that_changes_neither_time_nor_size(extracted: Path, run: Run, name: str, old: str, new: str):
    file = extracted / name
    before = file.stat()
    edit(extracted, name, old, new)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    copy = shutil.copytree(extracted, extracted.parent / "copy")
    shutil.rmtree(copy / ".build")
    assert run("-C", extracted, "extract").err == run("-C", copy, "extract").err
    assert catalogs(extracted) == catalogs(copy)


def test_a_text_that_a_translator_adds_is_found_by_a_page_that_has_not_changed(extracted: Path, run: Run):
    page = "---\ntitle: New\n---\n\nWe answer within a day.\n"
    for name in ("one", "two"):
        (extracted / f"content/guides/{name}.md").write_text(page, "utf-8")
    run("-C", extracted, "extract", "-l", "de")
    one = extracted / "locales/de/catalog/guides/one.po"
    text = one.read_text("utf-8")
    answer = 'msgid "We answer within a day."\nmsgstr "'
    one.write_text(text.replace(answer, answer + "Wir antworten binnen eines Tages."), "utf-8")
    assert "de: 1 catalogs changed" in run("-C", extracted, "extract", "-l", "de").err
    assert "Wir antworten binnen eines Tages." in (extracted / "locales/de/catalog/guides/two.po").read_text("utf-8")
