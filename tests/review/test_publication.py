from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter.catalog import Catalog, Entry, LocaleTexts, Machine, Signature, fingerprint, save_catalog
from helpcenter.content import parse_page
from helpcenter.review import PageText, Shown, publish_page
from project_cases import load, write

CASES = yaml.safe_load((Path(__file__).parent / "cases/publication.yml").read_text("utf-8"))
SIGNED = Signature("erika", "2026-10-01")


def entry(msgid: str, state: str) -> Entry:
    """Make an entry with a text in a state of the cases."""
    if state == "missing":
        return Entry(msgid)
    text = f"{msgid} (tr)"
    machine = Machine("pseudo", fingerprint(msgid), fingerprint(text))
    how, _, was = state.rpartition("-")
    made = Entry(
        msgid,
        text,
        fuzzy=bool(how) or was == "machine",
        machine=machine if was in {"machine", "mended"} else None,
        reviewed=SIGNED if was == "reviewed" else None,
        approved=replace(SIGNED, text=fingerprint(text)) if was == "approved" else None,
    )
    if was == "mended":
        made = replace(made, msgstr=f"{msgid} (tr, mended)")
    settled = fingerprint(made.msgstr) if was in {"unsigned", "mended"} else ""
    return replace(made, previous=f"{msgid}!", hard=how == "hard", settled=settled) if how else made


