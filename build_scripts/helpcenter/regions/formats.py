"""Values as readers of a language write them: CLDR through Babel, and our own wording where Babel has none.

All numbers pass through :func:`_number`, :func:`write_money` and :func:`_percent`, which write the digits that every
language gets (:data:`helpcenter.regions.cldr.DIGITS`).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml
from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_date, format_time, get_day_names
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent, get_currency_name

from helpcenter.regions.cldr import DIGITS
from helpcenter.regions.facts import Duration, Money, OpeningHours, nearest_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date
    from decimal import Decimal

    from helpcenter.regions.facts import Carrier, Fact, Method

_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"
_CLDR_UNITS = {"hours": "hour", "days": "day", "weeks": "week", "months": "month", "years": "year"}


@cache
def babel_locale(tag: str) -> Locale:
    """Give the CLDR locale nearest to a language tag; English for a language CLDR does not know."""
    parts = tag.split("-")
    for size in range(len(parts), 0, -1):
        try:
            return Locale.parse("-".join(parts[:size]), sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def is_rtl(tag: str) -> bool:
    """Tell whether the language is written from right to left."""
    return babel_locale(tag).text_direction == "rtl"


def format_fact(
    fact: Fact,
    tag: str,
    methods: Mapping[str, Method],
    case: str = "",
    carriers: Mapping[str, Carrier] = MappingProxyType({}),
) -> str:
    """Write a fact's value as plain text in one line.

    Args:
        fact: with a value of a type that is shown.
        tag: language tag of the reader's locale.
        methods: payment methods, by id.
        case: grammatical case for durations, such as ``dative``; empty for the dictionary form.
        carriers: carriers, by id.

    Raises:
        ValueError: the fact has no value, or is of a type that is never shown.
    """
    text = " ".join(_text(fact, tag, methods, case, carriers).split(" "))
    # Switzerland and Liechtenstein write no ß.
    return text.replace("ß", "ss").replace("ẞ", "SS") if tag in {"de-CH", "de-LI"} else text


def _text(fact: Fact, tag: str, methods: Mapping[str, Method], case: str, carriers: Mapping[str, Carrier]) -> str:
    writers: dict[str, Callable[[Any], str]] = {
        "duration": lambda value: _duration(value, tag, case),
        "money": lambda value: write_money(value, tag),
        "percent": lambda value: _percent(value, tag),
        "number": lambda value: _number(value, tag),
        "date": lambda value: write_date(value, tag),
        "currency": lambda value: _currency(value, tag),
        "country": lambda value: territory_name(value, tag),
        "territory": lambda value: _region_name(value, tag),
        "languages": lambda value: _join([_language(code, tag) for code in value], tag),
        "carrier": lambda value: _isolate(brand_name(carriers[value], tag)[0], tag),
        "url": str,
        "methods": lambda value: _join([brand_name(methods[key], tag)[0] for key in value], tag),
        "hours": lambda value: _hours(value, tag),
        "text": lambda value: _isolate(value if isinstance(value, str) else nearest_text(value, tag)[0], tag),
    }
    if fact.value is None:
        raise ValueError("there is no value to show")
    if fact.type not in writers:
        raise ValueError(f"a {fact.type} decides what is shown; it is not shown itself")
    return writers[fact.type](fact.value)


def brand_name(named: Method | Carrier, tag: str) -> tuple[str, bool]:
    """Give the name of a payment method or carrier, and whether it is in the reader's language; a brand is at home in all."""
    text, found = nearest_text(named.names, tag) if named.names else ("", False)
    if found:
        return text, True
    return (named.name, True) if named.name is not None else (text, False)


def territory_name(region: str, tag: str) -> str:
    """Give the name of a country or group; of the country for a part of one, and the code where CLDR knows no name."""
    names = babel_locale(tag).territories
    return str(names.get(region) or names.get(region.split("-", maxsplit=1)[0]) or region)


def _region_name(name: str | Mapping[str, str], tag: str) -> str:
    return territory_name(name, tag) if isinstance(name, str) else _isolate(nearest_text(name, tag)[0], tag)


@dataclass(frozen=True)
class Wording:
    """The wording of one language; see the head of ``wording.yml``."""

    range: str = "{0}–{1}"
    day_range: str = ""
    hours: str = "{0}, {1}"
    rows: str = "; "
    working_day: Mapping[str, str] | None = None
    first_day: str = "1"
    range_plurals: Mapping[str, str] | None = None
    list_end: Mapping[str, str] | None = None
    cases: Mapping[str, Mapping[str, Mapping[str, str]]] | None = None


@cache
def wording(tag: str) -> Wording:
    """Give the wording of the language nearest to a tag; ``working_day`` is None where nobody wrote one yet."""
    text = resources.files("helpcenter.regions").joinpath("wording.yml").read_text("utf-8")
    table = yaml.safe_load(text)
    parts = tag.split("-")
    keys = ["-".join(parts[:size]) for size in range(1, len(parts) + 1)]
    # es-MX, es-AR … are written as es-419 rather than as in Spain.
    if parts[0] == "es" and len(parts) > 1 and parts[1] not in {"ES", "419"}:
        keys.insert(1, "es-419")
    merged: dict[str, Any] = {}
    for key in keys:
        merged.update(table.get(key, {}))
    return Wording(**merged)


@cache
def _unit_forms(tag: str, unit: str) -> Mapping[str, str]:
    """Give the plural forms of a unit; ``format_unit`` would choose among them by the number alone, not by a range."""
    data = localedata.get_locale_data(str(babel_locale(tag)))
    return dict(data["unit_patterns"][f"duration-{_CLDR_UNITS[unit]}"]["long"])


