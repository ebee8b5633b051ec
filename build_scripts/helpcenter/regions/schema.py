"""The shape of region files: what may stand where."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, ClassVar, Literal, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from helpcenter.content.frontmatter import Audience, PageType, Topic  # noqa: TC001 - pydantic reads them
from helpcenter.regions.facts import UNITS, Confidence, Duration, Holidays, Kind, Money, OpeningHours
from helpcenter.regions.settings import Conditions

FactType = Literal[
    "duration",
    "money",
    "percent",
    "number",
    "date",
    "boolean",
    "choice",
    "choices",
    "text",
    "url",
    "currency",
    "country",
    "languages",
    "methods",
    "carrier",
    "hours",
    "holidays",
]
FACT_ID = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+$"
NAME = r"^[a-z0-9]+(-[a-z0-9]+)*$"
# What needs no escape in Markdown: an address with another character writes it with a per cent sign, as browsers do.
URL = r"^https://[A-Za-z0-9][A-Za-z0-9.:/?#@!&',;=%_~+-]*$"
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


STRICT = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
"""What every mapping in a file is: no key too many, and never changed."""


class _Strict(BaseModel):
    model_config: ClassVar[ConfigDict] = STRICT


def _span(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return (value, value)
    match value:
        case [int(low), int(high)] if 0 < low < high:
            return (low, high)
    raise ValueError("give a number such as 14, or a range such as [3, 5]")


def _amount(value: object) -> object:
    if isinstance(value, float):
        raise ValueError(f'put the amount in quotes: "{value}", so that no digit is lost')  # noqa: TRY004 - pydantic takes ValueError
    try:
        amount = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError('give an amount such as "4.90"') from error
    if not amount.is_finite() or amount < 0:
        raise ValueError("an amount is not below zero")
    return amount


def _clock(value: object) -> object:
    # YAML 1.1 reads 17:00 without quotes as the number 1020.
    if isinstance(value, int):
        raise ValueError(f'put the time in quotes: "{value // 60:02}:{value % 60:02}"')  # noqa: TRY004 - pydantic takes ValueError
    if not isinstance(value, str) or not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", value):
        raise ValueError('give a time from "00:00" to "23:59"')
    hour, minute = value.split(":")
    return time(int(hour), int(minute))


def _runs(value: object) -> object:
    parts = value if isinstance(value, list) else str(value).split(",")
    runs = []
    for part in parts:
        names = [name.strip().lower() for name in str(part).split("-")]
        if any(name not in DAYS for name in names) or len(names) > 2:  # noqa: PLR2004 - a run has two ends
            raise ValueError(f"give days such as mon-fri or [mon, wed]; days: {', '.join(DAYS)}")
        runs.append((DAYS.index(names[0]), DAYS.index(names[-1])))
    return tuple(runs)


def _zone(value: object) -> object:
    if value not in available_timezones():
        raise ValueError("give an IANA time zone such as Europe/Vienna")
    return value


def _in_english(texts: dict[str, str]) -> dict[str, str]:
    if texts and "en" not in texts:
        raise ValueError("give the text at least in English: {en: …}")
    return texts


Span = Annotated[
    tuple[int, int],
    BeforeValidator(_span),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "integer", "minimum": 1},
                {"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 2, "maxItems": 2},
            ]
        }
    ),
]
Clock = Annotated[
    time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": r"^([01]?\d|2[0-3]):[0-5]\d$"})
]
Text = str | dict[str, str]
ByLanguage = Annotated[
    dict[str, str],
    AfterValidator(_in_english),
    WithJsonSchema({"type": "object", "required": ["en"], "additionalProperties": {"type": "string"}}),
]


class DurationValue(_Strict):
    """Exactly one unit with a number or a range."""

    hours: Span | None = None
    days: Span | None = None
    working_days: Span | None = None
    weeks: Span | None = None
    months: Span | None = None
    years: Span | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> DurationValue:
        if sum(getattr(self, unit) is not None for unit in UNITS) != 1:
            raise ValueError(f"give exactly one of {', '.join(UNITS)}")
        return self

    def read(self) -> Duration:
        """Give the value."""
        unit = next(unit for unit in UNITS if getattr(self, unit) is not None)
        low, high = getattr(self, unit)
        return Duration(unit, low, high)


class MoneyValue(_Strict):
    """An amount and its currency."""

    amount: Annotated[
        Decimal, BeforeValidator(_amount), WithJsonSchema({"type": ["string", "integer"], "pattern": r"^\d+(\.\d+)?$"})
    ]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]

    def read(self) -> Money:
        """Give the value."""
        return Money(self.amount, self.currency)


class HoursRow(_Strict):
    """One line of opening hours."""

    days: Annotated[
        tuple[tuple[int, int], ...],
        BeforeValidator(_runs),
        WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
    ]
    opens: Annotated[Clock, Field(alias="from")]
    closes: Annotated[Clock, Field(alias="to")]
    zone: Annotated[str, BeforeValidator(_zone)]

    @model_validator(mode="after")
    def _in_order(self) -> HoursRow:
        if self.opens >= self.closes:
            raise ValueError("'from' must be earlier than 'to'")
        if any(first > last for first, last in self.days):
            raise ValueError("the first day of a run must come before its last, Monday first")
        return self

    def read(self) -> OpeningHours:
        """Give the value."""
        return OpeningHours(self.days, self.opens, self.closes, self.zone)


class HolidaysValue(_Strict):
    """Whose public holidays are kept."""

    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    subdivision: str | None = None

    def read(self) -> Holidays:
        """Give the value."""
        return Holidays(self.country, self.subdivision)


class ListChangeValue(_Strict):
    """What a region adds to its parent's list, and what it leaves out."""

    add: list[str] = []
    remove: list[str] = []


