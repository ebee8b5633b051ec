"""Files that other tools wrote keep their bytes where nothing has changed."""

from __future__ import annotations

import difflib
import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages.catalog import Catalog as BabelCatalog
from babel.messages.pofile import write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.catalog import Catalog, Entry, Signature, State
from helpcenter.catalog.pofile import read_catalog, render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

TOOLS = sorted((Path(__file__).parent / "cases/tools").glob("*.po"))
SIGNED = Signature("erika@small.example", "2026-10-01")


def read(text: str) -> Catalog:
    return read_catalog(text, "a.md", "a.po")


FORMS: dict[str, Callable[[str], str]] = {
    "as it is": lambda text: text,
    "line ends of Windows": lambda text: text.replace("\n", "\r\n"),
    "some line ends of Windows": lambda text: text.replace('"\n', '"\r\n'),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no line end at the end": lambda text: text.rstrip("\n"),
    "blank lines at the end": lambda text: text + "\n\n",
    "more blank lines": lambda text: text.replace("\n\n", "\n\n \n\t\n\n"),
    "no blank lines": lambda text: text.replace("\n\n", "\n"),
    "blank lines within": lambda text: text.replace("\nmsgid ", "\n\nmsgid ").replace("\nmsgstr ", "\n\nmsgstr "),
    "blank lines above": lambda text: "\n\n" + text,
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("file", TOOLS, ids=lambda file: file.stem)
def test_a_file_of_another_tool_is_written_as_it_was_read(file: Path, form: str):
    text = FORMS[form](file.read_text("utf-8"))
    catalog = read(text)
    assert catalog.entries
    assert render(catalog, "tr") == text
    assert render(replace(catalog, entries=tuple(replace(entry) for entry in catalog.entries)), "tr") == text


def changed_lines(before: str, after: str) -> list[tuple[int, int]]:
    """Give the lines of the first text that the second has not, from 1: (first, last), or (next, next - 1)."""
    matcher = difflib.SequenceMatcher(None, before.split("\n"), after.split("\n"), autojunk=False)
    return [(i1 + 1, i2) for tag, i1, i2, _, _ in matcher.get_opcodes() if tag != "equal"]


CHANGES: dict[str, Callable[[Entry], Entry]] = {
    "translated": lambda entry: replace(entry, msgstr="Başka.", fuzzy=False, previous=None, hard=False, settled=""),
    "signed": lambda entry: replace(entry, msgstr=entry.msgstr or "x").with_signature(SIGNED, State.APPROVED),
    "noted": lambda entry: replace(entry, comments=(*entry.comments, "a note")),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("file", TOOLS, ids=lambda file: file.stem)
def test_a_change_shows_in_one_entry_only(file: Path, form: str, change: str):
    text = FORMS[form](file.read_text("utf-8"))
    catalog = read(text)
    lines = text.split("\n")
    starts = sorted({*(entry.line for entry in catalog.entries), *(raw.linenum for raw in catalog.foreign), len(lines)})
    for index, entry in enumerate(catalog.entries):
        new = CHANGES[change](entry)
        entries = (*catalog.entries[:index], new, *catalog.entries[index + 1 :])
        after = render(replace(catalog, entries=entries), "tr")
        end = next(start for start in [*starts, len(lines) + 1] if start > entry.line)
        spans = changed_lines(text, after)
        assert spans
        assert all(entry.line <= first <= last + 1 <= end + 1 for first, last in spans), (entry.msgid, spans)
        again = read(after)
        assert [replace(one, line=0) for one in again.entries] == [replace(one, line=0) for one in entries]
        assert render(again, "tr") == after
        for line in {*lines} - {*after.split("\n")}:
            # What is not there any more was this entry's.
            assert any(entry.line <= number <= end for number, one in enumerate(lines, 1) if one == line)


def test_lines_that_are_wrapped_stay_so_where_only_the_flag_goes():
    text = 'msgid ""\nmsgstr ""\n\n#, fuzzy, no-wrap\nmsgid ""\n"One "\n"two"\nmsgstr ""\n"Bir "\n"iki"\n'
    catalog = read(text)
    entries = tuple(replace(entry, fuzzy=False) for entry in catalog.entries)
    assert render(replace(catalog, entries=entries), "tr") == text.replace("fuzzy, ", "")


def test_a_new_entry_stands_behind_its_neighbour_and_an_old_one_goes_to_the_end():
    header = 'msgid ""\nmsgstr ""\n"Language: tr\\n"\n'
    gone = '#~ msgid "Z"\n#~ msgstr "z"\n'
    text = f'{header}\n{gone}\nmsgid "A"\nmsgstr ""\n"a"\n\n\nmsgid "B"\nmsgstr "b"\nmsgid "C"\nmsgstr "c"'
    catalog = read(text)
    a, b, c, z = catalog.entries
    new = (a, Entry("N", "n"), c, replace(b, obsolete=True), z)
    expected = f'{header}\n{gone}\nmsgid "A"\nmsgstr ""\n"a"\n\nmsgid "N"\nmsgstr "n"\n\nmsgid "C"\nmsgstr "c"\n\n'
    assert render(replace(catalog, entries=new), "tr") == expected + '#~ msgid "B"\n#~ msgstr "b"\n'
    # The order of the page is the order of the file where a person has put it otherwise.
    moved = render(replace(catalog, entries=(c, a, b, z)), "tr")
    assert [entry.msgid for entry in read(moved).entries] == ["C", "A", "B", "Z"]


def test_a_file_without_a_header_gets_one_with_its_first_change():
    text = '# Ayşe\nmsgid "A"\nmsgstr "B"\n'
    catalog = read(text)
    assert render(catalog, "pt-BR") == text
    changed = render(replace(catalog, entries=(replace(catalog.entries[0], msgstr="Ç"),)), "pt-BR")
    assert read(changed).metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert changed.endswith('\n\n# Ayşe\nmsgid "A"\nmsgstr "Ç"\n')
    assert render(read(changed), "pt-BR") == changed


def test_only_the_name_of_the_last_entry_changes_in_a_header():
    head = '# By Ayşe\n#, no-wrap\nmsgid ""\nmsgstr ""\n"X-Own: 1\\n"\n"Language: tr\\n"\n'
    catalog = read(head + '\nmsgid "A"\nmsgstr "B"\n')
    grown = render(replace(catalog, entries=(*catalog.entries, Entry("C", "D"))), "tr")
    assert grown.startswith(head + '"X-Last-Entry: ')
    again = read(grown)
    less = render(replace(again, entries=again.entries[:1]), "tr")
    assert less.replace(read(less).metadata["X-Last-Entry"], again.metadata["X-Last-Entry"]) in grown
    # Sorted by a tool, and then its last entry, which stands elsewhere now, is taken out.
    c, a = '\nmsgid "C"\nmsgstr "D"\n', '\nmsgid "A"\nmsgstr "B"\n'
    resorted = read(grown.replace(a + c, c + a))
    assert read(render(replace(resorted, entries=resorted.entries[1:]), "tr")).entries


def test_the_same_text_twice_among_what_is_obsolete_stays_so():
    text = 'msgid ""\nmsgstr ""\n\n#~ msgid "A"\n#~ msgstr "1"\n\n#~ msgid "A"\n#~ msgstr "2"\n'
    catalog = read(text)
    assert render(catalog, "tr") == text
    entries = (catalog.entries[0], replace(catalog.entries[1], msgstr="3"))
    assert render(replace(catalog, entries=entries), "tr") == text.replace('"2"', '"3"')


# Any file of any tool

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=12)
TEXTS = st.lists(WORDS | st.sampled_from(["\n", '"', "\\", " ", "word ", "字", "  "]), min_size=1, max_size=25).map(
    "".join
)
NOTES = st.lists(st.sampled_from(["note", "Ayşe: 字", "long enough to be wrapped by a tool, or not", ""]), max_size=3)
FLAGS = st.lists(st.sampled_from(["fuzzy", "c-format", "no-wrap", "max-length:20"]), unique=True, max_size=3)
PLACES = st.lists(st.tuples(st.sampled_from(["a.md#b-c", "src/ü.c", "a.md"]), st.sampled_from(["", "12"])), max_size=5)


@st.composite
def entries_of_polib(draw: st.DrawFn) -> polib.POEntry:
    obsolete = draw(st.booleans())
    plural = draw(st.booleans())
    return polib.POEntry(
        msgid=draw(TEXTS),
        msgstr="" if plural else draw(TEXTS | st.just("")),
        msgid_plural="many" if plural else "",
        msgstr_plural={0: draw(TEXTS), 1: "x"} if plural else {},
        msgctxt=draw(st.none() | st.just("") | TEXTS),
        tcomment="\n".join(draw(NOTES)).strip("\n"),
        comment="\n".join(filter(None, draw(NOTES))),
        occurrences=draw(PLACES),
        flags=draw(FLAGS),
        previous_msgid=draw(st.none() | TEXTS),
        obsolete=obsolete,
    )


def unique(entries: Iterable[polib.POEntry]) -> list[polib.POEntry]:
    return list({(raw.msgid, raw.msgctxt, raw.msgid_plural, raw.obsolete): raw for raw in entries}.values())


FILES = st.lists(entries_of_polib(), min_size=1, max_size=4).map(unique)
WIDTHS = st.sampled_from([0, 20, 40, 77, 79, 100])


def assert_kept(text: str) -> None:
    catalog = read(text)
    assert render(catalog, "tr") == text
    for index, entry in enumerate(catalog.entries):
        entries = (*catalog.entries[:index], replace(entry, comments=("x",)), *catalog.entries[index + 1 :])
        again = read(render(replace(catalog, entries=entries), "tr"))
        assert [replace(one, line=0) for one in again.entries] == [replace(one, line=0) for one in entries]
        assert [(raw.msgctxt, raw.msgid, raw.msgstr_plural) for raw in again.foreign] == [
            (raw.msgctxt, raw.msgid, raw.msgstr_plural) for raw in catalog.foreign
        ]


@settings(max_examples=60, deadline=None)
@given(FILES, WIDTHS, st.sampled_from(sorted(FORMS)), st.booleans())
def test_whatever_polib_writes_is_kept(raws: list[polib.POEntry], width: int, form: str, has_header: bool):  # noqa: FBT001 - drawn
    file = polib.POFile(wrapwidth=width)
    file.metadata = {"Project-Id-Version": "x", "Content-Type": "text/plain; charset=UTF-8"}
    file.extend(raws)
    text = str(file)
    assert_kept(FORMS[form](text if has_header else text.partition("\n\n")[2]))


# At 76 columns with what stands before and behind it.
BABEL_WIDTH = 60


@settings(max_examples=40, deadline=None)
@given(FILES, WIDTHS, st.sampled_from(sorted(FORMS)), st.booleans())
def test_whatever_babel_writes_is_kept(raws: list[polib.POEntry], width: int, form: str, is_sorted: bool):  # noqa: FBT001 - drawn
    catalog = BabelCatalog(locale="de")
    # It writes no empty context.
    for raw in {(raw.msgid, raw.msgctxt or None): raw for raw in raws if not raw.obsolete}.values():
        is_plural = bool(raw.msgid_plural)
        catalog.add(
            (raw.msgid, raw.msgid_plural) if is_plural else raw.msgid,
            tuple(raw.msgstr_plural.values()) if is_plural else raw.msgstr,
            [(path, int(line)) for path, line in raw.occurrences if line],
            raw.flags,
            raw.comment.split("\n"),
            raw.tcomment.split("\n"),
            [raw.previous_msgid] if raw.previous_msgid and len(polib.escape(raw.previous_msgid)) < BABEL_WIDTH else (),
            context=raw.msgctxt,
        )
    stream = io.BytesIO()
    # It wraps previous texts as if they were comments, long ones at any width, and nothing can read them then.
    write_po(stream, catalog, width=width, sort_output=is_sorted, include_previous=not width)
    assert_kept(FORMS[form](stream.getvalue().decode("utf-8")))


# Gettext is no Python package; .ci/run installs it.
@pytest.mark.skipif(shutil.which("msgcat") is None, reason="GNU gettext's msgcat is not installed")
@settings(max_examples=25, deadline=None)
@given(
    FILES,
    st.sampled_from([["--no-wrap"], ["--width=40"], ["--width=79"], ["--sort-output"], ["--indent"], ["--strict"]]),
    st.sampled_from(sorted(FORMS)),
)
def test_whatever_gettext_writes_is_kept(raws: list[polib.POEntry], options: list[str], form: str):
    file = polib.POFile(wrapwidth=0)
    file.metadata = {"Project-Id-Version": "x", "Content-Type": "text/plain; charset=UTF-8"}
    # gettext knows no two entries of one msgid that differ only in their plural.
    file.extend({(raw.msgid, raw.msgctxt): raw for raw in raws}.values())
    done = subprocess.run(["msgcat", *options, "-"], input=str(file).encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert_kept(FORMS[form](done.stdout.decode("utf-8")))
