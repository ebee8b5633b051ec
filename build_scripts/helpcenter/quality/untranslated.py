"""Untranslated: whether a translation, or a passage of it, is its source again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.quality.pairs import Problem
from helpcenter.quality.scripts import scripts_of
from helpcenter.quality.wording import WORD, language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.quality.pairs import Direction, Pair

_MASK = re.compile(r"__PH\d+__")
_LEAST_LETTERS = 3
_LEAST_WORDS = 2
_LEAST_CASELESS_LETTERS = 4
# So many words of the source in a row are a passage that was left: in a language with letters of its own fewer do,
# because there only names and labels are written in others.
_PASSAGE = 5
_PASSAGE_IN_OTHER_LETTERS = 4


def check_untranslated(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a translation that is its source again, and passages of four words or more that were left in it."""
    if pair.kind == "keyword" or language_of(direction.source) == language_of(direction.target):
        return  # customers type foreign words too; a text of the same language differs only where it must
    if is_echo(pair.source_words, pair.text_words):
        yield Problem("translation-untranslated", "the text is its source again")
        return
    least = _PASSAGE_IN_OTHER_LETTERS if _has_letters_of_its_own(direction) else _PASSAGE
    for start, end in _find_passages(pair, least):
        passage = pair.text[start:end]
        yield Problem("translation-untranslated", f"'{passage}' is left as it is in the source", (start, end))


def is_echo(source: str, translation: str) -> bool:
    """Whether a translation is its source again where no language would leave it so.

    Case, spaces and punctuation may differ. Names stay as they are (``Apple Pay``), and so do single words that many
    languages share (``Status``): an echo has two words or more and one of them in lower case, or four letters of a script
    without cases.

    Args:
        source: with masks or with :data:`~helpcenter.quality.BLANK` where it is sealed.
        translation: in the same way.
    """
    words = WORD.findall(_MASK.sub(" ", source))
    if [word.casefold() for word in words] != [word.casefold() for word in WORD.findall(_MASK.sub(" ", translation))]:
        return False
    return _is_prose(words)


def _is_prose(words: Sequence[str]) -> bool:
    """Whether words are more than names."""
    caseless = sum(letter.lower() == letter.upper() for word in words for letter in word)
    if caseless >= _LEAST_CASELESS_LETTERS:
        return True
    return len(words) >= _LEAST_WORDS and any(word.islower() and len(word) >= _LEAST_LETTERS for word in words)


def _has_letters_of_its_own(direction: Direction) -> bool:
    return not scripts_of(direction.source) & scripts_of(direction.target)


def _find_passages(pair: Pair, least: int) -> Iterator[tuple[int, int]]:
    """Find runs of at least so many words that stand in the source too, with at least two of them in lower case."""
    words = list(WORD.finditer(pair.text_words))
    source = [word.casefold() for word in WORD.findall(pair.source_words)]
    runs = {tuple(source[start : start + least]) for start in range(len(source) - least + 1)}
    position = 0
    while runs and position + least <= len(words):
        end = position
        while tuple(word[0].casefold() for word in words[end : end + least]) in runs:
            end += 1
        if end == position:
            position += 1
            continue
        last = end + least - 1
        if sum(word[0].islower() and len(word[0]) >= _LEAST_LETTERS for word in words[position:last]) >= _LEAST_WORDS:
            yield words[position].start(), words[last - 1].end()
        position = last
