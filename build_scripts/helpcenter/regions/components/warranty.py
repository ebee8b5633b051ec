"""The legal guarantee: for how long, and who must prove what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, answer, verdict

if TYPE_CHECKING:
    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True, slots=True)
class Warranty:
    """What the law says of faulty goods.

    Args:
        period: in which the shop answers for faults; null where the law sets no fixed term.
        burden: time in which the shop must prove that a fault was not there at delivery.
        reject: time in which faulty goods may be given back at once.
        has_notice: whether shops must show the European Union's notice on the guarantee.
        law: its name.
        email: of the help team.
    """

    period: Answer
    burden: Answer
    reject: Answer
    has_notice: bool
    law: Answer
    email: Answer

    @property
    def is_empty(self) -> bool:
        """Whether the law says nothing that could be shown."""
        return not any(one.text for one in (self.period, self.burden, self.reject, self.law))


def collect(view: RegionView, occasion: Occasion) -> Warranty:  # noqa: ARG001 - every component is asked so
    """Collect the legal guarantee of a region."""
    return Warranty(
        answer(view, "warranty.legal"),
        answer(view, "warranty.burden"),
        answer(view, "warranty.reject"),
        verdict(view, "warranty.notice") is True,
        answer(view, "warranty.law"),
        answer(view, "contact.email"),
    )
