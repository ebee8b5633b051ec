"""Words of templates: extracted, translated and shown."""

from __future__ import annotations

import gettext
import io
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages.mofile import write_mo

from helpcenter.catalog.keys import THEME, Key, split_key
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import load_project
from helpcenter.site.sheets import load_sheets, note_sheets
from helpcenter.site.words import plain_words, theme_sheet, words_of
from project_cases import AS_OF, Run, edit, sign_policies, snapshot, start, write

if TYPE_CHECKING:
    from pathlib import Path

FOOTER = """\
{# Translators: Button below a page; opens the carrier's site. #}
<a href="https://parcels.example/"{{ words_in }}>{{ _("Track your parcel") }}</a>
<p>{{ ngettext("%(n)s parcel", "%(n)s parcels", 2) | replace("%(n)s", 2) }}, {{ pgettext("verb", "Open") }}</p>
<p>{{ _("Contact us") }} {% trans %}All of it{% endtrans %} {{ lang.t("search") }} {{ _(name) }}</p>
"""


@pytest.fixture
def shop(project_folder: Path) -> Path:
    """Give the small shop with a footer of its own."""
    write(project_folder, {"overrides/partials/page-footer.html": FOOTER})
    return project_folder


def asked(folder: Path, tag: str) -> set[Key]:
    project = load_project(folder)
    return {split_key(one.msgid) for one in theme_sheet(project).sources(project.locales[tag], None)}


def test_a_language_is_asked_for_the_words_that_it_has_not(shop: Path):
    own = {Key("Track your parcel"), Key("%(n)s parcel", "", "%(n)s parcels"), Key("Open", "verb"), Key("All of it")}
    assert asked(shop, "tr") == asked(shop, "de") == own
    assert asked(shop, "en") == set()
    write(
        shop,
        {
            "overrides/locales/tr/messages.po": 'msgid "All of it"\nmsgstr "Hepsi"\n\nmsgctxt "verb"\nmsgid "Open"\nmsgstr "Aç"\n'
        },
    )
    assert asked(shop, "tr") == {Key("Track your parcel"), Key("%(n)s parcel", "", "%(n)s parcels")}


def test_a_word_has_its_place_and_what_is_said_to_translators(shop: Path):
    (word,) = [one for one in theme_sheet(load_project(shop)).strings if one.msgid == "Track your parcel"]
    assert word.references == ("overrides/partials/page-footer.html",)
    assert word.kind == "word of the theme: Button below a page; opens the carrier's site."


def test_a_language_without_any_words_is_asked_for_all(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de, de-AT, tr, eo]")
    write(project_folder, {"locales/eo/locale.yml": "region: TR\n"})
    assert Key("Was this not what you needed?") in asked(project_folder, "eo")
    assert asked(project_folder, "tr") == set()


def test_a_template_that_cannot_be_read_is_told_and_nothing_is_written(shop: Path, run: Run):
    write(
        shop, {"overrides/partials/page-footer.html": '<p>\n{{ _("Track" }}\n', "overrides/b.html": '{% if _("x") %}'}
    )
    with pytest.raises(HelpcenterError) as error:
        theme_sheet(load_project(shop))
    places = {(one.code, one.place.path, one.place.line) for one in error.value.findings}
    assert places == {
        ("theme-template", "overrides/partials/page-footer.html", 2),
        ("theme-template", "overrides/b.html", 1),
    }
    before = snapshot(shop)
    done = run("-C", shop, "extract")
    assert done.code == 1
    assert done.err.count("error[theme-template]") == 2
    assert run("-C", shop, "check", *AS_OF).err.count("error[theme-template]") == 2
    assert snapshot(shop) == before


def test_words_that_cannot_be_read_are_told_with_their_line(shop: Path, run: Run):
    write(shop, {"overrides/locales/tr/messages.po": 'msgid "Menu"\nmsgstr "Menü"\n\nmsgid "Open\n'})
    done = run("-C", shop, "extract", "-l", "tr")
    assert done.code == 1
    assert "error[catalog-syntax]" in done.err
    assert "--> overrides/locales/tr/messages.po:4" in done.err


def test_what_an_earlier_run_has_read_is_as_if_it_were_read_now(shop: Path):
    project = load_project(shop)
    read = load_sheets(project)
    note_sheets(project, read)
    known = load_sheets(project)
    assert [(one.path, one.strings) for one in known] == [(one.path, one.strings) for one in read]
    assert [{tag: set(keys) for tag, keys in one.given.items()} for one in known] == [
        {tag: set(keys) for tag, keys in one.given.items()} for one in read
    ]
    edit(shop, "overrides/partials/page-footer.html", "Track your parcel", "Follow your parcel")
    assert "Follow your parcel" in {one.msgid for one in load_sheets(project)[0].strings}
    write(shop, {"locales/regions/TR.yml": "parent: [\n"})
    assert [one.path for one in load_sheets(project)] == [THEME]


