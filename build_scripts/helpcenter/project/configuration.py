"""``mkdocs.yml``: the site, and below ``extra.helpcenter`` what helpcenter needs to know of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date  # noqa: TC003 - pydantic reads it
from decimal import Decimal  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding, suggest
from helpcenter.project.roots import CONFIGURATION
from helpcenter.project.tags import tag_problem
from helpcenter.project.yamlfile import YamlFile, load_yaml, validate

if TYPE_CHECKING:
    from pathlib import Path

# What helpcenter decides for each locale itself; a value here would be ignored without a word.
_OWNED_KEYS = {
    "INHERIT": "write all keys into this file; helpcenter reads no other",
    "nav": "the navigation follows the folders of content/ and each page's 'order'",
    "hooks": "put hooks in hooks/; helpcenter names them",
    "use_directory_urls": "addresses always end in a slash",
}

_MKDOCS_KEYS = frozenset(
    {
        *("site_name", "site_url", "site_description", "site_author", "copyright", "docs_dir", "site_dir"),
        *("theme", "markdown_extensions", "plugins", "extra", "extra_css", "extra_javascript", "validation", "strict"),
        *("repo_url", "repo_name", "edit_uri", "edit_uri_template", "remote_branch", "remote_name", "dev_addr"),
        *("exclude_docs", "draft_docs", "not_in_nav", "watch"),
    }
)


# Generators of pymdownx and Material that draw emoji as pictures, from a public server if no other is named.
_PICTURES = frozenset({"to_svg", "to_png"})


def _check_tag(tag: str) -> str:
    if problem := tag_problem(tag):
        hint = (
            "a locale is a language, perhaps with its script and region, as CLDR knows them: tr, de-AT, zh-CN, es-419"
        )
        raise PydanticCustomError("locale_tag", "{problem}", {"problem": problem, "help": hint})
    return tag


def _check_repeated(tags: tuple[str, ...]) -> tuple[str, ...]:
    for tag in tags:
        if tags.count(tag) > 1:
            raise PydanticCustomError(
                "locale_repeated", "the locale '{tag}' stands twice", {"tag": tag, "help": "name each locale once"}
            )
    return tags


LocaleTag = Annotated[str, AfterValidator(_check_tag)]


# Keys of a page's front matter that mean something to helpcenter, and the one that it hands its own data over in.
PAGE_KEYS = frozenset(
    {
        *(
            "title",
            "type",
            "summary",
            "description",
            "answer",
            "keywords",
            "order",
            "topics",
            "audience",
            "queries",
            "owner",
            "sources",
            "updated",
            "draft",
            "effective",
        ),
        "hc",
    }
)
_KEY = re.compile(r"[A-Za-z][\w-]*")


def _check_key(key: str) -> str:
    if key in PAGE_KEYS:
        hint = "leave it out here: helpcenter knows it" if key != "hc" else "choose another name"
        message = "the key '{key}' is helpcenter's own"
    elif not _KEY.fullmatch(key):
        hint = "begin with a letter; letters, digits, '_' and '-' may follow"
        message = "'{key}' cannot be a key of a page"
    else:
        return key
    raise PydanticCustomError("page_key", message, {"key": key, "help": hint})


PageKey = Annotated[str, AfterValidator(_check_key)]


class FrontMatterKeys(BaseModel):
    """``extra.helpcenter.front_matter``: keys that pages may have beside those that helpcenter knows."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    translated: tuple[PageKey, ...] = ()
    """Their values are text, or lists and mappings of texts."""
    kept: tuple[PageKey, ...] = ()
    """Their values reach the templates as they are."""

    @model_validator(mode="after")
    def _check_once(self) -> FrontMatterKeys:
        named = [*self.translated, *self.kept]
        for key in named:
            if named.count(key) > 1:
                hint = {"key": key, "help": "a key is either translated or kept"}
                raise PydanticCustomError("page_key_twice", "the key '{key}' stands twice", hint)
        return self

    @property
    def names(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self.translated + self.kept)


