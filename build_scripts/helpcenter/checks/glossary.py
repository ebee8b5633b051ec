"""Glossaries: whether the translations of a language keep to its terms.

Two things can be told without knowing a language's inflection: a name that stays as it is must stand in the translation, and
a word that is to be avoided must not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import catalog_path
from helpcenter.catalog.glossary import pattern_of, words_of
from helpcenter.checks.places import TextPlaces
from helpcenter.diagnostics import Finding, finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.catalog import Entry
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.project import Project


def check_glossary(
    project: Project, tag: str, page: str, entries: Sequence[Entry], glossary: Glossary
) -> list[Finding]:
    """Check the translations of a page against the glossary of their locale.

    Args:
        project: the project.
        tag: the locale.
        page: path below the content folder.
        entries: the entries whose texts are shown.
        glossary: of the locale.
    """
    found: list[Finding] = []
    places = TextPlaces(project, catalog_path(project.catalog_folder(tag), page))
    terms = [term for term in glossary.terms if term.keep or term.avoid]
    for entry in entries if terms else ():
        if entry.kind == "keyword":
            continue  # what customers type is not always what the shop says
        source, text = words_of(entry.msgid), words_of(entry.msgstr)
        for term in terms:
            if not pattern_of(term.term).search(source):
                continue
            if term.keep and term.term not in text:
                message = f"'{term.term}' stays as it is, and is not in the translation"
                found.append(finding("glossary-keep", message, places.place(entry), help=term.note))
            for word in term.avoid:
                if pattern_of(word).search(text):
                    message = f"'{word}' is not the word for '{term.term}'"
                    hint = "; ".join(filter(None, [f"the glossary says '{term.translation}'", term.note]))
                    found.append(finding("glossary-avoid", message, places.place(entry), help=hint))
    return found
