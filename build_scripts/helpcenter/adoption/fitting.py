"""Fitting: what a translated page says in its own way only because it lay in a folder of its own.

Links of a translated page lead into the translated folder, to translated ids; the catalog wants those of the source.
"""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from helpcenter.adoption.folders import split_suffix
from helpcenter.content import placeholders
from helpcenter.content.inline import destination, find_opaque
from helpcenter.project.tags import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from helpcenter.content.inline import Opaque

_ADDRESSES = frozenset({"target", "url", "autolink", "html"})
_EMPHASIS = re.compile(r"(?<!\*)(\*\*?)(?=[^\s*])[^*\n]+?(?<=[^\s*])\1(?!\*)")
_ATTRIBUTE = re.compile(r"""\s(?:href|src)\s*=\s*["'](?P<address>[^"']+)["']""", re.IGNORECASE)


class Fitting:
    """Gives links of translations the addresses of their sources.

    Args:
        tag: the locale of the translations.
        source_tag: the locale of the sources.
        ids: the source's id of a heading, by page and the id that it has in the translation.
    """

    def __init__(self, tag: str, source_tag: str, ids: Mapping[tuple[str, str], str]) -> None:
        self._names = {name.casefold() for one in (tag, source_tag) for name in _spellings(one)}
        self._ids = ids

    def fit(self, page: str, source: str, target: str) -> str:
        """Give a translation with the addresses and the emphasis of its source, where it is plain what belongs where.

        Args:
            page: path of the page both stand on.
            source: the text of the source.
            target: the translation.
        """
        target = _emphasize(source, target)
        if placeholders(source) == placeholders(target):
            return target
        ours, theirs = _addresses(source), _addresses(target)
        lacking = [part for part in ours if _key(part) not in set(map(_key, theirs))]
        surplus = [part for part in theirs if _key(part) not in set(map(_key, ours))]
        changes = []
        for part in surplus:
            fitting = [one for one in lacking if self._is_same(page, one, part)]
            rivals = [one for one in surplus if fitting and self._is_same(page, fitting[0], one)]
            if fitting and len({_address(one) for one in fitting}) == 1 and len({_address(one) for one in rivals}) == 1:
                changes.append((part, _address(fitting[0])))
        for part, address in reversed(changes):
            start = part.start + part.text.index(_address(part))
            target = f"{target[:start]}{address}{target[start + len(_address(part)) :]}"
        return target

    def _is_same(self, page: str, source: Opaque, target: Opaque) -> bool:
        """Say whether two addresses are one, but for the language of what they lead to."""
        if source.kind != target.kind:
            return False
        one, other = _address(source), _address(target)
        if self._neutral(page, one) == self._neutral(page, other):
            return True
        # A folder deeper or less deep leads to the same file by another way.
        is_relative = not any("://" in address or address.startswith("/") for address in (one, other))
        names = [posixpath.basename(split_suffix(address)[0]) for address in (one, other)]
        return is_relative and bool(names[0]) and names[0] == names[1] and {one[:1], other[:1]} == {"."}

    def _neutral(self, page: str, address: str) -> str:
        """Write an address without the names of languages in its path, and with the id of the source."""
        path, hash_, fragment = address.partition("#")
        path = split_suffix(path)[0]
        parts = path.split("/")
        kept = [part for part in parts if part.casefold() not in self._names]
        where = "/".join(kept).rstrip("/")
        there = posixpath.normpath(posixpath.join(posixpath.dirname(page), where)) if where else page
        fragment = self._ids.get((there, unquote(fragment)), fragment)
        return f"{where}{hash_}{fragment}"


def _emphasize(source: str, target: str) -> str:
    """Emphasize in a translation the words that its source emphasizes, where they stand in both: names, mostly.

    Nothing is changed unless that gives the translation all the emphasis of its source.
    """
    ours, theirs = ([match.group() for match in _EMPHASIS.finditer(text)] for text in (source, target))
    lacking = [one for one in ours if one not in theirs]
    if len(theirs) >= len(ours) or len(lacking) != len(ours) - len(theirs):
        return target
    fixed = [(part.start, part.end) for part in find_opaque(target)]
    fixed += [match.span() for match in _EMPHASIS.finditer(target)]
    places = []
    for one in lacking:
        words = one.strip("*")
        found = [match.span() for match in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", target)]
        if len(found) != 1 or any(start < found[0][1] and end > found[0][0] for start, end in fixed):
            return target
        places.append((found[0], one))
        fixed.append(found[0])
    for (start, end), one in sorted(places, reverse=True):
        target = f"{target[:start]}{one}{target[end:]}"
    return target


def _spellings(tag: str) -> Iterator[str]:
    yield tag
    yield tag.replace("-", "_")
    yield language_of(tag)


def _addresses(text: str) -> list[Opaque]:
    return [part for part in find_opaque(text) if part.kind in _ADDRESSES and _address(part)]


def _key(part: Opaque) -> tuple[str, str]:
    return part.kind, _address(part)


def _address(part: Opaque) -> str:
    if part.kind == "target":
        return destination(part.text)[0]
    if part.kind == "html":
        match = _ATTRIBUTE.search(part.text)
        return match["address"] if match else ""
    return part.text.strip("<>")
