"""A comparison of regions: the same facts of every market."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, answer, choice, verdict
from helpcenter.regions.facts import REGION_NAME, SILENT_TYPES, nearest_text
from helpcenter.regions.tree import WORLD

if TYPE_CHECKING:
    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True, slots=True)
class Cell:
    """A fact of a market.

    Args:
        fact: id.
        answer: what is shown of it.
        choice: of a fact that is a choice; the template has words for it.
        verdict: of a fact that is yes or no.
        depends: whether each of the countries that the row stands for has a law of its own.
    """

    fact: str
    answer: Answer
    choice: str
    verdict: bool | None
    depends: bool = False


@dataclass(frozen=True, slots=True)
class Market:
    """A row.

    Args:
        name: of the region; empty for a row that stands for all the others of its group.
        cells: one for each fact.
    """

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MarketGroup:
    """Rows that belong together.

    Args:
        name: of the group; empty for countries that belong to none.
        markets: in the order of their names; the row of all others last.
    """

    name: str
    markets: tuple[Market, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The same facts of every market.

    Args:
        labels: what customers call the facts, one for each column.
        groups: groups of countries, then the countries without a group.
    """

    labels: tuple[str, ...]
    groups: tuple[MarketGroup, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is no market, or no fact."""
        return not self.groups or not self.labels


def collect(view: RegionView, occasion: Occasion) -> Comparison:
    """Collect facts of all markets that the shop serves."""
    facts = [fact for fact in occasion.arguments if any(fact in one.facts for one in occasion.markets.values())]
    groups: dict[str, list[str]] = {}
    for region in occasion.markets:
        groups.setdefault(_group(region, occasion.markets), []).append(region)
    ordered = sorted((key for key in groups if key), key=lambda key: sort_key(_name(key, view.tag)))
    return Comparison(
        tuple(view.label(fact) for fact in facts),
        tuple(
            MarketGroup(_name(key, view.tag) if key else "", _rows(groups[key], key or WORLD, occasion, facts))
            for key in [*ordered, *([""] if "" in groups else [])]
        ),
    )


def _group(region: str, markets: Mapping[str, RegionView]) -> str:
    """Give the group of countries that a market is in, or is; a country is no group of its own parts."""
    groups = {
        ancestor
        for other, view in markets.items()
        for ancestor in view.ancestors
        if ancestor not in {other, WORLD} and not other.startswith(f"{ancestor}-")
    }
    return min(groups & markets[region].ancestors, default="")


def _rows(regions: list[str], whole: str, occasion: Occasion, facts: list[str]) -> tuple[Market, ...]:
    """Write the rows of a group; the group itself, where it is a market, stands for all countries not named."""
    cells = {region: tuple(_cell(region, occasion, fact) for fact in facts) for region in regions}
    named = [region for region in regions if region != whole and cells[region] != cells.get(_country(region))]
    rows = [Market(_market_name(occasion.markets[region]), cells[region]) for region in named]
    rest = [Market("", cells[whole])] if whole in cells else []
    return (*sorted(rows, key=lambda row: sort_key(row.name)), *rest)


def _cell(region: str, occasion: Occasion, fact: str) -> Cell:
    view = occasion.markets[region]
    found = view.facts.get(fact)
    kind = found.type if found is not None else ""
    is_null = found is not None and found.value is None
    is_shown = kind not in SILENT_TYPES
    # That the world has no such law does not tell of a country.
    is_unknown = is_null and found is not None and found.region == WORLD and fact in occasion.statutes
    return Cell(
        fact,
        answer(view, fact) if is_shown and not is_unknown else Answer(is_known=is_null and not is_unknown),
        choice(view, fact) if kind == "choice" else "",
        verdict(view, fact),
        is_unknown and region == WORLD,
    )


def _country(region: str) -> str:
    """Give the country of a part of one, whose row says the same in many a comparison; empty for a country."""
    country, dash, _ = region.partition("-")
    return country if dash else ""


def _market_name(view: RegionView) -> str:
    """Give a market's name: CLDR as Babel has it names countries, and the file of a part of one may name that."""
    named = view.facts[REGION_NAME].value if REGION_NAME in view.facts else None
    name, is_own = nearest_text(named, view.tag) if isinstance(named, Mapping) else ("", False)
    if is_own:
        return name
    part = view.region.partition("-")[2]
    # Two parts of a country must not have the same name.
    return f"{_name(view.region, view.tag)} ({part})" if part else _name(view.region, view.tag)


def _name(region: str, tag: str) -> str:
    from helpcenter.regions.formats import territory_name  # noqa: PLC0415 - Babel costs 40 ms

    return territory_name(region, tag)


def sort_key(name: str) -> str:
    """Let letters with marks stand beside those without: by their code points all of them come after z.

    That is not yet the order of a dictionary in every language; the tables of CLDR for it are many times the size of
    this project.
    """
    return "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char)).casefold()
