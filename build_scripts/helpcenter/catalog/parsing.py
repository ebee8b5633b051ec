"""Reading the text of a catalog, in our own form or in that of any other tool."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

import polib

from helpcenter.catalog.changes import is_hard_change
from helpcenter.catalog.entries import Catalog, Entry, fingerprint
from helpcenter.catalog.keys import is_sheet, join_forms, join_key
from helpcenter.catalog.layout import Layout
from helpcenter.catalog.notes import NO_NOTES, read_notes
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SYNTAX = re.compile(r"\(line (?P<line>\d+)\)(?P<rest>.*)", re.DOTALL)
_MEND = "mend the line (msgfmt -c shows more), or restore the file; nothing was written to it"
_RESOLVE = (
    "run 'helpcenter merge-catalogs' while git still knows both sides, or keep one of them and delete the lines of "
    "<<<<<<<, ======= and >>>>>>>; nothing was written to it"
)
_RESTORE = "the file may have been cut off: restore it, or complete the entry; nothing was written to it"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_FORM = re.compile(
    r"\s*(?:\#(?![~|]).*|(?:\#~?\|?\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"
    r"(?:\"(?:[^\"\\]|\\.)*\"\s*)+|\#~?\|?\s*)?"
)
_PIECE = re.compile(r'"((?:[^"\\]|\\.)*)"')
# What may not stand in an entry that has its msgid already, or in one that has none yet.
_WRONG = {
    "msgid": (True, "the entry before this one has no msgstr", _RESTORE),
    "msgid_plural": (False, "there is no msgid before this plural", _MEND),
}
_KEYWORD = re.compile(r"(?:\#~ *)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_CONTINUATION = re.compile(r'(?:#~ *)?"')
_HEADER = re.compile(r'^msgid[ \t]+""\s*\nmsgstr', re.MULTILINE)


def _unite(match: re.Match[str]) -> str:
    return match[1] + '"' + "".join(_PIECE.findall(match[2] + match[3])) + '"'


# What GNU gettext reads and polib does not: previous texts of obsolete entries (it passes over them, and the translation
# would look as if it were up to date), several texts on a line, flags behind "#=", and no space behind a mark.
_OTHER_FORMS: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"^#~\|", re.MULTILINE), "#|"),
    (re.compile(r"^((?:#[~|][ \t]*)?(?:msg\S+[ \t]+)?)(\"(?:[^\"\\\n]|\\.)*\")([ \t]+\".*)", re.MULTILINE), _unite),
    (re.compile(r"^#=", re.MULTILINE), "#,"),
    (re.compile(r"^(#[~.:,|])(?=[^\s|~])", re.MULTILINE), r"\1 "),
    (re.compile(r"^#(?=[^\s.:,|~#])", re.MULTILINE), "# "),
]


# What this module itself writes: no wrapped strings, no contexts, no plurals.  A build reads thousands of such files, and
# polib looks at each of their lines a dozen times; what is not exactly of this form is left to it.
_STRING = r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"\n'
_LINE = re.compile(_STRING)


def _text(mark: str) -> str:
    """Give the pattern of a text on one line or, each behind a mark, on several; of its two groups one is matched."""
    string = _STRING.replace("(", "(?:", 1)
    return rf'(?:""\n((?:{mark}{string})+)|{_STRING})'


_COMMENTS = r"((?:\# [^\n]*\n)*)"
_FLAGS = r"((?:\#, [^\n]*\n)?)"
_PLAIN_ENTRY = re.compile(
    rf"{_COMMENTS}((?:\#\. [^\n]*\n)?)((?:\#: [^\n]*\n)*){_FLAGS}"
    rf"(?:\#\| msgid {_text('#[|] ')})?msgid {_text('')}msgstr {_text('')}(?:\n|\Z)"
)
_OBSOLETE_ENTRY = re.compile(
    rf"{_COMMENTS}()(){_FLAGS}"
    rf"(?:\#~\| msgid {_text('#~[|] ')})?\#~ msgid {_text('#~ ')}\#~ msgstr {_text('#~ ')}(?:\n|\Z)"
)


def parse_plain(page: str, text: str, raw: str) -> Catalog | None:
    """Read a file of the plainest form; None when there is anything else in it.

    Args:
        page: path of the page below ``content/``.
        text: of the file, with LF as line end.
        raw: the same with its own line ends.
    """
    header = _PLAIN_ENTRY.match(text)
    # Nothing but the two texts, the first of them empty.
    if header is None or any(header.groups()[:8]):
        return None
    pairs = _unquote(*header.groups()[8:]).rstrip("\n").split("\n")
    metadata = dict(pair.split(": ", 1) for pair in pairs if ": " in pair)
    entries: list[Entry] = []
    ends = [_count_lines(header)]
    position = header.end()
    line = header.group().count("\n") + 1
    while position < len(text):
        match = _PLAIN_ENTRY.match(text, position) or _OBSOLETE_ENTRY.match(text, position)
        entry = match and _read_plain(match, line)
        if match is None or entry is None:
            return None
        entries.append(entry)
        ends.append(line - 1 + _count_lines(match))
        line += match.group().count("\n")
        position = match.end()
    return Catalog(page, tuple(entries), metadata, layout=Layout.of(raw, [None, *entries], ends))


def _count_lines(match: re.Match[str]) -> int:
    """Count the lines of an entry; the blank one behind it belongs to the next."""
    text = match.group()
    return text.count("\n") - text.endswith("\n\n")


def _read_plain(match: re.Match[str], line: int) -> Entry | None:
    tcomment, comment, places, flags, *strings = match.groups()
    previous, msgid, msgstr = (_unquote(*strings[n : n + 2]) for n in (0, 2, 4))
    is_stale = any(text is not None for text in strings[:2])
    if not msgid or (is_stale and not previous):
        return None
    names = [name.strip() for name in flags[3:-1].split(",")] if flags else []
    return _make_entry(
        msgid,
        msgstr,
        tcomment[2:-1].replace("\n# ", "\n"),
        comment[3:-1],
        names,
        tuple(places.replace("#: ", " ").split()),
        line,
        previous=previous if is_stale else None,
        obsolete=match.re is _OBSOLETE_ENTRY,
    )


def _unquote(lines: str | None, single: str | None) -> str:
    raw = single if single is not None else "".join(_LINE.findall(lines or ""))
    return polib.unescape(raw) if "\\" in raw else raw


def parse_any(page: str, text: str, raw: str, name: str) -> Catalog:
    """Read a file of any form through polib.

    Args:
        page: path of the page below ``content/``.
        text: of the file, with LF as line end.
        raw: the same with its own line ends.
        name: of the file, for findings.

    Raises:
        HelpcenterError: ``catalog-syntax``.
    """
    problem = _find_malformed(text)
    if problem is not None:
        raise HelpcenterError(_syntax_finding(*problem, text, name))
    known = text
    for form, ours in _OTHER_FORMS:
        known = form.sub(ours, known)
    try:
        # polib opens what exists as a file: a text with a line end never does.
        parsed = polib.pofile(_Lines(known + "\n"), wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        match = _SYNTAX.search(str(error))
        number = int(match["line"]) if match else 1
        detail = match["rest"].strip(": ") if match else str(error)
        raise HelpcenterError(_syntax_finding(number, detail, _MEND, text, name)) from error
    for raw_entry in parsed:
        if not raw_entry.msgid and not raw_entry.obsolete:
            number = raw_entry.linenum or 1
            raise HelpcenterError(_syntax_finding(number, "an entry has an empty msgid", _MEND, text, name))
    if parsed.header and len(parsed) and _HEADER.search(text) is None:
        # polib takes the first comment for the file's own, header or none.
        first = min(parsed, key=lambda entry: entry.linenum or 0)
        first.tcomment, parsed.header = "\n".join(filter(None, (parsed.header, first.tcomment))), ""
    units = [_read_entry(entry, as_string=is_sheet(page)) for entry in parsed]
    return Catalog(
        page,
        tuple(unit for unit in units if isinstance(unit, Entry)),
        dict(parsed.metadata),
        parsed.header,
        tuple(unit for unit in units if not isinstance(unit, Entry)),
        _lay_out(raw, units, [entry.linenum or 1 for entry in parsed], _find_ends(known)),
    )


def _read_entry(raw: polib.POEntry, *, as_string: bool) -> Entry | polib.POEntry:
    """Make an entry of ours; what only other tools write is left as it is.

    Args:
        raw: the entry.
        as_string: whether it may have a context and plural forms, which segments never have.
    """
    is_foreign = raw.msgctxt == "" if as_string else raw.msgctxt is not None or bool(raw.msgid_plural)
    if is_foreign or not raw.msgid:
        return raw
    forms = [text for _, text in sorted(raw.msgstr_plural.items())]
    return _make_entry(
        join_key(raw.msgid, raw.msgctxt or "", raw.msgid_plural),
        join_forms(forms) if raw.msgid_plural else raw.msgstr,
        raw.tcomment,
        raw.comment,
        raw.flags,
        tuple(f"{path}:{line}" if line else path for path, line in raw.occurrences),
        raw.linenum or 1,
        previous=None if raw.previous_msgid is None else _previous_key(raw),
        obsolete=bool(raw.obsolete),
    )


def _previous_key(raw: polib.POEntry) -> str:
    return join_key(raw.previous_msgid or "", raw.previous_msgctxt or "", raw.previous_msgid_plural or "")


def _find_ends(text: str) -> list[int]:
    """Find the last line of each entry, the header among them."""
    ends: list[int] = []
    end = 0
    for number, line in enumerate(text.split("\n"), 1):
        words = line.strip()
        keyword = _KEYWORD.match(words)
        if keyword and keyword[1] == "msgstr":
            end = number
        elif _CONTINUATION.match(words):
            end = number if end else 0
        elif end and words and words != "#~":
            ends.append(end)
            end = 0
    return [*ends, end] if end else ends


def _lay_out(
    raw: str, units: Sequence[Entry | polib.POEntry], lines: Sequence[int], ends: Sequence[int]
) -> Layout | None:
    """Tell which lines hold which entry; what holds none is the header."""
    found: list[Entry | polib.POEntry | None] = [None] * len(ends)
    for unit, line in zip(units, lines, strict=True):
        found[bisect_left(ends, line)] = unit
    # Without a layout the file is read as well, and written in our form.
    is_whole = sum(unit is not None for unit in found) == len(units) >= len(ends) - 1
    return Layout.of(raw, found, ends) if is_whole else None


class _Lines(str):
    """A text whose lines end with LF; polib would also break it at U+2028 and its like."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - the signature of str
        """Give the lines."""
        return [line + "\n" * keepends for line in self.split("\n")]


