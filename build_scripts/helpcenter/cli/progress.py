"""Progress bars on standard error; plain lines where it is not a terminal."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from decimal import Decimal

    from helpcenter.translate.outcomes import Step

_SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def build_progress(locales: int) -> Iterator[Callable[[str, str], None]]:
    """Show how many locales are built.

    Args:
        locales: how many there are at most.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda tag, what: console.print(f"{what} {tag}", highlight=False) if what == "built" else None
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        console=console,
        transient=True,
    ) as bar:
        task = bar.add_task("building", total=2 * locales)

        def tell(tag: str, what: str) -> None:
            bar.update(task, advance=1, description=f"{what} {tag}")

        yield tell


@contextmanager
def translation_progress() -> Iterator[Callable[[Step], None]]:
    """Show how far the translation of each locale is: a bar for each, or a line now and then where nobody watches."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _PlainLines(console).tell
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=20),
        TextColumn("{task.fields[texts]}"),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[cost]}"),
        TextColumn("{task.fields[note]}", style="yellow"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(step: Step) -> None:
            if not step.total:
                return
            if step.locale not in tasks:
                total = step.all_characters
                tasks[step.locale] = bar.add_task(step.locale, total=total, texts="", rate="", cost="", note="")
            number = tasks[step.locale]
            speed = next(task.speed for task in bar.tasks if task.id == number)
            bar.update(
                number,
                completed=step.characters,
                texts=texts_of(step),
                rate=f"{speed:,.0f} characters/s" if speed else "",
                cost=money(step.cost) if step.cost else "",
                note=step.note,
            )

        yield tell


def texts_of(step: Step) -> str:
    """Say how many texts are done, and how many are not to be done."""
    failed = f", {step.failed} failed" if step.failed else ""
    return f"{step.done:,} of {step.total:,} texts{failed}"


def money(cost: Decimal | None) -> str:
    """Write an amount in euros; what is not known as a dash."""
    return "–" if cost is None else f"{cost:.2f} EUR"


class _PlainLines:
    """Tells of each locale when it is done, and between every few seconds.

    Args:
        console: where.
        clock: seconds that only grow.
    """

    def __init__(self, console: Console, clock: Callable[[], float] = time.monotonic) -> None:
        self._console = console
        self._clock = clock
        self._told = clock()
        self._note = ""

    def tell(self, step: Step) -> None:
        """Tell of a step, if it is time."""
        is_over = step.done + step.failed >= step.total
        is_news = bool(step.note) and step.note != self._note
        if not step.total or not (is_over or is_news or self._clock() - self._told >= _SECONDS_BETWEEN_LINES):
            return
        self._told = self._clock()
        self._note = step.note
        cost = f", {money(step.cost)}" if step.cost else ""
        note = f"; {step.note}" if step.note else ""
        line = f"{step.locale}: {texts_of(step)}, {step.characters:,} of {step.all_characters:,} characters{cost}{note}"
        self._console.print(line, highlight=False, soft_wrap=True)
