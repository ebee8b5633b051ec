"""The ledger: what the last extraction knew of each catalog, so that the next one reads only those that a change can reach.

A catalog is known by the hash of its bytes.  One that has changed is read whatever the ledger says, and so is each that is
written; what is wrong in a ledger can leave a text unfound, and never overwrites one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from helpcenter.catalog.entries import Catalog, Entry, State, fingerprint
from helpcenter.catalog.keys import split_key
from helpcenter.content import has_words
from helpcenter.project.cache import load_cache, save_cache

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path


class Row(NamedTuple):
    """What is known of a catalog.

    Args:
        digest: of its bytes.
        outline: digest of the outline that it is in step with; empty when it is in step with none.
        texts: fingerprints of the source texts that it knows something of: those of its entries, and those that their
            translations were made for.
        missing: fingerprints of its segments without a text.
        aside: obsolete source texts that a person's translation waits for.
        due: fingerprints of its segments that a machine has something to do for.
        stale: how many of its entries in use are stale.
        blank: how many of them have no text.
    """

    digest: str
    outline: str
    texts: list[str]
    missing: list[str]
    aside: list[str]
    due: list[str]
    stale: int
    blank: int

    @classmethod
    def of(cls, catalog: Catalog, digest: str, outline: str = "") -> Row:
        """Note what there is to know of a catalog."""
        texts = {
            text for entry in catalog.entries if entry.msgstr or entry.comments for text in sources_of_entry(entry)
        }
        states = [entry.state for entry in catalog.active]
        return cls(
            digest,
            outline,
            sorted(map(fingerprint, texts)),
            sorted(fingerprint(entry.msgid) for entry in catalog.active if not entry.msgstr),
            [entry.msgid for entry in catalog.entries if is_waiting(entry)],
            [fingerprint(entry.msgid) for entry in catalog.active if is_due(entry)],
            states.count(State.STALE),
            states.count(State.MISSING),
        )

    def knows(self, texts: AbstractSet[str]) -> bool:
        """Whether it knows something of one of some texts, given by their fingerprints."""
        return not texts.isdisjoint(self.texts)


def sources_of_entry(entry: Entry) -> set[str]:
    """Give the source texts that an entry has to do with: its own, and the one its translation was made for."""
    return {entry.msgid, entry.previous or entry.msgid}


def is_waiting(entry: Entry) -> bool:
    """Whether a person's text waits in an obsolete entry for a segment that needs it."""
    return entry.obsolete and bool(entry.msgstr) and not entry.is_machine_text


def is_due(entry: Entry) -> bool:
    """Whether a machine has something to do for an entry in use: to fill it, or to suggest a text beside a person's old one."""
    if entry.state is State.MISSING:
        return _is_translatable(entry.msgid)
    # A stale text that a person wrote gets one suggestion beside it, not another one at every run.
    is_due = entry.state is State.STALE and (entry.is_machine_text or entry.suggestion is None)
    return is_due and not split_key(entry.msgid).plural


# Every locale asks for the same texts.
@lru_cache(maxsize=1 << 16)
def _is_translatable(msgid: str) -> bool:
    key = split_key(msgid)
    # How a language counts is left to those who know it.
    return not key.plural and has_words(key.text)


@dataclass
class Ledger:
    """What is known of the catalogs of a locale, by the path of their page.

    Args:
        file: where it is kept; nowhere when None.
        code: the version of the code that may read it.
        rows: by path.
    """

    file: Path | None = None
    code: str = ""
    rows: dict[str, Row] = field(default_factory=dict)

    @classmethod
    def load(cls, file: Path, code: str) -> Ledger:
        """Read a ledger; an empty one where there is none that can be used."""
        known: Mapping[str, Iterable[Any]] = load_cache(file, code) or {}
        return cls(file, code, {path: Row(*row) for path, row in known.items()})

    def save(self) -> None:
        """Keep it for the next run."""
        if self.file is not None:
            save_cache(self.file, self.code, self.rows)

    def within_reach(self, changed: Iterable[str], wanted: AbstractSet[str]) -> set[str]:
        """Give the catalogs that may change because others have.

        Args:
            changed: paths of the catalogs and pages that have changed.
            wanted: fingerprints of the source texts of these pages.

        Returns:
            Those that miss a text that may be known now.
        """
        known = set(wanted).union(*(self.rows[path].texts for path in changed if path in self.rows))
        return {path for path, row in self.rows.items() if not known.isdisjoint(row.missing)}
