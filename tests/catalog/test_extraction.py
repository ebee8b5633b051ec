from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import polib

from helpcenter.catalog import (
    Catalog,
    Entry,
    Extraction,
    State,
    attic,
    attic_path,
    catalog_path,
    extract_locale,
    is_attic,
    load_catalog,
    load_catalogs,
    save_catalog,
)
from project_cases import edit, load, snapshot, write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pytest


def extract(folder: Path, tag: str, *, dry_run: bool = False) -> Extraction:
    project, pages = load(folder)
    return extract_locale(project, pages, project.locales[tag], dry_run=dry_run)


def catalogs(folder: Path, tag: str = "de") -> dict[str, Catalog]:
    found, problems = load_catalogs(folder / "locales" / tag / "catalog", folder)
    assert problems == []
    return found


def entry(folder: Path, page: str, msgid: str, tag: str = "de") -> Entry:
    found = catalogs(folder, tag)[page].get(msgid)
    assert found is not None
    return found


def test_nothing_is_touched_when_nothing_has_changed(project_folder: Path):
    before = snapshot(project_folder)
    assert extract(project_folder, "de") == Extraction("de", (), 1, 0, ())
    assert snapshot(project_folder) == before


def test_catalogs_are_made_from_nothing(project_folder: Path):
    shutil.rmtree(project_folder / "locales/tr/catalog")
    done = extract(project_folder, "tr")
    assert (done.written, done.missing) == (
        ("faq/where-is-my-order.md", "guides/contact.md", "guides/returns.md", "index.md", "policies/terms.md"),
        16,
    )
    # Once they are there, they are read and merged like any others, and are as they should be.
    assert extract(project_folder, "tr") == Extraction("tr", (), 16, 0, ())
    returns = catalogs(project_folder, "tr")["guides/returns.md"]
    assert [(one.kind, one.references) for one in returns.entries][:2] == [
        ("title", ("guides/returns.md",)),
        ("summary", ("guides/returns.md",)),
    ]
    assert returns.entries[5].references == ("guides/returns.md#label",)
    assert returns.metadata["Language"] == "tr"


def test_only_the_catalog_of_a_changed_page_is_written(project_folder: Path):
    edit(project_folder, "content/guides/contact.md", "title: Write to us", "title: Write to us, please")
    before = snapshot(project_folder)
    done = extract(project_folder, "de")
    assert (done.written, done.stale) == (("guides/contact.md",), 1)
    after = snapshot(project_folder)
    assert {name for name in after if after[name] != before.get(name)} == {"locales/de/catalog/guides/contact.po"}


def test_a_dry_run_tells_the_same_and_writes_nothing(project_folder: Path):
    edit(project_folder, "content/guides/contact.md", "title: Write to us", "title: Write to us, please")
    (project_folder / "content/policies/terms.md").rename(project_folder / "content/policies/conditions.md")
    before = snapshot(project_folder)
    told = extract(project_folder, "de", dry_run=True)
    assert snapshot(project_folder) == before
    assert extract(project_folder, "de") == told
    assert told.retired == ("policies/terms.md",)


def test_a_renamed_page_takes_its_translations_along(project_folder: Path):
    before = catalogs(project_folder)["policies/terms.md"]
    (project_folder / "content/policies/terms.md").rename(project_folder / "content/policies/conditions.md")
    done = extract(project_folder, "de")
    assert (done.retired, done.missing, done.stale) == (("policies/terms.md",), 1, 0)
    now = catalogs(project_folder)
    assert "policies/terms.md" not in now
    assert not any(map(is_attic, now))
    assert [(one.msgid, one.msgstr, one.approved) for one in now["policies/conditions.md"].entries] == [
        (one.msgid, one.msgstr, one.approved) for one in before.entries
    ]
    assert now["policies/conditions.md"].entries[0].references == ("policies/conditions.md",)


def test_a_page_that_is_renamed_and_edited_at_once_keeps_its_texts(project_folder: Path):
    before = catalogs(project_folder)["guides/returns.md"]
    edit(project_folder, "content/guides/returns.md", "to send an item back", "to send one item back")
    (project_folder / "content/guides/returns.md").rename(project_folder / "content/guides/send-back.md")
    done = extract(project_folder, "de")
    assert (done.retired, done.stale) == (("guides/returns.md",), 1)
    now = catalogs(project_folder)
    assert not any(map(is_attic, now))
    assert [one.msgstr for one in now["guides/send-back.md"].entries] == [one.msgstr for one in before.entries]
    assert [one.previous for one in now["guides/send-back.md"].entries if one.previous] == [
        "You have {{ returns.window }} to send an item back."
    ]


