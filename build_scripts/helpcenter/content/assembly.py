"""Putting translations back: slices of the source are replaced, and what would become Markdown by accident is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.content.frontmatter import quote_scalar
from helpcenter.content.inline import find_opaque

if TYPE_CHECKING:
    from collections.abc import Callable

    from helpcenter.content.pages import Page
    from helpcenter.content.segments import Segment

    Translate = Callable[[Segment], str | None]
    Shell = Callable[[Segment, str], str]

_QUOTED_TITLES = frozenset({"admonition title", "tab title"})
_BARE = _QUOTED_TITLES | {"heading", "abbreviation", "block title"}
_ONE_LINE = _BARE | {"table cell", "term"}


def assemble(page: Page, translate: Translate, *, shell: Shell | None = None) -> str:
    """Write a page with other texts in the places of its segments.

    Args:
        page: the source page.
        translate: gives the new text of a segment, as Markdown; None, an empty text or the segment's own text leaves the slice as
            it is, byte for byte.
        shell: gets each body segment that may be wrapped (not headings, titles and abbreviations) with its finished text and
            gives what to write; for wrapping it in ``<span lang=…>…</span>``.

    Returns:
        The whole page.  Every character outside of the segments is that of the source; a heading whose text changed keeps the id
        that its source text gives it.
    """
    parts = []
    position = 0
    for segment in page.segments:
        old = page.source[segment.start : segment.end]
        text = translate(segment)
        new = old if text is None or text == segment.text else _written(segment, text, old)
        if shell is not None and not segment.key and segment.kind not in _BARE:
            new = shell(segment, new)
        if new == old:
            continue
        if segment.implicit_id and _changes_heading(segment, text):
            new = _keep_id(page.source, segment, new)
        parts += [page.source[position : segment.start], new]
        position = segment.end
    parts.append(page.source[position:])
    return "".join(parts)


def _changes_heading(segment: Segment, text: str | None) -> bool:
    return text is not None and text != segment.text


def _keep_id(source: str, segment: Segment, text: str) -> str:
    """Add the source's id to a heading, unless an attribute list follows, which then must hold it."""
    rest = source[segment.end :].split("\n", 1)[0]
    return text if rest.lstrip(" ").startswith("{") else f"{text} {{#{segment.implicit_id}}}"


def _written(segment: Segment, text: str, old: str) -> str:
    """Give the text to write in place of a slice; the slice itself when nothing is left of the text."""
    text = clean(text)
    if not text:
        return old
    if segment.key:
        return quote_scalar(" ".join(text.split("\n")), old)
    if segment.kind in _ONE_LINE or "\n" not in segment.text:
        text = _one_line(text, hard_breaks=segment.kind not in _ONE_LINE)
    text = text.replace("{%", "&#123;%")
    newline = "\r\n" if "\r\n" in old else "\r" if "\r" in old and "\n" not in old else "\n"
    lines = [_escape_line(line, segment, first=not number) for number, line in enumerate(text.split("\n"))]
    return (newline + segment.prefix).join(lines)


_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\ufeff\ufff9-\ufffb\ud800-\udfff]")
_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = " \t\n\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000"
_ISOLATES = re.compile(r"[\u2066-\u2069]")


