"""Where a finding points: into the text of a catalog as it is written in the file."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.catalog import load_catalog
from helpcenter.catalog.pofile import read_catalog, render
from helpcenter.checks.places import TextPlaces
from project_cases import load

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.diagnostics import Place

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


def point(folder: Path, written: str, words: str, *, newline: str = "\n", page: str = "guides/a.md") -> Place:
    """Write a catalog of one entry and give the place of some words of its text."""
    project, _ = load(folder)
    file = folder / "locales/de/catalog/guides/a.po"
    text = f'{HEADER}# a note\n#. paragraph\nmsgid "Source"\n{textwrap.dedent(written).strip()}\n'
    file.write_bytes(text.replace("\n", newline).encode())
    (entry,) = load_catalog(file, page, project.root).active
    start = entry.msgstr.index(words)
    return TextPlaces(project, file).place(entry, (start, start + len(words)))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("written", "words", "line", "marked"),
    [
        ('msgstr "Zahlen Sie jetzt jetzt."', "jetzt jetzt", 8, "jetzt jetzt"),
        ('msgstr "Zahlen \\"Sie\\" jetzt."', "jetzt", 8, "jetzt"),
        ('msgstr "Zahlen \\"Sie\\" jetzt."', '"Sie"', 8, '\\"Sie\\"'),
        ('msgstr "C:\\\\neu zahlen"', "zahlen", 8, "zahlen"),
        ('msgstr "Zeile\\nZeile zwei"', "zwei", 8, "zwei"),
        ('msgstr ""\n"Zahlen Sie "\n"jetzt jetzt."', "jetzt jetzt", 10, "jetzt jetzt"),
        ('msgstr ""\n"Zahlen Sie jetzt "\n"jetzt."', "jetzt jetzt", 9, "jetzt "),
        ('msgstr "Zahlen "\n  "Sie jetzt."', "Sie", 9, "Sie"),
        ('msgstr "Zahlen " "Sie jetzt."', "Sie", 8, "Sie"),
        ('msgstr "👨‍👩 ไป 🎉 zahlen"', "zahlen", 8, "zahlen"),
        ('msgstr "e\u0301te\u0301 zahlen"', "zahlen", 8, "zahlen"),
        ('msgstr "ادفع الآن."', "الآن", 8, "الآن"),
        ('msgstr "x\\t\\\\\\"y"', "y", 8, "y"),
    ],
)
def test_words_are_found_where_they_are_written(
    project_folder: Path, written: str, words: str, line: int, marked: str, newline: str
):
    place = point(project_folder, written, words, newline=newline)
    assert place.text is not None
    assert place.column is not None
    assert (place.path, place.line) == ("locales/de/catalog/guides/a.po", line)
    assert place.text[place.column - 1 : place.column - 1 + place.length] == marked
    assert not place.text.endswith("\r")


def test_without_words_the_text_as_a_whole_is_meant(project_folder: Path):
    project, _ = load(project_folder)
    file = project_folder / "locales/de/catalog/guides/contact.po"
    entry = load_catalog(file, "guides/contact.md", project.root).active[0]
    place = TextPlaces(project, file).place(entry)
    assert place.text is not None
    assert place.text.startswith("msgstr")
    assert (place.column, place.length) == (1, 6)
    assert TextPlaces(project, file).place(entry, (900, 901)) == place


def test_a_file_that_is_gone_has_places_all_the_same(project_folder: Path):
    project, _ = load(project_folder)
    file = project_folder / "locales/de/catalog/guides/contact.po"
    entry = load_catalog(file, "guides/contact.md", project.root).active[0]
    file.unlink()
    assert TextPlaces(project, file).place(entry, (0, 1)).line == entry.line


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x00"), min_size=1, max_size=40).filter(
        str.strip
    ),
    st.data(),
)
def test_each_character_of_any_text_is_found(tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject):
    from helpcenter.catalog import Catalog, Entry  # noqa: PLC0415 - beside its use
    from helpcenter.project import Project  # noqa: PLC0415 - as above

    written = render(Catalog("guides/a.md", (Entry("Source", text),)), "de")
    (entry,) = read_catalog(written, "guides/a.md", "a.po").active
    start = data.draw(st.integers(0, len(text) - 1))
    folder = tmp_path_factory.getbasetemp()
    file = folder / "a.po"
    file.write_bytes(written.encode())
    project = object.__new__(Project)
    object.__setattr__(project, "root", folder)
    place = TextPlaces(project, file).place(entry, (start, start + 1))
    assert place.text is not None
    assert place.column is not None
    shown = place.text[place.column - 1 : place.column - 1 + place.length]
    escapes = {"\n": "\\n", "\t": "\\t", "\\": "\\\\", '"': '\\"', "\v": "\\v", "\b": "\\b", "\f": "\\f"}
    assert shown == escapes.get(text[start], text[start])
