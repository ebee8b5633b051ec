"""Staging: the finished Markdown of one locale, ready for MkDocs to read."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from helpcenter.catalog import LocaleTexts, catalog_path, fingerprint
from helpcenter.checks.fitness import fit_page
from helpcenter.checks.inspection import verdict_finding
from helpcenter.checks.legal import fingerprint_texts, is_policy, soften, withdrawal_link
from helpcenter.checks.strings import region_wording
from helpcenter.content import Forgetful, assemble
from helpcenter.content.frontmatter import find_body
from helpcenter.diagnostics import HelpcenterError
from helpcenter.project.tags import direction_of
from helpcenter.regions import render_template, used_facts
from helpcenter.regions.changes import change_days, draw_facts, find_changes, is_shown
from helpcenter.regions.settings import ANYWHERE, setting_of
from helpcenter.review import PageText, Shown
from helpcenter.site.components import ComponentTemplates, ComponentWriter, Views
from helpcenter.site.naming import bridge_of, keywords_of
from helpcenter.site.staged import StagedLocale, StagedPage
from helpcenter.site.store import digest
from helpcenter.site.structured import Claims, Described, describe_page, make_claims
from helpcenter.site.terms import describe_change, find_terms, with_terms, words_of_page
from helpcenter.site.vocabularies import gather_vocabularies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from helpcenter.checks import Gate
    from helpcenter.checks.legal import LegalGate
    from helpcenter.content import Page, Results, Segment
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Regions, RegionView
    from helpcenter.regions.settings import Setting
    from helpcenter.regions.view import Draw
    from helpcenter.search import Vocabulary


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
        legal: judges what is published; nothing is judged without one.
        shown: findings that editors read in their page, by path; None where customers read it.

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
        legal: LegalGate | None = None,
        shown: Mapping[str, Sequence[Finding]] | None = None,
    ) -> None:
        self._project = project
        self._locale = locale
        self._gate = gate
        self._drafts = drafts
        self._legal = legal
        self._shown = shown
        self._texts = LocaleTexts(project, locale)
        self._regions = regions
        self._on = on
        self._wording = region_wording(project, locale, self._texts)
        self._templates = ComponentTemplates(project, locale)
        self._source_templates = ComponentTemplates(project, project.source)
        self._views: dict[tuple[date, Setting], Views] = {}
        today = self._see(on, ANYWHERE)
        self._claims: dict[Setting, Claims] = {}
        self._results: Results = results if results is not None else Forgetful()
        self._key = digest(
            repr(locale),
            repr(project.source),
            repr(project.configuration.file.data),
            today.own.fingerprint(),
            today.source.fingerprint(),
            repr(self._claim(ANYWHERE)),
        )

    def _claim(self, setting: Setting) -> Claims:
        """Give what the shop says of itself on pages of a kind."""
        if setting not in self._claims:
            self._claims[setting] = make_claims(self._regions, self._locale.region, self._on, setting)
        return self._claims[setting]

    def _see(self, on: date, setting: Setting) -> Views:
        """Give what the locale's pages of a kind see on a day."""
        key = (on, setting)
        if key not in self._views:
            project, locale, regions = self._project, self._locale, self._regions
            own = regions.view(locale.region, on, locale.tag, self._wording, setting)
            source = regions.view(locale.region, on, project.source.tag, setting=setting)
            self._views[key] = Views(
                own,
                source,
                ComponentWriter(self._templates, locale, own, regions, on),
                ComponentWriter(self._source_templates, locale, source, regions, on),
            )
        return self._views[key]

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
            legal = self._judge(page, one)
            staged.append(one if self._shown is None else one.with_findings([*self._shown.get(page.path, ()), *legal]))
            found += [*problems, *legal]
        if broken:
            raise HelpcenterError(*broken)
        known = {page.path: self._gate.structure(page, kept=True) for page in pages} if structures else {}
        return StagedLocale(self._locale.tag, tuple(staged), tuple(found), known, self._gather_words())

    def stage_today(self, pages: Sequence[Page]) -> StagedLocale:
        """Stage pages as search knows them: as they are today, and without asking what may be published.

        Raises:
            HelpcenterError: a catalog cannot be read, or a fact is missing.
        """
        staged = []
        for page in pages:
            if not page.meta.draft:
                text, _ = fit_page(page, self._project, self._locale, self._texts, self._gate)
                staged.append(self._write(page, text, self._see(self._on, setting_of(page.meta))))
        return StagedLocale(self._locale.tag, tuple(staged), vocabularies=self._gather_words())

    def _gather_words(self) -> dict[str, Vocabulary]:
        return gather_vocabularies(self._project, self._locale, self._see(self._on, ANYWHERE).own)

    def _judge(self, page: Page, staged: StagedPage) -> list[Finding]:
        """Ask the legal gate; what it says depends on more than the page, and is not kept."""
        if self._legal is None:
            return []
        found = self._legal.judge(page, staged.texts, is_translation=staged.is_published)
        return found if self._shown is None else soften(found)

    def _recall(self, page: Page) -> tuple[StagedPage, list[Finding]]:
        """Take a page as it was staged from the same source, the same catalogs and the same facts, or stage it."""
        files = (
            catalog_path(self._project.catalog_folder(tag), page.path)
            for tag in self._locale.chain
            if tag != self._project.source.tag
        )
        views = self._see(self._on, setting_of(page.meta))
        # On a page in the source language components are in that language.
        drawn = views.parts.key(page) + views.source_parts.key(page)
        catalogs = (file.read_bytes() if file.is_file() else b"" for file in files)
        days = (str(self._last_change(page)), *self._sign_days(page))
        # The values that hold on pages like this one only; those of all pages are in the key of the locale.
        own = [view.fingerprint() for view in (views.own, views.source)] if self._regions.conditions else []
        own += [repr(self._claim(setting_of(page.meta)))] if self._regions.conditions else []
        key = digest(self._key, page.path, page.source, drawn, *own, *days, *catalogs)
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
        text, refusals = fit_page(page, self._project, self._locale, self._texts, self._gate)
        # A text that is built upon is reported once, by the locale that owns it.
        own = (one for one in refusals if one.tag == self._locale.tag)
        found = [verdict_finding(self._project, page, one.verdict, one.entry, one.tag) for one in own]
        return self._add_terms(page, text, self._write(page, text, self._see(self._on, setting_of(page.meta)))), found

    def _add_terms(self, page: Page, text: PageText, today: StagedPage) -> StagedPage:
        """Let a policy page tell what it said to those who ordered earlier, and what it will say."""
        if page.meta.type != "policy":
            return today

        setting = setting_of(page.meta)

        def says(day: date) -> tuple[object, ...] | None:
            views = self._see(day, setting)
            try:
                # Of components only the facts count: one that names the next holidays is no other on another day.
                return words_of_page(self._write(page, text, views, draw=draw_facts(views.own)))
            except HelpcenterError:
                # The check of the sources has told of it.
                return None

        since = self._project.configuration.settings.terms_since
        effective = page.meta.effective
        if effective is not None and effective > self._on:
            # Till then nobody can have ordered under another wording than the one before it.
            effective = None
        terms = find_terms(says, self._days(page), on=self._on, since=since, effective=effective)
        changes = {one.first: self._describe_changes(page, one.first) for one in terms.future}
        return with_terms(
            today,
            terms,
            lambda day: self._write(page, text, self._see(day, setting)),
            changes,
            self._locale.tag,
            effective,
        )

    def _describe_changes(self, page: Page, day: date) -> list[dict[str, Any]]:
        """Tell which facts that a page shows change on a day."""
        eve = day - timedelta(days=1)
        ids, setting = used_facts(page.source), setting_of(page.meta)
        before, after = (self._see(one, setting) for one in (eve, day))
        found = find_changes(self._regions, self._locale.region, ids, after=eve, until=day, setting=setting)
        told = (
            describe_change(change, after.own)
            for change in found
            if is_shown(change, page.source, before.source, after.source, name=page.name)
        )
        return [one for one in told if one is not None]

    def _days(self, page: Page) -> tuple[date, ...]:
        """Give the days on which a policy page may say something else; none for other pages."""
        if page.meta.type != "policy":
            return ()
        return change_days(self._regions, self._locale.region, used_facts(page.source))

    def _sign_days(self, page: Page) -> Iterator[str]:
        """Sign what a page may say on other days, and what its changes are called."""
        days = self._days(page)
        ids = sorted(used_facts(page.source)) if days else []
        for day in days:
            # What holds before the first of these days is known from its eve only.
            for views in (self._see(one, setting_of(page.meta)) for one in (day - timedelta(days=1), day)):
                yield from (views.own.fingerprint(ids), views.source.fingerprint(ids), views.parts.key(page))
            yield f"{day} {day > self._on} {[views.own.labels.get(fact_id) for fact_id in ids]}"
        if page.meta.type == "policy" and page.meta.effective is not None:
            yield str(page.meta.effective > self._on)

    def _write(self, page: Page, text: PageText, views: Views, draw: Draw | None = None) -> StagedPage:
        fallback = not text.is_translation
        view = views.source if fallback else views.own
        draw = draw or (views.source_parts if fallback else views.parts).drawing(page)

        def say(words: str) -> str:
            # What is left in the source language has its facts in that language, too.
            own = views.source if text.shown.get(words) is Shown.FALLBACK else view
            return render_template(text.texts.get(words, words), own, name=page.name, markup=False)

        title = say(page.meta.title)
        body = render_template(self._assemble(page, text, views.source), view, name=page.name, draw=draw)
        desk = withdrawal_link(page, view)
        # The page links it itself, or its footer does.
        links = {"withdrawal": desk, "links_withdrawal": bool(desk) and desk in body}
        return StagedPage(
            path=page.path,
            url=page.url,
            body=body,
            title=title,
            meta=self._tell(page, text, title, say) | links,
            order=(page.meta.order, page.path),
            source=fingerprint(page.source),
            keywords=keywords_of(page, text, say),
            bridge=bridge_of(page, text, self._locale, self._project.source),
            queries=tuple(page.meta.queries) if text.state == "source" else (),
            extra={key: _say_all(value, say) if key in page.translated else value for key, value in page.extra.items()},
            texts=fingerprint_texts(page, text) if is_policy(page) else (),
        )

    def _tell(self, page: Page, text: PageText, title: str, say: Callable[[str], str]) -> dict[str, Any]:
        """Give what templates know of a page beside its body."""
        fallback = not text.is_translation
        locale = self._project.source if fallback else self._locale
        meta = page.meta
        description = say(meta.description or meta.summary)
        return {
            "type": meta.type,
            "topics": list(meta.topics),
            "source": page.path,
            "state": text.state,
            "lang": locale.tag,
            "dir": locale.direction,
            "description": description,
            "answer": say(meta.answer) if meta.answer else "",
            "canonical": self._canonical(page, fallback=fallback),
            "noindex": fallback,
            **_updated(self._last_change(page), locale.tag),
            "structured": [] if fallback else self._describe(page, title, description),
        }

    def _assemble(self, page: Page, text: PageText, source: RegionView) -> str:
        """Put the texts of a page together, its facts still unwritten; where languages mix, those of source texts are."""
        mixed = any(how is Shown.FALLBACK for how in text.shown.values()) and text.is_translation

        def translate(segment: Segment) -> str | None:
            if mixed and not segment.key and text.shown.get(segment.text) is Shown.FALLBACK:
                return _write_in_source_language(segment.text, page, source)
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
            written = assemble(page, translate, shell=shell)
            # A translated front matter has another length.
            return written[find_body(written) or 0 :] if page.body_start else written
        return self._gate.write_body(page, text.texts)

    def _describe(self, page: Page, title: str, description: str) -> list[dict[str, Any]]:
        """Give the page's structured data."""
        described = Described(
            page.meta.type,
            page.meta.topics,
            page.path == "index.md",
            title,
            description,
            self._canonical(page, fallback=False),
            self._locale.tag,
            self._last_change(page),
        )
        settings = self._project.configuration
        return describe_page(
            described,
            self._claim(setting_of(page.meta)),
            (settings.site_name, f"{settings.site_url}{self._locale.tag}/"),
        )

    def _last_change(self, page: Page) -> date | None:
        """Give the last day on which a page's own words changed, as far as somebody noted it."""
        days = [day for day in (page.meta.updated, page.meta.effective) if day is not None and day <= self._on]
        return max(days, default=None)

    def _canonical(self, page: Page, *, fallback: bool) -> str:
        tag = self._project.source.tag if fallback else self._locale.tag
        return f"{self._project.configuration.site_url}{tag}/{page.url}"


def _write_in_source_language(words: str, page: Page, view: RegionView) -> str:
    try:
        return render_template(words, view, name=page.name)
    except HelpcenterError:
        # It stands in a block that this region does not show, or rendering the page will say what is wrong.
        return words


def _updated(day: date | None, tag: str) -> dict[str, str]:
    """Give the day of a page's last change, for programs and in the words of a language."""
    if day is None:
        return {}
    from helpcenter.regions.formats import write_date  # noqa: PLC0415 - Babel costs 40 ms

    return {"updated": day.isoformat(), "updated_text": write_date(day, tag)}


def _say_all(value: Any, say: Callable[[str], str]) -> Any:  # noqa: ANN401 - any value of YAML
    """Translate all texts in a value, not the keys."""
    if isinstance(value, dict):
        return {key: _say_all(item, say) for key, item in value.items()}
    if isinstance(value, list):
        return [_say_all(item, say) for item in value]
    return say(value) if isinstance(value, str) else value