def _find_malformed(text: str) -> tuple[int, str, str] | None:
    """Find the first line that polib would read as something else: ``(line, what is wrong, next step)``."""
    begun = half = loose = 0
    is_empty = True
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(_CONFLICT):
            return number, "both sides of a merge conflict stand in it", _RESOLVE
        if _FORM.fullmatch(line) is None:
            return number, "this line is neither a comment nor a text in quotes", _MEND
        if keyword := _KEYWORD.match(line.lstrip()):
            if keyword[1] in _WRONG and bool(half) is _WRONG[keyword[1]][0]:
                return number, *_WRONG[keyword[1]][1:]
            # A context comes before the msgid, a plural after it.
            begun = {"msgctxt": number, "msgid": 0}.get(keyword[1], begun)
            half = {"msgid": number, "msgstr": 0}.get(keyword[1], half)
            loose, is_empty = 0, False
        elif line.startswith("#") and not line.startswith("#~"):
            loose = loose or number
    if is_empty:
        return 1, "there is no entry in it", "restore it, or delete it: 'helpcenter extract' makes a new one"
    if begun or half or loose:
        return half or begun or loose, "it ends within an entry", _RESTORE
    return None


def _syntax_finding(number: int, detail: str, hint: str, text: str, name: str) -> Finding:
    message = "the catalog cannot be read" + (f": {detail}" if detail else "")
    return finding("catalog-syntax", message, Place(name, number, 1, 1, line_of(text, number)), help=hint)


