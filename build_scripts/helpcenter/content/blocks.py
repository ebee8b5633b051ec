"""The block scanner: which slices of a Markdown source are running text, and of what kind.

It follows Python-Markdown with the extensions this project uses, not CommonMark: a list does not interrupt a paragraph,
nested content is indented by four columns, a heading needs no space.  It never changes a character; it only says where
text stands.  This is its table of constructs; ``scanning`` walks over the lines and asks them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.content.containers import (
    take_admonition,
    take_block,
    take_definition,
    take_footnote,
    take_list,
    take_quote,
    take_tab,
)
from helpcenter.content.htmltext import take_html
from helpcenter.content.leaves import (
    take_abbreviation,
    take_fence,
    take_heading,
    take_indented,
    take_reference,
    take_rule,
    take_setext,
    take_snippet,
    take_table,
    take_tag,
)
from helpcenter.content.lines import split_lines
from helpcenter.content.scanning import Context, Scanner

if TYPE_CHECKING:
    from helpcenter.content.scanning import Handler
    from helpcenter.content.slices import Blocks

# By the first character of a line, in the order in which they are asked; below an empty text those that are asked first.
_HANDLERS: dict[str, tuple[Handler, ...]] = {
    "": (take_indented, take_table, take_setext),
    "0": (take_list,),
    "#": (take_heading,),
    "!": (take_admonition,),
    "?": (take_admonition,),
    "=": (take_tab,),
    "`": (take_fence,),
    "~": (take_fence,),
    "{": (take_tag,),
    "<": (take_html,),
    "/": (take_block,),
    "-": (take_snippet, take_rule, take_list),
    "*": (take_abbreviation, take_rule, take_list),
    "_": (take_rule,),
    "+": (take_list,),
    ">": (take_quote,),
    "[": (take_footnote, take_reference),
    ":": (take_definition,),
}


# What is included stands in the source already, and a line that looks like an include is text.
_EXPANDED = _HANDLERS | {"-": _HANDLERS["-"][1:]}


def scan_blocks(source: str, start: int = 0, *, includes: bool = True) -> Blocks:
    """Scan the Markdown in ``source[start:]``; all offsets count in ``source``.

    Args:
        source: the whole text.
        start: where to begin.
        includes: lines that include other files stand for them.
    """
    scanner = Scanner(source, _HANDLERS if includes else _EXPANDED)
    scanner.scan(split_lines(source, start), Context())
    return scanner.found
