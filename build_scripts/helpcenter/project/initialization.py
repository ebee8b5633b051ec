"""Beginning: the files of a new help center, and of a new page, in the language that pages are written in.

The texts are files in ``starter/``: one folder for each language, and ``shared/`` for what is the same in all of them.
``${name}`` in them is filled in by :class:`string.Template`; everything else stands as it will be written.
"""

from __future__ import annotations

import difflib
import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources
from string import Template
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from helpcenter.diagnostics import Finding, Place, finding
from helpcenter.project.files import write_atomic
from helpcenter.project.roots import CONFIGURATION
from helpcenter.project.tags import autonym_of, language_data, language_of, script_of, tag_problem, territory_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

DEFAULT_SOURCE = "en"
DEFAULT_URL = "https://help.example.com/"

SECTIONS = {"faq": "faq", "guide": "guides", "tutorial": "tutorials", "policy": "policies"}
"""Type of page → the folder of ``content/`` it belongs in."""


@dataclass(frozen=True, slots=True)
class NewCenter:
    """What a new help center is asked to be.

    Args:
        source: the locale that pages are written in.
        locales: all locales, the source among them, without repetition.
        name: of the site, one line.
        url: of the site, with a slash at its end.
        year: the example facts are to be looked at by the end of the next one.
    """

    source: str
    locales: tuple[str, ...]
    name: str
    url: str
    year: int


def explain_tag(tag: str) -> str:
    """Say what is wrong with a locale tag and what may be meant, or nothing (an empty text)."""
    problem = tag_problem(tag)
    english = language_data("en")
    if not problem or "write '" in problem or english is None:
        return problem
    codes = {name.lower(): code.replace("_", "-") for code, name in english.languages.items()}
    near = difflib.get_close_matches(tag.lower(), codes, n=1, cutoff=0.85)
    return f"{problem}; write '{codes[near[0]]}'" if near else problem


def explain_url(url: str) -> str:
    """Say what is wrong with the address of a site, or nothing (an empty text)."""
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and parts.netloc and not parts.query and not parts.fragment:
        return ""
    return f"'{url}' is not the absolute address of a site, such as {DEFAULT_URL}"


def split_tags(values: Iterable[str]) -> list[str]:
    """Read lists of tags, separated by commas or spaces, as one."""
    return [tag for value in values for tag in value.replace(",", " ").split()]


def list_locales(source: str, others: Iterable[str]) -> tuple[str, ...]:
    """Give all locales in the order asked for, each once; the source comes first where it was not named."""
    named = list(dict.fromkeys(others))
    return tuple(named if source in named else [source, *named])


def starter_language(tag: str) -> str | None:
    """Give the language whose starter texts a writer of this locale can go on from; None when there are none."""
    language = language_of(tag)
    return language if language in _names() and script_of(tag) == script_of(language) else None


def default_name(source: str) -> str:
    """Give the name of a help center that was given none."""
    return _names()[starter_language(source) or DEFAULT_SOURCE]


def prepare_files(center: NewCenter) -> dict[str, str]:
    """Give all files of a new help center: path below its folder → text.

    The configuration comes last: while it is missing, the work is not done and may be done again.
    """
    texts = _starter().joinpath(starter_language(center.source) or DEFAULT_SOURCE, "content")
    files = {f"content/{path}": text for path, text in _walk(texts)}
    source_language = _english_name(center.source)
    example = next((tag for tag in center.locales if language_of(tag) != language_of(center.source)), None)
    files["locales/README.md"] = _fill(
        "shared/locales/README.md" if example else "shared/locales/README-source.md",
        language=_english_name(example or center.source),
        target=example or "",
        source=center.source,
        source_language=source_language,
        tags=", ".join(center.locales),
    )
    for tag in center.locales:
        files[f"locales/{tag}/locale.yml"] = _locale_file(tag, source_language)
    files["locales/regions/facts.yml"] = _read("shared/regions/facts.yml")
    files["locales/regions/methods.yml"] = _read("shared/regions/methods.yml")
    files["locales/regions/001.yml"] = _fill(
        "shared/regions/001.yml",
        review_by=f"{center.year + 1}-12-31",
        languages=_yaml([language_of(center.source)]),
    )
    files[".gitignore"] = _read("shared/gitignore")
    files[".gitattributes"] = _read("shared/gitattributes")
    files["README.md"] = _fill("shared/README.md", name=center.name, source_language=source_language)
    files[CONFIGURATION] = _fill(
        "shared/mkdocs.yml",
        site_name=_yaml(center.name),
        site_url=_yaml(center.url),
        source=_yaml(center.source),
        locales=_yaml(list(center.locales)),
    )
    return files


