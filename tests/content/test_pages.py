from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from helpcenter.content import (
    FrontMatter,
    assemble,
    check_names,
    find_expressions,
    load_outlines,
    load_pages,
    parse_page,
)
from helpcenter.diagnostics import HelpcenterError, Severity
from helpcenter.project.configuration import PAGE_KEYS, FrontMatterKeys

if TYPE_CHECKING:
    from pathlib import Path


def codes_of(source: str, path: str = "guides/page.md") -> list[tuple[str, int | None, int | None]]:
    with pytest.raises(HelpcenterError) as caught:
        parse_page(path, source)
    return [(f.code, f.place.line, f.place.column) for f in caught.value.findings]


@pytest.mark.parametrize(
    ("path", "url", "type_"),
    [
        ("index.md", "", "index"),
        ("guides/README.md", "guides/", "index"),
        ("faq/index.md", "faq/", "index"),
        ("faq/where.md", "faq/where/", "faq"),
        ("guides/returns.md", "guides/returns/", "guide"),
        ("guides/more/deep.md", "guides/more/deep/", "guide"),
        ("tutorials/a.md", "tutorials/a/", "tutorial"),
        ("policies/a.md", "policies/a/", "policy"),
        ("other/a.md", "other/a/", "guide"),
        ("a.md", "a/", "guide"),
    ],
)
def test_the_path_gives_address_and_type(path: str, url: str, type_: str):
    page = parse_page(path, "---\ntitle: T\n---\n")
    assert (page.url, page.meta.type, page.name) == (url, type_, f"content/{path}")


def test_all_keys_are_read():
    source = (
        "---\ntitle: T\ntype: policy\nsummary: S\nanswer: A\nkeywords: [a, b]\norder: 3\ntopics: [returns]\n"
        "queries: [q]\nowner: me\nsources: [Act 1]\ndraft: true\n---\nBody\n"
    )
    page = parse_page("faq/a.md", source)
    expected = FrontMatter(
        title="T",
        type="policy",
        summary="S",
        answer="A",
        keywords=["a", "b"],
        order=3,
        topics=["returns"],
        queries=["q"],
        owner="me",
        sources=["Act 1"],
        draft=True,
    )
    assert page.meta == expected
    assert page.body == "Body\n"
    assert [(s.kind, s.key, s.text) for s in page.segments] == [
        ("title", "title", "T"),
        ("summary", "summary", "S"),
        ("answer", "answer", "A"),
        ("keyword", "keywords", "a"),
        ("keyword", "keywords", "b"),
        ("paragraph", "", "Body"),
    ]


def test_front_matter_values_are_found_in_every_style():
    source = "\ufeff---\ntitle: 'It''s'  # c\nsummary: >\n  Folded\n  text\n\n"
    source += 'answer: plain\n  on two lines\nkeywords:\n- a\n- "b"\n---\n'
    page = parse_page("faq/a.md", source)
    assert [(s.text, source[s.start : s.end]) for s in page.segments] == [
        ("It's", "'It''s'"),
        ("Folded text", ">\n  Folded\n  text"),
        ("plain on two lines", "plain\n  on two lines"),
        ("a", "a"),
        ("b", '"b"'),
    ]
    assert [s.line for s in page.segments] == [2, 3, 7, 10, 11]


def test_aliases_are_left_alone():
    page = parse_page("faq/a.md", "---\ntitle: &t Text\nsummary: *t\n---\n")
    assert page.meta.summary == "Text"
    assert [s.key for s in page.segments] in ([], ["title"])


