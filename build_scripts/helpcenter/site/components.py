"""Drawing components: their templates, with the words of the reader's language."""

from __future__ import annotations

import io
import traceback
from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.mofile import write_mo
from jinja2 import BytecodeCache, FileSystemLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from helpcenter.catalog import LocaleTexts
from helpcenter.checks.strings import region_wording
from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.tags import direction_of
from helpcenter.regions.components import COMPONENTS, Occasion, served_markets
from helpcenter.regions.facts import Kind
from helpcenter.regions.template import used_components
from helpcenter.regions.tree import WORLD
from helpcenter.site.layout import theme_layers
from helpcenter.site.store import digest
from helpcenter.site.words import TEMPLATES, language_of_words, plain_words, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date

    from jinja2.bccache import Bucket

    from helpcenter.content import Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Regions, RegionView

FOLDER = "components"


class _Compiled(BytecodeCache):
    """Templates as they are compiled: every locale draws with the same ones."""

    def __init__(self) -> None:
        self._known: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give Jinja a template that was compiled before, unless its source is another one by now."""
        if bucket.key in self._known:
            bucket.bytecode_from_string(self._known[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template that was compiled."""
        self._known[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


class ComponentTemplates:
    """The templates of components, with the words of one language; read when the first component is met.

    Args:
        project: the project.
        language: the locale whose language the text around components is in.
    """

    def __init__(self, project: Project, language: Locale) -> None:
        self.project = project
        self.language = language

    def draw(self, name: str, **values: object) -> str:
        """Draw a template.

        Args:
            name: of the component.
            values: what the template is given.

        Raises:
            HelpcenterError: ``theme-template``, where it cannot be read or asks for what is not there.
        """
        try:
            return self._environment.get_template(f"{name}.html").render(values)
        except Exception as error:
            # A template of the project's own may raise anything.
            raise HelpcenterError(_explain(name, error)) from error

    @cached_property
    def words(self) -> bytes:
        """The words, as gettext reads them."""
        buffer = io.BytesIO()
        write_mo(buffer, words_of(self.project, self.language))
        return buffer.getvalue()

    @cached_property
    def are_translated(self) -> bool:
        """Whether there are words in the language; otherwise they are those of the templates."""
        words = plain_words(words_of(self.project, self.language))
        return language_of_words(self.project, self.language, words) == self.language.tag

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        folders = [folder / FOLDER for folder in reversed(theme_layers(self.project))]
        environment = SandboxedEnvironment(
            loader=FileSystemLoader(folders),
            bytecode_cache=_COMPILED,
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        words = GNUTranslations(io.BytesIO(self.words)) if self.are_translated else NullTranslations()
        # The extension adds its methods to the environment, which its types cannot say.
        environment.install_gettext_translations(words, newstyle=False)  # type: ignore[attr-defined]
        return environment


class ComponentWriter:
    """Draws the components of one locale's pages as they are on one day.

    Args:
        templates: in the language of the text around.
        reader: the locale, whose region's facts are shown.
        view: of the reader's region, in the language of the text around.
        regions: all region rules.
        on: the day whose rules hold.
    """

    def __init__(
        self, templates: ComponentTemplates, reader: Locale, view: RegionView, regions: Regions, on: date
    ) -> None:
        self._templates = templates
        self._reader = reader
        self._text_view = view
        self._regions = regions
        self._on = on

    def key(self, page: Page) -> str:
        """Give a hash of what the components of a page show beside the facts of its region; empty where it has none."""
        names = used_components(page.source)
        if not names:
            return ""
        markets = self._markets.values() if any(_compares(name) for name in names) else ()
        return digest(self._on.isoformat(), self._templates.words, *(view.fingerprint() for view in markets))

    def draw(self, name: str, arguments: tuple[str, ...], page: str) -> str:
        """Draw a component: HTML in one block, without blank lines.

        Args:
            name: of the component.
            arguments: as the page gives them.
            page: path of the page below the content folder.

        Raises:
            HelpcenterError: ``theme-template``, where the template cannot be read or asks for what is not there.
        """
        component, view = COMPONENTS[name], self._view
        markets = self._markets if component.compares else {}
        it = component.collect(view, Occasion(self._on, arguments, markets, page, self._statutes))
        html = self._templates.draw(name, it=it, tag=view.tag, world=view.region == WORLD)
        marks = f' lang="{view.tag}" dir="{direction_of(view.tag)}"' if view.tag != self._text_view.tag else ""
        # Markdown leaves a block of HTML alone up to its end, and blank lines in it are no help to anybody.
        lines = [line.strip() for line in html.split("\n") if line.strip()]
        return "\n".join([f'<div class="hc-component hc-{name}"{marks}>', *lines, "</div>"])

    def drawing(self, page: Page) -> Callable[[str, tuple[str, ...]], str]:
        """Give what draws the components of a page."""
        return lambda name, arguments: self.draw(name, arguments, page.path)

    @cached_property
    def _view(self) -> RegionView:
        """What components show: in the language around them, or that of the templates where they have no words in it."""
        if self._templates.are_translated:
            return self._text_view
        return self._regions.view(self._reader.region, self._on, TEMPLATES, setting=self._text_view.setting)

    @cached_property
    def _markets(self) -> Mapping[str, RegionView]:
        project, language = self._templates.project, self._templates.language
        tag, wording = self._view.tag, None
        if self._templates.are_translated:
            wording = region_wording(project, language, LocaleTexts(project, language))
        markets = _served(project, self._regions, self._on)
        return {region: self._regions.view(region, self._on, tag, wording, self._view.setting) for region in markets}

    @cached_property
    def _statutes(self) -> frozenset[str]:
        return frozenset(spec.id for spec in self._regions.registry.values() if spec.kind is Kind.STATUTE)


class Views(NamedTuple):
    """What the pages of a locale see on a day.

    Args:
        own: in the locale's language.
        source: in the source language, as what is shown in it has its facts written in it too: those of the reader's region.
        parts: draws components in the locale's language.
        source_parts: draws them in the source language.
    """

    own: RegionView
    source: RegionView
    parts: ComponentWriter
    source_parts: ComponentWriter


def _explain(name: str, error: Exception) -> Finding:
    """Say what is wrong with a template, with the line where Jinja knows it."""
    file, line = f"{name}.html", None
    if isinstance(error, TemplateSyntaxError):
        file, line = error.name or file, error.lineno
    elif not isinstance(error, TemplateNotFound):
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
        if frames:
            file, line = frames[-1].filename.replace("\\", "/").rpartition("/")[2], frames[-1].lineno
    message = f"the component '{name}' cannot be drawn: {getattr(error, 'message', None) or error}"
    hint = "mend the template; docs/formats/components.md tells what it is given"
    return finding("theme-template", message, Place(f"overrides/{FOLDER}/{file}", line), help=hint)


def compares_regions(pages: Iterable[Page]) -> bool:
    """Tell whether pages show facts of other regions than the reader's."""
    return any(_compares(name) for page in pages for name in used_components(page.source))


def sign_markets(project: Project, regions: Regions, on: date) -> str:
    """Give a hash of all that a comparison of regions may show."""
    views = (regions.view(region, on, project.source.tag) for region in _served(project, regions, on))
    return digest(*(view.fingerprint() for view in views))


def _served(project: Project, regions: Regions, on: date) -> list[str]:
    return served_markets(regions, [locale.region for locale in project.locales.values()], on)


def _compares(name: str) -> bool:
    return name in COMPONENTS and COMPONENTS[name].compares
