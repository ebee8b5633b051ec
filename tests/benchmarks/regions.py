"""Resolve every fact of a large tree of regions, and say how long it takes.

    python tests/benchmarks/regions.py [--regions 250] [--facts 500] [--entries 250] [--rounds 5]

The tree is as deep as a real one gets: the world, ten groups, countries, and parts of every fifth country.  Each region has
entries of its own, a third of them with two dated values, a tenth of them changes of its parent's list; the world has all facts.
Nothing is read from disk: that is done once for a build, resolving once for each day and region.
"""

from __future__ import annotations

import argparse
import gc
import random
import statistics
import sys
import time
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from helpcenter.diagnostics import Place
from helpcenter.regions.facts import Duration, Fact, FactSpec, Kind, ListChange
from helpcenter.regions.tree import WORLD, Regions

DAY = date(2026, 11, 22)
GOAL = 0.2
"""Seconds."""


def grow_tree(count: int) -> dict[str, str | None]:
    """Give so many regions, each with its parent: chains are up to four long."""
    tree: dict[str, str | None] = {WORLD: None} | {f"GROUP{number}": WORLD for number in range(10)}
    countries = 0
    while len(tree) < count:
        tree[f"C{countries}"] = f"GROUP{countries % 10}"
        if countries % 5 == 0 and len(tree) < count:
            tree[f"C{countries}-A"] = f"C{countries}"
        countries += 1
    return tree


def write_entries(region: str, number: int, dice: random.Random) -> tuple[Fact, ...]:
    """Give what a region says of one fact: a list or a duration, sometimes another one from a day on."""
    name, place = f"fact.n{number}", Place(f"{region}.yml", number + 1)
    if number % 10 == 0:
        value = ("visa", "paypal") if region == WORLD else ListChange((f"m{dice.randrange(40)}",), ("paypal",))
        return (Fact(name, "methods", value, region, place),)
    first = DAY + timedelta(dice.randrange(-400, 400))
    values = [Duration("days", dice.randrange(1, 30), 30) for _ in range(2)]
    if number % 3:
        return (Fact(name, "duration", values[0], region, place),)
    return (
        Fact(name, "duration", values[0], region, place, valid_to=first - timedelta(1)),
        Fact(name, "duration", values[1], region, place, valid_from=first),
    )


def make_regions(regions: int, facts: int, entries: int, seed: int = 1) -> Regions:
    """Make a tree in which each region has so many entries of its own, and the world all facts."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, no secret
    registry = {f"fact.n{number}": FactSpec(f"fact.n{number}", "duration", Kind.SHOP) for number in range(facts)}
    tree = grow_tree(regions)
    own = {region: sorted(range(facts) if region == WORLD else dice.sample(range(facts), entries)) for region in tree}
    held = {
        region: {f"fact.n{number}": write_entries(region, number, dice) for number in numbers}
        for region, numbers in own.items()
    }
    return Regions(tree, registry, held, {})


def resolve_all(regions: Regions) -> int:
    """Resolve all facts of all regions; give how many there are."""
    return sum(len(regions.resolve(region, DAY)) for region in regions.tree)


def main() -> int:
    """Measure, print, and fail where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regions", type=int, default=250)
    parser.add_argument("--facts", type=int, default=500)
    parser.add_argument("--entries", type=int, default=250, help="of each region but the world")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    times: list[float] = []
    work: list[float] = []
    for number in range(options.rounds):
        regions = make_regions(options.regions, options.facts, options.entries, number)
        gc.collect()
        began, worked = time.perf_counter(), time.process_time()
        count = resolve_all(regions)
        times.append(time.perf_counter() - began)
        work.append(time.process_time() - worked)
    depth = max(len(regions.chain(region)) for region in regions.tree)
    median = statistics.median(work)
    sys.stdout.write(
        f"{options.regions} regions × {options.facts} facts, {options.entries} of each region's own, chains of {depth}:\n"
        f"{count} facts resolved in {median * 1000:.0f} ms of the processor's time (median of {options.rounds}; "
        f"{min(work) * 1000:.0f} to {max(work) * 1000:.0f}),\n{min(times) * 1000:.0f} ms by the clock at best; "
        f"the goal is {GOAL * 1000:.0f} ms\n"
    )
    return int(median > GOAL)


if __name__ == "__main__":
    sys.exit(main())