def test_a_page_without_front_matter_takes_its_first_heading():
    page = parse_page("a.md", "\ufeff# Home *page* {#home}\n\nText\n")
    assert page.meta.title == "Home *page*"
    assert [(s.kind, s.anchor) for s in page.segments] == [("heading", "home"), ("paragraph", "home")]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Text\n", [("page-title-missing", 1, 1)]),
        ("", [("page-title-missing", 1, 1)]),
        ("---\norder: 1\n---\nText\n", [("page-title-missing", 1, 1)]),
        ("---\ntitle: ''\n---\nText\n", [("page-title-missing", 2, 8)]),
        ("---\ntitle:\n---\nText\n", [("page-title-missing", 2, 7)]),
        ("---\ntitle: T\n---\n\n# Again\n", [("page-double-title", 5, 3)]),
        ("# One\n\n# Two\n", [("page-double-title", 3, 3)]),
        ("---\ntitle: T\nText\n", [("page-front-matter-unclosed", 1, 1)]),
        ("---\n- a\n---\n", [("page-front-matter-kind", 2, 1)]),
        ("---\ntitle: a: b\n---\n", [("yaml-syntax", 2, 9)]),
        ("---\ntitle: a\ntitle: b\n---\n", [("yaml-duplicate-key", 3, 1)]),
        ("---\ntitle: T\nsumary: x\n---\n", [("schema-unknown-key", 3, 1)]),
        ("---\ntitle: 2024\n---\n", [("schema-invalid-value", 2, 8)]),
        ("---\ntitle: T\ntype: faqs\n---\n", [("schema-invalid-value", 3, 7)]),
        ("---\ntitle: T\nkeywords: [a, 1]\n---\n", [("schema-invalid-value", 3, 15)]),
        ("---\ntitle: T\ntopics: [refunds]\n---\n", [("schema-invalid-value", 3, 10)]),
        ("---\ntitle: T\n---\nYou have {% has x %}\n", [("content-tag-inline", 4, 10)]),
        (
            "---\ntitle: T\n---\n{% has x %} text\n\n```\na {% endhas %}\n```\n",
            [("content-tag-inline", 4, 1), ("content-tag-inline", 7, 3)],
        ),
        ("---\ntitle: T\nsummary: '{% has x %}'\n---\n", [("content-tag-inline", 3, 11)]),
        (
            "---\nodrer: 1\n---\n{% has x %} a\n\n<div>\nRaw\n",
            [
                ("page-title-missing", 1, 1),
                ("schema-unknown-key", 2, 1),
                ("content-tag-inline", 4, 1),
                ("content-unsupported", 6, 1),
            ],
        ),
    ],
)
def test_all_that_is_wrong_with_a_page_is_said_at_its_place(source: str, expected: list[tuple[str, int, int]]):
    assert codes_of(source) == expected


def test_a_mistyped_key_is_explained():
    with pytest.raises(HelpcenterError) as caught:
        parse_page("a.md", "---\ntitle: T\nsumary: x\n---\n")
    assert caught.value.findings[0].label == "did you mean 'summary'?"


def test_what_stays_in_the_source_language_is_a_warning():
    page = parse_page("a.md", "---\ntitle: T\n---\n<p>Raw\n")
    assert [(f.code, f.severity, f.place.line) for f in page.findings] == [("content-unsupported", Severity.WARNING, 4)]


def test_a_tag_on_its_own_line_is_fine():
    page = parse_page("a.md", "---\ntitle: T\n---\n  {% has x %}\r\n\r\nText\r\n\r\n{% endhas %}")
    assert [s.text for s in page.segments] == ["T", "Text"]


def test_expressions_are_found_with_their_offsets():
    source = 'a {{ x.y }} `{{z}}`\n{% when a "b" %}\n{{ open'
    assert [(e.kind, e.text, source[e.start : e.end]) for e in find_expressions(source)] == [
        ("value", "x.y", "{{ x.y }}"),
        ("value", "z", "{{z}}"),
        ("tag", 'when a "b"', '{% when a "b" %}'),
    ]


def test_links_are_found_outside_of_code():
    source = (
        "---\ntitle: T\n---\n"
        "[a](x.md#y) ![b](<i g.png> 'T') `[c](no)` [d [e]](f_(g).md) \\[h](i)\n\n```\n[j](no)\n```\n\n"
        "| [k](l.md) |\n|---|\n| ![](m.png) |\n\n[n][o] [![p](q.png)](r.md)\n\n[o]: <s.md> 'T'\n\n    [t](no)\n"
    )
    page = parse_page("a.md", source)
    links = page.links
    assert [(link.target, link.kind) for link in links] == [
        ("x.md#y", "link"),
        ("i g.png", "image"),
        ("f_(g).md", "link"),
        ("l.md", "link"),
        ("m.png", "image"),
        ("q.png", "image"),
        ("r.md", "link"),
        ("s.md", "link"),
    ]
    assert all(source[link.start : link.end] == link.target for link in links)


@pytest.mark.parametrize(
    ("paths", "code", "named"),
    [
        (["policies/terms.eu.md"], "page-name-dot", "terms-eu.md"),
        (["_drafts/a.md"], "page-name-hidden", "'drafts'"),
        (["guides/.a.md"], "page-name-hidden", "'a.md'"),
        (["us/a.md"], "page-name-locale", "word"),
        (["de-AT/a.md"], "page-name-locale", "word"),
        (["zh_hant/a.md"], "page-name-locale", "word"),
        (["guides/foo.md", "guides/Foo.md"], "page-name-collision", "rename"),
        (["guides/README.md", "guides/index.md"], "page-name-collision", "rename"),
        (["guides.md", "guides/index.md"], "page-name-collision", "rename"),
        (["404.md"], "page-name-reserved", "rename"),
        (["search.md"], "page-name-reserved", "rename"),
        (["search/a.md"], "page-name-reserved", "another"),
        (["assets/a.md"], "page-name-reserved", "another"),
        (["guides/How to Return.md"], "page-name-characters", "'guides/how-to-return.md'"),
        (["guides/iadé.md"], "page-name-characters", "'guides/iade.md'"),
        (["guides/a.MD"], "page-name-characters", "'guides/a.md'"),
    ],
)
def test_names_that_would_be_dropped_or_misread_are_refused(paths: list[str], code: str, named: str):
    findings = check_names(paths)
    assert code in [f.code for f in findings]
    assert any(named in f.help for f in findings if f.code == code)
    assert all(f.place.path.startswith("content/") for f in findings)


