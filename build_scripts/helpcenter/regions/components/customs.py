"""What customs costs, and who pays it; with an example that is calculated, never written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, amount, answer, choice, rate, verdict
from helpcenter.regions.facts import Money

if TYPE_CHECKING:
    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView

# Different items in the example of a duty for each of them.
KINDS = 2
# Where nothing tells how large an order is: this many times the price of delivery, or this many units of the currency.
_TIMES, _UNITS = 10, 100
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Tariff:
    """The rules that a calculation needs, in numbers.

    Args:
        duty_free: value up to which no duty is due.
        duty_rate: percentage.
        of_excess: whether the rate is taken of what exceeds ``duty_free`` only.
        flat: duty for each different kind of item, up to ``flat_limit`` (without limit where that is None).
        flat_limit: see ``flat``.
        tax_free: value up to which no import tax is due.
        tax_rate: percentage of goods, delivery and duty.
        collected_to: value up to which the import tax is paid at the checkout already.
        fee: of the customs authority for a parcel.
    """

    duty_free: Decimal | None = None
    duty_rate: Decimal | None = None
    of_excess: bool = False
    flat: Decimal | None = None
    flat_limit: Decimal | None = None
    tax_free: Decimal | None = None
    tax_rate: Decimal | None = None
    collected_to: Decimal | None = None
    fee: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Charges:
    """What is due for an order, in units of one currency; None where the rules do not tell.

    Args:
        order: goods and delivery.
        duty: duty.
        kinds: how many kinds of items a fixed duty was counted for; 0 where it is none.
        tax: import tax.
        is_collected: whether the tax is paid at the checkout already.
        fee: of the customs authority; None where there is none.
    """

    order: Decimal
    duty: Decimal | None
    kinds: int
    tax: Decimal | None
    is_collected: bool
    fee: Decimal | None

    @property
    def at_the_door(self) -> Decimal | None:
        """What is paid when the parcel comes; None where the rules do not tell."""
        tax = Decimal(0) if self.is_collected else self.tax
        if self.duty is None or tax is None:
            return None
        return self.duty + tax + (self.fee or 0)


def charge(tariff: Tariff, order: Decimal, unit: Decimal = _CENT) -> Charges:
    """Calculate what is due for an order; every charge is rounded by itself, so that what is shown adds up.

    Args:
        tariff: the rules.
        order: value of goods and delivery.
        unit: smallest amount of the currency.
    """
    duty, kinds = _duty(tariff, order)
    duty = None if duty is None else duty.quantize(unit, ROUND_HALF_UP)
    tax: Decimal | None = None
    if tariff.tax_free is not None and order <= tariff.tax_free:
        tax = Decimal(0)
    elif tariff.tax_rate is not None and (duty is not None or not tariff.tax_rate):
        tax = ((order + (duty or 0)) * tariff.tax_rate / 100).quantize(unit, ROUND_HALF_UP)
    is_collected = bool(tax) and tariff.collected_to is not None and order <= tariff.collected_to
    return Charges(order, duty, kinds, tax, is_collected, tariff.fee)


def _duty(tariff: Tariff, order: Decimal) -> tuple[Decimal | None, int]:
    if tariff.flat is not None and (tariff.flat_limit is None or order <= tariff.flat_limit):
        return tariff.flat * KINDS, KINDS
    if tariff.duty_free is not None and order <= tariff.duty_free:
        return Decimal(0), 0
    if tariff.duty_rate is None:
        return None, 0
    of = order - tariff.duty_free if tariff.of_excess and tariff.duty_free is not None else order
    return of * tariff.duty_rate / 100, 0


@dataclass(frozen=True, slots=True)
class Example:
    """A calculation as readers see it; a text is empty where the rules do not tell, or there is no such thing.

    Args:
        order: goods and delivery.
        duty: duty.
        kinds: how many kinds of items a fixed duty was counted for; 0 where it is none.
        tax: import tax.
        is_collected: whether the tax is paid at the checkout already.
        fee: of the customs authority.
        at_the_door: what is paid when the parcel comes.
        total: order and all charges.
    """

    order: str
    duty: str
    kinds: int
    tax: str
    is_collected: bool
    fee: str
    at_the_door: str
    total: str


@dataclass(frozen=True, slots=True)
class Customs:
    """What customs costs.

    Args:
        terms: ``none`` (no border is crossed), ``DDP`` (the shop pays), ``DAP`` (the customer pays), or empty.
        duty_free: value up to which no duty is due.
        duty_rate: rate of duty; null where it depends on the goods.
        of_excess: whether it is taken of what exceeds ``duty_free`` only.
        flat: duty for each different kind of item.
        flat_limit: value up to which that duty takes the place of the tariff.
        tax_name: name of the tax.
        tax_rate: rate of import tax; null where it depends.
        is_taxed: False where the rate is nought.
        tax_free: value up to which no import tax is due.
        collected_to: value up to which the shop collects the tax at the checkout.
        fee: of the customs authority.
        is_simplified: whether parcels can be cleared in a simplified way.
        needs_id: whether customs needs a number that identifies the recipient.
        examples: calculations; none where the customer has nothing to pay, or the rules do not tell anything.
    """

    terms: str
    duty_free: Answer
    duty_rate: Answer
    of_excess: bool
    flat: Answer
    flat_limit: Answer
    tax_name: Answer
    tax_rate: Answer
    is_taxed: bool
    tax_free: Answer
    collected_to: Answer
    fee: Answer
    is_simplified: bool | None
    needs_id: bool | None
    examples: tuple[Example, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known."""
        said = (self.duty_free, self.duty_rate, self.flat, self.tax_rate, self.tax_free, self.fee)
        return not self.terms and not any(one.text for one in said)


