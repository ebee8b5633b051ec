"""Emphasis in languages that put no space around it.

Markdown takes ``これは**「重要」**です`` and ``das **Wort**paar`` for asterisks: emphasis that touches a letter outside
of it is none, with the settings that Material recommends.  Such emphasis is written with the tags it stands for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content.inline import find_opaque

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIR = re.compile(
    r"(?<![*\\])(?P<stars>\*{1,3})(?![\s*])(?P<inner>.+?)(?<![\s*])(?P=stars)(?!\*)"
    r"|(?<![_\\])(?P<lines>_{1,3})(?![\s_])(?P<within>.+?)(?<![\s_])(?P=lines)(?!_)",
    re.DOTALL,
)
_TAGS = {1: ("<em>", "</em>"), 2: ("<strong>", "</strong>"), 3: ("<strong><em>", "</em></strong>")}
# Of the private use area: neither a word nor a mark.
_BLANK = "\ue000"


class _Emphasis(NamedTuple):
    start: int
    end: int
    strength: int
    touched: bool
    context: str


def write_emphasis(source: str, text: str) -> str:
    """Write emphasis that touches letters with tags, where a translation would lose emphasis of its source.

    Args:
        source: Markdown of the segment.
        text: its translation.
    """
    if not ("*" in text or "_" in text) or not ("*" in source or "_" in source):
        return text
    wanted, found = list(_find(source)), list(_find(text))
    contexts = {one.context for one in wanted}
    changed = []
    for strength in _TAGS:
        need = _count_free(wanted, strength) - _count_free(found, strength)
        new = [one for one in found if one.strength == strength and one.touched and one.context not in contexts]
        # Only what the source has and this text has not: other marks that touch letters are part of a name or a path.
        if len(new) == need:
            changed += new
    edits = [edit for one in changed for edit in _edits(one)]
    for start, end, tag in sorted(edits, reverse=True):
        text = f"{text[:start]}{tag}{text[end:]}"
    return text


def _count_free(found: list[_Emphasis], strength: int) -> int:
    return sum(one.strength == strength and not one.touched for one in found)


def _edits(one: _Emphasis) -> list[tuple[int, int, str]]:
    opening, closing = _TAGS[one.strength]
    return [(one.start, one.start + one.strength, opening), (one.end - one.strength, one.end, closing)]


def _find(text: str) -> Iterator[_Emphasis]:
    bare = text
    for part in find_opaque(text):
        bare = bare[: part.start] + _BLANK * (part.end - part.start) + bare[part.end :]
    yield from _find_in(text, bare, 0, len(bare))


def _find_in(text: str, bare: str, start: int, end: int) -> Iterator[_Emphasis]:
    for match in _PAIR.finditer(bare, start, end):
        mark = match["stars"] or match["lines"]
        before, after = bare[: match.start()][-1:], bare[match.end() : match.end() + 1]
        touched = any(char.isalnum() for char in (before, after))
        context = text[max(match.start() - 1, 0) : match.end() + 1]
        yield _Emphasis(match.start(), match.end(), len(mark), touched, context)
        yield from _find_in(text, bare, match.start() + len(mark), match.end() - len(mark))
