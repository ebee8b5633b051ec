"""Repeats: a word that stands twice side by side, where the language does not double it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.project.tags import language_of
from helpcenter.quality.marks import HAN, marks_of, written_marks
from helpcenter.quality.pairs import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Direction, Pair

CODE = "translation-doubled"

_TWICE = re.compile(r"(?<![\w'’-])([^\W\d_]+(?:['’-][^\W\d_]+)*)\s+\1(?![\w'’-])", re.IGNORECASE)
_ECHO = re.compile(rf"([{HAN}]{{2,6}})\1")
# One character alone is doubled where it is polite or polite to ask, never to good purpose.
_POLITE = re.compile(r"(?<![目标靶])(的|您|请|在|把|和|与|或)\1(?!气|睦)")
# In bytes of UTF-8, which are as many as there is to say: a shorter text that stands twice may be a greeting.
_LEAST = 12


@cache
def _allowed(tag: str) -> re.Pattern[str]:
    return re.compile((marks_of(tag, "twice") or "(?!)").replace(" ", ""))


@cache
def _echoes() -> re.Pattern[str]:
    return re.compile(written_marks()["echoes"])


def check_doubled(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find words that stand twice, or a whole text that does."""
    language = language_of(direction.target)
    if language in written_marks()["doubles"] or pair.kind == "keyword" or _TWICE.search(pair.source_words):
        return
    half = _half(pair.text)
    if half and not _half(pair.source):
        yield Problem(CODE, "the whole text stands twice", (half, len(pair.text)))
        return
    for match in _TWICE.finditer(pair.text_words):
        if not _allowed(direction.target).fullmatch(match[1].casefold()):
            yield Problem(CODE, f"'{match[1]}' stands twice", match.span())
    if language in {"zh", "yue", "ja"}:
        for pattern in (_ECHO, _POLITE) if language != "ja" else (_ECHO,):
            for match in pattern.finditer(pair.text_words):
                if not _echoes().match(match[1]):
                    yield Problem(CODE, f"'{match[1]}' stands twice", match.span())


def _half(text: str) -> int:
    """Give where a text begins once more; 0 where it does not."""
    middle = len(text) // 2
    for start in (middle, middle + 1):
        if text[:start].strip() == text[start:].strip() and len(text[:start].strip().encode()) >= _LEAST:
            return start
    return 0
