"""Raw HTML in Markdown, read by Python-Markdown's own reader: which part of an element is Markdown, and which is not."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from markdown import Markdown
from markdown.extensions.md_in_html import HTMLExtractorExtra
from markdown.htmlparser import HTMLExtractor

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# `markdown.Markdown().block_level_elements` of Python-Markdown 3.8 to 3.11.
BLOCK_ELEMENTS = frozenset(
    """
    address article aside blockquote body canvas center colgroup dd details div dl dt fieldset figcaption figure
    footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main map math menu nav noscript
    object ol option output p pre progress script section style summary table tbody td textarea tfoot th thead tr ul
    video
    """.split()  # noqa: SIM905 - a column of ninety lines says less
)
MAX_INDENT = 3
"""Spaces before a tag that still begins a block of raw HTML."""

_BLOCK = re.compile(r"[ ]{0,3}(?P<mark><)(?:(?P<special>!--|!|\?)|(?P<name>[A-Za-z][\w-]*))")

# What is in them is no text for people.  `code` is not here: it runs along in a sentence and is sealed there.
_OPAQUE = frozenset({"canvas", "iframe", "math", "pre", "script", "style", "svg", "template", "textarea"})


def match_block(text: str) -> re.Match[str] | None:
    """Match the beginning of a block of raw HTML; its groups are ``mark``, ``special`` and ``name``."""
    match = _BLOCK.match(text)
    return match if match and (match["special"] or match["name"].lower() in BLOCK_ELEMENTS) else None


# These run along in a line, yet what is in them is a text of its own.
_SEPARATE = frozenset({"audio", "button", "datalist", "optgroup", "picture", "select"})

_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_VISIBLE = re.compile(r"[^\n]")
_TABBED = re.compile(r"^[ \t]*\t", re.MULTILINE)
_FENCE = re.compile(r"^(?P<indent>[ \t>]*)(?P<fence>`{3,}|~{3,})[^`\n]*$", re.MULTILINE)


def mask(source: str) -> str:
    """Give a source in which nothing but HTML looks like HTML; every character stays in its place.

    Code blocks and expressions are hidden, since they are replaced before HTML is looked for; lines end with LF, and
    those indented by a tab do not look as if they were indented by one space.
    """
    masked = source.replace("\r\n", " \n").replace("\r", "\n")
    if "```" in masked or "~~~" in masked:
        masked = "".join(_hide_fences(masked))
    if "{{" in masked or "{%" in masked:
        masked = _EXPRESSION.sub(lambda match: _VISIBLE.sub("x", match.group()), masked)
    return _TABBED.sub(lambda match: "." * len(match.group()), masked)


def _hide_fences(source: str) -> Iterator[str]:
    # The closing fence of one that was not closed cannot be found for the next one, either.
    unclosed: set[tuple[str, str]] = set()
    position = 0
    for opening in _FENCE.finditer(source):
        indent, fence = opening["indent"], opening["fence"]
        if opening.start() < position or (indent, fence) in unclosed:
            continue
        closing = re.compile(rf"^{re.escape(indent)}{fence}[ \t]*$", re.MULTILINE).search(source, opening.end())
        if closing is None:
            unclosed.add((indent, fence))
            continue
        code = source[opening.end() : closing.start()]
        if indent and any(line.strip(" \t>") and not line.startswith(indent) for line in code.split("\n")):
            continue
        yield source[position : opening.start()]
        yield _VISIBLE.sub("x", source[opening.start() : closing.end()])
        position = closing.end()
    yield source[position:]


class Edge(NamedTuple):
    """A tag at which a run of text ends and another one begins.

    Args:
        start: offset of its first character.
        end: offset behind its last; the same if the tag is only implied.
        name: of the element.
        state: of the text that follows: ``block`` and ``span`` for Markdown of these two kinds, ``raw`` for HTML,
            ``opaque`` for what is no text for people.
    """

    start: int
    end: int
    name: str
    state: str


class Element(NamedTuple):
    """A block of raw HTML with all that is in it.

    Args:
        end: offset behind it.
        edges: of its runs, in the order of the source.
        understood: False if its end, or that of something in it, is missing.
    """

    end: int
    edges: tuple[Edge, ...]
    understood: bool


def read_element(masked: str, start: int, stop: int) -> Element | None:
    """Read the element that begins at an offset (spaces may stand before it); None if none begins there.

    Args:
        masked: what ``mask`` made of the source.
        start: offset of a line, or of what follows another element on its line.
        stop: offset behind which the element cannot go on.
    """
    reader = _reader()
    reader.reset()
    reader.base = start
    try:
        reader.feed(masked[start:stop])
        reader.finish()
    except _Finished:
        return Element(reader.edges[-1].end, tuple(reader.edges), reader.understood)
    except AssertionError:  # no element, or a declaration that the standard library does not know
        return None
    finally:
        reader.md.htmlStash.reset()
    if not reader.edges:
        return None
    # Python-Markdown closes what holds Markdown at the end of the page; other elements take all that follows.
    return Element(stop, tuple(reader.edges), reader.understood and bool(reader.mdstack))


@cache
def _reader() -> _Reader:
    return _Reader(Markdown(extensions=["md_in_html"]))


class _Finished(Exception):  # noqa: N818 - no error
    """The element is closed."""


class _Reader(HTMLExtractorExtra):
    """Notes where the tags of blocks stand, and what Python-Markdown makes of the text between them."""

    base: int
    """Offset of what is fed."""
    # Of the base class; the stubs leave them out.
    mdstack: list[str]
    mdstate: list[str | None]

    def reset(self) -> None:
        super().reset()
        self.edges: list[Edge] = []
        self._hidden: list[str] = []  # the opaque element that is open, and those of its name inside of it
        self._implied = False

    @property
    def understood(self) -> bool:
        return not self._hidden

    def finish(self) -> None:
        """Read what is left, without closing elements."""
        # As in `HTMLExtractorExtra.parse_pi`: the method of the standard library.
        super(HTMLExtractor, self).close()

    @property
    def _position(self) -> int:
        return self.base + self.line_offset + self.offset

    def _state(self) -> str:
        if self._hidden:
            return "opaque"
        state = self.mdstate[-1] if self.mdstate and not self.inraw else None
        return state if state in ("block", "span") else "raw"

    def _note(self, start: int, end: int, name: str) -> None:
        self.edges.append(Edge(start, end, name, self._state()))

    def _separates(self, tag: str) -> bool:
        return tag in _SEPARATE or self.md.is_block_level(tag)

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        attrs = list(attrs)
        start = self._position
        end = start + len(self.get_starttag_text() or "")
        depth = len(self.mdstack)
        self._implied = True
        super().handle_starttag(tag, attrs)
        self._implied = False
        if tag in self.empty_tags:
            return
        if self._hidden:
            if tag == self._hidden[0]:
                self._hidden.append(tag)
            return
        is_edge = len(self.mdstack) > depth or (self.inraw and self._separates(tag))
        if (is_edge and ("translate", "no") in attrs) or (tag in _OPAQUE and self._state() == "raw"):
            self._hidden.append(tag)
            is_edge = True
        if is_edge:
            self._note(start, end, tag)

    def handle_endtag(self, tag: str) -> None:
        start = self._position
        # A paragraph ends by itself before another block; there is no tag then.
        end = start if self._implied else start + len(self.get_endtag_text(tag))
        depth, raw, hidden = len(self.mdstack), self.inraw, bool(self._hidden)
        super().handle_endtag(tag)
        if hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        done = (depth or raw) and not self.mdstack and not self.inraw
        is_edge = len(self.mdstack) < depth or (raw and self._separates(tag))
        if done or (is_edge and not hidden) or (hidden and not self._hidden):
            self._note(start, end, tag)
        if done:
            raise _Finished

    def handle_empty_tag(self, data: str, is_block: bool) -> None:  # noqa: FBT001 - the signature of the base class
        start = self._position
        super().handle_empty_tag(data, is_block)
        if is_block and not data.startswith("<!--") and not self._hidden:
            self._note(start, start + len(data), "")
            if not self.mdstack and not self.inraw:
                raise _Finished

    def handle_data(self, data: str) -> None:
        if not self.edges and not self.inraw and not self.mdstack and data.strip(" "):
            # What looked like a tag is none.
            raise AssertionError
        super().handle_data(data)


_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'{:])(?P<name>[^\s=/"'<>]+)
    (?:\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|[^\s"'<>]+))?""",
    re.VERBOSE,
)
_TAG = re.compile(
    r"""<!--.*?-->
    | <[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*+>
    | (?<!\{)\{:?(?:[ ](?!%)|[#.\w])[^{}\n]*\}(?!\})""",
    re.VERBOSE | re.DOTALL,
)
WORDY = frozenset({"alt", "aria-label", "placeholder", "title"})
"""Attributes that hold text for people."""


def find_wordy_values(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Find the quoted values of attributes that hold text for people, in all tags and attribute lists of a part of the source."""
    for tag in _TAG.finditer(source, start, end):
        if tag.group().startswith("<!"):
            continue
        for attribute in _ATTRIBUTE.finditer(source, tag.start(), tag.end()):
            value = "double" if attribute["double"] else "single"
            if attribute["name"].lower() in WORDY and attribute[value]:
                yield attribute.span(value)


def without_words(tag: str) -> str:
    """Give a tag or an attribute list with the values of its attributes for people left out, which a translation changes."""
    parts = []
    position = 0
    for start, end in find_wordy_values(tag, 0, len(tag)):
        parts.append(tag[position:start])
        position = end
    return "".join([*parts, tag[position:]])
