"""The ``mkdocs.yml`` of one locale, made from the project's."""

from __future__ import annotations

import copy
import os
import posixpath
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from helpcenter.content.snippets import EXTENSION
from helpcenter.project.tags import language_data, language_of, script_of
from helpcenter.project.yamlfile import PythonName

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from helpcenter.project import Locale, Project
    from helpcenter.site.staged import StagedPage

# What static-i18n 1.3.1 accepts; other tags go by their language, or by English where that has three letters.
_I18N_TAG = re.compile(r"[a-z]{2}(-[A-Za-z]{4})?(-[A-Z]{2})?")

# Material names a few languages otherwise than BCP 47 does.
_MATERIAL_NAMES = {"no": "nb", "fil": "tl"}


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc] # in C where there is one
    """Writes the names of Python objects as MkDocs reads them."""


_Dumper.add_representer(
    PythonName, lambda dumper, name: dumper.represent_scalar(f"tag:yaml.org,2002:python/name:{name}", "")
)


def material_language(tag: str, available: Sequence[str]) -> str:
    """Give the language partial of Material that is nearest to a locale: its own, its script's, its language's, or English.

    Args:
        tag: the locale.
        available: the names of Material's partials.
    """
    language = language_of(tag)
    by_script = f"{language}-{script_of(tag)}"
    plain = language if script_of(language) == script_of(tag) else ""
    for name in (tag, by_script, plain, _MATERIAL_NAMES.get(language, "")):
        if name in available:
            return name
    return "en"


def language_name(language: str, tag: str) -> str:
    """Name the language of a tag in another language, in CLDR's basic form; the tag itself where CLDR has no name."""
    data = language_data(language)
    return str(data.languages.get(language_of(tag), tag)) if data is not None else tag


def i18n_tag(tag: str) -> str:
    """Give the nearest tag that static-i18n accepts."""
    if _I18N_TAG.fullmatch(tag):
        return tag
    language = language_of(tag)
    return language if _I18N_TAG.fullmatch(language) else "en"


def _gettext_tag(tag: str) -> str:
    """Give the nearest tag that CLDR has data for, as MkDocs asks for it: it knows German, but not that of the US."""
    shorter = tag.rpartition("-")[0]
    if shorter and language_data(shorter) == language_data(tag):
        return _gettext_tag(shorter)
    return tag.replace("-", "_")


def build_navigation(pages: Sequence[StagedPage]) -> list[Any]:
    """Make the navigation: folders are sections led by their ``index.md``, and pages follow their order."""
    by_path = {page.path: page for page in pages}

    def entry_order(path: str) -> tuple[int, str]:
        return by_path[path].order if path in by_path else (10**6, path)

    def section(folder: str) -> list[Any]:
        prefix = f"{folder}/" if folder else ""
        below = [path.removeprefix(prefix) for path in by_path if path.startswith(prefix)]
        names = sorted({name.partition("/")[0] for name in below})
        items: list[tuple[tuple[int, str], Any]] = []
        for name in names:
            path = prefix + name
            if path in by_path:
                first = (-1, "") if name == "index.md" else entry_order(path)
                items.append((first, path))
            else:
                index = f"{path}/index.md"
                title = by_path[index].title if index in by_path else name.replace("-", " ").capitalize()
                items.append((entry_order(index), {title: section(path)}))
        return [item for _, item in sorted(items, key=lambda pair: pair[0])]

    return section("")


