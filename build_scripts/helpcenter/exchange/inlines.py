"""Inline codes: a text as other tools see it, words with codes between that nobody may break.

``content.seal`` masks the same parts for engines; here a link's brackets and an HTML element's tags are a pair around their
words, as the editors of translators show them.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Literal, NamedTuple

from helpcenter.content.inline import VISIBLE, find_opaque

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from helpcenter.content.inline import Opaque

Role = Literal["single", "open", "close"]


class Code(NamedTuple):
    """A code within a text.

    Args:
        id: the same for both ends of a pair, and for the same code on the other side.
        role: a code by itself, or an end of a pair.
        text: the Markdown it stands for; None where a file does not say.
        kind: of the recogniser: ``target``, ``expression``, ``html`` …; empty where it comes from a file.
    """

    id: str
    role: Role
    text: str | None
    kind: str = ""

    @property
    def is_fixed(self) -> bool:
        """Whether a translation must hold it as often as its source."""
        return self.kind not in VISIBLE


Content = tuple[str | Code, ...]

_TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*)")
_BRACKETS = re.compile(r"!?\[|\]")


def split(text: str) -> Content:
    """Split Markdown into words and codes, which are numbered from 1; joined again they are the same text."""
    opaque = find_opaque(text)
    pairs = _find_pairs(text, opaque)
    ids = {start: str(number) for number, start in enumerate(sorted(set(pairs.values()) | _singles(opaque, pairs)), 1)}
    spans = {part.start: (part.end, part.kind) for part in opaque if part.kind != "escape"}
    # The bracket that begins a link is no part of what the recogniser finds.
    spans |= {start: (text.index("[", start) + 1, "target") for start in pairs.values() if start not in spans}
    content: list[str | Code] = []
    position = 0
    for start in sorted(spans):
        end, kind = spans[start]
        if position < start:
            content.append(text[position:start])
        role: Role = "close" if start in pairs else "open" if start in pairs.values() else "single"
        content.append(Code(ids[pairs.get(start, start)], role, text[start:end], kind))
        position = end
    if position < len(text):
        content.append(text[position:])
    return tuple(content)


def _singles(opaque: Iterable[Opaque], pairs: Mapping[int, int]) -> set[int]:
    return {part.start for part in opaque if part.kind != "escape" and part.start not in pairs}


def _find_pairs(text: str, opaque: Iterable[Opaque]) -> dict[int, int]:
    """Give the offset of each code that ends a pair, with that of the code that begins it."""
    pairs: dict[int, int] = {}
    waiting: list[tuple[str, int]] = []
    position = 0
    for part in (*opaque, None):
        end = len(text) if part is None else part.start
        for bracket in _BRACKETS.finditer(text, position, end):
            if bracket.group() == "]":
                _close(waiting, "[")
            else:
                waiting.append(("[", bracket.start()))
        if part is None:
            break
        position = part.end
        begin = None
        if part.kind in {"target", "reference"}:
            begin = _close(waiting, "[")
        elif part.kind == "html" and (tag := _TAG.match(part.text)):
            if tag[1]:
                begin = _close(waiting, tag[2].lower())
            else:
                waiting.append((tag[2].lower(), part.start))
        if begin is not None:
            pairs[part.start] = begin
    return pairs


def _close(waiting: list[tuple[str, int]], name: str) -> int | None:
    """Take what is closed from those that wait, and with it what was never closed inside; so that pairs cannot cross."""
    for i in range(len(waiting) - 1, -1, -1):
        if waiting[i][0] == name:
            start = waiting[i][1]
            del waiting[i:]
            return start
    return None


def join(content: Content, texts: Mapping[tuple[str, Role], str] | None = None) -> str | None:
    """Put words and codes together; None where it is not known what a code stands for.

    Args:
        content: of a file.
        texts: what codes stand for, by id and role; before what the file says.
    """
    parts = []
    for part in content:
        text = part if isinstance(part, str) else (texts or {}).get((part.id, part.role), part.text)
        if text is None:
            return None
        parts.append(text)
    return "".join(parts)


def codes_of(content: Content) -> list[Code]:
    """Give the codes, from left to right."""
    return [part for part in content if isinstance(part, Code)]


def shape_of(content: Content) -> str:
    """Give the words, in one line, with a mark for each code: texts of the same shape differ in their codes only."""
    return " ".join("".join(part if isinstance(part, str) else "\ufffc" for part in content).split())


def renumber(target: Content, source: Content) -> Content:
    """Give the codes of a translation the ids of the same codes of its source; others get ids of their own."""
    free = _spans(source)
    numbers = Counter(code.id for code in codes_of(source))
    given: dict[str, str] = {}
    for id_, texts in _spans(target).items():
        same = next((other for other, those in free.items() if those == texts), None)
        if same is None:
            same = str(len(numbers) + 1)
            numbers[same] += 1
        else:
            del free[same]
        given[id_] = same
    return tuple(part if isinstance(part, str) else part._replace(id=given[part.id]) for part in target)


def _spans(content: Content) -> dict[str, tuple[str | None, ...]]:
    """Give what stands for each id: one text, or those of both ends."""
    spans: dict[str, tuple[str | None, ...]] = {}
    for code in codes_of(content):
        spans[code.id] = (*spans.get(code.id, ()), code.text)
    return spans
