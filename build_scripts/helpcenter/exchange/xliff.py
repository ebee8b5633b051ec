"""XLIFF 2: catalogs as documents that the editors of translators read, and back.

Written with lxml by the rules of the core schema: translate-toolkit 3.20 drops inline codes from what it reads, knows no
``subState``, and puts notes and ``xml:space`` where the schema forbids them. The version is 2.0, for tools that know no
later one; 2.1 and 2.2 changed nothing of the core that is used here.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree

from helpcenter.catalog import State, fingerprint
from helpcenter.exchange.inlines import Code, Content, Role, codes_of, renumber, split
from helpcenter.exchange.units import Document, Unit
from helpcenter.exchange.xmltext import add_text, attribute, line_of, mixed, pieces_of, readable
from helpcenter.project.tags import direction_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_OURS = "helpcenter"
# Categories of notes, and the state beside the states, that are read again.
MACHINE_NOTE, PREVIOUS_NOTE = "mt", "previous source"
HARD = "stale-hard"

# The states of both sides; docs/formats/exchange.md has them as a table.
_STATES = {
    State.MISSING: ("initial", ""),
    State.STALE: ("initial", "stale"),
    State.MACHINE: ("translated", ""),
    State.REVIEWED: ("reviewed", ""),
    State.APPROVED: ("final", ""),
}
_STATES_OF_FILES = {
    "initial": State.STALE,
    "translated": State.MACHINE,
    "reviewed": State.REVIEWED,
    "final": State.APPROVED,
}


class Segment(NamedTuple):
    """What is written for one entry.

    Args:
        source: Markdown.
        target: Markdown, empty where there is none.
        state: of the entry.
        sub_state: what XLIFF's four states cannot say: ``machine``, ``stale-hard``; else empty.
        notes: for the translator, by category.
    """

    source: str
    target: str
    state: State
    sub_state: str = ""
    notes: tuple[tuple[str, str], ...] = ()


def unit_id(source: str) -> str:
    """Give the id of a unit: the same for the same text, so that two exports can be compared."""
    return f"u{fingerprint(source)}"


def render_xliff(pages: Mapping[str, Sequence[Segment]], source: str, target: str) -> bytes:
    """Write a document with a file for each page; pages without segments are left out.

    Args:
        pages: segments by path of the page; each source text once.
        source: tag of the source language.
        target: tag of the locale.
    """
    names: Any = {None: NAMESPACE}  # the types that lxml publishes know no default namespace
    root = etree.Element(f"{{{NAMESPACE}}}xliff", nsmap=names)
    root.set("version", "2.0")
    root.set("srcLang", source)
    root.set("trgLang", target)
    number = 0
    for page, segments in pages.items():
        if not segments:
            continue
        number += 1
        file = etree.SubElement(root, f"{{{NAMESPACE}}}file", id=f"f{number}", original=readable(page))
        # A segment is what the page says at one place; cut in two it would belong to none.
        file.set("canResegment", "no")
        if direction_of(target) == "rtl":
            file.set("trgDir", "rtl")
        file.set(_SPACE, "preserve")
        for segment in segments:
            _add_unit(file, segment)
    # Only between units: within them white space is the text's.
    for element in [root, *root]:
        _indent(element, 1 if element is not root else 0)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _indent(element: etree._Element, level: int) -> None:
    element.text = "\n" + "  " * (level + 1)
    for child in element:
        child.tail = element.text
    element[-1].tail = "\n" + "  " * level


def _add_unit(file: etree._Element, segment: Segment) -> None:
    unit = etree.SubElement(file, f"{{{NAMESPACE}}}unit", id=unit_id(segment.source))
    if segment.notes:
        notes = etree.SubElement(unit, f"{{{NAMESPACE}}}notes")
        for category, words in segment.notes:
            etree.SubElement(notes, f"{{{NAMESPACE}}}note", category=category).text = readable(words)
    source = split(segment.source)
    target = renumber(split(segment.target), source)
    data = _add_data(unit, [*codes_of(source), *codes_of(target)])
    body = etree.SubElement(unit, f"{{{NAMESPACE}}}segment")
    state, sub_state = _STATES[segment.state]
    body.set("state", state)
    if segment.sub_state or sub_state:
        body.set("subState", f"{_OURS}:{segment.sub_state or sub_state}")
    _fill(etree.SubElement(body, f"{{{NAMESPACE}}}source"), source, data)
    if segment.target:
        _fill(etree.SubElement(body, f"{{{NAMESPACE}}}target"), target, data)


def _add_data(unit: etree._Element, codes: Iterable[Code]) -> dict[str, str]:
    """Write what the codes stand for; give the id of each text."""
    ids: dict[str, str] = {}
    for code in codes:
        ids.setdefault(code.text or "", f"d{len(ids) + 1}")
    if ids:
        original = etree.SubElement(unit, f"{{{NAMESPACE}}}originalData")
        for text, id_ in ids.items():
            _add_words(etree.SubElement(original, f"{{{NAMESPACE}}}data", id=id_), text)
    return ids


def _fill(element: etree._Element, content: Content, data: Mapping[str, str]) -> None:
    """Write words and codes into a source or a target."""
    closing = {code.id: code for code in codes_of(content) if code.role == "close"}
    open_elements = [element]
    for part in content:
        if isinstance(part, str):
            _add_words(open_elements[-1], part)
        elif part.role == "close":
            open_elements.pop()
        else:
            open_elements.append(_add_code(open_elements[-1], part, closing.get(part.id), data))
            if part.role == "single":
                open_elements.pop()


def _add_code(parent: etree._Element, code: Code, closing: Code | None, data: Mapping[str, str]) -> etree._Element:
    added = etree.SubElement(parent, f"{{{NAMESPACE}}}{'ph' if closing is None else 'pc'}", id=code.id)
    if code.is_fixed:
        added.set("canCopy", "no")
        added.set("canDelete", "no")
    if closing is None:
        added.set("dataRef", data[code.text or ""])
        added.set("disp", readable(code.text or ""))
        return added
    if code.kind in {"target", "reference"}:
        added.set("type", "image" if (code.text or "").startswith("!") else "link")
    for end, one in (("Start", code), ("End", closing)):
        added.set(f"dataRef{end}", data[one.text or ""])
        added.set(f"disp{end}", readable(one.text or ""))
    return added


def _add_words(parent: etree._Element, text: str) -> None:
    for is_valid, piece in pieces_of(text):
        if is_valid:
            add_text(parent, piece)
        else:
            etree.SubElement(parent, f"{{{NAMESPACE}}}cp", hex=f"{ord(piece):04X}")


def read_xliff(root: etree._Element) -> Document:
    """Read a document of any 2.x version."""
    space = etree.QName(root).namespace
    units = tuple(
        unit
        for file in root.iterchildren(f"{{{space}}}file")
        for element in file.iter(f"{{{space}}}unit")
        if (unit := _read_unit(element, file.get("original", ""))) is not None
    )
    return Document("XLIFF 2", root.get("srcLang", ""), root.get("trgLang", ""), units)


def _read_unit(element: etree._Element, page: str) -> Unit | None:
    """Read a unit; what a tool has cut into several segments is one text again."""
    space = f"{{{etree.QName(element).namespace}}}"
    data = {
        one.get("id", ""): "".join(part for part in _read_words(one, space))
        for one in element.iterfind(f"{space}originalData/{space}data")
    }
    parts = [child for child in element if child.tag in {f"{space}segment", f"{space}ignorable"}]
    sources, targets = [], []
    states = []
    for position, part in enumerate(parts, 1):
        source, target = part.find(f"{space}source"), part.find(f"{space}target")
        if source is None:
            continue
        words = tuple(_read_content(source, space, data))
        sources.append(words)
        is_segment = part.tag == f"{space}segment"
        if is_segment:
            # The default is initial; but a tool that writes no states at all has meant what it wrote.
            state = _STATES_OF_FILES.get(part.get("state", "translated"), State.STALE)
            states.append(state if target is not None else None)
        if target is not None:
            order = target.get("order", "")
            targets.append((int(order) if order.isdecimal() else position, tuple(_read_content(target, space, data))))
        elif not is_segment:
            targets.append((position, words))
    if not sources or not states:
        return None
    known = [state for state in states if state is not None]
    # A unit of which a part has no translation has none.
    is_whole = len(known) == len(states)
    target_content = [part for _, words in sorted(targets, key=lambda one: one[0]) for part in words]
    notes = {n.get("category", ""): n.text or "" for n in element.iterfind(f"{space}notes/{space}note")}
    return Unit(
        tuple(part for words in sources for part in words),
        tuple(target_content) if is_whole else (),
        min(known, key=lambda state: state.rank) if is_whole else State.MISSING,
        (page,),
        element.get("id", ""),
        line_of(element),
        notes.get(MACHINE_NOTE, ""),
        notes.get(PREVIOUS_NOTE, ""),
        any(part.get("subState") == f"{_OURS}:{HARD}" for part in parts),
    )


_HEX = re.compile(r"[0-9A-Fa-f]{1,6}")


def _read_words(element: etree._Element, space: str) -> Iterator[str]:
    for part in mixed(element):
        if isinstance(part, str):
            yield part
        elif part.tag == f"{space}cp":
            yield _character(part.get("hex", ""))


def _character(digits: str) -> str:
    number = int(digits, 16) if _HEX.fullmatch(digits) else 0xFFFD
    return chr(number) if number <= 0x10FFFF and not 0xD800 <= number <= 0xDFFF else "\ufffd"  # noqa: PLR2004 - Unicode's range, without halves of pairs


def _read_content(element: etree._Element, space: str, data: Mapping[str, str]) -> Iterator[str | Code]:
    for part in mixed(element):
        if isinstance(part, str):
            yield part
            continue
        name = str(part.tag).removeprefix(space)
        id_ = attribute(part, "copyOf", "startRef", "id")
        if name == "cp":
            yield _character(part.get("hex", ""))
        elif name == "pc":
            yield Code(id_, "open", data.get(part.get("dataRefStart", "")))
            yield from _read_content(part, space, data)
            yield Code(id_, "close", data.get(part.get("dataRefEnd", "")))
        elif name in _ROLES:
            yield Code(id_, _ROLES[name], data.get(part.get("dataRef", "")))
        else:
            # Annotations mark words that stay as they are.
            yield from _read_content(part, space, data)


_ROLES: dict[str, Role] = {"ph": "single", "sc": "open", "ec": "close"}
