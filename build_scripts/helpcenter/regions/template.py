"""The small language of pages, ``{{ fact }}``, blocks and components: reading it, with a place for all that is wrong.

Jinja stops at the first error and knows lines only; here every tag has its span, so that all findings come at once and
point at the character.  What is valid here is valid Jinja (with the tags of :mod:`helpcenter.regions.engine`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from helpcenter.diagnostics import suggest
from helpcenter.regions.nodes import Block, Part, Print, Problem, Span, Template, Text
from helpcenter.regions.settings import DIMENSIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from helpcenter.regions.nodes import Node

BLOCKS = ("has", "when", "region", *DIMENSIONS)
COMPONENT = "component"
TAGS = (*BLOCKS, COMPONENT, "else", *(f"end{name}" for name in BLOCKS), "raw", "endraw")

_OPEN = re.compile(r"\{[{%]")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_RAW = re.compile(r"\{%\s*raw\s*%\}")
_END_RAW = re.compile(r"\{%\s*endraw\s*%\}")
_RAW_TAGS = "{% raw %} and {% endraw %}"
_FACT = r"[a-z]\w*(?:\.[a-z]\w*)*"
_PRINT = re.compile(rf"\s*(?P<fact>{_FACT})(?P<filters>(?:\s*\|\s*[A-Za-z_]\w*)*)\s*", re.ASCII)
_WORD = re.compile(r"[A-Za-z_]\w*", re.ASCII)
_TAG = re.compile(r"\s*(?P<name>[^\s\"']*)(?P<rest>.*)", re.DOTALL)
_HAS = re.compile(rf"\s+(?P<fact>{_FACT})\s*", re.ASCII)
_STRINGS = r"(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))+\s*"
_WHEN = re.compile(rf"\s+(?P<fact>{_FACT})(?P<values>{_STRINGS})", re.ASCII)
_QUOTED = re.compile(rf"(?P<values>{_STRINGS})")
_STRING = re.compile(r"\"([^\"]*)\"|'([^']*)'")


def is_static(source: str) -> bool:
    """Tell whether a page holds nothing of this language."""
    return "{{" not in source and "{%" not in source


def used_facts(source: str) -> frozenset[str]:
    """Give the ids of all facts a page shows or asks for, in whatever branch; those of its components, too."""
    if is_static(source):
        return frozenset()
    from helpcenter.regions.components import facts_of_component  # noqa: PLC0415 - most pages have none

    found: set[str] = set()
    for node in walk_nodes(read_template(source).nodes):
        if isinstance(node, Print):
            found.add(node.fact.text)
        elif isinstance(node, Part):
            found |= facts_of_component(node.name.text, [word.text for word in node.arguments])
        elif isinstance(node, Block) and node.fact is not None:
            found.add(node.fact.text)
    return frozenset(found)


def compared_facts(source: str) -> frozenset[str]:
    """Give the ids of all facts that a page shows of other regions than the reader's."""
    from helpcenter.regions.components import COMPONENTS  # noqa: PLC0415 - most pages have none

    if COMPONENT not in source or is_static(source):
        return frozenset()
    parts = (node for node in walk_nodes(read_template(source).nodes) if isinstance(node, Part))
    comparing = (part for part in parts if part.name.text in COMPONENTS and COMPONENTS[part.name.text].compares)
    return frozenset(word.text for part in comparing for word in part.arguments)


def used_components(source: str) -> frozenset[str]:
    """Give the names of all components of a page, in whatever branch."""
    if COMPONENT not in source or is_static(source):
        return frozenset()
    return frozenset(node.name.text for node in walk_nodes(read_template(source).nodes) if isinstance(node, Part))


def walk_nodes(nodes: Iterable[Node]) -> Iterator[Node]:
    """Give all nodes, those inside blocks as well, in the order of the page."""
    for node in nodes:
        yield node
        if isinstance(node, Block):
            yield from walk_nodes(node.body)
            yield from walk_nodes(node.otherwise)


@lru_cache(maxsize=4096)
def read_template(source: str, start: int = 0) -> Template:
    """Read a page from an offset on; everything before it is left out."""
    return _Reader(source, start).read()


