"""A staged page as a person reads it in a terminal: words first, nothing that only templates need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdownify import markdownify

if TYPE_CHECKING:
    from helpcenter.site.staging import StagedPage

# A component is HTML in one block, without blank lines.
_COMPONENT = re.compile(r'^<div class="hc-component(?:.+\n?)+', re.MULTILINE)
_BLANK_LINES = re.compile(r"\n\s*\n")


def write_reading(page: StagedPage) -> str:
    """Give a page as Markdown: title, short answer, and the body with its components as tables and lists.

    Args:
        page: as it is staged.
    """
    body = _COMPONENT.sub(lambda match: f"{_write_component(match[0])}\n", page.body)
    parts = (f"# {page.title}", page.meta["answer"], body.strip("\n"))
    return "\n\n".join(part for part in parts if part) + "\n"


def _write_component(html: str) -> str:
    text = markdownify(html, heading_style="ATX", bullets="-", escape_misc=False).strip()
    return _BLANK_LINES.sub("\n\n", text)
