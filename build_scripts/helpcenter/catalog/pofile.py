"""Catalogs on disk, through polib."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import polib

from helpcenter.catalog.changes import is_hard_change
from helpcenter.catalog.entries import Catalog, Entry, fingerprint
from helpcenter.catalog.notes import NO_NOTES, read_notes, write_notes
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project import read_text, relative, write_atomic

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_SYNTAX = re.compile(r"\(line (?P<line>\d+)\)(?P<rest>.*)", re.DOTALL)

# The header's field that names the last entry in use: a file that was cut off between two entries is no longer one of ours.
LAST = "X-Last-Entry"

_MEND = "mend the line (msgfmt -c shows more), or restore the file; nothing was written to it"
_RESOLVE = "keep one of the two sides and delete the lines of <<<<<<<, ======= and >>>>>>>; nothing was written to it"
_RESTORE = "the file may have been cut off: restore it, or complete the entry; nothing was written to it"
_CONFLICT = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_FORM = re.compile(
    r"\s*(?:\#(?![~|]).*|(?:\#~?\|?\s*)?(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s*)?"
    r"\"(?:[^\"\\]|\\.)*\"\s*|\#~?\|?\s*)?"
)
_KEYWORD = re.compile(r"(?:\#~ *)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_HEADER = re.compile(r'^msgid[ \t]+""[ \t]*\nmsgstr', re.MULTILINE)
_OBSOLETE_PREVIOUS = re.compile(r"^#~\|", re.MULTILINE)


def catalog_path(folder: Path, page: str) -> Path:
    """Give the file that holds a page's segments: ``catalog/guides/returns.po`` for ``guides/returns.md``."""
    return folder / (page.removesuffix(".md") + ".po")


def load_catalog(file: Path, page: str, root: Path) -> Catalog:
    """Read the catalog of a page; an empty one when there is no file.

    Raises:
        HelpcenterError: ``catalog-syntax``, ``catalog-cut-off`` or ``catalog-duplicate``; the file is never written over then.
    """
    if not file.is_file():
        return Catalog(page)
    text = read_text(file, root).removeprefix("\ufeff").replace("\r\n", "\n") + "\n"
    name = relative(file, root)
    catalog = _parse_plain(page, text[:-1]) or _parse(page, text, name)
    # Obsolete entries stand last; other tools and merges of branches leave them anywhere.
    catalog = replace(catalog, entries=tuple(sorted(catalog.entries, key=lambda entry: entry.obsolete)))
    _refuse_cut_off(catalog, text, name)
    seen: dict[str, int] = {}
    found: list[Finding] = []
    for entry in catalog.entries:
        if entry.obsolete:
            continue
        if entry.msgid in seen:
            place = Place(name, entry.line, 1, 1, _line(text, entry.line))
            hint = f"it is first in line {seen[entry.msgid]}; keep one of the two"
            found.append(finding("catalog-duplicate", "the same segment stands twice", place, help=hint))
        seen[entry.msgid] = entry.line
    if found:
        raise HelpcenterError(*found)
    return catalog


def _refuse_cut_off(catalog: Catalog, text: str, name: str) -> None:
    """Refuse a file whose last entry is not there.

    Raises:
        HelpcenterError: ``catalog-cut-off``.
    """
    last = catalog.metadata.get(LAST)
    # Obsolete entries stand behind the last one in use, so that it is found at once where no other tool has been.
    for entry in reversed(catalog.entries) if last else ():
        if last in {fingerprint(entry.msgid), fingerprint(entry.previous or "")}:
            return
    if last:
        number = text.rstrip("\n").count("\n") + 1
        hint = f"restore the file; if the entry was taken out on purpose, delete the line '{LAST}' of the header"
        place = Place(name, number, 1, 1, _line(text, number))
        raise HelpcenterError(finding("catalog-cut-off", "the end of the catalog is missing", place, help=hint))


