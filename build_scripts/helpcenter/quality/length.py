"""Length: whether a translation is longer or shorter than translations of such a text ever are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from helpcenter.quality.pairs import Problem
from helpcenter.quality.wording import language_of, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Direction, Pair

_SOURCE = "en"


@dataclass(frozen=True, slots=True)
class Spread:
    """How far a text may be from the ratio of its languages.

    Args:
        upto: visible characters that its source may have.
        least: factor of the ratio.
        most: in the same way.
    """

    upto: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Lengths:
    """``length.yml``: how long translations are.

    Args:
        ratios: by language or locale, visible characters for one of an English source.
        spread: from short sources to long ones.
    """

    ratios: dict[str, float]
    spread: tuple[Spread, ...]


@cache
def _load_lengths() -> Lengths:
    path = Path(__file__).with_suffix(".yml")
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Lengths(raw["ratios"], tuple(Spread(**row) for row in raw["spread"]))


def _ratio_of(tag: str) -> float | None:
    """Give the ratio of a locale, of the longest part of its tag that was measured."""
    if language_of(tag) == _SOURCE:
        return 1.0
    ratios = _load_lengths().ratios
    beginnings = reversed(list(accumulate(tag.split("-"), lambda left, right: f"{left}-{right}")))
    return next((ratios[beginning] for beginning in beginnings if beginning in ratios), None)


def compare_length(pair: Pair, direction: Direction) -> float | None:
    """Give how long a translation is for its source: 1 is as translations of its languages are on the whole.

    Returns:
        None where a language was not measured or one of the texts has no visible character.
    """
    source, text = len(show(pair.source_words)), len(show(pair.text_words))
    wanted, of_source = _ratio_of(direction.target), _ratio_of(direction.source)
    if not source or not text or not wanted or not of_source:
        return None
    return text / source / (wanted / of_source)


def check_length(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a translation that is far longer or shorter than others of its source's length."""
    ratio = None if pair.kind == "keyword" else compare_length(pair, direction)
    if ratio is None:
        return
    source, text = len(show(pair.source_words)), len(show(pair.text_words))
    spread = next((row for row in _load_lengths().spread if source <= row.upto), None)
    if spread is None or spread.least <= ratio <= spread.most:
        return
    word = "short" if ratio < spread.least else "long"
    message = f"the text is very {word} for its source: {_say(text)} for {_say(source)}"
    yield Problem("translation-length", message, help="compare it with its source for what was left out or added")


def _say(count: int) -> str:
    return f"{count} character{'' if count == 1 else 's'}"
