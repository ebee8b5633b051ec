"""Evaluation by Jinja, in a sandbox with nothing in it but our tags, our filters and the facts of one view.

Compiling a page costs Jinja about 2.5 ms, and every locale has its own text.  So a page is not compiled as a whole: its
*skeleton* (the block tags, with a number for each run of text between them) is the same in all translations, and so is
each ``{{ fact }}``; both are compiled once and kept.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Protocol

from jinja2 import StrictUndefined, nodes
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import SandboxedEnvironment

from helpcenter.regions.nodes import Block, Part, Print, Text
from helpcenter.regions.settings import DIMENSIONS
from helpcenter.regions.template import BLOCKS, read_template

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import jinja2
    from jinja2.parser import Parser

    from helpcenter.regions.nodes import Node

Run = tuple[Text | Print | Part, ...]


class Context(Protocol):
    """What a view answers to a template."""

    def has(self, fact: str) -> bool:
        """Tell whether the fact is there and is not "no"."""

    def when(self, fact: str, *values: str) -> bool:
        """Tell whether the fact is one of the values."""

    def inside(self, *regions: str) -> bool:
        """Tell whether the view's region is one of these or lies inside one."""

    def about(self, dimension: str, *values: str) -> bool:
        """Tell whether the page is for one of some audiences, of one of some types, or about one of some topics."""

    def fact(self, fact: str) -> object:
        """Give what ``str()`` writes, and what filters take."""


class RegionTags(Extension):
    """The tags of blocks, each with an optional ``else``; and fact ids, dots and all."""

    tags = set(BLOCKS)  # noqa: RUF012 - the base class declares it so

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """Turn ``a.b.c`` in ``{{ }}`` into ``fact("a.b.c")``: a fact is looked up as a whole."""
        tokens = list(stream)
        position = 0
        shown = False
        while position < len(tokens):
            token = tokens[position]
            shown = token.type == "variable_begin" or (shown and token.type != "variable_end")
            if shown and token.type == "name" and tokens[position - 1].type == "variable_begin":
                name, position = _dotted(tokens, position)
                for kind, value in (("name", "fact"), ("lparen", "("), ("string", name), ("rparen", ")")):
                    yield Token(token.lineno, kind, value)
                continue
            yield token
            position += 1

    def parse(self, parser: Parser) -> nodes.Node:
        """Read one block."""
        token = next(parser.stream)
        arguments: list[nodes.Expr] = []
        if parser.stream.current.type == "name":
            name = next(parser.stream).value
            while parser.stream.skip_if("dot"):
                name += "." + parser.stream.expect("name").value
            arguments.append(nodes.Const(name))
        while parser.stream.current.type == "string":
            arguments.append(nodes.Const(next(parser.stream).value))
        function = "inside" if token.value == "region" else token.value
        if token.value in DIMENSIONS:
            function, arguments = "about", [nodes.Const(token.value), *arguments]
        test = nodes.Call(nodes.Name(function, "load"), arguments, [], None, None)
        body = parser.parse_statements(("name:else", f"name:end{token.value}"))
        otherwise: list[nodes.Node] = []
        if next(parser.stream).value == "else":
            otherwise = parser.parse_statements((f"name:end{token.value}",), drop_needle=True)
        return nodes.If(test, body, [], otherwise).set_lineno(token.lineno)


def _dotted(tokens: Sequence[Token], position: int) -> tuple[str, int]:
    parts = [tokens[position].value]
    position += 1
    while position + 1 < len(tokens) and tokens[position].type == "dot" and tokens[position + 1].type == "name":
        parts.append(tokens[position + 1].value)
        position += 2
    return ".".join(parts), position


@cache
def _environment() -> SandboxedEnvironment:
    from helpcenter.regions.view import FILTERS  # noqa: PLC0415 - the view uses this module

    environment = SandboxedEnvironment(
        extensions=[RegionTags],
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        # `{#` begins a Jinja comment, and every heading of ours carries an id such as {#costs}.
        comment_start_string="\0{",
        comment_end_string="}\0",
    )
    filters: dict[str, Callable[..., object]] = dict(FILTERS)
    environment.filters.clear()
    environment.filters.update(filters)
    environment.globals.clear()
    environment.tests.clear()
    return environment


@lru_cache(maxsize=4096)
def _compiled(source: str) -> jinja2.Template:
    return _environment().from_string(source)


@lru_cache(maxsize=4096)
def _skeleton(source: str) -> tuple[str, tuple[Run, ...]]:
    runs: list[Run] = []
    return "".join(_outline(read_template(source).nodes, runs)), tuple(runs)


def _outline(level: Sequence[Node], runs: list[Run]) -> Iterator[str]:
    run: list[Text | Print | Part] = []
    for node in (*level, None):
        if isinstance(node, Text | Print | Part):
            run.append(node)
            continue
        if run:
            yield f"{len(runs)} "
            runs.append(tuple(run))
            run = []
        if isinstance(node, Block):
            arguments = [node.fact.text] if node.fact else []
            arguments += [json.dumps(value.text) for value in node.values]
            yield f"{{% {node.name} {' '.join(arguments)} %}}"
            yield from _outline(node.body, runs)
            yield "{% else %}"
            yield from _outline(node.otherwise, runs)
            yield f"{{% end{node.name} %}}"


def _names(context: Context) -> dict[str, object]:
    tests = {"has": context.has, "when": context.when, "inside": context.inside, "about": context.about}
    return {**tests, "fact": context.fact}


def choose_runs(source: str, context: Context) -> list[Run]:
    """Give the runs of text, facts and components that a view sees, in the order of the page.

    Args:
        source: a page without problems.
        context: the view.
    """
    outline, runs = _skeleton(source)
    if "{%" not in outline:
        return list(runs)
    return [runs[int(number)] for number in _compiled(outline).render(_names(context)).split()]


def show(expression: str, context: Context) -> str:
    """Write one ``{{ expression }}``."""
    return _compiled(f"{{{{ {expression} }}}}").render(_names(context))
