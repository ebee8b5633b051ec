from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_pages import CONFIG
from helpcenter.content import Page, Renderer, Segment, assemble, parse_page, skeleton_difference
from helpcenter.content.blocks import scan_blocks
from helpcenter.content.frontmatter import FrontMatter
from helpcenter.content.segments import make_segments

CASES = Path(__file__).parent / "cases"
HEADER = "---\ntitle: Title\n---\n"
HOSTILE = yaml.safe_load((CASES / "hostile.yml").read_text("utf-8"))
GOLDEN = yaml.safe_load((CASES / "assembly.yml").read_text("utf-8"))
SHELLED = '<span class="hc-source" lang="en">{}</span>'

# Pieces of Markdown, so that random pages hold constructs and not only noise.
PIECES = st.sampled_from(
    [
        "# ",
        "## Heading {#id}",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "    ",
        "\t",
        "\xa0",
        " ",
        "- item",
        "1. item",
        "> quote",
        "| a | b |\n",
        "|---|---|\n",
        "|",
        "```\n",
        "~~~",
        "`code`",
        '!!! note "Title"\n',
        "??? tip\n",
        '=== "Tab"\n',
        "[^1]: note",
        "*[A]: b",
        "[x]: y",
        "<div>",
        "<div markdown>",
        "<p markdown='span'>",
        "<td title='x y'>",
        "<svg>",
        "<hr>",
        "<p translate=no>",
        "</div>",
        "</p>",
        "</svg>",
        "<?",
        "<![",
        '```py title="x"\n',
        '[x]: y "z"',
        "\n  'z'",
        '--8<-- "x"',
        "--8<--\n",
        "/// html | div\n",
        "$$",
        "\\(x_y\\)",
        "{ title='z' }",
        "<!--",
        "-->",
        "{{ a }}",
        "{ .x }",
        "text",
        "///",
        "---",
        "===",
        "\\",
        ":   x",
        "\ufeff",
        "Жє",
        "{% has x %}",
        "<b>",
        "](a)",
        "[",
    ]
)
MARKDOWN = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)


@pytest.fixture(scope="session")
def every_extension() -> Renderer:
    return Renderer(CONFIG, highlight=False)


def page_of(body: str) -> Page:
    return parse_page("guides/page.md", HEADER + body)


def raw_page(source: str) -> Page:
    """Make a page of any text, also of one with an error in it."""
    segments = make_segments(source, [], scan_blocks(source).slices)
    return Page("guides/page.md", "content/guides/page.md", source, FrontMatter(title="T", type="guide"), 0, segments)


def own_text(segment: Segment) -> str:
    return segment.text


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_translations_are_written_where_their_sources_stand(case: dict[str, Any]):
    page = parse_page("guides/page.md", case["source"])
    assert {segment.text for segment in page.segments} >= set(case["translations"])
    result = assemble(page, lambda segment: case["translations"].get(segment.text))
    assert result == case["result"]


@pytest.mark.parametrize("case", GOLDEN, ids=[case["name"] for case in GOLDEN])
def test_a_written_page_is_read_with_the_translations_in_it(case: dict[str, Any]):
    page = parse_page("guides/page.md", case["result"])
    source = parse_page("guides/page.md", case["source"])
    assert [segment.kind for segment in page.segments] == [segment.kind for segment in source.segments]
    assert [segment.anchor for segment in page.segments] == [segment.anchor for segment in source.segments]


@pytest.mark.parametrize("translation", HOSTILE["translations"])
@pytest.mark.parametrize("template", HOSTILE["pages"])
def test_no_translation_makes_markdown_by_accident(every_extension: Renderer, template: str, translation: str):
    page = page_of(template.format(HOSTILE["word"]) + "\n")
    changed = assemble(page, lambda segment: translation if segment.text == HOSTILE["word"] else None)
    source, result = every_extension.render(page.body), every_extension.render(changed[len(HEADER) :])
    assert skeleton_difference(source.html, result.html) is None, changed


