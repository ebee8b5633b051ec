"""Quality: the findings of all that can be told of a translation by looking at it and its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import catalog_path
from helpcenter.catalog.keys import is_sheet, split_key
from helpcenter.checks.places import TextPlaces
from helpcenter.diagnostics import Finding, finding
from helpcenter.quality import Direction, Pair, find_problems
from helpcenter.quality.register import find_mixed
from helpcenter.regions.brands import load_brands

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from helpcenter.catalog import Entry
    from helpcenter.project import Locale, Project


def direction_of(project: Project, locale: Locale) -> Direction:
    """Give from which language into which the texts of a locale are translated."""
    brands = load_brands(project.regions_folder, project.source.tag)
    return Direction(project.source.tag, locale.tag, locale.settings.formality, brands)


def check_quality(
    project: Project, page: str, entries: Sequence[Entry], direction: Direction, labels: frozenset[str] = frozenset()
) -> list[Finding]:
    """Check translations of a page or sheet that are shown.

    Args:
        project: the project.
        page: path below the content folder, or of a sheet.
        entries: the locale's own, with a text.
        direction: from which language into which; its target is the locale whose catalog this is.
        labels: of the page's link references.
    """
    places = TextPlaces(project, catalog_path(project.catalog_folder(direction.target), page))
    read = list(read_pairs(page, (entry for entry in entries if not _is_pretended(entry)), labels))
    problems = [(entry, problem) for entry, pair in read for problem in find_problems(pair, direction)]
    mixed = find_mixed([pair for _, pair in read], direction)
    if mixed is not None:
        index, problem = mixed
        problems.append((read[index][0], problem))
    return [
        finding(problem.code, problem.message, places.place(entry, problem.span), help=problem.help)
        for entry, problem in problems
    ]


def _is_pretended(entry: Entry) -> bool:
    """Whether a text was only made to look translated: it is in no language, and everybody sees that."""
    return entry.machine is not None and entry.machine.provider == "pseudo" and entry.is_machine_text


def read_pairs(
    page: str, entries: Iterable[Entry], labels: frozenset[str] = frozenset()
) -> Iterator[tuple[Entry, Pair]]:
    """Give the pairs of source and translation that entries of a page or sheet hold; those with plural forms are none.

    The source of a stale text is the one that it was made for: that the new one says something else is told of it already.
    """
    for entry in entries:
        if entry.msgstr and not split_key(entry.msgid).plural:
            key = entry.msgid if entry.previous is None else entry.previous
            source = split_key(key).text if is_sheet(page) else key
            yield entry, Pair(source, entry.msgstr, entry.kind, labels, is_sheet(page))
