"""Punctuation: marks in the form of the language, once each, and the spaces around them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.project.tags import language_of
from helpcenter.quality.endings import check_end
from helpcenter.quality.marks import ARABIC, GREEK, HAN, marks_of
from helpcenter.quality.numerals import UNSPACED
from helpcenter.quality.pairs import BLANK, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Direction, Pair

MARKS = "translation-punctuation"
SPACE = "translation-space"

# Marks that belong to some languages alone.
_FOREIGN = {
    "[，。？！：；、]": ("zh", "yue", "ja", "ko"),
    "[؟،؛]": ("ar", "fa", "ur", "ps", "ckb", "ug", "sd", "dv"),
    "[¿¡]": ("es", "gl", "ast", "ca", "eu", "fil", "tl"),
}
_DOUBLED = re.compile(r"([,;:،؛，。；：、])\1|(?<![.…])\.\.(?![.…])")
_OPENED = (("?", "¿"), ("!", "¡"))
_TIGHT = re.compile(r"(?<=[^\W_])[?!;:](?=[\s\"”»)*_]|$)")
_NO_SPACE = re.compile(r"(?<=[^\W\d_])[,;!?،؛؟](?=[^\W\d_])|(?<=[^\W\d_A-ZА-ЯÄÖÜ]{2})\.(?=[A-ZА-ЯÄÖÜÇŞİ][^\W\d_])")
_DOUBLE = re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)")
_BEFORE = rf"(?<=[\w{BLANK})”»“*]) +(?=[{{}}](?:[\s)”»“*_]|$))"
_BEFORE_ANY = re.compile(_BEFORE.format(".,;:!?،؛؟。，！？；："))
_BEFORE_STOP = re.compile(_BEFORE.format(".,"))
_WITHIN = re.compile(r"(?<=[(（]) +(?=\S)|(?<=\S) +(?=[)）])")
_SPACED = frozenset({"fr"})
# Where words are not set apart, nothing follows a mark; and where sentences are, two spaces may do it.
_UNSPACED_ENDS = (UNSPACED, frozenset({"th", "lo", "km", "my"}))


@cache
def _own_marks(tag: str) -> tuple[re.Pattern[str], dict[str, str]]:
    known: dict[str, str] = marks_of(tag, "own") or {}
    if not known:
        return re.compile("(?!)"), known
    letters = {"zh": HAN, "yue": HAN, "ja": HAN, "el": GREEK}.get(language_of(tag), ARABIC)
    marks = re.escape("".join(known))
    # A full stop, comma or colon between digits or before a letter belongs to a number, a name or an address.
    own = rf"(?<=[{letters}])[”»*_)]*[{marks}](?![A-Za-z0-9/.])|(?<={BLANK})[”»*_)]*[{marks}](?=\s|$)"
    return re.compile(own), known


@cache
def _foreign_marks(tag: str) -> re.Pattern[str]:
    language = language_of(tag)
    found = [pattern for pattern, languages in _FOREIGN.items() if language not in languages]
    return re.compile("|".join(found))


def check_punctuation(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find marks that are not in the form of their language, or stand twice."""
    words, tag = pair.text_words, direction.target
    pattern, forms = _own_marks(tag)
    for match in pattern.finditer(words):
        mark = match.group()[-1]
        hint = f"write '{forms[mark]}'"
        yield Problem(MARKS, f"'{mark}' is not this language's form", (match.end() - 1, match.end()), hint)
    for match in _foreign_marks(tag).finditer(words):
        if match.group() not in pair.source:
            yield Problem(MARKS, f"'{match.group()}' is no mark of this language", match.span())
    for match in _DOUBLED.finditer(words):
        if match.group() not in pair.source:
            yield Problem(MARKS, f"'{match.group()}' stands where one mark is enough", match.span())
    language = language_of(tag)
    if language == "es":
        yield from _check_opened(pair, direction)
    elif language in _SPACED:
        marks = ":" if tag == "fr-CA" else "?!;:"
        for match in _TIGHT.finditer(words):
            if match.group() in marks:
                yield Problem(
                    MARKS, f"there is no space before '{match.group()}'", match.span(), "put a no-break space there"
                )


def _check_opened(pair: Pair, direction: Direction) -> Iterator[Problem]:
    words = pair.text_words
    for close, opening in _OPENED:
        if words.count(close) > words.count(opening):
            at = words.find(close)
            yield Problem(
                MARKS, f"'{close}' closes what no '{opening}' opens", (at, at + 1), f"write '{opening}' where it begins"
            )
        elif words.count(opening) > words.count(close) and not any(check_end(pair, direction)):
            at = words.find(opening)
            yield Problem(MARKS, f"'{opening}' opens what no '{close}' closes", (at, at + 1))


def check_spaces(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find spaces that are one too many, or missing."""
    words, source = pair.text_words, pair.source_words
    before = _BEFORE_STOP if language_of(direction.target) in _SPACED else _BEFORE_ANY
    for pattern, message in (
        (_DOUBLE, "two spaces stand where one is enough"),
        (before, "a space stands before a mark"),
        (_WITHIN, "a space stands within brackets"),
        (_NO_SPACE, "there is no space behind a mark"),
    ):
        if pattern in {_NO_SPACE, _DOUBLE} and language_of(direction.target) in _UNSPACED_ENDS[pattern is _DOUBLE]:
            continue
        match = pattern.search(words)
        if match and pattern.search(source) is None:
            yield Problem(SPACE, message, match.span())
    if pair.is_string:
        yield from _check_ends(pair)


def _check_ends(pair: Pair) -> Iterator[Problem]:
    """A string is put together with others: a space at its end keeps words apart."""
    for name, side, span in (("begins", 0, (0, 1)), ("ends", -1, (len(pair.text) - 1, len(pair.text)))):
        is_space, was_space = pair.text[side].isspace(), pair.source[side : side + 1 or None].isspace()
        if is_space != was_space:
            with_it, without = ("translation", "source") if is_space else ("source", "translation")
            yield Problem(SPACE, f"the {with_it} {name} with a space, and the {without} does not", span)
