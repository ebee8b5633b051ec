"""The block scanner: which slices of a Markdown source are running text, and of what kind.

It follows Python-Markdown with the extensions this project uses, not CommonMark: a list does not interrupt a paragraph,
nested content is indented by four columns, a heading needs no space.  It never changes a character; it only says where
text stands.  The scanner is one class, since every construct may hold every other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.content import grammar, rawhtml
from helpcenter.content.lines import Line, dedent, indent, is_blank, split_lines
from helpcenter.content.slices import Blocks, Definition, Slice, Unsupported
from helpcenter.content.tables import Alignment, read_alignment, split_row

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Sequence


def scan_blocks(source: str, start: int = 0) -> Blocks:
    """Scan the Markdown in ``source[start:]``; all offsets count in ``source``."""
    scanner = _Scanner(source)
    scanner.scan(split_lines(source, start), _Context())
    return scanner.found


@dataclass(slots=True)
class _Context:
    """Where a run of lines stands.

    Args:
        prefix: what its continuation lines begin with in the source.
        kind: of its first paragraph.
        in_item: inside a list item, where a nested list may follow a line of text directly.
        depth: of containers.
    """

    prefix: str = ""
    kind: str = "paragraph"
    in_item: bool = False
    depth: int = 0

    def inner(self, prefix: str, kind: str = "paragraph", *, in_item: bool = False) -> _Context:
        return _Context(self.prefix + prefix, kind, in_item, self.depth + 1)


# Deeper nesting is no text that anyone reads; it must not exhaust the interpreter's stack.
_MAX_DEPTH = 40

# Columns, as Python-Markdown's `tab_length`.
_INDENT = 4


_INTERRUPTING = {
    "!": grammar.ADMONITION,
    "?": grammar.ADMONITION,
    "`": grammar.FENCE,
    "~": grammar.FENCE,
    "/": grammar.BLOCK,
    "{": grammar.TAG,
    "=": grammar.TAB,
}


class _Scanner:
    def __init__(self, source: str) -> None:
        self.source = source
        self.found = Blocks()
        self._handlers: dict[str, tuple[Callable[[list[Line], int, _Context], int], ...]] = {
            "#": (self._heading,),
            "!": (self._admonition,),
            "?": (self._admonition,),
            "=": (self._tab,),
            "`": (self._fence,),
            "~": (self._fence,),
            "{": (self._tag,),
            "<": (self._html,),
            "/": (self._block,),
            "-": (self._snippet, self._rule, self._list),
            "*": (self._abbreviation, self._rule, self._list),
            "_": (self._rule,),
            "+": (self._list,),
            ">": (self._quote,),
            "[": (self._bracket,),
        }

    def text(self, line: Line) -> str:
        return self.source[line.start : line.end]

    def _is_nested(self, line: Line) -> bool:
        return indent(self.source, line)[0] >= _INDENT

    def scan(self, lines: list[Line], context: _Context) -> None:
        """Scan the lines of one container; what no handler takes is a paragraph."""
        if context.depth > _MAX_DEPTH:
            if lines:
                self._unsupported(lines, "nesting this deep")
            return
        index = 0
        while index < len(lines):
            line = lines[index]
            if is_blank(self.source, line):
                index += 1
                continue
            after = self._take(lines, index, context)
            context.kind = "paragraph"
            index = after

    def _take(self, lines: list[Line], index: int, context: _Context) -> int:
        if self._is_nested(lines[index]):
            return self._code(lines, index)
        after = self._table(lines, index, context) or self._setext(lines, index, context)
        if after:
            return after
        first = self.text(lines[index]).lstrip(" \t")[:1]
        handlers = (self._list,) if first.isdecimal() else self._handlers.get(first, ())
        for handler in handlers:
            after = handler(lines, index, context)
            if after:
                return after
        return self._paragraph(lines, index, context)

    # Text

    def _add(
        self,
        lines: Sequence[Line],
        kind: str,
        context: _Context,
        *,
        level: int = 0,
        id: str = "",  # noqa: A002 - the field's name
    ) -> None:
        """Add the text of some lines, without white space around each and without a closing attribute list."""
        pieces = []
        for line in lines:
            start = line.start + indent(self.source, line)[1]
            pieces.append((start, line.end))
        while pieces:
            start, end = pieces[-1]
            text = self.source[start:end]
            stripped = text.rstrip(" \t")
            if len(pieces) > 1 and grammar.ATTRIBUTE_LINE.match(stripped):
                stripped = ""
            if stripped:
                pieces[-1] = (start, start + len(stripped))
                break
            pieces.pop()
        if pieces:
            self.found.slices.append(Slice(tuple(pieces), kind, context.prefix, level, id))

    def _unsupported(self, lines: Sequence[Line], what: str) -> None:
        self.found.unsupported.append(Unsupported(lines[0].start, lines[-1].end, what))

    def _paragraph(self, lines: list[Line], index: int, context: _Context) -> int:
        end = index + 1
        while end < len(lines) and not is_blank(self.source, lines[end]) and not self._interrupts(lines, end, context):
            end += 1
        for number in range(index, end):
            if grammar.DEFINITION.match(self.text(lines[number])):
                return self._definition(lines, index, number, context)
        self._add(lines[index:end], context.kind, context)
        return end

    def _interrupts(self, lines: list[Line], index: int, context: _Context) -> bool:
        text = self.text(lines[index])
        if context.in_item and grammar.MARKER.match(text):
            return True
        bare = text.lstrip(" \t")
        if bare[0] in ">[*" and (grammar.QUOTE.match(text) or self._defines(text)):
            return True
        return self._interrupts_list(lines, index)

    def _interrupts_list(self, lines: list[Line], index: int) -> bool:
        """Say whether a line that is not indented ends a list item's text as well."""
        text = self.text(lines[index])
        if text.startswith("#") or self._interrupts_table(text):
            return True
        return text.lstrip(" \t")[:1] in "-_*" and bool(grammar.RULE.match(text) or grammar.SNIPPET.match(text))

    def _interrupts_table(self, text: str) -> bool:
        """Say whether a line ends even a table."""
        first = text.lstrip(" \t")[:1]
        if first == "<":
            return rawhtml.match_block(text) is not None
        pattern = _INTERRUPTING.get(first)
        return pattern is not None and pattern.match(text) is not None

    # Headings and rules

    def _heading(self, lines: list[Line], index: int, context: _Context) -> int:
        match = grammar.HEADING.match(self.text(lines[index]))
        if match is None:
            return 0
        line = lines[index]
        self._add_heading(line._replace(start=line.start + match.end(1)), len(match[1]), context)
        return index + 1

    def _setext(self, lines: list[Line], index: int, context: _Context) -> int:
        if index + 1 >= len(lines) or not self.source.startswith(("=", "-"), lines[index + 1].start):
            return 0
        match = grammar.SETEXT.match(self.text(lines[index + 1]))
        if match is None or self._interrupts_list(lines, index):
            return 0
        self._add_heading(lines[index], 1 if match[1][0] == "=" else 2, context)
        return index + 2

    def _add_heading(self, line: Line, level: int, context: _Context) -> None:
        text = self.text(line).rstrip(" \t").rstrip("#").rstrip(" \t")
        attributes = grammar.ATTRIBUTE_END.search(text)
        explicit = ""
        if attributes:
            found = grammar.ID.search(attributes.group())
            explicit = found[1] if found else ""
            text = text[: attributes.start()].rstrip("#").rstrip(" \t")
        self._add([line._replace(end=line.start + len(text))], "heading", context, level=level, id=explicit)

    def _rule(self, lines: list[Line], index: int, _context: _Context) -> int:
        return index + 1 if grammar.RULE.match(self.text(lines[index])) else 0

    # Code

    def _code(self, lines: list[Line], index: int) -> int:
        end = index + 1
        last = end
        while end < len(lines):
            if not is_blank(self.source, lines[end]):
                if not self._is_nested(lines[end]):
                    break
                last = end + 1
            end += 1
        return last

    def _fence(self, lines: list[Line], index: int, _context: _Context) -> int:
        match = grammar.FENCE.match(self.text(lines[index]))
        if match is None:
            return 0
        # As in superfences: the closing fence stands exactly below the opening one, nothing between is indented less.
        indentation, closing = len(match[1]), match[2]
        for end in range(index + 1, len(lines)):
            text = self.text(lines[end])
            if text[indentation:].rstrip(" \t") == closing and not text[:indentation].strip(" \t"):
                return end + 1
            if text[:indentation].strip(" \t"):
                self._unsupported(lines[index:end], "a code block whose lines are indented less than its fence")
                return end
        self._unsupported(lines[index:], "a code block whose closing fence is missing")
        return len(lines)

    # Containers

    def _content(self, lines: list[Line], index: int, *, lazy: bool = False) -> tuple[list[Line], int]:
        """Collect the indented lines from an index on, dedented, and the index behind them."""
        inner: list[Line] = []
        blanks: list[Line] = []
        while index < len(lines):
            line = lines[index]
            if is_blank(self.source, line):
                blanks.append(line)
            elif self._is_nested(line):
                inner += [*blanks, dedent(self.source, line, _INDENT)]
                blanks = []
            elif lazy and not blanks and not self._interrupts_list(lines, index) and not self._starts_definition(line):
                inner.append(line)
            else:
                break
            index += 1
        return inner, index - len(blanks)

    def _starts_definition(self, line: Line) -> bool:
        text = self.text(line)
        return self._defines(text) or grammar.DEFINITION.match(text) is not None

    def _defines(self, text: str) -> bool:
        """Say whether a line defines a footnote, a reference or an abbreviation."""
        return bool(grammar.FOOTNOTE.match(text) or grammar.REFERENCE.match(text) or grammar.ABBREVIATION.match(text))

    def _title(self, line: Line, match: re.Match[str], kind: str, context: _Context) -> None:
        if match["title"]:
            start, end = match.span("title")
            self._add([line._replace(start=line.start + start, end=line.start + end)], kind, context)

    def _titled(self, match: re.Match[str], lines: list[Line], index: int, kind: str, context: _Context) -> int:
        self._title(lines[index], match, kind, context)
        inner, after = self._content(lines, index + 1)
        self.scan(inner, context.inner("    "))
        return after

    def _admonition(self, lines: list[Line], index: int, context: _Context) -> int:
        text = self.text(lines[index])
        if not text.startswith(("!!!", "???")):
            return 0
        match = grammar.ADMONITION.match(text)
        if match:
            return self._titled(match, lines, index, "admonition title", context)
        return self._malformed(lines, index, 'a box whose first line is not `!!! type "Title"`')

    def _tab(self, lines: list[Line], index: int, context: _Context) -> int:
        text = self.text(lines[index])
        if not text.startswith("==="):
            return 0
        match = grammar.TAB.match(text)
        if match:
            return self._titled(match, lines, index, "tab title", context)
        return self._malformed(lines, index, 'a tab whose first line is not `=== "Title"`')

    def _malformed(self, lines: list[Line], index: int, what: str) -> int:
        _inner, after = self._content(lines, index + 1, lazy=True)
        self._unsupported(lines[index:after], what)
        return after

    def _block(self, lines: list[Line], index: int, context: _Context) -> int:
        match = grammar.BLOCK.match(self.text(lines[index]))
        if match is None:
            return 0
        self._title(lines[index], match, "block title", context)
        return index + 1

    def _list(self, lines: list[Line], index: int, context: _Context) -> int:
        if not grammar.MARKER.match(self.text(lines[index])):
            return 0
        item: list[Line] = []
        while index < len(lines):
            line = lines[index]
            if is_blank(self.source, line):
                after = self._skip_blank(lines, index)
                if after == len(lines) or not self._continues_list(lines, after):
                    break
                item += lines[index:after]
                index = after
                continue
            nested = self._is_nested(line)
            marker = None if nested else grammar.MARKER.match(self.text(line))
            if marker and not grammar.RULE.match(self.text(line)):
                self._item(item, context)
                item = [line._replace(start=line.start + marker.end())]
            elif nested:
                item.append(dedent(self.source, line, _INDENT))
            elif self._interrupts_list(lines, index):
                break
            else:
                item.append(line)
            index += 1
        self._item(item, context)
        return index

    def _skip_blank(self, lines: list[Line], index: int) -> int:
        while index < len(lines) and is_blank(self.source, lines[index]):
            index += 1
        return index

    def _continues_list(self, lines: list[Line], index: int) -> bool:
        text = self.text(lines[index])
        return self._is_nested(lines[index]) or bool(grammar.MARKER.match(text) and not grammar.RULE.match(text))

    def _item(self, lines: list[Line], context: _Context) -> None:
        if not lines:
            return
        task = grammar.TASK.match(self.text(lines[0]))
        if task:
            lines[0] = lines[0]._replace(start=lines[0].start + task.end())
        self.scan(lines, context.inner("    ", "list item", in_item=True))

    def _quote(self, lines: list[Line], index: int, context: _Context) -> int:
        if not grammar.QUOTE.match(self.text(lines[index])):
            return 0
        inner = []
        while index < len(lines) and not is_blank(self.source, lines[index]):
            line = lines[index]
            match = grammar.QUOTE.match(self.text(line))
            if match is None and self._interrupts_list(lines, index):
                break
            inner.append(line._replace(start=line.start + match.end()) if match else line)
            index += 1
        self.scan(inner, context.inner("> "))
        return index

    def _definition(self, lines: list[Line], index: int, number: int, context: _Context) -> int:
        """Take a definition list's terms, one a line, and their first definition."""
        for term in lines[index:number]:
            self._add([term], "term", context)
        line = lines[number]
        match = grammar.DEFINITION.match(self.text(line))
        offset = match.end() if match else 0
        inner, after = self._content(lines, number + 1, lazy=True)
        self.scan([line._replace(start=line.start + offset), *inner], context.inner("    ", "definition"))
        return after

    # Lines that define something

    def _bracket(self, lines: list[Line], index: int, context: _Context) -> int:
        line = lines[index]
        text = self.text(line)
        if text.strip() == "[TOC]":
            return index + 1
        footnote = grammar.FOOTNOTE.match(text)
        if footnote:
            inner, after = self._content(lines, index + 1, lazy=True)
            first = line._replace(start=line.start + footnote.end())
            self.scan([first, *inner], context.inner("    ", "footnote"))
            return after
        reference = grammar.REFERENCE.match(text)
        if reference is None:
            return 0
        target = reference["target"]
        start = line.start + reference.start("target") + target.startswith("<")
        self.found.definitions.append(Definition(start, start + len(target.strip("<>")), reference["label"]))
        titled = index + 1 < len(lines) and grammar.REFERENCE_TITLE.match(self.text(lines[index + 1]))
        return index + 2 if titled else index + 1

    def _abbreviation(self, lines: list[Line], index: int, context: _Context) -> int:
        line = lines[index]
        match = grammar.ABBREVIATION.match(self.text(line))
        if match is None:
            return 0
        if match.end() == line.end - line.start:
            return self._malformed(lines, index, "an abbreviation whose text is not on its own line")
        self._add([line._replace(start=line.start + match.end())], "abbreviation", context)
        return index + 1

    def _tag(self, lines: list[Line], index: int, _context: _Context) -> int:
        if not grammar.TAG.match(self.text(lines[index])):
            return 0
        end = index
        while end < len(lines) - 1 and "%}" not in self.text(lines[end]):
            end += 1
        return end + 1

    def _snippet(self, lines: list[Line], index: int, _context: _Context) -> int:
        if not grammar.SNIPPET.match(self.text(lines[index])):
            return 0
        self._unsupported([lines[index]], "text included from another file")
        return index + 1

    # Tables

    def _table(self, lines: list[Line], index: int, context: _Context) -> int:
        if index + 1 >= len(lines) or is_blank(self.source, lines[index + 1]):
            return 0
        alignment = read_alignment(self.text(lines[index]), self.text(lines[index + 1]))
        if alignment is None:
            return 0
        row = index
        while row < len(lines) and not is_blank(self.source, lines[row]):
            if row > index + 1 and self._interrupts_table(self.text(lines[row])):
                break
            if row != index + 1:
                self._row(lines[row], alignment, context)
            row += 1
        return row

    def _row(self, line: Line, alignment: Alignment, context: _Context) -> None:
        for start, end in split_row(self.text(line), bordered=alignment.bordered)[: alignment.columns]:
            cell = self.source[line.start + start : line.start + end]
            attributes = grammar.ATTRIBUTE_END.search(cell)
            width = attributes.start() if attributes else len(cell)
            piece = Line(line.begin, line.start + start, line.start + start + width, line.column)
            self._add([piece], "table cell", context)

    # Raw HTML

    def _html(self, lines: list[Line], index: int, context: _Context) -> int:
        text = self.text(lines[index])
        match = rawhtml.match_block(text)
        if match is None:
            return 0
        if match["special"]:
            return self._special(lines, index, "-->" if match["special"] == "!--" else ">", context)
        name = match["name"].lower()
        # The tags of a wrapper stand on lines of their own; what is between them is Markdown.
        end = index + 1 if rawhtml.is_wrapper(text, match) else rawhtml.find_end(self.source, lines, index, name)
        if rawhtml.holds_words(self.source, lines[index:end], name):
            self._unsupported(lines[index:end], f"text inside a raw <{name}> element")
        return end

    def _special(self, lines: list[Line], index: int, closing: str, context: _Context) -> int:
        """Skip a comment; what follows it on its last line is text."""
        last, end = rawhtml.find_closing(self.source, lines, index, closing)
        rest = lines[last]._replace(start=end)
        if is_blank(self.source, rest):
            return last + 1
        return self._take([*lines[:last], rest, *lines[last + 1 :]], last, context)
