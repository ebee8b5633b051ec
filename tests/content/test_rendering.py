from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from helpcenter.content import MarkdownConfig, Renderer, skeleton, skeleton_difference
from helpcenter.diagnostics import HelpcenterError

if TYPE_CHECKING:
    from helpcenter.content import Rendered

FULL = """## Head

Text[^1] with VAT, [a link][ref], [inline](x.md "T") and :material-home:.

[^1]: note
*[VAT]: value added tax
[ref]: https://example.org

=== "One"

    1

=== "Two"

    2

``` py title="t"
print(1)
```

- [ ] task
"""
PLAIN = '## Head\n\nText[^1] with VAT and [a link][ref].\n\n=== "One"\n\n    1\n\n```\nx\n```\n'


@pytest.mark.parametrize("highlight", [True, False])
def test_nothing_of_one_page_is_seen_in_another(config: MarkdownConfig, highlight: bool):  # noqa: FBT001
    renderer = Renderer(config, highlight=highlight)
    first = renderer.render(FULL)
    alone = Renderer(config, highlight=highlight).render(PLAIN)
    for _ in range(3):
        assert renderer.render(PLAIN) == alone
        assert renderer.render(FULL) == first
    assert "value added tax" not in alone.html
    assert "https://example.org" not in alone.html


def test_a_page_is_rendered_with_its_headings_and_anchors(renderer: Renderer):
    rendered = renderer.render('## One {#first}\n\n### Two\n\n<a name="old"></a> `<b id="no">`\n')
    assert rendered.toc[0]["id"] == "first"
    assert rendered.toc[0]["children"][0]["name"] == "Two"
    assert rendered.anchors == {"first", "two", "old"}


def test_highlighting_changes_colours_only(config: MarkdownConfig):
    source = '``` py title="t" hl_lines="1"\nprint(1)\n```\n\n`#!py x = 1`\n'

    def words(rendered: Rendered) -> str:
        return "".join(part.partition(">")[2] for part in rendered.html.split("<"))

    coloured, plain = (Renderer(config, highlight=on).render(source) for on in (True, False))
    assert words(coloured) == words(plain)
    assert 'class="nb"' in coloured.html
    assert 'class="nb"' not in plain.html
    assert 'class="filename"' in plain.html


def test_dotted_paths_become_callables_and_other_texts_stay():
    config = MarkdownConfig(
        ("toc", "pymdownx.snippets"),
        {
            "toc": {"slugify": "!!python/name:markdown.extensions.toc.slugify_unicode", "permalink": "example.com"},
            "pymdownx.snippets": {"base_path": ["content.parts"]},
        },
    )
    rendered = Renderer(config).render("## Über uns")
    assert 'id="über-uns"' in rendered.html
    assert "example.com" in rendered.html


@pytest.mark.parametrize(
    "config",
    [
        MarkdownConfig(("no_such_extension",)),
        MarkdownConfig(("toc",), {"toc": {"no_such_option": 1}}),
        MarkdownConfig(("toc",), {"toc": {"slugify": "!!python/name:markdown.no_such_name"}}),
    ],
)
def test_an_extension_that_cannot_be_loaded_is_a_finding(config: MarkdownConfig):
    with pytest.raises(HelpcenterError) as caught:
        Renderer(config)
    assert [f.code for f in caught.value.findings] == ["content-extension"]


def test_the_key_of_a_configuration_follows_its_values():
    one = MarkdownConfig(("toc", "tables"), {"toc": {"permalink": True, "depth": 3}})
    same = MarkdownConfig(("toc", "tables"), {"toc": {"depth": 3, "permalink": True}})
    assert one.key == same.key
    assert re.fullmatch("[0-9a-f]{16}", one.key)
    others = [
        MarkdownConfig(("tables", "toc"), one.configs),
        MarkdownConfig(("toc", "tables"), {"toc": {"permalink": False, "depth": 3}}),
        MarkdownConfig(("toc", "tables")),
    ]
    assert len({one.key, *(other.key for other in others)}) == 4


SAME = [
    ("<p>one <b>two</b></p>", "<p>bir <b>iki</b></p>"),
    ("<p><code>a</code> and <a href='x'>b</a></p>", "<p><a href='x'>b</a> <code>a</code></p>"),
    ('<p class="b" id="a">x</p>', '<p id="a" class="b">y</p>'),
    ('<img alt="one" src="a.png">', '<img src="a.png" alt="bir" />'),
    ('<a href="x" title="one">x</a>', '<a href="x" title="bir">y</a>'),
    ("<p>VAT: <abbr title='value added tax'>VAT</abbr></p>", "<p>KDV</p>"),
    ("<p>{{ a.b }} x</p>", "<p>x {{a.b}}</p>".replace("{{a.b}}", "{{ a.b }}")),
    ("<!-- one --><p>x</p>", "<p>y</p>"),
]
DIFFERENT = [
    ("<p>a</p><p>b</p>", "<p>a</p>", "lost <p>"),
    ("<p>a</p>", "<ol>\n<li>a</li>\n</ol>", "has <ol>"),
    ('<a href="x">a</a>', '<a href="y">a</a>', 'lost <a href="x"> and has <a href="y">'),
    ("<code>a</code>", "<code>b</code>", "lost <code>a</code>"),
    ("<pre><code>a &lt;</code></pre>", "<pre><code>b &lt;</code></pre>", "lost <pre>"),
    ("<p>{{ a }}</p>", "<p>{{ b }}</p>", "{{ b }}"),
    ("<p>{{ a }}</p>", "<p>{{ a }} {{ a }}</p>", "has {{ a }} that the source has not"),
    ('<h2 id="a">x</h2>', '<h2 id="b">x</h2>', 'id="b"'),
    ("<p>a <em>b</em></p><p>c</p>", "<p>a b</p><p><em>c</em></p>", "lost <em>"),
    ('<p class="x">a</p>', '<p class="y">a</p>', 'class="y"'),
]


@pytest.mark.parametrize(("source", "translation"), SAME)
def test_words_may_change_and_inline_elements_may_move(source: str, translation: str):
    assert skeleton_difference(source, translation) is None


@pytest.mark.parametrize(("source", "translation", "said"), DIFFERENT)
def test_a_changed_structure_is_described(source: str, translation: str, said: str):
    assert said in (skeleton_difference(source, translation) or "")
    assert skeleton_difference(skeleton(source), skeleton(translation)) == skeleton_difference(source, translation)