@pytest.mark.parametrize(
    "translation",
    [
        "",
        "yes",
        "- x",
        "a: b",
        "#",
        "'",
        '"',
        "[",
        "{",
        "&a",
        "*a",
        "!x",
        "%",
        "@",
        "`",
        "1",
        "~",
        "\\",
        "\u2028",
        "🧵",
        "a #b",
        "x\u0000y",
        "null",
        "{% has x %}",
    ],
)
@pytest.mark.parametrize("value", ["Word", "'Word'", '"Word"', ">\n  Word\n", "|-\n  Word"])
def test_front_matter_stays_valid_with_any_translation(value: str, translation: str):
    page = parse_page("guides/page.md", f"---\ntitle: {value}\nkeywords: [Word, 'Word']\nowner: me\n---\nText\n")
    changed = parse_page("guides/page.md", assemble(page, lambda segment: translation if segment.key else None))
    expected = translation.replace("\u2028", "").replace("\u0000", "").replace("{%", "{ %") or "Word"
    assert (changed.meta.title, changed.meta.keywords) == (expected, [expected, expected])
    assert changed.meta.owner == "me"
    assert changed.body == page.body


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_the_identity_translation_gives_every_byte_back(source: str):
    page = raw_page(source)
    assert assemble(page, own_text) == source
    assert assemble(page, lambda _: None) == source
    assert assemble(page, own_text, shell=lambda _, text: text) == source  # noqa: S604 - wraps text


@settings(max_examples=300, deadline=None)
@given(MARKDOWN)
def test_segments_are_slices_in_order(source: str):
    page = raw_page(source)
    position = 0
    for segment in page.segments:
        assert position <= segment.start < segment.end <= len(source)
        assert segment.line == source.count("\n", 0, segment.start) + 1
        pieces = segment.text.split("\n")
        assert source[segment.start : segment.end].startswith(pieces[0])
        assert source[segment.start : segment.end].endswith(pieces[-1])
        assert segment.text == segment.text.strip(" \t")
        position = segment.end


# A paragraph may get more lines from a translation that has them; nothing else adds one.
LINE_ENDS = "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"


@settings(max_examples=200, deadline=None)
@given(MARKDOWN, st.text(st.characters(exclude_characters=LINE_ENDS), max_size=30))
def test_any_translation_of_any_page_is_written(source: str, translation: str):
    result = assemble(raw_page(source), lambda _: translation)
    assert result.count("\n") <= source.count("\n")


def test_every_page_of_the_corpora_survives(corpus: list[Path]):
    for file in corpus:
        source = file.read_bytes().decode("utf-8")
        page = raw_page(source)
        assert page.segments, file
        assert assemble(page, own_text) == source, file


def test_a_shell_wraps_what_may_be_wrapped(renderer: Renderer):
    body = "## Head {#h}\n\none\ntwo\n\n- item\n    - [x] done\n\n| A | b |\n|---|---|\n| c | `d` e |\n\n"
    body += '!!! note "T"\n\n    **in**\n\nTerm\n:   def\n\n*[A]: b\n'
    page = page_of(body)
    result = assemble(page, lambda _: None, shell=lambda _, text: SHELLED.format(text))  # noqa: S604 - it wraps text
    assert "## Head {#h}" in result
    assert SHELLED.format("one\ntwo") in result
    assert f"- {SHELLED.format('item')}" in result
    assert '!!! note "T"' in result
    assert "*[A]: b" in result
    html = renderer.render(result[len(HEADER) :]).html
    plain = renderer.render(page.body).html
    assert html.count("hc-source") == 10
    assert html.replace('<span class="hc-source" lang="en">', "").replace("</span>", "") == plain.replace("</span>", "")


def test_a_shell_does_not_give_an_id_to_a_heading_that_did_not_change():
    page = page_of("## Head\n\ntext\n")
    result = assemble(page, own_text, shell=lambda _, text: f"<b>{text}</b>")  # noqa: S604 - it wraps text
    assert result == HEADER + "## Head\n\n<b>text</b>\n"
