"""What must come through a translation unchanged, and what shows that nothing was translated."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

MASK = re.compile(r"__PH\d+__")

# What engines make of a mask: other underscores, other digits, spaces and lower case within it.
_BENT = re.compile(r"(?:[_＿]\s*){1,2}PH\s*(?P<number>\d+)(?:\s*[_＿]){1,2}", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_LOWER = re.compile(r"\b[^\W\d_]{3,}\b")
_LEAST_WORDS = 2
_LEAST_CASELESS_LETTERS = 4


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


def hollow_pairs(source: str, translation: str) -> list[tuple[str, str, str]]:
    """Find marked-up text that a translation moved out of its markup: a link or emphasis that is empty now.

    Args:
        source: the sealed text.
        translation: with the masks of the source.

    Returns:
        The opening mask, the words it enclosed in the source, and the closing mask.  Masks that touch the words between
        them are taken for a pair; two facts in a sentence have spaces around them.
    """
    masks = list(MASK.finditer(source))
    hollow = []
    for opening, closing in pairwise(masks):
        inner = source[opening.end() : closing.start()]
        tight = inner == inner.strip() and has_words(inner)
        if tight and re.search(rf"{opening.group()}\s*{closing.group()}", translation):
            hollow.append((opening.group(), inner, closing.group()))
    return hollow


def is_echo(source: str, translation: str) -> bool:
    """Whether a translation is its source again where no language would leave it so.

    Names stay as they are (``Apple Pay``), and so do single words that many languages share (``Status``): an echo has
    two words or more and one of them in lower case, or four letters of a script without cases.
    """
    if " ".join(source.split()).casefold() != " ".join(translation.split()).casefold():
        return False
    words = _WORD.findall(MASK.sub(" ", source))
    caseless = sum(len(word) for word in words if word.lower() == word.upper())
    if caseless >= _LEAST_CASELESS_LETTERS:
        return True
    return len(words) >= _LEAST_WORDS and any(_LOWER.fullmatch(word) and word.islower() for word in words)
