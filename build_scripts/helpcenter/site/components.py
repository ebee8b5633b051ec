"""Drawing components: their templates, with the words of the reader's language."""

from __future__ import annotations

import io
import traceback
from functools import cached_property
from gettext import GNUTranslations
from typing import TYPE_CHECKING

from babel.messages.mofile import write_mo
from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.tags import direction_of
from helpcenter.regions.components import COMPONENTS, Occasion
from helpcenter.regions.template import used_components
from helpcenter.site.layout import theme_layers
from helpcenter.site.store import digest
from helpcenter.site.words import TEMPLATES, language_of_words, plain_words, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from helpcenter.content import Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project
    from helpcenter.regions import Regions, RegionView

FOLDER = "components"


class ComponentWriter:
    """Draws the components of one locale's pages.

    Nothing is read before the first component is met: most pages have none.

    Args:
        project: the project.
        reader: the locale, whose region's facts are shown.
        language: the locale whose language the text around is in: the same, or the source's.
        view: of the reader's region, in that language.
        regions: all region rules.
        on: the day whose rules hold.
    """

    def __init__(
        self, project: Project, reader: Locale, language: Locale, view: RegionView, regions: Regions, on: date
    ) -> None:
        self._project = project
        self._reader = reader
        self._language = language
        self._text_view = view
        self._regions = regions
        self._on = on

    def key(self, page: Page) -> str:
        """Give a hash of what the components of a page show beside the facts of its region; empty where it has none."""
        names = used_components(page.source)
        if not names:
            return ""
        markets = self._markets.values() if any(_compares(name) for name in names) else ()
        return digest(self._on.isoformat(), self._compiled_words, *(view.fingerprint() for view in markets))

    def draw(self, name: str, arguments: tuple[str, ...], page: str) -> str:
        """Draw a component: HTML in one block, without blank lines.

        Args:
            name: of the component.
            arguments: as the page gives them.
            page: path of the page below the content folder.

        Raises:
            HelpcenterError: ``theme-template``, where the template cannot be read or asks for what is not there.
        """
        component = COMPONENTS[name]
        markets = self._markets if component.compares else {}
        it = component.collect(self._view, Occasion(self._on, arguments, markets, page))
        try:
            html = self._environment.get_template(f"{name}.html").render(it=it, tag=self._view.tag)
        except TemplateError as error:
            raise HelpcenterError(self._explain(name, error)) from error
        tag = self._view.tag
        marks = f' lang="{tag}" dir="{direction_of(tag)}"' if tag != self._text_view.tag else ""
        # Markdown leaves a block of HTML alone up to its end, and blank lines in it are no help to anybody.
        lines = [line.strip() for line in html.split("\n") if line.strip()]
        return "\n".join([f'<div class="hc-component hc-{name}"{marks}>', *lines, "</div>"])

    def drawing(self, page: Page) -> Callable[[str, tuple[str, ...]], str]:
        """Give what draws the components of a page."""
        return lambda name, arguments: self.draw(name, arguments, page.path)

    @cached_property
    def _compiled_words(self) -> bytes:
        buffer = io.BytesIO()
        write_mo(buffer, words_of(self._project, self._language))
        return buffer.getvalue()

    @cached_property
    def _view(self) -> RegionView:
        """What components show: in the language around them, or that of the templates where they have no words in it."""
        words = plain_words(words_of(self._project, self._language))
        if language_of_words(self._project, self._language, words) == self._language.tag:
            return self._text_view
        return self._regions.view(self._reader.region, self._on, TEMPLATES)

    @cached_property
    def _markets(self) -> Mapping[str, RegionView]:
        regions = [locale.region for locale in self._project.locales.values()]
        return {
            region: self._regions.view(region, self._on, self._view.tag)
            for region in served_markets(self._regions, regions, self._on)
        }

    @cached_property
    def _environment(self) -> SandboxedEnvironment:
        folders = [folder / FOLDER for folder in reversed(theme_layers(self._project))]
        environment = SandboxedEnvironment(
            loader=FileSystemLoader(folders),
            extensions=["jinja2.ext.i18n"],
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        is_own = self._view is self._text_view
        words = GNUTranslations(io.BytesIO(self._compiled_words)) if is_own else None
        # The extension adds its methods to the environment, which its types cannot say.
        install = environment.install_gettext_translations if words else environment.install_null_translations  # type: ignore[attr-defined]
        install(*([words] if words else []), newstyle=False)
        return environment

    def _explain(self, name: str, error: TemplateError) -> Finding:
        file, line = f"{name}.html", None
        if isinstance(error, TemplateSyntaxError):
            file, line = error.name or file, error.lineno
        elif not isinstance(error, TemplateNotFound):
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")]
            if frames:
                file, line = frames[-1].filename.replace("\\", "/").rpartition("/")[2], frames[-1].lineno
        message = f"the component '{name}' cannot be drawn: {error.message or error}"
        hint = "mend the template; docs/formats/components.md tells what it is given"
        return finding("theme-template", message, Place(f"overrides/{FOLDER}/{file}", line), help=hint)


def _compares(name: str) -> bool:
    return name in COMPONENTS and COMPONENTS[name].compares


def served_markets(regions: Regions, fallback: list[str], on: date) -> list[str]:
    """Give the regions that the shop serves on a day, in alphabetical order.

    Args:
        regions: all regions.
        fallback: those that count where the registry has no ``market.served``.
        on: the day.
    """
    if "market.served" not in regions.registry:
        return sorted({region for region in fallback if region in regions.tree})
    return [region for region in sorted(regions.entries) if _is_served(regions, region, on)]


def _is_served(regions: Regions, region: str, on: date) -> bool:
    fact = regions.resolve(region, on).get("market.served")
    return fact is not None and fact.value is True