def test_a_new_page_is_no_renamed_one_because_of_one_similar_text(project_folder: Path):
    (project_folder / "content/guides/returns.md").unlink()
    text = "---\ntitle: New\n---\n\nYou have {{ returns.window }} to send one item back.\n"
    write(project_folder, {"content/guides/new.md": text})
    done = extract(project_folder, "de")
    assert (done.retired, done.missing) == (("guides/returns.md",), 2)
    attic = catalogs(project_folder)[attic_path("guides/returns.md")]
    assert "Send something back" in [one.msgid for one in attic.entries]
    # Only the text that is nearly the same has come along, and is told to be of another source.
    found = entry(project_folder, "guides/new.md", "You have {{ returns.window }} to send one item back.")
    assert (found.state, found.previous) == (State.STALE, "You have {{ returns.window }} to send an item back.")


def test_a_text_that_moves_and_is_reworded_at_once_is_stale_beside_its_new_words(project_folder: Path):
    before = entry(project_folder, "policies/terms.md", "The seller is Small Shop.")
    edit(project_folder, "content/policies/terms.md", "\nThe seller is Small Shop.\n", "")
    edit(project_folder, "content/guides/contact.md", "Write to <", "The seller is our Small Shop.\n\nWrite to <")
    assert extract(project_folder, "de").stale == 1
    moved = entry(project_folder, "guides/contact.md", "The seller is our Small Shop.")
    assert (moved.state, moved.msgstr, moved.previous) == (State.STALE, before.msgstr, before.msgid)
    assert extract(project_folder, "de").written == ()
    edit(project_folder, "content/guides/contact.md", "our Small Shop", "Small Shop")
    extract(project_folder, "de")
    back = entry(project_folder, "guides/contact.md", "The seller is Small Shop.")
    assert (back.state, back.approved) == (State.APPROVED, before.approved)


def test_a_text_that_waits_on_its_page_is_taken_by_a_similar_one_that_comes_later(project_folder: Path):
    edit(project_folder, "content/policies/terms.md", "\nThe seller is Small Shop.\n", "")
    extract(project_folder, "de")
    write(project_folder, {"content/policies/terms.md": "---\ntitle: Terms\n---\n\nThe seller is our Small Shop.\n"})
    extract(project_folder, "de")
    (title, seller) = catalogs(project_folder)["policies/terms.md"].entries
    assert (title.msgid, seller.state, seller.previous) == ("Terms", State.STALE, "The seller is Small Shop.")
    assert extract(project_folder, "de").written == ()


def test_a_text_in_use_is_not_taken_for_a_similar_one_of_another_page(project_folder: Path):
    edit(project_folder, "content/guides/contact.md", "Write to <", "The seller is our Small Shop.\n\nWrite to <")
    extract(project_folder, "de")
    assert entry(project_folder, "guides/contact.md", "The seller is our Small Shop.").msgstr == ""


def test_a_text_that_two_pages_have_goes_stale_on_both_at_once(project_folder: Path):
    edit(project_folder, "content/policies/terms.md", "The seller is", "The seller is still")
    edit(project_folder, "content/index.md", "\n---\n", "\n---\n\nThe seller is still Small Shop.\n")
    extract(project_folder, "de")
    for page in ("policies/terms.md", "index.md"):
        assert entry(project_folder, page, "The seller is still Small Shop.").state is State.STALE
    assert extract(project_folder, "de").written == ()


def test_a_signature_is_kept_when_another_page_has_the_same_words_unsigned(project_folder: Path):
    write(project_folder, {"content/guides/terms.md": "---\ntitle: Terms\n---\n"})
    save_catalog(
        project_folder / "locales/de/catalog/guides/terms.po",
        Catalog("guides/terms.md", (Entry("Terms", "Bedingungen", references=("guides/terms.md",), kind="title"),)),
        "de",
    )
    (project_folder / "content/policies/terms.md").unlink()
    extract(project_folder, "de")
    assert entry(project_folder, "guides/terms.md", "Terms").approved is None
    kept = {one.msgid: one.approved for one in catalogs(project_folder)[attic_path("policies/terms.md")].entries}
    assert kept["Terms"] is not None


