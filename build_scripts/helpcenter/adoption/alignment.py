"""Alignment: which text of one page translates which of another.

All ways to walk through both pages together are summed up (the forward-backward algorithm), so that each pair has a
probability: where a paragraph was taken out and two may be the one that is left, neither is certain.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.adoption.evidence import IMPOSSIBLE
from helpcenter.adoption.units import MARKUP

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from helpcenter.adoption.units import Unit

    Score = Callable[[Unit, Unit], float]

# What it costs to say that a text has no counterpart; two of them must cost more than a pair of which nothing is known.
_SKIP = math.exp(-2.0)
_SKIP_MARKUP = math.exp(-0.7)
_MOST_SCORE = 12.0
# Units to either side of the way that structure alone takes.
_BAND = 10
# Evidence that a text needs when it does not stand where its source does, and more than for any other.
_MOVED, _MOVED_MARGIN = 7.0, 4.0


class Pair(NamedTuple):
    """Two units that may translate each other.

    Args:
        source: index of the unit of the source page.
        target: index of the unit of the translated page.
        probability: 0 to 1.
        score: what speaks for the pair itself, as of ``Evidence.score``.
        moved: it stands elsewhere than its source.
    """

    source: int
    target: int
    probability: float
    score: float
    moved: bool = False


def align(source: Sequence[Unit], target: Sequence[Unit], score: Score, along: Sequence[Pair] = ()) -> list[Pair]:
    """Find the most probable counterpart of each unit of the source.

    Args:
        source: units of the source page.
        target: units of the translated page.
        score: logarithm of the odds of a pair.
        along: an earlier alignment; only pairs near to its way are looked at.

    Returns:
        One pair for each unit that has a counterpart, in the order of the source; of the less probable ones too.
    """
    if not source or not target:
        return []
    bands = _find_bands(len(source), len(target), along)
    scores = [
        {j: value for j in range(*bands[i]) if (value := score(unit, target[j])) > IMPOSSIBLE}
        for i, unit in enumerate(source)
    ]
    pairs = []
    for i, row in enumerate(_posteriors(source, target, scores)):
        if row:
            j = max(row, key=row.__getitem__)
            pairs.append(Pair(i, j, row[j], scores[i][j]))
    return _keep_one_to_one(pairs)


def _find_bands(rows: int, columns: int, along: Sequence[Pair]) -> list[tuple[int, int]]:
    """Give the range of target units that are looked at for each unit of the source."""
    if not along:
        return [(0, columns)] * rows
    fixed = [(-1, -1), *((pair.source, pair.target) for pair in along if pair.probability > 0.5), (rows, columns)]  # noqa: PLR2004 - more likely than not
    bands = []
    place = 0
    for i in range(rows):
        while fixed[place + 1][0] < i:
            place += 1
        first = min(fixed[place][1], fixed[place + 1][1]) - _BAND
        last = max(fixed[place][1], fixed[place + 1][1]) + _BAND
        bands.append((max(first, 0), min(last, columns)))
    return bands


def _posteriors(
    source: Sequence[Unit], target: Sequence[Unit], scores: Sequence[dict[int, float]]
) -> list[dict[int, float]]:
    """Give the probability of each pair, for each unit of the source."""
    odds = [{j: math.exp(min(value, _MOST_SCORE)) for j, value in row.items()} for row in scores]
    skip_source = [_SKIP_MARKUP if unit.kind == MARKUP else _SKIP for unit in source]
    skip_target = [_SKIP_MARKUP if unit.kind == MARKUP else _SKIP for unit in target]
    forward = [_accumulate([1.0] + [0.0] * len(target), skip_target)]
    for row, skip in zip(odds, skip_source, strict=True):
        before = forward[-1]
        entering = [value * skip for value in before]
        for j, odd in row.items():
            entering[j + 1] += before[j] * odd
        forward.append(_accumulate(entering, skip_target))
    # Backwards the same, from the last unit to the first.
    backward = [_accumulate([1.0] + [0.0] * len(target), skip_target[::-1])[::-1]]
    for row, skip in zip(odds[::-1], skip_source[::-1], strict=True):
        after = backward[-1]
        entering = [value * skip for value in after]
        for j, odd in row.items():
            entering[j] += after[j + 1] * odd
        backward.append(_accumulate(entering[::-1], skip_target[::-1])[::-1])
    backward.reverse()
    posteriors = []
    for i, (row, skip) in enumerate(zip(odds, skip_source, strict=True)):
        before, after = forward[i], backward[i + 1]
        masses = {j: before[j] * odd * after[j + 1] for j, odd in row.items()}
        total = sum(masses.values()) + skip * sum(map(float.__mul__, before, after))
        posteriors.append({j: mass / total for j, mass in masses.items() if mass > 0.0} if total > 0.0 else {})
    return posteriors


def _accumulate(entering: list[float], skips: Sequence[float]) -> list[float]:
    """Add the ways that skip units of the target, and keep the numbers of a row within what a float holds."""
    row = [entering[0]]
    for value, skip in zip(entering[1:], skips, strict=True):
        row.append(value + row[-1] * skip)
    most = max(row)
    return [value / most for value in row] if most > 0.0 else row


def _keep_one_to_one(pairs: Sequence[Pair]) -> list[Pair]:
    """Keep the best pair of each unit of the target."""
    best: dict[int, Pair] = {}
    for pair in pairs:
        known = best.get(pair.target)
        if known is None or pair.probability > known.probability:
            best[pair.target] = pair
    return sorted(best.values())


def find_moved(
    source: Sequence[Unit], target: Sequence[Unit], score: Score, free: tuple[Sequence[int], Sequence[int]]
) -> list[Pair]:
    """Pair what stands elsewhere than its source, where it says itself beyond doubt what it translates.

    Args:
        source: units of the source page.
        target: units of the translated page.
        score: logarithm of the odds of a pair.
        free: indices of the units of either page that have no counterpart.
    """
    rows, columns = free
    scores = {(i, j): score(source[i], target[j]) for i in rows for j in columns if source[i].kind != MARKUP}
    of_row, of_column = (
        _best_two((i, v) for (i, _), v in scores.items()),
        _best_two((j, v) for (_, j), v in scores.items()),
    )
    return [
        Pair(i, j, 1.0, value, moved=True)
        for (i, j), value in scores.items()
        if value >= _MOVED
        and all(best == value and value - next_best >= _MOVED_MARGIN for best, next_best in (of_row[i], of_column[j]))
    ]


def _best_two(scores: Iterable[tuple[int, float]]) -> dict[int, tuple[float, float]]:
    """Give the best and the next best score of each unit."""
    best: dict[int, tuple[float, float]] = {}
    for index, value in scores:
        first, second = best.get(index, (IMPOSSIBLE, IMPOSSIBLE))
        best[index] = (value, first) if value > first else (first, max(second, value))
    return best
