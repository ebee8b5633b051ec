"""Escaping: what a text would become by accident at the place where it is written.

Target languages create Markdown: ``14. gün`` is a list, ``#1`` a heading, ``+ vergi`` a bullet, a straight quotation
mark ends a title.  Each such character is written so that it shows as itself.
"""

from __future__ import annotations

import re
from operator import methodcaller
from typing import TYPE_CHECKING

from helpcenter.content.inline import find_opaque
from helpcenter.content.rawhtml import BLOCK_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpcenter.content.segments import Segment

# C0 and C1 controls, embeddings and overrides (which can make a text read as another one), U+FEFF, interlinear marks,
# surrogates.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ufeff\ufff9-\ufffb\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_ISOLATES = re.compile(r"[\u2066-\u2069]")
_SPACES = " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000"


def clean(text: str) -> str:
    """Take out what no text needs: control characters, unpaired isolates, tabs, outer white space, blank lines."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    if sum(text.count(mark) for mark in "\u2066\u2067\u2068") != text.count("\u2069"):
        text = _ISOLATES.sub("", text)
    kept = [line.lstrip(_SPACES) for line in text.split("\n") if line.strip(_SPACES)]
    return "\n".join(kept).rstrip(_SPACES)


def escape_for(segment: Segment, text: str, *, at_line_start: bool) -> list[str]:
    """Escape a clean text for the place of a segment.

    Args:
        segment: whose place it is.
        text: the new text.
        at_line_start: whether only white space stands before the segment on its line.

    Returns:
        The lines to write.
    """
    text = _escape_marks(_escape_html(text.replace("{%", "&#123;%"), segment.text), segment.text)
    kind = segment.kind
    if kind == "abbreviation":
        return [text]
    if kind == "heading":
        heading = _map_words(_escape_end(_escape_toc(text)), lambda words: _ATTRIBUTES.sub(r"\{", words))
        # With a line of signs below it, it has no sign before it.
        return [_escape_start(heading) if at_line_start else heading]
    if kind in {"admonition title", "tab title", "block title"}:
        return [_escape_title(text, quoted=kind != "block title")]
    if kind == "table cell":
        cell = _escape_end(_escape_cell(_escape_toc(text)))
        return [_escape_start(cell) if at_line_start else cell]
    if kind == "term":
        return [_escape_end(_escape_start(text))]
    first, *rest = text.split("\n")
    old_lines = segment.text.split("\n")[1:]
    return [_escape_start(first), *(line if line in old_lines else _escape_start(line) for line in rest)]


_BLOCK_HTML = re.compile(rf"\\?<(?=/?(?:{'|'.join(sorted(BLOCK_ELEMENTS))})\b|[!?])", re.IGNORECASE)


def _escape_html(text: str, source: str) -> str:
    """Escape tags of blocks; a tag or comment that the source has as well stays."""
    if "<" not in text:
        return text
    known = {part.text for part in find_opaque(source)}
    return _map_words(
        text, lambda words: _BLOCK_HTML.sub("&lt;", words), keep=lambda kind, part: _is_kept(kind, part, known)
    )


def _is_kept(kind: str, part: str, known: set[str]) -> bool:
    """Say whether a part stays; a backslash is read too late to keep a block of HTML from beginning."""
    return part in known if kind in {"comment", "html"} else part != r"\<"


# Marks of pymdownx that are ordinary characters in many languages: a range of numbers, a face, a comparison.
_CRITIC = re.compile(r"\{(?=\+\+|--|~~|==|>>)")


def _escape_marks(text: str, source: str) -> str:
    """Escape pairs of marks, and the brackets of a suggested edit, in a text whose source has none of them."""
    for mark, written in (("~", "&#126;"), ("^", "&#94;"), ("==", "&#61;&#61;")):
        if mark not in source and text.count(mark) > 1:
            text = _map_words(text, methodcaller("replace", mark, written))
    # Half a fact on one line and half on another would be one.
    if "{{" in text:
        text = _map_words(text, lambda words: words.replace("{{", "&#123;{"))
    if "{" in text and not _CRITIC.search(source):
        text = _map_words(text, lambda words: _CRITIC.sub("&#123;", words))
    return text


# What makes a block of the line that begins with it; one backslash before it makes it text.
_STARTS = re.compile(
    r"#|>|[+*-](?=[ \u00a0]|\Z)|!!!"
    r"|(?:-[ ]{0,2}){3,}\Z|(?:_[ ]{0,2}){3,}\Z|(?:\*[ ]{0,2}){3,}\Z|-+\Z|-+8<-"
    r"|\*\[[^\]]*\] ?:|\[[^\[\]]+\]:|\[\^[^\]]*\]:|\[[ xX]\] |\[TOC\]\Z"
    r"|`{3,}[^`]*\Z|\{:?[ ]*[#.\w][^{}\n]*\}\Z"
)
# The same for characters that have no backslash escape in Python-Markdown.
_ENTITY_STARTS = re.compile(r"\?\?\?|={3}|=+\Z|~~~|///|:[ ]")
_ORDERED = re.compile(r"(\d+)\.(?=[ \u00a0]|\Z)")


def _escape_start(line: str) -> str:
    """Escape a line's beginning if it would begin a block."""
    if "|" in line and not line.strip("|:- "):
        return line.replace("|", "&#124;")
    ordered = _ORDERED.match(line)
    if ordered:
        return f"{ordered[1]}\\.{line[ordered.end() :]}"
    if _ENTITY_STARTS.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    return "\\" + line if _STARTS.match(line) else line