def test_counted_words_have_all_forms_of_their_language(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, ar, ru, tr, eo]")
    write(project_folder, {f"locales/{tag}/locale.yml": "region: TR\n" for tag in ("ar", "ru", "eo")})
    project = load_project(project_folder)
    said = {}
    for tag in ("ar", "ru", "tr", "eo"):
        compiled = io.BytesIO()
        write_mo(compiled, words_of(project, project.locales[tag]))
        compiled.seek(0)
        words = gettext.GNUTranslations(compiled)
        said[tag] = [words.ngettext("%(n)s result", "%(n)s results", n) for n in (0, 1, 2, 3, 11, 100)]
    assert said["ar"] == ["لا نتائج", "نتيجة واحدة", "نتيجتان", "%(n)s نتائج", "%(n)s نتيجة", "%(n)s نتيجة"]
    assert [text.removeprefix("%(n)s ") for text in said["ru"]] == [
        *("результатов", "результат", "результата"),
        *("результата", "результатов", "результатов"),
    ]
    assert set(said["tr"]) == {"%(n)s sonuç"}
    assert set(said["eo"]) == {"%(n)s result", "%(n)s results"}


def fill(folder: Path, tag: str, texts: dict[str, str | dict[int, str]]) -> None:
    file = folder / f"locales/{tag}/catalog/_theme.po"
    catalog = polib.pofile(str(file), wrapwidth=0)
    for entry in catalog:
        text = texts.get(entry.msgid, "")
        if isinstance(text, dict):
            entry.msgstr_plural = text
        else:
            entry.msgstr = text
    catalog.save(str(file))


def test_words_go_the_way_of_segments(shop: Path, run: Run):
    assert run("-C", shop, "extract").code == 0
    assert run("-C", shop, "translate", "-l", "tr", "--provider", "pseudo").code == 0
    states = run("-C", shop, "status", "-l", "tr", "--pages", "--format", "json").out
    assert '"_theme.po": {\n        "missing": 1,\n        "stale": 0,\n        "machine": 3,' in states
    assert "tr has no reviewed text for words of templates: '%(n)s parcel', 'All of it', 'Open' and 1 more" in (
        run("-C", shop, "check", "-l", "tr", *AS_OF).err
    )
    done = run("-C", shop, "approve", "-l", "tr", "_theme.po", "--by", "ada", "--on", "2026-11-22")
    assert "3 segments on 1 pages are now reviewed by ada" in done.err
    assert "'_regions.po' has no catalog in tr" in run("-C", shop, "approve", "-l", "tr", "_regions", "--by", "ada").err
    assert "words of templates: '%(n)s parcel'\n" in run("-C", shop, "check", "-l", "tr", *AS_OF).err
    before = snapshot(shop / "locales")
    assert run("-C", shop, "extract").code == 0
    assert snapshot(shop / "locales") == before


def test_words_stay_out_of_files_for_agencies(shop: Path, run: Run):
    assert run("-C", shop, "extract", "-l", "de").code == 0
    parcels: dict[int, str] = {0: "ein Paket", 1: "%(n)s Pakete"}
    fill(shop, "de", {"%(n)s parcel": parcels, "Open": "Aufmachen", "Track your parcel": "Paket verfolgen"})
    assert run("-C", shop, "export", "-l", "de", "--format", "xliff", "-o", shop / "de.xlf").code == 0
    assert "Paket verfolgen" not in (shop / "de.xlf").read_text("utf-8")
    assert run("-C", shop, "export", "-l", "de", "--format", "tmx", "-o", shop / "de.tmx").code == 0
    memory = (shop / "de.tmx").read_text("utf-8")
    assert "Paket verfolgen" in memory
    assert "Aufmachen" not in memory
    before = snapshot(shop / "locales")
    assert run("-C", shop, "import", "-l", "de", shop / "de.tmx").code == 0
    assert snapshot(shop / "locales") == before


