"""What customers may call a page: its keywords in a locale, and its names in the language of the source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.catalog.glossary import words_of
from helpcenter.project.tags import language_of
from helpcenter.review import Shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpcenter.content import Page
    from helpcenter.project import Locale
    from helpcenter.review import PageText

# Of Latin, Chinese and Arabic script. A comma may be part of a keyword.
_BETWEEN = re.compile("[;；؛]")
_SIGNS = str.maketrans("", "", "*[]")
_NAMING = frozenset({"title", "heading", "keyword"})


def keywords_of(page: Page, text: PageText, say: Callable[[str], str]) -> tuple[str, ...]:
    """Give the keywords of a page in a locale, each once.

    A language need not have as many words for a thing as that of the source: a translation may hold several, with
    semicolons between them.  Those that nobody has translated, or whose translation is not fit to be shown, are left out.

    Args:
        page: the page.
        text: what the locale shows of it.
        say: gives a text in the words that are shown.
    """
    lost = {msgid for msgid, how in text.shown.items() if how is Shown.FALLBACK} if text.is_translation else set()
    return tuple(dict.fromkeys(one for word in page.meta.keywords if word not in lost for one in _split(say(word))))


def bridge_of(page: Page, text: PageText, locale: Locale, source: Locale) -> tuple[tuple[str, str], ...]:
    """Give the names of a translated page in the source language, as far as people vouch that they mean the same.

    Who asks on a Turkish site in the words of the English page is led to the Turkish one.  A text that a machine translated,
    or whose source has changed since, vouches for nothing.

    Args:
        page: the page.
        text: what the locale shows of it.
        locale: the locale.
        source: the locale of the source.

    Returns:
        Anchor of a heading, empty for title and keywords → words; nothing where both are in one language.
    """
    if not text.is_translation or language_of(locale.tag) == language_of(source.tag):
        return ()
    names = (
        (segment.anchor if segment.kind == "heading" else "", one)
        for segment in page.segments
        if segment.kind in _NAMING and text.shown.get(segment.text) is Shown.TRANSLATED
        for one in (_split(segment.text) if segment.kind == "keyword" else (segment.text,))
    )
    return tuple(dict.fromkeys((anchor, words) for anchor, name in names if (words := _plain(name))))


def _plain(text: str) -> str:
    return " ".join(words_of(text).translate(_SIGNS).split())


def _split(keyword: str) -> list[str]:
    return [words for one in _BETWEEN.split(keyword) if (words := one.strip())]
