"""Python-Markdown's inline step, without the patterns that cannot match.

Python-Markdown asks every pattern about every text.  Most texts of a help page hold none of the characters that most
patterns begin with, and asking took a third of the time of rendering; a look at the characters of a text takes none.
What is rendered is the same, as a test proves on every construct of the golden cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown import inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from markdown import Markdown

# Regular expression of a pattern → characters of which a match holds at least one.  By expression and not by name, so
# that an extension that exchanges a pattern for one of its own is asked again; an expression that is not here always is.
_MARKS = {
    inlinepatterns.BACKTICK_RE: "`\\",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "!",
    inlinepatterns.IMAGE_REFERENCE_RE: "!",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.ENTITY_RE: "&",
    inlinepatterns.LINE_BREAK_RE: "\n",
    r"\[\^([^\]]*)\]": "[",  # footnotes
    r"\*|_": "*_",  # emphasis
    r"(:[+\-\w]+:)": ":",  # pymdownx.emoji
}


class QuickInlineProcessor(InlineProcessor):
    """Applies to a text only those inline patterns that can match in it."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Apply the patterns to all texts of a page."""
        # Extensions may register patterns while a page is parsed.
        expressions = [getattr(pattern, "pattern", "") for pattern in self.inlinePatterns]
        self._steps = [
            (pattern, frozenset(_MARKS.get(expression, "")))
            for pattern, expression in zip(self.inlinePatterns, expressions, strict=True)
        ]
        return super().run(tree, ancestors)

    # The name that Python gives the private method of the base class, whose loop over the patterns this replaces.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - as above
        if isinstance(data, AtomicString):
            return data
        apply = self._InlineProcessor__applyPattern  # type: ignore[attr-defined] # as above
        # What a pattern leaves behind holds no character that was not there before.
        present = frozenset(data)
        start = 0
        for index in range(patternIndex, len(self._steps)):
            pattern, marks = self._steps[index]
            matched = not marks or not marks.isdisjoint(present)
            while matched:
                data, matched, start = apply(pattern, data, index, start)
        return data


def quicken(markdown: Markdown) -> None:
    """Let an instance of Python-Markdown skip patterns that cannot match, if its inline step is the one that is known."""
    known = all(hasattr(InlineProcessor, f"_InlineProcessor__{name}") for name in ("handleInline", "applyPattern"))
    if known and type(markdown.treeprocessors["inline"]) is InlineProcessor:
        markdown.treeprocessors.register(QuickInlineProcessor(markdown), "inline", 20)
