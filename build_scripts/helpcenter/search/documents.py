"""What is indexed: the publishable text of a page, cut at its headings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SPACE = re.compile(r"\s+")
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


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page.

    Args:
        anchor: id of its heading, empty for what stands above the first one.
        title: its heading, empty likewise.
        text: its plain text.
    """

    anchor: str
    title: str
    text: str


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
    """

    url: str
    title: str
    type: str
    keywords: tuple[str, ...]
    answer: str
    sections: tuple[Section, ...]
    lang: str


def document_from_html(
    url: str,
    title: str,
    html: str,
    *,
    type: str = "",  # noqa: A002 - the field's name
    keywords: Iterable[str] = (),
    answer: str = "",
    lang: str,
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

    Returns:
        A document with one section for each h2 and h3 that has an id. The page's h1 is left out (it is the title), as
        are scripts, permalinks, hidden parts and parts marked ``data-search-exclude``.
    """
    sections: list[tuple[str, str, list[str]]] = [("", "", [])]
    if html.strip():
        for kind, value, name in _parts(lxml_html.fragment_fromstring(html, create_parent="div")):
            if kind == "section":
                sections.append((name, value, []))
            else:
                sections[-1][2].append(value)
    made = tuple(
        Section(anchor, heading, text)
        for anchor, heading, chunks in sections
        if (text := _SPACE.sub(" ", "".join(chunks)).strip()) or heading
    )
    return Document(url, title, type, tuple(keywords), answer, made, lang)


def _parts(root: lxml_html.HtmlElement) -> Iterator[tuple[str, str, str]]:
    """Give ("section", heading, id) and ("text", text, "") in the order of the page."""
    for child in root:
        yield from _element(child) if isinstance(child.tag, str) else ()
        if child.tail:
            yield "text", child.tail, ""


def _element(element: lxml_html.HtmlElement) -> Iterator[tuple[str, str, str]]:
    tag = element.tag
    if tag in _SKIPPED or tag == "h1" or _is_hidden(element):
        return
    if tag in _CUTS and element.get("id"):
        yield "section", _SPACE.sub(" ", "".join(v for _, v, _ in _contents(element))).strip(), element.get("id", "")
        return
    # Words of neighbouring blocks must not grow together; those of <b>re</b>turn must.
    if tag in _INLINE:
        yield from _contents(element)
        return
    yield "text", " ", ""
    yield from _contents(element)
    yield "text", " ", ""


def _contents(element: lxml_html.HtmlElement) -> Iterator[tuple[str, str, str]]:
    if element.text:
        yield "text", element.text, ""
    yield from _parts(element)


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
