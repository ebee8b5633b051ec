"""Evidence: how much speaks for two texts being translations of each other, and how much against it.

Scores are natural logarithms of odds: 0 says nothing, 3 means twenty to one.  The weights were set by hand and then
measured on FastAPI's Turkish and Russian pages (docs/benchmarks.md); lengths follow Gale and Church, "A Program for
Aligning Sentences in Bilingual Corpora" (1993), whose variance of 6.8 per character is used.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from helpcenter.adoption.units import MARKUP, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from helpcenter.adoption.lexicon import Lexicon

IMPOSSIBLE = -30.0
_VARIANCE = 6.8
_LIKE_LENGTH = 1.2
_LEAST_LENGTH_SCORE = -5.0
_MOST_TOKENS, _LEAST_TOKENS = 9.0, -6.0
_RUNNING = frozenset({"paragraph", "list item", "definition", "term"})
# What only one of two texts has speaks less against them than what both have speaks for them: translations change.
_APART = 0.5
_NAMES = 0.5
# What stands beside a text may stand there by chance.
_BESIDE, _MOST_BESIDE = 0.6, 4.0
_SECTION, _OTHER_SECTION = 1.0, -3.0


class Evidence:
    """Compares the units of two pages.

    Args:
        source: units of the source page.
        target: units of the translated page.
        ratio: how many letters the translations of the folder have for each of their sources.
        lexicon: which words translate which; None before it is known.
    """

    def __init__(self, source: Sequence[Unit], target: Sequence[Unit], ratio: float, lexicon: Lexicon | None) -> None:
        self._ratio = ratio
        self._lexicon = lexicon
        self._weights = _weigh([*source, *target])
        # Most translations keep the ids of headings; some have ids of their own, which then tell nothing.
        self._sections = {unit.id for unit in source if unit.id}, {unit.id for unit in target if unit.id}
        self._keeps_ids = not self._sections[0].isdisjoint(self._sections[1])

    def score(self, source: Unit, target: Unit) -> float:
        """Give the logarithm of the odds that one unit translates the other."""
        if MARKUP in {source.kind, target.kind}:
            return _compare_markup(source, target) if source.kind == target.kind else IMPOSSIBLE
        structure = _compare_structure(source, target, keeps_ids=self._keeps_ids)
        if structure <= IMPOSSIBLE:
            return IMPOSSIBLE
        beside = sum(self._weights[line] for line in source.beside & target.beside)
        structure += min(_BESIDE * beside, _MOST_BESIDE) + self._compare_sections(source, target)
        return structure + self.content(source, target)

    def _compare_sections(self, source: Unit, target: Unit) -> float:
        """Give what the headings say that two texts stand under."""
        if not self._keeps_ids or (not source.section and not target.section):
            return 0.0
        if source.section == target.section:
            return _SECTION
        is_other = source.section in self._sections[1] or target.section in self._sections[0]
        return _OTHER_SECTION if is_other else 0.0

    def content(self, source: Unit, target: Unit) -> float:
        """Give what the texts themselves say, wherever they stand."""
        score = self._compare_tokens(source, target) + self._compare_lengths(source, target)
        if self._lexicon is not None:
            score += self._lexicon.score(source.words, target.words)
        return score

    def _compare_tokens(self, source: Unit, target: Unit) -> float:
        weights = self._weights
        score = 0.0
        for token, count in source.tokens.items():
            there = target.tokens[token]
            score += weights[token] * (min(count, there) - _APART * max(count - there, 0))
        for token, count in target.tokens.items():
            score -= _APART * weights[token] * max(count - source.tokens[token], 0)
        score += _NAMES * sum(weights[f"={name}"] for name in source.names & target.names)
        return min(max(score, _LEAST_TOKENS), _MOST_TOKENS)

    def _compare_lengths(self, source: Unit, target: Unit) -> float:
        expected = max(source.length * self._ratio, 1.0)
        deviation = (target.length - expected) / math.sqrt(expected * _VARIANCE)
        return max(_LIKE_LENGTH - deviation * deviation / 2, _LEAST_LENGTH_SCORE)


def _weigh(units: Iterable[Unit]) -> dict[str, float]:
    """Give what each token is worth on these two pages: the rarer, the more."""
    seen: Counter[str] = Counter()
    for unit in units:
        seen.update(unit.tokens.keys())
        seen.update(f"={word}" for word in unit.names)
        seen.update(unit.beside)
    # What stands once on each page tells most.
    return {token: math.log(1 + 40 / max(count, 2)) for token, count in seen.items()}


def _compare_structure(source: Unit, target: Unit, *, keeps_ids: bool) -> float:
    if source.kind != target.kind:
        if {source.kind, target.kind} == {"title", "heading"}:
            return 1.0 if max(source.level, target.level) == 1 else IMPOSSIBLE
        return -1.5 if {source.kind, target.kind} <= _RUNNING else IMPOSSIBLE
    score = 1.0
    if source.kind == "heading":
        score += 1.0 if source.level == target.level else -2.0
        if source.id and target.id and keeps_ids:
            score += 8.0 if source.id == target.id else -8.0
    if source.kind == "table cell":
        score += 0.5 if source.column == target.column else -3.0
    return score + (0.5 if source.depth == target.depth else -1.0)


def _compare_markup(source: Unit, target: Unit) -> float:
    shared = sum((source.tokens & target.tokens).values())
    total = max(sum(source.tokens.values()), sum(target.tokens.values()))
    return 7.0 * shared / total - 3.0 if total else 0.0
