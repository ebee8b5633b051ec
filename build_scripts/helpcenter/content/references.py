"""Reference links that are their own label: ``[words]`` and ``[words][]``, whose address stands elsewhere on the page.

Other words would lose the address, so a translation spells the label out: ``[andere Worte][words]``.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content.inline import Opaque, find_opaque

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_SPACE = re.compile(r"\s+")
_REFERENCE = re.compile(r"\](?P<gap>\s?)\[(?P<label>[^\[\]]*)\]\Z", re.DOTALL)
_BRACKET = re.compile(r"[\[\]]")
# Python-Markdown looks for labels after it has taken these out of a text.
_TAKEN_OUT = frozenset({"code", "escape", "expression", "footnote"})


class Bracketed(NamedTuple):
    """Words in square brackets that no address and no label follows.

    Args:
        start: offset of the opening bracket.
        close: offset of the closing one.
        end: offset behind it, and behind the empty brackets that may follow.
        label: the words as a label, or an empty text if they can be none.
    """

    start: int
    close: int
    end: int
    label: str


def fold_label(words: str) -> str:
    """Give a label as Python-Markdown compares labels."""
    return _SPACE.sub(" ", words.lower())


def find_markup(text: str, labels: Collection[str]) -> list[Opaque]:
    """Find the parts of a text that are not words, as :func:`find_opaque` does for a page whose labels are known.

    Brackets behind brackets and a space are a label only if the page has it.
    """
    return [part for part in find_opaque(text) if part.kind != "reference" or _is_reference(part.text, labels)]


def _is_reference(text: str, labels: Collection[str]) -> bool:
    match = _REFERENCE.match(text)
    return match is not None and (not match["gap"] or not match["label"] or fold_label(match["label"]) in labels)


def find_bracketed(text: str, labels: Collection[str]) -> list[Bracketed]:
    """Find words in brackets that no address and no label follows, by where they end."""
    if "]" not in text:
        return []
    found: list[Bracketed] = []
    opened: list[int] = []
    taken_out = -1
    for kind, start, end in _brackets(text, labels):
        if kind == "part":
            taken_out = start
        elif kind == "open":
            opened.append(start)
        elif opened:
            first = opened.pop()
            if kind == "bare":
                found.append(
                    Bracketed(first, start, end, fold_label(text[first + 1 : start]) if taken_out < first else "")
                )
    return found


def _brackets(text: str, labels: Collection[str]) -> Iterator[tuple[str, int, int]]:
    """Give brackets with their offsets: ``open``, ``bare`` without address, ``close``; and each ``part`` that is in no label."""
    position = 0
    for part in [*find_markup(text, labels), Opaque(len(text), len(text), "", "")]:
        for match in _BRACKET.finditer(text, position, part.start):
            yield "open" if match.group() == "[" else "bare", match.start(), match.end()
        position = part.end
        if part.kind in _TAKEN_OUT:
            yield "part", part.start, part.end
        elif part.kind in {"target", "reference"}:
            yield "bare" if part.text.endswith("[]") else "close", part.start, part.end


def find_shortcuts(text: str, labels: Collection[str]) -> list[Bracketed]:
    """Find the reference links of a text that are their own label.

    Args:
        text: Markdown of a segment.
        labels: what its page defines, folded.
    """
    return [one for one in find_bracketed(text, labels) if one.label in labels] if labels else []


def references(text: str, labels: Collection[str]) -> Counter[str]:
    """Count the reference links of a text by label, however they are written."""
    counted = Counter(one.label for one in find_shortcuts(text, labels))
    for part in find_markup(text, labels):
        match = _REFERENCE.match(part.text) if part.kind == "reference" else None
        if match and match["label"]:
            counted[fold_label(match["label"])] += 1
    return counted


def write_references(source: str, text: str, labels: Collection[str]) -> str:
    """Give a translation whose reference links lead where those of its source do.

    Words in brackets get the label of the source where only one can be meant.  Where they hit a label by accident, they
    are written so that they stay words.

    Args:
        source: Markdown of the segment.
        text: its translation.
        labels: what the page defines, folded.
    """
    if not labels or "[" not in text:
        return text
    wanted, found = references(source, labels), references(text, labels)
    surplus = found - wanted
    for one in reversed(find_shortcuts(text, labels)):
        if surplus[one.label]:
            surplus[one.label] -= 1
            text = f"{text[: one.start]}\\{text[one.start :]}"
    missing = list((wanted - found).elements())
    bare = [one for one in find_bracketed(text, labels) if one.label not in labels]
    if len(missing) == len(bare) == 1 and all(one.label in labels for one in find_bracketed(source, labels)):
        text = f"{text[: bare[0].close]}][{missing[0]}]{text[bare[0].end :]}"
    return text
