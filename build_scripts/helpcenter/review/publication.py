"""Publication: from the states of a page's segments to the text that customers see."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from helpcenter.catalog import Entry, LocaleTexts, State

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from helpcenter.content import Page, Segment
    from helpcenter.project import Locale, Project


class Shown(StrEnum):
    """How a segment is shown."""

    SOURCE = "source"
    """In the words of the source, because the locale's language is the source's."""
    TRANSLATED = "translated"
    ADOPTED = "adopted"
    """In words that were published before, and that nobody has read against the source since."""
    MACHINE = "machine"
    OUTDATED = "outdated"
    FALLBACK = "fallback"
    """In the source language, marked as such, because there is nothing fit to be shown."""


@dataclass(frozen=True, slots=True)
class PageText:
    """What a page of a locale shows.

    Args:
        state: of the page as a whole: ``source``, ``approved``, ``reviewed``, ``adopted``, ``machine``, ``outdated``,
            ``partial`` or ``fallback``.
        texts: translation by msgid; a msgid that is not in it keeps the source's text.
        shown: how each msgid is shown.
        origins: the entry and the locale each translation comes from, by msgid.
    """

    state: str
    texts: dict[str, str] = field(default_factory=dict)
    shown: dict[str, Shown] = field(default_factory=dict)
    origins: dict[str, tuple[Entry, str]] = field(default_factory=dict)

    @property
    def is_translation(self) -> bool:
        """Whether the page may claim to be in the locale's language."""
        return self.state != "fallback"


def publish_page(
    page: Page,
    project: Project,
    locale: Locale,
    texts: LocaleTexts,
    *,
    without: AbstractSet[tuple[str, str]] = frozenset(),
) -> PageText:
    """Decide for every segment of a page what a locale shows.

    Args:
        page: the page.
        project: its project.
        locale: the locale.
        texts: its texts.
        without: msgids whose translation turned out not to be fit, each with the tag of the locale that it stands in; where
            that builds on another, the other's text may be.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    if locale.tag == project.source.tag:
        return PageText("source", shown={segment.text: Shown.SOURCE for segment in page.segments})
    least = State(locale.settings.publish.least(page.meta.type))
    found: dict[str, str] = {}
    shown: dict[str, Shown] = {}
    origins: dict[str, tuple[Entry, str]] = {}
    for segment in page.segments:
        if segment.text in shown:
            continue
        candidates = (hit for hit in texts.candidates(page.path, segment.text) if (segment.text, hit[1]) not in without)
        hit, how = _find_fit(candidates, least)
        if hit is not None:
            found[segment.text] = texts.respell(hit[0].msgstr, hit[1])
            origins[segment.text] = hit
        shown[segment.text] = Shown.SOURCE if how is Shown.FALLBACK and locale.builds_on_source else how
    return _judge_page(page, locale, PageText("", found, shown, origins))


def _find_fit(candidates: Iterable[tuple[Entry, str]], least: State) -> tuple[tuple[Entry, str] | None, Shown]:
    """Take the nearest text that is fit to be shown: where a variant's own is not, what it builds on may be."""
    for hit in candidates:
        how = _how_shown(hit[0], least)
        if how is not Shown.FALLBACK:
            return hit, how
    return None, Shown.FALLBACK


def _how_shown(entry: Entry, least: State) -> Shown:
    if entry.state is State.STALE:
        # What may be false is never shown, and a page that needs a named person's approval has lost it.
        fit = not entry.hard and least is not State.APPROVED
        # What nobody relied on before its source changed is worth no more now.
        signed = entry.reviewed is not None or entry.approved is not None
        vouched = entry.is_settled or signed or least is State.MACHINE
        return Shown.OUTDATED if fit and vouched else Shown.FALLBACK
    if entry.state.rank < least.rank:
        return Shown.FALLBACK
    if entry.state is State.MACHINE:
        # Readers are told that a machine wrote a text; of this one it would not be true.
        return Shown.MACHINE if entry.adopted is None else Shown.ADOPTED
    return Shown.TRANSLATED


def _judge_page(page: Page, locale: Locale, text: PageText) -> PageText:
    """Sum the segments of a page up to the state of the whole."""
    body = _carrying(page.segments)
    counts = Counter(text.shown[segment.text] for segment in body)
    total = sum(counts.values())
    fallback = counts[Shown.FALLBACK]
    title_lost = any(text.shown[s.text] is Shown.FALLBACK for s in page.segments if s.kind == "title")
    if total and (title_lost or (total - fallback) / total < locale.settings.least_translated):
        return PageText("fallback", shown={segment.text: Shown.FALLBACK for segment in page.segments})
    if fallback:
        state = "partial"
    elif counts[Shown.OUTDATED]:
        state = "outdated"
    elif counts[Shown.MACHINE]:
        state = "machine"
    elif counts[Shown.ADOPTED]:
        state = "adopted"
    elif counts[Shown.SOURCE] == total:
        state = "source"
    else:
        entries = [text.origins[s.text][0] for s in body if s.text in text.origins]
        state = "approved" if all(entry.state is State.APPROVED for entry in entries) else "reviewed"
    return PageText(state, text.texts, text.shown, text.origins)


def _carrying(segments: tuple[Segment, ...]) -> list[Segment]:
    """Leave out what customers do not read on the page itself."""
    return [segment for segment in segments if segment.kind not in {"description", "keyword", "summary"}]