def _some(words: list[Any]) -> list[Any]:
    if not words:
        raise ValueError("name one at least, or leave the key out")
    return words


_Some = AfterValidator(_some), Field(json_schema_extra={"minItems": 1})


class WhenEntry(_Strict):
    """On which pages a value holds; each key that stands here must be met, by one of its words."""

    audience: Annotated[list[Audience], *_Some] | None = None
    page_type: Annotated[list[PageType], *_Some] | None = None
    topic: Annotated[list[Topic], *_Some] | None = None

    @model_validator(mode="after")
    def _asks(self) -> Self:
        if not (self.audience or self.page_type or self.topic):
            raise ValueError("give one of audience, page_type and topic")
        return self

    def read(self) -> Conditions:
        """Give the conditions."""
        return Conditions(tuple(self.audience or ()), tuple(self.page_type or ()), tuple(self.topic or ()))


class ValueEntry(_Strict):
    """One value of a fact, as it stands below a market of ``shop.yml``."""

    value: Any = Field(description="As the fact's type asks for; null says that there is no such right or offer.")
    valid_from: date | None = Field(default=None, description="First day on which it holds.")
    valid_to: date | None = Field(default=None, description="Last day on which it holds.")
    law: str | None = Field(default=None, description="The rule it comes from, as it is cited.")
    source: str | list[str] | None = Field(
        default=None, description="Where it was read: an address, or a key of sources.yml."
    )
    confidence: Confidence = Field(default=Confidence.HIGH, description="How sure the owner is.")
    owner: str | None = Field(default=None, description="Who answers for it.")
    review_by: date | None = Field(default=None, description="After this day somebody must look at it again.")
    note: str | None = Field(default=None, description="For colleagues; never published.")
    when: WhenEntry | None = Field(default=None, description="On which pages it holds; on all of them when left out.")


class _Identified(_Strict):
    id: str = Field(description="Which fact: a name from facts.yml.")


class FactEntry(ValueEntry, _Identified):
    """One item of ``facts`` in a region file."""


class Answerable(_Strict):
    """Who answers for facts, and when they are looked at again."""

    owner: str = Field(description="Who answers for them.")
    review_by: date = Field(description="After this day somebody must look at them again.")