def find_obstacles(root: Path, files: Mapping[str, str]) -> list[Finding]:
    """Find what stands in the way of writing the files of a new help center.

    A file that holds what would be written is none: an earlier run was stopped after it.
    """
    if os.path.lexists(root / CONFIGURATION):
        hint = "choose another folder with -C; 'helpcenter new' adds pages to the one that is here"
        return [finding("init-not-empty", "there is a help center here already", Place(CONFIGURATION), help=hint)]
    hint = "move it away, or choose an empty folder with -C; nothing was written"
    paths = sorted({path for name in files for path in (name, *_folders_of(name)) if _is_obstacle(root, path, files)})
    return [finding("init-not-empty", f"'{path}' is in the way", Place(path), help=hint) for path in paths]


def write_files(root: Path, files: Mapping[str, str]) -> None:
    """Write the files of a new help center, in their order.

    Raises:
        HelpcenterError: ``file-unreadable``; what was written before can stay, the same call goes on from there.
    """
    for path, text in files.items():
        write_atomic(root / path, text)


def page_template(kind: str, title: str, tag: str) -> str:
    """Give a new page with guiding words in its writer's language.

    Args:
        kind: ``faq``, ``guide``, ``tutorial`` or ``policy``.
        title: its title, as customers read it.
        tag: the locale that pages are written in.
    """
    return _fill(f"{starter_language(tag) or DEFAULT_SOURCE}/pages/{kind}.md", title=_yaml(title))


def section_template(kind: str, tag: str) -> str:
    """Give a new landing page of the section that pages of a kind belong in."""
    return _read(f"{starter_language(tag) or DEFAULT_SOURCE}/sections/{SECTIONS[kind]}.md")


def _locale_file(tag: str, source_language: str) -> str:
    # Only the world has rules at first; a tag that names a territory would ask for those of the territory.
    territory = territory_of(tag)
    return _fill(
        "shared/locales/locale.yml",
        language=_english_name(tag),
        name=_yaml(autonym_of(tag)),
        source_language=source_language,
        region=_fill("shared/locales/region-missing.yml", territory=territory)
        if territory
        else _read("shared/locales/region-world.yml"),
    )


def _folders_of(path: str) -> Iterator[str]:
    parts = path.split("/")
    return ("/".join(parts[:size]) for size in range(1, len(parts)))


def _is_obstacle(root: Path, path: str, files: Mapping[str, str]) -> bool:
    there = root / path
    if not os.path.lexists(there):
        return False
    if path not in files:
        return not there.is_dir()
    try:
        return there.is_symlink() or there.read_bytes() != files[path].encode()
    except OSError:
        return True


def _english_name(tag: str) -> str:
    english = language_data("en")
    if english is None:
        return tag
    names = english.languages
    return str(names.get(tag.replace("-", "_")) or names.get(language_of(tag)) or tag)


def _yaml(value: Any) -> str:  # noqa: ANN401 - any YAML value
    """Write a value on one line, quoted only where it must be: a locale may be called ``no``."""
    text = yaml.safe_dump(value, allow_unicode=True, default_flow_style=True, width=sys.maxsize)
    return text.removesuffix("...\n").strip()


def _starter() -> Traversable:
    return resources.files("helpcenter.project").joinpath("starter")


def _read(path: str) -> str:
    return _starter().joinpath(*path.split("/")).read_text("utf-8")


def _fill(path: str, **values: str) -> str:
    return Template(_read(path)).substitute(values)


def _walk(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, str]]:
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from _walk(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_text("utf-8")


@cache
def _names() -> dict[str, str]:
    names: dict[str, str] = yaml.safe_load(_read("languages.yml"))
    return names
