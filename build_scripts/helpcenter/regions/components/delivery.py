"""Ways of delivery: how long, for how much, by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, answer, choice, verdict

if TYPE_CHECKING:
    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True, slots=True)
class DeliveryOption:
    """A way of delivery.

    Args:
        kind: ``standard`` or ``express``.
        time: from dispatch to the door.
        price: what it costs.
    """

    kind: str
    time: Answer
    price: Answer

    @property
    def is_offered(self) -> bool:
        """Whether there is such a delivery."""
        return bool(self.time.text or self.price.text)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How parcels are delivered.

    Args:
        is_served: whether the shop delivers to the region.
        options: those that the shop keeps facts of, offered or not.
        carrier: of standard delivery.
        tracking: address of its page for parcels, or empty.
        free_from: value of an order from which standard delivery is free.
    """

    is_served: bool
    options: tuple[DeliveryOption, ...]
    carrier: Answer
    tracking: str
    free_from: Answer

    @property
    def is_empty(self) -> bool:
        """Whether there is no delivery to show."""
        return not self.is_served or not any(option.is_offered for option in self.options)


def collect(view: RegionView, occasion: Occasion) -> Delivery:  # noqa: ARG001 - every component is asked so
    """Collect the ways of delivery to a region."""
    options = tuple(
        DeliveryOption(kind, answer(view, f"delivery.{kind}.days"), answer(view, f"delivery.{kind}.price"))
        for kind in ("standard", "express")
        if not view.facts.keys().isdisjoint({f"delivery.{kind}.days", f"delivery.{kind}.price"})
    )
    return Delivery(
        verdict(view, "market.served") is not False,
        options,
        answer(view, "delivery.carrier"),
        _tracking(view),
        answer(view, "delivery.free_from"),
    )


def _tracking(view: RegionView) -> str:
    carrier = view.carriers.get(choice(view, "delivery.carrier"))
    return carrier.tracking or "" if carrier is not None else ""
