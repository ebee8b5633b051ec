"""The table of what a run of translations did, or would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table

from helpcenter.cli.progress import money
from helpcenter.translate.outcomes import add_costs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.translate.outcomes import LocaleOutcome, Outcome

# Over figures that are shown only where there are any.
_HEADS = {"known": "reused", "failed": "failed", "left": "not sent"}


def print_translation(outcome: Outcome) -> None:
    """Print the figures of each locale and provider, and their total."""
    asked = [row for row in outcome.rows if row.requests or row.failed or row.left]
    if not asked:
        known = sum(row.known for row in outcome.rows)
        click.echo(f"nothing to ask for{f'; {known} texts were there already' if known else ''}")
        return
    extra = [name for name in _HEADS if any(getattr(row, name) for row in asked)]
    table = Table(box=None, pad_edge=False)
    table.add_column("locale", no_wrap=True)
    table.add_column("provider", overflow="fold")
    for name in ("texts", "characters", "requests", "cost", *(_HEADS[name] for name in extra)):
        table.add_column(name, justify="right", no_wrap=True, style="red" if name == "failed" else None)
    for row in asked:
        _add(table, row, extra)
    if len(asked) > 1:
        total = [f"{sum(getattr(row, name) for row in asked):,}" for name in ("texts", "characters", "requests")]
        rest = [f"{sum(getattr(row, name) for row in asked):,}" for name in extra]
        table.add_row("total", "", *total, money(add_costs(row.cost for row in asked)), *rest, style="bold")
    Console(highlight=False).print(table)


def print_comparison(outcomes: Sequence[tuple[str, Outcome]]) -> None:
    """Print what each of some providers would be asked, and what it would cost, for all locales together."""
    table = Table(box=None, pad_edge=False)
    table.add_column("provider", no_wrap=True)
    for name in ("locales", "texts", "characters", "requests", "cost"):
        table.add_column(name, justify="right", no_wrap=True)
    for name, outcome in outcomes:
        asked = [row for row in outcome.rows if row.texts]
        figures = [f"{sum(getattr(row, key) for row in asked):,}" for key in ("texts", "characters", "requests")]
        table.add_row(name, f"{len(asked):,}", *figures, money(add_costs(row.cost for row in asked)))
    Console(highlight=False).print(table)


def _add(table: Table, row: LocaleOutcome, extra: list[str]) -> None:
    for number, share in enumerate(row.shares):
        figures = [f"{share.texts:,}", f"{share.characters:,}", f"{share.requests:,}", money(share.cost)]
        rest = ["" if number else f"{getattr(row, name):,}" for name in extra]
        table.add_row("" if number else row.locale, share.provider, *figures, *rest)