def _duration(value: Duration, tag: str, case: str) -> str:
    words = wording(tag)
    if value.unit == "working_days" and words.working_day is None:
        value = _calendar_days(value)
    forms = (words.cases or {}).get(case, {}).get(value.unit)
    if forms is None:
        forms = words.working_day if value.unit == "working_days" else _unit_forms(tag, value.unit)
    pattern = (forms or {}).get(_plural(value, tag)) or (forms or {})["other"]
    return pattern.replace("{0}", _span(value.low, value.high, tag))


def _calendar_days(value: Duration) -> Duration:
    """Say working days as days, for a language whose word for them nobody wrote yet (``region-text-language``).

    Two days of rest can lie before each five working days; to promise the bare number would promise too much.
    """
    latest = value.high + 2 * -(-value.high // 5)
    return Duration("days", latest if value.low == value.high else value.low, latest)


def _plural(value: Duration, tag: str) -> str:
    rule = babel_locale(tag).plural_form
    end = str(rule(value.high))
    if value.low == value.high:
        return end
    return (wording(tag).range_plurals or {}).get(f"{rule(value.low)} {end}", end)


def _span(low: int, high: int, tag: str) -> str:
    if low == high:
        return _number(low, tag)
    return wording(tag).range.replace("{0}", _number(low, tag)).replace("{1}", _number(high, tag))


def _number(value: Decimal | int, tag: str) -> str:
    return format_decimal(value, locale=babel_locale(tag), numbering_system=DIGITS)


def _percent(value: Decimal, tag: str) -> str:
    return format_percent(value / 100, locale=babel_locale(tag), decimal_quantization=False, numbering_system=DIGITS)


def write_money(value: Money, tag: str) -> str:
    """Write an amount."""
    text = format_currency(value.amount, value.currency, locale=babel_locale(tag), numbering_system=DIGITS)
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if is_rtl(tag) else text


def write_date(value: date, tag: str) -> str:
    """Write a day in full, as in *1 July 2026* or, as CLDR does not know, *1er juillet 2026*."""
    text = format_date(value, format="long", locale=babel_locale(tag))
    return text.replace("1", wording(tag).first_day, 1) if value.day == 1 and text[:2] == "1 " else text


def _currency(code: str, tag: str) -> str:
    locale = babel_locale(tag)
    # "prices in British pounds": where a language has one plural it reads best; where it has several, the plain form.
    several = "few" in locale.plural_form.tags
    return str(locale.currencies.get(code, code) if several else get_currency_name(code, count=2, locale=locale))


def _language(code: str, tag: str) -> str:
    return str(babel_locale(tag).languages.get(code, code))


def _join(items: list[str], tag: str) -> str:
    text = str(format_list([_isolate(item, tag) for item in items], locale=babel_locale(tag)))
    end = wording(tag).list_end
    if end is None or not items[1:] or not re.match(end["before"], items[-1], re.IGNORECASE):
        return text
    head = text.removesuffix(items[-1])
    return f"{head.removesuffix(end['usual'])}{end['instead']}{items[-1]}"


def _hours(rows: tuple[OpeningHours, ...], tag: str) -> str:
    locale = babel_locale(tag)
    words = wording(tag)
    names = get_day_names("wide", "stand-alone", locale)

    def days(first: int, last: int) -> str:
        if first == last:
            return str(names[first])
        return (words.day_range or words.range).replace("{0}", names[first]).replace("{1}", names[last])

    lines = []
    for row in rows:
        runs = str(format_list([days(*run) for run in row.days], locale=locale))
        opens, closes = (format_time(moment, format="short", locale=locale) for moment in (row.opens, row.closes))
        times = words.range.replace("{0}", opens).replace("{1}", closes)
        lines.append(words.hours.replace("{0}", runs).replace("{1}", times))
    return words.rows.join(lines)


def _isolate(text: str, tag: str) -> str:
    """Keep a text of the other direction together inside a right-to-left sentence (UAX #9).

    A run that begins and ends with a Latin letter needs no isolates and stays clean when it is copied, such as an
    e-mail address.
    """
    if not text or not is_rtl(tag):
        return text
    classes = [unicodedata.bidirectional(char) for char in text]
    foreign = "L" in classes or ("EN" in classes and not {"R", "AL"} & set(classes) and not text.isdigit())
    clean = classes[0] == classes[-1] == "L" and not {"R", "AL"} & set(classes)
    return f"{_FIRST_STRONG_ISOLATE}{text}{_POP_ISOLATE}" if foreign and not clean else text


_MARKUP = re.compile(r"[\\`*_{}\[\]<>|~^&$]")
_LINE_START = re.compile(
    r"^(?:(?P<mark>#|[+\-=:](?=[\s=-]|$)|!(?=!!)|\?(?=\?\?))|(?P<number>\d+)(?P<dot>[.)])(?=\s|$))"
)


def escape_markdown(text: str) -> str:
    """Write a text so that Markdown shows it as it is, in a paragraph, in a table cell, or at the beginning of a line.

    Character references are used, as backslashes are not understood by every extension.
    """
    escaped = _MARKUP.sub(lambda match: f"&#{ord(match[0])};", text)
    # "22. November" would begin a numbered list.
    return _LINE_START.sub(
        lambda match: f"&#{ord(match['mark'])};" if match["mark"] else f"{match['number']}&#{ord(match['dot'])};",
        escaped,
    )
