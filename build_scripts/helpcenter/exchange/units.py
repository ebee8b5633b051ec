"""Units: what a file of another tool says, whatever its format."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.catalog import State

if TYPE_CHECKING:
    from helpcenter.exchange.inlines import Content


@dataclass(frozen=True, slots=True)
class Unit:
    """A text and its translation in a file.

    Args:
        source: the text.
        target: its translation; empty where there is none.
        state: how far it may be relied on: ``stale`` for a draft, ``machine`` for a text that nobody has reviewed, whoever
            wrote it, ``reviewed``, ``approved``.
        pages: paths of the pages it stands on, where the file names some.
        id: as the file has it; empty where it has none.
        line: 1-based.
        note: provenance of a machine text, as the line of a catalog says it; empty where there is none.
        previous: of an outdated text, the source it was made for; empty where that is not said.
        hard: of an outdated text, whether it may be false.
    """

    source: Content
    target: Content
    state: State = State.MACHINE
    pages: tuple[str, ...] = ()
    id: str = ""
    line: int = 0
    note: str = ""
    previous: str = ""
    hard: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file of another tool.

    Args:
        form: ``XLIFF 2``, ``XLIFF 1.2`` or ``TMX``.
        source: language of the texts; empty where each unit has its own.
        target: language of the translations; empty where each unit has its own, and was chosen when the file was read.
        units: in the order of the file.
    """

    form: str
    source: str
    target: str
    units: tuple[Unit, ...]
