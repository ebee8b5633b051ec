"""Differences: what a translation lost or added of what it must keep, each kind with a code of its own."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content import skeleton_difference

if TYPE_CHECKING:
    from helpcenter.content import Skeleton

STRUCTURE = "translation-structure"
EMPHASIS = "translation-emphasis"
# A text with one of these would break its page; one with any other is not that of its source.
BREAKING = frozenset({STRUCTURE, EMPHASIS})

_LINK = re.compile(r"\]\(|\]\[|[a-z][a-z0-9+.-]*:\S|<(?:[A-Za-z][A-Za-z0-9+.-]*:|[^<>\s]+@)|[^\s<>`@]+@")
# In the order in which they are told. What none of them knows is a placeholder: icons, keys, formulas.
_KINDS = (
    ("translation-expression", "the value", re.compile(r"\{\{|\{%")),
    ("translation-link", "the link to", _LINK),
    ("translation-code", "the code", re.compile(r"`|<code\b|<[A-Za-z][^<>]*\stranslate=")),
    ("translation-footnote", "the footnote", re.compile(r"\[\^")),
    ("translation-html", "the tag", re.compile(r"<")),
    ("translation-attributes", "the attribute list", re.compile(r"\{")),
    ("translation-placeholder", "", re.compile("")),
)  # fmt: skip
_ADDRESS = re.compile(r"\]\((?P<target>.*)\)|\]\[(?P<label>.*)\]", re.DOTALL)
_EMPHASES = {
    "<strong>": "bold", "<em>": "italics", "<b>": "bold", "<i>": "italics", "<del>": "struck-out words",
    "<mark>": "marked words", "<ins>": "underlined words", "<sub>": "a subscript", "<sup>": "a superscript",
}  # fmt: skip


class Difference(NamedTuple):
    """What a translation has otherwise than its source.

    Args:
        code: of ``codes.yml``.
        message: one sentence without a full stop.
    """

    code: str
    message: str


def find_differences(wanted: Counter[str], found: Counter[str]) -> list[Difference]:
    """Tell what is lost or added, one difference for each kind.

    Args:
        wanted: placeholders of the source, as ``content.placeholders`` counts them.
        found: those of the translation.
    """
    said: dict[str, list[str]] = {code: [] for code, _, _ in _KINDS}
    for token in dict.fromkeys([*(wanted - found), *(found - wanted)]):
        code, noun = next((code, noun) for code, noun, pattern in _KINDS if pattern.match(token))
        said[code].append(f"{noun} {_show(token)} {_fate(wanted[token], found[token])}".strip())
    return [Difference(code, "; ".join(messages)) for code, messages in said.items() if messages]


def _show(token: str) -> str:
    address = _ADDRESS.fullmatch(token)
    if address is None:
        return token
    return f"'{address['target']}'" if address["label"] is None else f"'[{address['label']}]'"


def _fate(wanted: int, found: int) -> str:
    if not found:
        return "is missing"
    if not wanted:
        return "is not in the source"
    return f"stands {_times(found)}, and in the source {_times(wanted)}"


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def compare_structure(source: Skeleton, translation: Skeleton) -> Difference | None:
    """Tell how two rendered pages differ; as emphasis, where nothing else was lost or added. None where they do not.

    Args:
        source: of the page.
        translation: of the page with translations in it.
    """
    message = skeleton_difference(source, translation)
    if message is None:
        return None
    wanted, found = (Counter(chain.from_iterable(side)) for side in (source, translation))
    differing = dict.fromkeys([*(wanted - found), *(found - wanted)])
    if not differing or not differing.keys() <= _EMPHASES.keys():
        return Difference(STRUCTURE, message)
    return Difference(
        EMPHASIS, "; ".join(f"{_EMPHASES[tag]} ({tag}) {_fate(wanted[tag], found[tag])}" for tag in differing)
    )