# What this module itself writes: no wrapped strings, no contexts, no plurals.  A build reads thousands of such files, and
# polib looks at each of their lines a dozen times; what is not exactly of this form is left to it.
_STRING = r'"([^"\\\n]*(?:\\.[^"\\\n]*)*)"\n'
_LINES = rf'(?:""\n((?:{_STRING.replace("(", "(?:", 1)})+)|{_STRING})'
_PLAIN_ENTRY = re.compile(
    r"((?:\# [^\n]*\n)*)((?:\#\. [^\n]*\n)?)((?:\#: [^\n]*\n)*)((?:\#, [^\n]*\n)?)"
    rf"msgid {_LINES}msgstr {_LINES}(?:\n|\Z)"
)
_PIECE = re.compile(_STRING)


def _parse_plain(page: str, text: str) -> Catalog | None:
    """Read a file of the plainest form; None when there is anything else in it."""
    if not text:
        return None
    metadata: dict[str, str] = {}
    entries: list[Entry] = []
    position = 0
    line = 1
    while position < len(text):
        match = _PLAIN_ENTRY.match(text, position)
        if match is None:
            return None
        tcomment, comment, places, flags, *strings = match.groups()
        msgid, msgstr = _unquote(*strings[:2]), _unquote(*strings[2:])
        if position and not msgid:
            return None
        if position:
            names = flags[3:-1].split(", ") if flags else []
            references = tuple(places.replace("#: ", " ").split())
            entries.append(
                _make_entry(msgid, msgstr, tcomment[2:-1].replace("\n# ", "\n"), comment[3:-1], names, references, line)
            )
        elif msgid or tcomment or comment or places or flags:
            return None
        else:
            metadata = dict(pair.split(": ", 1) for pair in msgstr.rstrip("\n").split("\n") if ": " in pair)
        line += match.group().count("\n")
        position = match.end()
    return Catalog(page, tuple(entries), metadata)


def _unquote(lines: str | None, single: str | None) -> str:
    raw = single if single is not None else "".join(_PIECE.findall(lines or ""))
    return polib.unescape(raw) if "\\" in raw else raw


