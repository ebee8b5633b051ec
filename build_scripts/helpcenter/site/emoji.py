"""How ``:shortcodes:`` are drawn: no page asks another server for a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from material.extensions.emoji import to_svg
from pymdownx.emoji import to_alt

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown


def to_inline(
    index: str,
    shortname: str,
    alias: str,
    uc: str | None,
    alt: str,
    title: str,
    category: str,
    options: object,
    md: Markdown,
) -> Element | str:
    """Draw an icon (``:material-truck:``) as a picture within the page, and an emoji (``:smile:``) as the letter it is.

    A generator of ``pymdownx.emoji``, with its arguments; Material's own loads pictures of emoji from a public server.
    """
    draw = to_alt if uc else to_svg
    drawn: Element | str = draw(index, shortname, alias, uc, alt, title, category, options, md)
    return drawn
