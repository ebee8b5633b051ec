"""Units: a number of days stays one of days, kilograms stay kilograms, euros stay euros.

Sources: names of units and currencies as CLDR has them (Babel); inflected forms in ``units.yml``.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from helpcenter.project.tags import language_data, language_of
from helpcenter.quality.numerals import UNSPACED
from helpcenter.quality.pairs import BLANK, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.quality.numbers import Number
    from helpcenter.quality.pairs import Direction, Pair

CODE = "translation-unit"

_CLDR = {
    "duration-day": "day", "duration-week": "week", "duration-month": "month", "duration-year": "year",
    "duration-hour": "hour", "duration-minute": "minute", "duration-second": "second", "duration-night": "night",
    "concentr-percent": "percent", "mass-kilogram": "kilogram", "mass-gram": "gram", "mass-tonne": "tonne",
    "mass-pound": "pound", "mass-ounce": "ounce", "length-kilometer": "kilometre", "length-meter": "metre",
    "length-centimeter": "centimetre", "length-millimeter": "millimetre", "length-inch": "inch", "length-foot": "foot",
    "length-mile": "mile", "volume-liter": "litre", "volume-milliliter": "millilitre", "volume-gallon": "gallon",
    "area-square-meter": "square metre", "temperature-celsius": "degree Celsius", "temperature-fahrenheit": "degree Fahrenheit",
    "digital-kilobyte": "kilobyte", "digital-megabyte": "megabyte", "digital-gigabyte": "gigabyte",
}  # fmt: skip
_SYMBOLS = {
    "%": "percent", "٪": "percent", "％": "percent", "kg": "kilogram", "g": "gram", "t": "tonne", "km": "kilometre",
    "m": "metre", "cm": "centimetre", "mm": "millimetre", "ml": "millilitre", "l": "litre", "m²": "square metre",
    "°c": "degree Celsius", "℃": "degree Celsius", "°f": "degree Fahrenheit",
    "kb": "kilobyte", "mb": "megabyte", "gb": "gigabyte",
    "кг": "kilogram", "г": "gram", "см": "centimetre", "мм": "millimetre", "м": "metre", "км": "kilometre", "л": "litre",
    "мл": "millilitre", "كجم": "kilogram", "كغ": "kilogram", "كغم": "kilogram", "غم": "gram", "جم": "gram",
    "سم": "centimetre", "ملم": "millimetre", "مم": "millimetre", "كم": "kilometre", "公斤": "kilogram",
    "千克": "kilogram", "克": "gram", "厘米": "centimetre", "毫米": "millimetre", "米": "metre", "公里": "kilometre",
    "升": "litre",
    "百分之": "percent", "lb": "pound", "lbs": "pound", "oz": "ounce", "ft": "foot", "in": "inch",
}  # fmt: skip
# Signs that one country alone uses in its texts, and those of which the sign leaves open whose it is.
_MONEY = {
    "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₺": "TRY", "₽": "RUB", "₹": "INR", "₩": "KRW", "₴": "UAH", "₪": "ILS",
    "$": "$", "R$": "BRL", "US$": "USD", "zł": "PLN", "Kč": "CZK", "fr.": "CHF", "元": "CNY", "円": "JPY", "yen": "JPY",
    "руб": "RUB",
}  # fmt: skip
_DOLLARS = frozenset({"$", "USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN"})
_YEN = frozenset({"JPY", "CNY"})
_CURRENCIES = (
    "EUR", "USD", "GBP", "TRY", "RUB", "CHF", "CNY", "JPY", "BRL", "SAR", "AED", "INR", "PLN", "SEK", "NOK", "DKK", "CZK",
    "UAH", "KRW", "MXN", "CAD", "AUD", "EGP",
)  # fmt: skip
# In seconds, or in days: a translation may say two weeks for 14 days, and 24 hours for one.
_LENGTHS = {
    "second": 1, "minute": 60, "hour": 3600, "day": 86_400, "night": 86_400, "week": 604_800, "fortnight": 1_209_600,
    "month": 2_592_000, "quarter": 7_776_000, "year": 31_104_000,
}  # fmt: skip
_TIMES = frozenset(_LENGTHS)
# Idioms say one for the other, and a second is also what comes after the first.
_VAGUE = frozenset({"second", "night", "fortnight", "quarter"})
_KINDS = dict.fromkeys(_LENGTHS, "time")
_COUNTS = (1, 2, 5, 11)
_STEM = 5
# A stem of so many letters has endings of so many at the most; a shorter one has none.
_SHORT, _ENDING = 4, 3
# Of names of currencies, what means something else far more often: "Japon yeni", and "new" in Turkish.
_NO_MONEY = {"tr": frozenset({"yeni"}), "en": frozenset({"real", "won"})}
_WINDOW = 3
_TOKEN = re.compile(
    r"R\$|US\$|[€£¥￥₺₽₹₩₴₪$%٪％℃]|°\s?[CcFf](?![A-Za-z])|m²|\d+(?:[.,]\d+)*"
    # A code stands beside Chinese without a space.
    r"|[A-Z]{3}(?=[\u3040-\u30ff\u3400-\u9fff])|[^\W\d_]+|[^\s\w]"
)
_WORD = re.compile(r"[^\W\d_]{2,}|[^\W\d_a-z]")
_ABBREVIATION = re.compile(r"[.’'\u00ad]")
# What stands between the two numbers of a range, or joins a number to its unit.
_JOINTS = frozenset("-–—~～〜/+")
# "باليورو" is "in", "the" and "euro".
_ARABIC_ARTICLE = re.compile(r"^[وفبكل]?(?:ال|لل)")
_CONTENT = re.compile(r"[^\W\d_]")


@cache
def _names(tag: str) -> dict[str, str]:
    """Give the unit of each word that CLDR writes behind a number, in small letters."""
    from babel.units import format_unit  # noqa: PLC0415 - costs time that a run without numbers does not pay

    data = language_data(tag)
    found = dict(_SYMBOLS)
    for name, unit in _CLDR.items() if data else ():
        for length in ("long", "short"):
            for count in _COUNTS:
                written = str(format_unit(count, name, length=length, locale=data)).casefold()
                words = re.sub(r"[\d.,٠-٩٫]+", "", written).strip(" \u00a0\u202f.")
                if words and words != name and len(words) > 1:
                    found.setdefault(words, unit)
    return found


@cache
def _stems(tag: str) -> re.Pattern[str]:
    """Give the pattern of all words of a language in ``units.yml``; the group that matches is named for the unit."""
    words = _written().get(language_of(tag), {})
    return re.compile("|".join(f"(?P<{unit}>{pattern})" for unit, pattern in words.items()) or "(?!)")


@cache
def _written() -> dict[str, dict[str, str]]:
    from importlib import resources  # noqa: PLC0415 - read when the first number is

    import yaml  # noqa: PLC0415 - as above

    text = resources.files("helpcenter.quality").joinpath("units.yml").read_text("utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 - both are safe


@cache
def _currencies(tag: str) -> dict[str, str]:
    """Give the currency of each word that names one; of an inflected one, of its stem."""
    from babel.numbers import get_currency_name  # noqa: PLC0415 - as above

    data = language_data(tag)
    found: dict[str, str] = {}
    where = _place_nouns(*(get_currency_name(code, 2, data) for code in ("USD", "CAD"))) if data else ()
    for code in _CURRENCIES if data else ():
        for count in (None, 1, 2, 5):
            name = get_currency_name(code, count, data)
            for word in _nouns(name, where):
                if word in _NO_MONEY.get(language_of(tag), ()):
                    continue
                # Shorter ones are parts of names of countries.
                if len(word) > 2 or (not word.isascii() and language_of(tag) in UNSPACED):  # noqa: PLR2004 - see above
                    stem = word[: max(_STEM, len(word) - 2)]
                    other = found.get(stem, code)
                    # "доллар" stands for several, "US" for none.
                    found[stem] = code if other == code else "$" if {other, code} <= _DOLLARS else ""
    return {stem: code for stem, code in found.items() if code}


def _place_nouns(one: str, other: str) -> tuple[int, ...]:
    """Give which words of a currency's name may be its noun, from two kinds of dollars: "US-Dollar", "доллар США", "dólares"."""
    same = [place for place in (0, -1) if _nouns(one, (place,)) == _nouns(other, (place,))]
    return tuple(same) or (0, -1)


