"""The block scanner: which slices of a Markdown source are running text, and of what kind.

It follows Python-Markdown with the extensions this project uses, not CommonMark: a list does not interrupt a paragraph, nested
content is indented by four columns, a heading needs no space.  It never changes a character; it only says where text stands.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content.lines import Line, dedent, indent, is_blank, split_lines
from helpcenter.content.tables import Alignment, read_alignment, split_row

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ATTRIBUTES = r"\{:?[ ]*[#.\w][^{}\n]*\}"
_ATTRIBUTE_LINE = re.compile(rf"[ \t]*{ATTRIBUTES}[ \t]*\Z")
_ATTRIBUTE_END = re.compile(rf"[ ]+{ATTRIBUTES}[ \t]*\Z")
_ID = re.compile(r"(?:\s|\{:?)#([^\s}#]+)")
_HEADING = re.compile(r"(#{1,6})(.*)\Z")
_SETEXT = re.compile(r"(=+|-+)[ ]*\Z")
_RULE = re.compile(r"[ ]{0,3}(?:(?:-[ ]{0,2}){3,}|(?:_[ ]{0,2}){3,}|(?:\*[ ]{0,2}){3,})[ ]*\Z")
_MARKER = re.compile(r"[ ]{0,3}(?:\d+\.|[*+-])[ \t]+")
_TASK = re.compile(r"[ ]*\[[xX ]\][ ]+")
_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})[^`]*\Z")
_ADMONITION = re.compile(r'(?:!!!|\?\?\?\+?)[ ]?(?:[\w-]+(?:[ ]+[\w-]+)*)?(?:(?:^|[ ]*)"(?P<title>.*)")?[ \t]*\Z')
_TAB = re.compile(r'===(?:\+!|!\+|\+|!)?[ ]+"(?P<title>.*)"[ \t]*\Z')
_QUOTE = re.compile(r"[ ]{0,3}>[ ]?")
_DEFINITION = re.compile(r"[ ]{0,3}:[ ]{1,3}(?=\S)")
_FOOTNOTE = re.compile(r"[ ]{0,3}\[\^[^\]]*\]:[ \t]*")
_ABBREVIATION = re.compile(r"\*\[[^\]\\]*\][ ]?:[ \t]*")
_REFERENCE = re.compile(r"[ ]{0,3}\[(?!\^)(?P<label>[^\[\]]+)\]:[ \t]*(?P<target>\S+)")
_REFERENCE_TITLE = re.compile(r"[ \t]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))[ \t]*\Z")
_TAG = re.compile(r"[ \t]*\{%")
_BLOCK = re.compile(r"[ ]{0,3}/{3,}(?:[ ]*[\w-]+[ ]*(?:\|[ ]*(?P<title>.*?)[ ]*)?)?\Z")
_SNIPPET = re.compile(r"[ \t]*-{1,}8<-{1,}")
_HTML = re.compile(r"[ ]{0,3}<(?:(?P<special>!--|!|\?)|(?P<close>/?)(?P<name>[A-Za-z][\w-]*))")
_MARKDOWN_ATTRIBUTE = re.compile(r"\smarkdown(?:\s|=|>|/)")
_TEXT_OF_HTML = re.compile(r"<!--.*?-->|<[^>]*>|&\w+;|\{[{%].*?[%}]\}", re.DOTALL)

# `markdown.Markdown().block_level_elements` of Python-Markdown 3.8 to 3.11.
BLOCK_ELEMENTS = frozenset(
    "address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure footer form "
    "group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu nav noscript object ol option output p "
    "pre progress script section style summary table tbody td textarea tfoot th thead tr ul video".split()
)


class Slice(NamedTuple):
    """Running text in the source.

    Args:
        pieces: (start, end) of each of its lines, without the indents and markers in front of them.
        kind: as of a segment.
        prefix: what a continuation line of it must begin with.
        level: of a heading, 1 to 6; else 0.
        id: explicit id of a heading, or an empty text.
    """

    pieces: tuple[tuple[int, int], ...]
    kind: str
    prefix: str
    level: int = 0
    id: str = ""


class Unsupported(NamedTuple):
    """A construct whose text stays in the source language."""

    start: int
    end: int
    what: str


class Definition(NamedTuple):
    """A reference definition ``[label]: target``; offsets are those of the target."""

    start: int
    end: int
    label: str


@dataclass(slots=True)
class Blocks:
    """What a scan found, in the order of the source."""

    slices: list[Slice] = field(default_factory=list)
    unsupported: list[Unsupported] = field(default_factory=list)
    definitions: list[Definition] = field(default_factory=list)


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
        if indent(self.source, lines[index])[0] >= 4:
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
        self, lines: Sequence[Line], kind: str, context: _Context, *, level: int = 0, id: str = ""  # noqa: A002 - the field's name
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
            if len(pieces) > 1 and _ATTRIBUTE_LINE.match(stripped):
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
            if _DEFINITION.match(self.text(lines[number])):
                return self._definition(lines, index, number, context)
        self._add(lines[index:end], context.kind, context)
        return end

    def _interrupts(self, lines: list[Line], index: int, context: _Context) -> bool:
        text = self.text(lines[index])
        if context.in_item and _MARKER.match(text):
            return True
        bare = text.lstrip(" \t")
        return self._interrupts_list(lines, index) or (
            bare[0] in ">[*" and bool(_QUOTE.match(text) or _FOOTNOTE.match(text) or _REFERENCE.match(text) or _ABBREVIATION.match(text))
        )

    def _interrupts_list(self, lines: list[Line], index: int) -> bool:
        """Say whether a line that is not indented ends a list item's text as well."""
        text = self.text(lines[index])
        first = text.lstrip(" \t")[:1]
        if first == "<":
            return self._is_html_block(text)
        if first in "!?":
            return bool(_ADMONITION.match(text))
        if first in "`~":
            return bool(_FENCE.match(text))
        if first == "/":
            return bool(_BLOCK.match(text))
        if first == "{":
            return bool(_TAG.match(text))
        if first == "=":
            return bool(_TAB.match(text))
        return text.startswith("#") or (first in "-_*" and bool(_RULE.match(text) or _SNIPPET.match(text)))

    # Headings and rules

    def _heading(self, lines: list[Line], index: int, context: _Context) -> int:
        match = _HEADING.match(self.text(lines[index]))
        if match is None:
            return 0
        line = lines[index]
        self._add_heading(line._replace(start=line.start + match.end(1)), len(match[1]), context)
        return index + 1

    def _setext(self, lines: list[Line], index: int, context: _Context) -> int:
        if index + 1 >= len(lines) or self.source[lines[index + 1].start : lines[index + 1].start + 1] not in ("=", "-"):
            return 0
        match = _SETEXT.match(self.text(lines[index + 1]))
        if match is None or self._interrupts_list(lines, index):
            return 0
        self._add_heading(lines[index], 1 if match[1][0] == "=" else 2, context)
        return index + 2

    def _add_heading(self, line: Line, level: int, context: _Context) -> None:
        text = self.text(line).rstrip(" \t").rstrip("#").rstrip(" \t")
        attributes = _ATTRIBUTE_END.search(text)
        explicit = ""
        if attributes:
            found = _ID.search(attributes.group())
            explicit = found[1] if found else ""
            text = text[: attributes.start()].rstrip("#").rstrip(" \t")
        self._add([line._replace(end=line.start + len(text))], "heading", context, level=level, id=explicit)

    def _rule(self, lines: list[Line], index: int, _context: _Context) -> int:
        return index + 1 if _RULE.match(self.text(lines[index])) else 0

    # Code

    def _code(self, lines: list[Line], index: int) -> int:
        end = index + 1
        last = end
        while end < len(lines):
            if not is_blank(self.source, lines[end]):
                if indent(self.source, lines[end])[0] < 4:
                    break
                last = end + 1
            end += 1
        return last

    def _fence(self, lines: list[Line], index: int, _context: _Context) -> int:
        match = _FENCE.match(self.text(lines[index]))
        if match is None:
            return 0
        # As in superfences, the closing fence stands exactly below the opening one, and nothing between is indented less.
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
            elif indent(self.source, line)[0] >= 4:
                inner += [*blanks, dedent(self.source, line, 4)]
                blanks = []
            elif lazy and not blanks and not self._interrupts_list(lines, index) and not self._starts_definition(line):
                inner.append(line)
            else:
                break
            index += 1
        return inner, index - len(blanks)

    def _starts_definition(self, line: Line) -> bool:
        text = self.text(line)
        return bool(_DEFINITION.match(text) or _FOOTNOTE.match(text) or _REFERENCE.match(text) or _ABBREVIATION.match(text))

    def _titled(self, match: re.Match[str], lines: list[Line], index: int, kind: str, context: _Context) -> int:
        line = lines[index]
        if match["title"]:
            title = Line(line.begin, line.start + match.start("title"), line.start + match.end("title"), line.column)
            self._add([title], kind, context)
        inner, after = self._content(lines, index + 1)
        self.scan(inner, context.inner("    "))
        return after

    def _admonition(self, lines: list[Line], index: int, context: _Context) -> int:
        text = self.text(lines[index])
        if not text.startswith(("!!!", "???")):
            return 0
        match = _ADMONITION.match(text)
        if match:
            return self._titled(match, lines, index, "admonition title", context)
        return self._malformed(lines, index, 'a box whose first line is not `!!! type "Title"`')

    def _tab(self, lines: list[Line], index: int, context: _Context) -> int:
        text = self.text(lines[index])
        if not text.startswith("==="):
            return 0
        match = _TAB.match(text)
        if match:
            return self._titled(match, lines, index, "tab title", context)
        return self._malformed(lines, index, 'a tab whose first line is not `=== "Title"`')

    def _malformed(self, lines: list[Line], index: int, what: str) -> int:
        _inner, after = self._content(lines, index + 1, lazy=True)
        self._unsupported(lines[index:after], what)
        return after

    def _block(self, lines: list[Line], index: int, context: _Context) -> int:
        match = _BLOCK.match(self.text(lines[index]))
        if match is None:
            return 0
        line = lines[index]
        if match["title"]:
            title = Line(line.begin, line.start + match.start("title"), line.start + match.end("title"), line.column)
            self._add([title], "block title", context)
        return index + 1

    def _list(self, lines: list[Line], index: int, context: _Context) -> int:
        if not _MARKER.match(self.text(lines[index])):
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
            width = indent(self.source, line)[0]
            marker = _MARKER.match(self.text(line)) if width < 4 else None
            if marker and not _RULE.match(self.text(line)):
                self._item(item, context)
                item = [line._replace(start=line.start + marker.end())]
            elif width >= 4:
                item.append(dedent(self.source, line, 4))
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
        return indent(self.source, lines[index])[0] >= 4 or bool(_MARKER.match(text) and not _RULE.match(text))

    def _item(self, lines: list[Line], context: _Context) -> None:
        if not lines:
            return
        task = _TASK.match(self.text(lines[0]))
        if task:
            lines[0] = lines[0]._replace(start=lines[0].start + task.end())
        self.scan(lines, context.inner("    ", "list item", in_item=True))

    def _quote(self, lines: list[Line], index: int, context: _Context) -> int:
        if not _QUOTE.match(self.text(lines[index])):
            return 0
        inner = []
        while index < len(lines) and not is_blank(self.source, lines[index]):
            line = lines[index]
            match = _QUOTE.match(self.text(line))
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
        match = _DEFINITION.match(self.text(line))
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
        footnote = _FOOTNOTE.match(text)
        if footnote:
            inner, after = self._content(lines, index + 1, lazy=True)
            first = line._replace(start=line.start + footnote.end())
            self.scan([first, *inner], context.inner("    ", "footnote"))
            return after
        reference = _REFERENCE.match(text)
        if reference is None:
            return 0
        target = reference["target"]
        start = line.start + reference.start("target") + target.startswith("<")
        self.found.definitions.append(Definition(start, start + len(target.strip("<>")), reference["label"]))
        titled = index + 1 < len(lines) and _REFERENCE_TITLE.match(self.text(lines[index + 1]))
        return index + 2 if titled else index + 1

    def _abbreviation(self, lines: list[Line], index: int, context: _Context) -> int:
        line = lines[index]
        match = _ABBREVIATION.match(self.text(line))
        if match is None:
            return 0
        if match.end() == line.end - line.start:
            return self._malformed(lines, index, "an abbreviation whose text is not on its own line")
        self._add([line._replace(start=line.start + match.end())], "abbreviation", context)
        return index + 1

    def _tag(self, lines: list[Line], index: int, _context: _Context) -> int:
        if not _TAG.match(self.text(lines[index])):
            return 0
        end = index
        while end < len(lines) - 1 and "%}" not in self.text(lines[end]):
            end += 1
        return end + 1

    def _snippet(self, lines: list[Line], index: int, _context: _Context) -> int:
        if not _SNIPPET.match(self.text(lines[index])):
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
            if row != index + 1:
                self._row(lines[row], alignment, context)
            row += 1
        return row

    def _row(self, line: Line, alignment: Alignment, context: _Context) -> None:
        for start, end in split_row(self.text(line), bordered=alignment.bordered)[: alignment.columns]:
            cell = self.source[line.start + start : line.start + end]
            attributes = _ATTRIBUTE_END.search(cell)
            width = attributes.start() if attributes else len(cell)
            piece = Line(line.begin, line.start + start, line.start + start + width, line.column)
            self._add([piece], "table cell", context)

    # Raw HTML

    def _is_html_block(self, text: str) -> bool:
        match = _HTML.match(text)
        return match is not None and (bool(match["special"]) or match["name"].lower() in BLOCK_ELEMENTS)

    def _html(self, lines: list[Line], index: int, _context: _Context) -> int:
        text = self.text(lines[index])
        match = _HTML.match(text)
        if match is None or not self._is_html_block(text):
            return 0
        if match["special"]:
            return self._special(lines, index, "-->" if match["special"] == "!--" else ">")
        name = match["name"].lower()
        if match["close"] or (_MARKDOWN_ATTRIBUTE.search(text) and text.rstrip().endswith(">")):
            # The tags of a wrapper stand on lines of their own; what is between them is Markdown.
            self._check_html(lines[index : index + 1], name)
            return index + 1
        end = self._closing(lines, index, name)
        self._check_html(lines[index:end], name)
        return end

    def _special(self, lines: list[Line], index: int, closing: str) -> int:
        end = index
        while end < len(lines) and closing not in self.text(lines[end]):
            end += 1
        return min(end + 1, len(lines))

    def _closing(self, lines: list[Line], index: int, name: str) -> int:
        """Find the index behind the line where a raw element ends; an open one takes all that follows, as in Python-Markdown."""
        if name == "hr":
            return index + 1
        tags = re.compile(rf"<(/?){re.escape(name)}\b[^<>]*?(/?)>", re.IGNORECASE)
        depth = 0
        for end in range(index, len(lines)):
            for tag in tags.finditer(self.text(lines[end])):
                depth += -1 if tag[1] else 0 if tag[2] else 1
            if depth <= 0 and (end > index or tags.search(self.text(lines[end]))):
                return end + 1
        return len(lines)

    def _check_html(self, lines: Sequence[Line], name: str) -> None:
        if name in {"script", "style"}:
            return
        text = "\n".join(self.text(line) for line in lines)
        if any(map(str.isalpha, _TEXT_OF_HTML.sub("", text))):
            self._unsupported(lines, f"text inside a raw <{name}> element")
