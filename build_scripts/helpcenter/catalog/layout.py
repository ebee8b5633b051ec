"""Layout: how a catalog's file is written, by whatever tool, so that what nobody changed keeps its bytes.

Tools differ in how they wrap lines, where they put blank lines, what they note in comments.  A file in which every entry
looks different after one was translated shows nobody what was done.  So each entry that was read keeps its text as it
stood, and is written in our own form only where it says something else now.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from polib import POEntry

from helpcenter.catalog.entries import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from helpcenter.catalog.entries import Catalog

Key = tuple[object, ...]

_BLANK = re.compile(r"(?:[ \t]*\r?\n)*")
_BODY = re.compile(r"^(?:#~ *)?msgid\b", re.MULTILINE)
_TEXT = re.compile(r"^(?:#~ *)?msgstr\b", re.MULTILINE)
_COMMENT = re.compile(r"^#(?!~)", re.MULTILINE)


Unit = Entry | POEntry
_U = TypeVar("_U", bound=Unit | None)
HEADER_KEY: Key = ("header",)


class Chunk(NamedTuple):
    """An entry as it stands in a file.

    Args:
        unit: what was read there; of what only other tools write, its text in our form; None is the file's header.
        text: its lines, with the blank ones above it, to the letter.
        before: key of what stands above it.
    """

    unit: Entry | str | None
    text: str
    before: Key | None


@dataclass(frozen=True, slots=True)
class Layout:
    """A file as it was read; it is cut into its entries only when it is to be written.

    Args:
        raw: its text with its own line ends, without a byte order mark.
        units: what was read from it, in its order; None is the header.
        written: of each unit that only other tools write, its text in our form: such entries can be changed.
        ends: the line each of the units ends with, from 1.
        mark: the byte order mark, if there is one.
        metadata: the fields of the header.
        header_comment: the comment above the header.
        last: msgid of the last entry in use.
        spare: another file, whose entries are taken as they stand there where this one has others.
    """

    raw: str = ""
    units: tuple[Unit | None, ...] = ()
    written: tuple[str, ...] = ()
    ends: tuple[int, ...] = ()
    mark: str = ""
    metadata: Mapping[str, str] | None = None
    header_comment: str = ""
    last: str | None = None
    spare: Layout | None = None

    @classmethod
    def of(cls, raw: str, units: Iterable[Unit | None], ends: Iterable[int]) -> Layout:
        """Note where the entries of a file stand."""
        units = tuple(units)
        written = tuple(write_unit(unit) for unit in units if isinstance(unit, POEntry))
        return cls(raw, units, written, tuple(ends))

    @property
    def newline(self) -> str:
        """The line end that most lines have."""
        return "\r\n" if self.raw.count("\r\n") * 2 > self.raw.count("\n") else "\n"

    @property
    def tail(self) -> str:
        """What stands behind the last entry: nothing, or blank lines."""
        return "".join(_lines_of(self.raw)[self.ends[-1] if self.ends else 0 :])

    def cut(self) -> dict[Key, Chunk]:
        """Cut the file into its entries, in its order."""
        lines = _lines_of(self.raw)
        written = iter(self.written)
        chunks: dict[Key, Chunk] = {}
        start = 0
        before: Key | None = None
        for (key, unit), end in zip(number(self.units), self.ends, strict=True):
            known = next(written) if isinstance(unit, POEntry) else unit
            chunks[key] = Chunk(known, "".join(lines[start:end]), before)
            before, start = key, end
        return chunks


def _lines_of(raw: str) -> list[str]:
    # With this line end nothing else ends a line: neither U+2028 nor a form feed.
    return list(io.StringIO(raw, newline="\n"))


def write_unit(unit: POEntry) -> str:
    """Write an entry in our own form: no line is wrapped."""
    text: str = unit.__unicode__(wrapwidth=0)
    return text


def number(units: Iterable[_U]) -> list[tuple[Key, _U]]:
    """Give each entry of a file a key; where two have the same texts, the first is the first again next time."""
    seen: dict[Key, int] = {}
    keyed: list[tuple[Key, _U]] = []
    for unit in units:
        key: Key
        if unit is None:
            key = HEADER_KEY
        elif isinstance(unit, Entry):
            key = (unit.obsolete, unit.msgid)
        else:
            key = (bool(unit.obsolete), unit.msgid, unit.msgctxt, unit.msgid_plural)
        count = seen[key] = seen.get(key, -1) + 1
        keyed.append(((*key, count) if count else key, unit))
    return keyed


def arrange(catalog: Catalog, chunks: Mapping[Key, Chunk]) -> list[tuple[Key, Unit | None]]:
    """Give a catalog's entries in the order they are written in: the file's own, as long as the page's is no other.

    What is new stands behind its neighbour on the page; what became obsolete, at the end.
    """
    units: list[Unit] = [*catalog.entries, *catalog.foreign]
    wanted = number(sorted(units, key=lambda unit: (bool(unit.obsolete), isinstance(unit, POEntry))))
    known = dict(wanted)
    old = [key for key in chunks if key in known]
    in_order = [key for key, unit in wanted if key in chunks and isinstance(unit, Entry) and not unit.obsolete]
    in_use = set(in_order)
    if not old or [key for key in old if key in in_use] != in_order:
        return [(HEADER_KEY, None), *wanted]
    followers: dict[Key, list[Key]] = {}
    before: Key = HEADER_KEY
    added: list[Key] = []
    for key, unit in wanted:
        if key in chunks:
            before = key
        elif unit.obsolete:
            added.append(key)
        else:
            followers.setdefault(before, []).append(key)
    order = [key for key in chunks if key in known or key == HEADER_KEY]
    if HEADER_KEY not in chunks:
        order.insert(0, HEADER_KEY)
    keys = [each for key in order for each in (key, *followers.get(key, ()))] + added
    return [(key, known.get(key)) for key in keys]


def keep(chunk: Chunk, unit: Entry, written: str, newline: str) -> str:
    """Give an entry's text where it has changed: the lines that say the same as before stay as they are.

    Args:
        chunk: what stood there.
        unit: what is to stand there, with the same msgid.
        written: that in our own form.
        newline: the file's line end.
    """
    blank = _BLANK.match(chunk.text)
    lead = blank.group() if blank else ""
    written = written.replace("\n", newline)
    before, after = _split(chunk.text[len(lead) :]), _split(written)
    if before is None or after is None or not isinstance(chunk.unit, Entry):
        return lead + written
    was = chunk.unit
    has_same_head = replace(unit, msgstr=was.msgstr, line=was.line) == was
    text = before[2] if unit.msgstr == was.msgstr else after[2]
    return lead + (before if has_same_head else after)[0] + before[1] + text


def _split(text: str) -> tuple[str, str, str] | None:
    """Cut an entry into its comments, its msgid, and its msgstr; None where they are mixed up."""
    body = _BODY.search(text)
    words = _TEXT.search(text, body.end()) if body else None
    if body is None or words is None or _COMMENT.search(text, body.start()):
        return None
    return text[: body.start()], text[body.start() : words.start()], text[words.start() :]


def join(pieces: Sequence[tuple[Key, str]], chunks: Mapping[Key, Chunk], layout: Layout) -> str:
    """Put the texts of a file's entries together, with a blank line where two meet that did not before."""
    text: list[str] = [layout.mark]
    last: Key | None = None
    for key, piece in pieces:
        blank = _BLANK.match(piece)
        lead = blank.group() if blank else ""
        if key not in chunks or chunks[key].before != last:
            lead = "" if last is None else lead or layout.newline
            if last is not None and not text[-1].endswith("\n"):
                text.append(layout.newline)
        text += [lead, piece[blank.end() if blank else 0 :]]
        last = key
    return "".join([*text, layout.tail])
