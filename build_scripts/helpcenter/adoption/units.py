"""Units: the texts of a page in their order, with what can be compared across two languages.

Between the texts stands what belongs to no language: code, addresses, ids.  It is a unit of its own, to which both pages
can be tied.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content.inline import VISIBLE, destination, find_opaque

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from helpcenter.content import Segment

MARKUP = "markup"
"""Kind of a unit that holds no text."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f '’]\d{3})+(?!\d)|\d+")
_SEPARATORS = re.compile(r"\D+")
_HASHES = re.compile(r"#{1,6}(?=[ \t]*\Z)")
# Letters of scripts that put no space between words.
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+")
# Inflection changes the ends of words; their beginnings are enough to know them again.
_STEM = 5
_INDENT = 4
_SUFFIX = re.compile(r"\.[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?\.md\Z")
_NAME_LENGTH = 4


class Unit(NamedTuple):
    """A text of a page, or what stands between two of them.

    Args:
        kind: of its segment, or ``markup``.
        segment: the text itself; None for markup.
        id: explicit id of a heading, or an empty text.
        section: explicit id of the heading it stands under, its own for a heading; an empty text where that has none.
        level: of a heading, 1 to 6; else 0.
        depth: how many containers it stands in.
        column: of a table cell, counted from 0.
        tokens: what a translation keeps: code, targets, tags, digits; of markup, its lines.
        words: the beginnings of its words.
        names: those of its words that may be the same in another language, as they are written.
        length: how many letters and digits it has.
        beside: lines of the markup just before and just behind it; of a table cell, the tokens of its row.
    """

    kind: str
    segment: Segment | None
    id: str
    section: str
    level: int
    depth: int
    column: int
    tokens: Counter[str]
    words: frozenset[str]
    names: frozenset[str]
    length: int
    beside: frozenset[str] = frozenset()


def make_units(source: str, body_start: int, segments: Sequence[Segment]) -> list[Unit]:
    """Make the units of a page.

    Args:
        source: its text.
        body_start: offset of the Markdown behind the front matter.
        segments: of the page, in the order of the source.
    """
    units: list[Unit] = []
    position = body_start
    section = ""
    column, line = 0, 0
    for segment in segments:
        if not segment.key:
            units += _make_markup(source[position : segment.start])
            position = max(position, segment.end)
        if segment.kind == "heading":
            section = "" if segment.implicit_id else segment.anchor
        column = column + 1 if segment.kind == "table cell" and segment.line == line else 0
        line = segment.line
        units.append(_make_unit(source, segment, section, column))
    units += _make_markup(source[position:])
    return [unit._replace(beside=_beside(source, units, index)) for index, unit in enumerate(units)]


def _beside(source: str, units: Sequence[Unit], index: int) -> frozenset[str]:
    """Give the lines of the markup to either side of a text; of a table cell, what stands in its row."""
    segment = units[index].segment
    if segment is None:
        return frozenset()
    if segment.kind == "table cell":
        end = source.find("\n", segment.end)
        row = source[source.rfind("\n", 0, segment.start) + 1 : end if end >= 0 else len(source)]
        return frozenset(f"|{token}" for token in tokens_of(row))
    before = units[index - 1].tokens if index and units[index - 1].kind == MARKUP else ()
    behind = units[index + 1].tokens if index + 1 < len(units) and units[index + 1].kind == MARKUP else ()
    return frozenset([*(f"<{line}" for line in before), *(f">{line}" for line in behind)])


def _make_unit(source: str, segment: Segment, section: str, column: int) -> Unit:
    is_heading = segment.kind == "heading"
    before = source[source.rfind("\n", 0, segment.start) + 1 : segment.start] if is_heading else ""
    hashes = _HASHES.search(before)
    plain = plain_text(segment.text)
    return Unit(
        segment.kind,
        segment,
        section if is_heading else "",
        section,
        len(hashes.group()) if hashes else int(is_heading),
        len(segment.prefix.expandtabs(_INDENT)) // _INDENT + segment.prefix.count(">"),
        column,
        tokens_of(segment.text),
        frozenset(stems(plain)),
        frozenset(word for word in words_of(plain) if len(word) >= _NAME_LENGTH or not word.islower()),
        sum(map(str.isalnum, segment.text)),
    )


def _make_markup(text: str) -> list[Unit]:
    lines = Counter(" ".join(line.split()) for line in text.split("\n") if any(map(str.isalnum, line)))
    if not lines:
        return []
    return [Unit(MARKUP, None, "", "", 0, 0, 0, lines, frozenset(), frozenset(), sum(map(len, lines)))]


def plain_text(text: str) -> str:
    """Give a text without code, addresses and tags."""
    parts = []
    position = 0
    for part in find_opaque(text):
        parts.append(text[position : part.start])
        position = part.end
    return " ".join([*parts, text[position:]])


def words_of(plain: str) -> list[str]:
    """Give the words of a text without markup, as they are written."""
    return _WORD.findall(plain)


def stems(plain: str) -> Iterable[str]:
    """Give the beginnings of the words; of scripts without spaces, each two letters that follow one another."""
    for word in words_of(plain):
        folded = word.casefold()
        if _UNSPACED.fullmatch(folded):
            yield from (folded[i : i + 2] for i in range(max(len(folded) - 1, 1)))
        else:
            # A suffix behind an apostrophe belongs to a name: `FastAPI'nin`.
            yield re.split("['’]", folded)[0][:_STEM]


def digits_of(text: str) -> Counter[str]:
    """Count the numbers of a text, in Latin digits and without the marks that divide thousands."""
    plain = "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in plain_text(text))
    return Counter(_SEPARATORS.sub("", number) for number in _DIGITS.findall(plain))


def tokens_of(text: str) -> Counter[str]:
    """Count what a translation of a text has as well; of an address, the name of what it leads to."""
    tokens = Counter(f"#{number}" for number in digits_of(text).elements())
    for part in find_opaque(text):
        if part.kind == "target":
            tokens[f"]({_name_of(destination(part.text)[0])})"] += 1
        elif part.kind in {"url", "autolink"}:
            tokens[_name_of(part.text.strip("<>"))] += 1
        elif part.kind == "html":
            tokens[part.text.split()[0].rstrip(">")] += 1
        elif part.kind not in VISIBLE:
            tokens[part.text] += 1
    return tokens


def _name_of(address: str) -> str:
    """Give the last part of an address, without the language that a file's name may end with."""
    path = address.partition("#")[0].rstrip("/")
    return _SUFFIX.sub(".md", path.rpartition("/")[2])