def publish(
    folder: Path, source: str, entries: dict[str, Entry], tag: str = "tr", path: str = "faq/new.md"
) -> PageText:
    project, _ = load(folder)
    page = parse_page(path, source)
    catalog = Catalog(path, tuple(entries.values()))
    save_catalog(project.catalog_folder(tag) / path.replace(".md", ".po"), catalog, tag)
    return publish_page(page, project, project.locales[tag], LocaleTexts(project, project.locales[tag]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_customers_see(case: dict[str, Any], project_folder: Path):
    publish_key = case["publish"] if isinstance(case["publish"], dict) else {"default": case["publish"]}
    settings = {"region": "TR", "publish": publish_key, "least_translated": case.get("least", 0.5)}
    write(project_folder, {"locales/tr/locale.yml": json.dumps(settings)})
    texts = [f"Text {number}" for number in range(len(case["states"]))]
    source = f"---\ntitle: {texts[0]}\ntype: {case['type']}\n---\n\n" + "\n\n".join(texts[1:]) + "\n"
    entries = {text: entry(text, state) for text, state in zip(texts, case["states"], strict=True)}
    shown = publish(project_folder, source, entries)
    assert [str(shown.shown[text]) for text in texts] == case["shown"]
    assert shown.state == case["page"]
    assert shown.is_translation is (case["page"] != "fallback")
    for text in texts:
        is_own = shown.shown[text] is not Shown.FALLBACK
        assert shown.texts.get(text) == (entries[text].msgstr if is_own else None)


def test_keywords_and_summaries_do_not_count(project_folder: Path):
    source = "---\ntitle: Title\nsummary: Long summary\nkeywords: [one, two, three]\n---\n\nText\n"
    entries = {text: entry(text, "reviewed") for text in ("Title", "Text")}
    shown = publish(project_folder, source, entries)
    assert shown.state == "reviewed"
    assert shown.shown["one"] is Shown.FALLBACK


def test_the_source_is_shown_as_it_is(project_folder: Path):
    project, pages = load(project_folder)
    for page in pages:
        shown = publish_page(page, project, project.source, LocaleTexts(project, project.source))
        assert (shown.state, shown.texts) == ("source", {})
        assert set(shown.shown.values()) == {Shown.SOURCE}


def configure(folder: Path, locales: str, **settings: str) -> None:
    """List some locales and write their settings."""
    configuration = (folder / "mkdocs.yml").read_text("utf-8")
    write(folder, {"mkdocs.yml": configuration.replace("[en, de, de-AT, tr]", f"[en, de, de-AT, tr, {locales}]")})
    for tag, text in settings.items():
        write(folder, {f"locales/{tag.replace('_', '-')}/locale.yml": text})


SOURCE = "---\ntitle: Title\n---\n\nText\n\nMore\n"


def test_a_variant_of_the_source_shows_the_source_where_it_says_nothing(project_folder: Path):
    configure(project_folder, "en-GB", en_GB="region: '001'")
    shown = publish(project_folder, SOURCE, {"Text": entry("Text", "reviewed")}, "en-GB")
    assert shown.state == "reviewed"
    assert [str(shown.shown[text]) for text in ("Title", "Text", "More")] == ["source", "translated", "source"]
    assert publish(project_folder, SOURCE, {}, "en-GB").state == "source"


def test_a_stale_text_of_a_variant_of_the_source_gives_way_to_the_source(project_folder: Path):
    configure(project_folder, "en-GB", en_GB="region: '001'")
    shown = publish(project_folder, SOURCE, {"Title": entry("Title", "hard-reviewed")}, "en-GB")
    assert (shown.state, shown.shown["Title"]) == ("source", Shown.SOURCE)


def test_austrians_read_their_own_words_and_german_ones_where_there_are_none(project_folder: Path):
    publish(project_folder, SOURCE, {text: entry(text, "reviewed") for text in ("Title", "Text", "More")}, "de")
    own = replace(entry("Text", "reviewed"), msgstr="Österreichisch")
    shown = publish(project_folder, SOURCE, {"Text": own}, "de-AT")
    assert shown.texts == {"Title": "Title (tr)", "Text": "Österreichisch", "More": "More (tr)"}
    assert {text: tag for text, (_, tag) in shown.origins.items()} == {"Title": "de", "Text": "de-AT", "More": "de"}


def test_a_text_of_a_variant_that_is_not_fit_gives_way_to_the_one_it_builds_on(project_folder: Path):
    publish(project_folder, SOURCE, {text: entry(text, "reviewed") for text in ("Title", "Text", "More")}, "de")
    own = {text: replace(entry(text, "hard-reviewed"), msgstr=f"{text} (at)") for text in ("Text", "Gone")}
    shown = publish(project_folder, SOURCE, own, "de-AT")
    assert shown.texts["Text"] == "Text (tr)"
    assert (shown.shown["Text"], shown.origins["Text"][1]) == (Shown.TRANSLATED, "de")
    # What may be old but not false is still the variant's own.
    own = {"Text": replace(entry("Text", "stale-reviewed"), msgstr="Text (at)", previous="Tex")}
    assert publish(project_folder, SOURCE, own, "de-AT").texts["Text"] == "Text (at)"


def test_an_empty_entry_of_a_variant_hides_nothing(project_folder: Path):
    publish(project_folder, SOURCE, {text: entry(text, "reviewed") for text in ("Title", "Text", "More")}, "de")
    shown = publish(project_folder, SOURCE, {"Text": Entry("Text")}, "de-AT")
    assert shown.texts["Text"] == "Text (tr)"


def test_the_chain_of_a_locale(project_folder: Path):
    configure(
        project_folder,
        "en-GB, zh-CN, zh-TW, zh-HK, pt-BR, es, es-MX",
        en_GB="region: '001'",
        zh_CN="region: '001'",
        zh_TW="region: '001'",
        zh_HK="region: '001'",
        pt_BR="region: '001'",
        es="region: '001'",
        es_MX="region: '001'",
    )
    project, _ = load(project_folder)
    chains = {
        tag: (*locale.chain, *(("(en)",) if locale.builds_on_source else ())) for tag, locale in project.locales.items()
    }
    assert chains == {
        "en": ("en",),
        "de": ("de",),
        "de-AT": ("de-AT", "de"),
        "tr": ("tr",),
        "en-GB": ("en-GB", "(en)"),
        "zh-CN": ("zh-CN",),
        "zh-TW": ("zh-TW",),
        "zh-HK": ("zh-HK",),
        "pt-BR": ("pt-BR",),
        "es": ("es",),
        "es-MX": ("es-MX", "es"),
    }
    assert [tag for tag, locale in project.locales.items() if locale.is_variant] == ["de-AT", "en-GB", "es-MX"]


def test_traditional_chinese_is_never_shown_simplified_letters(project_folder: Path):
    configure(project_folder, "zh-CN, zh-TW", zh_CN="region: '001'", zh_TW="region: '001'")
    publish(project_folder, SOURCE, {text: entry(text, "approved") for text in ("Title", "Text", "More")}, "zh-CN")
    assert publish(project_folder, SOURCE, {}, "zh-TW").state == "fallback"


SPELLED = {
    "Straße und Gruß": "Strasse und Gruss",
    "`Straße` und Straße": "`Straße` und Strasse",
    "[Straße](straße.md#maß) „so“": "[Strasse](straße.md#maß) «so»",
    "<https://straße.example> Maß": "<https://straße.example> Mass",
    "{{ fakt.maß }} Maß": "{{ fakt.maß }} Mass",
    '<b title="Maß">Maß</b>': '<b title="Maß">Mass</b>',
    "**Maß**{.groß}": "**Mass**{.groß}",
}


@pytest.mark.parametrize(("german", "swiss"), SPELLED.items())
def test_swiss_spelling_leaves_code_and_addresses_alone(german: str, swiss: str, project_folder: Path):
    configure(project_folder, "de-CH", de_CH="region: DE\nspelling: {ß: ss, „: «, “: »}\n")
    project, _ = load(project_folder)
    texts = LocaleTexts(project, project.locales["de-CH"])
    assert texts.respell(german, "de") == swiss
    assert texts.respell(german, "de-CH") == german
    assert LocaleTexts(project, project.locales["de-AT"]).respell(german, "de") == german


@pytest.mark.parametrize("spelling", ["{P: B, H: G, '0': '1', _: '-'}", "{PH: BG, __: '--'}"])
def test_no_spelling_harms_what_is_sealed(spelling: str, project_folder: Path):
    configure(project_folder, "de-CH", de_CH=f"region: DE\nspelling: {spelling}\n")
    project, _ = load(project_folder)
    texts = LocaleTexts(project, project.locales["de-CH"])
    assert texts.respell("Ein [x](PH0_.md) `PH_0`", "de") == "Ein [x](PH0_.md) `PH_0`"


def test_swiss_pages_are_german_pages_in_swiss_spelling(project_folder: Path):
    configure(project_folder, "de-CH", de_CH="region: DE\nspelling: {ß: ss}\n")
    project, pages = load(project_folder)
    locale = project.locales["de-CH"]
    page = next(page for page in pages if page.path == "guides/returns.md")
    shown = publish_page(page, project, locale, LocaleTexts(project, locale))
    assert shown.texts["Open `My orders`, then [write to us](contact.md)."] == (
        "Öffnen Sie `My orders` und [schreiben Sie uns](contact.md) gemäss Strassenliste."
    )


def test_a_text_that_turned_out_unfit_is_taken_out_again(project_folder: Path):
    publish(project_folder, SOURCE, {one: entry(one, "reviewed") for one in ("Title", "Text", "More")})

    def without(*texts: str) -> PageText:
        project, _ = load(project_folder)
        locale = project.locales["tr"]
        unfit = {(text, "tr") for text in texts}
        page = parse_page("faq/new.md", SOURCE)
        return publish_page(page, project, locale, LocaleTexts(project, locale), without=unfit)

    less = without("Text")
    assert (less.state, less.shown["Text"]) == ("partial", Shown.FALLBACK)
    assert set(less.texts) == {"Title", "More"}
    assert without("Title").state == "fallback"
    assert without("Text", "More").state == "fallback"
