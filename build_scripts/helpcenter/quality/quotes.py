"""Quotation marks: in pairs, and those of the language."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.quality.marks import marks_of, written_marks
from helpcenter.quality.pairs import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.quality.pairs import Direction, Pair

QUOTES = "translation-quotes"
UNPAIRED = "translation-unpaired"

# An apostrophe stands behind a letter or before one; which of the two it is next to says nothing of where it belongs.
# A straight mark behind digits may stand for inches, and one within a word of Hebrew is a letter's.
_MARK = re.compile(
    r"(?<![\d\u05d0-\u05ea])\"|(?<=[\u05d0-\u05ea])\"(?![\u05d0-\u05ea])|(?<=\d)\"(?=[\s.,;:!?)]|$)"
    r"|[“”„‟«»‹›「」『』《》〈〉]|(?<!\w)[‘‚’](?=\w)|(?<=[\w.!?…])[’‘](?!\w)"
)
_STRAIGHT = '"'
_SINGLE = frozenset("‘’‚")
# Behind a name, as in ``poll()``, they are part of it.
_EMPTY = re.compile(r"(?<![A-Za-z0-9_])[(（]\s*[)）]")
# Behind one sign, as in ``a)``, ``1)`` and 例), a closing one ends the number of a list.
_BRACKET = re.compile(r"(?P<listed>(?:(?<=\s\w)|(?<=^\w))\))|[()]")
_SAME = str.maketrans("（）", "()")


@cache
def _pairs_of(tag: str) -> tuple[str, ...]:
    return tuple((marks_of(tag, "quotes") or "").split())


@cache
def _all_pairs() -> tuple[tuple[str, ...], ...]:
    return (
        (f"{_STRAIGHT}{_STRAIGHT}",),
        *dict.fromkeys(tuple(pairs.split()) for pairs in written_marks()["quotes"].values()),
    )


def _first_unmatched(marks: Sequence[tuple[str, int]], pairs: Sequence[str]) -> tuple[str, int] | None:
    """Give the first mark that opens or closes nothing; None where all stand in pairs."""
    openers = {pair[0]: pair[1] for pair in reversed(pairs)}
    closers = {pair[1] for pair in pairs}
    stack: list[tuple[str, int]] = []
    for mark, place in marks:
        if stack and any(pair[0] == stack[-1][0] and pair[1] == mark for pair in pairs):
            stack.pop()
        elif mark in openers:
            stack.append((mark, place))
        elif mark not in _SINGLE or mark in closers - {"’"}:
            return mark, place
    # A single mark that closes nothing is an apostrophe.
    return next((one for one in stack if one[0] not in _SINGLE), None)


def check_quotes(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find quotation marks that stand alone, or belong to another language."""
    marks = [(match.group(), match.start()) for match in _MARK.finditer(pair.text_words)]
    own = _pairs_of(direction.target)
    # Of a language of which nothing is known, any pair will do.
    wrong = _first_unmatched(marks, own) if own else None
    if own and wrong is None:
        return
    is_paired = any(_first_unmatched(marks, pairs) is None for pairs in _all_pairs())
    if not is_paired:
        mark, place = wrong or marks[0]
        if not _is_unpaired_in(pair.source_words):
            yield Problem(UNPAIRED, f"the quotation mark {mark} has no counterpart", (place, place + 1))
    elif wrong is not None:
        mark, place = wrong
        said = "straight quotation marks are" if mark == _STRAIGHT else f"the quotation mark {mark} is"
        hint = f"write {own[0][0]}…{own[0][1]}"
        yield Problem(QUOTES, f"{said} not used so in this language", (place, place + 1), hint)


def _is_unpaired_in(source: str) -> bool:
    marks = [(match.group(), match.start()) for match in _MARK.finditer(source)]
    return all(_first_unmatched(marks, pairs) is not None for pairs in _all_pairs())


def check_brackets(pair: Pair, _direction: Direction) -> Iterator[Problem]:
    """Find brackets that are not closed, close nothing, or hold nothing."""
    lone = _lone_bracket(pair.text_words)
    if lone is not None and _lone_bracket(pair.source_words) is None:
        yield Problem(UNPAIRED, f"the bracket {pair.text[lone]} has no counterpart", (lone, lone + 1))
    empty = _EMPTY.search(pair.text_words)
    if empty and not _EMPTY.search(pair.source_words):
        yield Problem(UNPAIRED, "there is nothing in the brackets", empty.span())


def _lone_bracket(text: str) -> int | None:
    opened: list[int] = []
    for match in _BRACKET.finditer(text.translate(_SAME)):
        if match.group() == "(":
            opened.append(match.start())
        elif opened:
            opened.pop()
        elif not match["listed"]:
            return match.start()
    return opened[0] if opened else None
