"""Sheets: strings with contexts and plural forms in catalogs, and how those follow their templates."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpcenter.catalog import Catalog, Entry, Sheet, Source, State, extract_locale, load_catalog, save_catalog
from helpcenter.catalog.keys import THEME, Key, join_forms, join_key, split_forms, split_key
from helpcenter.catalog.pofile import render
from helpcenter.catalog.sheets import complete, plural_rule
from project_cases import load

PARCELS = join_key("%(n)s parcel", plural="%(n)s parcels")
TURKISH_PARCELS = join_forms(["%(n)s koli", "%(n)s koli"])
OPEN = join_key("Open", "verb")

WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1)
KEYS = st.builds(join_key, WORDS, st.just("") | WORDS, st.just("") | WORDS)


def sheet(*keys: str, given: dict[str, set[str]] | None = None) -> Sheet:
    strings = tuple(Source(key, ("overrides/parcel.html",), "word of the theme") for key in keys)
    return Sheet(THEME, strings, given or {})


def extract(folder: Path, one: Sheet, tag: str = "tr") -> Catalog:
    project, pages = load(folder)
    extract_locale(project, pages, project.locales[tag], [one])
    return read(folder, tag)


def read(folder: Path, tag: str = "tr") -> Catalog:
    return load_catalog(folder / f"locales/{tag}/catalog/_theme.po", THEME, folder)


def fill(folder: Path, texts: dict[str, str], tag: str = "tr") -> None:
    catalog = read(folder, tag)
    entries = tuple(replace(one, msgstr=texts.get(one.msgid, one.msgstr)) for one in catalog.entries)
    save_catalog(folder / f"locales/{tag}/catalog/_theme.po", replace(catalog, entries=entries), tag)


@given(st.text(st.characters(blacklist_characters="\0\x04"), min_size=1), WORDS, WORDS)
def test_a_key_says_what_was_put_in(text: str, context: str, plural: str):
    assert split_key(join_key(text, context, plural)) == Key(text, context, plural)
    assert split_key(text) == Key(text)


@given(st.dictionaries(KEYS, st.lists(WORDS, min_size=2, max_size=2), max_size=4), st.booleans())
def test_a_sheet_survives_being_saved(texts: dict[str, list[str]], fuzzy: bool):  # noqa: FBT001 - Hypothesis gives it
    entries = tuple(
        Entry(
            key, join_forms(forms) if split_key(key).plural else forms[0], fuzzy=fuzzy, previous=key if fuzzy else None
        )
        for key, forms in texts.items()
    )
    catalog = complete(Catalog(THEME, entries), "de")
    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "_theme.po"
        save_catalog(file, catalog, "de")
        # An empty sheet is written with its header only.
        known = load_catalog(file, THEME, Path(name)) if entries else catalog
        assert [replace(one, line=0) for one in known.entries] == list(catalog.entries)
        assert render(replace(known, metadata=catalog.metadata), "de") == file.read_text("utf-8")


def test_strings_have_contexts_and_plural_forms(project_folder: Path):
    extract(project_folder, sheet("Track your parcel", PARCELS, OPEN), "de")
    file = project_folder / "locales/de/catalog/_theme.po"
    text = file.read_text("utf-8")
    assert 'msgctxt "verb"\nmsgid "Open"\nmsgstr ""\n' in text
    assert 'msgid_plural "%(n)s parcels"\nmsgstr[0] ""\nmsgstr[1] ""\n' in text
    assert "#: overrides/parcel.html\n#, python-format\n" in text
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", file], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_a_second_extraction_changes_nothing(project_folder: Path):
    one = sheet("Track your parcel", PARCELS, OPEN)
    extract(project_folder, one)
    before = (project_folder / "locales/tr/catalog/_theme.po").read_bytes()
    project, pages = load(project_folder)
    assert extract_locale(project, pages, project.locales["tr"], [one]).written == ()
    assert (project_folder / "locales/tr/catalog/_theme.po").read_bytes() == before


def test_a_changed_string_keeps_its_text_as_stale(project_folder: Path):
    extract(project_folder, sheet(PARCELS, OPEN))
    fill(project_folder, {PARCELS: TURKISH_PARCELS, OPEN: "Aç"})
    closed, more = join_key("Open it", "verb"), join_key("%(n)s parcel more", plural="%(n)s parcels more")
    catalog = extract(project_folder, sheet(more, closed))
    assert [(one.msgstr, one.state, one.previous) for one in catalog.active] == [
        (TURKISH_PARCELS, State.STALE, PARCELS),
        ("Aç", State.STALE, OPEN),
    ]
    text = (project_folder / "locales/tr/catalog/_theme.po").read_text("utf-8")
    assert '#| msgctxt "verb"\n#| msgid "Open"\n' in text
    assert '#| msgid "%(n)s parcel"\n#| msgid_plural "%(n)s parcels"\n' in text


def test_a_string_that_is_gone_is_kept_and_comes_back(project_folder: Path):
    extract(project_folder, sheet(OPEN, PARCELS))
    fill(project_folder, {OPEN: "Aç", PARCELS: TURKISH_PARCELS})
    gone = extract(project_folder, sheet())
    assert {one.msgid: one.obsolete for one in gone.entries} == {OPEN: True, PARCELS: True}
    back = extract(project_folder, sheet(OPEN, PARCELS))
    assert [(one.msgid, one.msgstr, one.state) for one in back.active] == [
        (OPEN, "Aç", State.REVIEWED),
        (PARCELS, TURKISH_PARCELS, State.REVIEWED),
    ]


def test_the_same_word_in_another_sense_is_another_entry(project_folder: Path):
    extract(project_folder, sheet("Open", OPEN))
    fill(project_folder, {"Open": "Açık"})
    assert [one.msgstr for one in extract(project_folder, sheet("Open", OPEN)).active] == ["Açık", ""]


def test_words_that_a_language_has_already_are_not_asked_for(project_folder: Path):
    given = {"tr": {"Menu"}}
    catalog = extract(project_folder, sheet("Menu", "Track", given=given))
    assert [one.msgid for one in catalog.active] == ["Track"]
    # Who wants another word writes it; only a machine's gives way.
    file = project_folder / "locales/tr/catalog/_theme.po"
    file.write_text(file.read_text("utf-8") + '\nmsgid "Menu"\nmsgstr "Yemek listesi"\n', "utf-8")
    catalog = extract(project_folder, sheet("Menu", "Track", given=given))
    assert [(one.msgid, one.msgstr, one.kind) for one in catalog.active] == [
        ("Menu", "Yemek listesi", "word of the theme"),
        ("Track", "", "word of the theme"),
    ]


def test_who_does_not_know_the_strings_leaves_their_catalog_alone(project_folder: Path):
    extract(project_folder, sheet("Track"))
    before = (project_folder / "locales/tr/catalog/_theme.po").read_bytes()
    project, pages = load(project_folder)
    done = extract_locale(project, pages, project.locales["tr"])
    assert done.retired == ()
    assert (project_folder / "locales/tr/catalog/_theme.po").read_bytes() == before


def test_two_texts_of_one_plural_become_a_note_without_a_character_that_files_cannot_hold(project_folder: Path):
    extract(project_folder, sheet(PARCELS), "de")
    fill(project_folder, {PARCELS: join_forms(["ein Paket", "%(n)s Pakete"])}, "de")
    extract(project_folder, sheet(), "de")
    file = project_folder / "locales/de/catalog/_theme.po"
    own = polib.pofile(str(file), wrapwidth=0)
    own.append(polib.POEntry(msgid="%(n)s parcel", msgid_plural="%(n)s parcels", msgstr_plural={0: "1", 1: "%(n)s"}))
    own.save(str(file))
    catalog = extract(project_folder, sheet(PARCELS), "de")
    (entry,) = catalog.entries
    assert split_forms(entry.msgstr) == ["1", "%(n)s"]
    assert entry.comments == ('also: "ein Paket | %(n)s Pakete"',)


@pytest.mark.parametrize(
    ("header", "forms", "single"),
    [
        ("nplurals=2; plural=(n != 1);", 2, {0}),
        ("nplurals=1; plural=0;", 1, set()),
        ("nplurals=3; plural=(n==1 ? 0 : n>=2 && n<=4 ? 1 : 2)", 3, {0}),
        ("nplurals=2; plural=n ** ;", None, None),
        ("nplurals=2; plural=3;", None, None),
        ("nplurals=2; plural=1/0;", None, None),
        ("", None, None),
    ],
)
def test_how_a_language_counts(header: str, forms: int | None, single: set[int] | None):
    rule = plural_rule(Catalog(THEME, metadata={"Plural-Forms": header}))
    assert (rule.forms, rule.single) == (forms, single) if forms is not None and rule else rule is None