def clean(text: str) -> str:
    """Take out what no text needs: control and override characters, unpaired isolates, tabs, white space around and blank lines."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).replace("\t", " ")
    opened = sum(text.count(mark) for mark in "\u2066\u2067\u2068")
    if opened != text.count("\u2069"):
        text = _ISOLATES.sub("", text)
    lines = text.split("\n")
    kept = [line.lstrip(_SPACES) for line in lines if line.strip(_SPACES)]
    if not kept:
        return ""
    kept[-1] = kept[-1].rstrip(_SPACES)
    return "\n".join(kept)


def _one_line(text: str, *, hard_breaks: bool) -> str:
    """Join lines by spaces; a hard line break stays a break where the place allows it."""
    lines = text.split("\n")
    joined = lines[0]
    for line in lines[1:]:
        breaks = hard_breaks and joined.endswith("  ")
        joined = f"{joined.rstrip(' ')}<br>{line}" if breaks else f"{joined.rstrip(' ')} {line}"
    return joined


# What makes a block of a line that begins with it, and the index of the character to escape.
_STARTS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"#"), 0),
    (re.compile(r">"), 0),
    (re.compile(r"[+*-](?=[ \u00a0]|\Z)"), 0),
    (re.compile(r"(?:-[ ]{0,2}){3,}\Z|(?:_[ ]{0,2}){3,}\Z|(?:\*[ ]{0,2}){3,}\Z"), 0),
    (re.compile(r"-+\Z|-+8<-"), 0),
    (re.compile(r"!!!"), 0),
    (re.compile(r"\*\[[^\]]*\] ?:"), 0),
    (re.compile(r"\[[^\[\]]+\]:|\[\^[^\]]*\]:|\[[ xX]\] |\[TOC\]\Z"), 0),
    (re.compile(r"`{3,}[^`]*\Z"), 0),
    (re.compile(r"\{:?[ ]*[#.\w][^{}\n]*\}\Z"), 0),
)
# These characters have no backslash escape in Python-Markdown.
_STARTS_BY_ENTITY = re.compile(r"\?\?\?|===|=+\Z|~~~|///|:[ ]|<(?=/?(?:address|article|aside|blockquote|body|canvas|center|dd|details|div|dl|dt|"
    r"fieldset|figcaption|figure|footer|form|h[1-6]|header|hgroup|hr|html|iframe|legend|li|main|map|math|menu|nav|noscript|"
    r"object|ol|option|output|p|pre|progress|script|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|tr|ul|video)\b|[!?])")
_ORDERED = re.compile(r"(\d+)\.(?=[ \u00a0]|\Z)")


def _escape_line(line: str, segment: Segment, *, first: bool) -> str:
    """Escape what a line would become at the place where it stands."""
    if segment.kind == "heading":
        return _escape_heading(line)
    if segment.kind in _QUOTED_TITLES:
        return _escape_title(line)
    if segment.kind == "table cell":
        return _escape_cell(line)
    if segment.kind == "abbreviation":
        return line
    if not first and segment.text.find("\n" + line) >= 0:
        return line
    return _escape_start(line)


def _escape_start(line: str) -> str:
    """Escape a line's beginning if it would begin a block."""
    ordered = _ORDERED.match(line)
    if ordered:
        return f"{ordered[1]}\\.{line[ordered.end() :]}"
    if _STARTS_BY_ENTITY.match(line):
        return f"&#{ord(line[0])};{line[1:]}"
    if any(pattern.match(line) for pattern, _ in _STARTS):
        return "\\" + line
    return line


_TRAILING_ATTRIBUTES = re.compile(r"(?<=[ ])\{(?=:?[ ]*[^}\n ][^\n]*\}[ ]*\Z)")
_TRAILING_HASHES = re.compile(r"(#+)\Z")


def _escape_heading(line: str) -> str:
    line = _TRAILING_ATTRIBUTES.sub(r"\\{", line) if not _ends_with_expression(line) else line
    return _TRAILING_HASHES.sub(lambda m: "\\#" * len(m[1]), line)


def _ends_with_expression(line: str) -> bool:
    parts = find_opaque(line)
    return bool(parts) and parts[-1].kind == "expression" and parts[-1].end == len(line)


def _escape_title(line: str) -> str:
    """Turn straight quotation marks outside of code into typographic ones: a straight one ends the title."""
    line = _map_words(line, _typographic)
    line = line.rstrip("\\")
    return "\\" + line if line.startswith("#") else line


def _typographic(text: str) -> str:
    text = re.sub(r'(?:(?<=\A)|(?<=[\s(\[{«„“‘/—–-]))"(?=\S)', "“", text)
    return text.replace('"', "”")


def _escape_cell(line: str) -> str:
    """Escape pipes outside of code, and a closing backslash or attribute list."""
    line = _map_words(line, lambda text: re.sub(r"(?<!\\)((?:\\\\)*)\|", r"\1\\|", text).replace("`", "\\`"))
    line = re.sub(r"(?<!\\)((?:\\\\)*)\\\Z", r"\1\\\\", line)
    return line if _ends_with_expression(line) else _TRAILING_ATTRIBUTES.sub(r"\\{", line)


def _map_words(line: str, change: Callable[[str], str]) -> str:
    """Change a line outside of code, expressions, HTML and addresses."""
    parts = []
    position = 0
    for part in find_opaque(line):
        if part.kind in {"code", "expression", "html", "url", "escape", "comment", "target"}:
            parts += [change(line[position : part.start]), part.text]
            position = part.end
    parts.append(change(line[position:]))
    return "".join(parts)
