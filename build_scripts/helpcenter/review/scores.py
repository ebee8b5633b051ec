"""Scores: one figure for what a page or a locale still needs of people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpcenter.catalog.sheets import sheet_file
from helpcenter.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale
    from helpcenter.review.status import LocaleStatus, Tally

FEWEST_REVISIONS = 20
"""From so many revisions of a locale on, their mean says what its machine texts are worth."""
UNKNOWN_LIKENESS = 50
"""What stands for that mean before: nobody knows yet."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Findings in the catalogs of a locale and those it builds on, by severity.

    Args:
        total: of the locale, with those in its other files.
        pages: by page, and by sheet.
    """

    total: Counter[Severity] = field(default_factory=Counter)
    pages: dict[str, Counter[Severity]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a locale.

    Args:
        total: of the locale.
        pages: by page, and by sheet.
        counts: the findings that they hold.
    """

    total: int
    pages: dict[str, int]
    counts: Counts


def score_locale(status: LocaleStatus, findings: Iterable[Finding], locale: Locale) -> Scores:
    """Give the scores of a locale and its pages.

    Args:
        status: how far it is.
        findings: of a check of it and of the locales it builds on.
        locale: the locale.
    """
    counts, likeness = count_findings(findings, locale), worth_of_machine(status)
    pages = {page: score(tally, likeness, counts.pages.get(page, {})) for page, tally in status.pages.items()}
    return Scores(score(status.tally, likeness, counts.total), pages, counts)


def sort_by_need(status: LocaleStatus, scores: Scores | None = None) -> list[str]:
    """Give the pages of a locale, those that need a person most first.

    These are the ones with the lowest score, or without scores the lowest share that a person vouches for; of two that are
    the same in this, the one with more words to read.
    """

    def need(page: str) -> tuple[float, int, str]:
        tally = status.pages[page]
        return (tally.share if scores is None else scores.pages[page], -tally.unread, page)

    return sorted(status.pages, key=need)


def count_findings(findings: Iterable[Finding], locale: Locale) -> Counts:
    """Count the findings that have to do with the texts of a locale, by page."""
    found = Counts()
    for finding in findings:
        folder, _, rest = finding.place.path.removeprefix("locales/").partition("/")
        if not finding.place.path.startswith("locales/") or folder not in locale.chain:
            continue
        if rest.startswith("catalog/") and rest.endswith(".po"):
            page = sheet_file(rest.removeprefix("catalog/").removesuffix(".po") + ".md")
            found.pages.setdefault(page, Counter())[finding.severity] += 1
        elif folder != locale.tag:
            continue
        found.total[finding.severity] += 1
    return found


def worth_of_machine(status: LocaleStatus) -> int:
    """Give how alike a locale's machine texts and what people make of them are, in whole per cent, as far as is known."""
    revisions = status.tally.revisions
    chrf = revisions.chrf
    return UNKNOWN_LIKENESS if chrf is None or revisions.texts < FEWEST_REVISIONS else round(chrf)


def score(tally: Tally, likeness: int, found: Mapping[Severity, int]) -> int:
    """Give the score of a page or locale, from 0 to 100, rounded down.

    ``100 · (reviewed + approved + machine · likeness / 200 - errors - warnings) / total``: a text that a person vouches for
    counts whole, one that a machine wrote for half of what is likely to be left of it, a missing or outdated one nothing; a
    finding takes a text away.

    Args:
        tally: of the page or locale.
        likeness: what ``worth_of_machine`` says of the locale.
        found: its findings by severity.
    """
    if not tally.total:
        return 100
    states = tally.states
    lost = found.get(Severity.ERROR, 0) + found.get(Severity.WARNING, 0)
    # In whole numbers, so that nothing is lost by rounding.
    points = 200 * (states["reviewed"] + states["approved"] - lost) + states["machine"] * likeness
    return max(points, 0) * 100 // (200 * tally.total)
