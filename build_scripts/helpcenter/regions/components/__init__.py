"""Components: whole parts of a page that are drawn from the facts of the reader's region.

Each component collects what it shows into a few plain values (a module of this package each); a template of the theme,
``components/<name>.html``, draws them.  This module knows only which components there are, so that pages can be checked
without anything being collected.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

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
    """

    on: date
    arguments: tuple[str, ...] = ()
    markets: Mapping[str, RegionView] = field(default_factory=dict)
    page: str = ""


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
    )
}
"""Every component, by name."""


def facts_of_component(name: str, arguments: Sequence[str]) -> frozenset[str]:
    """Give the ids of the facts that a component with these arguments uses; of an unknown component none."""
    component = COMPONENTS.get(name)
    if component is None:
        return frozenset()
    return frozenset(component.facts) | (frozenset(arguments) if component.takes_facts else frozenset())
