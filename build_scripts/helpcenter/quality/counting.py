"""Counting: what the source counts, the translation counts, in digits of its own writing or in words."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from helpcenter.project.tags import language_data
from helpcenter.quality.numbers import find_numbers, find_spelled
from helpcenter.quality.numerals import find_months, find_number_words, is_spelled, spell
from helpcenter.quality.pairs import Problem
from helpcenter.quality.units import is_same_time, units_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.quality.numbers import Number
    from helpcenter.quality.pairs import Direction, Pair

CODE = "translation-number"

_DUAL = 2
_HOURS = 12
# The fewest digits that a telephone number has: what is grouped otherwise is still the same.
_PHONE = 7
# Up to here languages write numbers in words; of those whose words are not known, a lost one may have been written so.
_KNOWN = 12
_BETWEEN = 5
_SPELLED = 1000


def check_numbers(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find numbers that a translation lost, added or changed."""
    source, text = find_numbers(pair.source_words, direction.source), find_numbers(pair.text_words, direction.target)
    lost = [one for one in source if not any(one.readings & other.readings for other in text)]
    added = [one for one in text if not any(one.readings & other.readings for other in source)]
    if not source and not text:
        yield from _check_words(pair, direction)
    elif not _is_regrouped(lost, added):
        missing = [one for one in lost if not _is_said(one, pair.text_words, direction.target, source, text)]
        surplus = [one for one in added if not _is_meant(one, pair.source_words, direction.source, source)]
        yield from _tell(missing, surplus, lost, direction)


def _is_regrouped(lost: Sequence[Number], added: Sequence[Number]) -> bool:
    """Whether the same numbers are written in other groups: those of a telephone, a date, an hour."""
    if not lost or not added:
        return False
    if len(lost) != len(added) or any(one.is_date for one in lost):
        atoms, others = (sorted(atom for one in side for atom in one.atoms) for side in (lost, added))
        if atoms == others:
            return True
    digits, others_ = ("".join(char for one in side for char in one.raw if char.isdecimal()) for side in (lost, added))
    return digits == others_ and len(digits) >= _PHONE


def _is_said(number: Number, words: str, tag: str, source: Sequence[Number], text: Sequence[Number]) -> bool:
    """Whether a translation says a number of the source in another way."""
    if number.is_always or _has_same_time(number, (*text, *find_spelled(words, tag)), units_in(words, tag)):
        return True
    months = find_months(words, tag)
    if not number.wholes:
        # A day whose month is named.
        return bool(number.atoms) and number.atoms <= {atom for one in text for atom in one.atoms} | months
    count = min(number.wholes)
    return (
        count in months
        or (count <= _KNOWN and not spell(tag, 3))
        or (count <= _singular(tag) and bool(units_in(words, tag) & number.units))
        or any(one.count == count + _HOURS and _is_afternoon(one, source) for one in text)
        or any(is_spelled(words, one, tag) for one in number.wholes)
    )


def _is_meant(number: Number, words: str, tag: str, source: Sequence[Number]) -> bool:
    """Whether the source means a number of the translation, and says it in another way."""
    if number.is_always or any(one.is_always for one in source) or 1 in number.wholes:
        return True
    if _has_same_time(number, (*source, *find_spelled(words, tag)), units_in(words, tag)) or _is_afternoon(
        number, source
    ):
        return True
    months = find_months(words, tag)
    if number.is_date:
        return number.atoms <= {atom for one in source for atom in one.atoms} | months
    said = {count for _, _, count in find_number_words(words, tag)}
    said |= months | {atom for one in source if one.is_date for atom in one.atoms}
    values = number.wholes | {
        int(part) for one in number.readings if ":" in one for part in one.split(":") if int(part)
    }
    return bool(values & said) or any(is_spelled(words, one, tag) for one in values)


def _has_same_time(number: Number, others: Sequence[Number], units: frozenset[str]) -> bool:
    """Whether one of the other side's numbers is the same length of time, or a unit for itself: a year, for 12 months."""
    return any(is_same_time(number.count, number.units, one.count, one.units) for one in others) or any(
        is_same_time(number.count, number.units, 1, frozenset({unit})) for unit in units
    )


def _is_afternoon(hour: Number, source: Sequence[Number]) -> bool:
    """Whether an hour is the end of a range such as ``9–5``."""
    return any(
        other.count is not None
        and hour.count == other.count + _HOURS
        and 0 < other.start - one.end <= _BETWEEN
        and (one.count or 0) > other.count
        for one, other in pairwise(source)
    )


def _singular(tag: str) -> int:
    """Give up to which number a language may say nothing but a form of the noun: one, or two where it has a dual."""
    data = language_data(tag)
    return _DUAL if data is not None and "two" in data.plural_form.rules else 1


def _tell(
    missing: Sequence[Number], surplus: Sequence[Number], lost: Sequence[Number], direction: Direction
) -> Iterator[Problem]:
    """Tell each fault once: what stands in place of something else is one."""
    for index, one in enumerate(surplus):
        span = (one.start, one.end)
        same = next((other for other in lost if other.raw == one.raw), None)
        if same is not None:
            message = f"'{one.raw}' is read as {min(one.readings)} here, and as {min(same.readings)} in the source"
            yield Problem(CODE, message, span, f"write it as {_written(same, direction.target)}")
        elif index < len(missing):
            yield Problem(CODE, f"'{one.raw}' stands where the source has '{missing[index].raw}'", span)
        else:
            yield Problem(CODE, f"'{one.raw}' is not in the source", span)
    told = {one.raw for one in surplus}
    rest = dict.fromkeys(f"'{one.raw}'" for one in missing[len(surplus) :] if one.raw not in told)
    if rest:
        yield Problem(CODE, f"{', '.join(rest)} {'is' if len(rest) == 1 else 'are'} missing")


def _written(number: Number, tag: str) -> str:
    from babel.numbers import format_decimal  # noqa: PLC0415 - only where a number is wrong

    value = min(number.readings)
    data = language_data(tag)
    return str(format_decimal(value, locale=data)) if data and re.fullmatch(r"\d+(?:\.\d+)?", value) else number.raw


def _check_words(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a number in words that became another one."""
    tag, words = direction.target, pair.text_words
    source = [one for one in find_spelled(pair.source_words, direction.source) if 1 < (one.count or 0) <= _SPELLED]
    missed = [one for one in source if not _is_in_words(one, words, tag)]
    if not missed:
        return
    text = [one for one in find_spelled(words, tag) if (one.count or 0) > 1]
    others = [one for one in text if not _is_in_words(one, pair.source_words, direction.source)]
    if len(missed) == len(others) == 1 and not _has_same_time(missed[0], others, frozenset()):
        span = (others[0].start, others[0].end)
        yield Problem(CODE, f"'{others[0].raw}' stands where the source has '{missed[0].raw}'", span)


def _is_in_words(number: Number, words: str, tag: str) -> bool:
    return number.count is not None and is_spelled(words, number.count, tag)
