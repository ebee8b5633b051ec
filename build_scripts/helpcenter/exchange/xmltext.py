"""Text in XML: what its characters can hold, and mixed content."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

# XML 1.0, production 2: all else can stand in no document, not even as a reference.
INVALID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add_text(parent: etree._Element, text: str) -> None:
    """Add valid text behind what an element holds so far."""
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def pieces_of(text: str) -> Iterator[tuple[bool, str]]:
    """Cut a text into what XML can hold and single characters that it cannot: ``(whether it can, text)``."""
    position = 0
    for match in INVALID.finditer(text):
        if position < match.start():
            yield True, text[position : match.start()]
        yield False, match.group()
        position = match.end()
    if position < len(text):
        yield True, text[position:]


def readable(text: str) -> str:
    """Make a text fit for an attribute or a note that a person reads."""
    return INVALID.sub("\ufffd", text)


def mixed(element: etree._Element) -> Iterator[str | etree._Element]:
    """Give the texts and elements that an element holds; comments and processing instructions leave their tails only."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child
        if child.tail:
            yield child.tail


def attribute(element: etree._Element, *names: str) -> str:
    """Give the first of some attributes that an element has; an empty text where it has none."""
    return next((value for name in names if (value := element.get(name))), "") or ""


def line_of(element: etree._Element) -> int:
    """Give the line of an element, 1-based; 0 where it is not known."""
    return cast("int | None", element.sourceline) or 0
