"""Languages of files: whether a tag that another tool writes means one of the project's."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.exchange.tmx import Languages
from helpcenter.project.tags import canonical_tag, language_of, script_of, territory_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from helpcenter.exchange.units import Document
    from helpcenter.project import Locale, Project


def is_meant(tag: str, wanted: str, others: Collection[str] = ()) -> bool:
    """Whether a tag means a locale: the same, or one of the two says a region and the other none.

    Args:
        tag: of the file, in any letters: ``TR-TR``, ``pt_br``.
        wanted: of the project.
        others: tags of the project that another one does not mean.
    """
    tag = canonical_tag(tag)
    if tag == wanted:
        return True
    same = language_of(tag) == language_of(wanted) and script_of(tag) == script_of(wanted)
    return same and tag not in others and (territory_of(tag) is None or territory_of(wanted) is None)


def languages_of(project: Project, locale: Locale) -> Languages:
    """Give which languages of a file with many are wanted; a memory asks for each of its texts."""
    return Languages(
        # Tools say en-US for any English; whether it is that of the pages, the words tell.
        cache(lambda tag: is_meant(tag, project.source.tag)),
        cache(lambda tag: is_meant(tag, locale.tag, project.locales)),
    )


def check_languages(document: Document, project: Project, locale: Locale, file: Path) -> None:
    """Refuse a file of other languages.

    Raises:
        HelpcenterError: ``import-language``.
    """
    languages = languages_of(project, locale)
    place = Place(file.as_posix())
    found = []
    if document.form == "TMX":
        if not document.units:
            message = f"no text from {project.source.tag} to {locale.tag} is in the file"
            hint = "look at the xml:lang of its <tuv>, or name another --locale"
            found.append(finding("import-language", message, place, help=hint))
    else:
        if not languages.is_source(document.source):
            message = f"the file is translated from '{document.source}', the pages are written in {project.source.tag}"
            hint = f"ask for a translation from {project.source.tag}"
            found.append(finding("import-language", message, place, help=hint))
        if not languages.is_target(document.target):
            message = f"the file is a translation to '{document.target}', not to {locale.tag}"
            known = [tag for tag in project.locales if is_meant(document.target, tag, project.locales)]
            hint = f"import it with --locale {known[0]}" if known else "name the locale it was made for with --locale"
            found.append(finding("import-language", message, place, help=hint))
    if found:
        raise HelpcenterError(*found)
