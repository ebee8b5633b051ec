"""Endings: a sentence ends as that of the source does, in the marks of its own language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.project.tags import language_of
from helpcenter.quality.pairs import BLANK, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Direction, Pair

CODE = "translation-end"

_STOP, _QUESTION, _CRY, _COLON, _DOTS, _SEMICOLON, _COMMA, _NONE = (
    "a full stop", "a question mark", "an exclamation mark", "a colon", "an ellipsis", "a semicolon", "a comma", "no mark",
)  # fmt: skip
_KINDS = {
    mark: kind
    for kind, marks in (
        (_STOP, ".。．｡।۔։።။។"),
        (_QUESTION, "?？؟\u037e՞⸮"),
        (_CRY, "!！՜"),
        (_COLON, ":："),
        (_DOTS, "…⋯"),
        (_SEMICOLON, ";；؛"),
        (_COMMA, ",，،、"),
    )
    for mark in marks
}
_CLOSERS = frozenset("*_~=^\"'”“„»«’‘›‹)]}）】」』》〉\u200e\u200f\u061c\u2066\u2067\u2068\u2069\u2060")
_OPENERS = frozenset("\"'“„«‘‚‹「『”")
# What is sealed at an end and shown behind the sentence, or not at all.
_BEHIND = ("](", "][", "] [", "{:", "{#", "{ .", "{.", "[^", "<", ":")
_DOTTED = re.compile(r"(?:\.\.+|。。+|・・+)$")
_ABBREVIATED = re.compile(
    r"(?:\b(?:etc|inc|ltd|co|corp|approx|no|vs|st|mr|ms|dr|jr|sr|usw|bzw|ca)|\b[^\W\d_])\.$", re.IGNORECASE
)
# Titles and labels: some languages make questions of them, and some write none of their marks.
_TITLES = frozenset(
    {
        "title",
        "heading",
        "table cell",
        "term",
        "admonition title",
        "tab title",
        "block title",
        "link title",
        "option",
        "attribute",
    }
)
_UNMARKED = frozenset({"zh", "yue", "ja", "ko", "th", "lo", "km"})
# They end a sentence with a space.
_STOPLESS = frozenset({"th", "lo"})
_WHETHER = re.compile("是否|能否|可否|有无|会不会|能不能|可不可以")
_TOLD = frozenset({_STOP, _QUESTION, _CRY, _COLON, _DOTS})


def find_ending(text: str, words: str, tag: str) -> tuple[str, int]:
    """Give what kind of mark ends a text, and the offset behind the mark, or behind the last word.

    Args:
        text: Markdown.
        words: the same with what is sealed blanked.
        tag: of its language.
    """
    end = len(words)
    while end:
        char = words[end - 1]
        if char == BLANK:
            start = end
            while start and words[start - 1] == BLANK:
                start -= 1
            if not text.startswith(_BEHIND, start):
                break
            end = start
        elif char.isspace() or char in _CLOSERS:
            end -= 1
        else:
            break
    if not end:
        return _NONE, len(words)
    if dots := _DOTTED.search(words, max(end - 8, 0), end):
        return (_NONE if words[max(dots.start() - 1, 0)] in _OPENERS else _DOTS), end
    # A mark in quotation marks by itself is spoken of, and ends nothing.
    is_named = end > 1 and words[end - 2] in _OPENERS and words[end : end + 1] in _CLOSERS
    kind = _NONE if is_named else _KINDS.get(words[end - 1], _NONE)
    return (_QUESTION if kind is _SEMICOLON and language_of(tag) == "el" else kind), end


def check_end(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a translation that ends with another mark than its source."""
    if pair.kind == "keyword":
        return
    wanted, last = find_ending(pair.source, pair.source_words, direction.source)
    found, end = find_ending(pair.text, pair.text_words, direction.target)
    if wanted == found or not {wanted, found} & _TOLD or _is_usual(wanted, found, pair, language_of(direction.target)):
        return
    if wanted == _STOP and _ABBREVIATED.search(pair.source_words, max(last - 10, 0), last):
        return
    if found == _STOP and _ABBREVIATED.search(pair.text_words, max(end - 10, 0), end):
        return
    message = f"the source ends with {wanted}, and the translation with {found}"
    yield Problem(CODE, message, (max(end - 1, 0), max(end, 1)) if pair.text else None)


def _is_usual(wanted: str, found: str, pair: Pair, language: str) -> bool:
    """Whether a language may well end so what ends otherwise in the source."""
    is_title = pair.kind in _TITLES or pair.is_string
    both = {wanted, found}
    return (
        # What a list's items end with is a matter of the language: in Russian they are one sentence.
        (pair.kind == "list item" and both <= {_NONE, _STOP, _SEMICOLON, _COMMA} and wanted != _STOP)
        or (is_title and (wanted, found) == (_NONE, _QUESTION))
        or (is_title and language in _UNMARKED and found == _NONE and wanted in {_STOP, _CRY})
        or (language in _STOPLESS and both == {_NONE, _STOP})
        # Where English is glad, others are calm.
        or (wanted == _CRY and found == _STOP)
        or (wanted == _QUESTION and language in _UNMARKED and _WHETHER.search(pair.text_words) is not None)
    )
