"""Words typed with another layout of the keyboard, and keys that lie beside each other: the counterpart of ``keyboards.js``."""

from __future__ import annotations

import re
import unicodedata
from functools import cached_property
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from helpcenter.search.languages import Layout

ROWS = 4
# How far each row of a keyboard is shifted to the right, in keys (ISO/IEC 9995-1 leaves it open; that of typewriters).
_SHIFTS = (0.0, 0.5, 0.75, 1.25)
_NEAR = 1.0

# The letters of a Hangul syllable in Unicode's order, each as the keys that it is typed with (KS X 5002).
_INITIAL = "ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ".split()  # noqa: SIM905 - read more easily
_MEDIAL = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split()  # noqa: SIM905 - as above
_FINAL = (
    "ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split()  # noqa: SIM905 - as above
)
_SPACE = " \t\n\r\u00a0\u3000"
_SPACES = re.compile(f"[{_SPACE}]+")
_SYLLABLE = re.compile("[가-힣]")
# A consonant belongs to the syllable before it only when no vowel follows.
_KEYS = re.compile(
    "([ㄱ-ㅎ])(ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ|[ㅏ-ㅣ])((?:ㄱㅅ|ㄴ[ㅈㅎ]|ㄹ[ㄱㅁㅂㅅㅌㅍㅎ]|ㅂㅅ|[ㄱ-ㄷㄹ-ㅂㅅ-ㅈㅊ-ㅎ])(?![ㅏ-ㅣ]))?"
)


def compose(keys: str) -> str:
    """Make syllables of Hangul letters, in the order of their keys: ``ㅎㅗㅏㄴㅂㅜㄹ`` is 환불."""

    def syllable(match: re.Match[str]) -> str:
        initial, medial, final = match.groups()
        place = _INITIAL.index(initial) * 21 + _MEDIAL.index(medial)
        return chr(0xAC00 + place * 28 + (_FINAL.index(final) + 1 if final else 0))

    return _KEYS.sub(syllable, keys)


def decompose(text: str) -> str:
    """Give the keys of Hangul syllables; whatever else there is stays."""

    def keys(match: re.Match[str]) -> str:
        number = ord(match[0]) - 0xAC00
        final = number % 28
        return _INITIAL[number // 588] + _MEDIAL[number // 28 % 21] + (_FINAL[final - 1] if final else "")

    return _SYLLABLE.sub(keys, text)


def _shifted(layout: Layout) -> str:
    rows = layout[ROWS:] or tuple(row.upper() if len(row.upper()) == len(row) else row for row in layout)
    return "".join(rows)


def _reading(typed: Layout, meant: Layout) -> dict[str, str]:
    """Give what was typed → what the same keys mean on another layout; a plain key before one with Shift."""
    table: dict[str, str] = {}
    keys = zip("".join(typed[:ROWS]) + _shifted(typed), ("".join(meant[:ROWS]) + _shifted(meant)), strict=True)
    for key, other in keys:
        # The one key of lam and alef writes two letters.
        table.setdefault(key if "ㄱ" <= key <= "ㅣ" else unicodedata.normalize("NFKC", key), other)
    return table


def _any_of(table: dict[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(table, key=lambda key: -len(key)))))


class Keyboard:
    """The keyboards of a language's readers.

    Args:
        layouts: their own first.
        latin: how letters are written with those of English.
        fold: takes accents off a letter, as terms have none.
    """

    def __init__(self, layouts: Sequence[Layout], latin: Sequence[tuple[str, str]], fold: Callable[[str], str]) -> None:
        self._layouts = layouts
        self._latin = dict(latin)
        self._fold = fold

    def readings(self, text: str) -> list[str]:
        """Give what a text may have been meant as, each word of it whole; a word with any other sign stays as it is."""
        typed = _SPACES.split(text.strip(_SPACE))
        found: dict[str, None] = {}
        for table, keys in self._tables:
            found[" ".join(self._read(word, table, keys) for word in typed)] = None
        if self._latin:
            found[" ".join(self._read(word.lower(), self._latin, _any_of(self._latin)) for word in typed)] = None
            found.pop(" ".join(typed).lower(), None)
        return [reading for reading in found if reading != " ".join(typed)]

    def is_neighbour(self, one: str, other: str) -> bool:
        """Tell whether two folded letters lie on keys that touch."""
        return one + other in self._neighbours

    @staticmethod
    def _read(word: str, table: dict[str, str], keys: re.Pattern[str]) -> str:
        typed = decompose(word)
        # Digits are where they are on every layout, or nearly so: what holds nothing else was meant as it stands.
        if keys.sub("", typed) or not any(character.isalpha() for character in word + typed):
            return word
        return compose(keys.sub(lambda match: table[match[0]], typed))

    @cached_property
    def _tables(self) -> list[tuple[dict[str, str], re.Pattern[str]]]:
        made = []
        for typed, meant in permutations(self._layouts, 2):
            table = _reading(typed, meant)
            made.append((table, _any_of(table)))
        return made

    @cached_property
    def _neighbours(self) -> frozenset[str]:
        keys = [
            (self._fold(key.lower()), place + shift, number)
            for number, (row, shift) in enumerate(zip(self._layouts[0][:ROWS], _SHIFTS, strict=True))
            for place, key in enumerate(row)
            if key.isalpha()
        ]
        return frozenset(
            one + other
            for one, x, y in keys
            for other, at, row in keys
            if one != other and abs(x - at) <= _NEAR and abs(y - row) <= 1
        )
