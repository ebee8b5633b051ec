"""Numbers: those that stand in a text, as the readers of its language read them.

``1,000`` is a thousand in English and one in German; ``3 p.m.`` is 15:00; ``11/26/2026`` is 26.11.2026.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache

from helpcenter.project.tags import language_data, language_of
from helpcenter.quality.numerals import UNSPACED, find_number_words, scales, spell
from helpcenter.quality.units import units_beside

_SPACES = " \u00a0\u202f\u2009"
_FRACTIONS = "¼½¾⅓⅔⅛⅜⅝⅞"
_NUMBER = re.compile(
    rf"""
      (?P<always>(?<!\d)(?:24/7|7/24)(?!\d))
    | (?P<date>(?<![\d.,/-])\d{{1,4}}(?P<mark>[-/.])\d{{1,2}}(?P=mark)\d{{1,4}}(?![\d-])(?!(?P=mark)\d))
    | (?P<time>(?<!\d)\d{{1,2}}(?:[:：∶]\d{{2}}){{1,2}}(?!\d))
    | (?P<amount>\d{{1,3}}(?:[{_SPACES}]\d{{3}}){{1,5}}(?:[.,]\d{{1,9}})?(?!\d)
        |\d{{1,40}}(?:[.,'’٫٬،]\d{{1,20}}){{0,9}}[{_FRACTIONS}]?|[{_FRACTIONS}])
    """,
    re.VERBOSE,
)
_GROUPS = re.compile(r"\d{1,3}(?:[.,'’٬ ]\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}")
_HALF_DAY = re.compile(r"[\s\u00a0]?(?P<half>[ap])\.?[\s\u00a0]?m\b\.?", re.IGNORECASE)
_ATOM = re.compile(r"\d+")
_PAIR = 2
_HALF = 12


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in a text.

    Args:
        start: offset of its first digit.
        end: offset behind its last.
        raw: how it is written, with the digits of ASCII.
        readings: what it may mean: a value without groups, ``h:mm``, or the sorted parts of a date.
        units: of what, as far as that is known.
    """

    start: int
    end: int
    raw: str
    readings: frozenset[str]
    units: frozenset[str] = field(default_factory=frozenset)

    @property
    def atoms(self) -> frozenset[int]:
        """The runs of digits in it: of a date, its day, month and year."""
        return frozenset(int(atom) for atom in _ATOM.findall(self.raw))

    @property
    def wholes(self) -> frozenset[int]:
        """All whole numbers that it may mean."""
        return frozenset(int(one) for one in self.readings if one.isdecimal())

    @property
    def is_date(self) -> bool:
        """Whether it is a day, with month and year."""
        return any("/" in reading for reading in self.readings) and not self.is_always

    @property
    def is_always(self) -> bool:
        """Whether it says ``24/7``."""
        return "24/7" in self.readings

    @property
    def count(self) -> int | None:
        """The number, where it is whole and has one reading."""
        return min(self.wholes, default=None)


# Two checks ask for them, for all languages.
@lru_cache(maxsize=4096)
def find_numbers(text: str, tag: str) -> tuple[Number, ...]:
    """Find the numbers that are written in digits."""
    found = []
    for match in _NUMBER.finditer(text):
        raw = _ascii(match.group())
        readings, end = _read(match, raw, tag), match.end()
        half = _HALF_DAY.match(text, end)
        if half and match["always"] is None and match["date"] is None:
            readings, end = _read_half_day(raw, half["half"].lower()), half.end()
        elif match["amount"]:
            readings |= _read_scaled(text[match.end() :], readings, tag)
        found.append(Number(match.start(), end, raw, frozenset(readings), units_beside(text, match.span(), tag)))
    return tuple(found)


# The sources are the same for all languages.
@lru_cache(maxsize=4096)
def find_spelled(text: str, tag: str) -> tuple[Number, ...]:
    """Find the numbers that are written in words."""
    return tuple(
        Number(
            start, end, text[start:end], frozenset({str(number)}), units_beside(text, (start, end), tag, min(number, 2))
        )
        for start, end, number in find_number_words(text, tag)
        # "half" and "twice" say a number, and count nothing.
        if number == 1 or text[start:end].casefold() in spell(tag, number)
    )


def _ascii(raw: str) -> str:
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in raw)


def _read(match: re.Match[str], raw: str, tag: str) -> set[str]:
    atoms = [int(atom) for atom in _ATOM.findall(raw)]
    if match["always"]:
        return {"24/7"}
    if match["date"]:
        return {"/".join(map(str, sorted(atoms)))}
    if match["time"]:
        return _read_time(*atoms)
    return _read_amount(raw, tag)


def _read_time(hour: int, minute: int = 0, *_: int) -> set[str]:
    return {f"{hour}:{minute:02}"} | ({str(hour)} if not minute else set())


def _read_half_day(raw: str, half: str) -> set[str]:
    """Read an hour of English: ``3 p.m.`` is 15:00, and may be said as three in the afternoon."""
    # A fraction (½) is a number without digits, and midnight is what stays.
    hour, minute = [*map(int, _ATOM.findall(raw)[:2]), 0, 0][:2]
    later = hour % _HALF + (_HALF if half == "p" else 0)
    return _read_time(later, minute) | _read_time(hour, minute) | (_read_time(24) if not later else set())


def _read_amount(raw: str, tag: str) -> set[str]:
    whole, fraction = (raw[:-1], unicodedata.numeric(raw[-1])) if raw[-1] in _FRACTIONS else (raw, 0.0)
    if fraction:
        return {_plain(f"{int(whole or 0) + fraction:.4f}")} if whole.isdecimal() or not whole else {raw}
    groups, point = _symbols(tag)
    number = "".join(" " if char in _SPACES else char for char in raw)
    if number.isdecimal():
        # Of order numbers each zero counts.
        return {number if len(number) > 1 and number[0] == "0" and len(number) > _PAIR else str(int(number))}
    head, mark, tail = number.rpartition(point)
    if mark and tail.isdecimal() and (head.isdecimal() or _is_grouped(head, groups)):
        return {_plain(f"{_digits(head)}.{tail}")} | _read_as_time(head, tail)
    if _is_grouped(number, groups):
        return {str(int(_digits(number)))}
    # In the writing of another language, or no amount at all.
    parts = _ATOM.findall(number)
    if len(parts) == _PAIR:
        return {_plain(f"{parts[0]}.{parts[1]}"), *_read_as_time(*parts)} | (
            {_digits(number)} if _GROUPS.fullmatch(number) else set()
        )
    return {_digits(number)}


def _read_as_time(hour: str, minute: str) -> set[str]:
    is_time = len(minute) == _PAIR and len(hour) <= _PAIR and int(hour) <= 2 * _HALF and int(minute) < 60  # noqa: PLR2004 - minutes
    return _read_time(int(hour), int(minute)) if is_time else set()


def _is_grouped(number: str, groups: frozenset[str]) -> bool:
    # Nothing is grouped behind a zero: "0.125" is an eighth in any language.
    return (
        number[0] != "0"
        and _GROUPS.fullmatch(number) is not None
        and {char for char in number if not char.isdecimal()} <= groups
    )


def _digits(number: str) -> str:
    return "".join(char for char in number if char.isdecimal())


def _plain(value: str) -> str:
    whole, _, fraction = value.partition(".")
    fraction = fraction.rstrip("0")
    return str(int(whole or 0)) + (f".{fraction}" if fraction else "")


def _read_scaled(after: str, readings: set[str], tag: str) -> set[str]:
    """Read what a word behind a number makes of it: ``2 Mio.``, ``3万``."""
    words = re.match(rf"[{_SPACES}]?([^\W\d_]+\.?)", after)
    if words is None:
        return set()
    word, known = words[1].casefold(), scales(tag)
    if language_of(tag) in UNSPACED:
        word = next((one for one in sorted(known, key=len, reverse=True) if word.startswith(one)), "")
    scale = known.get(word) or known.get(word.rstrip("."))
    if not scale:
        return set()
    return {_plain(f"{float(one) * scale:.2f}") for one in readings if re.fullmatch(r"\d+(?:\.\d+)?", one)}


@cache
def _symbols(tag: str) -> tuple[frozenset[str], str]:
    """Give what may stand between groups of digits, and before decimals."""
    data = language_data(tag)
    if data is None:
        return frozenset(",٬ "), "."
    known = data.number_symbols.get("latn", {})
    point = str(known.get("decimal", "."))
    group = str(known.get("group", ","))
    also = {" ", "٬", "'", "’"} | ({"."} if point == "," else set())
    return frozenset({" " if group in _SPACES else group, *also}), point
