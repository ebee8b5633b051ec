"""Progress bars on standard error; plain lines where it is not a terminal."""

from __future__ import annotations

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
def translation_progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show how far the translation of each locale is."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield (
            lambda tag, done, total: (
                console.print(f"{tag}: {done} of {total}", highlight=False) if done and total else None
            )
        )
        return
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    ) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(tag: str, done: int, total: int) -> None:
            if tag not in tasks:
                tasks[tag] = bar.add_task(tag, total=total)
            bar.update(tasks[tag], completed=done)

        yield tell
