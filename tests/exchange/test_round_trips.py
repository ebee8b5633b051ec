from __future__ import annotations

import io
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from translate.storage import tmx as toolkit_tmx
from translate.storage import xliff2 as toolkit_xliff2

from demo_project import REPOSITORY
from helpcenter.catalog import State, load_catalogs
from helpcenter.catalog.keys import is_sheet
from helpcenter.content import placeholders
from helpcenter.exchange import export_tmx, export_xliff, import_file
from helpcenter.exchange.inlines import codes_of, join, renumber, split
from helpcenter.exchange.matching import CodeError, Matcher
from helpcenter.exchange.tmx import Languages, Record, read_tmx, render_tmx
from helpcenter.exchange.xliff import NAMESPACE, Segment, read_xliff, render_xliff
from helpcenter.exchange.xmltext import INVALID
from project_cases import load, snapshot

if TYPE_CHECKING:
    from helpcenter.catalog import Entry

HERE = Path(__file__).parent
BOTH = Languages(lambda tag: tag == "en", lambda tag: tag == "tr")
PIECES = st.sampled_from(
    [
        "[",
        "](a.md)",
        "![",
        "]",
        "][ref]",
        "<b>",
        "</b>",
        "<br>",
        "{{ a.b }}",
        "`x`",
        "&nbsp;",
        "\\[",
        "[^1]",
        ":icon:",
        "<i>",
    ]
)
ANY = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
TEXTS = st.lists(
    st.one_of(PIECES, ANY, st.sampled_from(["word", " ", "\n", "\r", "\t", "\x01", "\uffff"])), max_size=10
).map("".join)
FULL = TEXTS.filter(bool)


@settings(deadline=None)
@given(TEXTS)
def test_a_text_is_the_same_after_it_was_split(text: str):
    content = split(text)
    assert join(content) == text
    roles = Counter((code.id, code.role) for code in codes_of(content))
    assert set(roles.values()) <= {1}
    assert {id_ for id_, role in roles if role == "open"} == {id_ for id_, role in roles if role == "close"}


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_a_translation_has_the_ids_of_the_same_codes(source: str, target: str):
    ours = split(source)
    content = renumber(split(target), ours)
    assert join(content) == target
    texts = {(code.id, code.role): code.text for code in codes_of(ours)}
    for code in codes_of(content):
        assert texts.get((code.id, code.role), code.text) == code.text
    assert len({(code.id, code.role) for code in codes_of(content)}) == len(codes_of(content))


def parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, remove_comments=True, remove_pis=True))


@settings(deadline=None)
@given(FULL, TEXTS, st.sampled_from(list(State)))
def test_xliff_gives_back_any_text(source: str, target: str, state: State):
    data = render_xliff({"a.md": [Segment(source, target, state)]}, "en", "tr")
    (unit,) = read_xliff(parse(data)).units
    assert (join(unit.source), join(unit.target)) == (source, target)
    if target:
        assert unit.state is (State.STALE if state is State.MISSING else state)
    assert render_xliff({"a.md": [Segment(source, target, state)]}, "en", "tr") == data


@settings(deadline=None)
@given(FULL, FULL, st.sampled_from(list(State)))
def test_tmx_gives_back_any_text(source: str, target: str, state: State):
    data = render_tmx([Record(source, target, state, ("a.md",))], "en", "tr")
    (unit,) = read_tmx(parse(data), BOTH).units
    assert (join(unit.source), join(unit.target), unit.state, unit.pages) == (source, target, state, ("a.md",))


@settings(deadline=None)
@given(FULL, st.lists(PIECES | ANY, max_size=6).map("".join).filter(bool))
def test_a_unit_gives_the_translation_or_says_which_code_is_wrong(source: str, target: str):
    data = render_xliff({"a.md": [Segment(source, target, State.REVIEWED)]}, "en", "tr")
    (unit,) = read_xliff(parse(data)).units
    if placeholders(source) == placeholders(target):
        assert Matcher([source, "other"]).translate(unit) == (source, target, True)
    else:
        with pytest.raises(CodeError):
            Matcher([source, "other"]).translate(unit)


SCHEMA = etree.RelaxNG(etree.parse(HERE / "xliff_core.rng"))


@settings(deadline=None)
@given(FULL, TEXTS, st.sampled_from(list(State)))
def test_xliff_keeps_the_rules_of_the_core(source: str, target: str, state: State):
    data = render_xliff({"a.md": [Segment(source, target, state, "machine", (("kind", source),))]}, "en", "ar")
    root = parse(data)
    SCHEMA.assertValid(root)
    name = f"{{{NAMESPACE}}}"
    for unit in root.iter(f"{name}unit"):
        stored = [one.get("id") for one in unit.iter(f"{name}data")]
        assert len(set(stored)) == len(stored)
        used: set[str | None] = set()
        for side in (*unit.iter(f"{name}source"), *unit.iter(f"{name}target")):
            codes = [one for one in side.iter() if one.tag in {f"{name}ph", f"{name}pc"}]
            assert len({one.get("id") for one in codes}) == len(codes)
            used |= {one.get(key) for one in codes for key in ("dataRef", "dataRefStart", "dataRefEnd")} - {None}
        assert used == set(stored)


