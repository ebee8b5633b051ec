"""Verbs of Russian: their forms are too many for a list, so a dictionary knows them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pymorphy3 import MorphAnalyzer

    from helpcenter.project.locales import Formality

# Endings of verbs in the second person and the imperative, and of many other words: these are looked up.
_INFORMAL = re.compile(r".*(?:шь|[ийь])(?:ся|сь)?")
_FORMAL = re.compile(r".+те(?:сь)?")
_LIKELY = 0.5
# Whom an order is for: `пришли нам фото`.
_RECEIVERS = frozenset({"нам", "мне"})
_PARTICLES = frozenset({"ADVB", "CONJ", "INTJ", "PRCL", "PRED", "PREP"})
# Not in the dictionary, which then guesses.
_NO_VERBS = frozenset({"прокси"})


@cache
def _load_dictionary() -> MorphAnalyzer:
    from pymorphy3 import MorphAnalyzer  # noqa: PLC0415 - 0.4 s that only Russian needs

    return MorphAnalyzer(lang="ru")


@lru_cache(maxsize=8192)
def address_of(word: str, after: str = "", *, opens: bool) -> Formality | None:
    """Say whether a word is a verb that addresses a reader.

    Args:
        word: in lower case.
        after: the next word, in lower case.
        opens: whether it opens a sentence, where an imperative is likelier than any other of its readings.

    Returns:
        ``informal`` or ``formal``, or None where it is more likely another word.
    """
    number = "sing" if _INFORMAL.fullmatch(word) else "plur" if _FORMAL.fullmatch(word) else ""
    if not number or word in _NO_VERBS:
        return None
    readings = _load_dictionary().parse(word)
    if any(reading.tag.tense == "past" for reading in readings) and not (opens and after in _RECEIVERS):
        return None  # `попали` is what somebody did, and an order to burn something only then
    if any(reading.tag.POS in _PARTICLES for reading in readings) or (word, after) == ("будь", "то"):
        return None  # `почти`, `жаль`
    addressing = [
        reading.score
        for reading in readings
        if reading.tag.number == number and (reading.tag.person == "2per" or reading.tag.involvement == "excl")
    ]
    is_likeliest = opens and max(addressing, default=0) >= max(reading.score for reading in readings)
    if sum(addressing) <= _LIKELY and not is_likeliest:
        return None
    return "informal" if number == "sing" else "formal"