def test_what_is_wrong_with_a_word_is_told(shop: Path, run: Run):
    assert run("-C", shop, "extract", "-l", "de").code == 0
    fill(
        shop,
        "de",
        {
            "%(n)s parcel": {0: "Paket", 1: "Pakete"},
            "Track your parcel": "<b>Paket</b> verfolgen",
            "All of it": "Alles",
        },
    )
    done = run("-C", shop, "check", "-l", "de", *AS_OF)
    assert done.code == 1
    assert "warning[translation-placeholder]: msgstr[1]: %(n)s is missing" in done.err
    assert "warning[translation-structure]: <b> is not in the source; </b> is not in the source" in done.err
    fill(shop, "de", {"%(n)s parcel": {0: "Paket", 1: ""}})
    assert "warning[translation-plural]: msgstr[1] is empty" in run("-C", shop, "check", "-l", "de", *AS_OF).err


def test_a_changed_template_leaves_the_catalogs_behind(shop: Path, run: Run):
    run("-C", shop, "extract", "-l", "de")
    edit(shop, "overrides/partials/page-footer.html", "Track your parcel", "Follow your parcel")
    assert "note[catalog-behind]: the catalog '_theme.po' of de is behind the templates" in (
        run("-C", shop, "check", "-l", "de", *AS_OF).err
    )


def test_words_of_another_locale_are_written_as_the_locale_writes(shop: Path):
    own = 'msgid "All of it"\nmsgstr "Alles in Großbuchstaben"\n'
    write(shop, {"overrides/locales/de/messages.po": 'msgid "Contact us"\nmsgstr "Grüße an %(one)s"\n\n' + own})
    write(shop, {"locales/de-AT/locale.yml": "region: AT\nspelling: {ß: ss}\n"})
    project = load_project(shop)
    austrian = plain_words(words_of(project, project.locales["de-AT"]))
    assert (austrian["Contact us"], austrian["All of it"]) == ("Grüsse an %(one)s", "Alles in Grossbuchstaben")
    write(shop, {"overrides/locales/de_AT/messages.po": own})
    assert plain_words(words_of(project, project.locales["de-AT"]))["All of it"] == "Alles in Großbuchstaben"
    assert plain_words(words_of(project, project.locales["de"]))["Contact us"] == "Grüße an %(one)s"


@pytest.mark.slow
def test_reviewed_words_are_shown_and_others_are_not(shop: Path):
    write(shop, {"overrides/locales/de/messages.po": 'msgid "Contact us"\nmsgstr "Schreiben Sie uns"\n'})
    edit(shop, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de, de-AT, tr, eo]")
    write(shop, {"locales/eo/locale.yml": "region: TR\n"})
    assert start("-C", shop, "extract").code == 0
    parcels: dict[int, str] = {0: "ein Paket", 1: "%(n)s Pakete"}
    fill(
        shop,
        "de",
        {"%(n)s parcel": parcels, "Open": "Öffnen", "Track your parcel": "Paket verfolgen", "All of it": "Al<b>les"},
    )
    write(
        shop,
        {
            "locales/de-AT/catalog/_theme.po": 'msgid ""\nmsgstr ""\n\n'
            'msgid "Track your parcel"\nmsgstr "Packerl verfolgen"\n\n'
            'msgctxt "verb"\nmsgid "Open"\nmsgstr "Auf<b>machen"\n'
        },
    )
    sign_policies(shop)
    done = start("-C", shop, "build", *AS_OF)
    assert done.code == 0, done.err
    german = (shop / "site/de/guides/returns/index.html").read_text("utf-8")
    assert ">Paket verfolgen</a>\n<p>2 Pakete, Öffnen</p>\n<p>Schreiben Sie uns All of it Suche" in german
    # What helpcenter ships is there beside the project's own words.
    assert 'data-hc-name="Menü"' in german
    austrian = (shop / "site/de-AT/guides/returns/index.html").read_text("utf-8")
    assert ">Packerl verfolgen</a>\n<p>2 Pakete, Öffnen</p>\n<p>Schreiben Sie uns All of it Suche" in austrian
    turkish = (shop / "site/tr/guides/returns/index.html").read_text("utf-8")
    assert ">Track your parcel</a>\n<p>2 parcels, Open</p>\n<p>Bize ulaşın All of it" in turkish
    # A language gets all of the theme's words from its own catalog, where helpcenter ships none.
    shipped = {entry.msgid: f"eo {entry.msgid}" for entry in polib.pofile(str(shop / "locales/eo/catalog/_theme.po"))}
    fill(shop, "eo", {text: words for text, words in shipped.items() if text != "%(n)s parcel"})
    again = start("-C", shop, "build", *AS_OF)
    assert "built: eo\nunchanged: en, de, de-AT, tr\n" in again.err
    esperanto = (shop / "site/eo/guides/returns/index.html").read_text("utf-8")
    assert ">eo Track your parcel</a>" in esperanto
    assert '<aside class="hc-notice hc-notice--fallback" aria-label="eo About this text">' in esperanto
