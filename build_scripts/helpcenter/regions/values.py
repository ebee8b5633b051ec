"""Reading the value of a fact as its type asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from math import isfinite
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_precision

from helpcenter.diagnostics import Finding, HelpcenterError, finding, suggest
from helpcenter.project.yamlfile import validate
from helpcenter.regions.facts import FactSpec, ListChange, Value
from helpcenter.regions.schema import URL, DurationValue, HolidaysValue, HoursRow, ListChangeValue, MoneyValue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from helpcenter.project.yamlfile import KeyPath, YamlFile
    from helpcenter.regions.tables import Vocabulary

_ENGLISH = Locale("en")


@cache
def _holiday_calendars() -> dict[str, list[str]]:
    """Give each country whose holidays are known, with its parts."""
    from holidays import list_supported_countries  # noqa: PLC0415 - costs 0.3 s, and few files ask

    return list_supported_countries()


@cache
def _in_use() -> frozenset[str]:
    """Give the currencies that are legal tender somewhere, without an end that CLDR knows of."""
    rows = get_global("territory_currencies").values()
    return frozenset(code for row in rows for code, _, end, is_tender in row if end is None and is_tender)


@dataclass
class ValueReader:
    """Reads one value; what is wrong with it goes to ``findings``.

    Args:
        file: the region file.
        spec: of the fact.
        at: key path of the value.
        vocabulary: what the file may name.
        findings: is added to.
    """

    file: YamlFile
    spec: FactSpec
    at: KeyPath
    vocabulary: Vocabulary
    findings: list[Finding]

    def read(self, raw: Any) -> Value:  # noqa: ANN401 - any YAML value
        """Give the value, or None after a finding."""
        if raw is None:
            if not self.spec.nullable:
                self._wrong("null is not allowed here: every region needs a value", help_=self.spec.description)
            return None
        readers: dict[str, Callable[[Any], Value]] = {
            "duration": self._duration,
            "money": self._money,
            "percent": self._percent,
            "number": self._number,
            "date": self._date,
            "boolean": self._boolean,
            "choice": self._choice,
            "choices": self._list,
            "text": self._text,
            "url": self._url,
            "currency": lambda value: self._code(value, _ENGLISH.currencies, "an ISO 4217 currency code such as EUR"),
            "country": lambda value: self._code(value, _ENGLISH.territories, "an ISO 3166 country code such as AT"),
            "languages": self._list,
            "methods": self._list,
            "carrier": self._carrier,
            "hours": self._hours,
            "holidays": self._holidays,
        }
        return readers[self.spec.type](raw)

    def _wrong(self, message: str, *at: str | int, help_: str = "") -> None:
        place = self.file.place(*self.at, *at)
        self.findings.append(finding("region-value", f"{self.spec.id}: {message}", place, help=help_))

    def _duration(self, raw: Any) -> Value:  # noqa: ANN401
        if not isinstance(raw, dict):
            self._wrong("a duration is one unit and a number", help_="for example {days: 14} or {working_days: [3, 5]}")
            return None
        try:
            return validate(DurationValue, self.file, data=raw, at=self.at).read()
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            return None

    def _money(self, raw: Any) -> Value:  # noqa: ANN401
        if not isinstance(raw, dict):
            self._wrong("an amount has a currency", help_='for example {amount: "4.90", currency: EUR}')
            return None
        try:
            money = validate(MoneyValue, self.file, data=raw, at=self.at).read()
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            return None
        if money.currency not in _ENGLISH.currencies:
            self._code(raw["currency"], _ENGLISH.currencies, "an ISO 4217 currency code such as EUR", "currency")
            return None
        digits = get_currency_precision(money.currency)
        exponent = money.amount.as_tuple().exponent
        if isinstance(exponent, int) and -exponent > digits:
            self._wrong(f"{money.currency} has {digits} decimals", "amount")
            return None
        return money

    def _percent(self, raw: Any) -> Value:  # noqa: ANN401
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not 0 <= raw <= 100:  # noqa: PLR2004 - per cent
            self._wrong("a percentage is a number from 0 to 100", help_="for example 8.1")
            return None
        return Decimal(str(raw))

    def _number(self, raw: Any) -> Value:  # noqa: ANN401
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not isfinite(raw):
            self._wrong("give a number", help_="for example 3 or 0.5, without quotes")
            return None
        return Decimal(str(raw))

    def _date(self, raw: Any) -> Value:  # noqa: ANN401
        if type(raw) is not date:
            self._wrong("a date is written year-month-day", help_="for example 2026-11-22, without quotes")
            return None
        return raw

    def _boolean(self, raw: Any) -> Value:  # noqa: ANN401
        if not isinstance(raw, bool):
            self._wrong("give true or false")
            return None
        return raw

    def _choice(self, raw: Any) -> Value:  # noqa: ANN401
        return str(raw) if self._is_choice(raw) else None

    def _is_choice(self, raw: Any, *at: str | int) -> bool:  # noqa: ANN401
        if raw in self.spec.choices:
            return True
        message = f"'{raw}' is no choice of {self.spec.id}"
        help_ = "choices: " + ", ".join(self.spec.choices)
        self._unknown("region-unknown-choice", message, raw, self.spec.choices, help_, *at)
        return False

    def _unknown(self, code: str, message: str, raw: Any, known: Iterable[str], help_: str, *at: str | int) -> None:  # noqa: ANN401
        place = self.file.place(*self.at, *at)
        self.findings.append(finding(code, message, place, label=suggest(str(raw), known), help=help_))

    def _text(self, raw: Any) -> Value:  # noqa: ANN401
        if isinstance(raw, str) and raw.strip():
            return " ".join(raw.split())
        if isinstance(raw, dict) and raw:
            broken = [
                key
                for key, text in raw.items()
                if not isinstance(key, str) or not isinstance(text, str) or not text.strip()
            ]
            for key in broken:
                # The language `no` without quotes is the boolean false to YAML.
                self._wrong(
                    f"'{key}' needs a language code and a text",
                    str(key),
                    help_="put the code of Norwegian in quotes: 'no'",
                )
            return None if broken else {key: " ".join(text.split()) for key, text in raw.items()}
        self._wrong("give a text, or one text for each language", help_="a number that is a text needs quotes")
        return None

    def _code(self, raw: Any, known: Collection[str], what: str, *at: str) -> Value:  # noqa: ANN401
        if isinstance(raw, str) and raw in known:
            return raw
        place = self.file.place(*self.at, *at)
        # Money that is no longer in use is no suggestion.
        label = suggest(str(raw), _in_use() if known is _ENGLISH.currencies else known)
        help_ = "codes are written in capital letters"
        message = f"{self.spec.id}: '{raw}' is not {what}"
        self.findings.append(finding("region-value", message, place, label=label, help=help_))
        return None

    def _list(self, raw: Any) -> Value:  # noqa: ANN401
        if isinstance(raw, list):
            return self._names(raw)
        if isinstance(raw, dict):
            try:
                change = validate(ListChangeValue, self.file, data=raw, at=self.at)
            except HelpcenterError as error:
                self.findings.extend(error.findings)
                return None
            return ListChange(self._names(change.add, "add"), self._names(change.remove, "remove"))
        self._wrong("give a list, or 'add' and 'remove' to change the list of the parent")
        return None

    def _names(self, raw: list[Any], *at: str) -> tuple[str, ...]:
        for index, name in enumerate(raw):
            if self.spec.type == "choices":
                self._is_choice(name, *at, index)
            elif self.spec.type == "methods" and self.vocabulary.methods.lacks(name):
                help_ = "defined methods: " + ", ".join(sorted(self.vocabulary.methods))
                message = f"payment method '{name}' is not defined"
                self._unknown("region-unknown-payment", message, name, self.vocabulary.methods, help_, *at, index)
            elif self.spec.type == "languages" and str(name) not in _ENGLISH.languages:
                self._wrong(f"'{name}' is not a language code such as de", *at, index)
        return tuple(str(name) for name in raw)

    def _url(self, raw: Any) -> Value:  # noqa: ANN401
        if not isinstance(raw, str) or not re.fullmatch(URL, raw):
            help_ = (
                "an address begins with https:// and holds no spaces, brackets or quotation marks; write them as %20"
            )
            self._wrong(f"'{raw}' is not an address", help_=help_)
            return None
        return raw

    def _carrier(self, raw: Any) -> Value:  # noqa: ANN401
        carriers = self.vocabulary.carriers
        if isinstance(raw, str) and not carriers.lacks(raw):
            return raw
        help_ = "defined carriers: " + ", ".join(sorted(carriers)) if carriers else "define it in carriers.yml"
        self._unknown("region-unknown-carrier", f"carrier '{raw}' is not defined", raw, carriers, help_)
        return None

    def _holidays(self, raw: Any) -> Value:  # noqa: ANN401
        if not isinstance(raw, dict):
            self._wrong("holidays are those of a country", help_='for example {country: AT, subdivision: "6"}')
            return None
        try:
            read = validate(HolidaysValue, self.file, data=raw, at=self.at).read()
        except HelpcenterError as error:
            self.findings.extend(error.findings)
            return None
        known = _holiday_calendars()
        if read.country not in known:
            self._code(read.country, known, "a country whose holidays are known", "country")
            return None
        parts = known[read.country]
        if read.subdivision is not None and read.subdivision not in parts:
            message = f"{self.spec.id}: '{read.subdivision}' is no part of {read.country} with holidays of its own"
            help_ = "parts: " + ", ".join(parts) if parts else "leave 'subdivision' out"
            self._unknown("region-value", message, read.subdivision, parts, help_, "subdivision")
            return None
        return read

    def _hours(self, raw: Any) -> Value:  # noqa: ANN401
        if not isinstance(raw, list) or not raw:
            self._wrong(
                "opening hours are a list",
                help_='for example - {days: mon-fri, from: "09:00", to: "17:00", zone: Europe/Vienna}',
            )
            return None
        rows = []
        for index, row in enumerate(raw):
            try:
                rows.append(validate(HoursRow, self.file, data=row or {}, at=(*self.at, index)).read())
            except HelpcenterError as error:
                self.findings.extend(error.findings)
        return tuple(rows)
