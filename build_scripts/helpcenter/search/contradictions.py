"""What is wrong with the words of a ``search.yml``: those that can do nothing, and those at odds with each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Finding, finding
from helpcenter.search.analysis import Analyzer
from helpcenter.search.languages import rules_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from helpcenter.diagnostics import Place
    from helpcenter.project.yamlfile import KeyPath, YamlFile
    from helpcenter.search.vocabulary import SearchFile


def find_contradictions(model: SearchFile, file: YamlFile, tag: str) -> list[Finding]:
    """Check the words of a locale, as far as they can be judged without its pages.

    Args:
        model: what the file says.
        file: the same, with places.
        tag: of the locale; words are compared as its search compares them.
    """
    # Stems would join words that are no more than related.
    read = Analyzer(replace(rules_of(tag), stemmer="", endings=None, stop=())).read
    words = _Words(model, file, cache(lambda word: " ".join(piece.surface for piece in read(word))))
    return [
        *words.check_groups(),
        *words.check_one_way(),
        *words.check_misspellings(),
        *words.check_list("protected", model.protected),
        *words.check_list("popular", model.popular),
        *words.check_queries(),
    ]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a file, and how they are compared.

    Args:
        model: what the file says.
        file: the same, with places.
        fold: makes words alike that the search cannot tell apart: ``İADE`` and ``iade``; nothing is left of what holds
            no letter or digit.
    """

    model: SearchFile
    file: YamlFile
    fold: Callable[[str], str]

    def check_list(self, key: str, words: list[str]) -> Iterator[Finding]:
        """Check a list of words in which each should stand once."""
        yield from self._blank(words, key)
        yield from self._repeated((word, (key, index)) for index, word in enumerate(words))

    def check_groups(self) -> Iterator[Finding]:
        """Check the groups of synonyms, each for itself and all together."""
        first: dict[str, int] = {}
        for number, words in enumerate(self.model.synonyms):
            yield from self._blank(words, "synonyms", number)
            folded = {self.fold(word) for word in words} - {""}
            if len(folded) == 1:
                message = f"'{words[0]}' has no synonym in its group"
                hint = "add the other words of the group, or remove it"
                yield finding("search-synonym-alone", message, self.file.place("synonyms", number), help=hint)
            else:
                yield from self._repeated((word, ("synonyms", number, index)) for index, word in enumerate(words))
            for index, word in enumerate(words):
                known = first.setdefault(self.fold(word), number)
                if known != number and self.fold(word):
                    line = self.file.place("synonyms", known).line
                    yield finding(
                        "search-synonym-repeated",
                        f"'{word}' stands in two groups",
                        self.file.place("synonyms", number, index),
                        help=f"the other group is in line {line}: join the two, or use one_way for one of the meanings",
                    )

    def check_one_way(self) -> Iterator[Finding]:
        """Check the words that lead to others: each leads somewhere, and none in a circle."""
        ways = self.model.one_way
        leads = {self.fold(typed): {self.fold(word) for word in words} for typed, words in ways.items()}
        groups = [{self.fold(word) for word in words} for words in self.model.synonyms]
        yield from self._pairs("one_way", ways, "add the words it should find as well, or remove it")
        for typed, words in ways.items():
            here = self.fold(typed)
            for index, word in enumerate(words):
                there = self.fold(word)
                if not here or not there:
                    continue
                place = self.file.place("one_way", typed, index)
                if here == there:
                    message, hint = f"'{typed}' leads to itself", "remove it; a word always finds itself"
                elif here in leads.get(there, ()):
                    message = f"'{typed}' leads to '{word}', and '{word}' to '{typed}'"
                    hint = "write both into a group of 'synonyms', or remove the way that is not meant"
                elif any(here in group and there in group for group in groups):
                    message = f"'{typed}' and '{word}' are synonyms already"
                    hint = "remove it here, or take one of the two out of the group"
                else:
                    continue
                yield finding("search-one-way-idle", message, place, help=hint)

    def check_misspellings(self) -> Iterator[Finding]:
        """Check that nothing is taken for a misspelling that is a word."""
        given = self.model.misspellings
        words = self._vocabulary()
        misspelled = {
            self.fold(typed) for typed, meant in given.items() if self.fold(typed) not in map(self.fold, meant)
        }
        yield from self._pairs("misspellings", given, "add what is meant by it, or remove it")
        for typed, meant in given.items():
            here = self.fold(typed)
            if here in words:
                where = words[here]
                message = f"'{typed}' is given as a misspelling, and is a word of its own in line {where.line}"
                hint = "remove it from one of the two places; use 'one_way' for a word that has another meaning as well"
                yield finding("search-misspelling-word", message, self._key("misspellings", typed), help=hint)
            for index, word in enumerate(meant):
                there = self.fold(word)
                place = self.file.place("misspellings", typed, index)
                if here and here == there:
                    message = f"'{typed}' is '{word}' to the search already"
                    hint = "remove it; capitals, accents and signs make no difference"
                    yield finding("search-misspelling-idle", message, place, help=hint)
                elif there and there in misspelled:
                    message = f"'{word}' is meant by '{typed}', and is given as a misspelling itself"
                    hint = "write what is really meant; one misspelling is not followed to another"
                    yield finding("search-misspelling-word", message, place, help=hint)

    def check_queries(self) -> Iterator[Finding]:
        """Check the promised queries but for their pages, which are not known here."""
        queries = self.model.queries
        for query in queries:
            if not self.fold(query):
                yield _empty(query, self._key("queries", query))
        yield from self._repeated(((query, ("queries", query)) for query in queries), key=True)

    def _vocabulary(self) -> dict[str, Place]:
        """Give the words that are somebody's: of synonyms, one-way words and protected names."""
        model, place = self.model, self.file.place
        words = [
            (word, place("synonyms", n, i)) for n, group in enumerate(model.synonyms) for i, word in enumerate(group)
        ]
        words += [(typed, place("one_way", typed, key=True)) for typed in model.one_way]
        words += [(word, place("one_way", t, i)) for t, found in model.one_way.items() for i, word in enumerate(found)]
        words += [(word, place("protected", index)) for index, word in enumerate(model.protected)]
        found: dict[str, Place] = {}
        for word, where in words:
            if self.fold(word):
                found.setdefault(self.fold(word), where)
        return found

    def _pairs(self, key: str, pairs: dict[str, list[str]], alone: str) -> Iterator[Finding]:
        """Check a mapping from what is typed to words."""
        for typed, words in pairs.items():
            yield from self._blank(words, key, typed)
            if not self.fold(typed):
                yield _empty(typed, self._key(key, typed))
            elif not words:
                yield finding("search-synonym-alone", f"'{typed}' leads to no word", self._key(key, typed), help=alone)
            yield from self._repeated((word, (key, typed, index)) for index, word in enumerate(words))
        yield from self._repeated(((typed, (key, typed)) for typed in pairs), key=True)

    def _blank(self, words: list[str], *at: str | int) -> Iterator[Finding]:
        for index, word in enumerate(words):
            if not self.fold(word):
                yield _empty(word, self.file.place(*at, index))

    def _repeated(self, words: Iterable[tuple[str, KeyPath]], *, key: bool = False) -> Iterator[Finding]:
        first: dict[str, tuple[str, Place]] = {}
        for word, at in words:
            if not self.fold(word):
                continue
            place = self.file.place(*at, key=key)
            known, where = first.setdefault(self.fold(word), (word, place))
            if where != place:
                message = f"'{word}' is '{known}' of line {where.line} once more"
                hint = "remove one of the two; capitals, accents and signs make no difference"
                yield finding("search-term-repeated", message, place, help=hint)

    def _key(self, *at: str) -> Place:
        return self.file.place(*at, key=True)


def _empty(word: str, place: Place) -> Finding:
    hint = "remove it, or write the word"
    return finding("search-term-empty", f"'{word}' holds no letter or digit", place, help=hint)
