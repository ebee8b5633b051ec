"""The sources of a site: its pages and rules, read and checked once for as many builds as they stay the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Severity
from helpcenter.project.files import stamp
from helpcenter.site.freshness import signature
from helpcenter.site.inputs import code_folders

if TYPE_CHECKING:
    from datetime import date

    from helpcenter.checks import Sources
    from helpcenter.project import Project


def load_sources(project: Project, on: date, *, preview: bool = False) -> Sources:
    """Read and check the sources, or take what the last build read where nothing of it has changed.

    Args:
        project: the project.
        on: the day whose rules hold.
        preview: for editors: what keeps a page from being published keeps no preview back.
    """
    from helpcenter.catalog import catalog_path  # noqa: PLC0415 - only when something is built
    from helpcenter.catalog.keys import REGIONS  # noqa: PLC0415 - as above
    from helpcenter.site.store import Store  # noqa: PLC0415 - as above

    store = Store(project.build_folder / "sources.pickle")
    vocabularies = [project.locales_folder / tag / "search.yml" for tag in project.locales]
    settings = [project.locales_folder / tag / "locale.yml" for tag in project.locales]
    wordings = [catalog_path(project.catalog_folder(tag), REGIONS) for tag in project.locales]
    rules = [project.regions_folder, project.shop_file]
    paths = [project.root / "mkdocs.yml", project.content, *rules, *vocabularies, *settings, *wordings]
    key = signature([*paths, *code_folders(project.root)], on.isoformat(), repr(project.configuration.file.data))
    known: Sources | None = store.get(key)
    if known is not None and all(stamp(one.path) == one for page in known.pages for one in page.included):
        return known
    # What is kept by the same key, from before an included file changed, would not be written over.
    store.clear()
    from helpcenter.checks import inspect_sources  # noqa: PLC0415 - only when something has changed
    from helpcenter.checks.legal import soften  # noqa: PLC0415 - as above

    sources = inspect_sources(project, on)
    if preview:
        sources = replace(sources, findings=tuple(soften(sources.findings)))
    # What has errors ends the command, and nothing is written then.
    if all(one.severity is not Severity.ERROR for one in sources.findings):
        store.put(key, sources)
        store.save()
    return sources
