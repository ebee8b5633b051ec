"""Tables for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from helpcenter.catalog import State
from helpcenter.diagnostics import Severity, printable
from helpcenter.review import sort_by_need

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from decimal import Decimal

    from rich.console import JustifyMethod

    from helpcenter.exchange import Match, Pair
    from helpcenter.review import LocaleStatus, ProviderTally, Scores, Tally, Verdict

_STYLES = {"missing": "red", "stale": "yellow", "machine": "cyan", "reviewed": "green", "approved": "bold green"}


def print_status(rows: Sequence[LocaleStatus], scores: Mapping[str, Scores], *, by_page: bool) -> None:
    """Print how far each locale is, within 80 columns; then its pages, those first that need a person most.

    Args:
        rows: the locales.
        scores: by locale; empty where none were asked for.
        by_page: whether pages are printed.
    """
    console = Console(highlight=False)
    states = [str(state) for state in State]
    columns = [*states, "done", "words", "chrF", *(["found", "score"] if scores else [])]
    table = _table("locale", columns, gap=1 if scores else 2)
    for row in rows:
        given = scores.get(row.locale)
        shares = [_percent(row.tally.share), _percent(row.tally.word_share), _likeness(row.tally)]
        counted = [] if given is None else [_count_found(given.counts.total), str(given.total)]
        table.add_row(row.locale, *(str(row.states[state] or "·") for state in states), *shares, *counted)
    console.print(table)
    for row in rows if by_page else ():
        console.print()
        console.print(_page_table(row, scores.get(row.locale)))


def _page_table(row: LocaleStatus, scores: Scores | None) -> Table:
    states = ["missing", "stale", "machine"]
    # As narrow as can be, for the names of pages are long.
    table = _table(row.locale, [*states, "unread", *(["done"] if scores is None else ["found", "score"])], gap=1)
    for page in sort_by_need(row, scores):
        tally = row.pages[page]
        cells = [*(str(tally.states[state] or "·") for state in states), str(tally.unread or "·")]
        if scores is None:
            cells.append(_percent(tally.share))
        else:
            cells += [_count_found(scores.counts.pages.get(page, {})), str(scores.pages[page])]
        table.add_row(Text(printable(page)), *cells)
    return table


def _table(first: str, columns: Sequence[str], *, gap: int) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, gap, 0, 0))
    table.add_column(first, overflow="fold")
    for column in columns:
        table.add_column(column, justify="right", no_wrap=True, style=_STYLES.get(column, ""))
    return table


def _percent(share: float) -> str:
    """Write a share, rounded down: only what is whole is 100 %."""
    return f"{int(100 * share)} %"


def _likeness(tally: Tally) -> str:
    chrf = tally.revisions.chrf
    return "·" if chrf is None else f"{chrf:.0f}"


def _count_found(counts: Mapping[Severity, int]) -> str:
    """Count the findings that take from a score."""
    return str(counts.get(Severity.ERROR, 0) + counts.get(Severity.WARNING, 0) or "·")


def print_providers(
    tallies: Sequence[ProviderTally], verdicts: Sequence[Verdict], costs: Mapping[tuple[str, str], Decimal | None]
) -> None:
    """Print what became of the texts of each provider, and which needs least editing.

    Args:
        tallies: of all locales.
        verdicts: one for each locale.
        costs: in euros, by locale and provider; None where it is not known.
    """
    table = Table(box=None, pad_edge=False)
    table.add_column("locale", no_wrap=True)
    table.add_column("provider", overflow="fold")
    for column in ("texts", "unread", "known", "as is", "chrF", "95 %", "edits", "EUR"):
        table.add_column(column, justify="right", no_wrap=True)
    for tally in tallies:
        revisions, interval, cost = tally.revisions, tally.interval, costs.get((tally.locale, tally.provider))
        known = f"{revisions.texts}/{revisions.texts + revisions.unknown}"
        table.add_row(
            tally.locale,
            Text(printable(tally.provider)),
            str(tally.texts),
            str(tally.unread or "·"),
            known,
            _percent(revisions.unchanged / revisions.texts) if revisions.texts else "·",
            "·" if revisions.chrf is None else f"{revisions.chrf:.1f}",
            "·" if interval is None else f"{interval.low:.0f}–{interval.high:.0f}",
            str(revisions.edits),
            "·" if cost is None else f"{cost:.2f}",
        )
    console = Console(highlight=False)
    console.print(table)
    console.print()
    for verdict in verdicts:
        console.print(Text(f"{verdict.locale}: {printable(verdict.why)}"))


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


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]], right: Collection[int] = ()) -> None:
    """Print a plain table; what does not fit into a line is folded.

    Args:
        columns: their names.
        rows: texts, as many as there are columns.
        right: numbers of the columns that hold figures.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for number, column in enumerate(columns):
        side: JustifyMethod = "right" if number in right else "left"
        # The first names what the row is about, and is what somebody copies.
        table.add_column(column, overflow="fold", justify=side, no_wrap=number == 0)
    for row in rows:
        table.add_row(*(Text(printable(cell)) for cell in row))
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
