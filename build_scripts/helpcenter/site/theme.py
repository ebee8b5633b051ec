"""The theme of a project: what helpcenter ships, with the project's own templates over it."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import material
from babel.messages.mofile import write_mo

from helpcenter.diagnostics import HelpcenterError, finding
from helpcenter.project import write_atomic
from helpcenter.project.tags import direction_of, language_of, territory_of
from helpcenter.site.configuration import material_language
from helpcenter.site.layout import theme_layers
from helpcenter.site.words import language_of_words, plain_words, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from babel.messages import Catalog

    from helpcenter.diagnostics import Finding
    from helpcenter.project import Locale, Project

# Without a prefix a partial would import itself where Material has one of the same name.
_PREFIX = "site-"

# A text of small letters only stays with gettext: Material's own keys look like that, and so do the methods of a mapping.
_STRING = rb"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_CALL = re.compile(rb"(?<![\w.])_(?=\(\s*(?![\"'][a-z_.]*[\"'])" + _STRING + rb"\s*\))|" + _STRING, re.DOTALL)
_BRACES = rb"\{(?:" + _STRING + rb"|\{(?:" + _STRING + rb"|[^\"'{}])*\}|[^\"'{}])*\}"
_OUTSIDE = rb"(?P<outside>\{#.*?#\}|\{%[-+]?\s*raw\b.*?\bendraw\b)"
_INSIDE = rb"\{%(?:" + _STRING + rb"|[^\"'])*?%\}|\{\{(?:" + _STRING + rb"|" + _BRACES + rb"|[^\"'])*?\}\}"
_TAG = re.compile(_OUTSIDE + rb"|" + _INSIDE, re.DOTALL)

_WORD = re.compile(r'^\s*("[a-z][\w.]*"):\s*("(?:[^"\\]|\\.)*"),?\s*$', re.MULTILINE)

_NAME = re.compile(r"[a-z_.]*")

__all__ = ["ask_material", "check_words", "language_partial", "material_languages", "stage_theme"]


def material_languages() -> list[str]:
    """Give the names of Material's own language partials."""
    from importlib.resources import files  # noqa: PLC0415 - beside its use

    folder = files(material).joinpath("templates/partials/languages")
    return sorted(item.name.removesuffix(".html") for item in folder.iterdir() if item.name.endswith(".html"))


def stage_theme(project: Project) -> dict[str, str]:
    """Write the theme of a project; give the name of the language partial of each locale.

    Every locale gets a partial that takes everything from the nearest language Material has, but for the language and the
    direction: Material's own ``pt-BR`` says that it is ``pt``. It holds the words of our templates as well.

    Raises:
        HelpcenterError: catalogs of words that cannot be read, all at once.
    """
    target = project.build_folder / "theme"
    wanted = _read_templates(project, target)
    names = {}
    available = material_languages()
    languages = target / "partials" / "languages"
    compiled: dict[str, bytes] = {}
    found: list[Finding] = []
    for tag, locale in project.locales.items():
        try:
            catalog = words_of(project, locale)
        except HelpcenterError as error:
            found += error.findings
            continue
        names[tag] = f"{_PREFIX}{tag}"
        base = material_language(tag, available)
        partial = languages / f"{_PREFIX}{tag}.html"
        if partial in wanted:
            base = f"own-{tag}"
            wanted[languages / f"{base}.html"] = wanted[partial]
        words = plain_words(catalog)
        ours_are = language_of_words(project, locale, words)
        wanted[partial] = language_partial(tag, base, words, material_words(base), ours_are=ours_are).encode()
        # Without a file under this name MkDocs warns.
        compiled.setdefault(_gettext_name(tag), _compile(catalog))
    if found:
        raise HelpcenterError(*found)
    for name, data in compiled.items():
        wanted[target / "locales" / name / "LC_MESSAGES" / "messages.mo"] = data
    for path, data in wanted.items():
        write_atomic(path, data, durable=False)
    for path in [p for p in target.rglob("*") if p.is_file() and p not in wanted]:
        path.unlink()
    return names


def check_words(project: Project) -> list[Finding]:
    """Find the locales for which the theme has no words; the templates' own stand there, in English.

    What is wrong with catalogs is said by those who inspect them.
    """
    return [
        finding(
            "locale-no-words",
            f"the theme has no words in {tag}: its few lines are English there, marked as such",
            project.configuration.file.place("extra", "helpcenter", "locales"),
            help=f"translate and review locales/{tag}/catalog/_theme.po, as docs/theme.md tells",
        )
        for tag, locale in project.locales.items()
        if not _has_words(project, locale)
    ]


def _has_words(project: Project, locale: Locale) -> bool:
    try:
        return language_of_words(project, locale, plain_words(words_of(project, locale))) == locale.tag
    except HelpcenterError:
        return True


def _gettext_name(tag: str) -> str:
    """Give the name under which MkDocs looks for the words of a locale: it asks for language and territory only."""
    language, territory = language_of(tag), territory_of(tag)
    return f"{language}_{territory}" if territory else language


def _read_templates(project: Project, target: Path) -> dict[Path, bytes]:
    """Give the files of the staged theme but for its words."""
    wanted: dict[Path, bytes] = {}
    for folder in theme_layers(project):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder)
            if name.parts[0] != "locales":
                data = path.read_bytes()
                wanted[target / name] = ask_material(data) if path.suffix == ".html" else data
    return wanted


def _compile(words: Catalog) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, words)
    return buffer.getvalue()


def ask_material(template: bytes) -> bytes:
    """Let a template ask for its words as Material's own do: not every renderer has gettext.

    ``_("Menu")`` becomes ``lang.t("Menu")``, inside tags only. What is no plain text, such as ``_(name)``, stays.
    """

    def rewrite(match: re.Match[bytes]) -> bytes:
        if match["outside"]:
            return match[0]
        return _CALL.sub(lambda call: b"lang.t" if call[0] == b"_" else call[0], match[0])

    return _TAG.sub(rewrite, template)


def material_words(language: str) -> dict[str, str]:
    """Give the words of one of Material's language partials, which are written by a program, a line each."""
    from importlib.resources import files  # noqa: PLC0415 - beside its use

    partial = files(material).joinpath("templates/partials/languages", f"{language}.html")
    return dict(map(json.loads, _pairs(partial.read_text("utf-8")))) if partial.is_file() else {}


def _pairs(partial: str) -> Iterator[str]:
    return (f"[{key}, {word}]" for key, word in _WORD.findall(partial))


def language_partial(
    tag: str, base: str, words: Mapping[str, str], known: Mapping[str, str] | None = None, *, ours_are: str = ""
) -> str:
    """Write the language partial of a locale.

    Args:
        tag: the locale.
        base: name of the partial that has Material's words.
        words: those of our templates, by the text in the template.
        known: those of Material's words that need not be asked for, by name.
        ours_are: language that the words of our templates are in; the locale's when empty.
    """
    # A word of ours must not take the place of one of Material's.
    ours = {text: word for text, word in words.items() if not _NAME.fullmatch(text)}
    mapping = {**ours, **(known or {}), "language": tag, "direction": direction_of(tag), "hc.words": ours_are or tag}
    # One mapping, made once: a page asks for thirty words.
    return (
        f'{{% import "partials/languages/{base}.html" as base %}}{{% set words = {_mapping(mapping)} %}}'
        "{% macro t(key) %}{{ words[key] or base.t(key) }}{% endmacro %}\n"
    )


def _mapping(words: Mapping[str, str]) -> str:
    """Write a mapping as both dialects of Jinja read it: the escapes of JSON are theirs as well."""
    return json.dumps(words, ensure_ascii=False)