# Elements, their order and attributes, as TMX 1.4b gives them; in words of our own.
TMX = etree.DTD(
    io.StringIO("""
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #REQUIRED>
<!ELEMENT header EMPTY> <!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)> <!ELEMENT tu (prop*, tuv+)> <!ATTLIST tu tuid CDATA #IMPLIED>
<!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
<!ELEMENT tuv (seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED changedate CDATA #IMPLIED changeid CDATA #IMPLIED>
<!ELEMENT seg (#PCDATA|bpt|ept|ph)*>
<!ELEMENT bpt (#PCDATA)> <!ATTLIST bpt i CDATA #REQUIRED x CDATA #IMPLIED type CDATA #IMPLIED>
<!ELEMENT ept (#PCDATA)> <!ATTLIST ept i CDATA #REQUIRED>
<!ELEMENT ph (#PCDATA)> <!ATTLIST ph x CDATA #IMPLIED type CDATA #IMPLIED>
""")
)


@settings(deadline=None)
@given(FULL, FULL)
def test_tmx_keeps_the_rules_of_the_format(source: str, target: str):
    record = Record(source, target, State.APPROVED, ("a.md", "b.md"), "mt: a", "ayse", "2026-01-02")
    root = parse(render_tmx([record], "en", "tr"))
    TMX.assertValid(root)
    for segment in root.iter("seg"):
        numbers = [one.get("i") for one in segment.iter("bpt")]
        assert len(set(numbers)) == len(numbers)
        assert numbers == [
            one.get("i") for one in sorted(segment.iter("ept"), key=lambda one: numbers.index(one.get("i")))
        ]


def test_another_reader_sees_the_same():
    segments = [
        Segment("See {{ a.b }}\nin [it](a.md).", "Bkz. {{ a.b }}", State.REVIEWED),
        Segment("B & <b>C</b>", "", State.MISSING),
    ]
    data = render_xliff({"a.md": segments[:1], "b.md": segments[1:]}, "en", "tr")
    store = toolkit_xliff2.Xliff2File.parsestring(data)
    assert (store.sourcelanguage, store.targetlanguage) == ("en", "tr")
    assert [unit.isapproved() for unit in store.units] == [True, False]
    records = [Record("See {{ a.b }} in [it](a.md).", "[Onda](a.md) {{ a.b }}", State.REVIEWED, ("a.md",))]
    memory = toolkit_tmx.tmxfile.parsestring(render_tmx(records, "en", "tr"), "en", "tr")
    assert [(unit.source, unit.target) for unit in memory.units] == [records[0][:2]]


def texts(folder: Path, tag: str) -> dict[tuple[str, str], Entry]:
    catalogs, wrong = load_catalogs(folder / "locales" / tag / "catalog", folder)
    assert wrong == []
    # Words of templates and texts of region files are not exported.
    pages = {page: catalog for page, catalog in catalogs.items() if not is_sheet(page)}
    return {(page, entry.msgid): entry for page, catalog in pages.items() for entry in catalog.active}


@pytest.mark.parametrize("tag", ["tr", "es", "pt-BR"])
@pytest.mark.parametrize("form", ["xliff", "tmx"])
def test_the_catalogs_of_the_demo_come_back(tag: str, form: str, tmp_path: Path):
    for part in ("content", "locales", "overrides", "hooks"):
        shutil.copytree(REPOSITORY / part, tmp_path / part)
    shutil.copy2(REPOSITORY / "mkdocs.yml", tmp_path)
    project, pages = load(tmp_path)
    locale = project.locales[tag]
    data, count = (export_xliff if form == "xliff" else export_tmx)(project, locale)
    file = tmp_path / "out.xml"
    file.write_bytes(data)
    before, files = texts(tmp_path, tag), snapshot(tmp_path / "locales")
    # Back where it came from it changes nothing.
    intake = import_file(project, pages, locale, file)
    assert snapshot(tmp_path / "locales") == files
    assert intake.taken.total() == 0
    # Into catalogs that have lost everything it brings all of it back.
    shutil.rmtree(tmp_path / "locales" / tag / "catalog")
    import_file(project, pages, locale, file)
    after = texts(tmp_path, tag)
    assert count > 0
    for key, entry in before.items():
        if form == "tmx" and entry.state is State.STALE:
            continue  # a memory knows the text for the source it was made for
        new = after[key] if entry.msgstr else after.get(key)
        assert new is None or new.msgstr == entry.msgstr
        if entry.msgstr and form == "xliff":
            assert new is not None
            expected = State.REVIEWED if entry.state is State.APPROVED else entry.state
            assert (new.state, new.previous, new.hard, new.machine) == (
                expected,
                entry.previous,
                entry.hard,
                entry.machine if expected is State.MACHINE else None,
            )


def test_what_xml_cannot_hold_is_known():
    for number in (*range(0x20), 0x7F, 0x85, 0xFFFD, 0xFFFE, 0xFFFF, 0x10FFFF):
        element = etree.Element("a")
        try:
            element.text = chr(number)
            is_valid = True
        except ValueError:
            is_valid = False
        assert is_valid is (INVALID.search(chr(number)) is None), hex(number)


@settings(max_examples=30, deadline=None)
@given(st.binary(max_size=60))
def test_no_bytes_leave_a_traceback(data: bytes):
    from helpcenter.diagnostics import HelpcenterError  # noqa: PLC0415 - beside its use
    from helpcenter.exchange.documents import parse_document  # noqa: PLC0415 - beside its use

    with pytest.raises(HelpcenterError):
        parse_document(data, "a.xlf", BOTH)
