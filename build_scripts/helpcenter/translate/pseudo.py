"""A provider that translates into nothing: what it gives shows what a layout and a pipeline do to text.

The letters carry accents, so text that was not translated is seen at once; the text is a third longer, as German is;
its ends are marked, so text that is cut off is seen as well.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from helpcenter.translate.masks import MASK
from helpcenter.translate.provider import Limits, Request, Result
from helpcenter.translate.registry import OptionError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_ACCENTS = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž",
)
_KEPT = re.compile(
    rf"{MASK.pattern}"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}|<[^<>]*>|`[^`]*`|%\([^)]*\)[sd]|%[sd]|&#?\w+;"
    r"|\]\([^)]*\)|(?:https?://|mailto:)[^\s)>\]]+",
    re.DOTALL,
)
# Square brackets and tildes are Markdown.
_OPEN, _CLOSE, _PAD = "⟦", "⟧", "····"
_GROWTH = 0.3


class PseudoProvider:
    """Deterministic, free, offline, for every pair of languages."""

    name = "pseudo"
    limits = Limits(max_chars=1_000_000, max_items=1_000, concurrency=1)
    cost_per_million = Decimal(0)
    style = "mask"

    def supports(self, source: str, target: str) -> bool:  # noqa: ARG002 - the protocol's names
        """Take every pair."""
        return True

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[Result]:  # noqa: ARG002 - as above
        """Translate each text by :func:`pseudo_text`."""
        return [Result(request, text=pseudo_text(request.text)) for request in requests]


def make_pseudo(options: Mapping[str, object], env: Mapping[str, str]) -> PseudoProvider:  # noqa: ARG001 - every factory's signature
    """Make the provider; it has no options.

    Raises:
        OptionError: one was set.
    """
    if options:
        raise OptionError(*((f"unknown option '{name}'", "pseudo has no options") for name in options))
    return PseudoProvider()


def pseudo_text(text: str) -> str:
    """Put accents on letters, marks around the text and about 30 % of its length behind it.

    Masks, placeholders, tags, code and addresses stay as they are, and so does the space around the text.
    """
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    pieces = []
    letters = end = 0
    for kept in _KEPT.finditer(core):
        plain = core[end : kept.start()]
        pieces += [plain.translate(_ACCENTS), kept.group()]
        letters += len(plain)
        end = kept.end()
    pieces.append(core[end:].translate(_ACCENTS))
    letters += len(core) - end
    groups = max(round(letters * _GROWTH / (len(_PAD) + 1)), 1)
    padded = "".join(pieces) + f" {_PAD}" * groups
    return f"{text[:start]}{_OPEN}{padded}{_CLOSE}{text[start + len(core) :]}"
