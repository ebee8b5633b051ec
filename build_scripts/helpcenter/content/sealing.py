"""Sealing: what must survive a translation engine is replaced by masks, and put back afterwards."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.content.inline import MASK, VISIBLE, Opaque, destination
from helpcenter.content.rawhtml import without_words
from helpcenter.content.references import find_markup, find_shortcuts, fold_label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

# U+2060 WORD JOINER at a token's end says that the mask's space on that side is ours and goes again: once if only
# beside punctuation that takes no space there, twice always.
_JOINER = "\u2060"

# U+2063 INVISIBLE SEPARATOR stands between the end of a link that is its own label and that label, for which the
# words of a translation will not do.
_LABEL = "\u2063"
_SHORTCUT = re.compile(rf"(\](?:\s?\[\])?){_LABEL}(.+)\Z", re.DOTALL)

# It comes and goes with the words it explains, as in a skeleton.
_ABBREVIATION = re.compile(r"</?abbr[\s>]", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")
_MASKS = re.compile(MASK)


class SealError(ValueError):
    """A translation engine lost, doubled or invented a mask; its text cannot be used."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A text whose markup is masked.

    Args:
        text: with ``__PH0__``, ``__PH1__`` … in place of what is sealed, spaces around each.
        tokens: what each mask stands for, in the order of their numbers; U+2060 at either end of a token marks a space
            that was added beside its mask; U+2063 comes before the label of a link that is written without one.
    """

    text: str
    tokens: tuple[str, ...]


def seal(text: str, labels: Collection[str] = ()) -> Sealed:
    """Mask what is not words: code, addresses, link targets, attribute lists, HTML, facts, icons, footnotes, entities.

    Unsealing the sealed text gives the very same text back.

    Args:
        text: Markdown of a segment.
        labels: of the reference links that its page defines, folded: what ``[words]`` links to must not depend on words
            that will be others.
    """
    opaque = _merge_neighbours(part for part in find_markup(text, labels) if part.kind != "escape")
    shortcuts = {
        one.close: Opaque(one.close, one.end, "reference", f"{text[one.close : one.end]}{_LABEL}{one.label}")
        for one in find_shortcuts(text, labels)
    }
    if shortcuts:
        kept = [part for part in opaque if part.start not in shortcuts]
        sealed = _seal_parts(text, sorted([*kept, *shortcuts.values()]))
        # A bracket that is no bracket to one side and is one to the other.
        if unseal(sealed.text, sealed.tokens) == text:
            return sealed
    return _seal_parts(text, opaque)


def _merge_neighbours(parts: Iterable[Opaque]) -> list[Opaque]:
    """Join parts that touch, as a link's target and its attributes do: words between them would break both."""
    merged: list[Opaque] = []
    for part in parts:
        # The end of a link that is its own label stands for itself alone.
        if merged and merged[-1].end == part.start and not merged[-1].text.endswith("[]"):
            merged[-1] = merged[-1]._replace(end=part.end, text=merged[-1].text + part.text)
        else:
            merged.append(part)
    return merged


def _seal_parts(text: str, opaque: Sequence[Opaque]) -> Sealed:
    parts: list[str] = []
    tokens: list[str] = []
    position = 0
    starts, ends = {part.start for part in opaque}, {part.end for part in opaque}
    for part in opaque:
        left, right = text[part.start - 1 : part.start] if part.start else "", text[part.end : part.end + 1]
        # A mask beside another one, or behind a link's words, belongs there wherever it goes.
        tight = part.start in ends or part.kind in {"target", "reference", "footnote"}
        before = _join(left, ordinary=not tight and _opens(left))
        after = _join(right, ordinary=part.end not in starts and _closes(right))
        parts += [text[position : part.start], " " if before else "", f"__PH{len(tokens)}__", " " if after else ""]
        tokens.append(before + part.text + after)
        position = part.end
    parts.append(text[position:])
    sealed = "".join(parts)
    if len(_MASKS.findall(sealed)) != len(tokens):
        return _seal_whole(text)
    return Sealed(sealed, tuple(tokens))


def _seal_whole(text: str) -> Sealed:
    """Mask a text that holds broken masks of its own, which no one could tell from ours."""
    core = text.strip(_JOINER)
    before, _, after = text.partition(core)
    return Sealed(f"{before}__PH0__{after}", (core,))


