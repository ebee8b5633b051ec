from __future__ import annotations

import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from helpcenter.content import assemble, load_outlines, load_pages, parse_page
from helpcenter.content.snippets import Snippets, load_snippets
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import load_configuration

if TYPE_CHECKING:
    from helpcenter.content.snippets import Origin
    from helpcenter.diagnostics import Finding

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "snippets.yml").read_text("utf-8"))
NAME = "content/guides/page.md"
HEAD = "---\ntitle: T\n---\n"


def site(root: Path, files: dict[str, str | bytes], options: dict[str, Any] | None = None) -> Snippets:
    """Write the files of a site with snippets."""
    extensions = [{"pymdownx.snippets": options or {}}]
    helpcenter = {"source": "en", "locales": ["en"]}
    configuration = {
        "site_name": "S",
        "site_url": "https://s.example/",
        "docs_dir": "content",
        "theme": {"name": "material"},
        "markdown_extensions": extensions,
        "extra": {"helpcenter": helpcenter},
    }
    for name, text in {"mkdocs.yml": yaml.safe_dump(configuration), **files}.items():
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
    snippets = load_snippets(load_configuration(root), root)
    assert snippets is not None
    return snippets


def prepare(case: dict[str, Any], folder: Path) -> tuple[str, Snippets]:
    source = HEAD + case["page"].replace("{nines}", "9" * 5000)
    snippets = site(folder / "site", {**case.get("files", {}), NAME: source}, case.get("options"))
    return source, snippets


@pytest.mark.parametrize("case", [case for case in CASES if "expanded" in case], ids=lambda case: case["name"])
def test_pages_hold_what_they_include(case: dict[str, Any], tmp_path: Path):
    source, snippets = prepare(case, tmp_path)
    page = parse_page("guides/page.md", source, snippets=snippets)
    assert page.body == case["expanded"]
    assert page.body == as_rendered(snippets, case["page"])
    assert [short(row) for row in page.trace.origins] == case["places"]
    assert assemble(page, lambda segment: segment.text) == page.source
    assert page.findings == ()
    if "segments" in case:
        assert [segment.text for segment in page.segments[1:]] == case["segments"]


def short(origin: Origin) -> str:
    return f"{Path(origin.path).stem}:{origin.line}"


def as_rendered(snippets: Snippets, body: str) -> str:
    """Expand a page as rendering does."""
    options = snippets.options | {"base_path": [*map(str, snippets.bases)]}
    markdown = Markdown(extensions=["pymdownx.snippets"], extension_configs={"pymdownx.snippets": options})
    return "\n".join(markdown.preprocessors["snippet"].run(body.split("\n")))


@pytest.mark.parametrize("case", [case for case in CASES if "findings" in case], ids=lambda case: case["name"])
def test_what_is_wrong_is_told_where_a_person_mends_it(case: dict[str, Any], tmp_path: Path):
    source, snippets = prepare(case, tmp_path)
    found: tuple[Finding, ...]
    try:
        found = parse_page("guides/page.md", source, snippets=snippets).findings
    except HelpcenterError as error:
        found = error.findings
    told = [f"{one.code} | {one.place} | {one.message}" for one in found]
    assert len(told) == len(case["findings"]), told
    for one, expected in zip(told, case["findings"], strict=True):
        assert fnmatch.fnmatchcase(one, expected), told
    for one in found:
        assert one.help
        if one.place.line is not None and "\0" not in (tmp_path / "site" / one.place.path).read_text("latin-1"):
            lines = (tmp_path / "site" / one.place.path).read_text("utf-8", "replace").split("\n")
            assert one.place.text == lines[one.place.line - 1]


NAMES = ["a.md", "b.md", "c.md"]
LINES = st.one_of(
    st.sampled_from(
        ["", "Text", "  indented", "\ttab", "é\r", "--8<--", "; a.md", "```", ";--8<-- [start:x]", "text 8<- text"]
    ),
    st.sampled_from(
        ["--8<-- [start:x]", "--8<-- [end:x]", "<!-- --8<-- [start:x] -->", ";;--8<-- 'a.md'", '-8<- "b.md"']
    ),
    st.sampled_from([*NAMES, "a.md:1:2", "gone.md"]),
    st.builds(
        '{}{}--8<-- "{}{}"'.format,
        st.sampled_from(["", "  ", "\t"]),
        st.sampled_from(["", "", ";"]),
        st.sampled_from(NAMES),
        st.sampled_from(["", ":2", ":1:2", ":-2", ":x", ":1:1,3", ":9"]),
    ),
)
TEXTS = st.lists(LINES, max_size=8).map("\n".join)


OPTIONS = st.fixed_dictionaries(
    {"dedent_subsections": st.booleans(), "auto_append": st.sampled_from([[], ["a.md"], ["gone.md", "b.md:x"]])}
)


@settings(max_examples=150, deadline=None)
@given(page=TEXTS, files=st.fixed_dictionaries(dict.fromkeys(NAMES, TEXTS)), options=OPTIONS)
def test_whatever_a_page_includes_it_is_what_rendering_would_include(
    page: str, files: dict[str, str], options: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
):
    root = tmp_path_factory.mktemp("site")
    snippets = site(root, {**files, NAME: HEAD + page}, options)
    expansion = snippets.expand(HEAD + page, NAME)
    body = expansion.source.removeprefix(HEAD)
    assert body == (as_rendered(snippets, page) if options["auto_append"] or "8<-" in page else page)
    origins = expansion.trace.origins
    assert len(origins) in (0, len(body.split("\n")))
    for line, origin in zip(body.split("\n"), origins, strict=False):
        if origin.shift is not None:
            text = origin.text
            assert text == (root / origin.path).read_text("utf-8").split("\n")[origin.line - 1]
            assert line.strip() in (text.strip(), text.replace(";", "", 1).strip())
            assert len(line.rstrip("\r")) == len(text) + origin.shift


