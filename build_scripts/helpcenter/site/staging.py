"""Staging: the finished Markdown of one locale, ready for MkDocs to read."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from helpcenter.catalog import LocaleTexts, catalog_path, fingerprint
from helpcenter.checks.inspection import verdict_finding
from helpcenter.checks.strings import region_wording
from helpcenter.content import Forgetful, assemble
from helpcenter.diagnostics import Finding, HelpcenterError
from helpcenter.project.tags import direction_of
from helpcenter.regions import render_template
from helpcenter.review import PageText, Shown, publish_page
from helpcenter.site.components import ComponentWriter
from helpcenter.site.store import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from helpcenter.checks import Gate
    from helpcenter.content import Page, Results, Segment
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Regions

_FRONT_MATTER_END = re.compile(r"^---[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class StagedPage:
    """A page as MkDocs reads it, but for what depends on the other locales.

    Args:
        path: of the source file below ``content/``.
        url: below the locale's folder, with a slash at its end; empty for home.
        body: finished Markdown.
        title: in the language of the text.
        meta: the page's data for templates, without ``published``.
        order: position among its siblings.
        source: fingerprint of the source file.
        keywords: words that only search knows.
        queries: searches that must find it first; they are in the source language and hold where the text is.
        extra: values of the project's own keys, translated where they are to be.
    """

    path: str
    url: str
    body: str
    title: str
    meta: dict[str, Any]
    order: tuple[int, str]
    source: str
    keywords: tuple[str, ...] = ()
    queries: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def is_published(self) -> bool:
        """Whether the page is a real translation, which other languages may link to."""
        return bool(self.meta["state"] != "fallback")

    def front_matter(self, published: Sequence[str]) -> dict[str, Any]:
        """Give the page's front matter.

        Args:
            published: the locales that have a real version of the page.
        """
        head: dict[str, Any] = {"title": self.title}
        if self.meta["description"]:
            head["description"] = self.meta["description"]
        data = {key: value for key, value in self.meta.items() if key != "description"}
        head |= self.extra
        head["hc"] = data | {"keywords": list(self.keywords), "published": list(published)}
        return head

    def text(self, published: Sequence[str]) -> str:
        """Write the whole file; front matter is JSON, which is YAML that needs no thought about quoting."""
        items = self.front_matter(published).items()
        lines = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in items)
        return f"---\n{lines}---\n{self.body}"


@dataclass(frozen=True, slots=True)
class StagedLocale:
    """All pages of a locale.

    Args:
        tag: the locale.
        pages: in the order of the source paths.
        findings: what was left out or is shown otherwise, and why.
        structures: of its source pages, by path, as the gate gives them; empty where nobody asked.
    """

    tag: str
    pages: tuple[StagedPage, ...] = ()
    findings: tuple[Finding, ...] = ()
    structures: Mapping[str, str] = field(default_factory=dict)

    def __add__(self, other: StagedLocale) -> StagedLocale:
        """Put two parts of one locale together."""
        structures = {**self.structures, **other.structures}
        return StagedLocale(self.tag, self.pages + other.pages, self.findings + other.findings, structures)


class Stager:
    """Stages the pages of one locale.

    Args:
        project: the project.
        locale: the locale.
        regions: the region rules.
        on: the day whose rules hold.
        gate: judges the translations.
        results: pages that earlier runs staged.
        drafts: also stage pages that are marked as drafts.

    Raises:
        HelpcenterError: the catalog of the region files cannot be read.
    """

    def __init__(
        self,
        project: Project,
        locale: Locale,
        regions: Regions,
        on: date,
        gate: Gate,
        results: Results | None = None,
        *,
        drafts: bool = False,
    ) -> None:
        self._project = project
        self._locale = locale
        self._gate = gate
        self._drafts = drafts
        self._texts = LocaleTexts(project, locale)
        self._view = regions.view(locale.region, on, locale.tag, region_wording(project, locale, self._texts))
        # What is shown in the source language has its facts written in that language too, those of the reader's region.
        self._source_view = regions.view(locale.region, on, project.source.tag)
        self._components = ComponentWriter(project, locale, locale, self._view, regions, on)
        self._source_components = ComponentWriter(project, locale, project.source, self._source_view, regions, on)
        self._results: Results = results if results is not None else Forgetful()
        self._key = digest(
            repr(locale),
            repr(project.source),
            repr(project.configuration.file.data),
            self._view.fingerprint(),
            self._source_view.fingerprint(),
        )

    def stage(self, pages: Sequence[Page], *, structures: bool = False) -> StagedLocale:
        """Stage pages; what cannot be shown gives way to the source, with a finding that says so.

        Args:
            pages: the pages.
            structures: also give the structures of the sources.

        Raises:
            HelpcenterError: catalogs that cannot be read, all at once.
        """
        staged: list[StagedPage] = []
        found: list[Finding] = []
        broken: list[Finding] = []
        for page in pages:
            if page.meta.draft and not self._drafts:
                continue
            try:
                one, problems = self._recall(page)
            except HelpcenterError as error:
                broken += error.findings
                continue
            staged.append(one)
            found += problems
        if broken:
            raise HelpcenterError(*broken)
        known = {page.path: self._gate.structure(page, kept=True) for page in pages} if structures else {}
        return StagedLocale(self._locale.tag, tuple(staged), tuple(found), known)

    def _recall(self, page: Page) -> tuple[StagedPage, list[Finding]]:
        """Take a page as it was staged from the same source, the same catalogs and the same facts, or stage it."""
        files = (
            catalog_path(self._project.catalog_folder(tag), page.path)
            for tag in self._locale.chain
            if tag != self._project.source.tag
        )
        # On a page in the source language components are in that language.
        drawn = self._components.key(page) + self._source_components.key(page)
        key = digest(
            self._key, page.path, page.source, drawn, *(file.read_bytes() if file.is_file() else b"" for file in files)
        )
        known: tuple[StagedPage, list[Finding]] | None = self._results.get(key)
        if known is None:
            known = self.stage_page(page)
            self._results.put(key, known)
        return known

    def stage_page(self, page: Page) -> tuple[StagedPage, list[Finding]]:
        """Stage one page.

        Raises:
            HelpcenterError: a catalog cannot be read, or a fact is missing.
        """
        refused: set[tuple[str, str]] = set()
        found: list[Finding] = []
        while True:
            text = publish_page(page, self._project, self._locale, self._texts, without=refused)
            verdicts = self._gate.judge(page, text.texts) if text.texts else ()
            if not verdicts:
                return self._write(page, text), found
            for verdict in verdicts:
                entry, tag = text.origins[verdict.msgid]
                refused.add((verdict.msgid, tag))
                # A text that is built upon is reported once, by the locale that owns it.
                if tag == self._locale.tag:
                    found.append(verdict_finding(self._project, page, verdict, entry, tag))

    def _write(self, page: Page, text: PageText) -> StagedPage:
        fallback = not text.is_translation
        locale = self._project.source if fallback else self._locale
        view = self._source_view if fallback else self._view
        components = self._source_components if fallback else self._components
        mixed = any(how is Shown.FALLBACK for how in text.shown.values()) and not fallback

        def translate(segment: Segment) -> str | None:
            if mixed and not segment.key and text.shown.get(segment.text) is Shown.FALLBACK:
                return self._write_in_source_language(segment.text, page)
            return text.texts.get(segment.text)

        def shell(segment: Segment, inline: str) -> str:
            how = text.shown.get(segment.text)
            if how is Shown.FALLBACK and mixed:
                tag = self._project.source.tag
                return f'<span class="hc-source" lang="{tag}" dir="{direction_of(tag)}">{inline}</span>'
            if how is Shown.OUTDATED:
                return f'<span class="hc-outdated">{inline}</span>'
            return inline

        if mixed or Shown.OUTDATED in text.shown.values():
            body = _body_of(assemble(page, translate, shell=shell), page)
        else:
            body = self._gate.write_body(page, text.texts)

        def say(words: str) -> str:
            # What is left in the source language has its facts in that language, too.
            own = self._source_view if text.shown.get(words) is Shown.FALLBACK else view
            return render_template(text.texts.get(words, words), own, name=page.name, markup=False)

        meta = page.meta
        return StagedPage(
            path=page.path,
            url=page.url,
            body=render_template(body, view, name=page.name, draw=components.drawing(page)),
            title=say(meta.title),
            meta={
                "type": meta.type,
                "topics": list(meta.topics),
                "source": page.path,
                "state": text.state,
                "lang": locale.tag,
                "dir": locale.direction,
                "description": say(meta.description or meta.summary),
                "answer": say(meta.answer) if meta.answer else "",
                "canonical": self._canonical(page, fallback=fallback),
                "noindex": fallback,
            },
            order=(meta.order, page.path),
            source=fingerprint(page.source),
            keywords=tuple(say(word) for word in meta.keywords),
            queries=tuple(meta.queries) if text.state == "source" else (),
            extra={key: _say_all(value, say) if key in page.translated else value for key, value in page.extra.items()},
        )

    def _write_in_source_language(self, words: str, page: Page) -> str:
        try:
            return render_template(words, self._source_view, name=page.name)
        except HelpcenterError:
            # It stands in a block that this region does not show, or rendering the page will say what is wrong.
            return words

    def _canonical(self, page: Page, *, fallback: bool) -> str:
        tag = self._project.source.tag if fallback else self._locale.tag
        return f"{self._project.configuration.site_url}{tag}/{page.url}"


def _say_all(value: Any, say: Callable[[str], str]) -> Any:  # noqa: ANN401 - any value of YAML
    """Translate all texts in a value, not the keys."""
    if isinstance(value, dict):
        return {key: _say_all(item, say) for key, item in value.items()}
    if isinstance(value, list):
        return [_say_all(item, say) for item in value]
    return say(value) if isinstance(value, str) else value


def _body_of(assembled: str, page: Page) -> str:
    """Cut off the front matter, whose length its translation has changed."""
    if page.body_start == 0:
        return assembled
    first = _FRONT_MATTER_END.search(assembled)
    second = _FRONT_MATTER_END.search(assembled, first.end()) if first else None
    if second is None:
        return assembled
    # The source's body begins after the line of the closing fence; so does this one.
    return assembled[second.end() :].removeprefix("\n")
