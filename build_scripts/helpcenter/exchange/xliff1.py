"""XLIFF 1.2, as many tools still write it: read only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from helpcenter.catalog import State
from helpcenter.exchange.inlines import Code, Role
from helpcenter.exchange.units import Document, Unit
from helpcenter.exchange.xmltext import attribute, line_of, mixed

if TYPE_CHECKING:
    from collections.abc import Iterator

# XLIFF 1.2, 2.3, table of the attribute state; what is not in it needs work.
_STATES = {
    "translated": State.MACHINE,
    "needs-review-translation": State.MACHINE,
    "needs-review-adaptation": State.MACHINE,
    "needs-review-l10n": State.MACHINE,
    "signed-off": State.REVIEWED,
    "final": State.REVIEWED,
}
_SINGLE = {"x", "ph"}
_ENDS: dict[str, Role] = {"bx": "open", "bpt": "open", "ex": "close", "ept": "close"}


def read_xliff1(root: etree._Element) -> Document:
    """Read a document; its languages are those of its first file, and files of others are left out."""
    space = f"{{{namespace}}}" if (namespace := etree.QName(root).namespace) else ""
    files = list(root.iterchildren(f"{space}file"))
    languages = [(file.get("source-language", ""), file.get("target-language", "")) for file in files]
    units = tuple(
        unit
        for file, pair in zip(files, languages, strict=True)
        for element in file.iter(f"{space}trans-unit")
        if pair == languages[0] and (unit := _read_unit(element, space, file.get("original", ""))) is not None
    )
    source, target = languages[0] if languages else ("", "")
    return Document("XLIFF 1.2", source, target, units)


def _read_unit(element: etree._Element, space: str, page: str) -> Unit | None:
    source, target = element.find(f"{space}source"), element.find(f"{space}target")
    if source is None:
        return None
    words = tuple(_read_content(target, space)) if target is not None else ()
    is_approved = element.get("approved") == "yes"
    said = target.get("state", "") if target is not None else ""
    # Without a state, whoever wrote a target means it.
    state = State.REVIEWED if is_approved else _STATES.get(said, State.STALE) if said else State.MACHINE
    return Unit(tuple(_read_content(source, space)), words, state, (page,), element.get("id", ""), line_of(element))


def _read_content(element: etree._Element, space: str) -> Iterator[str | Code]:
    for part in mixed(element):
        if isinstance(part, str):
            yield part
            continue
        name = str(part.tag).removeprefix(space)
        id_ = attribute(part, "rid", "id")
        # What stands in them is the code itself; the empty ones only say where it was.
        text = "".join(str(words) for words in part.itertext()) or part.get("equiv-text") or None
        if name == "g":
            yield Code(id_, "open", None)
            yield from _read_content(part, space)
            yield Code(id_, "close", None)
        elif name in _SINGLE:
            yield Code(id_, "single", text)
        elif name in _ENDS:
            yield Code(id_, _ENDS[name], text)
        elif name == "it":
            yield Code(id_, "single", text)
        else:
            # Marks and the like; their words stay as they are.
            yield from _read_content(part, space)
