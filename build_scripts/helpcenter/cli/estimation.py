"""The estimate of a translation: locales whose catalogs have to be read are counted side by side."""

from __future__ import annotations

import os
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

from helpcenter.cli.translation import plan_locales, read_sources
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project.collection import without_collection
from helpcenter.site.workers import fork, shared
from helpcenter.translate.outcomes import Outcome
from helpcenter.translate.runner import estimate_locales

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.project import Locale, Project
    from helpcenter.translate.runner import Wishes

# So many catalogs take longer to read than a process takes to begin.
_FEWEST_CATALOGS = 400


@without_collection()
def estimate(project: Project, targets: Sequence[Locale], wishes: Wishes) -> Outcome:
    """Count what a run would ask for and what that would cost; ask nobody and write nothing.

    Args:
        project: the project.
        targets: the locales.
        wishes: what would be asked for.

    Raises:
        HelpcenterError: as ``estimate_locales`` and ``plan_locales`` do, with the findings of all locales.
    """
    sources = read_sources(project)

    def count(targets: Sequence[Locale]) -> Outcome:
        return estimate_locales(project, plan_locales(project, targets, sources), wishes)

    number = min(os.cpu_count() or 1, len(targets))
    if number > 1 and sum(_count_catalogs(project, locale) for locale in targets) >= _FEWEST_CATALOGS:
        # Each process counts several, for what all locales have in common is found out once in each.
        parts = [targets[first::number] for first in range(number)]
        try:
            with fork(number, (count, parts)) as pool:
                rows = {row.locale: row for part in pool.map(_count_part, range(number)) for row in part.rows}
            return Outcome(tuple(rows[locale.tag] for locale in targets), dry_run=True)
        except (HelpcenterError, BrokenProcessPool, OSError):
            # What is wrong is told of all locales at once, by one who has seen them all.
            pass
    return count(targets)


def _count_part(number: int) -> Outcome:
    count, parts = shared()
    outcome: Outcome = count(parts[number])
    return outcome


def _count_catalogs(project: Project, locale: Locale) -> int:
    return sum(1 for _ in project.catalog_folder(locale.tag).rglob("*.po"))
