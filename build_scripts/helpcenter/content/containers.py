"""Blocks that hold other blocks: boxes, tabs, lists, quotations, definitions and footnotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.content import grammar
from helpcenter.content.lines import Line, dedent, is_blank
from helpcenter.content.scanning import INDENT

if TYPE_CHECKING:
    import re

    from helpcenter.content.scanning import Context, Scanner


def _collect(scanner: Scanner, lines: list[Line], index: int, *, lazy: bool = False) -> tuple[list[Line], int]:
    """Collect the indented lines from an index on, dedented, and the index behind them.

    Args:
        scanner: of the page.
        lines: of the container around.
        index: of the first line.
        lazy: whether lines that are not indented belong to it until a blank line comes.
    """
    inner: list[Line] = []
    blanks: list[Line] = []
    while index < len(lines):
        line = lines[index]
        if is_blank(scanner.source, line):
            blanks.append(line)
        elif scanner.is_nested(line):
            inner += [*blanks, dedent(scanner.source, line, INDENT)]
            blanks = []
        elif lazy and not blanks and not scanner.interrupts_list(line) and not _starts_definition(scanner.text(line)):
            inner.append(line)
        else:
            break
        index += 1
    return inner, index - len(blanks)


def _starts_definition(text: str) -> bool:
    return grammar.defines(text) or grammar.DEFINITION.match(text) is not None


# Boxes and tabs


def take_admonition(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a box: ``!!!``, ``???``."""
    text = scanner.text(lines[index])
    if not text.startswith(("!!!", "???")):
        return 0
    match = grammar.ADMONITION.match(text)
    if match:
        return _take_titled(scanner, match, lines, index, "admonition title", context)
    return take_malformed(scanner, lines, index, 'a box whose first line is not `!!! type "Title"`')


def take_tab(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a content tab: ``===``."""
    text = scanner.text(lines[index])
    if not text.startswith("==="):
        return 0
    match = grammar.TAB.match(text)
    if match:
        return _take_titled(scanner, match, lines, index, "tab title", context)
    return take_malformed(scanner, lines, index, 'a tab whose first line is not `=== "Title"`')


def take_malformed(scanner: Scanner, lines: list[Line], index: int, what: str) -> int:
    """Leave a construct that is none with all that would belong to it in the source language."""
    _inner, after = _collect(scanner, lines, index + 1, lazy=True)
    scanner.add_unsupported(lines[index:after], what)
    return after


# What stands behind their names is a selector, a number or a position.
_UNTITLED = frozenset({"caption", "define", "figure-caption", "html", "table-caption"})


def take_block(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take the first or the last line of a block with slashes; what is between them is scanned as if they were not there."""
    match = grammar.BLOCK.match(scanner.text(lines[index]))
    if match is None:
        return 0
    if match["name"] not in _UNTITLED:
        _add_title(scanner, lines[index], match, "block title", context)
    return index + 1


def _take_titled(
    scanner: Scanner, match: re.Match[str], lines: list[Line], index: int, kind: str, context: Context
) -> int:
    _add_title(scanner, lines[index], match, kind, context)
    inner, after = _collect(scanner, lines, index + 1)
    scanner.scan(inner, context.inner("    "))
    return after


def _add_title(scanner: Scanner, line: Line, match: re.Match[str], kind: str, context: Context) -> None:
    if match["title"]:
        start, end = match.span("title")
        scanner.add([line._replace(start=line.start + start, end=line.start + end)], kind, context)


# Lists


def take_list(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a list of either kind, with the lists inside of it."""
    if not grammar.MARKER.match(scanner.text(lines[index])):
        return 0
    item: list[Line] = []
    while index < len(lines):
        line = lines[index]
        if is_blank(scanner.source, line):
            after = _skip_blank(scanner, lines, index)
            if after == len(lines) or not _continues_list(scanner, lines[after]):
                break
            item += lines[index:after]
            index = after
            continue
        nested = scanner.is_nested(line)
        marker = None if nested else grammar.MARKER.match(scanner.text(line))
        if marker and not grammar.RULE.match(scanner.text(line)):
            _take_item(scanner, item, context)
            item = [line._replace(start=line.start + marker.end())]
        elif nested:
            item.append(dedent(scanner.source, line, INDENT))
        elif scanner.interrupts_list(line):
            break
        else:
            item.append(line)
        index += 1
    _take_item(scanner, item, context)
    return index


def _skip_blank(scanner: Scanner, lines: list[Line], index: int) -> int:
    while index < len(lines) and is_blank(scanner.source, lines[index]):
        index += 1
    return index


def _continues_list(scanner: Scanner, line: Line) -> bool:
    text = scanner.text(line)
    return scanner.is_nested(line) or bool(grammar.MARKER.match(text) and not grammar.RULE.match(text))


def _take_item(scanner: Scanner, lines: list[Line], context: Context) -> None:
    if not lines:
        return
    task = grammar.TASK.match(scanner.text(lines[0]))
    if task:
        lines[0] = lines[0]._replace(start=lines[0].start + task.end())
    scanner.scan(lines, context.inner("    ", "list item", in_item=True))


# Quotations, definitions, footnotes


def take_quote(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a quotation."""
    if not grammar.QUOTE.match(scanner.text(lines[index])):
        return 0
    inner = []
    while index < len(lines) and not is_blank(scanner.source, lines[index]):
        line = lines[index]
        match = grammar.QUOTE.match(scanner.text(line))
        if match is None and scanner.interrupts_list(line):
            break
        inner.append(line._replace(start=line.start + match.end()) if match else line)
        index += 1
    scanner.scan(inner, context.inner("> "))
    return index


def take_definition(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take one definition of the terms above it."""
    line = lines[index]
    match = grammar.DEFINITION.match(scanner.text(line))
    if match is None:
        return 0
    # Only if the second line is not indented, the others need not be.
    lazy = index + 1 < len(lines) and not scanner.is_nested(lines[index + 1])
    inner, after = _collect(scanner, lines, index + 1, lazy=lazy)
    scanner.scan([line._replace(start=line.start + match.end()), *inner], context.inner("    ", "definition"))
    return after


def take_footnote(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take the text of a footnote."""
    line = lines[index]
    match = grammar.FOOTNOTE.match(scanner.text(line))
    if match is None:
        return 0
    inner, after = _collect(scanner, lines, index + 1, lazy=True)
    scanner.scan([line._replace(start=line.start + match.end()), *inner], context.inner("    ", "footnote"))
    return after
