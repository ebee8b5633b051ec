"""Text in raw HTML: its slices, and how a translation is written there, where nothing is Markdown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.content import fences, grammar, rawhtml
from helpcenter.content.lines import indent, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.content.lines import Line
    from helpcenter.content.scanning import Context, Scanner

KINDS = frozenset({"html text", "option", "attribute"})
"""Kinds of slices where text is HTML."""


def take_html(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a comment or a block of raw HTML; what follows it on its last line is Markdown again."""
    line = lines[index]
    last, rest = _take_blocks(scanner, lines, index, context)
    if rest is line:
        return 0
    if rest is None or is_blank(scanner.source, rest):
        return last + 1
    return scanner.take([*lines[:last], rest, *lines[last + 1 :]], last, context)


def _take_blocks(scanner: Scanner, lines: list[Line], index: int, context: Context) -> tuple[int, Line | None]:
    """Take all blocks that follow each other on the same lines.

    Returns:
        The index of the last line, and what is left of it; None if nothing can be.
    """
    rest = lines[index]
    while True:
        match = rawhtml.match_block(scanner.text(rest))
        if match is None:
            return index, rest
        raw = scanner.begins_html(rest)
        if match["special"]:
            end = _find_closing(scanner.source, rest, lines, match["special"], raw=raw)
        elif not raw:
            return index, rest
        else:
            start = rest.start if rest.start == scanner.tail else rest.begin
            element = rawhtml.read_element(scanner.masked, start, lines[-1].end)
            end = element.end if element else 0
            if element:
                _add_element(scanner, element, rest, lines[index + 1 :], context)
        if not end:
            return index, rest
        index = next(number for number in range(index, len(lines)) if lines[number].end >= end)
        scanner.tail = end
        rest = lines[index]._replace(start=end)


def _find_closing(source: str, line: Line, lines: Sequence[Line], special: str, *, raw: bool) -> int:
    """Find the offset behind a comment or a declaration; 0 if it is text, as all is that is not closed."""
    closing = "-->" if special == "!--" else ">"
    found = source.find(closing, line.start, lines[-1].end)
    if found < 0:
        return 0
    # Inside of a container it runs along in a paragraph, and does not reach beyond it.
    if not raw and any(is_blank(source, other) for other in lines if line.begin < other.begin <= found):
        return 0
    return found + len(closing)


def _add_element(scanner: Scanner, element: rawhtml.Element, first: Line, others: list[Line], context: Context) -> None:
    """Add the runs between the tags of an element, and the attributes of these tags."""
    lines = [first, *others]
    if not element.understood:
        reached = [line for line in lines if line.start < element.end]
        text = scanner.source[first.start : element.end]
        if any(map(str.isalpha, re.sub(r"<[^<>]*>", "", text))):
            name = element.edges[0].name
            scanner.add_unsupported(reached, f"text in a raw <{name}> element that is not closed")
        return
    number = 0
    ends = [edge.start for edge in element.edges[1:]] + [element.end]
    for edge, end in zip(element.edges, ends, strict=True):
        if edge.end > edge.start and edge.state != "opaque":
            scanner.add_attributes(edge.start, edge.end, context.prefix)
        while number < len(lines) and lines[number].end < edge.end:
            number += 1
        run = list(_cut(lines, number, edge.end, end))
        if edge.state == "block":
            scanner.scan(run, context.inner(""))
        elif edge.state != "opaque":
            kind = "paragraph" if edge.state == "span" else "option" if edge.name == "option" else "html text"
            _add_run(scanner, run, kind, context)


def _cut(lines: Sequence[Line], number: int, start: int, end: int) -> Iterator[Line]:
    """Cut the lines between two offsets, beginning with the one where the first offset lies."""
    for line in lines[number:]:
        if line.begin >= end:
            return
        last = min(line.end, end)
        yield line._replace(start=min(max(start, line.start), last), end=last)