def line_of(text: str, number: int) -> str:
    """Give a line of a text, as a finding shows it."""
    lines = text.split("\n")
    return lines[number - 1].rstrip("\r") if 0 < number <= len(lines) else ""


def _make_entry(
    msgid: str,
    msgstr: str,
    tcomment: str,
    kind: str,
    flags: Sequence[str],
    references: tuple[str, ...],
    line: int,
    *,
    previous: str | None = None,
    obsolete: bool = False,
) -> Entry:
    """Make an entry; of its comments, ours are read and the translators' own are kept."""
    notes = read_notes(tcomment) if tcomment else NO_NOTES
    hard, settled = notes.hard, notes.settled
    is_fuzzy = "fuzzy" in flags
    if not is_fuzzy:
        # Whoever took the flag off relies on the text for the source as it is, whatever else they left standing.
        previous, hard, settled = None, False, ""
    elif previous is not None and not hard:
        # A tool that merges catalogs itself marks a text as stale, and knows nothing of what may make it false.
        hard = is_hard_change(previous, msgid)
    elif msgstr and notes.machine is not None and notes.machine.source != fingerprint(msgid):
        # Such a tool has given a machine's text to another source, which nobody can name any more.
        hard = True
    return Entry(
        msgid=msgid,
        msgstr=msgstr,
        fuzzy=is_fuzzy,
        previous=previous,
        references=references,
        kind=kind,
        machine=notes.machine,
        adopted=notes.adopted,
        reviewed=notes.reviewed,
        approved=notes.approved,
        hard=hard,
        settled=settled,
        suggestion=notes.suggestion,
        comments=notes.comments,
        flags=tuple(flag for flag in flags if flag != "fuzzy"),
        obsolete=obsolete,
        line=line,
    )
