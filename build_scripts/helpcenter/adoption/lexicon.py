"""The lexicon: which words of two languages stand in translations of each other.

It is learnt from the pairs that structure alone makes certain, as hunalign does (Varga et al., 2005), and then tells
where structure is silent: two list items that changed places, a paragraph that was written anew.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

# A word that stands in more than this share of all texts joins sentences and tells nothing of one.
_COMMON = 0.1
# Two words that met only once may have met by chance.
_LEAST_MEETINGS = 2
_MOST_WORDS = 60
# How sure one is that a translation holds a translation of a known word, rather than says it in another way.
_FAITH = 0.8
_DAMPING = 0.6
_LEAST, _MOST = -6.0, 8.0


class Lexicon:
    """Counts how often words met.

    Args:
        pairs: words of a source and of its translation, for each pair of texts.
    """

    def __init__(self, pairs: Iterable[tuple[AbstractSet[str], AbstractSet[str]]]) -> None:
        known = [(source, target) for source, target in pairs if source and target]
        self._total = len(known)
        self._sources = Counter(word for source, _ in known for word in source)
        self._targets = Counter(word for _, target in known for word in target)
        most = max(self._total * _COMMON, 8)
        self._plain_sources = _informative(self._sources, most)
        self._plain_targets = _informative(self._targets, most)
        self._meetings: dict[str, Counter[str]] = defaultdict(Counter)
        for source, target in known:
            words = self._plain_targets & target
            if len(words) <= _MOST_WORDS:
                for word in self._plain_sources & source:
                    self._meetings[word].update(words)

    def score(self, source: AbstractSet[str], target: AbstractSet[str]) -> float:
        """Give the logarithm of the odds that two texts translate each other, judged by their words alone.

        The pair itself counts as evidence for nothing: each meeting of two words is counted without one that these two
        texts may have given.
        """
        sources, targets = self._plain_sources & source, self._plain_targets & target
        if not sources or not targets:
            return 0.0
        best_of_source = dict.fromkeys(sources, 0.0)
        best_of_target = dict.fromkeys(targets, 0.0)
        for word in sources:
            meetings = self._meetings[word]
            for other in targets & meetings.keys():
                met = meetings[other] - 1
                if met:
                    forward = met / (self._sources[word] - 0.5)
                    backward = met / (self._targets[other] - 0.5)
                    best_of_target[other] = max(best_of_target[other], forward)
                    best_of_source[word] = max(best_of_source[word], backward)
        score = self._sum(best_of_target, self._targets) + self._sum(best_of_source, self._sources)
        return min(max(score / 2 * _DAMPING, _LEAST), _MOST)

    def _sum(self, best: dict[str, float], counts: Counter[str]) -> float:
        score = 0.0
        for word, share in best.items():
            chance = counts[word] / self._total
            # What is seldom seen is badly known: that it did not meet a known word tells little.
            faith = _FAITH * (1 - 2 / (counts[word] + 1))
            score += math.log(1 - faith + faith * max(share / chance, 0.0)) if faith > 0 else 0.0
        return score


def _informative(counts: Counter[str], most: float) -> frozenset[str]:
    return frozenset(word for word, count in counts.items() if _LEAST_MEETINGS < count <= most)