def _add_run(scanner: Scanner, lines: Sequence[Line], kind: str, context: Context) -> None:
    """Add the texts of a run: it ends at blank lines, at code, at tags of ours and at included files."""
    group: list[Line] = []
    index = 0
    while index < len(lines):
        line = lines[index]
        after = 0
        if not is_blank(scanner.source, line):
            after = _skip(scanner, lines, index, context)
            if not after:
                group.append(line)
                index += 1
                continue
        _add_group(scanner, group, kind, context)
        group = []
        index = after or index + 1
    _add_group(scanner, group, kind, context)


def _skip(scanner: Scanner, lines: Sequence[Line], index: int, context: Context) -> int:
    line = lines[index]
    text = scanner.text(line)
    if grammar.TAG.match(text) and text.rstrip().endswith("%}"):
        return index + 1
    if scanner.source[line.begin : line.start].strip(" \t"):
        return 0
    if grammar.SNIPPET.match(text):
        return index + 1
    after, problem = fences.find_end(scanner.source, lines, index)
    if after and not problem:
        scanner.add_title(lines[index], context)
        return after
    return 0


# What stands at either end of a text and is not part of it.
_AROUND = re.compile(
    r"""\s+|<!--.*?-->|<(?:br|embed|img|input|source|track|wbr)\b(?:[^<>"']|"[^"]*"|'[^']*')*+>""",
    re.DOTALL | re.IGNORECASE,
)


def _add_group(scanner: Scanner, lines: Sequence[Line], kind: str, context: Context) -> None:
    if not lines:
        return
    if kind == "paragraph":
        scanner.add(lines, kind, context)
        return
    start, end = lines[0].start, lines[-1].end
    first, last, position = end, end, start
    for match in _AROUND.finditer(scanner.source, start, end):
        if match.start() > position:
            first, last = min(first, position), match.start()
        position = match.end()
    if position < end:
        first, last = min(first, position), end
    scanner.add_attributes(start, first, context.prefix)
    if first < last:
        pieces = []
        for line in _cut(lines, 0, first, last):
            begin = line.start + indent(scanner.source, line)[1]
            pieces.append((begin, line.end))
        scanner.add_pieces([piece for piece in pieces if piece[1] > first], kind, context.prefix)
        scanner.add_attributes(last, end, context.prefix)


# How a translation is written


_TAG = re.compile(r"""<!--.*?-->|</?[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*+>""", re.DOTALL)
_EXPRESSION = re.compile(r"(\{\{.*?\}\})")
_AMPERSAND = re.compile(r"&(?!#?\w+;)")
# What is taken out of a page before HTML is looked for: code blocks and included files.
_TAKEN = re.compile(r"(?m)^([ \t]*)(`(?=``)|~(?=~~)|-(?=-*8<-)|;(?=;*-+8<-))")


def escape_html(text: str, source: str) -> str:
    """Write a text as HTML: a tag that the source has as well stays, everything else is shown as it is.

    Args:
        text: the translation; entities and known tags in it are those of HTML.
        source: what it stands for.
    """
    known = {rawhtml.without_words(tag) for tag in _TAG.findall(source)}
    parts = []
    position = 0
    for tag in _TAG.finditer(text):
        if rawhtml.without_words(tag.group()) in known:
            parts += [_escape_words(text[position : tag.start()]), tag.group()]
            position = tag.end()
    parts.append(_escape_words(text[position:]))
    return _TAKEN.sub(lambda match: f"{match[1]}&#{ord(match[2])};", "".join(parts))


def escape_attribute(text: str, quote: str) -> str:
    """Write a text as the value of an attribute between two quotation marks of a kind."""
    written = _escape_words(text).replace(quote, "&quot;" if quote == '"' else "&#39;")
    # A brace ends an attribute list.
    return "".join(part if part.startswith("{{") else _escape_braces(part) for part in _EXPRESSION.split(written))


def _escape_braces(text: str) -> str:
    return text.replace("{", "&#123;").replace("}", "&#125;")


def _escape_words(text: str) -> str:
    return _AMPERSAND.sub("&amp;", text).replace("<", "&lt;").replace("{%", "&#123;%")
