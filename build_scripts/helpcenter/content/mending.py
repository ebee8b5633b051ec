"""Mending: a translation is read as its writer meant it, before it is compared or written."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from helpcenter.content.inline import find_opaque
from helpcenter.content.references import write_references

if TYPE_CHECKING:
    from collections.abc import Collection

# As pymdownx.arithmatex finds formulas in a line.
_FORMULA = re.compile(r"(?<![\\$])\$(?![\s$])(?:\\.|[^\\$])+?(?<!\s)\$")
_FIXED = frozenset({"code", "expression"})


def mend(source: str, text: str, labels: Collection[str] = ()) -> str:
    """Give a translation with the labels of its links, and with amounts of money that are no formulas.

    Args:
        source: Markdown of the segment.
        text: its translation.
        labels: of the reference links that the page defines, folded.
    """
    return _escape_dollars(source, write_references(source, text, labels))


def _escape_dollars(source: str, text: str) -> str:
    """Write a dollar sign that would begin a formula the source does not have, so that it stays a dollar sign."""
    if text.count("$") <= 1:
        return text
    known = Counter(match.group() for match in _FORMULA.finditer(source))
    fixed = [(part.start, part.end) for part in find_opaque(text) if part.kind in _FIXED]
    position = 0
    while match := _FORMULA.search(text, position):
        position = match.end()
        if known[match.group()]:
            known[match.group()] -= 1
        elif not any(start <= match.start() < end for start, end in fixed):
            return _escape_dollars(source, f"{text[: match.start()]}&#36;{text[match.start() + 1 :]}")
    return text