def _nouns(name: str, where: tuple[int, ...]) -> list[str]:
    words = [word.casefold() for word in re.findall(r"[^\W\d_]+", name)]
    return [words[place] for place in where if words]


@lru_cache(maxsize=16384)
def _unit_of(word: str, tag: str) -> str | None:
    lowered = _ABBREVIATION.sub("", word.casefold().replace(" ", ""))
    if unit := _MONEY.get(word) or _MONEY.get(lowered) or (word if word in _CURRENCIES else None):
        return unit
    if language_of(tag) in UNSPACED:
        return _unit_within(lowered, tag)
    known = _names(tag)
    if unit := known.get(lowered):
        return unit
    if stem := _stems(tag).fullmatch(lowered):
        return _group_of(stem)
    money = _currencies(tag)
    if language_of(tag) == "ar":
        lowered = _ARABIC_ARTICLE.sub("", lowered)
    shortest = len(lowered) if len(lowered) < _SHORT else max(_SHORT, len(lowered) - _ENDING)
    # The longer a stem, the less can its word be another one: "real" is no beginning of "realizar", nor "yen" of "yeniden".
    return next(
        (
            money[lowered[:end]]
            for end in range(len(lowered), 2, -1)
            if lowered[:end] in money and (end >= min(shortest, _STEM))
        ),
        None,
    )


