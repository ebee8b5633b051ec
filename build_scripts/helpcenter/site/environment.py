"""The Jinja environment of a locale's build: the theme's own, with what each build would do again done once."""

from __future__ import annotations

import os
import zlib
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, Template
from mkdocs.theme import Theme

from helpcenter.site.store import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.structure.toc import AnchorLink

    from helpcenter.site.store import Store


class _ThemeLoader(FileSystemLoader):
    """Lists templates without Material's ten thousand icons.

    MkDocs lists the templates of a theme to find its static files, and passes over every folder that begins with a dot.
    Walking through them takes longer than rendering a small site.
    """

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for folder, names, files in os.walk(top):
                names[:] = [name for name in names if not name.startswith(".")]
                below = Path(folder).relative_to(top)
                found.update((below / name).as_posix() for name in files)
        return sorted(found)


class _PageTemplate(Template):
    """A template that gives a finished page again when nothing that it can show has changed."""

    def render(self, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - Jinja's signature
        """Render the template, or take the page from the store."""
        env = self.environment
        context = args[0] if args else kwargs
        page = context.get("page")
        store: Store | None = getattr(env, "hc_store", None)
        if page is None or store is None:
            return super().render(*args, **kwargs)
        if env.hc_key is None:  # type: ignore[attr-defined] # set by _environment
            env.hc_key = digest(env.hc_base, _describe_navigation(context["nav"]))  # type: ignore[attr-defined]
        key = digest(env.hc_key, self.name or "", *_describe_page(page))  # type: ignore[attr-defined]
        known: bytes | None = store.get(key)
        if known is not None:
            return zlib.decompress(known).decode()
        html = super().render(*args, **kwargs)
        # Packed, for those of a whole locale are in memory at once.
        store.put(key, zlib.compress(html.encode(), 1))
        return html


def _describe_page(page: Page) -> tuple[str, ...]:
    """Give all of a page that a template can show and that is not the same for every page."""
    return page.file.src_uri, page.url, page.content or "", repr(page.meta), str(page.edit_url), _describe_toc(page)


def _describe_toc(page: Page) -> str:
    # A heading shows its own HTML in the table of contents, which the content holds too, but not word for word.
    def describe(items: Iterable[AnchorLink]) -> list[object]:
        return [(item.title, item.id, item.level, describe(item.children)) for item in items]

    return repr(describe(page.toc))


def _describe_navigation(nav: Navigation) -> str:
    """Give the titles and addresses of all pages, in their order and their sections."""
    return repr([(page.title, page.url, [section.title for section in page.ancestors]) for page in nav.pages])


def share_templates(config: MkDocsConfig, folder: Path, store: Store, base: str) -> None:
    """Let a build take compiled templates and finished pages from earlier ones.

    Args:
        config: of the locale.
        folder: of compiled templates; a template's source is part of its name there, so an old one is never used.
        store: of finished pages.
        base: hash of all that every page of the locale depends on: configuration, theme, code, day.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # MkDocs makes the environment itself and has no event before it lists the templates.
    config.theme.get_env = partial(_environment, config.theme, folder, store, base)  # type: ignore[method-assign]


def _getattr(env: Environment, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
    """Look into a mapping without asking it for an attribute first: half of what templates ask for lies in mappings."""
    if type(obj) is dict and attribute in obj and not hasattr(dict, attribute):
        return obj[attribute]
    return Environment.getattr(env, obj, attribute)


def _environment(theme: Theme, folder: Path, store: Store, base: str) -> Environment:
    env = Theme.get_env(theme)
    env.loader = _ThemeLoader(theme.dirs)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    env.template_class = _PageTemplate
    env.getattr = partial(_getattr, env)  # type: ignore[method-assign] # MkDocs makes the environment itself
    env.extend(hc_store=store, hc_base=base, hc_key=None)
    return env