class HelpcenterSettings(BaseModel):
    """``extra.helpcenter`` of ``mkdocs.yml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: LocaleTag
    """The locale that pages are written in, a BCP 47 tag."""
    locales: Annotated[tuple[LocaleTag, ...], AfterValidator(_check_repeated)] = Field(min_length=1)
    """All locales that get a site, the source's among them, in the order of the language menu."""
    x_default: LocaleTag | None = None
    """The locale for readers whose language has no site; the source when absent."""
    contact_page: str | None = None
    """The page below ``content/`` where customers reach a person."""
    terms_since: date | None = None
    """First day for whose orders customers find the terms of policy pages; none but today's when absent."""
    front_matter: FrontMatterKeys = FrontMatterKeys()
    """Keys of the project's own in the front matter of its pages."""
    providers: dict[str, dict[str, str | int | float | bool]] = {}
    """Options of translation providers by name, for all locales; credentials come from the environment only."""
    budget: Decimal | None = Field(default=None, ge=0)
    """Euros that a run of ``translate`` may cost at most; no limit when absent."""


@dataclass(frozen=True, slots=True)
class SiteConfiguration:
    """What ``mkdocs.yml`` says.

    Args:
        file: the parsed file, for places.
        settings: ``extra.helpcenter``.
        site_name: as shown.
        site_url: absolute, with a slash at its end.
        docs_dir: folder of the source pages, relative to the root.
        site_dir: folder of the finished site, relative to the root.
        extensions: names of Markdown extensions, in order.
        extension_configs: options by extension name.
    """

    file: YamlFile
    settings: HelpcenterSettings
    site_name: str
    site_url: str
    docs_dir: str
    site_dir: str
    extensions: tuple[str, ...]
    extension_configs: dict[str, dict[str, Any]]


def load_configuration(root: Path) -> SiteConfiguration:
    """Read ``mkdocs.yml``.

    Raises:
        HelpcenterError: with all findings at once.
    """
    path = root / CONFIGURATION
    if not path.is_file():
        raise HelpcenterError(
            finding(
                "config-missing",
                f"there is no {CONFIGURATION} here",
                Place(CONFIGURATION),
                help="go to a help center's folder, name one with -C, or make one with 'helpcenter init'",
            )
        )
    file = load_yaml(path, root)
    if not isinstance(file.data, dict):
        raise HelpcenterError(
            finding(
                "config-invalid",
                f"{CONFIGURATION} is not a mapping of keys to values",
                file.place(),
                help="begin with 'site_name: …' and 'site_url: …'",
            )
        )
    found = _check_keys(file)
    settings = None
    extra = file.data.get("extra")
    if isinstance(extra, dict) and isinstance(extra.get("helpcenter"), dict):
        try:
            settings = validate(HelpcenterSettings, file, data=extra["helpcenter"], at=("extra", "helpcenter"))
            found += _check_settings(settings, file)
        except HelpcenterError as error:
            found += error.findings
    else:
        found.append(
            finding(
                "config-missing-settings",
                "'extra.helpcenter' is missing",
                file.place("extra"),
                help="add the source language and the list of locales: extra: {helpcenter: {source: en, locales: [en, de]}}",
            )
        )
    found += _check_site_folder(file, root)
    extensions, configs, problems = _read_extensions(file)
    found += problems
    if found or settings is None:
        raise HelpcenterError(*found)
    site_url = str(file.data["site_url"])
    return SiteConfiguration(
        file=file,
        settings=settings,
        site_name=str(file.data["site_name"]),
        site_url=site_url if site_url.endswith("/") else site_url + "/",
        docs_dir=str(file.data.get("docs_dir", "content")),
        site_dir=str(file.data.get("site_dir", "site")),
        extensions=extensions,
        extension_configs=configs,
    )


def check_emoji(configuration: SiteConfiguration) -> list[Finding]:
    """Find a generator of emoji that makes every reader ask a third party for pictures."""
    name = "pymdownx.emoji"
    options = configuration.extension_configs.get(name, {})
    generator = str(options.get("emoji_generator", "pymdownx.emoji.to_svg")).rpartition(".")[2]
    local = "image_path" in (options.get("options") or {}) and "//" not in str(options["options"]["image_path"])
    if name not in configuration.extensions or generator not in _PICTURES or local:
        return []
    listed = configuration.file.data["markdown_extensions"]
    key = name if isinstance(listed, dict) else configuration.extensions.index(name)
    return [
        finding(
            "config-emoji",
            "pictures of emoji are loaded from a third party",
            configuration.file.place("markdown_extensions", key),
            help="write 'emoji_generator: !!python/name:helpcenter.site.emoji.to_inline' below it: emoji are then letters",
        )
    ]


