"""The page of a locale that lists what the search has found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import fingerprint
from helpcenter.site.staged import StagedPage
from helpcenter.site.words import plain_words, words_of

if TYPE_CHECKING:
    from helpcenter.project import Locale, Project

FOLDER = "search"
"""Where it lies, beside the index; names of pages cannot begin so (``page-name-reserved``)."""
TITLE = "Search results"
"""A word of the theme, which ``results.html`` shows as well."""


def results_page(project: Project, locale: Locale) -> StagedPage:
    """Make the page of results: drawn by ``results.html``, in no navigation, in no sitemap, and not found itself.

    Raises:
        HelpcenterError: the words of the theme cannot be read.
    """
    title = plain_words(words_of(project, locale)).get(TITLE, TITLE)
    return StagedPage(
        path=f"{FOLDER}.md",
        url=f"{FOLDER}/",
        body="",
        title=title,
        meta={
            "type": FOLDER,
            "source": f"{FOLDER}.md",
            "state": "generated",
            "lang": locale.tag,
            "dir": locale.direction,
            "description": "",
            "canonical": f"{project.configuration.site_url}{locale.tag}/{FOLDER}/",
            "noindex": True,
        },
        order=(0, FOLDER),
        source=fingerprint(""),
        extra={"template": "results.html"},
    )
