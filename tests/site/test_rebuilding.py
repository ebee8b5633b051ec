"""A build makes what has changed, all of it and nothing else, and the result is that of a build from scratch."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import polib
import pytest
from lxml import html as lxml_html

from demo_project import DAY, DemoProject, changes, read_files, read_times

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

TUTORIAL = "tutorials/track-a-parcel"
OLD = "The orders page lists all of them, with the items in each parcel."
NEW = "The orders page shows all of them, with the items in each parcel."
TRANSLATED = ("tr", "ru", "de", "fr", "ar", "zh-CN", "pt-BR", "es")


def pages_of(paths: set[str]) -> set[str]:
    return {path for path in paths if path.endswith(".html")}


def test_nothing_is_built_when_nothing_has_changed(demo: DemoProject):
    before = read_times(demo.site), read_times(demo.root / ".build")
    assert "nothing has changed" in demo.build()
    assert (read_times(demo.site), read_times(demo.root / ".build")) == before


def test_one_fact_changes_the_pages_that_show_it_and_no_other_byte(demo: DemoProject):
    before = read_files(demo.site)
    demo.edit("locales/shop.yml", '{amount: "5.90", currency: EUR}', '{amount: "5.45", currency: EUR}')
    demo.build()
    after = read_files(demo.site)
    showing = {path for path in pages_of(set(before)) if path.startswith("de/") and b"5,90" in before[path]}
    assert {"de/guides/delivery/index.html", "de/faq/do-you-deliver-to-my-country/index.html"} <= showing
    changed = changes(before, after)
    # The page of the world compares all markets.
    compared = "en/faq/do-you-deliver-to-my-country/index.html"
    assert pages_of(changed) == showing | {compared}
    # Structured data write the amount as machines do.
    for path in (*showing, compared):
        german = re.sub(rb"5,90(?!\d)", b"5,45", before[path])
        assert after[path] == re.sub(rb'("|\xe2\x82\xac)5\.90', rb"\g<1>5.45", german)
    # Beside them: the indexes, which hold the texts.
    rest = changed - showing - {compared}
    assert rest == {"manifest.json", "de/search/index.json", "en/search/index.json"}


def test_a_fact_of_a_group_reaches_its_members_and_stays_inside(demo: DemoProject):
    before = read_files(demo.site)
    demo.edit("locales/shop.yml", '{amount: "14.90", currency: EUR}', '{amount: "13.70", currency: EUR}')
    demo.build()
    changed = pages_of(changes(before, read_files(demo.site)))
    assert {path.partition("/")[0] for path in changed} == {
        tag
        for tag in ("de", "de-AT", "es", "fr")
        if any(
            re.search(rb"14[.,]90", data)
            for path, data in before.items()
            if path.startswith(f"{tag}/") and "html" in path
        )
    }
    assert "de/guides/delivery/index.html" in changed


def test_an_edit_of_one_language_builds_that_language_only(demo: DemoProject):
    times = read_times(demo.site)
    catalog = f"locales/tr/catalog/{TUTORIAL}.po"
    title = polib.pofile(str(demo.root / catalog)).find("Track a parcel").msgstr
    demo.edit(catalog, f'msgstr "{title}"', 'msgstr "Kargoyu izleme"')
    said = demo.build()
    touched = {path.partition("/")[0] for path in changes(times, read_times(demo.site))}
    assert touched - {"manifest.json"} == {"tr"}
    assert "built: tr" in said
    page = lxml_html.fromstring((demo.site / "tr" / TUTORIAL / "index.html").read_bytes())
    assert page.findtext(".//h1") == "Kargoyu izleme"


def test_one_english_sentence_makes_one_segment_stale(demo: DemoProject):
    demo.call("extract")
    before = read_files(demo.root / "locales")
    demo.edit(f"content/{TUTORIAL}.md", OLD, NEW)
    demo.call("extract")
    after = read_files(demo.root / "locales")
    catalogs = {f"{tag}/catalog/{TUTORIAL}.po" for tag in TRANSLATED}
    assert changes(before, after) == {path for path in catalogs if OLD.encode() in _unwrapped(before[path])}
    for path in changes(before, after):
        was, now = (polib.pofile(data.decode()) for data in (before[path], after[path]))
        old = {str(entry) for entry in was if OLD not in entry.msgid}
        assert {str(entry) for entry in now if NEW not in entry.msgid} == old
        entry = next(entry for entry in now if NEW in entry.msgid)
        # Never passed off as a translation of the new sentence, and never lost.
        assert entry.fuzzy or not entry.msgstr
        source = next(entry for entry in was if OLD in entry.msgid)
        if source.msgstr and not source.fuzzy:
            assert (entry.msgstr, entry.previous_msgid) == (source.msgstr, source.msgid)


def _unwrapped(raw: bytes) -> bytes:
    return raw.replace(b'"\n"', b"")


def test_only_the_outdated_paragraph_is_marked(demo: DemoProject):
    approve = ["approve", "--locale", "tr", "--by", "Reviewer", "--on", DAY, f"{TUTORIAL}.md"]
    demo.call(*approve)
    demo.build()
    before = read_files(demo.site)
    page = lxml_html.fromstring(before[f"tr/{TUTORIAL}/index.html"])
    assert not page.find_class("hc-outdated")
    translation = next(
        entry.msgstr
        for entry in polib.pofile(str(demo.root / f"locales/tr/catalog/{TUTORIAL}.po"))
        if OLD in entry.msgid
    )
    demo.edit(f"content/{TUTORIAL}.md", OLD, NEW)
    demo.call("extract")
    demo.build()
    after = read_files(demo.site)
    page = lxml_html.fromstring(after[f"tr/{TUTORIAL}/index.html"])
    assert [mark.text_content() for mark in page.find_class("hc-outdated")] == [translation]
    assert page.find(".//article").get("data-hc-state") == "outdated"
    assert len(page.find_class("hc-notice--outdated")) == 1
    # No other page shows that paragraph.
    changed = pages_of(changes(before, after))
    assert {path.partition("/")[2] for path in changed} == {f"{TUTORIAL}/index.html"}
    assert {"en", "en-GB", "en-US", "tr"} <= {path.partition("/")[0] for path in changed}
    assert NEW.encode() in after[f"en/{TUTORIAL}/index.html"]


def test_words_of_search_reach_the_index(demo: DemoProject):
    before = read_files(demo.site)
    search = demo.root / "locales/tr/search.yml"
    search.write_text(search.read_text("utf-8").replace("one_way:\n", "one_way:\n  zürafa: [iade]\n"), "utf-8")
    demo.build()
    assert "tr/search/index.json" in changes(before, read_files(demo.site))
    assert "tutorials/return-an-item/" in demo_search(demo, "tr", "zürafa")


def demo_search(project: DemoProject, tag: str, query: str) -> str:
    command = [sys.executable, "-m", "helpcenter", "-C", str(project.root), "search", "--locale", tag, query]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_words_of_the_source_reach_the_index_of_its_fallback_pages(demo: DemoProject):
    search = demo.root / "locales/en/search.yml"
    text = search.read_text("utf-8")
    assert "one_way:\n" in text
    search.write_text(text.replace("one_way:\n", "one_way:\n  giraffe: [personal data]\n"), "utf-8")
    before = read_files(demo.site)
    demo.build()
    changed = {path for path in changes(before, read_files(demo.site)) if path.endswith("search/index.json")}
    assert {"en/search/index.json", "en-GB/search/index.json", "es/search/index.json"} <= changed


def test_a_template_changed_between_builds_of_single_locales_reaches_all(small: DemoProject):
    small.edit("overrides/partials/content.html", '<div class="hc-body">', '<div class="hc-body" data-changed>')
    small.build("--locale", "de")
    small.build()
    for tag in small.locales:
        assert b"data-changed" in (small.site / tag / "index.html").read_bytes(), tag


def test_a_locale_that_is_taken_away_leaves_nothing_behind(small: DemoProject):
    for tag in ("de", "de-AT"):
        shutil.rmtree(small.root / "locales" / tag)
    small.edit("mkdocs.yml", "locales: [en, tr, de, de-AT, ar]", "locales: [en, tr, ar]")
    small.build()
    assert not (small.site / "de").exists()
    assert not (small.site / "de-AT").exists()
    for path, data in read_files(small.site).items():
        if path.endswith((".html", ".xml")) or path == "manifest.json":
            assert not re.search(rb'hreflang="de|/de(-AT)?/|"de(-AT)?":', data), path


def edit_often(project: DemoProject) -> None:
    """Make many kinds of edits, with a build after each few of them."""
    content = project.root / "content"
    project.edit("locales/shop.yml", '{amount: "5.90", currency: EUR}', '{amount: "5.45", currency: EUR}')
    project.build(day="2026-06-18")
    project.edit(f"content/{TUTORIAL}.md", OLD, NEW)
    project.call("extract")
    project.build("--locale", "tr")
    page = "---\ntitle: Wash linen\ntype: guide\n---\nWash it at 40 °C. See [delivery](delivery.md).\n"
    (content / "guides/wash-linen.md").write_text(page, "utf-8")
    (content / "assets").mkdir()
    (content / "assets/label.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', "utf-8")
    project.build()
    project.edit("content/guides/wash-linen.md", "title: Wash linen", "title: Wash and dry linen")
    project.edit("overrides/partials/content.html", '<div class="hc-body">', '<div class="hc-body" data-changed>')
    (content / "assets/label.svg").unlink()
    project.build("--jobs", "1")
    project.edit("locales/ar/search.yml", "one_way:\n", "one_way:\n  زرافة: [إرجاع]\n")
    project.build()


def test_warm_and_cold_builds_give_the_same_bytes(small: DemoProject, tmp_path: Path):
    edit_often(small)
    elsewhere = small.copy(tmp_path / "elsewhere")
    elsewhere.build("--force", "--jobs", "1")
    warm, cold = read_files(small.site), read_files(elsewhere.site)
    assert changes(warm, cold) == set()
    assert len(cold) > 300
    assert "nothing has changed" not in small.build("--force", "--jobs", "2")
    assert changes(cold, read_files(small.site)) == set()
