"""Characters: what no reader sees, or takes for something else."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from helpcenter.project.tags import direction_of, language_of
from helpcenter.quality.pairs import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Direction, Pair

CHARACTERS = "translation-characters"
BIDI = "translation-bidi"
OVERRIDE = "translation-bidi-override"

_INVISIBLE = {
    "\u200b": "a zero-width space", "\u200c": "a zero-width non-joiner", "\u200d": "a zero-width joiner",
    "\u00ad": "a soft hyphen", "\ufeff": "a byte order mark", "\u2060": "a word joiner", "\ufffd": "a replacement character",
    "\ufffc": "an object replacement character", "\u2063": "an invisible separator", "\u180e": "a Mongolian vowel separator",
}  # fmt: skip
# Scripts that need joiners, or break lines at zero-width spaces; emoji are put together with joiners as well.
_JOINING = frozenset(
    (
        "fa",
        "ur",
        "ps",
        "ckb",
        "ug",
        "ar",
        "hi",
        "bn",
        "ta",
        "te",
        "kn",
        "ml",
        "mr",
        "gu",
        "pa",
        "si",
        "ne",
        "or",
        "my",
        "km",
    )
)
_BREAKING = frozenset({"th", "lo", "km", "my", "ja", "bo", "dz"})
_ODD = re.compile(
    r"[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff\ufffc\ufffd\ue000-\uf8ff]"
)
_MIXED = re.compile(
    r"[^\W\d_]*(?:[A-Za-zÀ-ɏ][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][A-Za-zÀ-ɏ])[^\W\d_]*"
)
_RTL = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_MAYBE_MOJIBAKE = re.compile(
    r"[ÂÃÄÅÐÑâãåæçðñРСТУ][\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122\u0400-\u040f\u0450-\u045f]"
)
_CONTROLS = re.compile(r"[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_OVERRIDES = "\u202d\u202e"
_EMBEDDINGS, _POP = "\u202a\u202b", "\u202c"
_ISOLATES, _POP_ISOLATE = "\u2066\u2067\u2068", "\u2069"
_MARKS = "\u200e\u200f\u061c"


def check_characters(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find characters that cannot be seen, and letters of another script that look like those of the word."""
    text = pair.text
    if text.isascii() and not _ODD.search(text):
        return
    for match in _ODD.finditer(text):
        char = match.group()
        if char not in pair.source and not _is_needed(text, match.start(), language_of(direction.target)):
            yield Problem(CHARACTERS, f"there is {_name(char)}", match.span(), "take it out, or write what was meant")
            break
    words = pair.text_words
    for match in _MIXED.finditer(words):
        if match.group() not in pair.source:
            yield Problem(
                CHARACTERS, f"'{match.group()}' mixes letters of two scripts", match.span(), "write it in one of them"
            )
    yield from _check_mojibake(pair, words)


def _is_needed(text: str, place: int, language: str) -> bool:
    char = text[place]
    if char in "\u200c\u200d":
        beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        return language in _JOINING or any(unicodedata.category(one) in {"So", "Sk", "Mn"} for one in beside)
    return char == "\u200b" and language in _BREAKING


def _name(char: str) -> str:
    known = _INVISIBLE.get(char)
    number = f"U+{ord(char):04X}"
    if known:
        return f"{known} ({number})"
    return (
        f"a character that only some fonts have ({number})"
        if "\ue000" <= char <= "\uf8ff"
        else f"a control character ({number})"
    )


def _check_mojibake(pair: Pair, words: str) -> Iterator[Problem]:
    """Find letters that were read in the wrong encoding: ``Ã¼`` for ``ü``."""
    place = _MAYBE_MOJIBAKE.search(words)
    if place is None:
        return
    from ftfy import fix_encoding  # noqa: PLC0415 - only where there may be some
    from ftfy.badness import is_bad  # noqa: PLC0415 - as above

    for word in re.finditer(r"\S+", words):
        if is_bad(word.group()) and word.group() not in pair.source:
            mended = fix_encoding(word.group())
            hint = f"it may have been '{mended}'" if mended != word.group() else ""
            yield Problem(CHARACTERS, f"'{word.group()}' was read in the wrong encoding", word.span(), hint)


def check_bidi(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find controls of writing direction that are not closed, or have nothing to do."""
    text = pair.text
    if text.isascii() or not _CONTROLS.search(text):
        return
    for match in re.finditer(f"[{_OVERRIDES}]", text):
        yield Problem(
            OVERRIDE, f"U+{ord(match.group()):04X} turns the text behind it round", match.span(), "take it out"
        )
        return
    lone = _find_lone(text)
    if lone is not None:
        yield Problem(
            BIDI,
            f"U+{ord(text[lone]):04X} has no counterpart",
            (lone, lone + 1),
            "close each with its own end, or take it out",
        )
    elif direction_of(direction.target) == "ltr" and not _RTL.search(text):
        found = (one for one in re.finditer(f"[{_MARKS}]", text) if one.group() not in pair.source)
        if stray := next(found, None):
            message = f"U+{ord(stray.group()):04X} has nothing to do in a text from left to right"
            yield Problem(BIDI, message, stray.span(), "take it out")


def _find_lone(text: str) -> int | None:
    """Give the place of the first control that is not closed within its line, or closes nothing."""
    position = 0
    for line in text.splitlines(keepends=True):
        opened: list[tuple[str, int]] = []
        for place, char in enumerate(line, position):
            if char in _EMBEDDINGS or char in _ISOLATES:
                opened.append((_POP if char in _EMBEDDINGS else _POP_ISOLATE, place))
            elif char in (_POP, _POP_ISOLATE):
                if not opened or opened[-1][0] != char:
                    return place
                opened.pop()
        if opened:
            return opened[0][1]
        position += len(line)
    return None