def test_two_texts_of_vanished_pages_stay_with_their_pages(project_folder: Path):
    for number, word in enumerate(("Eins", "Zwei")):
        name = f"guides/{number}.md"
        write(project_folder, {f"content/{name}": f"---\ntitle: One\n---\n\nOnly here: {number}.\n"})
        file = catalog_path(project_folder / "locales/de/catalog", name)
        save_catalog(file, Catalog(name, (Entry("One", word),), header_comment="By Erika"), "de")
    extract(project_folder, "de")
    for number in range(2):
        (project_folder / f"content/guides/{number}.md").unlink()
    extract(project_folder, "de")
    kept = [catalogs(project_folder)[attic_path(f"guides/{number}.md")] for number in range(2)]
    assert [(catalog.header_comment, *(one.msgstr for one in catalog.entries)) for catalog in kept] == [
        ("By Erika", "Eins"),
        ("By Erika", "Zwei"),
    ]


def test_texts_that_a_page_left_twice_are_one_entry_that_gettext_reads(project_folder: Path):
    file = project_folder / "locales/de/catalog/policies/terms.po"
    page = project_folder / "content/policies/terms.md"
    source, catalog = page.read_text("utf-8"), file.read_text("utf-8")
    for words in ("Bedingungen", "AGB"):
        write(project_folder, {"content/policies/terms.md": source})
        file.write_text(catalog.replace("Bedingungen", words), "utf-8")
        page.unlink()
        extract(project_folder, "de")
    (kept,) = [one for one in catalogs(project_folder)[attic_path("policies/terms.md")].entries if one.msgid == "Terms"]
    assert (kept.msgstr, kept.obsolete) == ("AGB", True)
    assert "Bedingungen" in "".join(kept.comments)


def test_texts_where_earlier_versions_kept_them_are_found(project_folder: Path):
    old = Catalog("_obsolete.md", (Entry("An older sentence.", "Ein älterer Satz.", obsolete=True),))
    file = project_folder / "locales/de/catalog/_obsolete.po"
    save_catalog(file, old, "de")
    before = file.read_bytes()
    edit(project_folder, "content/policies/terms.md", "The seller is Small Shop.", "An older sentence.")
    extract(project_folder, "de")
    assert entry(project_folder, "policies/terms.md", "An older sentence.").msgstr == "Ein älterer Satz."
    assert file.read_bytes() == before


