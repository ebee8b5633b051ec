"""Fenced code: where it ends, and where its title stands.

As ``pymdownx.superfences`` finds it: before everything else, at any indent.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.content import grammar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.content.lines import Line

# A header is a language with options, or one attribute list; what is neither is still a fence for us, without a title.
_ATTRIBUTES = re.compile(r"\{(?P<attributes>[^\n]*)\}[ \t]*\Z")
_OPTIONS = re.compile(r"(?:[ \t]*[a-zA-Z][a-zA-Z0-9_]*(?:=(?P<quote>[\"']).*?(?P=quote))?(?=[\t ]|\Z))+[ \t]*\Z")
_LANGUAGE = re.compile(r"[ \t]*\.?[\w#.+-]+(?=[\t ]|\Z)")
_VALUE = re.compile(r"(?<![^\s{`~])(?P<key>[a-zA-Z][a-zA-Z0-9_]*)=(?P<quote>[\"'])(?P<value>.*?)(?P=quote)")


def find_end(source: str, lines: Sequence[Line], index: int) -> tuple[int, str]:
    """Find the index behind a fence that begins with a line, and what is wrong with it, if anything is.

    The closing fence stands exactly below the opening one, and nothing between is indented less.
    """
    line = lines[index]
    match = grammar.FENCE.match(source[line.start : line.end])
    if match is None:
        return 0, ""
    indentation, closing = len(match[1]), match[2]
    for end in range(index + 1, len(lines)):
        text = source[lines[end].start : lines[end].end]
        if text[indentation:].rstrip(" \t") == closing and not text[:indentation].strip(" \t"):
            return end + 1, ""
        if text[:indentation].strip(" \t"):
            return end, "a code block whose lines are indented less than its fence"
    return len(lines), "a code block whose closing fence is missing"


def find_title(text: str) -> tuple[int, int] | None:
    """Find the value of ``title`` in the first line of a fence; offsets count in the line."""
    match = grammar.FENCE.match(text)
    if match is None or "title=" not in text:
        return None
    start = match.end(2)
    language = _LANGUAGE.match(text, start)
    start = language.end() if language else start
    rest = text[start:].lstrip(" \t")
    start = len(text) - len(rest)
    if not (_ATTRIBUTES.match(rest) or _OPTIONS.match(rest)):
        return None
    for value in _VALUE.finditer(text, start):
        if value["key"] == "title" and value["value"].strip():
            return value.span("value")
    return None
