"""The texts of a locale: its own catalogs, then those of the locales it builds on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.catalog.pofile import catalog_path, load_catalog
from helpcenter.content import seal, unseal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from helpcenter.catalog.entries import Catalog, Entry
    from helpcenter.project import Locale, Project

_MASK = re.compile(r"(__PH\d+__)")


class LocaleTexts:
    """Looks up what a locale says for a segment; catalogs are read when their page is first asked for.

    Args:
        project: the project.
        locale: the locale.
    """

    def __init__(self, project: Project, locale: Locale) -> None:
        self._project = project
        self._locale = locale
        self._catalogs: dict[tuple[str, str], dict[str, Entry]] = {}
        self._spelling = str.maketrans(locale.settings.spelling) if _is_letterwise(locale) else None

    def catalog(self, tag: str, page: str) -> Catalog:
        """Read one page's catalog of one locale.

        Raises:
            HelpcenterError: it cannot be read.
        """
        return load_catalog(catalog_path(self._project.catalog_folder(tag), page), page, self._project.root)

    def entries(self, tag: str, page: str) -> Mapping[str, Entry]:
        """Give the entries of one page in one locale, by msgid.

        Raises:
            HelpcenterError: the catalog cannot be read.
        """
        entries = self._catalogs.get((tag, page))
        if entries is None:
            entries = {entry.msgid: entry for entry in self.catalog(tag, page).active}
            self._catalogs[tag, page] = entries
        return entries

    def entry(self, page: str, msgid: str) -> tuple[Entry, str] | None:
        """Give the entry with a text for a segment and the tag of the locale it stands in, nearest locale first.

        Raises:
            HelpcenterError: a catalog cannot be read.
        """
        return next(self.candidates(page, msgid), None)

    def candidates(self, page: str, msgid: str) -> Iterator[tuple[Entry, str]]:
        """Give the entries with a text for a segment, each with the tag of its locale, nearest locale first.

        Raises:
            HelpcenterError: a catalog cannot be read.
        """
        for tag in self._locale.chain:
            entry = self.entries(tag, page).get(msgid)
            if entry is not None and entry.msgstr:
                yield entry, tag

    def respell(self, text: str, tag: str) -> str:
        """Write a text of another locale (``tag``) in this locale's spelling; what is sealed keeps its letters."""
        if tag == self._locale.tag or not self._locale.settings.spelling:
            return text
        sealed = seal(text)
        # Every second part is a mask, whose letters are not to be changed either.
        parts = _MASK.split(sealed.text)
        parts[::2] = map(self._write, parts[::2])
        return unseal("".join(parts), sealed.tokens)

    def _write(self, words: str) -> str:
        if self._spelling is not None:
            return words.translate(self._spelling)
        for letters, other in self._locale.settings.spelling.items():
            words = words.replace(letters, other)
        return words


def _is_letterwise(locale: Locale) -> bool:
    return bool(locale.settings.spelling) and all(len(letters) == 1 for letters in locale.settings.spelling)