class _Reader:
    def __init__(self, source: str, start: int) -> None:
        self.source = source
        self.start = start
        self.problems: list[Problem] = []
        self.root: list[Node] = []
        self.open: list[Block] = []
        self.in_else: list[bool] = []

    def read(self) -> Template:
        position = self.start
        while match := _OPEN.search(self.source, position):
            self._text(position, match.start())
            position = self._tag(match.start())
        self._text(position, len(self.source))
        for block in self.open:
            tag = block.tags[0]
            help_ = f"close it with {{% end{block.name} %}} on a line of its own"
            self._problem("region-unbalanced", f"'{block.name}' is never closed", tag.start, tag.end, help_)
        return Template(tuple(self.root), tuple(sorted(self.problems, key=lambda problem: problem.start)))

    def _problem(self, code: str, message: str, start: int, end: int, help_: str = "", label: str = "") -> None:
        self.problems.append(Problem(code, message, start, end, help_, label))

    def _level(self) -> list[Node]:
        if not self.open:
            return self.root
        block = self.open[-1]
        return block.otherwise if self.in_else[-1] else block.body

    def _append(self, node: Node) -> None:
        self._level().append(node)

    def _text(self, start: int, end: int) -> None:
        if start < end:
            self._append(Text(self.source[start:end]))

    def _tag(self, start: int) -> int:
        """Read what begins at an offset; give the offset after it."""
        closer = "}}" if self.source[start + 1] == "{" else "%}"
        end = self.source.find(closer, start + 2)
        paragraph = _BLANK_LINE.search(self.source, start)
        other = _OPEN.search(self.source, start + 2)
        if end < 0 or (other and other.start() < end) or (paragraph and paragraph.start() < end):
            message = f"'{self.source[start : start + 2]}' is not closed"
            help_ = f"write '{closer}' at its end; to show the braces themselves put them between {_RAW_TAGS}"
            self._problem("region-syntax", message, start, start + 2, help_)
            self._text(start, start + 2)
            return start + 2
        end += 2
        raw = _RAW.match(self.source, start)
        if raw:
            return self._raw(start, raw.end())
        if closer == "}}":
            self._print(Span(self.source[start:end], start, end))
            return end
        return self._block_tag(start, end)

    def _raw(self, start: int, end: int) -> int:
        closing = _END_RAW.search(self.source, end)
        if closing is None:
            self._problem("region-unbalanced", "'raw' is never closed", start, end, "close it with {% endraw %}")
            return end
        self._text(end, closing.start())
        return closing.end()

    def _print(self, whole: Span) -> None:
        match = _PRINT.fullmatch(self.source, whole.start + 2, whole.end - 2)
        if match is None:
            help_ = "write a fact such as {{ returns.window }}, or with a filter {{ contact.email | plain }}"
            self._problem("region-expression", "only a fact and filters may stand here", whole.start, whole.end, help_)
            return
        filters = tuple(
            Span(word[0], word.start(), word.end()) for word in _WORD.finditer(self.source, *match.span("filters"))
        )
        self._append(Print(Span(match["fact"], *match.span("fact")), filters, whole))

    def _block_tag(self, start: int, end: int) -> int:
        match = _TAG.fullmatch(self.source, start + 2, end - 2)
        name = match["name"] if match else ""
        if name not in TAGS or match is None or name in {"raw", "endraw"}:
            at = match.span("name") if match and name else (start, end)
            if name == "endraw":
                self._problem("region-unbalanced", "there is no 'raw' to end here", *at)
            else:
                self._problem(
                    "region-unknown-tag",
                    f"there is no tag '{name}'",
                    *at,
                    "tags: " + ", ".join(TAGS),
                    suggest(name, TAGS),
                )
            return end
        line_start, line_end = self._line(start, end, name)
        tag = Span(self.source[start:end], start, end)
        self._cut(start - line_start)
        if name in BLOCKS:
            self._begin(name, tag, match.start("rest"))
        elif name == COMPONENT:
            self._part(tag, match.start("rest"), start - line_start)
        elif match["rest"].strip():
            self._problem("region-expression", f"nothing may stand behind '{name}'", match.start("rest"), end - 2)
        if name == "else":
            self._else(tag)
        elif name not in {*BLOCKS, COMPONENT}:
            self._end(name.removeprefix("end"), tag)
        return line_end

    def _cut(self, count: int) -> None:
        """Take back the indent of a tag, which was read as text of the block around it."""
        nodes = self._level()
        if count and nodes and isinstance(last := nodes[-1], Text):
            nodes[-1:] = [Text(last.text[:-count])] if len(last.text) > count else []

    def _line(self, start: int, end: int, name: str) -> tuple[int, int]:
        """Give the line of a block tag, with its end; it must be alone there, between blank lines or other tags."""
        source = self.source
        line_start = max(source.rfind("\n", 0, start) + 1, self.start)
        newline = source.find("\n", end)
        line_end = len(source) if newline < 0 else newline + 1
        if source[line_start:start].strip() or source[end:line_end].strip():
            help_ = "put the tag on a line of its own, with blank lines around it"
            self._problem("region-tag-line", f"the tag '{name}' shares its line with other text", start, end, help_)
            return start, end
        before = source[
            max(source.rfind("\n", self.start, max(line_start - 1, self.start)) + 1, self.start) : line_start
        ].strip()
        following = source.find("\n", line_end)
        after = source[line_end : len(source) if following < 0 else following].strip()
        if any(line and not (line.startswith("{%") and line.endswith("%}")) for line in (before, after)):
            message = f"the tag '{name}' needs a blank line before and after it"
            self._problem(
                "region-tag-line",
                message,
                start,
                end,
                "without them it becomes part of a paragraph when the page is translated",
            )
        return line_start, line_end

    def _begin(self, name: str, tag: Span, rest: int) -> None:
        pattern = {"has": _HAS, "when": _WHEN}.get(name, _QUOTED)
        match = pattern.fullmatch(self.source, rest, tag.end - 2)
        fact: Span | None = None
        values: tuple[Span, ...] = ()
        if match is None:
            forms = {
                "has": "{% has returns.withdrawal.days %}",
                "when": '{% when returns.cost "buyer" %}',
                "region": '{% region "EU" "GB" %}',
                "audience": '{% audience "business" %}',
                "page_type": '{% page_type "policy" %}',
                "topic": '{% topic "returns" %}',
            }
            help_ = f"write it as {forms[name]}; quotation marks are straight"
            self._problem("region-expression", f"'{name}' cannot be read", tag.start, tag.end, help_)
        else:
            groups = match.groupdict()
            fact = Span(groups["fact"], *match.span("fact")) if "fact" in groups else None
            if "values" in groups:
                values = self._strings(*match.span("values"))
        block = Block(name, fact, values, [tag])
        self._append(block)
        self.open.append(block)
        self.in_else.append(False)

    def _strings(self, start: int, end: int) -> tuple[Span, ...]:
        return tuple(
            Span(word[1] if word[1] is not None else word[2], word.start() + 1, word.end() - 1)
            for word in _STRING.finditer(self.source, start, end)
        )

    def _part(self, tag: Span, rest: int, indent: int) -> None:
        if _QUOTED.fullmatch(self.source, rest, tag.end - 2) is None:
            help_ = 'write it as {% component "payment-methods" %}; quotation marks are straight'
            self._problem("region-expression", "'component' cannot be read", tag.start, tag.end, help_)
        elif indent:
            # It is HTML on the finished page, which Markdown takes for code where it is indented.
            help_ = "take the spaces before it away; a component stands outside of lists and boxes"
            self._problem("region-tag-line", "a component begins its line", tag.start, tag.end, help_)
        else:
            name, *arguments = self._strings(rest, tag.end - 2)
            self._append(Part(name, tuple(arguments), tag))

    def _else(self, tag: Span) -> None:
        if not self.open:
            self._problem("region-unbalanced", "there is no block this 'else' belongs to", tag.start, tag.end)
        elif self.in_else[-1]:
            message = f"'{self.open[-1].name}' has two 'else'"
            self._problem("region-unbalanced", message, tag.start, tag.end, "nest a second block in the first 'else'")
        else:
            self.in_else[-1] = True
            self.open[-1].tags.append(tag)

    def _end(self, name: str, tag: Span) -> None:
        if not any(block.name == name for block in self.open):
            self._problem("region-unbalanced", f"there is no '{name}' to end here", tag.start, tag.end)
            return
        while self.open:
            block = self.open.pop()
            self.in_else.pop()
            if block.name == name:
                block.tags.append(tag)
                return
            help_ = f"close it with {{% end{block.name} %}} before {tag.text}"
            self._problem(
                "region-unbalanced", f"'{block.name}' is not closed", block.tags[0].start, block.tags[0].end, help_
            )
