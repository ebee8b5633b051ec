"""The tree of regions, and which fact holds where and when."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Place
from helpcenter.regions.facts import MARKET, REGION_NAME, Confidence, Fact, FactSpec, Kind, ListChange
from helpcenter.regions.settings import ANYWHERE, reduce_setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from helpcenter.regions.facts import Carrier, Method, Organization, Source
    from helpcenter.regions.settings import Conditions, Setting
    from helpcenter.regions.texts import Wording
    from helpcenter.regions.view import RegionView

WORLD = "001"

NAME_SPEC = FactSpec(
    REGION_NAME, "territory", Kind.SHOP, nullable=True, description="Name of the reader's region; none for the world."
)


@dataclass(frozen=True)
class Regions:
    """All regions, their facts and the words they use. Never changes after loading.

    Args:
        tree: region id → id of its parent; None for the world.
        registry: fact id → what is known about it, with the built-in ``region.name``.
        entries: region id → fact id → the facts its file holds, oldest first.
        methods: payment method id → its names.
        folder: where the files are, as findings show it.
        sources: key → where facts were read.
        carriers: carrier id → its names.
        markets: regions for which the shop has choices of its own.
        organization: who the shop is, or None where it does not say.
        names: region → its name by language, where its file gives one; CLDR has those of countries, and none of their parts.
    """

    tree: Mapping[str, str | None]
    registry: Mapping[str, FactSpec]
    entries: Mapping[str, Mapping[str, tuple[Fact, ...]]]
    methods: Mapping[str, Method]
    folder: str = "locales/regions"
    sources: Mapping[str, Source] = field(default_factory=dict)
    carriers: Mapping[str, Carrier] = field(default_factory=dict)
    markets: frozenset[str] = frozenset()
    organization: Organization | None = None
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    _resolved: dict[tuple[str, date, Setting], Mapping[str, Fact]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __reduce__(self) -> tuple[type[Regions], tuple[object, ...]]:
        """Travel without what was resolved so far."""
        entries = {region: dict(facts) for region, facts in self.entries.items()}
        tables = (dict(self.methods), self.folder, dict(self.sources), dict(self.carriers))
        rest = (self.markets, self.organization, {region: dict(name) for region, name in self.names.items()})
        return type(self), (dict(self.tree), dict(self.registry), entries, *tables, *rest)

    @property
    def ids(self) -> tuple[str, ...]:
        """Every region, in alphabetical order."""
        return tuple(sorted(self.tree))

    def chain(self, region: str) -> tuple[str, ...]:
        """Give a region and all that contain it, nearest first: ``("DE", "EU", "001")``.

        Raises:
            KeyError: no such region.
        """
        found = [region]
        parent = self.tree[region]
        while parent is not None:
            found.append(parent)
            parent = self.tree[parent]
        return tuple(found)

    def contains(self, ancestor: str, region: str) -> bool:
        """Tell whether a region is another one or lies inside it.

        Raises:
            KeyError: no such region.
        """
        return ancestor in self.chain(region)

    def resolve(self, region: str, on: date, setting: Setting = ANYWHERE) -> Mapping[str, Fact]:
        """Give the facts of a region on a day: the nearest valid one of each id; lists are merged on the way down.

        A fact that holds nowhere in the chain is absent.

        Args:
            region: id.
            on: the day.
            setting: the page they are read of; of the values of one region the one with most conditions met wins.

        Raises:
            KeyError: no such region.
        """
        key = (region, on, reduce_setting(setting, self.conditions) if self.conditions else ANYWHERE)
        if key not in self._resolved:
            parent = self.tree[region]
            inherited: Mapping[str, Fact] = {} if parent is None else self.resolve(parent, on, setting)
            # What the parent has is copied, not looked up again for each of its children.
            facts = dict(inherited)
            for fact_id, entries in self.entries.get(region, {}).items():
                for fact in entries:
                    # `fact.valid(on)`, in place: of some hundred thousand calls each costs as much as all the rest.
                    first, last = fact.valid_from, fact.valid_to
                    if (first is None or first <= on) and (last is None or on <= last) and fact.when is None:
                        changes = type(fact.value) is ListChange
                        facts[fact_id] = _merge(facts.get(fact_id), fact) if changes else fact
                        break
            for fact in self._chosen(region, on, setting):
                facts[fact.id] = _merge(inherited.get(fact.id), fact) if type(fact.value) is ListChange else fact
            name = None if region == WORLD else self.names.get(region, region)
            facts[REGION_NAME] = Fact(REGION_NAME, NAME_SPEC.type, name, region, Place(f"{self.folder}/{region}.yml"))
            self._resolved[key] = MappingProxyType(facts)
        return self._resolved[key]

    @cached_property
    def conditional(self) -> Mapping[str, tuple[Fact, ...]]:
        """The values that hold on some pages only, by region."""
        by_region = {
            region: tuple(fact for facts in entries.values() for fact in facts if fact.when is not None)
            for region, entries in self.entries.items()
        }
        return {region: facts for region, facts in by_region.items() if facts}

    @cached_property
    def conditions(self) -> frozenset[Conditions]:
        """All conditions that any value has."""
        return frozenset(fact.when for facts in self.conditional.values() for fact in facts if fact.when is not None)

    @property
    def settings(self) -> tuple[Setting, ...]:
        """Pages that differ in their facts: one on which no condition is met, and one for each that there is."""
        return tuple(dict.fromkeys([ANYWHERE, *(one.example for one in sorted(self.conditions, key=str))]))

    def _chosen(self, region: str, on: date, setting: Setting) -> Iterator[Fact]:
        """Give the value of each fact whose conditions are met best, where one has any."""
        best: dict[str, tuple[tuple[int, ...], Fact]] = {}
        for fact in self.conditional.get(region, ()):
            rank = fact.when.rank(setting) if fact.when is not None and fact.valid(on) else None
            if rank is not None and (fact.id not in best or rank > best[fact.id][0]):
                best[fact.id] = (rank, fact)
        return (fact for _, fact in best.values())

    def serves(self, region: str, on: date) -> bool:
        """Tell whether the shop delivers to a region on a day; one that nothing is said of is served.

        Raises:
            KeyError: no such region.
        """
        fact = self.resolve(region, on).get(MARKET)
        return fact is None or fact.value is True

    def view(
        self, region: str, on: date, tag: str, wording: Wording | None = None, setting: Setting = ANYWHERE
    ) -> RegionView:
        """Give what a page of one locale sees of a region on a day.

        Args:
            region: of the locale.
            on: the build date.
            tag: the locale's language tag (BCP 47).
            wording: what the locale's catalogs say where the files have no text in its language.
            setting: the page.

        Raises:
            KeyError: no such region.
        """
        from helpcenter.regions.view import RegionView  # noqa: PLC0415 - the view needs the tree's types

        facts, methods, carriers = self.resolve(region, on, setting), self.methods, self.carriers
        labels: Mapping[str, Mapping[str, str]] = {key: spec.label for key, spec in self.registry.items() if spec.label}
        if wording is not None:
            facts = {key: wording.complete_fact(fact, self.registry[key].kind, tag) for key, fact in facts.items()}
            methods = {key: wording.complete_method(method, tag) for key, method in methods.items()}
            carriers = {key: wording.complete_carrier(carrier, tag) for key, carrier in carriers.items()}
            labels = {key: wording.complete_label(key, label, tag) for key, label in labels.items()}
        return RegionView(region, facts, tag, methods, frozenset(self.chain(region)), carriers, labels, setting)


_DOUBT = {level: rank for rank, level in enumerate(Confidence)}


def _merge(inherited: Fact | None, fact: Fact) -> Fact:
    """Put a change into the list of the parent; where nobody is sure of one of them, nobody is of the result."""
    change = fact.value
    if not isinstance(change, ListChange):
        return fact
    if inherited is None:
        base: tuple[object, ...] = ()
        doubt = fact.confidence
    else:
        base = inherited.value if isinstance(inherited.value, tuple) else ()
        doubt = max(fact.confidence, inherited.confidence, key=_DOUBT.__getitem__)
    names = dict.fromkeys(name for name in (*base, *change.add) if isinstance(name, str))
    for name in change.remove:
        names.pop(name, None)
    return replace(fact, value=tuple(names), confidence=doubt)
