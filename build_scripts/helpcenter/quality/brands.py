"""Brands: a payment method or carrier of the source is the same one in its translation, in a spelling of its own."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.quality.pairs import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Brand, Direction, Pair

CODE = "translation-brand"

# Also words of the language: at the beginning of a sentence nobody can tell which of them is meant.
_WORDS = frozenset({"Affirm", "Discover", "Elo", "Mir", "Мир", "Pix", "Visa", "Wise", "Zip", "Post"})
_BEGINNING = re.compile(r"(?:^|[.!?:;。！？：；\n]|[-*•|>#]|[“„«\"'(（])[\s\W]*$")
_LETTER = r"A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LATIN = re.compile(f"[{_LETTER}]")
_CHINESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")


def check_brands(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find payment methods and carriers that a translation lost, added or exchanged."""
    # Keywords are what customers type, not translations of what others type.
    if pair.kind == "keyword":
        return
    source, text = _find(pair.source_words, direction.brands), _find(pair.text_words, direction.brands)
    lost = [brand for brand, match in source.items() if match.is_sure and brand not in text]
    added = [brand for brand, match in text.items() if match.is_sure and brand not in source]
    for index, brand in enumerate(added):
        instead = f"'{lost[index].names[0]}'" if index < len(lost) else "no such name"
        yield Problem(CODE, f"'{text[brand].said}' stands where the source has {instead}", text[brand].span)
    for brand in lost[len(added) :]:
        names = " or ".join(f"'{name}'" for name in brand.names)
        yield Problem(CODE, f"'{source[brand].said}' is missing", help=f"write {names}")


class _Match(NamedTuple):
    """Where a name stands.

    Args:
        span: of it, in the text.
        said: as it stands there.
        is_sure: that it is the brand, and not a word of the language.
    """

    span: tuple[int, int]
    said: str
    is_sure: bool


def _find(text: str, brands: tuple[Brand, ...]) -> dict[Brand, _Match]:
    """Find brands in a text, each with its first match; a name within a longer one is none: DHL in "DHL Express"."""
    matches = [
        (match, brand, name)
        for brand in brands
        for name in brand.names
        # Of the most names nothing else has to be asked.
        if name.split()[0] in text
        for match in _pattern(name).finditer(text)
    ]
    found: dict[Brand, _Match] = {}
    end = 0
    for match, brand, name in sorted(matches, key=lambda one: (one[0].start(), -one[0].end())):
        if match.start() < end:
            continue
        end = match.end()
        is_word = name in _WORDS and _BEGINNING.search(text, 0, match.start()) is not None
        if brand not in found or not found[brand].is_sure:
            found[brand] = _Match(match.span("name"), match["name"], not is_word)
    return found


@lru_cache(maxsize=1024)
def _pattern(name: str) -> re.Pattern[str]:
    """Give the pattern of a name with the endings of languages: ``PayPal'ı``, ``PayPals``, ``DHL-Paket``, ``Миром``.

    What is written in Latin letters may follow a letter of another script without a space (``وPayPal``, ``用PayPal``); what is
    written in Chinese stands between others.  The endings of a language are short, and no capital letter begins one.
    """
    words = r"[\s\u00a0]".join(map(re.escape, name.split()))
    if _CHINESE.search(name):
        return re.compile(rf"(?P<name>{words})")
    if _ARABIC.search(name):
        return re.compile(rf"(?<!\w)[ولبكف]?(?P<name>{words})(?!\w)")
    before = rf"(?<![{_LETTER}\d])" if _LATIN.search(name) else r"(?<!\w)"
    # In small letters a name with an ending looks like many other words.
    ending = "" if name.islower() else r"[^\W\d_A-Z]{0,4}"
    return re.compile(rf"{before}(?P<name>{words})(?:['’-]\w+|{ending})(?![{_LETTER}\d])")
