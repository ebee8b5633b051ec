from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import Project, PublishPolicy, load_project
from helpcenter.project.tags import canonical_tag, direction_of, parents_of, tag_problem
from project_cases import edit, write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("tag", "problem"),
    [
        ("tr", ""),
        ("de-AT", ""),
        ("zh-Hant-HK", ""),
        ("es-419", ""),
        ("fil", ""),
        ("yue", ""),
        ("no", ""),
        ("pt_BR", "write 'pt-BR'"),
        ("PT-br", "write 'pt-BR'"),
        ("zh-hant", "write 'zh-Hant'"),
        ("Turkish", "is not a locale tag"),
        ("", "is not a locale tag"),
        ("de-", "is not a locale tag"),
        ("de-AT-1996", "is not a locale tag"),
        ("qq", "is not known to CLDR"),
        ("../de", "is not a locale tag"),
        ("en-EU", ""),
        ("en-001", ""),
        ("iw", "write 'he'"),
        ("iw-IL", "write 'he-IL'"),
        ("in", "write 'id'"),
        ("sh", "write 'sr-Latn'"),
        ("deu", "write 'de'"),
        ("en-UK", "write 'en-GB'"),
        ("EN_uk", "write 'en-GB'"),
        ("sr-CS", "write 'sr-RS' or 'sr-ME'"),
        ("ua", "is not known to CLDR; write 'uk'"),
        ("zz", "is not known to CLDR"),
        ("und", "is not known to CLDR"),
        ("en-ZZ", "the region of 'en-ZZ' is not known"),
        ("es-999", "the region of 'es-999' is not known"),
    ],
)
def test_tags(tag: str, problem: str):
    assert problem in tag_problem(tag)
    assert bool(tag_problem(tag)) is bool(problem)


def test_a_tag_has_one_spelling():
    assert [canonical_tag(tag) for tag in ("TR", "pt_br", "zh_HANT_tw", "ES-419")] == [
        "tr",
        "pt-BR",
        "zh-Hant-TW",
        "es-419",
    ]


@pytest.mark.parametrize(
    ("tag", "parents"),
    [
        ("tr", []),
        ("de-AT", ["de"]),
        ("es-MX", ["es-419", "es"]),
        ("zh-TW", []),
        ("zh-HK", []),
        ("zh-SG", ["zh"]),
        ("en-AU", ["en-001", "en"]),
        ("pt-AO", ["pt-PT", "pt"]),
        ("sr-Latn", []),
    ],
)
def test_what_a_locale_may_build_on(tag: str, parents: list[str]):
    assert parents_of(tag) == parents


def test_directions():
    assert [direction_of(tag) for tag in ("ar", "he-IL", "fa", "tr", "zh-CN")] == ["rtl", "rtl", "rtl", "ltr", "ltr"]


def test_a_project_is_read(project_folder: Path):
    project = load_project(project_folder)
    assert [(locale.tag, locale.name, locale.direction, locale.region) for locale in project.locales.values()] == [
        ("en", "English", "ltr", "001"),
        ("de", "Deutsch", "ltr", "DE"),
        ("de-AT", "Deutsch (Österreich)", "ltr", "AT"),
        ("tr", "Türkçe", "ltr", "TR"),
    ]
    assert project.source.tag == project.x_default.tag == "en"
    assert [locale.tag for locale in project.targets] == ["de", "de-AT", "tr"]
    assert project.catalog_folder("tr") == project_folder / "locales/tr/catalog"
    assert project.configuration.site_url == "https://help.small.example/"
    assert project.configuration.extensions == ("admonition", "attr_list", "tables", "toc")


def test_an_address_gets_its_slash(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "help.small.example/", "small.example/help")
    assert load_project(project_folder).configuration.site_url == "https://small.example/help/"


def test_locales_are_selected_in_the_order_of_the_list(project_folder: Path):
    project = load_project(project_folder)
    assert tags(project, ()) == ["en", "de", "de-AT", "tr"]
    assert tags(project, ("tr", "de")) == ["de", "tr"]
    with pytest.raises(HelpcenterError) as caught:
        project.select(("tr", "dee", "xx"))
    assert [found.message for found in caught.value.findings] == [
        "'dee' is not a locale of this project",
        "'xx' is not a locale of this project",
    ]
    assert str(caught.value.findings[0].place) == "mkdocs.yml:14:14"


def tags(project: Project, wanted: tuple[str, ...]) -> list[str]:
    return [locale.tag for locale in project.select(wanted)]


def test_texts_that_only_others_build_on_need_no_place_in_the_list(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de-AT, tr]")
    project = load_project(project_folder)
    assert project.locales["de-AT"].chain == ("de-AT", "de")


def test_what_is_not_listed_is_told_and_stops_nothing(project_folder: Path):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de, pt-BR]")
    write(project_folder, {"locales/pt-PT/locale.yml": "", "locales/pt_br/locale.yml": "", "locales/archive/x": ""})
    project = load_project(project_folder)
    told = {str(found.place): (found.code, str(found.severity), found.label) for found in project.findings}
    assert told == {
        "locales/archive": ("locale-folder-name", "warning", ""),
        "locales/de-AT": ("locale-not-listed", "note", ""),
        "locales/pt-PT": ("locale-not-listed", "note", "did you mean 'pt-BR'?"),
        "locales/pt_br": ("locale-folder-name", "warning", ""),
        "locales/tr": ("locale-not-listed", "note", ""),
    }


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        ("", ["config-emoji"]),
        (": {emoji_generator: !!python/name:material.extensions.emoji.to_svg }", ["config-emoji"]),
        (": {emoji_generator: !!python/name:pymdownx.emoji.to_png }", ["config-emoji"]),
        (": {options: {image_path: https://cdn.example/ }}", ["config-emoji"]),
        (": {options: {image_path: /emoji/ }}", []),
        (": {emoji_generator: !!python/name:pymdownx.emoji.to_alt }", []),
        (": {emoji_generator: !!python/name:helpcenter.site.emoji.to_inline }", []),
    ],
)
def test_emoji_of_a_third_party_are_told(options: str, codes: list[str], project_folder: Path):
    edit(project_folder, "mkdocs.yml", "  - tables\n", f"  - tables\n  - pymdownx.emoji{options}\n")
    found = load_project(project_folder).findings
    assert [one.code for one in found] == codes
    assert {str(one.place).rpartition(":")[0] for one in found} <= {"mkdocs.yml:9"}


def test_folders_that_begin_with_a_dot_are_no_locales(project_folder: Path):
    write(project_folder, {"locales/.cache/x": "", "locales/README.md": ""})
    assert list(load_project(project_folder).locales) == ["en", "de", "de-AT", "tr"]


def test_what_a_type_of_page_needs():
    policy = PublishPolicy(default="reviewed", faq="machine")
    assert [policy.least(kind) for kind in ("faq", "guide", "tutorial", "index", "policy")] == [
        "machine",
        "reviewed",
        "reviewed",
        "reviewed",
        "approved",
    ]
    assert PublishPolicy(policy="machine").least("policy") == "machine"
