"""Matching: which segment of the pages a unit of a file belongs to, and its translation as Markdown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content import placeholders
from helpcenter.exchange.inlines import Role, codes_of, join, shape_of, split

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from helpcenter.exchange.inlines import Content
    from helpcenter.exchange.units import Unit


class CodeError(ValueError):
    """The codes of a translation are not those of its source; the text cannot be used.

    Args:
        message: what is wrong.
        is_wanted: whether a page has the source.
    """

    def __init__(self, message: str, *, is_wanted: bool = True) -> None:
        super().__init__(message)
        self.is_wanted = is_wanted


class Translation(NamedTuple):
    """A unit as Markdown.

    Args:
        source: the segment's text, or the file's where no page has it.
        target: its translation.
        is_wanted: whether a page has the segment.
    """

    source: str
    target: str
    is_wanted: bool


class Matcher:
    """Finds segments for units.

    Args:
        msgids: the texts that pages have.
    """

    def __init__(self, msgids: Iterable[str]) -> None:
        self._msgids = set(msgids)
        self._by_line: dict[str, str | None] = {}
        self._by_shape: dict[str, str | None] = {}
        for msgid in sorted(self._msgids):
            # Two texts that are told apart by white space or by their codes alone are not guessed between.
            for known, key in ((self._by_line, _line(msgid)), (self._by_shape, shape_of(split(msgid)))):
                known[key] = None if key in known else msgid

    def translate(self, unit: Unit) -> Translation:
        """Give a unit with a translation as Markdown.

        Raises:
            CodeError: its codes were lost, doubled or changed, or nobody says what they stand for.
        """
        text = join(unit.source)
        msgid = self._find(unit.source, text)
        if msgid is None:
            source = text if text is not None else _words(unit.source)
            target = join(unit.target) if text is not None else _words(unit.target)
            if target is None:
                target = _words(unit.target)
            _check(source, target, is_wanted=False)
            return Translation(source, target, is_wanted=False)
        _check_pairs(unit.target)
        target = join(unit.target, _texts(unit.source, msgid))
        if target is None:
            raise CodeError("it holds a code that its source does not have")
        if text != msgid:
            # A tool that has changed the white space of the source has done so here.
            target = target.strip()
        _check(msgid, target)
        return Translation(msgid, target, is_wanted=True)

    def _find(self, source: Content, text: str | None) -> str | None:
        if text in self._msgids:
            return text
        found = self._by_line.get(_line(text)) if text is not None else None
        return found or self._by_shape.get(shape_of(source))


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(content: Content) -> str:
    return _line("".join(part if isinstance(part, str) else part.text or "" for part in content))


def _texts(source: Content, msgid: str) -> Mapping[tuple[str, Role], str]:
    """Give what the codes of a file stand for: what stands in the segment at their place, if it has as many."""
    ours = split(msgid)
    theirs = codes_of(source)
    if shape_of(ours) == shape_of(source) and len(theirs) == len(codes_of(ours)):
        pairs = zip(theirs, codes_of(ours), strict=True)
        return {(code.id, code.role): own.text or "" for code, own in pairs}
    return {(code.id, code.role): code.text for code in theirs if code.text is not None}


def _check_pairs(target: Content) -> None:
    waiting: Counter[str] = Counter()
    for code in codes_of(target):
        waiting[code.id] += {"open": 1, "close": -1, "single": 0}[code.role]
        if waiting[code.id] < 0:
            break
    if wrong := [id_ for id_, count in waiting.items() if count]:
        raise CodeError(f"the pair of codes '{wrong[0]}' has lost one of its ends")


def _check(source: str, target: str, *, is_wanted: bool = True) -> None:
    wanted, there = placeholders(source), placeholders(target)
    lost, more = wanted - there, there - wanted
    parts = [f"{code} is missing" for code in sorted(lost)]
    parts += [
        f"{code} stands there twice" if code in wanted else f"{code} is not in the source" for code in sorted(more)
    ]
    if parts:
        raise CodeError(", ".join(parts), is_wanted=is_wanted)