def test_places_are_right_behind_a_byte_order_mark_and_in_front_matter(tmp_path: Path):
    snippets = site(tmp_path, {"a.md": "A"})
    page = parse_page("page.md", '\ufeff# Title\n\n--8<-- "a.md"\n\nEnd\n', snippets=snippets)
    for word, line in (("Title", 1), ("A", 3), ("End", 5)):
        place = page.place(page.source.index(word), page.source.index(word) + len(word))
        column = (place.column or 0) - 1
        assert (place.text or "")[column : column + place.length] == word
        assert (place.path, place.line) == (("a.md", 1) if word == "A" else ("content/page.md", line))
    with pytest.raises(HelpcenterError) as caught:
        parse_page("page.md", '---\ntitle: T\nsumary: x\n---\n--8<-- "gone.md"\n', snippets=snippets)
    told = [(one.code, str(one.place)) for one in caught.value.findings]
    assert told == [("schema-unknown-key", "content/page.md:3:1"), ("content-snippet-missing", "content/page.md:5:1")]


def test_extensions_may_be_a_mapping(tmp_path: Path):
    site(tmp_path, {"parts/a.md": "A"})
    text = (tmp_path / "mkdocs.yml").read_text("utf-8")
    lines = "markdown_extensions: {pymdownx.snippets: {base_path: parts}, toc: }"
    text = text.replace("markdown_extensions:\n- pymdownx.snippets: {}", lines)
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    snippets = load_snippets(load_configuration(tmp_path), tmp_path)
    assert snippets is not None
    assert snippets.bases == (tmp_path / "parts",)


def test_a_site_without_the_extension_includes_nothing(tmp_path: Path):
    site(tmp_path, {})
    text = (tmp_path / "mkdocs.yml").read_text("utf-8").replace("pymdownx.snippets", "toc")
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    assert load_snippets(load_configuration(tmp_path), tmp_path) is None
    page = parse_page("guides/page.md", f'{HEAD}--8<-- "a.md"\n')
    assert [(one.code, "pymdownx.snippets" in one.help) for one in page.findings] == [("content-unsupported", True)]


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"base": "x"}, "it has no option 'base'"),
        ({"base_path": 5}, "'base_path' is not a list of paths"),
        ({"auto_append": "a.md"}, "'auto_append' is not a list of paths"),
        ({"encoding": "klingon"}, "unknown encoding: klingon"),
    ],
)
def test_an_option_that_is_wrong_is_told(options: dict[str, Any], reason: str, tmp_path: Path):
    with pytest.raises(HelpcenterError) as caught:
        site(tmp_path, {}, options)
    (found,) = caught.value.findings
    assert found.code == "content-extension"
    assert reason in found.message
    assert found.place.path == "mkdocs.yml"
    assert found.place.line is not None


def test_a_file_of_which_pages_hold_parts_is_no_page(tmp_path: Path):
    files = {
        NAME: f'{HEAD}--8<-- "_parts/a.md"\n',
        "content/_parts/a.md": "Part",
        "content/_parts/forgotten.md": "Part of nothing",
    }
    snippets = site(tmp_path, files, {"base_path": "content"})
    pages, found = load_pages(tmp_path / "content", tmp_path, snippets=snippets)
    assert [page.path for page in pages] == ["guides/page.md"]
    assert [(one.code, one.place.path) for one in found] == [("page-name-hidden", "content/_parts/forgotten.md")]
    assert load_outlines(tmp_path / "content", tmp_path, {}, snippets=snippets) is None
    (tmp_path / "content/_parts/forgotten.md").unlink()
    assert load_pages(tmp_path / "content", tmp_path, snippets=snippets)[1] == []
    assert load_outlines(tmp_path / "content", tmp_path, {}, snippets=snippets) is not None


def test_what_is_wrong_in_a_file_is_told_once_however_many_pages_include_it(tmp_path: Path):
    pages = {f"content/guides/{name}.md": f'{HEAD}--8<-- "a.md"\n' for name in ("one", "two")}
    snippets = site(tmp_path, {**pages, "a.md": '--8<-- "gone.md"'})
    found = load_pages(tmp_path / "content", tmp_path, snippets=snippets)[1]
    assert [(one.code, str(one.place)) for one in found] == [("content-snippet-missing", "a.md:1:1")]


def test_outlines_follow_what_is_included(tmp_path: Path):
    snippets = site(tmp_path, {NAME: f'{HEAD}--8<-- "a.md"\n', "a.md": "First"})
    first = load_outlines(tmp_path / "content", tmp_path, {}, snippets=snippets)
    assert first is not None
    (tmp_path / "a.md").write_text("Second", "utf-8")
    second = load_outlines(tmp_path / "content", tmp_path, first[1], snippets=snippets)
    assert second is not None
    texts = [[passage.text for passage in read[0][0].segments] for read in (first, second)]
    assert texts == [["T", "First"], ["T", "Second"]]
    (tmp_path / "a.md").unlink()
    assert load_outlines(tmp_path / "content", tmp_path, second[1], snippets=snippets) is None