def locale_configuration(
    project: Project,
    locale: Locale,
    pages: Sequence[StagedPage],
    *,
    folders: Mapping[str, Path],
    hooks: Sequence[Path] = (),
    theme_language: str,
    region_name: str = "",
    preview: bool = False,
) -> dict[str, Any]:
    """Make the configuration of one locale.

    Args:
        project: the project.
        locale: the locale.
        pages: its staged pages.
        folders: ``docs``, ``site`` and ``theme``, all absolute; the configuration stands beside ``docs``.
        hooks: files of hooks, in the order in which they are loaded.
        theme_language: name of Material's language partial.
        region_name: of the locale's region, in the locale's language.
        preview: whether editors see it rather than customers.
    """
    base = folders["docs"].parent
    raw: dict[str, Any] = copy.deepcopy(project.configuration.file.data)
    settings = project.configuration.settings
    site_url = project.configuration.site_url
    theme = raw["theme"] if isinstance(raw["theme"], dict) else {"name": raw["theme"]}
    contact = next((page.url for page in pages if page.path == settings.contact_page), None)
    extra = {key: value for key, value in (raw.get("extra") or {}).items() if key != "helpcenter"}
    # A choice such as dark mode holds for the whole site, not for one language of it.
    extra["scope"] = urlsplit(site_url).path
    home = next((page for page in pages if page.path == "index.md"), None)
    extra["hc"] = {
        "locale": locale.tag,
        "lang": locale.tag,
        "dir": locale.direction,
        "region": locale.region,
        "region_name": region_name,
        "language_name": language_name(locale.tag, locale.tag),
        "source_locale": settings.source,
        "source_language_name": language_name(locale.tag, settings.source),
        "x_default": project.x_default.tag,
        "locales": [
            {"tag": other.tag, "lang": other.tag, "dir": other.direction, "name": other.name}
            for other in project.locales.values()
        ],
        "site_url": site_url,
        "site_name": project.configuration.site_name,
        "contact_page": contact,
        "preview": preview,
    }
    if "markdown_extensions" in raw:
        raw["markdown_extensions"] = without_snippets(raw["markdown_extensions"])
    plugins = [plugin for plugin in _plugins(raw) if _plugin_name(plugin) not in {"search", "i18n"}]
    language = {"locale": i18n_tag(locale.tag), "name": locale.name, "default": True, "build": True}
    return raw | {
        "site_url": f"{site_url}{locale.tag}/",
        "site_description": (home.meta["description"] if home else "") or raw.get("site_description", ""),
        "docs_dir": _seen_from(base, folders["docs"]),
        "site_dir": _seen_from(base, folders["site"]),
        "use_directory_urls": True,
        "theme": theme
        | {
            "custom_dir": _seen_from(base, folders["theme"]),
            "language": theme_language,
            "locale": _gettext_tag(locale.tag),
        },
        "nav": build_navigation(pages),
        "extra": extra,
        "hooks": [_seen_from(base, path) for path in hooks],
        # Every link of the sources was checked before, with places; what is left to MkDocs is what only it can know.
        "validation": {"nav": {"omitted_files": "ignore"}, "links": {"anchors": "ignore"}},
        "plugins": [
            {
                "i18n": {
                    "docs_structure": "suffix",
                    "build_only_locale": i18n_tag(locale.tag),
                    "reconfigure_material": False,
                    "reconfigure_search": False,
                    "languages": [language],
                }
            },
            *plugins,
        ],
    }


def _seen_from(folder: Path, path: Path) -> str:
    """Write a path relative to a folder: not every renderer takes others, and none should name a place on one machine."""
    # Through a symbolic link `..` leads elsewhere.
    return os.path.relpath(path, folder) if folder.resolve() == folder else str(path)


def without_snippets(extensions: Any) -> Any:  # noqa: ANN401 - as the YAML has it
    """Take out the extension that has done its work: pages are staged with what they include."""
    if isinstance(extensions, dict):
        return {name: options for name, options in extensions.items() if name != EXTENSION}
    return [item for item in extensions if item != EXTENSION and not (isinstance(item, dict) and EXTENSION in item)]


def _plugins(raw: Mapping[str, Any]) -> list[Any]:
    plugins = raw.get("plugins") or []
    return [{name: options or {}} for name, options in plugins.items()] if isinstance(plugins, dict) else list(plugins)


def _plugin_name(plugin: Any) -> str:  # noqa: ANN401 - as the YAML has it
    name = next(iter(plugin)) if isinstance(plugin, dict) else str(plugin)
    return posixpath.basename(name)


def dump(configuration: Mapping[str, Any]) -> str:
    """Write a configuration as YAML."""
    return yaml.dump(dict(configuration), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)
