"""The words of the search: whether their files are right, and lead to pages that exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.diagnostics import finding, suggest
from helpcenter.project.yamlfile import load_yaml
from helpcenter.search import FILE_NAME, load_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.content import Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project


def inspect_vocabularies(project: Project, pages: Sequence[Page]) -> list[Finding]:
    """Check the ``search.yml`` of all locales.

    Args:
        project: the project.
        pages: all that could be read.
    """
    known = {page.path for page in pages}
    return [one for locale in project.locales.values() for one in _inspect(project, locale, known)]


def _inspect(project: Project, locale: Locale, known: set[str]) -> Iterator[Finding]:
    folder = project.locales_folder / locale.tag
    words, found = load_vocabulary(folder, project.root)
    yield from found
    # Of a page that is there and could not be read, others tell what is wrong with it.
    lost = {path for _, path in words.queries if path not in known and not _is_page(project, path)}
    if not lost:
        return
    file = load_yaml(folder / FILE_NAME, project.root)
    for query, path in file.data["queries"].items():
        if path in lost:
            place = file.place("queries", query)
            hint = f"give the path of a page below {project.configuration.docs_dir}/, as in faq/where-is-my-order.md"
            message = f"the query '{query}' leads to '{path}', which is no page"
            yield finding("search-query-page", message, place, label=suggest(path, known), help=hint)


def _is_page(project: Project, path: str) -> bool:
    return path.endswith(".md") and (project.content / path).is_file()