def _escape_toc(text: str) -> str:
    return "\\" + text if text == "[TOC]" else text


_TRAILING_BACKSLASH = re.compile(r"(?<!\\)((?:\\\\)*)\\\Z")
_TRAILING_ATTRIBUTES = re.compile(r"(?<=[ ])\{(?=:?[ ]*[^}\n ][^\n]*\}[ ]*\Z)")
# Behind a heading comes its id: from the first bracket on, all would be attributes.
_ATTRIBUTES = re.compile(r"(?:(?<=[ ])|\A)\{")
_TRAILING_HASHES = re.compile(r"#+\Z")


def _escape_end(text: str) -> str:
    """Escape what an attribute list, a heading's closing marks or a backslash at the end of a line would do."""
    text = _TRAILING_BACKSLASH.sub(r"\1\\\\", text)
    text = _TRAILING_HASHES.sub(lambda match: "\\#" * len(match.group()), text)
    parts = find_opaque(text)
    if parts and parts[-1].kind == "expression" and parts[-1].end == len(text):
        return text
    return _TRAILING_ATTRIBUTES.sub(r"\\{", text)


def _escape_title(text: str, *, quoted: bool) -> str:
    """Turn straight quotation marks outside of code into typographic ones: a straight one would end the title."""
    text = _escape_toc(text)
    text = _TRAILING_BACKSLASH.sub(r"\1\\\\", _map_words(text, _typographic) if quoted else text)
    return "\\" + text if text.startswith("#") else text


def _typographic(words: str) -> str:
    words = re.sub(r'(?:\A|(?<=[\s(\[{«„“‘/—–-]))"(?=\S)', "“", words)
    return words.replace('"', "”")


def _escape_cell(text: str) -> str:
    """Escape pipes and lone backticks: a pipe ends the cell, a backtick reaches into the next one."""
    return _map_words(text, lambda words: re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", words).replace("`", "\\`"))


_FIXED = frozenset({"code", "comment", "escape", "expression", "html", "math", "target", "url"})


def _map_words(
    text: str, change: Callable[[str], str], keep: Callable[[str, str], bool] = lambda _kind, _part: True
) -> str:
    """Change a text outside of code, expressions, HTML and addresses."""
    parts = []
    position = 0
    for part in find_opaque(text):
        if part.kind in _FIXED and keep(part.kind, part.text):
            parts += [change(text[position : part.start]), part.text]
            position = part.end
    parts.append(change(text[position:]))
    return "".join(parts)
