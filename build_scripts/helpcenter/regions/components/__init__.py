"""Components: whole parts of a page that are drawn from the facts of the reader's region.

Each component collects what it shows into a few plain values (a module of this package each); a template of the theme,
``components/<name>.html``, draws them.  This module knows only which components there are, so that pages can be checked
without anything being collected.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from helpcenter.regions.facts import MARKET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from helpcenter.regions.tree import Regions
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True)
class Occasion:
    """What a component may know beside the facts of its region.

    Args:
        on: the day whose facts hold.
        arguments: what the page writes behind the component's name.
        markets: the regions that the shop serves, by id, seen by readers of the same language; empty where the
            component does not look beyond its own region.
        page: path of the page below the content folder.
        statutes: ids of the facts that the law decides.
    """

    on: date
    arguments: tuple[str, ...] = ()
    markets: Mapping[str, RegionView] = field(default_factory=dict)
    page: str = ""
    statutes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Component:
    """A component that pages may use.

    Args:
        name: as pages write it.
        module: of this package that has its ``collect(view, occasion)``.
        facts: ids of the facts it may show or ask for. A shop whose registry lacks one has nothing said of it.
        takes_facts: whether its arguments are ids of facts, one at least; otherwise it takes none.
        compares: whether it shows the facts of other regions, too.
    """

    name: str
    module: str
    facts: tuple[str, ...] = ()
    takes_facts: bool = False
    compares: bool = False

    @property
    def collect(self) -> Callable[[RegionView, Occasion], object]:
        """What gives the values that the template draws; it has ``is_empty`` where there is nothing to show."""
        collect: Callable[[RegionView, Occasion], object] = import_module(f"{__name__}.{self.module}").collect
        return collect


COMPONENTS: Mapping[str, Component] = {
    component.name: component
    for component in (
        Component(
            "payment-methods",
            "payments",
            ("payments.methods", "price.currency", "payments.surcharge", "payments.instalments", "payments.sca"),
        ),
        Component(
            "delivery-options",
            "delivery",
            (
                MARKET,
                "delivery.standard.days",
                "delivery.standard.price",
                "delivery.express.days",
                "delivery.express.price",
                "delivery.carrier",
                "delivery.free_from",
            ),
        ),
        Component(
            "customs-costs",
            "customs",
            (
                "import.terms",
                "import.duty.threshold",
                "import.duty.rate",
                "import.duty.base",
                "import.duty.flat",
                "import.duty.flat_limit",
                "import.tax.threshold",
                "import.tax.rate",
                "import.tax.collected_to",
                "import.handling_fee",
                "import.simplified",
                "import.id_required",
                "tax.name",
                "tax.rate",
                "price.currency",
                "delivery.standard.price",
            ),
        ),
        Component(
            "withdrawal-box",
            "withdrawal",
            (
                "returns.withdrawal.days",
                "returns.withdrawal.from",
                "returns.withdrawal.send_back_days",
                "returns.withdrawal.refund_days",
                "returns.withdrawal.refund_from",
                "returns.withdrawal.cost",
                "returns.withdrawal.use",
                "returns.withdrawal.law",
                "returns.online_function",
                "returns.cost",
                "returns.window",
                "desk.withdrawal",
                "contact.email",
            ),
        ),
        Component(
            "warranty-box",
            "warranty",
            (
                "warranty.legal",
                "warranty.burden",
                "warranty.reject",
                "warranty.notice",
                "warranty.law",
                "contact.email",
            ),
        ),
        Component(
            "privacy-rights",
            "privacy",
            (
                "privacy.rights",
                "privacy.law",
                "privacy.response",
                "privacy.extension",
                "privacy.regulator",
                "desk.privacy",
                "contact.email",
            ),
        ),
        Component(
            "contact-matrix",
            "contact",
            (
                "contact.email",
                "contact.phone",
                "contact.chat",
                "contact.response",
                "contact.hours",
                "contact.timezone",
                "contact.languages",
                "contact.holidays",
            ),
        ),
        Component("region-comparison", "comparison", takes_facts=True, compares=True),
    )
}
"""Every component, by name."""


COMPARED = frozenset({"duration", "money", "percent", "number", "date", "boolean", "text", "currency", "country"}) | {
    "languages",
    "methods",
    "carrier",
    "hours",
}
"""Types of facts that a comparison can show."""

COMPARED_CHOICES = frozenset({"import.terms", "returns.cost", "returns.withdrawal.cost"})
"""Choices that its template has words for."""


def facts_of_component(name: str, arguments: Sequence[str]) -> frozenset[str]:
    """Give the ids of the facts that a component with these arguments uses; of an unknown component none."""
    component = COMPONENTS.get(name)
    if component is None:
        return frozenset()
    return frozenset(component.facts) | (frozenset(arguments) if component.takes_facts else frozenset())


def served_markets(regions: Regions, otherwise: Iterable[str], on: date) -> list[str]:
    """Give the regions that the shop serves on a day, in alphabetical order.

    Args:
        regions: all regions.
        otherwise: those that count where the registry has no ``market.served``.
        on: the day.
    """
    if MARKET not in regions.registry:
        return sorted({region for region in otherwise if region in regions.tree})
    return sorted(region for region in regions.entries if regions.serves(region, on))
