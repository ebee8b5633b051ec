"""The scanner of blocks: it holds the source and what was found, and asks the handlers of constructs in turn."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from helpcenter.content import fences, grammar, rawhtml
from helpcenter.content.inline import has_words
from helpcenter.content.lines import Line, indent, is_blank, split_lines
from helpcenter.content.slices import Blocks, Slice, Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Handler = Callable[["Scanner", list[Line], int, "Context"], int]


@dataclass(slots=True)
class Context:
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

    def inner(self, prefix: str, kind: str = "paragraph", *, in_item: bool = False) -> Context:
        """Give the context of a container inside this one."""
        return Context(self.prefix + prefix, kind, in_item, self.depth + 1)


# Deeper nesting is no text that anyone reads; it must not exhaust the interpreter's stack.
_MAX_DEPTH = 40

INDENT = 4
"""Columns of one level of nesting, as Python-Markdown's ``tab_length``."""

# Beginnings of the second line of a table or of an underlined heading.
_BELOW = ("|", "-", ":", "=", " ")

# A page without one need not be looked through for terms.
_DEFINITION = re.compile(r"(?:^|[\s>]):[ ]")

_INTERRUPTING = {
    "!": grammar.ADMONITION,
    "?": grammar.ADMONITION,
    "`": grammar.FENCE,
    "~": grammar.FENCE,
    "/": grammar.BLOCK,
    "{": grammar.TAG,
    "=": grammar.TAB,
}