class SpecEntry(_Strict):
    """What ``facts.yml`` says about one fact id."""

    type: FactType = Field(description="How its values are written, and how readers see them.")
    kind: Kind = Field(description="statute: the law decides, and values need a law or a source. shop: we decide.")
    description: str = Field(min_length=1, description="One sentence for the person who fills it in.")
    label: ByLanguage = Field(default={}, description="What customers call it, by language; English at least.")
    nullable: bool = Field(default=False, description='Whether "there is none" is a possible answer.')
    choices: list[str] = Field(
        default=[], description="The names to choose from; where compared, from the least generous on."
    )
    at_least: str | None = Field(default=None, description="Another fact that this one must not fall below.")
    at_most: str | None = Field(default=None, description="Another fact that this one must not exceed.")

    @model_validator(mode="after")
    def _choices_fit(self) -> SpecEntry:
        if (self.type in {"choice", "choices"}) != bool(self.choices):
            raise ValueError("'choices' goes with the types 'choice' and 'choices', and with no other")
        return self


class _NamedEntry(_Strict):
    name: str | None = Field(
        default=None, description="Of a brand: the same in all languages that 'names' does not hold."
    )
    names: dict[str, str] = Field(default={}, description="Language → name.")

    @model_validator(mode="after")
    def _named(self) -> Self:
        if self.name is None and "en" not in self.names:
            raise ValueError("give 'name' (a brand) or 'names' with at least 'en'")
        return self


class MethodEntry(_NamedEntry):
    """A payment method: a brand has a ``name``, a generic method has ``names`` by language."""

    descriptions: ByLanguage = Field(default={}, description="Language → one sentence for customers; English at least.")


class CarrierEntry(_NamedEntry):
    """A carrier: a brand has a ``name``, a generic one has ``names`` by language."""

    tracking: Annotated[str, Field(pattern=URL)] | None = Field(
        default=None, description="Address of the page where a parcel can be followed."
    )


class SourceEntry(_Strict):
    """Where a fact was read."""

    url: str = Field(pattern=r"^https://", description="Address.")
    seen: str | int | date = Field(description="The day, the month or the year it was read.")
    what: str = Field(default="", description="What stands there, in a few words.")


class RegistryFile(_Strict):
    """``facts.yml``: fact id → what it is."""

    facts: dict[Annotated[str, Field(pattern=FACT_ID)], SpecEntry]


class MethodsFile(_Strict):
    """``methods.yml``: method id → its names."""

    methods: dict[Annotated[str, Field(pattern=NAME)], MethodEntry]


class CarriersFile(_Strict):
    """``carriers.yml``: carrier id → its names."""

    carriers: dict[Annotated[str, Field(pattern=NAME)], CarrierEntry]


class SourcesFile(_Strict):
    """``sources.yml``: key → where a fact was read."""

    sources: dict[str, SourceEntry]


class RegionHead(_Strict):
    """A region file but for its facts and tables, which are read one by one so that one bad item does not hide the others."""

    parent: str | None = None
    members: list[str] = []
    name: ByLanguage = {}
    defaults: dict[Kind, Answerable] = {}
    methods: dict[str, Any] = {}
    carriers: dict[str, Any] = {}
    sources: dict[str, Any] = {}
    facts: list[Any] = []


class RegionFile(_Strict):
    """A whole region file."""

    parent: str | None = Field(default=None, description="The region around this one; the world has none.")
    members: list[str] = Field(default=[], description="Of a group: the countries in it.")
    name: ByLanguage = Field(default={}, description="Language → what customers call it, where CLDR has no name.")
    defaults: dict[Kind, Answerable] = Field(default={}, description="Who answers for the facts of this file, by kind.")
    methods: dict[Annotated[str, Field(pattern=NAME)], MethodEntry] = {}
    carriers: dict[Annotated[str, Field(pattern=NAME)], CarrierEntry] = {}
    sources: dict[str, SourceEntry] = {}
    facts: list[FactEntry] = Field(default=[], description="What holds here.")
