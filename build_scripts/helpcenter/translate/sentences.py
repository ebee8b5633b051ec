"""Cutting a text that is longer than an engine takes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from helpcenter.translate.masks import MASK

if TYPE_CHECKING:
    from collections.abc import Callable

_CLAUSE = re.compile(r"(?<=[;:,，；：、])\s*|\s+(?=[–—])")
_SPACE = re.compile(r"\s+")
# Of languages that write "3." for "third".
_ORDINAL_DOT = re.compile(r"bs|cs|da|de|et|fi|fo|hr|hu|is|lb|lv|mk|nb|nn|no|sk|sl|sr|tr")
_ORDINAL = re.compile(r"(?<![\w.,])\d{1,2}\.\s*\Z")
# "d. 5", "p. ex.", "Pág. 3": a letter alone, or a short word before a number, is shortened and ends nothing.
_SHORTENED = re.compile(r"(?<!\w)[^\W\d_]\.\s*\Z")
_SHORT_WORD = re.compile(r"(?<!\w)[^\W\d_]{2,4}\.\s*\Z")
_CLOSING = re.compile(rf"\s*(?P<mark>\*{{1,3}}|{MASK.pattern})\s*")
_OPEN_LINK = re.compile(rf"\[(?!.*(?:\]|{MASK.pattern}))", re.DOTALL)


def split_sentences(text: str, language: str) -> list[str]:
    """Cut a text after its sentences; the pieces put together are the text.

    Args:
        text: of any length.
        language: of the text, without region (``en``); rules of English serve for languages without their own.
    """
    import sentencex  # type: ignore[import-untyped] # noqa: PLC0415 - only long texts need it

    pieces: list[str] = []
    for piece in sentencex.segment(language, text) if text else ():
        end = _closing(pieces[-1], piece) if pieces else 0
        if end:
            pieces[-1] += piece[:end]
        rest = piece[end:]
        if pieces and rest and not end and _continues(pieces[-1], rest, language):
            pieces[-1] += rest
        elif rest:
            pieces.append(rest)
    return pieces


def _continues(before: str, piece: str, language: str) -> bool:
    """Whether a sentence goes on: an engine is better off with two sentences than with a half."""
    if not before.rstrip(" \u00a0").endswith(".") or not piece.strip():
        return False
    first = piece.lstrip()[0]
    return (
        first.islower()
        or first in ",;:)"
        or _SHORTENED.search(before) is not None
        or (first.isdecimal() and _SHORT_WORD.search(before) is not None)
        or (_ORDINAL_DOT.fullmatch(language) is not None and _ORDINAL.search(before) is not None)
    )


def _closing(before: str, piece: str) -> int:
    """Give the length of what a piece begins with and belongs to the one before: the end of a link or of emphasis."""
    end = 0
    while match := _CLOSING.match(piece, end):
        so_far, mark = before + piece[:end], match["mark"]
        # A run of asterisks closes what an equal one has opened; a mask behind open words is the link's target.
        is_open = _OPEN_LINK.search(so_far) if mark[0] == "_" else _runs(so_far).count(mark) % 2
        if not is_open:
            break
        end = match.end()
    return end


def _runs(text: str) -> list[str]:
    return re.findall(r"\*+", text)


def cut(text: str, language: str, limit: int, measure: Callable[[str], int] = len) -> list[str] | None:
    """Cut a text into pieces of at most ``limit``, at sentence ends, else at clauses, else between words.

    Args:
        text: what to cut.
        language: of the text, without region.
        limit: the most that a piece may measure.
        measure: characters by default.

    Returns:
        Pieces that are the text when put together, or None when one word alone is over the limit.
    """
    if measure(text) <= limit:
        return [text]
    pieces: list[str] = []
    for sentence in split_sentences(text, language):
        pieces += _split_at(sentence, [_CLAUSE, _SPACE], limit, measure)
    if any(measure(piece) > limit for piece in pieces):
        return None
    return _pack(pieces, limit, measure)


def _split_at(text: str, patterns: list[re.Pattern[str]], limit: int, measure: Callable[[str], int]) -> list[str]:
    if measure(text) <= limit or not patterns:
        return [text]
    ends = [0, *(match.end() for match in patterns[0].finditer(text)), len(text)]
    parts = [text[start:end] for start, end in pairwise(ends) if end > start]
    fine = [piece for part in parts for piece in _split_at(part, patterns[1:], limit, measure)]
    return _pack(fine, limit, measure)


def _pack(pieces: list[str], limit: int, measure: Callable[[str], int]) -> list[str]:
    """Put neighbours together as long as they stay within the limit: an engine needs context."""
    packed: list[str] = []
    for piece in pieces:
        if packed and measure(packed[-1] + piece) <= limit:
            packed[-1] += piece
        else:
            packed.append(piece)
    return packed
