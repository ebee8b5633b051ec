"""What a page is made of, as the small language of facts, blocks and components sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Place, finding

if TYPE_CHECKING:
    from helpcenter.diagnostics import Finding


@dataclass(frozen=True, slots=True)
class Span:
    """A word of the source, and where it stands.

    Args:
        text: the word.
        start: offset of its first character.
        end: offset after its last one.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown between tags."""

    text: str


@dataclass(frozen=True, slots=True)
class Print:
    """``{{ fact | filter }}``."""

    fact: Span
    filters: tuple[Span, ...]
    whole: Span

    @property
    def expression(self) -> str:
        """The canonical form, the same for the same meaning."""
        return " | ".join((self.fact.text, *(name.text for name in self.filters)))


@dataclass(slots=True)
class Block:
    """A block tag with what it shows.

    ``tags`` are the spans of its opening tag, of its ``else`` where it has one, and of its end.
    """

    name: str
    fact: Span | None
    values: tuple[Span, ...]
    tags: list[Span]
    body: list[Node] = field(default_factory=list)
    otherwise: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Part:
    """``{% component "name" "argument" %}``: where a whole part of the page is drawn from facts.

    Args:
        name: of the component.
        arguments: the words behind it.
        whole: the tag.
    """

    name: Span
    arguments: tuple[Span, ...]
    whole: Span


Node = Text | Print | Part | Block


@dataclass(frozen=True, slots=True)
class Problem:
    """A finding without the name of its page, so that pages with the same source share their reading."""

    code: str
    message: str
    start: int
    end: int
    help: str = ""
    label: str = ""

    def at(self, name: str, source: str) -> Finding:
        """Make the finding of a page."""
        place = Place.at_offset(name, source, self.start, self.end)
        return finding(self.code, self.message, place, help=self.help, label=self.label)


@dataclass(frozen=True, slots=True)
class Template:
    """A page as this language sees it.

    Args:
        nodes: text, facts and blocks in the order of the page.
        problems: what cannot be read.
    """

    nodes: tuple[Node, ...]
    problems: tuple[Problem, ...]
