"""Payment methods: what the checkout offers, and what holds for all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, answer, capitalize, choice, names, verdict
from helpcenter.regions.facts import nearest_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A method of payment.

    Args:
        id: as region files name it.
        name: as the reader's language writes it.
        description: one sentence, or empty.
    """

    id: str
    name: str
    description: str


@dataclass(frozen=True, slots=True)
class Payments:
    """What can be paid with.

    Args:
        methods: in the order of the checkout.
        is_described: whether one of them has a description.
        currency: of the prices.
        surcharge: ``forbidden`` where the law forbids a fee for a method of payment, else another choice, or empty.
        instalments: whether the price can be paid in parts.
        confirmation: whether banks must ask for a confirmation.
    """

    methods: tuple[PaymentMethod, ...]
    is_described: bool
    currency: Answer
    surcharge: str
    instalments: bool | None
    confirmation: bool | None

    @property
    def is_empty(self) -> bool:
        """Whether there is no method to show."""
        return not self.methods


def collect(view: RegionView, occasion: Occasion) -> Payments:  # noqa: ARG001 - every component is asked so
    """Collect the payment methods of a region."""
    methods = tuple(_method(view, key) for key in names(view, "payments.methods"))
    return Payments(
        methods,
        any(method.description for method in methods),
        answer(view, "price.currency"),
        choice(view, "payments.surcharge"),
        verdict(view, "payments.instalments"),
        verdict(view, "payments.sca"),
    )


def _method(view: RegionView, key: str) -> PaymentMethod:
    from helpcenter.regions.formats import brand_name  # noqa: PLC0415 - Babel costs 40 ms

    method = view.methods[key]
    name = brand_name(method, view.tag)[0]
    # A brand is written as it writes itself, and "bank transfer" like the first word of a line.
    shown = capitalize(name, view.tag) if method.name is None else name
    return PaymentMethod(key, shown, _nearest(method.descriptions, view.tag))


def _nearest(texts: Mapping[str, str], tag: str) -> str:
    """Give a text in the reader's language; one in another would be a foreign line in the table."""
    text, is_own = nearest_text(texts, tag) if texts else ("", False)
    return text if is_own else ""
