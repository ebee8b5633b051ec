"""What is indexed: the publishable text of a page, cut at its headings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterable

_SKIPPED = frozenset({"script", "style", "template", "svg", "noscript", "button", "input", "select"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
    }
    | {"ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"}
)
_CUTS = frozenset({"h2", "h3"})
_CELLS = frozenset({"td", "th"})
# Marks in the pieces of a text: where a table begins or ends, and where a cell of it ends.
_TABLE, _CELL = "\x1d", "\x1e"


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page.

    Args:
        anchor: id of its heading, empty for what stands above the first one.
        title: its heading, empty likewise.
        text: its plain text, or the beginning of it where all of a locale's would be too much to send.
        more: terms of the rest, those that tell most.
    """

    anchor: str
    title: str
    text: str
    more: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A page as readers see it; nothing else of it may come in here, since the index is public.

    Args:
        url: relative to the locale's root: ``tutorials/return-an-item/``.
        title: plain text.
        type: page type.
        keywords: other words for what the page is about.
        answer: the short answer of a question, plain text.
        sections: in order.
        lang: BCP 47 tag of the text; on a fallback page that of the source.
        summary: what the page says of itself in a sentence, plain text.
        bridge: (anchor, name) of what the page is called in the language of the source, as far as people vouch for the
            translation: title and keywords with an empty anchor, and headings. Who asks in that language finds the page.
    """

    url: str
    title: str
    type: str
    keywords: tuple[str, ...]
    answer: str
    sections: tuple[Section, ...]
    lang: str
    summary: str = ""
    bridge: tuple[tuple[str, str], ...] = ()


def document_from_html(
    url: str,
    title: str,
    html: str,
    *,
    type: str = "",  # noqa: A002 - the field's name
    keywords: Iterable[str] = (),
    answer: str = "",
    lang: str,
    summary: str = "",
    bridge: Iterable[tuple[str, str]] = (),
) -> Document:
    """Make the document of a rendered page.

    Args:
        url: relative to the locale's root.
        title: plain text.
        html: the rendered content of the page, without the theme around it.
        type: page type.
        keywords: other words for what the page is about.
        answer: the short answer, plain text.
        lang: language of the text.
        summary: what the page says of itself, plain text.
        bridge: (anchor, name) in the language of the source; headings that this page does not show are left out.

    Returns:
        A document with one section for each h2 and h3 that has an id. The page's h1 is left out (it is the title), as
        are scripts, permalinks, hidden parts and parts marked ``data-search-exclude``.
    """
    sections: list[_Part] = [("", "", [])]
    if html.strip():
        _read(lxml_html.fragment_fromstring(html, create_parent="div"), sections)
    made = tuple(
        Section(anchor, heading, text)
        for anchor, heading, chunks in sections
        if (text := _in_one_line(chunks)) or heading
    )
    shown = {"", *(section.anchor for section in made)}
    names = tuple((anchor, name) for anchor, name in bridge if anchor in shown)
    return Document(url, title, type, tuple(keywords), answer, made, lang, summary, names)


# Id and words of a heading, and the text below it in pieces.
_Part = tuple[str, str, list[str]]


def _read(element: lxml_html.HtmlElement, sections: list[_Part]) -> None:
    """Add the text in an element to the last section, and begin another one at each heading."""
    if element.text:
        sections[-1][2].append(element.text)
    for child in element:
        if isinstance(child.tag, str):
            _read_child(child, sections)
        if child.tail:
            sections[-1][2].append(child.tail)


def _read_child(element: lxml_html.HtmlElement, sections: list[_Part]) -> None:
    tag = element.tag
    if tag in _SKIPPED or tag == "h1" or _is_hidden(element):
        return
    if tag in _CUTS and element.get("id"):
        heading: list[_Part] = [("", "", [])]
        _read(element, heading)
        words = _in_one_line(text for _, title, chunks in heading for text in (title, *chunks))
        sections.append((element.get("id", ""), words, []))
        return
    # Words of neighbouring blocks must not grow together; those of <b>re</b>turn must.
    space = [] if tag in _INLINE else [_TABLE if tag == "table" else _CELL if tag in _CELLS else " "]
    sections[-1][2].extend(space)
    _read(element, sections)
    sections[-1][2].extend(space)


def _in_one_line(chunks: Iterable[str]) -> str:
    # The text is shown below a result, where the cells of a table would read as one sentence.
    parts = (
        " · ".join(cell for text in part.split(_CELL) if (cell := " ".join(text.split())))
        for part in "".join(chunks).split(_TABLE)
    )
    return " ".join(part for part in parts if part)


def _is_hidden(element: lxml_html.HtmlElement) -> bool:
    if not element.attrib:
        return False
    get = element.get
    return (
        get("hidden") is not None
        or get("data-search-exclude") is not None
        or get("aria-hidden") == "true"
        or (element.tag == "a" and "headerlink" in (get("class") or "").split())
    )
