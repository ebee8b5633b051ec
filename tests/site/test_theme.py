"""The theme's own words: in which languages there are some, and what readers of the others get."""

from __future__ import annotations

import re
from pathlib import Path

import material
import polib
import pytest
from jinja2 import Environment, FileSystemLoader

from helpcenter.project import load_project
from helpcenter.site.theme import check_words, language_partial, material_languages, material_words
from helpcenter.site.words import nearest_catalog
from project_cases import AS_OF, Run, edit, sign_policies, start, write

ROOT = Path(__file__).parents[2]
CATALOGS = {path.parent.name: path for path in sorted((ROOT / "overrides/locales").glob("*/messages.po"))}
TEXTS = {entry.msgid for entry in polib.pofile(str(CATALOGS["de"]))}


@pytest.mark.parametrize("language", CATALOGS)
def test_a_language_has_all_words(language: str):
    entries = list(polib.pofile(str(CATALOGS[language])))
    assert {entry.msgid for entry in entries} == TEXTS
    for entry in entries:
        forms = [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())
        assert all(forms), entry.msgid
        for name in re.findall(r"%\(\w+\)s", entry.msgid_plural or entry.msgid):
            assert name in forms[-1], entry.msgid


def test_no_french_line_begins_with_a_mark():
    texts = [entry.msgstr for entry in polib.pofile(str(CATALOGS["fr"]))]
    assert [text for text in texts if re.search(r"(?<=\w)[?!;:](?=\s|$)|[ ][?!;:»]|«[ ]", text)] == []


@pytest.mark.parametrize(
    ("tag", "catalog"),
    [
        ("ko", "ko"),
        ("de-AT", "de"),
        ("pt-BR", "pt_BR"),
        ("pt-PT", "pt_BR"),
        ("zh", "zh_CN"),
        ("zh-SG", "zh_CN"),
        ("zh-TW", "zh_TW"),
        ("zh-HK", "zh_TW"),
        ("nb", "no"),
        ("nn", "no"),
        ("sr-Latn", None),
        ("eo", None),
        ("en-GB", None),
    ],
)
def test_the_nearest_words(tag: str, catalog: str | None):
    assert nearest_catalog(tag, CATALOGS) == catalog


def test_a_partial_says_in_which_language_its_words_are():
    assert '"hc.words": "ko"' in language_partial("ko", "ko", {"Menu": "메뉴"})
    assert '"hc.words": "en-GB"' in language_partial("en-GB", "en", {})
    assert '"hc.words": "en"' in language_partial("eo", "eo", {}, ours_are="en")


def test_the_words_of_material_are_all_read():
    templates = Path(material.__file__).parent / "templates"
    environment = Environment(loader=FileSystemLoader(templates), autoescape=False)  # noqa: S701 - as MkDocs has it
    for language in material_languages():
        words = material_words(language)
        partial = environment.get_template(f"partials/languages/{language}.html").module
        assert len(words) > 10, language
        assert {key: partial.t(key) for key in words} == words


def test_a_language_without_words_is_told(project_folder: Path, run: Run):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de, de-AT, tr, eo]")
    write(project_folder, {"locales/eo/locale.yml": "region: TR\n"})
    sign_policies(project_folder)
    done = run("-C", project_folder, "check", *AS_OF)
    assert done.code == 0
    assert "note[locale-no-words]: the theme has no words in eo" in done.err
    write(project_folder, {"overrides/locales/eo/messages.po": 'msgid "Menu"\nmsgstr "Menuo"\n'})
    assert check_words(load_project(project_folder)) == []


@pytest.mark.slow
def test_english_words_are_marked_where_there_are_no_others(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de, eo]")
    write(project_folder, {"locales/eo/locale.yml": "region: TR\n"})
    sign_policies(project_folder)
    done = start("-C", project_folder, "build", *AS_OF)
    assert done.code == 0, done.err
    page = (project_folder / "site/eo/guides/returns/index.html").read_text("utf-8")
    assert '<aside class="hc-notice hc-notice--fallback" lang="en" dir="ltr" aria-label="About this text">' in page
    assert 'You are reading it in <span lang="eo" dir="ltr">angla</span>.' in page
    assert '<a href="../../guides/contact/" data-hc-contact lang="en" dir="ltr">Contact us</a>' in page
    assert "<title>404 - Small Shop Help</title>" in (project_folder / "site/eo/404.html").read_text("utf-8")
    assert "<title>Diese Seite gibt es nicht - " in (project_folder / "site/de/404.html").read_text("utf-8")
    german = (project_folder / "site/de/guides/returns/index.html").read_text("utf-8")
    assert 'lang="en" dir="ltr">Contact us' not in german
    assert "hc.words" not in page + german
