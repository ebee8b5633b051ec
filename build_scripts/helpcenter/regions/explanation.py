"""Why a region has the value it has: every rule of its chain, and what became of it; and where two regions differ."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from helpcenter.regions.facts import REGION_NAME, Fact, ListChange, Source
from helpcenter.regions.settings import ALWAYS, ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from helpcenter.regions.facts import FactSpec
    from helpcenter.regions.settings import Setting
    from helpcenter.regions.tree import Regions


class Standing(StrEnum):
    """What became of a rule on a day."""

    HOLDS = "holds"
    """Its value is the region's."""
    PART = "is part"
    """The region's list is made of it and of the changes nearer to the region, or is one of these changes."""
    OVERRIDDEN = "overridden"
    """It is valid, and a nearer region has a value of its own."""
    ELSEWHERE = "on some pages"
    """It is valid where its conditions are met, and nowhere else."""
    ENDED = "ended"
    LATER = "later"
    """It is not valid yet."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One value that a region's chain has for a fact.

    Args:
        fact: as its file has it.
        standing: what became of it.
        winner: the region whose value is taken instead; empty where none is.
    """

    fact: Fact
    standing: Standing
    winner: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that decides a fact of a region on a day.

    Args:
        spec: what the registry says about the fact.
        region: id.
        chain: the region and all that contain it, nearest first.
        fact: what holds, lists put together; None where nothing does.
        rules: nearest region first, and of each region the oldest first.
    """

    spec: FactSpec
    region: str
    chain: tuple[str, ...]
    fact: Fact | None
    rules: tuple[Rule, ...]


def find_facts(regions: Regions, name: str) -> list[str]:
    """Give the ids that a name means: the fact itself, or all below a prefix (``returns.withdrawal``)."""
    if name in regions.registry:
        return [name]
    return [fact_id for fact_id in regions.registry if fact_id.startswith(f"{name}.")]


def explain_fact(regions: Regions, fact_id: str, region: str, on: date, setting: Setting = ANYWHERE) -> Explanation:
    """Tell which rule decides a fact of a region on a day, and what became of the others.

    Args:
        regions: all regions.
        fact_id: of the fact.
        region: id.
        on: the day.
        setting: the page it is read on.

    Raises:
        KeyError: no such fact or region.
    """
    chain = regions.chain(region)
    fact = regions.resolve(region, on, setting).get(fact_id)
    rules = tuple(_rules(regions, fact_id, chain, on, setting))
    return Explanation(regions.registry[fact_id], region, chain, fact, rules)


def _rules(regions: Regions, fact_id: str, chain: tuple[str, ...], on: date, setting: Setting) -> Iterator[Rule]:
    nearer = ""
    changed = False
    for region in chain:
        facts = regions.entries.get(region, {}).get(fact_id, ())
        best = _best(facts, on, setting)
        for fact in facts:
            if not fact.valid(on):
                later = fact.valid_from is not None and fact.valid_from > on
                yield Rule(fact, Standing.LATER if later else Standing.ENDED)
            elif fact.when is not None and fact.when.rank(setting) is None:
                yield Rule(fact, Standing.ELSEWHERE)
            elif nearer or fact is not best:
                yield Rule(fact, Standing.OVERRIDDEN, nearer or region)
            elif changed or isinstance(fact.value, ListChange):
                yield Rule(fact, Standing.PART)
            else:
                yield Rule(fact, Standing.HOLDS)
        if best is not None and isinstance(best.value, ListChange):
            changed = True
        elif best is not None:
            nearer = nearer or region


def _best(facts: Sequence[Fact], on: date, setting: Setting) -> Fact | None:
    """Give the value of one region that a page takes: the one whose conditions it meets best."""
    ranked = [
        (rank, fact) for fact in facts if fact.valid(on) and (rank := (fact.when or ALWAYS).rank(setting)) is not None
    ]
    return max(ranked, key=lambda pair: pair[0])[1] if ranked else None


def sources_of(fact: Fact, regions: Regions) -> list[Source]:
    """Give where a fact was read; an address that no table knows stands for itself."""
    return [regions.sources.get(key) or Source("", key, "") for key in fact.sources]


@dataclass(frozen=True, slots=True)
class Difference:
    """A fact of two regions.

    Args:
        id: of the fact.
        first: what holds in the first region; None where nothing does.
        second: what holds in the second.
    """

    id: str
    first: Fact | None
    second: Fact | None

    @property
    def is_one(self) -> bool:
        """Whether something differs: the value; where it comes from does not count."""
        return _value(self.first) != _value(self.second)


def compare_regions(
    regions: Regions, first: str, second: str, on: date, setting: Setting = ANYWHERE
) -> list[Difference]:
    """Give every fact of two regions on a day, in the order of the registry.

    Args:
        regions: all regions.
        first: id of a region.
        second: id of another.
        on: the day.
        setting: the page it is read on.

    Raises:
        KeyError: no such region.
    """
    ours, theirs = regions.resolve(first, on, setting), regions.resolve(second, on, setting)
    ids = [fact_id for fact_id in regions.registry if fact_id != REGION_NAME]
    return [Difference(fact_id, ours.get(fact_id), theirs.get(fact_id)) for fact_id in ids]


def _value(fact: Fact | None) -> object:
    # "There is none" is an answer, and differs from having none.
    return ("missing",) if fact is None else fact.value
