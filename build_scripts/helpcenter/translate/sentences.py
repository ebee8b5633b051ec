"""Cutting a text that is longer than an engine takes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CLAUSE = re.compile(r"(?<=[;:,，；：、])\s*|\s+(?=[–—])")
_SPACE = re.compile(r"\s+")


def split_sentences(text: str, language: str) -> list[str]:
    """Cut a text after its sentences; the pieces put together are the text.

    Args:
        text: of any length.
        language: of the text, without region (``en``); rules of English serve for languages without their own.
    """
    import sentencex  # type: ignore[import-untyped] # noqa: PLC0415 - only long texts need it

    return list(sentencex.segment(language, text)) if text else []


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
