"""Comments of an entry: the lines that helpcenter writes, and the notes of translators between which they stand."""

from __future__ import annotations

import re
from itertools import chain, combinations, product
from typing import TYPE_CHECKING, NamedTuple

import polib

from helpcenter.catalog.acceptance import ACCEPT
from helpcenter.catalog.entries import SIGNATURES, Adopted, Entry, Machine, Revision, Signature, fingerprint

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# The terms and the revision stand before the output, so that every line ends with it: see _WHOLE.
_MACHINE = re.compile(
    r"mt: (?P<provider>\S+) src=(?P<source>[0-9a-f]+)(?: terms=(?P<glossary>[0-9a-f]+))?"
    r"(?: chrf=(?P<chrf>100|[0-9]{1,2}) edits=(?P<edits>[0-9]{1,9}))? out=(?P<output>[0-9a-f]+)"
)
_SIGNATURE = re.compile(
    r"(?P<what>reviewed|approved): (?P<who>.+) (?P<date>\d{4}-\d{2}-\d{2})"
    r"(?: src=(?P<source>[0-9a-f]+))?(?: text=(?P<text>[0-9a-f]+))?"
)
_STALE = re.compile(r"stale:(?= )(?P<hard> hard)?(?: text=(?P<text>[0-9a-f]+))?")
_QUOTED = r': "(?P<text>(?:[^"\\]|\\.)*)"(?: text=(?P<print>[0-9a-f]{12}))?'
_ALSO = re.compile(r"also(?: \((?P<who>.+) (?P<date>\d{4}-\d{2}-\d{2})\))?" + _QUOTED)
_ADOPTED = re.compile(r"adopted: (?P<file>.+) text=(?P<text>[0-9a-f]+)")
_SUGGESTION = re.compile("suggest" + _QUOTED)
# Earlier versions did not mark where it ends.
_OLD_SUGGESTION = "suggest: "
_OURS = ("mt:", "adopted:", *SIGNATURES, "stale:", "suggest:", ACCEPT)
_QUOTING = ('suggest: "', 'also: "', "also (")
# What helpcenter writes ends with a fingerprint: that tells a line that was wrapped from a note that follows it.
_WHOLE = re.compile(r"(?:(?:mt|adopted|reviewed|approved|stale):.*|accept:[a-z0-9=, -]*) (?:out|text)=[0-9a-f]{12}")
_PRINT = re.compile(r"text=[0-9a-f]{12}")
_HYPHEN = re.compile(r"\w-$")
# What a tool that wraps lines may drop where it breaks one, and where it breaks one besides at spaces: a text with any of
# this is given with its fingerprint, so that the lines can be put together as they were.
_AMBIGUOUS = re.compile(r"\w- |[^\S ]|  |--")
_BREAKS = (" ", "", "  ", "\u00a0", "\u202f", "\u2009", "\u3000")
_MOST_UNUSUAL = 2


class Notes(NamedTuple):
    """What the comments of an entry say; the fields are those of ``Entry``."""

    machine: Machine | None = None
    adopted: Adopted | None = None
    reviewed: Signature | None = None
    approved: Signature | None = None
    hard: bool = False
    settled: str = ""
    suggestion: str | None = None
    comments: tuple[str, ...] = ()


NO_NOTES = Notes()


def read_notes(comment: str) -> Notes:
    """Read our own lines of a comment, and keep the translators'; what a tool wrapped is put together again."""
    lines = [words.rstrip() for words in comment.split("\n")]
    notes = _read_lines(lines)
    # Among what is not ours there may be the rest of a line of ours.
    return _read_lines(_unwrap(lines)) if notes.comments else notes


def read_also(comment: str) -> tuple[str, Signature | None] | None:
    """Read a note of another text for the same source, and who had signed it; None where it is no such note."""
    match = _ALSO.fullmatch(comment)
    if match is None:
        return None
    signature = Signature(match["who"], match["date"]) if match["who"] else None
    return polib.unescape(match["text"]), signature


def write_also(text: str, signature: Signature | None) -> str:
    """Write the note of another text for the same source, and who had signed it."""
    by = "" if signature is None else f" ({signature.who} {signature.date})"
    return f"also{by}: {_quote(text)}"


def _quote(text: str) -> str:
    """Write a text on one line, so that its end is known and it can be put together again after a tool has wrapped it."""
    escaped = polib.escape(text)
    is_plain = _AMBIGUOUS.search(escaped) is None and escaped == escaped.strip()
    return f'"{escaped}"' if is_plain else f'"{escaped}" text={fingerprint(text)}'


def write_machine(machine: Machine) -> str:
    """Write the line that says where a machine's text comes from."""
    terms = f" terms={machine.glossary}" if machine.glossary else ""
    revision = f" chrf={machine.revision.chrf} edits={machine.revision.edits}" if machine.revision else ""
    return f"mt: {machine.provider} src={machine.source}{terms}{revision} out={machine.output}"


