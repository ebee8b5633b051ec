"""Damage to translations that the gate must refuse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Iterator

    from helpcenter.content import Page

_LINK = re.compile(r"(?<!!)\[([^\[\]]+)\](\([^()\s]+\))")
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_EMPHASIS = re.compile(r"(?<![\w*])\*\*(?=\w)([^*\n]+)(?<=\w)\*\*(?![\w*])")
_TAG = re.compile(r"</?[a-z]+[^<>]*>")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_EXPRESSION = re.compile(r"\{\{[^{}]*\}\}")


def _once(pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> Callable[[str], str]:
    return lambda text: pattern.sub(new, text, count=1)


MUTATIONS: dict[str, Callable[[str], str]] = {
    "a link without its address": _once(_LINK, r"\1"),
    "a link to elsewhere": _once(_LINK, r"[\1](https://elsewhere.example/)"),
    "a link to another anchor": _once(_LINK, lambda match: f"[{match[1]}]{match[2][:-1]}#elsewhere)"),
    "a link that is lost": _once(_LINK, ""),
    "a link twice": _once(_LINK, r"\g<0> \g<0>"),
    "a link of its own": lambda text: f"{text} [x](https://elsewhere.example/)",
    "a space behind a link's words": _once(_LINK, r"[\1] \2"),
    "code that is lost": _once(_CODE, ""),
    "code without marks": _once(_CODE, r"\1"),
    "other code": _once(_CODE, r"`\1x`"),
    "code of its own": lambda text: f"{text} `x`",
    "emphasis that is lost": _once(_EMPHASIS, r"\1"),
    "emphasis that is weaker": _once(_EMPHASIS, r"*\1*"),
    "emphasis that is not closed": _once(_EMPHASIS, r"**\1"),
    "emphasis with spaces within": _once(_EMPHASIS, r"** \1 **"),
    "a tag that is lost": _once(_TAG, ""),
    "a tag of its own": lambda text: f"{text} <u>x</u>",
    "a footnote that is lost": _once(_FOOTNOTE, ""),
    "another footnote": _once(_FOOTNOTE, "[^elsewhere]"),
    "a fact that is lost": _once(_EXPRESSION, "3"),
    "an image of its own": lambda text: f"{text} ![x](x.png)",
}
"""By name: damages a text, or gives it as it was where there is nothing to damage."""


def mutate(page: Page, dice: random.Random, number: int) -> Iterator[tuple[str, str, str]]:
    """Give damaged texts of a page: which damage, the text, and what became of it; ``number`` of each at the most."""
    body = [segment for segment in page.segments if not segment.key]
    for kind, damage in MUTATIONS.items():
        able = [segment.text for segment in body if damage(segment.text) != segment.text]
        for text in dice.sample(able, min(number, len(able))):
            yield kind, text, damage(text)
