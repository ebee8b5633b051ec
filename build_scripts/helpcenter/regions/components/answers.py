"""What a component says of one fact: a value, that there is none, or nothing."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from helpcenter.regions.facts import Duration, Money
from helpcenter.regions.tree import WORLD

if TYPE_CHECKING:
    from helpcenter.regions.view import RegionView

# Types that are written as inside a sentence, and begin with a capital letter where they stand alone.
_WORDS = frozenset({"currency", "languages"})
# Languages in which the capital of i has its dot.
_DOTTED = frozenset({"tr", "az"})


@dataclass(frozen=True, slots=True)
class Answer:
    """What is known of a fact.

    Args:
        text: the value as the reader's language writes it, without markup; empty where there is none.
        is_known: whether the region says anything about it. Where the shop does not keep the fact, nothing is said.
        is_general: whether it is the world's file that says so. That there is no law for the whole world does not mean
            that a country has none.
    """

    text: str = ""
    is_known: bool = False
    is_general: bool = False

    @property
    def is_null(self) -> bool:
        """Whether the region says that there is none, which readers are told."""
        return self.is_known and not self.text


def answer(view: RegionView, fact: str) -> Answer:
    """Give what a region says of a fact that can be shown."""
    found = view.facts.get(fact)
    if found is None:
        return Answer()
    is_general = found.region == WORLD
    if found.value is None or found.value == ():
        return Answer(is_known=True, is_general=is_general)
    text = view.write(fact, markup=False)
    return Answer(capitalize(text, view.tag) if found.type in _WORDS else text, True, is_general)


def choice(view: RegionView, fact: str) -> str:
    """Give the choice of a fact; empty where there is none, or the shop does not keep the fact."""
    found = view.facts.get(fact)
    return found.value if found is not None and isinstance(found.value, str) else ""


def verdict(view: RegionView, fact: str) -> bool | None:
    """Give yes or no; None where the fact says neither."""
    found = view.facts.get(fact)
    return found.value if found is not None and isinstance(found.value, bool) else None


def names(view: RegionView, fact: str) -> tuple[str, ...]:
    """Give the ids in a list; none where there is no list."""
    found = view.facts.get(fact)
    value = found.value if found is not None and isinstance(found.value, tuple) else ()
    return tuple(name for name in value if isinstance(name, str))


def amount(view: RegionView, fact: str) -> Money | None:
    """Give an amount; None where there is none."""
    found = view.facts.get(fact)
    return found.value if found is not None and isinstance(found.value, Money) else None


def rate(view: RegionView, fact: str) -> Decimal | None:
    """Give a percentage (``8.1`` for 8.1 %); None where there is none."""
    found = view.facts.get(fact)
    return found.value if found is not None and isinstance(found.value, Decimal) else None


def days(view: RegionView, fact: str) -> Duration | None:
    """Give a length of time; None where there is none."""
    found = view.facts.get(fact)
    return found.value if found is not None and isinstance(found.value, Duration) else None


def address(view: RegionView, fact: str) -> str:
    """Give an address of the web; empty where there is none, or it is no address that may be linked."""
    value = choice(view, fact)
    return value if value.startswith("https://") else ""


def capitalize(text: str, tag: str) -> str:
    """Let a text begin with a capital letter, as where it stands alone."""
    if text[:1] == "i" and tag.partition("-")[0] in _DOTTED:
        return "İ" + text[1:]
    return text[:1].upper() + text[1:]
