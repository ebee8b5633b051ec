"""Glossaries: whether the translations of a language keep to its terms, and whether its glossary agrees with itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import catalog_path
from helpcenter.catalog.glossary import FILE, read_glossary
from helpcenter.checks.places import TextPlaces
from helpcenter.checks.quality import read_pairs
from helpcenter.diagnostics import Finding, HelpcenterError, finding
from helpcenter.inflection import find_phrase
from helpcenter.quality.terms import find_term_problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.catalog import Entry
    from helpcenter.catalog.glossary import Glossary, Term
    from helpcenter.project import Project
    from helpcenter.project.yamlfile import YamlFile
    from helpcenter.quality import Direction


def check_glossary(
    project: Project,
    page: str,
    entries: Sequence[Entry],
    direction: Direction,
    glossary: Glossary,
    labels: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Check the translations of a page or sheet against the glossary of their locale.

    Args:
        project: the project.
        page: path below the content folder, or of a sheet.
        entries: the locale's own, whose texts are shown.
        direction: from which language into which; its target is the locale whose catalog this is.
        glossary: of the locale.
        labels: of the page's link references.
    """
    places = TextPlaces(project, catalog_path(project.catalog_folder(direction.target), page))
    return [
        finding(problem.code, problem.message, places.place(entry, problem.span), help=problem.help)
        for entry, pair in (read_pairs(page, entries, labels) if glossary.terms else ())
        for problem in find_term_problems(pair, direction, glossary)
    ]


def inspect_glossary(project: Project, tag: str) -> list[Finding]:
    """Find entries that say the same or the opposite of others, in the glossary of a locale and the one of all.

    What cannot be read is told by whoever reads the terms.
    """
    found: list[Finding] = []
    for folder in (project.locales_folder, project.locales_folder / tag):
        if (folder / FILE).is_file():
            try:
                glossary, file = read_glossary(folder / FILE, project.root)
            except HelpcenterError:
                continue
            found += _check_repetitions(glossary.terms, file)
            found += [
                one for index, term in enumerate(glossary.terms) for one in _check_avoided(term, index, file, tag)
            ]
    return found


def _check_repetitions(terms: Sequence[Term], file: YamlFile) -> list[Finding]:
    found: list[Finding] = []
    first: dict[str, int] = {}
    for index, term in enumerate(terms):
        other = first.setdefault(term.name, index)
        if other == index:
            continue
        line = file.place("terms", other).line
        names = [one.translation or one.term for one in (terms[other], term)]
        place = file.place("terms", index, "term")
        if names[0] == names[1]:
            hint = f"it is first in line {line}; make one entry of the two"
            found.append(finding("glossary-twice", f"the term '{term.term}' stands twice", place, help=hint))
        else:
            message = f"'{term.term}' is '{names[1]}' here and '{names[0]}' in line {line}"
            hint = "keep one of the two, and list the other name under 'forms' if it is right as well"
            found.append(finding("glossary-contradiction", message, place, help=hint))
    return found


def _check_avoided(term: Term, index: int, file: YamlFile, tag: str) -> list[Finding]:
    """Find words to avoid that are a name of the term itself."""
    names = (term.translation or term.term, *term.forms)
    return [
        finding(
            "glossary-contradiction",
            f"'{word}' is to be avoided for '{term.term}', and '{name}' is its name",
            file.place("terms", index, "avoid", number),
            help="take it out of 'avoid', or the name out of the entry",
        )
        for number, word in enumerate(term.avoid)
        for name in names
        if _is_same(word, name, tag)
    ]


def _is_same(one: str, other: str, tag: str) -> bool:
    """Whether one of two names is a form of the other, and not only of a part of it."""
    return any((0, len(b)) in find_phrase(a, b, tag, strict=True) for a, b in ((one, other), (other, one)))
