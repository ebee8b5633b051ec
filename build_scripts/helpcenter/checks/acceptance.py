"""Acceptance: findings that a reviewer took for no faults are not told, as long as the words are the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog.acceptance import acceptances_of, entry_at, is_accepted
from helpcenter.diagnostics import Place, finding, known_codes, suggest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from helpcenter.catalog import Entry
    from helpcenter.diagnostics import Finding


def settle(found: Sequence[Finding], catalogs: Mapping[str, Iterable[Entry]]) -> list[Finding]:
    """Leave out the findings that were accepted, and tell of what was accepted in vain.

    Args:
        found: of a locale.
        catalogs: the entries of its files, by the path that places name.
    """
    told = [one for path, entries in catalogs.items() for entry in entries for one in _check_notes(path, entry)]
    return [*(one for one in found if not _is_settled(one, catalogs)), *told]


def _is_settled(one: Finding, catalogs: Mapping[str, Iterable[Entry]]) -> bool:
    if one.place.line is None or one.place.path not in catalogs or not known_codes()[one.code].acceptable:
        return False
    entries = sorted(catalogs[one.place.path], key=lambda entry: entry.line)
    entry = entry_at(entries, one.place.line)
    return entry is not None and is_accepted(entry, one.code)


def _check_notes(path: str, entry: Entry) -> Iterator[Finding]:
    """Find acceptances of an entry that hold for nothing."""
    place = Place(path, entry.line or None)
    for one in acceptances_of(entry):
        known = known_codes()
        for code in one.codes:
            if code not in known:
                acceptable = [name for name, entry in known.items() if entry.acceptable]
                hint = suggest(code, acceptable) or "'helpcenter explain' lists the codes"
                yield finding("accept-code", f"there is no finding '{code}'", place, help=hint)
            elif not known[code].acceptable:
                hint = "mend what the finding says, and take the line out"
                yield finding("accept-code", f"'{code}' cannot be accepted", place, help=hint)
        if not one.holds_for(entry):
            codes = ", ".join(f"'{code}'" for code in one.codes)
            hint = f"read the text again; take the line 'accept: {', '.join(one.codes)} …' out, or accept it anew"
            yield finding("accept-void", f"{codes} was accepted for other words, or another source", place, help=hint)