def collect(view: RegionView, occasion: Occasion) -> Customs:  # noqa: ARG001 - every component is asked so
    """Collect what customs costs in a region, for a parcel from abroad."""
    terms = choice(view, "import.terms")
    tax = "import.tax.rate" if "import.tax.rate" in view.facts else "tax.rate"
    return Customs(
        terms,
        answer(view, "import.duty.threshold"),
        answer(view, "import.duty.rate"),
        choice(view, "import.duty.base") == "excess",
        answer(view, "import.duty.flat"),
        answer(view, "import.duty.flat_limit"),
        answer(view, "tax.name"),
        answer(view, tax),
        rate(view, tax) != 0,
        answer(view, "import.tax.threshold"),
        answer(view, "import.tax.collected_to"),
        answer(view, "import.handling_fee"),
        verdict(view, "import.simplified"),
        verdict(view, "import.id_required"),
        _examples(view) if terms == "DAP" else (),
    )


_AMOUNTS = {
    "duty_free": "import.duty.threshold",
    "flat": "import.duty.flat",
    "flat_limit": "import.duty.flat_limit",
    "tax_free": "import.tax.threshold",
    "collected_to": "import.tax.collected_to",
    "fee": "import.handling_fee",
}


def _examples(view: RegionView) -> tuple[Example, ...]:
    """Calculate examples, in one currency: that of the limits, as there is no rate of exchange among the facts."""
    from babel.numbers import get_currency_precision  # noqa: PLC0415 - Babel costs 40 ms

    amounts = {key: found for key, fact in _AMOUNTS.items() if (found := amount(view, fact)) is not None}
    currencies = {money.currency for money in amounts.values()} or {choice(view, "price.currency")}
    if len(currencies) > 1 or not (currency := currencies.pop()):
        return ()
    tariff = Tariff(
        duty_rate=rate(view, "import.duty.rate"),
        of_excess=choice(view, "import.duty.base") == "excess",
        tax_rate=rate(view, "import.tax.rate" if "import.tax.rate" in view.facts else "tax.rate"),
        **{key: money.amount for key, money in amounts.items()},
    )
    unit = Decimal(1).scaleb(-get_currency_precision(currency))
    charges = [charge(tariff, order, unit) for order in _orders(view, tariff, currency)]
    return tuple(_write(view, one, currency) for one in charges if one.duty is not None or one.tax is not None)


def _orders(view: RegionView, tariff: Tariff, currency: str) -> list[Decimal]:
    """Choose the orders of the examples: one on either side of the limit that changes most, else one of a usual size."""
    limit = tariff.flat_limit or tariff.duty_free or tariff.tax_free
    if limit:
        below = round_down(limit * 2 / 3)
        return [below, round_down(limit) * 2] if below else [limit * 2]
    price = amount(view, "delivery.standard.price")
    usual = price.amount * _TIMES if price is not None and price.currency == currency else Decimal(_UNITS)
    return [round_down(usual) or Decimal(_UNITS)]


def round_down(number: Decimal) -> Decimal:
    """Give the largest of 1, 2, 5, 10, 20, 50 … that is not above a number; 0 below 1."""
    if number < 1:
        return Decimal(0)
    scale = Decimal(10) ** number.adjusted()
    return next(step * scale for step in (5, 2, 1) if step * scale <= number)


def _write(view: RegionView, one: Charges, currency: str) -> Example:
    from helpcenter.regions.formats import write_money  # noqa: PLC0415 - Babel costs 40 ms

    def money(number: Decimal | None) -> str:
        return "" if number is None else write_money(Money(number, currency), view.tag)

    door = one.at_the_door
    total = None if door is None else one.order + door + ((one.tax or 0) if one.is_collected else 0)
    return Example(
        money(one.order),
        money(one.duty),
        one.kinds,
        money(one.tax),
        one.is_collected,
        money(one.fee),
        money(door),
        money(total),
    )
