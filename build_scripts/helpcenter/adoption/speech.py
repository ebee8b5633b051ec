"""Speech: whether a text is in the language it should be in, or still in that of the source.

Names, code and words that this language has taken over from the other are no sign of either.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING

from helpcenter.adoption.units import plain_text
from helpcenter.project.tags import script_of

if TYPE_CHECKING:
    from collections.abc import Iterable

# How the names of a script's letters begin in Unicode, by ISO 15924 code; of scripts that are not listed nothing is said.
_LETTERS = {
    "Arab": ("ARABIC",),
    "Armn": ("ARMENIAN",),
    "Beng": ("BENGALI",),
    "Cyrl": ("CYRILLIC",),
    "Deva": ("DEVANAGARI",),
    "Ethi": ("ETHIOPIC",),
    "Geor": ("GEORGIAN",),
    "Grek": ("GREEK",),
    "Hans": ("CJK",),
    "Hant": ("CJK",),
    "Hebr": ("HEBREW",),
    "Jpan": ("CJK", "HIRAGANA", "KATAKANA"),
    "Kore": ("HANGUL",),
    "Latn": ("LATIN",),
    "Taml": ("TAMIL",),
    "Telu": ("TELUGU",),
    "Thai": ("THAI",),
}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# A name has a site of its own more often than not: `[Nginx](https://nginx.org)`.
_HOST = re.compile(r"https?://([^\s/)>\"']+)")
_EDGES = re.compile(r"\A[\W_]+|[\W_]+\Z")
# A word that stands in so many translated texts is one that the translators chose to keep.
_KEPT = 3
_LEAST_LETTERS = 3
_MOSTLY = 0.8
_FEW = 4
# So many words in a row that stand in the source as well are a sentence that was left out.
_RUN = 6


class Doubt(StrEnum):
    """Why a text is no translation."""

    SAME = "it is the source text"
    MOSTLY = "most of its words are the source's"
    PARTLY = "a part of it is still in the source's language"
    SCRIPT = "it has no letter of the locale's script"


class Speech:
    """Knows the words of the sources, and which of them the translations keep.

    Args:
        sources: all texts of the source pages.
        pairs: source and translation, as far as they are known.
        tag: the locale.
        source_tag: the locale of the sources.
    """

    def __init__(self, sources: Iterable[str], pairs: Iterable[tuple[str, str]], tag: str, source_tag: str) -> None:
        self._small: Counter[str] = Counter()
        self._large: Counter[str] = Counter()
        for text in sources:
            self._count(words(plain_text(text)))
        script = script_of(tag) or ""
        self._letters = _LETTERS.get(script, ()) if script != script_of(source_tag) else ()
        self._kept: Counter[str] = Counter()
        kept: Counter[str] = Counter()
        for source, target in pairs:
            if source != target and self.doubt(source, target) is None:
                kept.update({word.casefold() for word in words(plain_text(target))})
        self._kept = kept

    def _count(self, found: list[str]) -> None:
        """Note how words are written; a capital tells of a name only where not every word has one, nor the first."""
        is_sentence = sum(map(str.islower, found)) * 2 > len(found)
        for i, word in enumerate(found):
            if word.islower():
                self._small[word.casefold()] += 1
            elif word.isupper() or (i and is_sentence):
                self._large[word.casefold()] += 1

    def is_same_in_both(self, text: str) -> bool:
        """Say whether a text holds nothing to translate: names, code, and words that this language keeps."""
        # A word of one or two letters may be one of either language: `a` stands behind many a Turkish name.
        return all(self._kept[word] >= _KEPT and len(word) >= _LEAST_LETTERS for word in self._own(text))

    def doubt(self, source: str, target: str) -> Doubt | None:
        """Tell why a text is no translation of its source; None if it may be one."""
        if source == target:
            return None if self.is_same_in_both(target) else Doubt.SAME
        own = self._own(target)
        foreign = [word for word in own if self._is_foreign(word)]
        if not foreign:
            return None
        if self._letters and not any(unicodedata.name(char, "").startswith(self._letters) for char in target):
            return Doubt.SCRIPT
        native = sum(not (self._small[word] or self._large[word]) for word in own)
        if len(foreign) > 1 and len(foreign) >= _MOSTLY * (len(foreign) + native):
            return Doubt.MOSTLY
        run = self._longest_run(source, target)
        is_sentence = len(run) >= _RUN and sum(map(self._is_foreign, run)) >= _FEW
        return Doubt.PARTLY if is_sentence else None

    def _is_foreign(self, word: str) -> bool:
        """Say whether a word is one of the sources, and none that the translations keep."""
        return bool(self._small[word] or self._large[word]) and self._kept[word] < _KEPT

    def _own(self, text: str) -> list[str]:
        """Give the words of a text that may be translated: all but names."""
        hosts = "".join(_HOST.findall(text)).casefold()
        return [
            word.casefold()
            for word in words(plain_text(text))
            if not self._is_name(word) and not (word[0].isupper() and word.casefold() in hosts)
        ]

    def _is_name(self, word: str) -> bool:
        if word.islower():
            return False
        if word[1:] and not word.isupper() and not word[1:].islower():
            return True
        small, large = self._small[word.casefold()], self._large[word.casefold()]
        return small < large if word.isupper() else bool(large and not small)

    def _longest_run(self, source: str, target: str) -> list[str]:
        """Give the longest row of words that stands in both texts."""
        one, other = ([word.casefold() for word in words(plain_text(text))] for text in (source, target))
        if len(other) < _RUN:
            return []
        match = SequenceMatcher(None, one, other, autojunk=False).find_longest_match()
        return other[match.b : match.b + match.size]


def words(plain: str) -> list[str]:
    """Give what is written like words of a language: no paths, names of files or of variables."""
    found = []
    for token in plain.split():
        core = _EDGES.sub("", token)
        if _WORD.fullmatch(core):
            found += core.split("-")
    return found
