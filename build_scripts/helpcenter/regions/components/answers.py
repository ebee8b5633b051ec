"""What a component says of one fact: a value, that there is none, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from helpcenter.regions.view import RegionView


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a fact.

    Args:
        text: the value as the reader's language writes it, without markup; empty where there is none.
        is_known: whether the region says anything about it. Where the shop does not keep the fact, nothing is said.
    """

    text: str = ""
    is_known: bool = False

    @property
    def is_null(self) -> bool:
        """Whether the region says that there is none, which readers are told."""
        return self.is_known and not self.text


def answer(view: RegionView, fact: str) -> Answer:
    """Give what a region says of a fact that can be shown."""
    found = view.facts.get(fact)
    if found is None:
        return Answer()
    if found.value is None or found.value == ():
        return Answer(is_known=True)
    return Answer(view.write(fact, markup=False), is_known=True)


def choice(view: RegionView, fact: str) -> str:
    """Give the choice of a fact; empty where there is none, or the shop does not keep the fact."""
    found = view.facts.get(fact)
    return found.value if found is not None and isinstance(found.value, str) else ""


def verdict(view: RegionView, fact: str) -> bool | None:
    """Give yes or no; None where the fact says neither."""
    found = view.facts.get(fact)
    return found.value if found is not None and isinstance(found.value, bool) else None