def _check_keys(file: YamlFile) -> list[Finding]:
    found = []
    plugins = file.data.get("plugins")
    if plugins is not None and not isinstance(plugins, list | dict):
        hint = "write '- name' or '- name: {option: value}' lines"
        found.append(finding("config-plugins", "'plugins' is not a list", file.place("plugins"), help=hint))
    for key in file.data:
        if key in _OWNED_KEYS:
            found.append(
                finding(
                    "config-owned-key",
                    f"'{key}' is decided by helpcenter",
                    file.place(key, key=True),
                    help=_OWNED_KEYS[key],
                )
            )
        elif key not in _MKDOCS_KEYS:
            found.append(
                finding(
                    "config-unknown-key",
                    f"unknown key '{key}'",
                    file.place(key, key=True),
                    label=suggest(str(key), _MKDOCS_KEYS),
                    help="put values of your own below 'extra:'",
                )
            )
    found += [
        finding("config-missing-key", f"'{key}' is missing", file.place(key), help=f"add '{key}: …'")
        for key in ("site_name", "site_url")
        if not isinstance(file.data.get(key), str) or not file.data[key].strip()
    ]
    url = file.data.get("site_url")
    if isinstance(url, str) and url.strip():
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment:
            found.append(
                finding(
                    "config-site-url",
                    f"'{url}' is not the absolute address of a site",
                    file.place("site_url"),
                    help="write it whole, as in https://help.example.com/",
                )
            )
    theme = file.data.get("theme")
    name = theme.get("name") if isinstance(theme, dict) else theme
    if name != "material":
        found.append(
            finding(
                "config-theme",
                f"the theme is {name!r}, not 'material'",
                file.place("theme"),
                help="write 'theme: {name: material}'",
            )
        )
    return found


def _check_site_folder(file: YamlFile, root: Path) -> list[Finding]:
    """Refuse a folder for the site that a build would clear of what somebody wrote."""
    site = (root / str(file.data.get("site_dir", "site"))).resolve()
    names = [str(file.data.get("docs_dir", "content")), "locales", "overrides", "hooks", ".build"]
    for name in names:
        source = (root / name).resolve()
        if site in {root, source} or site in source.parents or source in site.parents:
            message = f"the site cannot be written there: '{name}' and it would get in each other's way"
            hint = "give a folder of its own, as in 'site_dir: site'"
            return [finding("config-site-dir", message, file.place("site_dir"), help=hint)]
    return []


def _check_settings(settings: HelpcenterSettings, file: YamlFile) -> list[Finding]:
    found = []
    for key, tag in (("source", settings.source), ("x_default", settings.x_default)):
        if tag is not None and tag not in settings.locales:
            found.append(
                finding(
                    "config-locale-not-listed",
                    f"'{key}' is '{tag}', which is not in the list of locales",
                    file.place("extra", "helpcenter", key),
                    label=suggest(tag, settings.locales),
                    help="locales: " + ", ".join(settings.locales),
                )
            )
    return found


def _read_extensions(file: YamlFile) -> tuple[tuple[str, ...], dict[str, dict[str, Any]], list[Finding]]:
    names: list[str] = []
    configs: dict[str, dict[str, Any]] = {}
    found: list[Finding] = []
    listed = file.data.get("markdown_extensions", [])
    items = list(listed.items()) if isinstance(listed, dict) else listed
    if not isinstance(items, list):
        place = file.place("markdown_extensions")
        return (
            (),
            {},
            [finding("config-extensions", "'markdown_extensions' is not a list", place, help="write '- name' lines")],
        )
    for index, item in enumerate(items):
        if isinstance(item, str):
            names.append(item)
        elif isinstance(item, tuple):
            names.append(item[0])
            configs[item[0]] = item[1] or {}
        elif isinstance(item, dict) and len(item) == 1:
            ((name, options),) = item.items()
            names.append(name)
            configs[name] = options or {}
        else:
            found.append(
                finding(
                    "config-extensions",
                    "not the name of an extension, with or without options",
                    file.place("markdown_extensions", index),
                    help="write '- name' or '- name: {option: value}'",
                )
            )
    return tuple(names), configs, found
