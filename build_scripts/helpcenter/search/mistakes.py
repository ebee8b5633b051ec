"""How far a typed word is from a term: the counterpart of ``mistakes.js``.

A mistake is a letter that is missing, added, wrong, or exchanged with its neighbour (optimal string alignment).  Of what
takes as many mistakes, that is nearer which fingers get wrong more easily: the key beside, two letters in the wrong
order, a letter twice or once.  The first letter is seldom wrong.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG, SLIPPED, SWAPPED, DOUBLED, FIRST = 1.0, 0.7, 0.7, 0.6, 0.5
# From how many letters on a word may have one, two, three mistakes: half of its letters must be right in any case.
LENGTHS = (4, 7, 10)
# From which share of its letters on words that begin alike are forms of one; and what more than a slip of the hand takes.
BEGUN, SLIP = 0.5, 1.5
PAIR = 2


def allowed(word: str) -> int:
    """Give how many mistakes a word may have."""
    return sum(len(word) >= length for length in LENGTHS)


def cost(word: str, term: str, is_neighbour: Callable[[str, str], bool], *, beginning: bool) -> float:
    """Tell how much it takes to make a word of a term.

    Args:
        word: what was typed.
        term: what may have been meant.
        is_neighbour: tells whether two letters lie beside each other on the keyboard.
        beginning: the word may be the beginning of the term.
    """
    before: list[float] = []
    above = [0.0]
    for j in range(1, len(term) + 1):
        above.append(above[-1] + _added(term, j))
    for i in range(1, len(word) + 1):
        row = [above[0] + _added(word, i)]
        for j in range(1, len(term) + 1):
            one, other = word[i - 1], term[j - 1]
            first = FIRST if i == 1 or j == 1 else 0.0
            wrong = 0.0 if one == other else (SLIPPED if is_neighbour(one, other) else WRONG) + first
            least = min(above[j] + _added(word, i), row[j - 1] + _added(term, j), above[j - 1] + wrong)
            if min(i, j) > 1 and one == term[j - 2] and word[i - 2] == other:
                least = min(least, before[j - 2] + SWAPPED + (0.0 if min(i, j) > PAIR else FIRST))
            row.append(least)
        before, above = above, row
    return min(above) if beginning else above[-1]


def is_form(word: str, term: str, is_neighbour: Callable[[str, str], bool]) -> bool:
    """Tell whether words differ by their endings, and by more than a slip: another form is no mistake."""
    begun = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, term, strict=False)))
    return begun >= max(LENGTHS[0], BEGUN * len(word)) and cost(word, term, is_neighbour, beginning=False) >= SLIP


def _added(word: str, place: int) -> float:
    """Give what a letter costs that stands in one of the two words only; one that repeats the letter before is easily typed."""
    if place == 1:
        return WRONG + FIRST
    return DOUBLED if word[place - 1] == word[place - 2] else WRONG
