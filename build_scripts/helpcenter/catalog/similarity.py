"""Similar texts: finding, among all that a locale has set aside, the one a new segment may have been."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Of texts from another page more is asked than of those of the same one: there are more of them, and nothing but their
# words says that they belong together.
LEAST_SIMILARITY = 80.0

# A text that is mostly the same shares one of its rarest words, or nearly so: comparing all with all takes minutes where
# thousands of texts are new and thousands are gone.
_RAREST = 6
_MOST_CANDIDATES = 200

_WORD = re.compile(r"\w+")


class SimilarTexts:
    """Finds the most similar of some texts.

    Args:
        texts: in the order of preference where two are equally similar.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = list(dict.fromkeys(texts))
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(self._texts):
            for word in _words(text):
                self._by_word[word].append(number)

    def find(self, text: str) -> str | None:
        """Give the most similar one, or None where none is similar enough."""
        from rapidfuzz import process  # noqa: PLC0415 - 30 ms that a run without changes does not pay
        from rapidfuzz.fuzz import ratio  # noqa: PLC0415 - as above

        known = sorted((len(self._by_word[word]), word) for word in _words(text) if word in self._by_word)
        numbers = {number for _, word in known[:_RAREST] for number in self._by_word[word][:_MOST_CANDIDATES]}
        candidates = [self._texts[number] for number in sorted(numbers)]
        best = process.extractOne(text, candidates, scorer=ratio, score_cutoff=LEAST_SIMILARITY)
        return None if best is None else best[0]


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.lower())) or {text}