class Scanner:
    """Scans the lines of containers; what no handler takes is a paragraph.

    Args:
        source: the whole text.
        handlers: by the first character of a line: functions that take the scanner, lines, the index of one of them
            and the context, and give the index behind what they took, or 0 if it is not theirs.  Below an empty text:
            those that are asked first, for what is indented or has something below it; below ``0`` those for digits.
    """

    def __init__(self, source: str, handlers: Mapping[str, tuple[Handler, ...]]) -> None:
        """Begin with nothing found."""
        self.source = source
        self.found = Blocks()
        self.tail = -1
        """Where the last raw element ended: one that follows on its line is raw as well."""
        self._defines_terms = _DEFINITION.search(source) is not None
        self._handlers = handlers
        self._first = handlers[""]
        self._digits = handlers["0"]

    @cached_property
    def masked(self) -> str:
        """The source without what only looks like HTML, every character in its place."""
        return rawhtml.mask(self.source)

    def text(self, line: Line) -> str:
        """Give the text of a line inside its container."""
        return self.source[line.start : line.end]

    def is_nested(self, line: Line) -> bool:
        """Say whether a line is indented as far as the content of a container is."""
        # Most lines are not indented at all, and this is asked of every one.
        if not self.source.startswith((" ", "\t"), line.start):
            return False
        return indent(self.source, line)[0] >= INDENT

    def scan(self, lines: list[Line], context: Context) -> None:
        """Scan the lines of one container."""
        if context.depth > _MAX_DEPTH:
            if lines:
                self.add_unsupported(lines, "nesting this deep")
            return
        index = 0
        while index < len(lines):
            line = lines[index]
            if is_blank(self.source, line):
                index += 1
                continue
            after = self.take(lines, index, context)
            context.kind = "paragraph"
            index = after

    def take(self, lines: list[Line], index: int, context: Context) -> int:
        """Take the construct that begins with a line; give the index behind it."""
        for handler in self._first_handlers(lines, index):
            after = handler(self, lines, index, context)
            if after:
                return after
        first = self.text(lines[index]).lstrip(" \t")[:1]
        handlers = self._digits if first.isdecimal() else self._handlers.get(first, ())
        for handler in handlers:
            after = handler(self, lines, index, context)
            if after:
                return after
        return self._paragraph(lines, index, context)

    def _first_handlers(self, lines: list[Line], index: int) -> tuple[Handler, ...]:
        """Give the handlers to ask first: by what the line below begins with, too, for most begin with none of it."""
        source = self.source
        if source.startswith((" ", "\t"), lines[index].start):
            return self._first
        if index + 1 < len(lines) and source.startswith(_BELOW, lines[index + 1].start):
            return self._first
        return ()

    # What is found

    def add(
        self,
        lines: Sequence[Line],
        kind: str,
        context: Context,
        *,
        level: int = 0,
        id: str = "",  # noqa: A002 - the field's name
    ) -> None:
        """Add the text of some lines, without white space around each and without a closing attribute list."""
        pieces = []
        lists: list[tuple[int, int]] = []
        for line in lines:
            start = line.end - len(self.source[line.start : line.end].lstrip(" \t"))
            pieces.append((start, line.end))
        while pieces:
            start, end = pieces[-1]
            text = self.source[start:end]
            stripped = text.rstrip(" \t")
            if len(pieces) > 1 and grammar.ATTRIBUTE_LINE.match(stripped):
                lists.insert(0, (start, end))
                stripped = ""
            if stripped:
                pieces[-1] = (start, start + len(stripped))
                break
            pieces.pop()
        if pieces:
            self.add_pieces(pieces, kind, context.prefix, level=level, id=id)
        for start, end in lists:
            self.add_attributes(start, end, context.prefix)

    def add_pieces(
        self,
        pieces: Sequence[tuple[int, int]],
        kind: str,
        prefix: str,
        *,
        level: int = 0,
        id: str = "",  # noqa: A002 - the field's name
    ) -> None:
        """Add a running text by the (start, end) of its lines; of one without words, the words its tags have for readers."""
        start, end = pieces[0][0], pieces[-1][1]
        if self.source.find("=", start, end) >= 0 and not has_words(self.source[start:end]):
            self.add_attributes(start, end, prefix)
            return
        self.found.slices.append(Slice(tuple(pieces), kind, prefix, level, id))

    def add_attributes(self, start: int, end: int, prefix: str) -> None:
        """Add the attributes in a part of the source that hold text for people, of tags and of attribute lists."""
        if self.source.find("=", start, end) < 0:
            return
        for first, last in rawhtml.find_wordy_values(self.source, start, end):
            lines = (line for line in split_lines(self.source[:last], first) if not is_blank(self.source, line))
            pieces = [(line.start + indent(self.source, line)[1], line.end) for line in lines]
            if pieces:
                self.found.slices.append(Slice(tuple(pieces), "attribute", prefix))

    def add_title(self, line: Line, context: Context) -> None:
        """Add the title of a code block, which stands in its first line."""
        title = fences.find_title(self.text(line))
        if title:
            self.add([line._replace(start=line.start + title[0], end=line.start + title[1])], "code title", context)

    def add_unsupported(self, lines: Sequence[Line], what: str) -> None:
        """Note lines whose text stays in the source language."""
        self.found.unsupported.append(Unsupported(lines[0].start, lines[-1].end, what))

    # Paragraphs, and what ends one

    def _paragraph(self, lines: list[Line], index: int, context: Context) -> int:
        end = index + 1
        while end < len(lines) and not is_blank(self.source, lines[end]) and not self._interrupts(lines, end, context):
            end += 1
        if self._defines_terms:
            for number in range(index, end):
                if grammar.DEFINITION.match(self.text(lines[number])):
                    return self._definition(lines, index, number, context)
            if self._is_defined(lines, end):
                for term in lines[index:end]:
                    self.add([term], "term", context)
                return end
        self.add(lines[index:end], context.kind, context)
        return end

    def _is_defined(self, lines: list[Line], end: int) -> bool:
        """Say whether a definition follows a paragraph that ends before an index: its lines are terms then."""
        if end >= len(lines) or not is_blank(self.source, lines[end]):
            return False
        while end < len(lines) and is_blank(self.source, lines[end]):
            end += 1
        return end < len(lines) and grammar.DEFINITION.match(self.text(lines[end])) is not None

    def _definition(self, lines: list[Line], index: int, number: int, context: Context) -> int:
        """Take the terms above a definition, one a line; the definition itself is next."""
        for term in lines[index:number]:
            self.add([term], "term", context)
        for handler in self._handlers[":"]:
            after = handler(self, lines, number, context)
            if after:
                return after
        return number + 1

    def _interrupts(self, lines: list[Line], index: int, context: Context) -> bool:
        text = self.text(lines[index])
        if context.in_item and grammar.MARKER.match(text):
            return True
        bare = text.lstrip(" \t")
        if bare[0] in ">[*" and (grammar.QUOTE.match(text) or grammar.defines(text)):
            return True
        return self.interrupts_list(lines[index])

    def interrupts_list(self, line: Line) -> bool:
        """Say whether a line that is not indented ends a list item's text as well."""
        text = self.text(line)
        if text.startswith("#") or self.interrupts_table(line):
            return True
        return text.lstrip(" \t")[:1] in "-_*" and bool(grammar.RULE.match(text) or grammar.SNIPPET.match(text))

    def interrupts_table(self, line: Line) -> bool:
        """Say whether a line ends even a table."""
        text = self.text(line)
        first = text.lstrip(" \t")[:1]
        if first == "<":
            return self.begins_html(line)
        pattern = _INTERRUPTING.get(first)
        return pattern is not None and pattern.match(text) is not None

    def begins_html(self, line: Line) -> bool:
        """Say whether a block of raw HTML begins with a line.

        Python-Markdown takes them out of the whole page before it looks for blocks, so it does not see those inside of
        containers, whose lines are indented or marked.
        """
        match = rawhtml.match_block(self.text(line))
        if match is None:
            return False
        before = self.source[line.begin : line.start]
        at_line_start = len(before) + match.start("mark") <= rawhtml.MAX_INDENT and not before.strip(" ")
        return at_line_start or line.start == self.tail
