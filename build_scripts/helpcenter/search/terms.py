"""The terms of an index that a word stands for: the counterpart of ``terms.js``.

lunr finds them by walking two automata.  The one of a misspelled word has nodes for every pair of mistakes: a million for
a word of thirty letters, and the time of a pasted text has no end.  Comparing the word with the terms costs at most as
much as there are terms.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Terms:
    """The terms of an index, to be asked for; to lunr, its token set.

    Args:
        terms: all of them, sorted.

    Attributes:
        places: the number of each.
    """

    def __init__(self, terms: Sequence[str]) -> None:
        self._all = terms
        self.places = {term: place for place, term in enumerate(terms)}
        self.chosen: list[str] = []

    def intersect(self, _asked: object) -> Terms:
        """Answer lunr: the terms of a query were chosen before it was made."""
        return self

    def to_list(self) -> list[str]:
        """Give the chosen terms, as lunr asks for them."""
        return self.chosen

    def exact(self, word: str) -> list[str]:
        """Give the term that is the word."""
        return [word] if word in self.places else []

    def beginning(self, start: str) -> list[str]:
        """Give the terms that begin so."""
        ordered = self._ordered
        found = ordered[bisect_left(ordered, start) : bisect_left(ordered, start + "\U0010ffff")]
        return sorted(found, key=self.places.__getitem__)

    def holding(self, part: str) -> list[str]:
        """Give the terms that hold a part somewhere."""
        return [term for term in self._all if part in term]

    def near(self, word: str, edits: int) -> list[str]:
        """Give the terms that so many letters added, missing, wrong or exchanged with their neighbour lead to."""
        lengths = range(len(word) - edits, len(word) + edits + 1)
        candidates = [term for length in lengths for term in self._by_length.get(length, ())]
        return sorted(_near(word, candidates, edits), key=self.places.__getitem__)

    def near_beginning(self, word: str, edits: int) -> list[str]:
        """Give the terms of which a beginning is so near."""
        found: set[str] = set()
        for length in range(len(word) - edits, len(word) + edits + 1):
            begun = defaultdict(list)
            for term in self._all:
                if len(term) >= length:
                    begun[term[:length]].append(term)
            for start in _near(word, list(begun), edits):
                found.update(begun[start])
        return sorted(found, key=self.places.__getitem__)

    @cached_property
    def _ordered(self) -> list[str]:
        # By code point; the index has them by code unit of UTF-16.
        return sorted(self._all)

    @cached_property
    def _by_length(self) -> dict[int, list[str]]:
        found = defaultdict(list)
        for term in self._all:
            found[len(term)].append(term)
        return dict(found)


def _near(word: str, terms: list[str], edits: int) -> Iterator[str]:
    from rapidfuzz import process  # noqa: PLC0415 - most queries hold no misspelling
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    for term, _, _ in process.extract_iter(word, terms, scorer=OSA.distance, score_cutoff=edits):
        yield term
