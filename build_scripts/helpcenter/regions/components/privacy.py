"""Rights about personal data, and how to use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, address, answer, names
from helpcenter.regions.tree import WORLD

if TYPE_CHECKING:
    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True, slots=True)
class PrivacyRights:
    """What a person may ask of their data.

    Args:
        rights: by the names of the registry, such as ``access``, in their order.
        is_denied: whether the region itself says that there are none.
        law: its name.
        response: time in which the shop must answer; null where the law sets none.
        extension: by which it may be extended; null where it may not.
        regulator: authority that takes complaints.
        desk: address of the form for requests, or empty.
        email: of the help team.
    """

    rights: tuple[str, ...]
    is_denied: bool
    law: Answer
    response: Answer
    extension: Answer
    regulator: Answer
    desk: str
    email: Answer

    @property
    def is_empty(self) -> bool:
        """Whether the region has no law that could be shown."""
        return not self.rights and not any(one.text for one in (self.law, self.response, self.regulator))


def collect(view: RegionView, occasion: Occasion) -> PrivacyRights:  # noqa: ARG001 - every component is asked so
    """Collect the rights about personal data of a region."""
    denied = view.facts.get("privacy.rights")
    return PrivacyRights(
        names(view, "privacy.rights"),
        denied is not None and denied.value is None and denied.region != WORLD,
        answer(view, "privacy.law"),
        answer(view, "privacy.response"),
        answer(view, "privacy.extension"),
        answer(view, "privacy.regulator"),
        address(view, "desk.privacy"),
        answer(view, "contact.email"),
    )
