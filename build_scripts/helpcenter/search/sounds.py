"""Characters that are spoken alike, and words typed as they are spoken (pinyin): the counterpart of ``sounds.js``.

Whoever types Chinese types sounds and picks characters, so the wrong character of the same sound is what a slip of the
finger is elsewhere.  The 3,755 common characters of GB 2312 stand there in the order of their sounds, and browsers know
that order (``TextDecoder``), so that only how many characters have each sound needs to be sent.
"""

from __future__ import annotations

import re
from functools import cache, cached_property
from itertools import product
from typing import TYPE_CHECKING

from helpcenter.search.characters import HAN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpcenter.search.index import Group

# What many speakers do not tell apart: z and zh, in and ing.
_ALIKE = re.compile("(?<=[zcs])h|(?<=n)g(?![aeiou])")
_RUN = re.compile("([a-z]+)([0-9]+)")
_LETTERS = re.compile("[a-z]+")
_IS_HAN = re.compile(f"[{HAN}]+")
# How many of a character's sounds are sent; a third is of old books.
_READINGS = 2
_PAIR = 2
# What a word of several characters, and one of a single character, takes; and how much less when it goes on a known pair.
_WORD, _SINGLE, _NEXT = 2, 3, 1
# A common character of GB 2312 is two bytes: from 0xB0 and from 0xA1 on.
_FIRST_ROW, _ROW_AFTER, _FIRST_CELL, _CELL_AFTER = 0xB0, 0xD8, 0xA1, 0xFF

_Ways = dict[str, tuple[int, bool, str]]
"""Last character → cost, whether it says something, and what is written up to there."""


@cache
def common_characters() -> str:
    """Give the characters of the first level of GB 2312, in its order."""
    rows, cells = range(_FIRST_ROW, _ROW_AFTER), range(_FIRST_CELL, _CELL_AFTER)
    return bytes(byte for row in rows for cell in cells for byte in (row, cell)).decode("gb2312", "ignore")


@cache
def sound_table() -> tuple[str, tuple[tuple[str, str], ...]]:
    """Give how characters are spoken, by pypinyin.

    Returns:
        The sounds of the common characters, ``a2 ai13 …``: each with the number of characters that have it; and what
        else characters of GB 2312 sound like: (sound, characters).
    """
    # Whole dictionaries, for one language only.
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415 - as above
    from pypinyin.pinyin_dict import pinyin_dict  # noqa: PLC0415 - as above

    spoken = {
        chr(code): list(dict.fromkeys(to_normal(sound, v_to_u=False) for sound in sounds.split(",")))[:_READINGS]
        for code, sounds in pinyin_dict.items()
        if _is_in_gb2312(chr(code))
    }
    runs: list[tuple[str, int]] = []
    more: dict[str, str] = {}
    for character in common_characters():
        sounds = spoken.pop(character)
        # Where a character has two, that by which GB 2312 has put it here.
        sound = runs[-1][0] if runs and runs[-1][0] in sounds else sounds[0]
        if runs and runs[-1][0] == sound:
            runs[-1] = (sound, runs[-1][1] + 1)
        else:
            runs.append((sound, 1))
        for other in sounds:
            if other != sound:
                more[other] = more.get(other, "") + character
    for character, sounds in sorted(spoken.items()):
        for sound in sounds:
            more[sound] = more.get(sound, "") + character
    return " ".join(f"{sound}{count}" for sound, count in runs), tuple(sorted(more.items()))


def _is_in_gb2312(character: str) -> bool:
    try:
        return len(character.encode("gb2312")) > 1
    except UnicodeEncodeError:
        return False


def is_han(word: str) -> bool:
    """Tell whether a word is of Chinese characters."""
    return _IS_HAN.fullmatch(word) is not None


class Sounds:
    """The words of a group of pages by their sounds.

    Args:
        group: the pages.
        named: words of their titles and keywords, those of titles first.
    """

    def __init__(self, group: Group, named: Iterable[str]) -> None:
        self._group = group
        self._named = dict.fromkeys(named)

    def of(self, word: str) -> list[str]:
        """Give how a word may sound, in letters of English; nothing when a character of it is not known."""
        ways = product(*(self._known.get(character, ()) for character in word))
        return list(dict.fromkeys(_ALIKE.sub("", "".join(way)) for way in ways))

    def alike(self, pair: str) -> list[str]:
        """Find pairs of characters that sound like one, with one of them another: in titles and keywords."""
        sounding = dict.fromkeys(word for way in self.of(pair) for word in self._words.get(way, ()))
        return [
            word
            for word in sounding
            # Two others are too often the end of one word and the beginning of the next.
            if word in self._named and len(word) == len(pair) == _PAIR and (word[0] == pair[0]) != (word[1] == pair[1])
        ]

    def write(self, text: str) -> str:
        """Write what was typed by its sound in the characters of known words: ``zenme tuihuo`` as 怎么退货.

        Returns:
            Nothing when a part of it is no word.
        """
        letters = "".join(piece.surface for piece in self._group.analyzer.read(text))
        if not _LETTERS.fullmatch(letters):
            return ""
        typed = _ALIKE.sub("", letters)
        longest = max(map(len, self._words), default=0)
        ways: list[_Ways] = [{} for _ in range(len(typed) + 1)]
        ways[0][""] = (0, False, "")
        for start, before in enumerate(ways):
            for end in range(start + 1, min(start + longest, len(typed)) + 1):
                for word in self._words.get(typed[start:end], ()) if before else ():
                    self._go_on(before, word, ways[end])
        found = [way for way in ways[-1].values() if way[1]]
        return min(found, key=lambda way: way[0])[2] if found else ""

    def _go_on(self, before: _Ways, word: str, after: _Ways) -> None:
        for last, (cost, says, text) in before.items():
            is_pair = last and last + word[0] in self._group.asked.places
            more = cost + (_SINGLE if len(word) == 1 else _WORD) - (_NEXT if is_pair else 0)
            known = after.get(word[-1])
            if known is None or more < known[0]:
                after[word[-1]] = (more, says or word in self._sayable, text + word)

    @cached_property
    def _known(self) -> dict[str, list[str]]:
        """Character → its sounds."""
        known: dict[str, list[str]] = {}
        place = 0
        for sound, count in _RUN.findall(self._group.rules.sounds):
            for character in common_characters()[place : place + int(count)]:
                known[character] = [sound]
            place += int(count)
        for sound, characters in self._group.rules.readings:
            for character in characters:
                known.setdefault(character, []).append(sound)
        return known

    @cached_property
    def _sayable(self) -> dict[str, None]:
        """Words of titles, of keywords and of the shop's vocabulary: all that leads to a page."""
        vocabulary, read = self._group.vocabulary, self._group.analyzer.read
        groups = (*vocabulary.synonyms, *((typed, *found) for typed, found in vocabulary.one_way))
        terms = (term for group in groups for word in group for piece in read(word) for term in piece.terms)
        return self._named | dict.fromkeys(term for term in terms if is_han(term))

    @cached_property
    def _words(self) -> dict[str, list[str]]:
        """Sound → words: those that lead to a page, then small ones."""
        found: dict[str, list[str]] = {}
        rules = self._group.rules
        for word in dict.fromkeys((*self._sayable, *filter(is_han, (*rules.cut, *rules.stop)))):
            for way in self.of(word):
                found.setdefault(way, []).append(word)
        return found
