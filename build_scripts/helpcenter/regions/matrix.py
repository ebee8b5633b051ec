"""The matrix of region × fact as a Markdown page: what holds where, how sure somebody is, and how long ago it was read.

It is for people who answer for facts, and is read on a code host. It depends on the rules and on the day it is made for,
and on nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from helpcenter.regions.explanation import sources_of
from helpcenter.regions.facts import REGION_NAME, Confidence, Kind
from helpcenter.regions.notation import describe_value
from helpcenter.regions.tree import WORLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from helpcenter.regions.facts import Fact
    from helpcenter.regions.tree import Regions

_COLUMNS = 4
"""As many facts stand beside each other on a code host without a scroll bar."""

_INTRODUCTION = """\
<!-- Made from the region files and shop.yml by `helpcenter regions matrix --as-of {on}`. Change those files, not this one. -->

# Region facts

What holds where on {on}, region by region. [Region rules](formats/regions.md) and [shop.yml](formats/shop.md) tell how \
these facts are written; \
`helpcenter regions explain REGION FACT` tells everything of one of them.

Below a value stands how sure its owner is, and how many months before {on} its source was last read. Where no page is \
noted it says *law* (only the law is named), *undated* (nobody noted when the page was read), *own* (the shop decides) or \
*unsourced*. *As EU* is the value of the region around it; regions without any value of their own stand below the table. \
**null** is an answer: there is no such right, or the shop does not offer it. · means that nothing is said."""

_SEEN = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_MARKUP = re.compile(r"[\\`*\[\]<>|~]")


def write_matrix(regions: Regions, on: date, tag: str = "en") -> str:
    """Write the page.

    Args:
        regions: the rules.
        on: the day whose rules hold, and from which ages are counted.
        tag: language in which values are written.
    """
    rows = list(_family(regions, WORLD))
    parts = [
        _INTRODUCTION.format(on=on),
        "## Regions",
        _overview(regions, rows, on, tag),
        "## To be looked at first",
        _doubts(regions, rows, on),
    ]
    for topic, ids in _topics(regions).items():
        pieces = [ids[start : start + _COLUMNS] for start in range(0, len(ids), _COLUMNS)]
        parts += [f"## {topic}", *(_table(regions, rows, piece, on, tag) for piece in pieces)]
    return "\n\n".join(parts) + "\n"


def _family(regions: Regions, region: str) -> Iterator[str]:
    """Give the regions that have a file, each followed by those inside it."""
    if regions.entries.get(region) or region == WORLD:
        yield region
    for child in sorted(child for child, parent in regions.tree.items() if parent == region):
        yield from _family(regions, child)


def _topics(regions: Regions) -> dict[str, list[str]]:
    topics: dict[str, list[str]] = {}
    for fact_id in regions.registry:
        if fact_id != REGION_NAME:
            topics.setdefault(fact_id.partition(".")[0], []).append(fact_id)
    return topics


def _overview(regions: Regions, rows: Sequence[str], on: date, tag: str) -> str:
    lines = []
    for region in rows:
        own = [
            fact for fact in regions.resolve(region, on).values() if fact.region == region and fact.id != REGION_NAME
        ]
        counts = Counter(fact.confidence for fact in own)
        bare = [child for child, parent in regions.tree.items() if parent == region and not regions.entries.get(child)]
        name = _name(regions, region, on, tag)
        named = f"{name} (also {', '.join(sorted(bare))})" if bare else name
        cells = [regions.tree[region] or "", str(len(own)), *(str(counts[level] or "·") for level in Confidence)]
        lines.append([f"**{region}**", named, *cells])
    return _markdown(["region", "name", "in", "own facts", *(str(level) for level in Confidence)], lines)


def _doubts(regions: Regions, rows: Sequence[str], on: date) -> str:
    """List what is least certain: facts of low confidence, and those whose review is overdue."""
    lines = []
    for region in rows:
        for fact in sorted(regions.resolve(region, on).values(), key=lambda fact: fact.id):
            late = fact.review_by is not None and fact.review_by < on
            if fact.region == region and (fact.confidence is Confidence.LOW or late):
                why = f"review due {fact.review_by}" if late else "low confidence"
                lines.append([f"**{region}**", f"`{fact.id}`", why, fact.owner or "", _plain(fact.note or "")])
    return _markdown(["region", "fact", "why", "owner", "note"], lines) if lines else "Nothing."


def _table(regions: Regions, rows: Sequence[str], ids: Sequence[str], on: date, tag: str) -> str:
    lines = []
    followers: dict[str, list[str]] = {}
    for region in rows:
        facts = {fact_id: fact for fact_id, fact in regions.resolve(region, on).items() if fact_id in ids}
        more = [fact for fact in regions.conditional.get(region, ()) if fact.id in ids and fact.valid(on)]
        parent = regions.tree[region]
        if parent is not None and not more and not any(fact.region == region for fact in facts.values()):
            followers.setdefault(parent, []).append(region)
            continue
        own = {fact_id: [fact for fact in more if fact.id == fact_id] for fact_id in ids}
        told = ([*filter(None, [facts.get(fact_id)]), *own[fact_id]] for fact_id in ids)
        cells = ["<br>".join(_cell(regions, fact, region, on, tag) for fact in found) or "·" for found in told]
        lines.append([f"**{region}**", *cells])
    table = _markdown(["", *(f"`{fact_id}`" for fact_id in ids)], lines)
    rest = "; ".join(f"as {parent}: {', '.join(names)}" for parent, names in followers.items())
    return f"{table}\n\n{rest[0].upper()}{rest[1:]}." if rest else table


def _cell(regions: Regions, fact: Fact, region: str, on: date, tag: str) -> str:
    value = "**null**" if fact.value is None else _plain(describe_value(fact, tag, regions))
    vouches = f"{fact.confidence} · {_age(regions, fact, on)}" + (f" · only for {fact.when}" if fact.when else "")
    return f"{value}<br><sub>{vouches if fact.region == region else f'as {fact.region}'}</sub>"


def _age(regions: Regions, fact: Fact, on: date) -> str:
    """Tell how old the newest reading of a fact's sources is, in whole months; a year or a month counts from its begin."""
    seen = [day for source in sources_of(fact, regions) if (day := _day(source.seen)) is not None and day <= on]
    if not seen:
        is_own = regions.registry[fact.id].kind is Kind.SHOP
        return "undated" if fact.sources else "law" if fact.law else "own" if is_own else "unsourced"
    last = max(seen)
    return f"{(on.year - last.year) * 12 + on.month - last.month - (on.day < last.day)} mo"


def _day(seen: str) -> date | None:
    match = _SEEN.match(seen)
    if match is None:
        return None
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _name(regions: Regions, region: str, on: date, tag: str) -> str:
    name = regions.resolve(region, on)[REGION_NAME]
    return "the world" if name.value is None else _plain(describe_value(name, tag, regions))


def _plain(text: str) -> str:
    return _MARKUP.sub(lambda match: f"&#{ord(match[0])};", " ".join(text.split()))


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
