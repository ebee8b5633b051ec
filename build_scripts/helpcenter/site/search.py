"""The search index of a built locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.diagnostics import Finding, Place, finding
from helpcenter.project import write_atomic
from helpcenter.search import (
    PARTS,
    WORKER_FILE,
    Analyzer,
    Counts,
    Document,
    Index,
    base_language,
    build_index,
    bundle_worker,
    count_terms,
    document_from_html,
    other_languages,
    query,
    write_index,
)
from helpcenter.site.store import Store, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from helpcenter.search import Vocabulary
    from helpcenter.site.staged import StagedPage
    from helpcenter.site.worker import LocaleJob

SCRIPTS = "assets/javascripts/search"


def write_search(job: LocaleJob, html: Mapping[str, str], site: Path, store: Store) -> list[Finding]:
    """Write the search index of a locale, and what the browser needs to ask it.

    Args:
        job: what was built.
        html: the text of each page as HTML, by address.
        site: the finished site of the locale.
        store: what earlier runs read from the same HTML, and counted in it.

    Returns:
        ``search-query-missed`` findings.
    """
    source = job.configuration["extra"]["hc"]["source_locale"]
    index = index_pages(job.tag, job.pages, html, job.vocabularies, store, source=source)
    write_index(index, site / "search")
    _write_worker(site / SCRIPTS, (group.rules.language for group in index.groups))
    return [problem for page in job.pages for problem in _missed(page, index)]


def index_pages(
    tag: str,
    pages: Sequence[StagedPage],
    html: Mapping[str, str],
    vocabularies: Mapping[str, Vocabulary],
    store: Store,
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
    words = {other: vocabularies[other] for other in (base_language(source), *other_languages(documents, tag))}

    def count(document: Document, analyzer: Analyzer) -> Counts:
        key = digest("terms", repr(analyzer.rules), repr(sorted(analyzer.protected)), repr(document))
        known: Counts | None = store.get(key)
        if known is None:
            known = count_terms(document, analyzer)
            store.put(key, known)
        return known

    return build_index(documents, tag, vocabularies[base_language(tag)], words, count, source=source)


def _write_worker(scripts: Path, languages: Iterable[str]) -> None:
    """Put the worker in the place of the scripts that it is made of, which the theme has brought."""
    worker = bundle_worker(scripts, languages)
    for part in PARTS:
        (scripts / part).unlink()
    write_atomic(scripts / WORKER_FILE, worker, durable=False)


def _missed(page: StagedPage, index: Index) -> list[Finding]:
    """Find the searches that an editor promised to find a page first, and that do not."""
    found = []
    for words in page.queries:
        hits = query(index, words, limit=1).hits
        if not hits or hits[0].url != page.url:
            instead = f"'{hits[0].title}' is first" if hits else "nothing is found"
            message = f"the search '{words}' does not find this page first: {instead}"
            hint = "put the words customers use into its 'keywords', or take the query out"
            found.append(finding("search-query-missed", message, Place(f"content/{page.path}"), help=hint))
    return found


def _document(page: StagedPage, html: str, store: Store) -> Document:
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
