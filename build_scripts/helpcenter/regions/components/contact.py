"""Ways to reach a person, and when somebody is there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from helpcenter.regions.components.answers import Answer, address, answer
from helpcenter.regions.facts import Holidays, OpeningHours

if TYPE_CHECKING:
    from helpcenter.regions.components import Occasion
    from helpcenter.regions.view import RegionView

# How many holidays are named, and how far ahead.
_COUNT, _AHEAD = 6, timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which nobody is there.

    Args:
        day: as the reader's language writes it.
        name: in the reader's language; empty where nobody knows it.
    """

    day: str
    name: str


@dataclass(frozen=True, slots=True)
class Contact:
    """How the help team can be reached.

    Args:
        email: its address.
        phone: its number; null where there is none.
        chat: address of the chat, or empty.
        has_chat: whether the shop keeps that fact at all.
        response: time in which e-mails are answered.
        hours: when somebody is there.
        zone: time zone of the hours.
        languages: in which the team answers.
        holidays: the next days on which nobody is there.
    """

    email: Answer
    phone: Answer
    chat: str
    has_chat: bool
    response: Answer
    hours: Answer
    zone: str
    languages: Answer
    holidays: tuple[Holiday, ...]

    @property
    def dial(self) -> str:
        """The phone number as a telephone takes it."""
        return "".join(char for char in self.phone.text if char in "+0123456789")

    @property
    def is_empty(self) -> bool:
        """Whether there is no way to reach anybody."""
        return not (self.email.text or self.phone.text or self.chat)


def collect(view: RegionView, occasion: Occasion) -> Contact:
    """Collect the ways to reach the help team from a region."""
    return Contact(
        answer(view, "contact.email"),
        answer(view, "contact.phone"),
        address(view, "contact.chat"),
        "contact.chat" in view.facts,
        answer(view, "contact.response"),
        answer(view, "contact.hours"),
        _zone(view),
        answer(view, "contact.languages"),
        _holidays(view, occasion.on),
    )


def _zone(view: RegionView) -> str:
    """Give the name of the time zone: as the shop calls it, else as CLDR does."""
    from babel.dates import get_timezone_name  # noqa: PLC0415 - Babel costs 40 ms

    from helpcenter.regions.formats import babel_locale  # noqa: PLC0415 - as above

    named = answer(view, "contact.timezone").text
    found = view.facts.get("contact.hours")
    rows = found.value if found is not None and isinstance(found.value, tuple) else ()
    zones = dict.fromkeys(row.zone for row in rows if isinstance(row, OpeningHours))
    if named or len(zones) != 1:
        return named
    return str(get_timezone_name(next(iter(zones)), locale=babel_locale(view.tag)))


def _holidays(view: RegionView, on: date) -> tuple[Holiday, ...]:
    from helpcenter.regions.formats import write_date  # noqa: PLC0415 - Babel costs 40 ms

    found = view.facts.get("contact.holidays")
    if found is None or not isinstance(found.value, Holidays):
        return ()
    days = _next_days(found.value, on, view.tag)
    return tuple(Holiday(write_date(day, view.tag), name) for day, name in days)


@lru_cache(maxsize=256)
def _next_days(kept: Holidays, on: date, tag: str) -> tuple[tuple[date, str], ...]:
    """Give the next holidays, from a day on; the name is empty where the library has none in the reader's language."""
    from holidays import country_holidays  # noqa: PLC0415 - it costs 50 ms, and most pages have no holidays

    years = (on.year, on.year + 1)
    known = country_holidays(kept.country, subdiv=kept.subdivision, years=years)
    language = _language(known.supported_languages, tag)
    if language is not None:
        known = country_holidays(kept.country, subdiv=kept.subdivision, years=years, language=language)
    elif known.default_language is not None and known.default_language.partition("_")[0] == tag.partition("-")[0]:
        language = known.default_language
    days = sorted(day for day in known if on <= day < on + _AHEAD)[:_COUNT]
    return tuple((day, known[day] if language is not None else "") for day in days)


def _language(supported: tuple[str, ...], tag: str) -> str | None:
    """Give the library's name of a reader's language: the very same, else another form of it."""
    wanted = tag.replace("-", "_")
    for name in supported:
        if name == wanted:
            return name
    return next((name for name in supported if name.partition("_")[0] == tag.partition("-")[0]), None)
