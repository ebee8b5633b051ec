"""Fitness: what a page of a locale shows once the gate has judged its translations."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpcenter.review import PageText, publish_page

if TYPE_CHECKING:
    from helpcenter.catalog import Entry, LocaleTexts
    from helpcenter.checks.gate import Gate, Verdict
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project


class Refusal(NamedTuple):
    """A translation that is not shown.

    Args:
        verdict: why.
        entry: where it stands in its catalog.
        tag: of the locale that owns it.
    """

    verdict: Verdict
    entry: Entry
    tag: str


def fit_page(
    page: Page, project: Project, locale: Locale, texts: LocaleTexts, gate: Gate
) -> tuple[PageText, list[Refusal]]:
    """Decide what a page of a locale shows: where a text does not pass the gate, what it builds on takes its place.

    Returns:
        the texts, and those that were refused.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    refused: set[tuple[str, str]] = set()
    found: list[Refusal] = []
    while True:
        text = publish_page(page, project, locale, texts, without=refused)
        verdicts = gate.judge(page, text.texts) if text.texts else ()
        if not verdicts:
            return text, found
        for verdict in verdicts:
            entry, tag = text.origins[verdict.msgid]
            refused.add((verdict.msgid, tag))
            found.append(Refusal(verdict, entry, tag))
