"""The words that a locale's search knows beside those of its pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.regions.brands import find_names, offered_names
from helpcenter.search import Vocabulary, base_language, load_vocabulary, places_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.diagnostics import Place
    from helpcenter.project import Locale, Project
    from helpcenter.regions import RegionView


def gather_vocabularies(project: Project, locale: Locale, view: RegionView) -> dict[str, Vocabulary]:
    """Give the words of a locale's index, by language: its own, and the source's for what is found by source texts.

    Args:
        project: the project, whose ``search.yml`` files were checked before.
        locale: the locale.
        view: what its pages see; payment methods and carriers have names in several scripts.

    Returns:
        Base language → words. That of the locale itself is always there.
    """
    source = project.source
    names = _names(view, source.tag)
    found = {base_language(source.tag): vocabulary_of(project, source) | names}
    # Last, since a locale may be in the language of the source.
    found[base_language(locale.tag)] = vocabulary_of(project, locale) | names
    return found


def vocabulary_of(project: Project, locale: Locale) -> Vocabulary:
    """Give the words that people wrote for a locale, after those of the languages it builds on."""
    words = Vocabulary()
    for tag in vocabulary_chain(project, locale):
        words |= load_vocabulary(project.locales_folder / tag, project.root)[0]
    return words


def vocabulary_chain(project: Project, locale: Locale) -> tuple[str, ...]:
    """Give the locales whose words a locale's search knows, the most general first."""
    below = (project.source.tag,) if locale.builds_on_source else ()
    return tuple(dict.fromkeys((*below, *reversed(locale.chain), locale.tag)))


def _names(view: RegionView, source: str) -> Vocabulary:
    """Give the names of what a region offers: each finds the others, and a brand is never taken for another word."""
    offered = offered_names(view, source)
    # A name of several words is no word that could be protected, and each of its words has a meaning of its own.
    brands = (name for one in offered if one.is_brand for name in one.names if len(name.split()) == 1)
    return Vocabulary(tuple(one.names for one in offered if len(one.names) > 1), protected=tuple(dict.fromkeys(brands)))


@dataclass(frozen=True, slots=True)
class Origins:
    """Where the words of a locale's search stand, for whoever asks why a page was found.

    Args:
        written: words that belong together, as :class:`Vocabulary` has them → their place in a ``search.yml``.
        named: all names of a payment method or carrier → its place in a table.
    """

    written: Mapping[tuple[str, ...], Place]
    named: Mapping[frozenset[str], Place]

    def find(self, words: Sequence[str]) -> Place | None:
        """Give the place of some words; None where the files have changed since the site was built."""
        known = self.written.get(tuple(words))
        return known or next((place for names, place in self.named.items() if names.issuperset(words)), None)


def find_origins(project: Project, locale: Locale) -> Origins:
    """Read where the words of a locale's search come from; what cannot be read is left out, since others tell of it."""
    tags = (*vocabulary_chain(project, project.source), *vocabulary_chain(project, locale))
    written: dict[tuple[str, ...], Place] = {}
    for tag in tags:
        written |= places_of(project.locales_folder / tag, project.root)
    return Origins(written, find_names(project.regions_folder, project.root))
