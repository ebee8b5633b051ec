"""Misplaced texts: a translation of another segment, where a provider or a table that slipped by a row has put it.

It reads well, and may pass all that looks at a text and its source alone; but among the texts of its locale it stands for two
sources.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz

from helpcenter.catalog import catalog_path
from helpcenter.checks.places import TextPlaces
from helpcenter.diagnostics import Finding, finding
from helpcenter.quality import Pair
from helpcenter.quality.length import compare_length
from helpcenter.quality.wording import count_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from helpcenter.catalog import Entry
    from helpcenter.project import Project
    from helpcenter.quality import Direction

CODE = "translation-misplaced"

# Two labels may well have one translation ("Postage", "Shipping costs"); sentences that have one say the same.
_LEAST_LETTERS = 20
# Of 100, as rapidfuzz counts: "Track the parcel" and "Track your parcel" have 85.
_ALIKE = 70


class _Text(NamedTuple):
    """A translation and the page it is of."""

    path: str
    entry: Entry


def check_misplaced(project: Project, entries: Mapping[str, Sequence[Entry]], direction: Direction) -> list[Finding]:
    """Find texts of a locale that belong to another source.

    Args:
        project: the project.
        entries: the locale's own, with a text, by page.
        direction: from which language into which; its target is the locale.
    """
    by_text: dict[str, dict[str, _Text]] = defaultdict(dict)
    for path, ones in entries.items():
        for entry in ones:
            if entry.kind != "keyword":
                by_text[entry.msgstr].setdefault(_source(entry), _Text(path, entry))
    found = []
    for texts in by_text.values():
        for text, other in _find_strangers(list(texts.values()), direction) if len(texts) > 1 else ():
            places = TextPlaces(project, catalog_path(project.catalog_folder(direction.target), text.path))
            message = f"the same text translates another source: '{_shorten(other.entry.msgid)}'"
            hint = f"read it against its own source: {_shorten(text.entry.msgid)}"
            found.append(finding(CODE, message, places.place(text.entry), help=hint))
    return found


def _find_strangers(texts: Sequence[_Text], direction: Direction) -> Iterator[tuple[_Text, _Text]]:
    """Give the texts, all the same, that stand for other words than the one that it fits best, each with that one."""
    pairs = {text: Pair(_source(text.entry), text.entry.msgstr, text.entry.kind) for text in texts}
    if any(count_letters(pair.source_words) < _LEAST_LETTERS for pair in pairs.values()):
        return
    best, *others = sorted(texts, key=lambda text: (-text.entry.state.rank, _misfit(pairs[text], direction)))
    for text in others:
        if fuzz.token_sort_ratio(*(pairs[one].source_words.casefold() for one in (text, best))) < _ALIKE:
            yield text, best


def _source(entry: Entry) -> str:
    """Give the source that a text was made for; of a stale one, that has changed since."""
    return entry.msgid if entry.previous is None else entry.previous


def _misfit(pair: Pair, direction: Direction) -> float:
    """Give how far the length of a text is from what it should be."""
    ratio = compare_length(pair, direction)
    return abs(math.log(ratio)) if ratio else 0.0


def _shorten(msgid: str, most: int = 60) -> str:
    text = " ".join(msgid.split())
    return text if len(text) <= most else text[: most - 1] + "…"
