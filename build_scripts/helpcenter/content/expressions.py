"""Fact expressions and block tags: ``{{ fact.id }}`` and ``{% has fact.id %}``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression or tag.

    Args:
        start: offset of its first brace.
        end: offset behind its last brace.
        kind: ``value`` for ``{{ }}``, ``tag`` for ``{% %}``.
        text: what stands between the braces, without white space around it.
    """

    start: int
    end: int
    kind: Literal["value", "tag"]
    text: str


def find_expressions(source: str) -> list[Expression]:
    """Find all expressions and tags, in code as well: whoever fills them in does not know what code is."""
    if "{{" not in source and "{%" not in source:
        return []
    return [
        Expression(m.start(), m.end(), "value" if source[m.start() + 1] == "{" else "tag", m.group()[2:-2].strip())
        for m in _EXPRESSION.finditer(source)
    ]


def stands_alone(source: str, expression: Expression) -> bool:
    """Say whether nothing else stands on the lines of an expression."""
    before = max(source.rfind("\n", 0, expression.start), source.rfind("\r", 0, expression.start)) + 1
    ends = [end for end in (source.find("\n", expression.end), source.find("\r", expression.end)) if end >= 0]
    after = min(ends, default=len(source))
    around = source[before : expression.start] + source[expression.end : after]
    return not around.strip(" \t\ufeff")
