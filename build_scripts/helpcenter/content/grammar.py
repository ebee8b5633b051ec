"""The lines that begin a construct, as Python-Markdown and the extensions in use recognise them.

Each pattern is matched at a line's start, behind the indents of its containers.
"""

from __future__ import annotations

import re

ATTRIBUTES = r"\{:?[ ]*[#.\w][^{}\n]*\}"
ATTRIBUTE_LINE = re.compile(rf"[ \t]*{ATTRIBUTES}[ \t]*\Z")
ATTRIBUTE_END = re.compile(rf"[ ]+{ATTRIBUTES}[ \t]*\Z")
ID = re.compile(r"(?:\s|\{:?)#([^\s}#]+)")
HEADING = re.compile(r"(#{1,6})(.*)\Z")
SETEXT = re.compile(r"(=+|-+)[ ]*\Z")
RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ ]*\Z")
MARKER = re.compile(r"[ ]{0,3}(?:\d+\.|[*+-])[ \t]+")
TASK = re.compile(r"[ ]*\[[xX ]\][ ]+")
FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})[^`]*\Z")
ADMONITION = re.compile(
    r"(?:!!![ ]?[\w-]+(?:[ ]+[\w-]+)*|\?\?\?(?!\+?[ ]*\Z)\+?(?:[ ]?[\w-]+(?:[ ]+[\w-]+)*)?)"
    r'(?:[ ]+"(?P<title>.*)")?[ \t]*\Z'
)
TAB = re.compile(r'===(?:\+!|!\+|\+|!)?[ ]+"(?P<title>.*)"[ \t]*\Z')
QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
DEFINITION = re.compile(r"[ ]{0,3}:[ ]{1,3}(?=\S)")
FOOTNOTE = re.compile(r"[ ]{0,3}\[\^[^\]]*\]:[ \t]*")
ABBREVIATION = re.compile(r"\*\[[^\]\\]*\][ ]?:[ \t]*")
REFERENCE = re.compile(r"[ ]{0,3}\[(?!\^)(?P<label>[^\[\]]+)\]:[ \t]*(?P<target>\S+)")
REFERENCE_TITLE = re.compile(r"[ \t]+(?:\"([^\n]*)\"|'([^\n]*)'|\(([^\n]*)\))[ \t]*\Z")
TAG = re.compile(r"[ \t]*\{%")
BLOCK = re.compile(r"[ ]{0,3}/{3,}(?:[ ]*(?P<name>[\w-]+)[ ]*(?:\|[ ]*(?P<title>.*?)[ ]*)?)?\Z")
SNIPPET = re.compile(r"[ \t]*-{1,}8<-{1,}")
SNIPPETS = re.compile(r"[ \t]*-{1,}8<-{1,}[ \t]*\Z")
SECTION = re.compile(r"[ \t]*-{1,}8<-{1,}[ \t]+\[[ \t]*(?:start|end)[ \t]*:[ \t]*[A-Za-z][\w-]*[ \t]*\][ \t]*\Z")


def defines(text: str) -> bool:
    """Say whether a line defines a footnote, a reference or an abbreviation."""
    return bool(FOOTNOTE.match(text) or REFERENCE.match(text) or ABBREVIATION.match(text))
