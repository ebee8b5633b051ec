"""Quality: what can be told of a translation by looking at it and its source, whoever wrote it.

Each module holds the checks of one matter, as pure functions; whoever calls them knows files and lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.quality.counting import check_numbers
from helpcenter.quality.cut import check_cut
from helpcenter.quality.language import check_language
from helpcenter.quality.length import check_length
from helpcenter.quality.pairs import BLANK, Check, Direction, Pair, Problem
from helpcenter.quality.units import check_units
from helpcenter.quality.untranslated import check_untranslated

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BLANK", "CHECKS", "Check", "Direction", "Pair", "Problem", "find_problems"]

CHECKS: tuple[Check, ...] = (
    check_numbers,
    check_units,
    check_untranslated,
    check_language,
    check_cut,
    check_length,
)
"""All checks, in the order in which their findings are told."""


def find_problems(pair: Pair, direction: Direction, checks: Sequence[Check] | None = None) -> list[Problem]:
    """Find everything that is wrong with a translation.

    Args:
        pair: the translation and its source.
        direction: their languages.
        checks: which; all of them when None.
    """
    return [problem for check in (CHECKS if checks is None else checks) for problem in check(pair, direction)]
