"""What must come through a translation unchanged."""

from __future__ import annotations

import re
from collections import Counter

MASK = re.compile(r"__PH\d+__")

# What engines make of a mask: other underscores, other digits, spaces and lower case within it.
_BENT = re.compile(r"(?:[_＿]\s*){1,2}PH\s*(?P<number>\d+)(?:\s*[_＿]){1,2}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_HOLLOW = re.compile(rf"\[\s*{MASK.pattern}")
_PAIR = (
    r"(?P<left>\w?)(?<!\*)(?P<mark>{mark})(?!\*)(?P<inleft>\s*)(?P<text>[^*\s](?:[^*]*[^*\s])?)(?P<inright>\s*)"
    r"(?<!\*){mark}(?!\*)(?P<right>\w?)"
)
_MARKS = ("**", "*")


def has_words(text: str) -> bool:
    """Whether there is a letter to translate outside the masks."""
    return _WORD.search(MASK.sub(" ", text)) is not None


def restore_masks(source: str, translation: str) -> str | None:
    """Give a translation with the masks of its source written as there, or None when one is lost, double or foreign."""
    wanted = Counter(MASK.findall(source))
    if Counter(MASK.findall(translation)) == wanted:
        return translation
    mended = _BENT.sub(lambda match: f"__PH{int(match['number'])}__", translation)
    return mended if Counter(MASK.findall(mended)) == wanted else None


def loosen_emphasis(text: str) -> str:
    """Put space within emphasis, for engines that know a word only where it stands alone; undone by `restore_emphasis`."""
    for mark in _MARKS:
        pattern, pairs = _emphasis(mark, text)
        if pairs:
            text = pattern.sub(_loosen, text)
    return text


def restore_emphasis(source: str, translation: str) -> str:
    """Take the space out that engines put within emphasis (``** bold **``), where there is as much as in the source."""
    for mark in _MARKS:
        pattern, pairs = _emphasis(mark, source)
        if pairs and len(pattern.findall(translation)) == len(pairs):
            translation = pattern.sub(_tighten, translation)
    return translation


def keeps_emphasis(source: str, translation: str) -> bool:
    """Whether a translation has as many pairs of asterisks as its source."""
    return all(
        len(pairs) == len(pattern.findall(translation))
        for pattern, pairs in (_emphasis(mark, source) for mark in _MARKS)
        if pairs
    )


def _emphasis(mark: str, text: str) -> tuple[re.Pattern[str], list[re.Match[str]]]:
    """Give what finds emphasis by a mark, and what there is in a text: none where it may be asterisks between numbers."""
    pattern = re.compile(_PAIR.format(mark=re.escape(mark)))
    pairs = list(pattern.finditer(text))
    return pattern, pairs if all(map(_is_tight, pairs)) else []


def _is_tight(pair: re.Match[str]) -> bool:
    """Whether asterisks stand at their words; beside a mask there is the space that sealing adds."""
    left = not pair["inleft"] or MASK.match(pair["text"]) is not None
    right = not pair["inright"] or re.search(rf"{MASK.pattern}\Z", pair["text"]) is not None
    return left and right and not (pair["inleft"] and pair["inright"])


def _loosen(pair: re.Match[str]) -> str:
    """Put space within emphasis; within a word nobody could tell afterwards that there was none."""
    if pair["left"] or pair["right"]:
        return pair.group()
    return f"{pair['mark']} {pair['text']} {pair['mark']}"


def _tighten(match: re.Match[str]) -> str:
    """Move space from within emphasis to its outside where a word stands close there."""
    left = " " if match["inleft"] and match["left"] else ""
    right = " " if match["inright"] and match["right"] else ""
    return f"{match['left']}{left}{match['mark']}{match['text']}{match['mark']}{right}{match['right']}"


def keeps_links(source: str, translation: str) -> bool:
    """Whether every link still opens and holds words before its target's mask: engines move words out of links."""
    if source.count("[") != translation.count("["):
        return False
    return len(_HOLLOW.findall(translation)) <= len(_HOLLOW.findall(source))
