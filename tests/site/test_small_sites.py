"""What a build keeps right at the edges: names of files, includes, warnings, sites of many pages."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

from demo_project import REPOSITORY, DemoProject, changes, copy_demo, read_files
from helpcenter.site.configuration import without_snippets
from helpcenter.site.serving import watched_paths
from project_cases import SMALL_SHOP

sys.path.insert(0, str(REPOSITORY / "tests" / "benchmarks"))

from corpus import write_project

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]


@pytest.fixture
def shop(tmp_path: Path) -> DemoProject:
    return copy_demo(tmp_path / "shop", SMALL_SHOP)


def test_files_that_look_translated_keep_their_names_in_every_language(shop: DemoProject):
    names = ["terms.txt", "terms.de.txt", "terms.us.txt", "lib.js.map"]
    folder = shop.root / "content/files"
    folder.mkdir()
    for name in names:
        (folder / name).write_text(name, "utf-8")
    page = shop.root / "content/guides/returns.md"
    page.write_text(page.read_text("utf-8") + "\n[Terms](../files/terms.de.txt)\n", "utf-8")
    shop.build()
    for tag in shop.locales:
        assert {path.name: path.read_text("utf-8") for path in (shop.site / tag / "files").iterdir()} == {
            name: name for name in names
        }
        assert 'href="../../files/terms.de.txt"' in (shop.site / tag / "guides/returns/index.html").read_text("utf-8")


def test_a_page_shows_what_it_includes_as_it_is_now(shop: DemoProject):
    shop.edit(
        "mkdocs.yml",
        "markdown_extensions:\n",
        f"markdown_extensions:\n  - pymdownx.snippets: {{base_path: ['{shop.root}']}}\n",
    )
    page = shop.root / "content/guides/returns.md"
    page.write_text(page.read_text("utf-8") + '\n--8<-- "parts/note.md"\n', "utf-8")
    note = shop.root / "parts/note.md"
    note.parent.mkdir()
    for words in ("first words", "second words"):
        note.write_text(words, "utf-8")
        shop.build()
        for tag in shop.locales:
            assert words in (shop.site / tag / "guides/returns/index.html").read_text("utf-8")


def test_what_pages_include_is_translated_and_built_again_where_it_is_included(shop: DemoProject):
    shop.edit(
        "mkdocs.yml",
        "markdown_extensions:\n",
        "markdown_extensions:\n  - pymdownx.snippets: {base_path: [parts, content]}\n",
    )
    parts = {
        "parts/hours.md": '--8<-- "_parts/day.md"\n\n[Returns](returns.md)\n',
        "content/_parts/day.md": "We answer daily.\n",
    }
    for name, text in parts.items():
        (shop.root / name).parent.mkdir()
        (shop.root / name).write_text(text, "utf-8")
    for name in ("contact", "returns"):
        page = shop.root / f"content/guides/{name}.md"
        page.write_text(page.read_text("utf-8") + '\n--8<-- "hours.md"\n', "utf-8")
        catalog = shop.root / f"locales/de/catalog/guides/{name}.po"
        words = '\n#. paragraph\nmsgid "We answer daily."\nmsgstr "Wir antworten täglich."\n'
        words += '\n#. paragraph\nmsgid "We answer at once."\nmsgstr "Wir antworten sofort."\n'
        catalog.write_text(catalog.read_text("utf-8") + words, "utf-8")
    shop.build()
    before = read_files(shop.site)
    assert not [name for name in before if "_parts" in name]
    (shop.root / "content/_parts/day.md").write_text("We answer at once.\n", "utf-8")
    shop.build()
    after = read_files(shop.site)
    said = {"en": ("We answer daily.", "We answer at once."), "de": ("Wir antworten täglich.", "Wir antworten sofort.")}
    said |= {"de-AT": said["de"], "tr": said["en"]}
    pages = {f"{tag}/guides/{name}/index.html" for tag in shop.locales for name in ("contact", "returns")}
    for page in pages:
        was, is_now = said[page.partition("/")[0]]
        assert was in before[page].decode()
        assert is_now in after[page].decode()
        assert was not in after[page].decode()
    assert {name for name in changes(before, after) if name.endswith(".html")} == pages
    assert "nothing has changed" in shop.build()
    (shop.root / "parts/hours.md").unlink()
    assert "error[content-snippet-missing]" in shop.build(expect=1)
    assert read_files(shop.site) == after


@pytest.mark.parametrize(
    ("listed", "left"),
    [
        (["toc", "pymdownx.snippets"], ["toc"]),
        ([{"pymdownx.snippets": {"base_path": "x"}}, {"toc": {}}], [{"toc": {}}]),
        ({"pymdownx.snippets": {}, "toc": {}}, {"toc": {}}),
    ],
)
def test_mkdocs_is_given_pages_that_include_nothing_any_more(listed: Any, left: Any):  # noqa: ANN401 - as YAML has it
    assert without_snippets(listed) == left


def test_where_includes_are_looked_for_is_watched(shop: DemoProject):
    for name in ("parts/a.md", "site/en/index.html", ".build/state.json"):
        (shop.root / name).parent.mkdir(parents=True)
        (shop.root / name).write_text("", "utf-8")
    content = shop.root / "content"
    parts = shop.root / "parts"
    assert parts not in watched_paths(shop.root, content, [])
    assert parts in watched_paths(shop.root, content, [parts, shop.root / "gone"])
    everything = watched_paths(shop.root, content, [shop.root])
    assert parts in everything
    assert not {shop.root, shop.root / "site", shop.root / ".build", shop.root / "gone"} & {*everything}


def test_a_warning_is_repeated_until_it_is_mended(shop: DemoProject):
    shop.edit("content/guides/returns.md", "---\ntitle:", "---\nqueries: [nothing of the kind]\ntitle:")
    assert "warning[search-query-missed]" in shop.build()
    said = shop.build()
    assert "warning[search-query-missed]" in said
    assert "nothing has changed" in said
    assert "warning[search-query-missed]" in shop.build("--force", "--locale", "en")
    shop.edit("content/guides/returns.md", "queries: [nothing of the kind]\n", "")
    assert "warning[" not in shop.build()


def test_keys_of_the_project_reach_its_templates_in_each_language(shop: DemoProject):
    keys = "extra:\n  helpcenter:\n    front_matter: {translated: [cards], kept: [hide]}\n"
    shop.edit("mkdocs.yml", "extra:\n  helpcenter:\n", keys)
    head = "---\ntitle: Send something back\ndescription: For search engines.\nhide: [toc]\ncards:\n  - text: Refund soon\n"
    shop.edit("content/guides/returns.md", "---\ntitle: Send something back\n", head)
    catalog = shop.root / "locales/de/catalog/guides/returns.po"
    added = (
        ["cards (front matter)", "Refund soon", "Bald erstattet"],
        ["description", "For search engines.", "Für Sucher."],
    )
    texts = "".join(f'\n#. {kind}\nmsgid "{old}"\nmsgstr "{new}"\n' for kind, old, new in added)
    catalog.write_text(catalog.read_text("utf-8") + texts, "utf-8")
    theme = shop.root / "overrides/partials/page-footer.html"
    theme.parent.mkdir(parents=True, exist_ok=True)
    theme.write_text(
        '{% if page and page.meta and page.meta.cards %}<p id="cards">{{ page.meta.cards[0].text }}'
        "{{ page.meta.hide }}</p>{% endif %}",
        "utf-8",
    )
    shop.build()
    pages = {tag: (shop.site / tag / "guides/returns/index.html").read_text("utf-8") for tag in ("en", "de")}
    assert "<p id=\"cards\">Refund soon['toc']</p>" in pages["en"]
    assert "<p id=\"cards\">Bald erstattet['toc']</p>" in pages["de"]
    assert 'name="description" content="For search engines."' in pages["en"]
    assert 'name="description" content="Für Sucher."' in pages["de"]


def test_a_title_is_text_wherever_it_stands(shop: DemoProject):
    shop.edit("content/guides/returns.md", "title: ", "title: </title><script>bad()</script> & ")
    shop.edit("content/guides/returns.md", "title: ", "updated: 2026-11-01\ntitle: ")
    shop.build()
    for file in (shop.site / "en").rglob("*.html"):
        assert "<script>bad" not in file.read_text("utf-8")
    page = (shop.site / "en/guides/returns/index.html").read_text("utf-8")
    assert "&lt;/title&gt;&lt;script&gt;" in page
    (data,) = (
        block for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page) if "Article" in block
    )
    article = json.loads(data)
    assert article["headline"].startswith("</title><script>bad()</script> & ")
    assert article["dateModified"] == "2026-11-01"
    assert '<time datetime="2026-11-01">November 1, 2026</time>' in re.sub(r">\s+", ">", page)


def test_many_pages_are_staged_in_parts_and_give_the_same_site(tmp_path: Path):
    project = DemoProject(tmp_path / "many", tmp_path / "many")
    write_project(project.root, pages=150, locales=3)
    project.build()
    parts = sorted(path.name for path in (project.root / ".build/de").glob("staged*"))
    assert parts == ["staged.0.pickle", "staged.1.pickle", "staged.2.pickle"]
    in_parts = read_files(project.site)
    # Beside the pages, one for the results of the search.
    assert len([name for name in in_parts if name.endswith("index.html")]) == 3 * (150 + 1) + 1
    page = next(path for path in (project.root / "content").rglob("page-03.md"))
    text = page.read_text("utf-8")
    page.write_text(text + "\nOne more sentence.\n", "utf-8")
    project.build()
    assert [path.name for path in (project.root / ".build/de").glob("staged*")] == ["staged.pickle"]
    assert changes(in_parts, read_files(project.site)) != set()
    page.write_text(text, "utf-8")
    project.build()
    assert changes(in_parts, read_files(project.site)) == set()


def test_a_language_of_any_region_can_be_built(tmp_path: Path):
    project = DemoProject(tmp_path, tmp_path)
    project.call("init", "--source", "en-EU", "--locales", "tr-DE,de-US,zh-TW", "--yes")
    project.build()
    for tag in ("en-EU", "tr-DE", "de-US", "zh-TW"):
        assert f'lang="{tag}"' in (project.site / tag / "index.html").read_text("utf-8")


def test_icons_are_drawn_and_emoji_are_letters(shop: DemoProject):
    extension = (
        "markdown_extensions:\n  - pymdownx.emoji:\n      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        "      emoji_generator: !!python/name:helpcenter.site.emoji.to_inline\n"
    )
    shop.edit("mkdocs.yml", "markdown_extensions:\n", extension)
    page = shop.root / "content/guides/returns.md"
    page.write_text(page.read_text("utf-8") + "\nAn icon :material-truck: and a smile :smile:.\n", "utf-8")
    shop.build()
    html = (shop.site / "en/guides/returns/index.html").read_text("utf-8")
    assert 'An icon <span class="twemoji"><svg xmlns="http://www.w3.org/2000/svg"' in html
    assert "and a smile 😄." in html
    assert "jsdelivr" not in html
