"""Resolving costs what the files hold, however many regions lie below (``benchmarks/regions.py`` measures how long it takes)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from region_cases import BUILD_DATE

from helpcenter.regions import Regions
from helpcenter.regions.facts import Fact

if TYPE_CHECKING:
    from collections.abc import ItemsView


class Counted(dict[str, tuple[Fact, ...]]):
    """The entries of a region, which count how often somebody looks through them."""

    looks = 0

    def items(self) -> ItemsView[str, tuple[Fact, ...]]:
        """Look through them."""
        self.looks += 1
        return super().items()


def test_no_entry_is_looked_at_again_for_the_regions_below(small: Regions):
    entries = {region: Counted(facts) for region, facts in small.entries.items()}
    regions = Regions(small.tree, small.registry, entries, small.methods)
    for region in (*regions.ids, *regions.ids):
        assert regions.resolve(region, BUILD_DATE) == small.resolve(region, BUILD_DATE)
    assert {region: facts.looks for region, facts in entries.items()} == dict.fromkeys(entries, 1)
