"""The search index of a built locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.diagnostics import Finding, Place, finding
from helpcenter.project import write_atomic
from helpcenter.search import (
    PAGE_FILE,
    PAGE_PARTS,
    PARTS,
    WORKER_FILE,
    Analyzer,
    Counts,
    Document,
    Index,
    base_language,
    build_fitting_index,
    bundle_interface,
    bundle_worker,
    count_terms,
    document_from_html,
    other_languages,
    write_index,
)
from helpcenter.site.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from helpcenter.content import Results
    from helpcenter.search import Vocabulary
    from helpcenter.site.staged import StagedPage
    from helpcenter.site.worker import LocaleJob

SCRIPTS = "assets/javascripts/search"


def write_search(job: LocaleJob, html: Mapping[str, str], site: Path, store: Results) -> Index:
    """Write the search index of a locale, and what the browser needs to ask it.

    Args:
        job: what was built.
        html: the text of each page as HTML, by address.
        site: the finished site of the locale.
        store: what earlier runs read from the same HTML, and counted in it.

    Returns:
        the index.
    """
    source = job.configuration["extra"]["hc"]["source_locale"]
    index = index_pages(job.tag, job.pages, html, job.vocabularies, store, source=source)
    write_index(index, site / "search")
    _write_scripts(site / SCRIPTS, (group.rules.language for group in index.groups))
    return index


def index_pages(
    tag: str,
    pages: Sequence[StagedPage],
    html: Mapping[str, str],
    vocabularies: Mapping[str, Vocabulary],
    store: Results,
    *,
    source: str,
) -> Index:
    """Make the search index of a locale from its staged pages.

    Args:
        tag: the locale.
        pages: in the order that decides between equals; one without HTML is left out.
        html: the text of each page as HTML, by address.
        vocabularies: the words of each language, as :func:`gather_vocabularies` gives them.
        store: what earlier runs read from the same HTML, and counted in it.
        source: tag of the source language.
    """
    documents = [_document(page, html[page.url], store) for page in pages if page.url in html]
    spoken = (base_language(tag), base_language(source), *other_languages(documents, tag))
    words = {language: vocabularies[language] for language in spoken}

    def count(document: Document, analyzer: Analyzer) -> Counts:
        key = digest("terms", repr(analyzer.rules), repr(sorted(analyzer.protected)), repr(document))
        known: Counts | None = store.get(key)
        if known is None:
            known = count_terms(document, analyzer)
            store.put(key, known)
        return known

    return build_fitting_index(documents, tag, words, count, source=source)


def _write_scripts(scripts: Path, languages: Iterable[str]) -> None:
    """Put the scripts of the page and of the worker in the place of those they are made of, which the theme has brought."""
    made = {WORKER_FILE: bundle_worker(scripts, languages), PAGE_FILE: bundle_interface(scripts)}
    for part in (*PARTS, *PAGE_PARTS):
        (scripts / part).unlink()
    for name, script in made.items():
        write_atomic(scripts / name, script, durable=False)


def find_shortened(index: Index) -> list[Finding]:
    """Say what was left out of an index, so that nobody wonders why a word deep in a text finds nothing."""
    fitted = index.fitted
    if fitted is None or not fitted.is_shortened:
        return []
    size = f"{fitted.size / 1000:.0f} kB of {fitted.limit / 1000:.0f} kB for {len(index.documents)} pages"
    message = f"the search index of {index.language} {fitted.describe()} ({size})"
    hint = "nothing need be done; a word that must find a page belongs into its title, headings or 'keywords'"
    return [finding("search-index-shortened", message, Place(f"site/{index.language}/search/index.json"), help=hint)]


def _document(page: StagedPage, html: str, store: Results) -> Document:
    key = digest(
        "document",
        page.url,
        page.title,
        page.meta["type"],
        page.meta["answer"],
        page.meta["lang"],
        page.meta["description"],
        html,
        repr(page.bridge),
        *page.keywords,
    )
    known: Document | None = store.get(key)
    if known is None:
        known = document_from_html(
            page.url,
            page.title,
            html,
            type=page.meta["type"],
            keywords=page.keywords,
            answer=page.meta["answer"],
            lang=page.meta["lang"],
            summary=page.meta["description"],
            bridge=page.bridge,
        )
        store.put(key, known)
    return known
