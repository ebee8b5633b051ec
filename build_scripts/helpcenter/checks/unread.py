"""Unread texts: what a machine wrote and nobody has read is expected to have faults, and is counted rather than told."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from helpcenter.catalog import State
from helpcenter.catalog.acceptance import entry_at
from helpcenter.diagnostics import Place, finding, known_codes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from helpcenter.catalog import Entry
    from helpcenter.diagnostics import Finding


def count_unread(found: Sequence[Finding], catalogs: Mapping[str, Iterable[Entry]], tag: str) -> list[Finding]:
    """Put the number of findings in unread texts in the place of these findings.

    Customers are told that such a text is a machine's, so that its style stands in nobody's way. What the gate refuses, and
    what else no reviewer could accept, is told all the same.

    Args:
        found: of a locale.
        catalogs: the entries of its files, by the path that places name.
        tag: the locale.
    """
    by_line = {path: sorted(entries, key=lambda entry: entry.line) for path, entries in catalogs.items()}
    unread = [one for one in found if _is_of_unread(one, by_line)]
    if not unread:
        return list(found)
    counted = Counter(one.code for one in unread)
    codes = ", ".join(f"{number} {code}" for code, number in sorted(counted.items(), key=lambda row: (-row[1], row[0])))
    message = f"{len(unread)} findings in texts of {tag} that nobody has read yet: {codes}"
    hint = f"'helpcenter check -l {tag} --unread' lists them, for whoever reviews"
    note = finding("check-unread", message, Place(f"locales/{tag}/catalog"), help=hint)
    return [*(one for one in found if one not in set(unread)), note]


def _is_of_unread(one: Finding, catalogs: Mapping[str, Sequence[Entry]]) -> bool:
    if one.place.line is None or one.place.path not in catalogs or not known_codes()[one.code].acceptable:
        return False
    entry = entry_at(catalogs[one.place.path], one.place.line)
    return entry is not None and entry.state is State.MACHINE