def _group_of(match: re.Match[str]) -> str:
    return next(name for name, words in match.groupdict().items() if words is not None)


def _unit_within(text: str, tag: str) -> str | None:
    """Give the unit with which a run of characters begins, where no space ends a word."""
    if stem := _stems(tag).match(text):
        return _group_of(stem)
    known = _names(tag)
    names = [name for name in known if text.startswith(name) and (not name.isascii() or name == text)]
    if names:
        return known[max(names, key=len)]
    money = _currencies(tag)
    return next((money[text[:end]] for end in range(len(text), 1, -1) if text[:end] in money), None)


def units_beside(text: str, span: tuple[int, int], tag: str, window: int = _WINDOW) -> frozenset[str]:
    """Give the unit of a number that stands in a text; empty where it has none, or one that is not known.

    It stands behind the number, with up to two words between (``14 calendar days``, ``5–7 iş günü``), or, as money and
    percent may, before it.
    """
    before = _TOKEN.findall(text[max(span[0] - 24, 0) : span[0]].replace(BLANK, " "))
    if before:
        near = before[-1] if before[-1] not in _JOINTS else ""
        unit = _unit_of(near, tag) if near else None
        if unit in {"percent", "$", *_MONEY.values(), *_CURRENCIES}:
            return frozenset({unit or ""})
    words = 0
    for token in _TOKEN.findall(text[span[1] : span[1] + 60]):
        unit = _unit_of(token, tag)
        if unit:
            return frozenset({unit})
        if _CONTENT.match(token):
            words += 1
        elif token not in _JOINTS and not token[0].isdigit():
            break
        if words == window:
            break
    return frozenset()


# The sources are the same for all languages.
@lru_cache(maxsize=4096)
def units_in(text: str, tag: str) -> frozenset[str]:
    """Give all units of time that a text names, with a number or without."""
    return frozenset(unit for word in _WORD.findall(text) if (unit := _unit_of(word, tag)) in _TIMES and unit)


def is_same_time(count: int | None, units: frozenset[str], other: int | None, others: frozenset[str]) -> bool:
    """Whether two numbers with their units are the same length of time: 14 days and two weeks."""
    if count is None or other is None:
        return False
    return any(
        count * _LENGTHS[unit] == other * _LENGTHS[one]
        or {(count, unit), (other, one)}
        == {(12 * max(1, min(count, other)), "month"), (max(1, min(count, other)), "year")}
        for unit in units & _TIMES
        for one in others & _TIMES
    )


