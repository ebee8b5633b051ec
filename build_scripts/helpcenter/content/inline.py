"""Inline Markdown: which parts of a text are markup, addresses or code, and not words.

The recogniser works on one piece of running text (a paragraph, a cell, a title).  It knows what must survive a
translation unchanged; emphasis and the brackets around a link's words are left to the translator.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_BALANCED = r"(?:[^()\\\s]|\\.|\([^()\s]*\))"
_UNDERSCORES = r"(?:\\?[_＿]){1,3}"
_PH = r"[PpРр][HhНн]\s?\d+"

# Engines change a mask's case, put spaces inside, lose or escape an underscore, use letters and
# digits of another script.
MASK = (
    r"__PH\d+__"
    rf"|{_UNDERSCORES}\s?{_PH}(?:{_UNDERSCORES}|\s{_UNDERSCORES}(?!\s?{_PH}))?"
    rf"|(?<![^\W_]){_PH}\s?{_UNDERSCORES}(?!\s?{_PH})"
)
"""Pattern of a mask that stands for something sealed, and of what engines make of it."""

_EXPRESSION = r"\{\{.*?\}\}|\{%.*?%\}"

# As pymdownx.arithmatex finds it, but only if it looks like a formula: "$5/$7" and "\\(see below\\)" are text.
_SIGN = r"(?:\\[a-zA-Z]|[\^_={])"
_MATH = (
    r"(?<![\\$])\$\$(?!\$).+?\$\$"
    rf"|(?<![\\$])\$(?![\s$])(?:(?=[^$]*?{_SIGN})(?![^$]*(?:\{{\{{|\\\())|(?=[A-Za-z]\$))(?:\\.|[^\\$])+?(?<!\s)\$(?![\d$])"
    rf"|\\\((?=(?:(?!\\\)).){{0,200}}?{_SIGN})(?:(?!\\\)).){{1,400}}\\\)"
    rf"|\\\[(?=[ ]*\n|(?:(?!\\\]).){{0,200}}?{_SIGN})(?:(?!\\\]).){{1,2000}}\\\]"
    r"|\\begin\{(?P<environment>[a-z]+\*?)\}.{1,2000}?\\end\{(?P=environment)\}"
)
# The order matters: what comes first wins, as in Python-Markdown: code before links, links before HTML.
_MARKED = rf"""
      (?P<expression>{_EXPRESSION})
    | (?P<math>{_MATH})
    | (?P<escape>\\[\\`*_{{}}\[\]()>#+\-.!|~^=:"'<&])
    | (?P<code>(?<![`\\])(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)|<code\b[^<>]*>.*?</code>
        |<(?P<name>[A-Za-z][\w-]*)(?=\s)[^<>]*\stranslate=["']?no\b[^<>]*>.*?</(?P=name)>)
    | (?P<footnote>\[\^[^\]\s]+\])
    | (?P<target>\]\(\s*(?:<[^<>\n]*>|(?:(?>{_EXPRESSION})|{_BALANCED})*+)
        (?:\s+(?:"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'))?\s*\))
    | (?P<reference>\]\s?\[(?!\^)[^\[\]]*\])
    | (?P<autolink><(?:[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s!@]+@[^<>\s@]+)>)
    | (?P<comment><!--.*?-->)
    | (?P<html></?[A-Za-z][\w:-]*(?:\s+[^\s"'=<>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>]+))?)*+\s*/?>)
    | (?P<attributes>\{{:?[ ]*(?:[\#.][\w-]|[\w:-]+=)[^{{}}\n]*\}})
    | (?P<keys>\+\+[\w"-]+(?:\+[\w"-]+)*\+\+)
    | (?P<entity>&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);)
"""
_ADDRESSES = rf"""
      (?P<icon>(?<![^\W_])(?<!:):(?=[\w+-]*[a-z])[a-z0-9_+-]+:(?![^\W_]|:))
    | (?P<url>(?<![\w@])(?:https?|ftp|mailto|tel):[^\s<>"'`|\])}}]*[^\s<>"'`|\])}}.,;:!?*_~…。，、；：！？）»”’\u2060])
    | (?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)
    | (?P<mask>{MASK})
"""
_OPAQUE = re.compile(f"{_MARKED}|{_ADDRESSES}", re.VERBOSE | re.DOTALL)
# What may begin with a letter is looked for only where it can be: a look at every letter takes most of the time.
_OPAQUE_MARKED = re.compile(rf"(?=[{{\\`\[\]<+&$])(?:{_MARKED})", re.VERBOSE | re.DOTALL)
_ADDRESS_HINTS = re.compile(r"[:@]|[PpРр][HhНн]\s?\d")

_HINTS = re.compile(r"[\\`<&@{\]:$]|\+\+|[PpРр][HhНн]\s?\d")

VISIBLE = frozenset({"escape", "entity"})
"""Kinds of markup that are text to a reader: a translation may have more or fewer of them."""


class Opaque(NamedTuple):
    """A part of a text that is not words.

    Args:
        start: offset of its first character.
        end: offset behind its last.
        kind: ``expression``, ``code``, ``target``, ``html``, ``url`` and so on: the names of the recogniser's groups.
        text: the part itself.
    """

    start: int
    end: int
    kind: str
    text: str


def find_opaque(text: str) -> list[Opaque]:
    """Find all parts of a text that are not words, from left to right; none overlaps another."""
    if not _HINTS.search(text):
        return []
    opaque = _OPAQUE if _ADDRESS_HINTS.search(text) else _OPAQUE_MARKED
    return [Opaque(m.start(), m.end(), _kind(m), m.group()) for m in opaque.finditer(text)]


def _kind(match: re.Match[str]) -> str:
    kind = match.lastgroup or ""
    return {"ticks": "code", "name": "code", "environment": "math"}.get(kind, kind)


def has_words(text: str) -> bool:
    """Say whether a text holds a letter outside of markup, code and addresses."""
    hint = _HINTS.search(text)
    if hint is None:
        return any(map(str.isalpha, text))
    # Whole words before the first mark need no closer look.
    if any(map(str.isalpha, text[: max(text.rfind(" ", 0, hint.start()), 0)])):
        return True
    position = 0
    for part in find_opaque(text):
        if any(map(str.isalpha, text[position : part.start])):
            return True
        position = part.end
    return any(map(str.isalpha, text[position:]))


_DESTINATION = re.compile(r"\]\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<plain>.*?))(?:\s+(?:\".*\"|'.*'))?\s*\)\Z", re.DOTALL)


def destination(target: str) -> tuple[str, int]:
    """Give the address inside a link's ``](…)`` and its offset there; the title is left out."""
    match = _DESTINATION.match(target)
    if match is None:
        return "", 0
    group = "angle" if match["angle"] is not None else "plain"
    return match[group], match.start(group)
