"""Documents: reading a file of another tool, whichever of the formats it has.

A file from outside is not to be trusted: no entity is replaced, nothing is fetched, and libxml2's limits of depth and size hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.exchange import tmx, xliff, xliff1

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.diagnostics import Finding
    from helpcenter.exchange.tmx import Languages
    from helpcenter.exchange.units import Document

_AGAIN = "get the file once more from the tool that wrote it"


def read_document(file: Path, languages: Languages) -> Document:
    """Read a file.

    Args:
        file: its path, as findings show it.
        languages: which of the languages of a TMX file are wanted.

    Raises:
        HelpcenterError: ``file-unreadable``, ``import-syntax``, ``import-entity`` or ``import-format``.
    """
    try:
        raw = file.read_bytes()
    except OSError as error:
        message = f"cannot read the file: {error.strerror}"
        place = Place(file.as_posix())
        raise HelpcenterError(finding("file-unreadable", message, place, help="check path and permissions")) from error
    return parse_document(raw, file.as_posix(), languages)


def parse_document(raw: bytes, path: str, languages: Languages) -> Document:
    """Read the bytes of a file.

    Args:
        raw: what stands in it.
        path: its path, as findings show it.
        languages: which of the languages of a TMX file are wanted.

    Raises:
        HelpcenterError: ``import-syntax``, ``import-entity`` or ``import-format``.
    """
    place = Place(path)
    root = _parse(raw, place)
    name = etree.QName(root)
    if name.localname == "tmx" and not name.namespace:
        return tmx.read_tmx(root, languages)
    if name.localname == "xliff":
        version = root.get("version", "")
        if version.startswith("2."):
            return xliff.read_xliff(root)
        if version.startswith("1."):
            return xliff1.read_xliff1(root)
        raise HelpcenterError(_unknown(f"XLIFF of version '{version}' is not known", place))
    raise HelpcenterError(_unknown(f"'{name.localname}' is neither XLIFF nor TMX", place))


def _unknown(message: str, place: Place) -> Finding:
    return finding("import-format", message, place, help="export XLIFF 2, XLIFF 1.2 or TMX 1.4 from the other tool")


def _parse(raw: bytes, place: Place) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        lines = raw.split(b"\n")
        text = lines[line - 1].decode("utf-8", "replace").rstrip("\r") if 0 < line <= len(lines) else None
        where = Place(place.path, line or None, column or None, 1, text)
        message = f"the file is not XML: {error.msg or 'it is empty'}"
        raise HelpcenterError(finding("import-syntax", " ".join(message.split()), where, help=_AGAIN)) from error
    dtd: Any = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        # A few lines of them can stand for gigabytes, or for a file of this machine.
        hint = "take the <!ENTITY …> lines out of it and write the characters themselves"
        raise HelpcenterError(
            finding("import-entity", "the file declares entities, which are not read", place, help=hint)
        )
    return root
