"""Glossaries: whether the translations of a language keep to its terms, and whether its glossary agrees with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import catalog_path
from helpcenter.checks.places import TextPlaces
from helpcenter.checks.quality import read_pairs
from helpcenter.diagnostics import Finding, finding
from helpcenter.quality.terms import find_term_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.catalog import Entry
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.project import Project
    from helpcenter.quality import Direction


def check_glossary(
    project: Project,
    page: str,
    entries: Sequence[Entry],
    direction: Direction,
    glossary: Glossary,
    labels: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Check the translations of a page or sheet against the glossary of their locale.

    Args:
        project: the project.
        page: path below the content folder, or of a sheet.
        entries: the locale's own, whose texts are shown.
        direction: from which language into which; its target is the locale whose catalog this is.
        glossary: of the locale.
        labels: of the page's link references.
    """
    places = TextPlaces(project, catalog_path(project.catalog_folder(direction.target), page))
    return [
        finding(problem.code, problem.message, places.place(entry, problem.span), help=problem.help)
        for entry, pair in (read_pairs(page, entries, labels) if glossary.terms else ())
        for problem in find_term_problems(pair, direction, glossary)
    ]