def test_what_somebody_saves_while_it_runs_is_kept(project_folder: Path, monkeypatch: pytest.MonkeyPatch):
    edit(project_folder, "content/policies/terms.md", "The seller is", "The seller is still")
    (project_folder / "content/guides/contact.md").unlink()
    contact = project_folder / "locales/de/catalog/guides/contact.po"

    def by_source(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
        edit(project_folder, "locales/de/catalog/policies/terms.po", "Verkäufer ist Small Shop.", "Wir verkaufen.")
        edit(project_folder, "locales/de/catalog/guides/contact.po", "Schreiben Sie uns", "Schreiben Sie")
        return sort(entries)

    sort = attic.by_source
    monkeypatch.setattr(attic, "by_source", by_source)
    extract(project_folder, "de")
    assert entry(project_folder, "policies/terms.md", "The seller is still Small Shop.").msgstr == "Wir verkaufen."
    assert contact.is_file()
    monkeypatch.undo()
    extract(project_folder, "de")
    assert not contact.exists()
    assert "Schreiben Sie" in [one.msgstr for one in catalogs(project_folder)[attic_path("guides/contact.md")].entries]


def test_a_stale_text_stays_stale_when_its_page_is_renamed(project_folder: Path):
    edit(project_folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is Small Shop 2.")
    extract(project_folder, "de")
    (project_folder / "content/policies/terms.md").rename(project_folder / "content/policies/conditions.md")
    extract(project_folder, "de")
    found = entry(project_folder, "policies/conditions.md", "The seller is Small Shop 2.")
    assert (found.msgstr, found.previous, found.hard) == (
        "Verkäufer ist Small Shop.",
        "The seller is Small Shop.",
        True,
    )


def test_texts_of_a_removed_page_wait_until_they_are_needed_again(project_folder: Path):
    page = project_folder / "content/policies/terms.md"
    source = page.read_text("utf-8")
    file = project_folder / "locales/de/catalog/policies/terms.po"
    catalog = file.read_text("utf-8")
    page.unlink()
    extract(project_folder, "de")
    assert not file.exists()
    attic = catalogs(project_folder)[attic_path("policies/terms.md")]
    assert [(one.msgstr, one.obsolete, one.references) for one in attic.entries] == [
        ("Bedingungen", True, ()),
        ("Verkäufer ist Small Shop.", True, ()),
    ]
    assert extract(project_folder, "de").written == ()
    page.write_text(source, "utf-8")
    extract(project_folder, "de")
    assert file.read_text("utf-8") == catalog


def test_a_stale_text_waits_with_its_page(project_folder: Path):
    page = project_folder / "content/policies/terms.md"
    edit(project_folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is Small Shop 2.")
    extract(project_folder, "de")
    source = page.read_text("utf-8")
    file = project_folder / "locales/de/catalog/policies/terms.po"
    catalog = file.read_text("utf-8")
    page.unlink()
    extract(project_folder, "de")
    page.write_text(source, "utf-8")
    extract(project_folder, "de")
    assert file.read_text("utf-8") == catalog
    edit(project_folder, "content/policies/terms.md", "Small Shop 2.", "Small Shop.")
    extract(project_folder, "de")
    assert entry(project_folder, "policies/terms.md", "The seller is Small Shop.").approved is not None


def test_what_other_tools_wrote_for_a_removed_page_is_kept(project_folder: Path):
    file = project_folder / "locales/de/catalog/policies/terms.po"
    plural = '\nmsgid "%d term"\nmsgid_plural "%d terms"\nmsgstr[0] "%d Bedingung"\nmsgstr[1] "%d Bedingungen"\n'
    file.write_text(file.read_text("utf-8") + plural, "utf-8")
    (project_folder / "content/policies/terms.md").unlink()
    extract(project_folder, "de")
    kept = polib.pofile(str(project_folder / "locales/de/catalog/_obsolete/policies/terms.po"))
    assert [one.msgstr_plural for one in kept if one.msgid_plural] == [{0: "%d Bedingung", 1: "%d Bedingungen"}]


def test_a_text_that_moves_between_pages_goes_with_its_signature(project_folder: Path):
    edit(project_folder, "content/policies/terms.md", "\nThe seller is Small Shop.\n", "")
    edit(project_folder, "content/guides/contact.md", "Write to <", "The seller is Small Shop.\n\nWrite to <")
    extract(project_folder, "de")
    moved = entry(project_folder, "guides/contact.md", "The seller is Small Shop.")
    assert moved.approved is not None
    assert moved.references == ("guides/contact.md",)


def test_a_variant_gets_no_empty_entries(project_folder: Path):
    assert extract(project_folder, "de-AT") == Extraction("de-AT", (), 0, 0, ())
    assert not (project_folder / "locales/de-AT/catalog").exists()
    file = project_folder / "locales/de-AT/catalog/policies/terms.po"
    own = Catalog("policies/terms.md", (Entry("Terms", "Geschäftsbedingungen"),))
    save_catalog(file, own, "de-AT")
    extract(project_folder, "de-AT")
    (found,) = load_catalog(file, "policies/terms.md", project_folder).entries
    assert replace(found, line=0) == Entry(
        "Terms", "Geschäftsbedingungen", references=("policies/terms.md",), kind="title"
    )


def test_a_new_page_takes_what_the_locale_knows(project_folder: Path):
    write(project_folder, {"content/guides/terms.md": "---\ntitle: Terms\n---\n\nThe seller is Small Shop. Always.\n"})
    done = extract(project_folder, "de")
    assert done.missing == 2
    assert entry(project_folder, "guides/terms.md", "Terms").msgstr == "Bedingungen"


def test_names_of_catalogs_follow_the_pages(tmp_path: Path):
    assert catalog_path(tmp_path, "guides/returns.md") == tmp_path / "guides/returns.po"
    assert catalog_path(tmp_path, "index.md") == tmp_path / "index.po"
