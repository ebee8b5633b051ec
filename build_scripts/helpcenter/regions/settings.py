"""Of which page a fact is read, and under which conditions a value holds: a closed vocabulary, and no expressions.

A value may hold only for an audience, on pages of a type, or on pages about a topic.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from helpcenter.content import FrontMatter

DIMENSIONS = ("audience", "page_type", "topic")
"""What a condition may ask of a page; of two values that hold under equally many, the one of the earlier dimension wins."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What conditions may know of a page.

    Args:
        audience: whom it is for; empty where no condition asks.
        page_type: empty where no condition asks.
        topics: what it is about, the main topic first.
    """

    audience: str = "consumer"
    page_type: str = ""
    topics: tuple[str, ...] = ()

    def is_in(self, dimension: str, values: Collection[str]) -> bool:
        """Tell whether the page is for one of some audiences, of one of some types, or about one of some topics."""
        return not frozenset(values).isdisjoint(self.named(dimension))

    def named(self, dimension: str) -> tuple[str, ...]:
        """Give what the page says in a dimension."""
        if dimension == "topic":
            return self.topics
        return (self.audience if dimension == "audience" else self.page_type,)


ANYWHERE = Setting()
"""A page for consumers of which nothing else is known."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a page must be for a value to hold there: each dimension that names something must be met.

    Args:
        audience: any of these.
        page_type: any of these.
        topic: any of these.
    """

    audience: tuple[str, ...] = ()
    page_type: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    @property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """Give dimension → what it must be, of those that matter."""
        return {name: values for name in DIMENSIONS if (values := getattr(self, name))}

    def rank(self, setting: Setting) -> tuple[int, ...] | None:
        """Tell how well a page fits: the greatest wins; None where a condition is not met.

        More conditions win; then a condition on the audience, then one on the type; of topics, the page's main one.
        """
        asked = self.asked
        if not all(setting.is_in(name, values) for name, values in asked.items()):
            return None
        topic = min((place for place, name in enumerate(setting.topics) if name in self.topic), default=0)
        return (len(asked), *(name in asked for name in DIMENSIONS), -topic)

    def meets(self, other: Conditions) -> bool:
        """Tell whether a page could fit both equally well, so that nobody could tell whose value holds."""
        mine, theirs = self.asked, other.asked
        return mine.keys() == theirs.keys() and all(not set(mine[name]).isdisjoint(theirs[name]) for name in mine)

    @property
    def example(self) -> Setting:
        """Give a page on which the conditions are met."""
        return Setting(next(iter(self.audience), "consumer"), next(iter(self.page_type), ""), self.topic[:1])

    def __str__(self) -> str:
        """Say the conditions: ``audience business, topic returns or delivery``."""
        return ", ".join(f"{name} {' or '.join(values)}" for name, values in self.asked.items())


ALWAYS = Conditions()
"""What a value without conditions asks."""


def setting_of(meta: FrontMatter) -> Setting:
    """Give what conditions may know of a page."""
    return Setting(meta.audience, meta.type, tuple(meta.topics))


def reduce_setting(setting: Setting, conditions: Iterable[Conditions]) -> Setting:
    """Leave out what no condition asks for, so that pages that differ in nothing else share their facts."""
    asked = {name: {value for one in conditions for value in getattr(one, name)} for name in DIMENSIONS}
    return Setting(
        setting.audience if setting.audience in asked["audience"] else "",
        setting.page_type if setting.page_type in asked["page_type"] else "",
        tuple(topic for topic in setting.topics if topic in asked["topic"]),
    )