def test_ordinary_names_and_assets_are_fine():
    paths = [
        "index.md",
        "faq/index.md",
        "faq/where-is-my-order.md",
        "guides/a_b.md",
        "guides/deep/er.md",
        "README.md.bak",
        "us/Map (1).png",
        "a.1.css",
    ]
    assert check_names(paths) == []


def test_all_pages_and_all_findings_are_loaded(tmp_path: Path):
    content = tmp_path / "content"
    for path, source in {
        "index.md": b"---\ntitle: Home\n---\n<p>Raw\n",
        "faq/a.md": b"---\ntitle: A\n---\n",
        "faq/bad.md": b"no title\n",
        "faq/latin.md": "---\ntitle: Ä\n---\n".encode("latin-1"),
        "faq/terms.eu.md": b"---\ntitle: Terms\n---\n",
        "faq/picture.png": b"\x89PNG",
    }.items():
        file = content / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(source)
    pages, findings = load_pages(content, tmp_path)
    assert [page.path for page in pages] == ["faq/a.md", "faq/terms.eu.md", "index.md"]
    assert [(f.place.path, f.code) for f in findings] == [
        ("content/faq/bad.md", "page-title-missing"),
        ("content/faq/latin.md", "file-encoding"),
        ("content/faq/terms.eu.md", "page-name-dot"),
        ("content/index.md", "content-unsupported"),
    ]


def test_a_missing_content_folder_is_a_finding(tmp_path: Path):
    pages, findings = load_pages(tmp_path / "content", tmp_path)
    assert pages == []
    assert [f.code for f in findings] == ["content-missing"]


OWN = """---
title: Title
subtitle: "A subtitle"
hide: [toc, navigation]
cards:
  - {label: First card, link: a.md, size: 2}
  - label: >-
      Second
      card
    more: [x1, Third text]
since: 2026-01-02
order: 3
---
Body
"""


def test_a_project_adds_keys_to_the_front_matter():
    keys = FrontMatterKeys(translated=("subtitle", "cards"), kept=("hide", "since"))
    page = parse_page("guides/a.md", OWN, keys=keys)
    own = [(segment.kind, segment.key, segment.text) for segment in page.segments[1:-1]]
    assert own == [
        ("subtitle (front matter)", "subtitle", "A subtitle"),
        ("cards (front matter)", "cards", "First card"),
        ("cards (front matter)", "cards", "a.md"),
        ("cards (front matter)", "cards", "Second card"),
        ("cards (front matter)", "cards", "x1"),
        ("cards (front matter)", "cards", "Third text"),
    ]
    assert page.extra == {
        "subtitle": "A subtitle",
        "hide": ["toc", "navigation"],
        "cards": [
            {"label": "First card", "link": "a.md", "size": 2},
            {"label": "Second card", "more": ["x1", "Third text"]},
        ],
        "since": "2026-01-02",
    }
    assert page.meta.order == 3
    written = assemble(page, lambda segment: segment.text.upper() if segment.key == "cards" else None)
    again = parse_page("guides/a.md", written, keys=keys)
    assert again.extra["cards"][1] == {"label": "SECOND CARD", "more": ["X1", "THIRD TEXT"]}
    assert again.extra["hide"] == page.extra["hide"]


def test_a_key_that_no_one_declared_is_refused():
    with pytest.raises(HelpcenterError) as caught:
        parse_page("guides/a.md", OWN, keys=FrontMatterKeys(translated=("subtitle",), kept=("hide", "since")))
    assert [f.code for f in caught.value.findings] == ["schema-unknown-key"]


def test_helpcenter_knows_its_own_keys():
    assert set(FrontMatter.model_fields) | {"hc"} == PAGE_KEYS


def test_what_was_read_without_a_key_is_read_again_with_it(tmp_path: Path):
    content = tmp_path / "content"
    content.mkdir()
    (content / "a.md").write_text("---\ntitle: Title\nsubtitle: More\n---\nText\n", "utf-8")
    kept = load_outlines(content, tmp_path, {}, FrontMatterKeys(kept=("subtitle",)))
    translated = load_outlines(content, tmp_path, kept[1] if kept else {}, FrontMatterKeys(translated=("subtitle",)))
    assert kept is not None
    assert translated is not None
    assert [[passage.text for passage in read[0][0].segments] for read in (kept, translated)] == [
        ["Title", "Text"],
        ["Title", "More", "Text"],
    ]
