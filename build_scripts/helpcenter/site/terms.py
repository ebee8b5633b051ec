"""Terms by day: what a policy page said to those who ordered earlier, what it will say, and the pages that show it.

A page's text is today's; its facts are those of a day.  Days on which it says the same to readers belong together, so that
a law which changes nothing on a page makes no version of it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from helpcenter.content.blocks import scan_blocks
from helpcenter.content.links import find_links
from helpcenter.regions.changes import split_days
from helpcenter.regions.facts import SILENT_TYPES, nearest_text
from helpcenter.regions.formats import format_fact, write_date

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from helpcenter.regions import RegionView
    from helpcenter.regions.changes import Change
    from helpcenter.regions.facts import Fact
    from helpcenter.site.staged import StagedPage

FOLDER = "terms"
"""Where the versions of a page lie, below its own address."""

# An address of another site, or of the root of this one.
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")


class Stretch(NamedTuple):
    """Days on which a page says the same: its first, and its last unless they go on."""

    first: date
    last: date | None = None


class Terms(NamedTuple):
    """When a page said and will say something else.

    Args:
        past: oldest first.
        since: first day of what it says today; None where nothing else was said since the first day that is kept.
        future: the next first.
    """

    past: tuple[Stretch, ...] = ()
    since: date | None = None
    future: tuple[Stretch, ...] = ()


def find_terms(
    says: Callable[[date], object],
    days: Collection[date],
    *,
    on: date,
    since: date | None = None,
    effective: date | None = None,
) -> Terms:
    """Find the stretches of days in which a page said, says and will say the same.

    Args:
        says: gives what readers of the page see on a day; None where it cannot be written for that day, which is left out.
        days: on which one of its facts may change.
        on: the day it is.
        since: first day whose terms are kept; None to keep none.
        effective: first day of the present wording, which parts what came before even where all facts are the same.
    """
    parting = {*days, *([effective] if effective else ())}
    past: list[tuple[Stretch, object]] = []
    for first, last in split_days(parting, since, on) if since else ():
        words = says(last)
        if past and first != effective and words == past[-1][1]:
            past[-1] = (Stretch(past[-1][0].first, last), words)
        else:
            past.append((Stretch(first, last), words))
    begun = past.pop()[0].first if past else None
    future: list[Stretch] = []
    words = says(on)
    for day in sorted(day for day in days if day > on):
        later = says(day)
        if later is not None and later != words:
            future.append(Stretch(day))
            words = later
    kept = tuple(stretch for stretch, words in past if words is not None)
    return Terms(kept, begun if begun != since else None, tuple(future))


def words_of_page(page: StagedPage) -> tuple[object, ...]:
    """Give what readers of a page see that a fact can change."""
    return page.title, page.body, page.meta["description"], page.meta["answer"]


def with_terms(
    today: StagedPage,
    terms: Terms,
    write: Callable[[date], StagedPage],
    changes: Mapping[date, Sequence[dict[str, Any]]],
    tag: str,
    effective: date | None = None,
) -> StagedPage:
    """Give a page that tells of its terms, with the pages that show those of other days.

    Args:
        today: the page as it is.
        terms: when it said and will say something else.
        write: gives the page with the facts of a day.
        changes: what changes on the first days of its future, as :func:`describe_change` gives it.
        tag: language of the locale, in which days are written.
        effective: first day of the present wording.
    """
    if not terms.past and not terms.future:
        return today
    versions = {
        one.first: _version(today, one, write(one.last or one.first), tag, effective)
        for one in (*terms.past, *terms.future)
    }
    told = {
        "since": _day(terms.since, tag),
        "past": [
            {"first": _day(one.first, tag), "last": _day(one.last, tag), "url": versions[one.first].url}
            for one in reversed(terms.past)
        ],
        "future": [
            {"first": _day(one.first, tag), "url": versions[one.first].url, "changes": list(changes.get(one.first, ()))}
            for one in terms.future
        ],
    }
    return replace(today, meta=today.meta | {"terms": told}, versions=tuple(versions.values()))


def _version(today: StagedPage, stretch: Stretch, then: StagedPage, tag: str, effective: date | None) -> StagedPage:
    """Make the page of a stretch: not found by search engines, and at home below the page that holds today."""
    name = f"{today.url}{FOLDER}/{stretch.first.isoformat()}"
    path = f"{name}.md"
    reworded = effective if effective is not None and stretch.last is not None and stretch.last < effective else None
    version = {
        "first": _day(stretch.first, tag),
        "last": _day(stretch.last, tag),
        "page": today.url,
        "reworded": _day(reworded, tag),
    }
    return replace(
        then,
        path=path,
        url=f"{name}/",
        body=move_links(then.body, posixpath.dirname(today.path), posixpath.dirname(path)),
        meta=then.meta | {"noindex": True, "version": version, "structured": []},
        keywords=(),
        queries=(),
    )


def _day(day: date | None, tag: str) -> dict[str, str] | None:
    """Give a day for machines and for people."""
    return None if day is None else {"iso": day.isoformat(), "text": write_date(day, tag)}


def move_links(body: str, old: str, new: str) -> str:
    """Let the links of a page lead where they did when it is moved.

    Args:
        body: Markdown.
        old: folder of the file that it was written for.
        new: folder of the file that it is written to.
    """
    parts: list[str] = []
    position = 0
    for link in find_links(body, scan_blocks(body, includes=False)):
        end = min((at for mark in "?#" if (at := link.target.find(mark)) >= 0), default=len(link.target))
        if end and not _ELSEWHERE.match(link.target):
            moved = posixpath.relpath(posixpath.join(old, link.target[:end]), new or ".")
            parts += [body[position : link.start], moved]
            position = link.start + end
    return "".join([*parts, body[position:]])


def describe_change(change: Change, view: RegionView) -> dict[str, Any] | None:
    """Tell customers of a change in their language; None where it is not theirs to know.

    That is where nobody has written what they call the fact, and where only an address moves: the page links the new one,
    and what may be done there is a fact of its own.

    Args:
        change: what changes.
        view: what the locale sees on the day.

    Returns:
        ``label``, ``lang`` (of the label; empty where it is the locale's), ``before`` and ``after``: a text, true, false, None
        for "there is none", or an empty text where values are never shown.
    """
    label, is_own = nearest_text(view.labels.get(change.id, {}), view.tag)
    one = change.after or change.before
    if not label or (one is not None and one.type == "url"):
        return None
    return {
        "label": label,
        "lang": "" if is_own else "en",
        "before": _shown_value(change.before, view),
        "after": _shown_value(change.after, view),
    }


def _shown_value(fact: Fact | None, view: RegionView) -> str | bool | None:
    value = None if fact is None else fact.value
    if fact is None or value is None or isinstance(value, bool):
        return value if isinstance(value, bool) else None
    return "" if fact.type in SILENT_TYPES else format_fact(fact, view.tag, view.methods, carriers=view.carriers)
