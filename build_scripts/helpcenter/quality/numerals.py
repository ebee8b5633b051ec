"""Numerals: what a language writes for a number in words, and the words that make a number larger or stand for one.

Sources: the spell-out rules of CLDR (unicode-rbnf, with all genders and cases), its compact forms and names of months (Babel).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.project.tags import language_data, language_of

if TYPE_CHECKING:
    from unicode_rbnf import RbnfEngine

# Words of English that say a number without being one; of other source languages none are known.
_ENGLISH = {
    "once": 1, "a": 1, "an": 1, "single": 1, "both": 2, "twice": 2, "pair": 2, "couple": 2, "double": 2,
    "half": 30, "quarter": 15, "dozen": 12, "fortnight": 14, "noon": 12, "midday": 12, "midnight": 24,
}  # fmt: skip
# What the rules have only in one gender, or not in the oblique case.
_MORE: dict[str, dict[int, tuple[str, ...]]] = {
    "ar": {2: ("اثنان", "اثنين", "اثنتان", "اثنتين"), 3: ("ثلاث",), 4: ("أربع",), 5: ("خمس",), 6: ("ست",), 7: ("سبع",),
           8: ("ثمان",), 9: ("تسع",), 10: ("عشر",)},
    "de": {2: ("beide",)},
    "tr": {30: ("yarım", "buçuk")},
    "zh": {2: ("两", "双"), 30: ("半",)},
    "ja": {30: ("半",)},
}  # fmt: skip
# To look for every number would take a second; the others are looked for one by one, where they are missed.
_SPELLED = (*range(1, 32), 36, 40, 48, 50, 60, 70, 80, 90, 100, 200, 500, 1000)
_LARGE = 1_000_000
_WORD = re.compile(r"[^\W\d_]+(?:[-\u00ad'’][^\W\d_]+)*")
# Written without spaces between words: what stands for a number in them may be part of another word.
UNSPACED = frozenset({"zh", "ja", "th", "lo", "km", "my", "yue"})


@cache
def _engine(language: str) -> RbnfEngine | None:
    from unicode_rbnf import RbnfEngine  # noqa: PLC0415 - reads its rules from XML when they are asked for

    try:
        return RbnfEngine.for_language(language)
    except ValueError:
        return None


@cache
def spell(tag: str, number: int) -> frozenset[str]:
    """Give how a language writes a number in words, in all genders and cases, cardinal and ordinal, in small letters.

    Empty where nothing is known of the language, or the number is past a million.
    """
    language, found = language_of(tag), set[str]()
    engine = _engine(language)
    if engine is not None and 0 <= number <= _LARGE:
        from unicode_rbnf import FormatPurpose  # noqa: PLC0415 - as above

        for purpose in (FormatPurpose.CARDINAL, FormatPurpose.ORDINAL):
            try:
                found.update(engine.format_number(number, purpose).text_by_ruleset.values())
            except (ValueError, KeyError, RecursionError):
                continue
    found.update(_MORE.get(language, {}).get(number, ()))
    return frozenset(form.replace("\u00ad", "").casefold() for form in found if not any(map(str.isdigit, form)))


@cache
def _forms(tag: str) -> dict[str, int]:
    """Give which number each word, or group of words, stands for."""
    forms = {form: number for number in reversed(_SPELLED) for form in spell(tag, number)}
    return forms | (_ENGLISH if language_of(tag) == "en" else {})


@cache
def _beginnings(tag: str) -> dict[str, int]:
    """Give with which words a number may begin, and how many it may have then."""
    found: dict[str, int] = {}
    for form in _forms(tag):
        words = form.split()
        found[words[0]] = max(found.get(words[0], 1), len(words))
    return found


def find_number_words(text: str, tag: str) -> list[tuple[int, int, int]]:
    """Find numbers that are written as words: ``(start, end, number)``; none in languages that put no space between words."""
    if language_of(tag) in UNSPACED:
        return []
    beginnings, forms = _beginnings(tag), _forms(tag)
    words = [match.span() for match in _WORD.finditer(text)]
    found, passed = [], 0
    for index, (start, stop) in enumerate(words):
        longest = beginnings.get(text[start:stop].casefold()) if start >= passed else None
        for count in range(min(longest or 0, len(words) - index), 0, -1):
            passed = words[index + count - 1][1]
            number = forms.get(text[start:passed].casefold())
            if number is not None:
                found.append((start, passed, number))
                break
    return found


def is_spelled(text: str, number: int, tag: str) -> bool:
    """Whether a text may say a number in words, also at the beginning of a longer one: ``vierzehntägig``, ``ikinci``."""
    lowered = text.casefold()
    if any(count == number for _, _, count in find_number_words(text, tag)):
        return True
    mark = "" if language_of(tag) in UNSPACED else r"(?<!\w)[ولبك]?ا?ل?" if language_of(tag) == "ar" else r"(?<!\w)"
    return any(re.search(mark + re.escape(form), lowered) for form in spell(tag, number))


@cache
def scales(tag: str) -> dict[str, int]:
    """Give the words that make a number larger: ``million``, ``Mio.``, ``тыс.``, ``万``."""
    data = language_data(tag)
    found = {"k": 1000}
    for length in ("long", "short"):
        try:
            forms = data.compact_decimal_formats[length] if data else {}
        except KeyError:
            continue
        for plural in forms:
            for power, pattern in forms[plural].items():
                word = re.sub(r"[0'\s]", "", pattern.pattern).casefold()
                zeros = pattern.pattern.count("0")
                if word and zeros:
                    found[word] = int(power) // 10 ** (zeros - 1)
    return found


@cache
def month_names(tag: str) -> tuple[tuple[str, int], ...]:
    """Give the names of the months, long and short, with their numbers."""
    from babel.dates import get_month_names  # noqa: PLC0415 - costs time that a run without numbers does not pay

    data = language_data(tag)
    if data is None:
        return ()
    names = {
        str(name).casefold().rstrip("."): number
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, data).items()
    }
    return tuple((name, number) for name, number in names.items() if not name.isdigit())


def find_months(text: str, tag: str) -> frozenset[int]:
    """Give the months that a text names."""
    lowered = text.casefold()
    return frozenset(
        number
        for name, number in month_names(tag)
        if name in lowered and re.search(rf"(?<!\w){re.escape(name)}", lowered)
    )
