"""Tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpcenter.catalog import State
from helpcenter.diagnostics import printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.exchange import Match, Pair
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


def print_matches(matches: Sequence[Match]) -> None:
    """Print what a memory holds of a text: likeness and state on the left, both texts and where they stand on the right."""
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    table.add_column(justify="right", no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for number, match in enumerate(matches):
        if number:
            table.add_row()
        pair = match.pair
        mark = "in" if match.kind == "contains" else f"{match.score:.0f} %"
        # No markup: square brackets are those of Markdown.
        table.add_row(Text(mark), Text(pair.state, style=_STYLES[pair.state]), Text(_shown(pair.source)))
        if pair.previous not in {None, pair.source}:
            table.add_row(None, None, Text(f"was: {_shown(pair.previous or '')}", style="dim"))
        table.add_row(None, None, Text(_shown(pair.target), style="bold"))
        table.add_row(None, None, Text(printable(" · ".join(_origin(pair))), style="dim"))
    Console(highlight=False).print(table)


def _shown(text: str) -> str:
    return printable(" ".join(text.split("\n")))


def _origin(pair: Pair) -> list[str]:
    """Say where a text stands, and who wrote it or vouches for it."""
    parts = [", ".join(pair.references) or "no page needs it", f"{pair.file}:{pair.line}"]
    if pair.role == "suggestion":
        parts.append("a suggestion beside another text")
    elif pair.role == "also":
        parts.append("noted beside another text")
    if pair.machine:
        parts.append(
            f"by {pair.machine.provider}" + (", with other terms than the glossary has now" if pair.is_older else "")
        )
    for what, signature in (("reviewed", pair.reviewed), ("approved", pair.approved)):
        if signature is not None:
            parts.append(f"{what} by {signature.who} {signature.date}")
    return parts
