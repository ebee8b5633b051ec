"""A staged page as a person reads it in a terminal: words first, nothing that only templates need."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from markdownify import markdownify

if TYPE_CHECKING:
    from helpcenter.site.staged import StagedPage

# A component is HTML in one block, without blank lines.
_COMPONENT = re.compile(r'^<div class="hc-component(?:.+\n?)+', re.MULTILINE)
# Facts are written so that no character of theirs is taken for Markdown.
_REFERENCE = re.compile(r"&#\d+;")
_BLANK_LINES = re.compile(r"\n\s*\n")
# A row of nothing but headings within a table names a group; in Markdown only the first row may be a head.
_SECOND_HEAD = re.compile(r"(?<=\|)\n\| ---(?: \| ---)* \|(?=\n)")
_HEAD = re.compile(r"((?:^|\n\n)\|[^\n]*\n\| ---[^\n]*)")


def write_reading(page: StagedPage) -> str:
    """Give a page as Markdown: title, short answer, and the body with its components as tables and lists.

    Args:
        page: as it is staged.
    """
    body = _COMPONENT.sub(lambda match: f"{_write_component(match[0])}\n", page.body)
    parts = (f"# {page.title}", page.meta["answer"], body.strip("\n"))
    text = "\n\n".join(part for part in parts if part) + "\n"
    return _REFERENCE.sub(lambda match: html.unescape(match[0]), text)


def _write_component(markup: str) -> str:
    text = _BLANK_LINES.sub("\n\n", markdownify(markup, heading_style="ATX", bullets="-", escape_misc=False).strip())
    heads_and_rest = _HEAD.split(text)
    return "".join(part if index % 2 else _SECOND_HEAD.sub("", part) for index, part in enumerate(heads_and_rest))
