"""Blocks that hold no other blocks: headings, code, tables, and lines that define something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.content import fences, grammar
from helpcenter.content.containers import take_malformed
from helpcenter.content.lines import Line, is_blank
from helpcenter.content.slices import INCLUDED, Definition
from helpcenter.content.tables import Alignment, read_alignment, split_row

if TYPE_CHECKING:
    import re

    from helpcenter.content.scanning import Context, Scanner

# Headings and rules


def take_heading(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a heading with ``#``."""
    match = grammar.HEADING.match(scanner.text(lines[index]))
    if match is None:
        return 0
    line = lines[index]
    _add_heading(scanner, line._replace(start=line.start + match.end(1)), len(match[1]), context)
    return index + 1


def take_setext(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a heading that is underlined."""
    if index + 1 >= len(lines) or not scanner.source.startswith(("=", "-"), lines[index + 1].start):
        return 0
    match = grammar.SETEXT.match(scanner.text(lines[index + 1]))
    if match is None or scanner.interrupts_list(lines[index]):
        return 0
    _add_heading(scanner, lines[index], 1 if match[1][0] == "=" else 2, context)
    return index + 2


def _add_heading(scanner: Scanner, line: Line, level: int, context: Context) -> None:
    text = scanner.text(line).rstrip(" \t").rstrip("#").rstrip(" \t")
    attributes = grammar.ATTRIBUTE_END.search(text)
    explicit = ""
    if attributes:
        found = grammar.ID.search(attributes.group())
        explicit = found[1] if found else ""
        text = text[: attributes.start()].rstrip("#").rstrip(" \t")
    end = line.start + len(text)
    scanner.add([line._replace(end=end)], "heading", context, level=level, id=explicit)
    if attributes:
        scanner.add_attributes(end, line.end, context.prefix)


def take_rule(scanner: Scanner, lines: list[Line], index: int, _context: Context) -> int:
    """Skip a horizontal rule."""
    return index + 1 if grammar.RULE.match(scanner.text(lines[index])) else 0


# Code


def take_indented(scanner: Scanner, lines: list[Line], index: int, _context: Context) -> int:
    """Skip code that is marked by its indent."""
    if not scanner.is_nested(lines[index]):
        return 0
    end = index + 1
    last = end
    while end < len(lines):
        if not is_blank(scanner.source, lines[end]):
            if not scanner.is_nested(lines[end]):
                break
            last = end + 1
        end += 1
    return last


def take_fence(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take fenced code: its title is text, nothing else is."""
    after, problem = fences.find_end(scanner.source, lines, index)
    if problem:
        scanner.add_unsupported(lines[index:after], problem)
    elif after:
        scanner.add_title(lines[index], context)
    return after


# Lines that define something, or stand for something


def take_reference(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take a reference definition: its title is text."""
    line = lines[index]
    text = scanner.text(line)
    if text.strip() == "[TOC]":
        return index + 1
    reference = grammar.REFERENCE.match(text)
    if reference is None:
        return 0
    target = reference["target"]
    start = line.start + reference.start("target") + target.startswith("<")
    scanner.found.definitions.append(Definition(start, start + len(target.strip("<>")), reference["label"]))
    title = grammar.REFERENCE_TITLE.match(text, reference.end())
    if title:
        _add_group(scanner, line, title, context)
        return index + 1
    following = lines[index + 1] if index + 1 < len(lines) else None
    title = (
        grammar.REFERENCE_TITLE.match(scanner.text(following))
        if following and not text[reference.end() :].strip()
        else None
    )
    if following and title:
        _add_group(scanner, following, title, context)
        return index + 2
    return index + 1


def _add_group(scanner: Scanner, line: Line, match: re.Match[str], context: Context) -> None:
    """Add what the one group that matched holds."""
    start, end = match.span(match.lastindex or 0)
    scanner.add([line._replace(start=line.start + start, end=line.start + end)], "link title", context)


def take_abbreviation(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take the text of an abbreviation, which may stand on the next line."""
    line = lines[index]
    match = grammar.ABBREVIATION.match(scanner.text(line))
    if match is None:
        return 0
    if match.end() < line.end - line.start:
        scanner.add([line._replace(start=line.start + match.end())], "abbreviation", context)
        return index + 1
    if index + 1 < len(lines) and not is_blank(scanner.source, lines[index + 1]):
        scanner.add([lines[index + 1]], "abbreviation", context)
        return index + 2
    return take_malformed(scanner, lines, index, "an abbreviation without a text")


def take_tag(scanner: Scanner, lines: list[Line], index: int, _context: Context) -> int:
    """Skip a block tag ``{% … %}``, which may go over several lines."""
    if not grammar.TAG.match(scanner.text(lines[index])):
        return 0
    end = index
    while end < len(lines) - 1 and "%}" not in scanner.text(lines[end]):
        end += 1
    return end + 1


def take_snippet(scanner: Scanner, lines: list[Line], index: int, _context: Context) -> int:
    """Skip a line that includes another file, a list of such files between two marks, or the mark of a section."""
    text = scanner.text(lines[index])
    if not grammar.SNIPPET.match(text):
        return 0
    if grammar.SECTION.match(text):
        return index + 1
    end = index + 1
    if grammar.SNIPPETS.match(text):
        closing = (n for n in range(end, len(lines)) if grammar.SNIPPETS.match(scanner.text(lines[n])))
        end = next(closing, index) + 1
    scanner.add_unsupported(lines[index:end], INCLUDED)
    return end


# Tables


def take_table(scanner: Scanner, lines: list[Line], index: int, context: Context) -> int:
    """Take the cells of a table."""
    if index + 1 >= len(lines) or is_blank(scanner.source, lines[index + 1]):
        return 0
    alignment = read_alignment(scanner.text(lines[index]), scanner.text(lines[index + 1]))
    if alignment is None:
        return 0
    row = index
    while row < len(lines) and not is_blank(scanner.source, lines[row]):
        if row > index + 1 and scanner.interrupts_table(lines[row]):
            break
        if row != index + 1:
            _add_row(scanner, lines[row], alignment, context)
        row += 1
    return row


def _add_row(scanner: Scanner, line: Line, alignment: Alignment, context: Context) -> None:
    for start, end in split_row(scanner.text(line), bordered=alignment.bordered)[: alignment.columns]:
        cell = scanner.source[line.start + start : line.start + end]
        attributes = grammar.ATTRIBUTE_END.search(cell)
        width = attributes.start() if attributes else len(cell)
        piece = Line(line.begin, line.start + start, line.start + start + width, line.column)
        scanner.add([piece], "table cell", context)
        if attributes:
            scanner.add_attributes(piece.end, line.start + end, context.prefix)
