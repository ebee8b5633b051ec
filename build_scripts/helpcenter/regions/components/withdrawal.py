"""The legal right to withdraw from a purchase, and how to use it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, address, answer, choice, verdict

if TYPE_CHECKING:
    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a consumer may do after an online purchase.

    Args:
        period: in which one may withdraw; null where the law gives no such right.
        begins: ``delivery`` or ``contract``, or empty.
        send_back: time to send the goods back.
        refund: time in which the shop must refund.
        refund_begins: ``goods``, ``goods_or_proof``, ``message_may_wait``, ``message``, or empty.
        payer: who pays the postage, ``shop`` or ``buyer``, or empty; the shop's own offer counts where it is better.
        use: ``unused``, ``deduct``, or empty where the law says neither.
        law: its name.
        function: address of the withdrawal function where the law asks for one, else empty.
        desk: address of the shop's form where the law does not ask for one, else empty.
        email: of the help team.
        window: the shop's own return window.
    """

    period: Answer
    begins: str
    send_back: Answer
    refund: Answer
    refund_begins: str
    payer: str
    use: str
    law: Answer
    function: str
    desk: str
    email: Answer
    window: Answer

    @property
    def is_empty(self) -> bool:
        """Whether there is no such right."""
        return not self.period.text


def collect(view: RegionView, occasion: Occasion) -> Withdrawal:  # noqa: ARG001 - every component is asked so
    """Collect the right to withdraw of a region."""
    desk = address(view, "desk.withdrawal")
    is_mandatory = verdict(view, "returns.online_function") is True
    payers = {choice(view, "returns.withdrawal.cost"), choice(view, "returns.cost")} - {""}
    return Withdrawal(
        answer(view, "returns.withdrawal.days"),
        choice(view, "returns.withdrawal.from"),
        answer(view, "returns.withdrawal.send_back_days"),
        answer(view, "returns.withdrawal.refund_days"),
        choice(view, "returns.withdrawal.refund_from"),
        "shop" if "shop" in payers else min(payers, default=""),
        choice(view, "returns.withdrawal.use"),
        answer(view, "returns.withdrawal.law"),
        desk if is_mandatory else "",
        "" if is_mandatory else desk,
        answer(view, "contact.email"),
        answer(view, "returns.window"),
    )
