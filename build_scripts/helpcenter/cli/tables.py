"""Tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from helpcenter.catalog import State
from helpcenter.diagnostics import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.review import LocaleStatus

_STYLES = {"missing": "red", "stale": "yellow", "machine": "cyan", "reviewed": "green", "approved": "bold green"}


def print_status(rows: Sequence[LocaleStatus], *, by_page: bool) -> None:
    """Print how far each locale is."""
    states = [str(state) for state in State]
    table = Table(box=None, pad_edge=False)
    table.add_column("locale")
    for state in states:
        table.add_column(state, justify="right", style=_STYLES[state])
    table.add_column("done", justify="right")
    for row in rows:
        _add(table, row.locale, row.states, states)
        for page, counts in row.pages.items() if by_page else ():
            _add(table, printable(f"  {page}"), counts, states)
    Console().print(table)


def _add(table: Table, name: str, counts: dict[str, int], states: list[str]) -> None:
    total = sum(counts.values())
    done = counts["reviewed"] + counts["approved"]
    share = f"{100 * done // total} %" if total else "–"
    table.add_row(name, *(str(counts[state] or "·") for state in states), share)