def check_units(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find numbers that are the same on both sides and count something else."""
    source, text = _quantities(pair.source_words, direction.source), _quantities(pair.text_words, direction.target)
    told: set[tuple[frozenset[str], frozenset[str]]] = set()
    for one in text:
        same = [other for other in source if other.readings & one.readings]
        wanted = frozenset(unit for other in same for unit in other.units)
        if not same or not wanted or not all(other.units for other in same):
            continue
        if one.units and not any(_is_same(unit, other) for unit in one.units for other in wanted):
            # Both ends of a range have one unit.
            if (one.units, wanted) in told:
                continue
            told.add((one.units, wanted))
            yield Problem(
                CODE,
                f"'{one.raw}' counts {_said(one.units)} here, and {_said(wanted)} in the source",
                (one.start, one.end),
            )
        elif not one.units and (lost := _lost_money(wanted, pair, direction, text)):
            yield Problem(CODE, f"'{one.raw}' has lost its unit: {lost}", (one.start, one.end))

    if not told and not any(one.count != 1 for one in (*source, *text)):
        yield from _check_times(pair, direction)
    yield from _check_money(pair, direction, {unit for units, _ in told for unit in units})


def _quantities(text: str, tag: str) -> list[Number]:
    from helpcenter.quality.numbers import find_numbers, find_spelled  # noqa: PLC0415 - numbers know of their units

    return [*find_numbers(text, tag), *(one for one in find_spelled(text, tag) if one.units)]


def _check_times(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a length of time that became another one, where no number stands beside it: ``several days``."""
    wanted = units_in(pair.source_words, direction.source)
    if not wanted:
        return
    found = units_in(pair.text_words, direction.target)
    lost, added = wanted - found, found - wanted
    if len(lost) == len(added) == 1 and not (lost | added) & _VAGUE:
        message = f"the translation speaks of {_said(added)}, and the source of {_said(lost)}"
        words = (
            match for match in _TOKEN.finditer(pair.text_words) if _unit_of(match.group(), direction.target) in added
        )
        yield Problem(CODE, message, next((match.span() for match in words), None))


def _check_money(pair: Pair, direction: Direction, told: set[str]) -> Iterator[Problem]:
    """Find a currency that became another one, where no number stands beside it: ``prices in euros``."""
    sources, texts = _money_in(pair.source_words, direction.source), _money_in(pair.text_words, direction.target)
    lost = {unit for unit in sources if not any(_is_same(unit, other) for other in texts)}
    added = {unit for unit in texts if not any(_is_same(unit, other) for other in sources)} - told
    if not texts or not (lost or added):
        return
    # A word may mean something else; that one is lost and another comes in its place is no chance.
    for unit in sorted(added):
        word, span = texts[unit]
        if lost or word in _MONEY or word in _CURRENCIES:
            said = f"of {', '.join(sorted(lost))}" if lost else "of none"
            yield Problem(CODE, f"the translation speaks of {unit}, and the source {said}", span)
    if lost and not added and not told:
        yield Problem(CODE, f"the source speaks of {', '.join(sorted(lost))}, and the translation does not")


def _money_in(text: str, tag: str) -> dict[str, tuple[str, tuple[int, int]]]:
    """Give each currency that a text names, with the first word that does so and its place."""
    found: dict[str, tuple[str, tuple[int, int]]] = {}
    for match in _TOKEN.finditer(text):
        unit = _unit_of(match.group(), tag)
        if unit and _kind(unit) == "money":
            found.setdefault(unit, (match.group(), match.span()))
    if language_of(tag) in UNSPACED:
        for name, unit in sorted(_currencies(tag).items()):
            if (at := text.find(name)) >= 0:
                found.setdefault(unit, (name, (at, at + len(name))))
    return found


def names_money(text: str, tag: str) -> bool:
    """Tell whether a text names a currency, by its sign, its code or its name."""
    return bool(_money_in(text, tag))


def _is_same(unit: str, other: str) -> bool:
    if unit == other or {unit, other} <= _DOLLARS or {unit, other} <= _YEN:
        return True
    # An hour of the day is no length: "at 3 o'clock", "um 15 Uhr", "в 15 часов".
    return _kind(unit) != _kind(other) and not {_kind(unit), _kind(other)} & {"money", "percent"}


def _kind(unit: str) -> str:
    if unit in _CURRENCIES or unit == "$":
        return "money"
    return _KINDS.get(unit, "percent" if unit == "percent" else "measure")


def _said(units: frozenset[str]) -> str:
    return ", ".join(
        f"{unit}s" if _kind(unit) in {"time", "measure"} and unit.isalpha() else unit for unit in sorted(units)
    )


def _lost_money(wanted: frozenset[str], pair: Pair, direction: Direction, text: Sequence[Number]) -> str:
    """Give the currency or percent that stands nowhere in a translation; other units may be said in many ways."""
    lost = {unit for unit in wanted if _kind(unit) in {"money", "percent"}}
    if not lost or any(one.units & lost for one in text):
        return ""
    found = {_unit_of(word, direction.target) for word in _TOKEN.findall(pair.text_words)}
    if direction.target.split("-")[0] in UNSPACED:
        found |= {unit for name, unit in _currencies(direction.target).items() if name in pair.text_words}
    if any(_is_same(unit, other) for unit in lost for other in found if other):
        return ""
    return ", ".join(sorted(lost))
