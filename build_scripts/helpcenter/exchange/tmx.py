"""TMX 1.4: pairs of texts as every tool with a memory reads and writes them.

Written and read with lxml, as XLIFF is: translate-toolkit's TMX has no inline codes when it writes.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from helpcenter import __version__
from helpcenter.catalog import State, fingerprint
from helpcenter.exchange.inlines import Code, Content, Role, renumber, split
from helpcenter.exchange.units import Document, Unit
from helpcenter.exchange.xmltext import INVALID, add_text, attribute, line_of, mixed, pieces_of, readable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_STATE, _PAGE, _MACHINE = "x-helpcenter-state", "x-helpcenter-page", "x-helpcenter-mt"
# Characters that XML cannot hold, as JSON writes them.
_ESCAPED = "x-helpcenter-escaped"


class Record(NamedTuple):
    """What is written for a pair.

    Args:
        source: Markdown.
        target: Markdown.
        state: how far it may be relied on.
        pages: where it stands.
        note: provenance of a machine text.
        who: who signed it.
        date: since when, ISO 8601.
    """

    source: str
    target: str
    state: State
    pages: tuple[str, ...]
    note: str = ""
    who: str = ""
    date: str = ""


class Languages(NamedTuple):
    """Which of the languages of a file are wanted.

    Args:
        is_source: tells the tags of texts.
        is_target: tells the tags of translations.
    """

    is_source: Callable[[str], bool]
    is_target: Callable[[str], bool]


def render_tmx(records: Iterable[Record], source: str, target: str) -> bytes:
    """Write a memory; the segments are paragraphs."""
    root = etree.Element("tmx", version="1.4")
    header = {
        "creationtool": "helpcenter",
        "creationtoolversion": __version__,
        "segtype": "paragraph",
        "o-tmf": "PO",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    etree.SubElement(root, "header", header)
    body = etree.SubElement(root, "body")
    for record in records:
        _add_unit(body, record, source, target)
    root.text = body.text = "\n"
    for element in (*root, *body):
        element.tail = "\n"
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _add_unit(body: etree._Element, record: Record, source: str, target: str) -> None:
    unit = etree.SubElement(body, "tu", tuid=fingerprint(f"{record.source}\0{record.target}"))
    props = [(_STATE, str(record.state)), *((_PAGE, page) for page in record.pages), (_MACHINE, record.note)]
    for name, value in props:
        if value:
            etree.SubElement(unit, "prop", type=name).text = readable(value)
    content = split(record.source)
    for tag, words in ((source, content), (target, renumber(split(record.target), content))):
        variant = etree.SubElement(unit, "tuv", {_LANG: tag})
        if tag == target and record.who:
            variant.set("changeid", readable(record.who))
        if tag == target and record.date:
            variant.set("changedate", f"{record.date.replace('-', '')}T000000Z")
        _fill(etree.SubElement(variant, "seg"), words)


def _fill(segment: etree._Element, content: Content) -> None:
    # XML cannot hold every code; what it cannot hold stands among the words, in a form of ours.
    escaped = {part.id for part in content if isinstance(part, Code) and INVALID.search(part.text or "")}
    for part in content:
        if isinstance(part, str):
            for is_valid, piece in pieces_of(part):
                if is_valid:
                    add_text(segment, piece)
                else:
                    etree.SubElement(segment, "ph", type=_ESCAPED).text = json.dumps(piece)
        elif part.id in escaped:
            etree.SubElement(segment, "ph", type=_ESCAPED).text = json.dumps(part.text)
        elif part.role == "single":
            etree.SubElement(segment, "ph", x=part.id).text = part.text
        elif part.role == "open":
            etree.SubElement(segment, "bpt", i=part.id, x=part.id).text = part.text
        else:
            etree.SubElement(segment, "ept", i=part.id).text = part.text


def read_tmx(root: etree._Element, languages: Languages) -> Document:
    """Read the pairs of the wanted languages, of whichever tool; every translation of a text is a unit."""
    header = root.find("header")
    everywhere = header.get("srclang", "") if header is not None else ""
    units = [unit for element in root.iterfind("body/tu") for unit in _read_unit(element, languages, everywhere)]
    return Document("TMX", "", "", tuple(units))


def _read_unit(element: etree._Element, languages: Languages, everywhere: str) -> Iterator[Unit]:
    variants = [(attribute(one, _LANG, "lang"), one) for one in element.iterchildren("tuv")]
    own = element.get("srclang") or everywhere
    sources = [one for tag, one in variants if languages.is_source(tag)]
    # Of several variants of a language the one that the file calls its source.
    sources.sort(key=lambda one: (attribute(one, _LANG, "lang")).lower() != own.lower())
    if not sources:
        return
    props = {one.get("type", ""): one.text or "" for one in element.iterchildren("prop")}
    pages = tuple(one.text or "" for one in element.iterchildren("prop") if one.get("type") == _PAGE)
    state = props.get(_STATE, "")
    source = _read_segment(sources[0])
    for tag, variant in variants:
        target = _read_segment(variant) if languages.is_target(tag) and variant is not sources[0] else ()
        if source and target:
            yield Unit(
                source,
                target,
                State(state) if state in set(State) else State.MACHINE,
                pages,
                "",
                line_of(element),
                props.get(_MACHINE, ""),
            )


def _read_segment(variant: etree._Element) -> Content:
    segment = variant.find("seg")
    return () if segment is None else tuple(_number(_read_content(segment)))


def _number(content: Iterable[str | Code]) -> Iterator[str | Code]:
    """Give codes that have no number of their own one by their order, which is the same on both sides of most tools."""
    number = 0
    for part in content:
        if isinstance(part, Code) and not part.id:
            number += 1
            yield part._replace(id=f"+{number}")
        else:
            yield part


_ENDS: dict[str, Role] = {"bpt": "open", "ept": "close"}


def _read_content(element: etree._Element) -> Iterator[str | Code]:
    # An end names its beginning by i; x is what both languages have in common.
    common: dict[str, str] = {}
    for part in mixed(element):
        if isinstance(part, str):
            yield part
            continue
        text = "".join(str(words) for words in part.itertext())
        if part.tag in _ENDS:
            i = part.get("i", "")
            id_ = common.setdefault(i, attribute(part, "x", "i"))
            yield Code(id_, _ENDS[part.tag], text or None)
        elif part.tag == "hi":
            yield from _read_content(part)
        elif part.get("type") == _ESCAPED:
            yield _unescaped(text)
        else:
            yield Code(part.get("x", ""), "single", text or None)


def _unescaped(text: str) -> str:
    try:
        words = json.loads(text)
    except ValueError:
        return text
    return words if isinstance(words, str) else text
