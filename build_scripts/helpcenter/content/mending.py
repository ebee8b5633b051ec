"""Mending: a translation is read as its writer meant it, before it is compared or written."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from helpcenter.content.inline import find_opaque
from helpcenter.content.references import write_references

if TYPE_CHECKING:
    from collections.abc import Collection


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
    known = Counter(part.text for part in find_opaque(source) if part.kind == "math")
    for _ in range(text.count("$")):
        formulas = [part for part in find_opaque(text) if part.kind == "math" and part.text.startswith("$")]
        counted = Counter(part.text for part in formulas)
        new = next((part for part in formulas if counted[part.text] > known[part.text]), None)
        if new is None:
            break
        text = f"{text[: new.start]}&#36;{text[new.start + 1 :]}"
    return text
