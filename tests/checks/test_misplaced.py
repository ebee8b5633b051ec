from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import Entry, Signature, State
from helpcenter.checks.misplaced import check_misplaced
from helpcenter.project import load_project
from helpcenter.quality import Direction

if TYPE_CHECKING:
    from pathlib import Path

KEEP = "Keep the receipt until you have your refund."
SELECT = "Select the items that you want to return."
WAEHLEN = "Wählen Sie die Artikel aus, die Sie zurückgeben möchten."
GERMAN = Direction("en", "de")
SIGNATURE = Signature("anna@shop.example", "2026-11-26")


@pytest.mark.parametrize("path", ["guides/contact.md", "policies/terms.md"])
def test_a_text_that_stands_for_two_sources_is_told_once(project_folder: Path, path: str):
    texts: dict[str, list[Entry]] = {
        "guides/contact.md": [Entry(KEEP, WAEHLEN, fuzzy=True, kind="paragraph")],
        "policies/terms.md": [],
    }
    texts[path].append(Entry(SELECT, WAEHLEN, kind="paragraph").with_signature(SIGNATURE, State.REVIEWED))
    (found,) = check_misplaced(load_project(project_folder), texts, GERMAN)
    assert found.code == "translation-misplaced"
    assert SELECT in found.message
    assert KEEP in found.help
    assert found.place is not None
    assert found.place.path == "locales/de/catalog/guides/contact.po"


def test_of_two_alike_the_one_of_odd_length_is_meant(project_folder: Path):
    short = "Keep the receipt well please."
    texts = {"guides/contact.md": [Entry(SELECT, WAEHLEN), Entry(short, WAEHLEN)]}
    (found,) = check_misplaced(load_project(project_folder), texts, GERMAN)
    assert short in found.help


@pytest.mark.parametrize(
    ("one", "other", "text", "kind"),
    [
        ("Postage", "Shipping costs", "Versandkosten", "heading"),
        (SELECT, SELECT, WAEHLEN, "paragraph"),
        (SELECT, "Select the items you want to return.", WAEHLEN, "paragraph"),
        ("where is my parcel from the shop", "tracking says nothing for days", "wo ist mein Paket", "keyword"),
    ],
)
def test_what_says_the_same_is_let_pass(project_folder: Path, one: str, other: str, text: str, kind: str):
    texts = {"guides/contact.md": [Entry(one, text, kind=kind)], "policies/terms.md": [Entry(other, text, kind=kind)]}
    assert check_misplaced(load_project(project_folder), texts, GERMAN) == []


def test_a_stale_text_is_held_to_the_source_it_was_made_for(project_folder: Path):
    texts = {"guides/contact.md": [Entry(SELECT, WAEHLEN), Entry(KEEP, WAEHLEN, fuzzy=True, previous=SELECT)]}
    assert check_misplaced(load_project(project_folder), texts, GERMAN) == []
