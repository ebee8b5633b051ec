"""Quality: what can be told of a translation by looking at it and its source, whoever wrote it.

Each module holds the checks of one matter, as pure functions; whoever calls them knows files and lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.quality.brands import check_brands
from helpcenter.quality.characters import check_bidi, check_characters
from helpcenter.quality.counting import check_numbers
from helpcenter.quality.cut import check_cut
from helpcenter.quality.endings import check_end
from helpcenter.quality.language import check_language
from helpcenter.quality.length import check_length
from helpcenter.quality.pairs import BLANK, Brand, Check, Direction, Pair, Problem
from helpcenter.quality.punctuation import check_punctuation, check_spaces
from helpcenter.quality.quotes import check_brackets, check_quotes
from helpcenter.quality.register import check_register
from helpcenter.quality.repeats import check_doubled
from helpcenter.quality.units import check_units
from helpcenter.quality.untranslated import check_untranslated

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["BLANK", "CHECKS", "Brand", "Check", "Direction", "Pair", "Problem", "find_problems"]

CHECKS: tuple[Check, ...] = (
    check_numbers,
    check_units,
    check_brands,
    check_untranslated,
    check_language,
    check_cut,
    check_length,
    check_end,
    check_punctuation,
    check_quotes,
    check_brackets,
    check_doubled,
    check_characters,
    check_bidi,
    check_spaces,
    check_register,
)
"""All checks, in the order in which their findings are told."""

_FORM = frozenset(
    f"translation-{name}"
    for name in ("end", "punctuation", "quotes", "unpaired", "doubled", "characters", "space", "length")
)
# A fault that another one explains is not told beside it: what is cut short has lost its end, and what is in another language
# is written in the way of that one.
_COVERS = {
    "translation-untranslated": _FORM
    | {"translation-language", "translation-cut", "translation-number", "translation-unit", "translation-brand"},
    "translation-language": _FORM | {"register-informal", "register-formal"},
    "translation-cut": frozenset({"translation-end", "translation-unpaired", "translation-length"}),
}


def find_problems(pair: Pair, direction: Direction, checks: Sequence[Check] | None = None) -> list[Problem]:
    """Find everything that is wrong with a translation, each fault once.

    Args:
        pair: the translation and its source.
        direction: their languages.
        checks: which; all of them when None.
    """
    found = [problem for check in (CHECKS if checks is None else checks) for problem in check(pair, direction)]
    covered = {code for problem in found for code in _COVERS.get(problem.code, ())}
    return [problem for problem in found if problem.code not in covered]
