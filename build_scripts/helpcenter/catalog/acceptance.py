"""Acceptance: a reviewer's word that a finding is no fault, noted in the entry and bound to the words it was given for.

``# accept: translation-end`` is what a person writes; ``extract`` and ``approve`` add the fingerprints of both sides.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.catalog.entries import fingerprint

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.catalog.entries import Entry

ACCEPT = "accept:"
_LINE = re.compile(
    r"accept:\s*(?P<codes>[a-z0-9][a-z0-9, -]*?)[, ]*(?: src=(?P<source>[0-9a-f]{12}))?(?: text=(?P<text>[0-9a-f]{12}))?"
)
_BETWEEN = re.compile(r"[, ]+")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What a line of acceptance says.

    Args:
        codes: of the findings that are no faults.
        source: fingerprint of the source text that the translation was made for; empty where no tool has added it yet.
        text: fingerprint of the translation; empty as above.
    """

    codes: tuple[str, ...]
    source: str = ""
    text: str = ""

    @property
    def is_bound(self) -> bool:
        """Whether it says for which words it was given."""
        return bool(self.source or self.text)

    def holds_for(self, entry: Entry) -> bool:
        """Whether it was given for the words that stand in an entry now, or was written just now."""
        source, text = _prints(entry)
        return self.source in {"", source} and self.text in {"", text}

    def __str__(self) -> str:
        """Write the line, as a comment holds it."""
        prints = f" src={self.source} text={self.text}" if self.is_bound else ""
        return f"{ACCEPT} {', '.join(self.codes)}{prints}"


def _prints(entry: Entry) -> tuple[str, str]:
    """Give the fingerprints of the text that a translation was made for, and of the translation."""
    return fingerprint(entry.msgid if entry.previous is None else entry.previous), fingerprint(entry.msgstr)


def read_acceptance(note: str) -> Acceptance | None:
    """Read a comment line; None where it accepts nothing."""
    match = _LINE.fullmatch(note) if note.startswith(ACCEPT) else None
    if match is None:
        return None
    codes = tuple(dict.fromkeys(filter(None, _BETWEEN.split(match["codes"]))))
    return Acceptance(codes, match["source"] or "", match["text"] or "")


def acceptances_of(entry: Entry) -> list[Acceptance]:
    """Give what is accepted in an entry, whether it still holds or not."""
    return [one for note in entry.comments if (one := read_acceptance(note)) is not None]


def is_accepted(entry: Entry, code: str) -> bool:
    """Whether a reviewer has accepted findings of a code for the words that stand in an entry now."""
    return any(code in one.codes and one.holds_for(entry) for one in acceptances_of(entry))


def bind_acceptances(entry: Entry) -> Entry:
    """Note for which words the acceptances hold that a person has just written."""
    if not entry.msgstr or not any(note.startswith(ACCEPT) for note in entry.comments):
        return entry
    source, text = _prints(entry)
    comments = (
        str(Acceptance(one.codes, source, text)) if (one := read_acceptance(note)) and not one.is_bound else note
        for note in entry.comments
    )
    return replace(entry, comments=tuple(comments))


def with_acceptance(entry: Entry, code: str) -> Entry:
    """Accept findings of a code for the words that stand in an entry; what was accepted of it for others goes.

    All that holds for these words stands on one line.
    """
    holding, notes = [code], []
    for note in entry.comments:
        one = read_acceptance(note)
        if one is None:
            notes.append(note)
        elif one.holds_for(entry):
            holding += one.codes
        elif rest := tuple(other for other in one.codes if other != code):
            notes.append(str(replace(one, codes=rest)))
    line = Acceptance(tuple(sorted(set(holding))), *_prints(entry))
    return replace(entry, comments=(*notes, str(line)))


def entry_at(entries: Sequence[Entry], line: int) -> Entry | None:
    """Give the entry of a file in which a line stands.

    Args:
        entries: of one file, in its order.
        line: 1-based, of the msgid or behind it.
    """
    index = bisect_right(entries, line, key=lambda entry: entry.line)
    return entries[index - 1] if index else None