def _join(char: str, *, ordinary: bool) -> str:
    """Give the joiners for the side of a mask where a character stands."""
    if not char or char.isspace():
        return ""
    return _JOINER if ordinary else _JOINER * 2


def _opens(char: str) -> bool:
    """Say whether a character stands before a word without a space: an opening bracket, a quotation mark, emphasis."""
    return bool(char) and (unicodedata.category(char) in {"Ps", "Pi"} or char in "\"'*_/~^=-–„¿¡")


def _closes(char: str) -> bool:
    """Say whether a character stands behind a word without a space."""
    return bool(char) and (unicodedata.category(char) in {"Pe", "Pf"} or char in "\"'*_/~^=-–“.,;:!?…%。、，；：！？")


def unseal(text: str, tokens: Sequence[str]) -> str:
    """Put back what masks stand for.

    Args:
        text: what the engine made of a sealed text.
        tokens: of that text.

    Raises:
        SealError: a mask is missing, doubled or unknown.
    """
    parts: list[str] = []
    seen: Counter[int] = Counter()
    position = 0
    glue = ""
    for match in _MASKS.finditer(text):
        number = int(_NUMBER.findall(match.group())[0])
        if number >= len(tokens):
            raise SealError(f"the text holds a mask {number} that was not in the source")
        seen[number] += 1
        token = tokens[number]
        bare = token.strip(_JOINER)
        between = _trim(text[position : match.start()], glue, token[: len(token) - len(token.lstrip(_JOINER))])
        parts.append(between)
        parts.append(_with_label(bare, "".join(parts)) if _LABEL in bare else bare)
        glue = token[len(token.rstrip(_JOINER)) :]
        position = match.end()
    parts.append(_trim(text[position:], glue, ""))
    wrong = [number for number in range(len(tokens)) if seen[number] != 1]
    if wrong:
        states = ", ".join(
            f"{n} ({tokens[n].strip(_JOINER).replace(_LABEL, '')}) {'is missing' if not seen[n] else 'stands twice'}"
            for n in wrong
        )
        raise SealError(f"masks were damaged: {states}")
    return "".join(parts)


def _with_label(token: str, before: str) -> str:
    """Write the end of a link, with its label if the words before it are not the label any more."""
    match = _SHORTCUT.match(token)
    if match is None:
        return token
    depth = 1
    for index in range(len(before) - 1, -1, -1):
        depth += {"]": 1, "[": -1}.get(before[index], 0)
        if not depth:
            return match[1] if fold_label(before[index + 1 :]) == match[2] else f"][{match[2]}]"
    return f"][{match[2]}]"


def _trim(between: str, left_glue: str, right_glue: str) -> str:
    """Take the added spaces from both ends of what stands between two masks."""
    if left_glue:
        stripped = between.lstrip()
        if len(left_glue) > 1 or (stripped and _closes(stripped[0])):
            between = stripped
    if right_glue:
        stripped = between.rstrip()
        if len(right_glue) > 1 or (stripped and _opens(stripped[-1])):
            between = stripped
    return between


def placeholders(text: str, labels: Collection[str] = ()) -> Counter[str]:
    """Count what a translation must hold as often as its source, in any order.

    The title of a link or of a tag and an entity such as ``&nbsp;`` are text, and a translator's to change.

    Args:
        text: Markdown of a segment.
        labels: of the reference links that its page defines, folded.
    """
    shortcuts = {one.close: f"][{one.label}]" for one in find_shortcuts(text, labels)}
    counted = Counter(
        _canonical(part)
        for part in find_markup(text, labels)
        if part.kind not in VISIBLE and part.start not in shortcuts and not _ABBREVIATION.match(part.text)
    )
    counted.update(shortcuts.values())
    return counted


def _canonical(part: Opaque) -> str:
    if part.kind == "target":
        return f"]({destination(part.text)[0]})"
    if part.kind in {"attributes", "html"}:
        return without_words(part.text)
    if part.kind == "reference":
        return f"][{fold_label(part.text.partition('[')[2][:-1])}]"
    if part.kind == "expression":
        return part.text[:2] + " " + " ".join(part.text[2:-2].split()) + " " + part.text[-2:]
    return part.text
