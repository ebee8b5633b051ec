"""Reading the value of a fact as its type asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.numbers import get_currency_precision

from helpcenter.diagnostics import Finding, HelpcenterError, finding, suggest
from helpcenter.project.yamlfile import validate
from helpcenter.regions.facts import FactSpec, ListChange, Value
from helpcenter.regions.schema import DurationValue, HoursRow, ListChangeValue, MoneyValue

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from helpcenter.project.yamlfile import KeyPath, YamlFile

_ENGLISH = Locale("en")


@dataclass
class ValueReader:
    """Reads one value; what is wrong with it goes to ``findings``.

    Args:
        file: the region file.
        spec: of the fact.
        at: key path of the value.
        methods: known payment methods.
        findings: is added to.
    """

    file: YamlFile
    spec: FactSpec
    at: KeyPath
    methods: Collection[str]
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
            "date": self._date,
            "boolean": self._boolean,
            "choice": self._choice,
            "text": self._text,
            "currency": lambda value: self._code(value, _ENGLISH.currencies, "an ISO 4217 currency code such as EUR"),
            "country": lambda value: self._code(value, _ENGLISH.territories, "an ISO 3166 country code such as AT"),
            "languages": self._list,
            "methods": self._list,
            "hours": self._hours,
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
        if raw not in self.spec.choices:
            self.findings.append(
                finding(
                    "region-unknown-choice",
                    f"'{raw}' is no choice of {self.spec.id}",
                    self.file.place(*self.at),
                    label=suggest(str(raw), self.spec.choices),
                    help="choices: " + ", ".join(self.spec.choices),
                )
            )
            return None
        return str(raw)

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
        label = suggest(str(raw), known)
        self.findings.append(finding("region-value", f"{self.spec.id}: '{raw}' is not {what}", place, label=label))
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
            if self.spec.type == "methods" and name not in self.methods:
                self.findings.append(
                    finding(
                        "region-unknown-payment",
                        f"payment method '{name}' is not defined",
                        self.file.place(*self.at, *at, index),
                        label=suggest(str(name), self.methods),
                        help="defined methods: " + ", ".join(sorted(self.methods)),
                    )
                )
            elif self.spec.type == "languages" and name not in _ENGLISH.languages:
                place = self.file.place(*self.at, *at, index)
                self.findings.append(
                    finding("region-value", f"{self.spec.id}: '{name}' is not a language code such as de", place)
                )
        return tuple(str(name) for name in raw)

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
