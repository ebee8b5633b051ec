"""Stems of languages whose words carry chains of endings: patterns in ``endings.yml``.

Snowball leaves 30 % of the forms of a Turkish shop's words with another stem than their base, these patterns 1 %
(``tests/search/cases/families.json``); and they read words without accents, as customers type them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SHORTEST_STEM = 3
# A longer word is none, and would be compared with the patterns for long.
_LONGEST = 40
_PART = re.compile("<([a-z_]+)>|([A-Z])")


@dataclass(frozen=True, slots=True)
class Endings:
    """What may stand around a stem.

    Args:
        parts: name → pattern, to be used as ``<name>`` (a single capital without the brackets) in patterns and parts.
        shortest: how many letters a stem has at least.
        patterns: of whole folded words, in what Python's and JavaScript's expressions have in common; the first group
            is the stem. The shortest of all counts, and is looked at again.
        vowels: dropped from the end of a stem when enough is left.
        finals: (end of a stem, what it becomes), the first that fits: ``kitab`` is ``kitap``.
    """

    parts: tuple[tuple[str, str], ...]
    shortest: int
    patterns: tuple[str, ...]
    vowels: str
    finals: tuple[tuple[str, str], ...]


class Stripper:
    """Takes endings off folded words."""

    def __init__(self, endings: Endings) -> None:
        parts = dict(endings.parts)

        def expand(pattern: str) -> str:
            return _PART.sub(lambda match: f"(?:{expand(parts[match[1] or match[2]])})", pattern)

        self._patterns = [re.compile(expand(pattern)) for pattern in endings.patterns]
        self._endings = endings

    def stem(self, word: str) -> str:
        """Give the stem of a folded word; the word itself when it has no ending."""
        if len(word) > _LONGEST:
            return word
        while (shorter := self._once(word)) != word:
            word = shorter
        if len(word) > self._endings.shortest and word[-1] in self._endings.vowels:
            word = word[:-1]
        for end, other in self._endings.finals:
            if word.endswith(end):
                return word.removesuffix(end) + other
        return word

    def _once(self, word: str) -> str:
        found = [match[1] for pattern in self._patterns if (match := pattern.fullmatch(word))]
        return min((stem for stem in found if self._endings.shortest <= len(stem) < len(word)), key=len, default=word)
