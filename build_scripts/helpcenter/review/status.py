"""Status: how far each locale is, and how much its machines leave to do."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.catalog import LocaleTexts, State
from helpcenter.catalog.keys import is_sheet, split_key
from helpcenter.catalog.sheets import sheet_file
from helpcenter.quality.pairs import blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from helpcenter.catalog import Entry, Sheet
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project

# Scripts that put no spaces between words are counted by character, as translators do (Unicode: Han, Hiragana, Katakana).
_SPACELESS = r"[\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff]"
_LETTERS = rf"(?:(?!{_SPACELESS})[^\W_])+"
_WORD = re.compile(rf"{_SPACELESS}|{_LETTERS}(?:['’-]{_LETTERS})*")

MOST_UNKNOWN = 0.1
"""Up to this share of revisions that nobody knows, the others stand for all."""


@dataclass(slots=True)
class Revisions:
    """How much of machines' texts is left in the ones that people vouch for.

    Args:
        texts: of so many it is known.
        unknown: of so many that a machine wrote first it is not.
        unchanged: so many are as the machine wrote them.
        edits: characters that were changed in all of them.
        characters: of the known texts.
        weighted: sum of chrF times characters.
    """

    texts: int = 0
    unknown: int = 0
    unchanged: int = 0
    edits: int = 0
    characters: int = 0
    weighted: int = 0

    def add(self, entry: Entry) -> None:
        """Count an entry."""
        if entry.machine is None or not entry.is_relied_on:
            return
        revision = entry.revision
        if revision is None:
            self.unknown += 1
            return
        self.texts += 1
        self.unchanged += revision.edits == 0 and revision.chrf == 100  # noqa: PLR2004 - nothing was changed
        self.edits += revision.edits
        self.characters += len(entry.msgstr)
        self.weighted += revision.chrf * len(entry.msgstr)

    def merge(self, other: Revisions) -> None:
        """Count what another has counted."""
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def is_fair(self) -> bool:
        """Whether the known ones stand for all: a text that was signed unchanged is always known, one that was changed not."""
        return self.texts > 0 and self.unknown <= MOST_UNKNOWN * (self.texts + self.unknown)

    @property
    def chrf(self) -> float | None:
        """Mean likeness of a machine's text and what became of it, from 0 to 100, by length; None where it is not fair."""
        return self.weighted / self.characters if self.is_fair else None


@dataclass(slots=True)
class Tally:
    """What is counted of a page or a locale; each text of a page counts once.

    Args:
        states: texts by state.
        words: words of their sources by state.
        revisions: of those that a machine wrote and a person vouches for.
    """

    states: dict[str, int] = field(default_factory=lambda: dict.fromkeys(map(str, State), 0))
    words: dict[str, int] = field(default_factory=lambda: dict.fromkeys(map(str, State), 0))
    revisions: Revisions = field(default_factory=Revisions)

    def add(self, state: State, words: int) -> None:
        """Count a text."""
        self.states[str(state)] += 1
        self.words[str(state)] += words

    def merge(self, other: Tally) -> None:
        """Count what another has counted."""
        for state in self.states:
            self.states[state] += other.states[state]
            self.words[state] += other.words[state]
        self.revisions.merge(other.revisions)

    @property
    def total(self) -> int:
        """All texts."""
        return sum(self.states.values())

    @property
    def share(self) -> float:
        """Share of texts that a person vouches for, from 0 to 1; 1 where there is no text."""
        return _share(self.states)

    @property
    def unread(self) -> int:
        """Words that nobody vouches for."""
        return sum(self.words.values()) - self.words["reviewed"] - self.words["approved"]

    @property
    def word_share(self) -> float:
        """The same of words."""
        return _share(self.words)


def _share(counts: dict[str, int]) -> float:
    total = sum(counts.values())
    return (counts["reviewed"] + counts["approved"]) / total if total else 1.0


@dataclass(frozen=True, slots=True)
class LocaleStatus:
    """How far a locale is.

    Args:
        locale: its tag.
        tally: of all pages and sheets.
        pages: by page, and by sheet where there are strings.
    """

    locale: str
    tally: Tally
    pages: dict[str, Tally]

    @property
    def states(self) -> dict[str, int]:
        """All texts by state."""
        return self.tally.states


def status_of(project: Project, pages: Sequence[Page], locale: Locale, sheets: Sequence[Sheet] = ()) -> LocaleStatus:
    """Count the texts of a locale by state, as its customers get them: with the texts it builds on.

    Where a locale builds on the source's language, a segment without a text of its own counts as ``reviewed``: it is in the
    right language, by the editor who wrote it.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    texts = LocaleTexts(project, locale)
    is_source = locale.tag == project.source.tag
    needed = {page.path: {segment.text for segment in page.segments} for page in pages}
    for sheet in () if is_source else sheets:
        strings = sheet.sources(locale, texts.catalog(locale.tag, sheet.path))
        needed |= {sheet.path: {string.msgid for string in strings}} if strings else {}
    unwritten = State.REVIEWED if is_source or locale.builds_on_source else State.MISSING
    total, by_page = Tally(), {}
    for path, msgids in needed.items():
        tally = _tally(path, msgids, None if is_source else texts, unwritten)
        by_page[sheet_file(path)] = tally
        total.merge(tally)
    return LocaleStatus(locale.tag, total, by_page)


def _tally(path: str, msgids: Iterable[str], texts: LocaleTexts | None, unwritten: State) -> Tally:
    tally = Tally()
    for msgid in msgids:
        hit = None if texts is None else texts.entry(path, msgid)
        tally.add(hit[0].state if hit is not None else unwritten, count_words(msgid, is_string=is_sheet(path)))
        if hit is not None:
            tally.revisions.add(hit[0])
    return tally


@cache
def count_words(text: str, *, is_string: bool = False) -> int:
    """Count the words of a source text; what is sealed is none."""
    return len(_WORD.findall(blank(split_key(text).text if is_string else text, is_string=is_string)))
