"""A rehearsal: the search of a locale, put to the test before anything is built.

The index is made from pages that are staged and rendered as a build does it.  Only what hooks and plugins of MkDocs do to a
page is missing, such as the titles that static-i18n gives to boxes without one.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from helpcenter.checks.inspection import markdown_config
from helpcenter.content import Forgetful, Renderings
from helpcenter.diagnostics import HelpcenterError
from helpcenter.site.build import Builder
from helpcenter.site.layout import locale_folders
from helpcenter.site.probing import probe, sought_of, tell_probes
from helpcenter.site.search import index_pages
from helpcenter.site.staging import Stager
from helpcenter.site.store import Store

if TYPE_CHECKING:
    from datetime import date

    from helpcenter.checks import Gate, Sources
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project
    from helpcenter.site.probing import Probed, Sought


class Rehearsal:
    """Makes and asks the indexes of locales, without a site.

    Args:
        project: the project.
        sources: its pages and rules, without errors.
        on: the day whose rules hold.
        gate: judges the translations; whoever has asked it before lets it remember.
        keep: whether what came of it may be written where the next check finds it: into the folder of earlier builds.
    """

    def __init__(self, project: Project, sources: Sources, on: date, gate: Gate, *, keep: bool) -> None:
        self._project = project
        self._sources = sources
        self._on = on
        self._gate = gate
        self._renderings = Renderings(markdown_config(project))
        # A check makes no folder where there was none.
        self._keep = keep and project.build_folder.is_dir()
        self._builder = Builder(project, on)

    def inspect(self, tag: str, *, tell: bool = False) -> list[Finding]:
        """Find what the search of a locale does not find.

        Args:
            tag: the locale.
            tell: also tell how much it finds, and each probe that failed.
        """
        done = self.probe(tag)
        if done is None:
            return []
        probed, sought = done
        return [*probed.findings, *(tell_probes(probed.report, sought) if tell else ())]

    def probe(self, tag: str) -> tuple[Probed, Sought] | None:
        """Ask the index of a locale, unless an earlier check or build has asked the same; None where it cannot be made."""
        inputs = self._builder.sign_inputs(self._sources, [tag])[tag]
        store = Store(locale_folders(self._project, tag).probes, self._builder.code)
        known: tuple[Probed, Sought] | None = store.get(inputs)
        if known is None:
            try:
                known = self._ask(tag, store)
            except HelpcenterError:
                # A catalog cannot be read, which is told by whoever inspects the translations.
                return None
            store.put(inputs, known)
            if self._keep:
                # What cannot be kept is asked again.
                with suppress(HelpcenterError, OSError):
                    store.save()
        return known

    def _ask(self, tag: str, store: Store) -> tuple[Probed, Sought]:
        project, regions = self._project, self._sources.regions
        if regions is None:
            raise ValueError("a project whose region rules cannot be read has no index")
        stager = Stager(project, project.locales[tag], regions, self._on, self._gate)
        staged = stager.stage_today(self._sources.pages)
        html = {page.url: self._renderings.render(page.body).html for page in staged.pages}
        index = index_pages(tag, staged.pages, html, staged.vocabularies, Forgetful(), source=project.source.tag)
        sought = sought_of(project, tag, staged.pages)
        return probe(index, sought, store), sought
