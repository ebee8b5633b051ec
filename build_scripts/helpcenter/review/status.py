"""Status: how far each locale is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.catalog import LocaleTexts, State
from helpcenter.catalog.sheets import sheet_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.catalog import Sheet
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project


@dataclass(frozen=True, slots=True)
class LocaleStatus:
    """Counts of a locale.

    Args:
        locale: its tag.
        states: segments by state; each text of a page counts once.
        pages: the same by page, and by sheet where there are strings.
    """

    locale: str
    states: dict[str, int]
    pages: dict[str, dict[str, int]]

    @property
    def total(self) -> int:
        """All segments."""
        return sum(self.states.values())


def status_of(project: Project, pages: Sequence[Page], locale: Locale, sheets: Sequence[Sheet] = ()) -> LocaleStatus:
    """Count the segments of a locale by state, as its customers get them: with the texts it builds on.

    Where a locale builds on the source's language, a segment without a text of its own counts as ``reviewed``: it is in the
    right language, by the editor who wrote it.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    texts = LocaleTexts(project, locale)
    by_page: dict[str, dict[str, int]] = {}
    total: Counter[str] = Counter({str(state): 0 for state in State})
    is_source = locale.tag == project.source.tag
    needed = {page.path: {segment.text for segment in page.segments} for page in pages}
    for sheet in () if is_source else sheets:
        strings = sheet.sources(locale, texts.catalog(locale.tag, sheet.path))
        needed |= {sheet.path: {string.msgid for string in strings}} if strings else {}
    for path, msgids in needed.items():
        counts: Counter[str] = Counter()
        for msgid in msgids:
            hit = None if is_source else texts.entry(path, msgid)
            unwritten = State.REVIEWED if is_source or locale.builds_on_source else State.MISSING
            state = hit[0].state if hit is not None else unwritten
            counts[str(state)] += 1
        by_page[sheet_file(path)] = {str(state): counts[str(state)] for state in State}
        total.update(counts)
    return LocaleStatus(locale.tag, {str(state): total[str(state)] for state in State}, by_page)