def _parse(page: str, text: str, name: str) -> Catalog:
    """Read a file of any form through polib.

    Raises:
        HelpcenterError: ``catalog-syntax``.
    """
    problem = _find_malformed(text)
    if problem is not None:
        raise HelpcenterError(_syntax_finding(*problem, text, name))
    try:
        # polib opens what exists as a file: a text with a line end never does.  It passes over the previous text of an
        # obsolete entry, which would then look as if its translation were up to date.
        parsed = polib.pofile(_Lines(_OBSOLETE_PREVIOUS.sub("#|", text)), wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        match = _SYNTAX.search(str(error))
        number = int(match["line"]) if match else 1
        detail = match["rest"].strip(": ") if match else str(error)
        raise HelpcenterError(_syntax_finding(number, detail, _MEND, text, name)) from error
    for raw in parsed:
        if not raw.msgid and not raw.obsolete:
            number = raw.linenum or 1
            raise HelpcenterError(_syntax_finding(number, "an entry has an empty msgid", _MEND, text, name))
    if parsed.header and len(parsed) and _HEADER.search(text) is None:
        # polib takes the first comment for the file's own, header or none.
        first = min(parsed, key=lambda raw: raw.linenum or 0)
        first.tcomment, parsed.header = "\n".join(filter(None, (parsed.header, first.tcomment))), ""
    foreign = tuple(raw for raw in parsed if raw.msgctxt is not None or raw.msgid_plural)
    entries = tuple(
        _make_entry(
            raw.msgid,
            raw.msgstr,
            raw.tcomment,
            raw.comment,
            raw.flags,
            tuple(f"{path}:{line}" if line else path for path, line in raw.occurrences),
            raw.linenum or 1,
            previous=raw.previous_msgid,
            obsolete=bool(raw.obsolete),
        )
        for raw in parsed
        if raw.msgctxt is None and not raw.msgid_plural and raw.msgid
    )
    return Catalog(page, entries, dict(parsed.metadata), parsed.header, foreign)


class _Lines(str):
    """A text whose lines end with LF; polib would also break it at U+2028 and its like."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:  # noqa: FBT001, FBT002 - the signature of str
        """Give the lines."""
        return [line + "\n" * keepends for line in self.split("\n")]


def _find_malformed(text: str) -> tuple[int, str, str] | None:
    """Find the first line that polib would read as something else: ``(line, what is wrong, next step)``."""
    half = loose = 0
    is_empty = True
    for number, line in enumerate(text.split("\n"), 1):
        if line.startswith(_CONFLICT):
            return number, "both sides of a merge conflict stand in it", _RESOLVE
        if _FORM.fullmatch(line) is None:
            return number, "this line is neither a comment nor a text in quotes", _MEND
        if keyword := _KEYWORD.match(line):
            if keyword[1] == "msgid" and half:
                return number, "the entry before this one has no msgstr", _RESTORE
            # A context comes before the msgid, a plural after it.
            half = {"msgid": number, "msgstr": 0}.get(keyword[1], half)
            loose, is_empty = 0, False
        elif line.startswith("#") and not line.startswith("#~"):
            loose = loose or number
    if is_empty:
        return 1, "there is no entry in it", "restore it, or delete it: 'helpcenter extract' makes a new one"
    if half or loose:
        return half or loose, "it ends within an entry", _RESTORE
    return None


def _syntax_finding(number: int, detail: str, hint: str, text: str, name: str) -> Finding:
    message = "the catalog cannot be read" + (f": {detail}" if detail else "")
    return finding("catalog-syntax", message, Place(name, number, 1, 1, _line(text, number)), help=hint)


def _line(text: str, number: int) -> str:
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
    return Entry(
        msgid=msgid,
        msgstr=msgstr,
        fuzzy=is_fuzzy,
        previous=previous,
        references=references,
        kind=kind,
        machine=notes.machine,
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


def _write_entry(entry: Entry) -> polib.POEntry:
    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        occurrences=[(reference, "") for reference in entry.references],
        comment=entry.kind,
        tcomment=write_notes(entry),
        flags=[*(("fuzzy",) if entry.fuzzy else ()), *entry.flags],
        previous_msgid=entry.previous,
        obsolete=entry.obsolete,
    )


def render(catalog: Catalog, language: str, *, variant: bool = False) -> str:
    """Write a catalog as the text of a PO file; long lines are not wrapped, so that a change shows as one line.

    Args:
        catalog: what to write.
        language: the locale's tag.
        variant: people take entries out of it; so no one is named as its last.
    """
    file = polib.POFile(wrapwidth=0)
    file.header = catalog.header_comment
    file.metadata = {
        "Project-Id-Version": "helpcenter",
        "Language": language.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    } | catalog.metadata
    file.metadata.pop(LAST, None)
    if catalog.active and not variant:
        file.metadata[LAST] = fingerprint(catalog.active[-1].msgid)
    for entry in catalog.entries:
        file.append(_write_entry(entry))
    for raw in catalog.foreign:
        file.append(raw)
    # polib writes an empty comment where there is none, and a blank line after the last entry.
    text = str(file) if catalog.header_comment else str(file).removeprefix("#\n")
    return text.rstrip("\n") + "\n"


def save_catalog(file: Path, catalog: Catalog, language: str, *, variant: bool = False) -> bool:
    """Write a catalog in one step, as ``render`` does; give whether bytes changed."""
    return write_atomic(file, render(catalog, language, variant=variant))


def load_catalogs(folder: Path, root: Path) -> tuple[dict[str, Catalog], list[Finding]]:
    """Read all catalogs of a locale, by page; unreadable ones are findings, all at once."""
    catalogs: dict[str, Catalog] = {}
    found: list[Finding] = []
    for file in sorted(folder.rglob("*.po")):
        page = file.relative_to(folder).with_suffix(".md").as_posix()
        try:
            catalogs[page] = load_catalog(file, page, root)
        except HelpcenterError as error:
            found += error.findings
    return catalogs, found
