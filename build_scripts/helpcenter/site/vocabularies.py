"""The words that a locale's search knows beside those of its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.regions.brands import offered_names
from helpcenter.search import Vocabulary, base_language, load_vocabulary

if TYPE_CHECKING:
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