def write_notes(entry: Entry) -> str:
    """Write the comment of an entry."""
    lines = list(entry.comments)
    if entry.machine is not None:
        lines.append(write_machine(entry.machine))
    if entry.adopted is not None:
        lines.append(f"adopted: {entry.adopted.file} text={entry.adopted.text}")
    for what, signature in (("reviewed", entry.reviewed), ("approved", entry.approved)):
        if signature is not None:
            source = f" src={signature.source}" if signature.source else ""
            text = f" text={signature.text}" if signature.text else ""
            lines.append(f"{what}: {signature.who} {signature.date}{source}{text}")
    if entry.hard or entry.settled:
        text = f" text={entry.settled}" if entry.settled else ""
        lines.append(f"stale:{' hard' if entry.hard else ''}{text}")
    if entry.suggestion is not None:
        lines.append(f"suggest: {_quote(entry.suggestion.strip())}")
    return "\n".join(lines)


def _read_lines(lines: Sequence[str]) -> Notes:
    machine = adopted = reviewed = approved = suggestion = None
    hard, settled = False, ""
    comments = []
    for words in lines:
        if match := _SIGNATURE.fullmatch(words):
            what, who, date, source, text = match.groups()
            signature = Signature(who, date, text or "", source or "")
            if what == "reviewed":
                reviewed = signature
            else:
                approved = signature
        elif match := _MACHINE.fullmatch(words):
            revision = Revision(int(match["chrf"]), int(match["edits"])) if match["chrf"] else None
            machine = Machine(match["provider"], match["source"], match["output"], match["glossary"] or "", revision)
        elif match := _ADOPTED.fullmatch(words):
            adopted = Adopted(*match.groups())
        elif match := _STALE.fullmatch(words):
            hard, settled = match["hard"] is not None, match["text"] or ""
        elif match := _SUGGESTION.fullmatch(words):
            suggestion = polib.unescape(match["text"])
        elif words.startswith(_OLD_SUGGESTION):
            suggestion = polib.unescape(words.removeprefix(_OLD_SUGGESTION))
        else:
            comments.append(words)
    return Notes(machine, adopted, reviewed, approved, hard, settled, suggestion, tuple(comments))


def _unwrap(lines: list[str]) -> list[str]:
    """Put our own lines together again where a tool has wrapped them."""
    whole = []
    while lines:
        count = _count_quoted(lines) if lines[0].startswith(_QUOTING) else _count_wrapped(lines)
        joined = _join(lines[:count])
        if count > 1 and (match := _match_quoted(joined)) and not _is_exact(match):
            joined = next(filter(_is_exact_line, _join_unusually(lines[:count])), joined)
        whole.append(joined)
        lines = lines[count:]
    return whole


def _count_wrapped(lines: list[str]) -> int:
    """Give how many lines the first one was wrapped into; 1 where they make no whole line of ours."""
    if lines[0].startswith(_OURS):
        for count in range(1, len(lines) + 1):
            if count > 1 and (not lines[count - 1] or lines[count - 1].startswith(_OURS)):
                break
            if _WHOLE.fullmatch(_join(lines[:count])):
                return count
    return 1


def _count_quoted(lines: list[str]) -> int:
    """Give how many lines a text in quotes was wrapped into: up to its closing one, and its fingerprint."""
    for count in range(1, len(lines) + 1):
        if _match_quoted(_join(lines[:count])):
            return count + (count < len(lines) and _PRINT.fullmatch(lines[count]) is not None)
    return 1


def _match_quoted(line: str) -> re.Match[str] | None:
    return _SUGGESTION.fullmatch(line) or _ALSO.fullmatch(line)


def _is_exact(match: re.Match[str]) -> bool:
    return match["print"] in {None, fingerprint(polib.unescape(match["text"]))}


def _is_exact_line(line: str) -> bool:
    match = _match_quoted(line)
    return match is not None and _is_exact(match)


def _join_unusually(lines: Sequence[str]) -> Iterator[str]:
    """Give the ways to put lines together in which a few were not broken where most are."""
    usual = ["" if _HYPHEN.search(words) else " " for words in lines[:-1]]
    for count in range(1, _MOST_UNUSUAL + 1):
        for places in combinations(range(len(usual)), count):
            for breaks in product(_BREAKS, repeat=count):
                tried = list(usual)
                for place, characters in zip(places, breaks, strict=True):
                    tried[place] = characters
                yield "".join(chain.from_iterable(zip(lines, [*tried, ""], strict=True)))


def _join(lines: Sequence[str]) -> str:
    joined = lines[0]
    for words in lines[1:]:
        # Some tools break a line behind a hyphen as well as at a space.
        joined += words if _HYPHEN.search(joined) else f" {words}"
    return joined
