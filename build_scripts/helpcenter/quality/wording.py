"""What a reader sees of a text: its words, letters and sentences, each with its place."""

from __future__ import annotations

import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError

from helpcenter.quality.pairs import BLANK

# A word with the apostrophes and hyphens within it; what is sealed is no word.
WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
# Marks of Markdown, and what stands between texts in an argument list of a link.
_MARKS = re.compile(rf"[*_`#~{BLANK}]+|\[\^?|\]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACE = re.compile(r"\s+")


def show(words: str) -> str:
    """Give the text without sealed parts and marks of Markdown, spaces made one.

    Args:
        words: as ``Pair.text_words`` has them.
    """
    return _SPACE.sub(" ", _MARKS.sub("", words)).strip()


def count_letters(words: str) -> int:
    """Count the letters that are not sealed."""
    return sum(map(str.isalpha, words))


@lru_cache(maxsize=64)
def language_of(tag: str) -> str:
    """Give the language subtag of a BCP 47 tag (``pt`` of ``pt-BR``)."""
    return tag.partition("-")[0].lower()


@lru_cache(maxsize=64)
def name_language(tag: str) -> str:
    """Give the English name of a language; its tag when CLDR has none."""
    try:
        return Locale.parse(tag, sep="-").english_name or tag
    except (UnknownLocaleError, ValueError):
        return tag


@lru_cache(maxsize=8192)
def find_sentences(words: str, language: str) -> tuple[tuple[int, int], ...]:
    """Find the sentences of a text, with the space behind each.

    Args:
        words: any text, of a line or many.
        language: subtag; rules of English serve for languages without their own.
    """
    if not words:
        return ()
    import sentencex  # type: ignore[import-untyped] # noqa: PLC0415 - 20 ms that only a check of many texts needs

    spans, position = [], 0
    for sentence in sentencex.segment(language, _LONE_SURROGATE.sub("\ufffd", words)):
        spans.append((position, position + len(sentence)))
        position += len(sentence)
    # What the library would not give back whole is one sentence: places must hold.
    return tuple(spans) if position == len(words) else ((0, len(words)),)
