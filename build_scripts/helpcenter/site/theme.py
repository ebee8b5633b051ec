"""The theme of a project: what helpcenter ships, with the project's own templates over it."""

from __future__ import annotations

import io
import json
import re
from typing import TYPE_CHECKING

import material
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from helpcenter.diagnostics import finding
from helpcenter.project import write_atomic
from helpcenter.project.tags import direction_of, language_of, parents_of, script_of, territory_of
from helpcenter.site.configuration import material_language
from helpcenter.site.layout import packaged

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project

# Without a prefix a partial would import itself where Material has one of the same name.
_PREFIX = "site-"
# The language that the words of our templates are written in.
_TEMPLATES = "en"

# A text of small letters only stays with gettext: Material's own keys look like that, and so do the methods of a mapping.
_STRING = rb"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')"
_CALL = re.compile(rb"(?<![\w.])_(?=\(\s*(?![\"'][a-z_.]*[\"'])" + _STRING + rb"\s*\))|" + _STRING, re.DOTALL)
_BRACES = rb"\{(?:" + _STRING + rb"|\{(?:" + _STRING + rb"|[^\"'{}])*\}|[^\"'{}])*\}"
_OUTSIDE = rb"(?P<outside>\{#.*?#\}|\{%[-+]?\s*raw\b.*?\bendraw\b)"
_INSIDE = rb"\{%(?:" + _STRING + rb"|[^\"'])*?%\}|\{\{(?:" + _STRING + rb"|" + _BRACES + rb"|[^\"'])*?\}\}"
_TAG = re.compile(_OUTSIDE + rb"|" + _INSIDE, re.DOTALL)

_WORD = re.compile(r'^\s*("[a-z][\w.]*"):\s*("(?:[^"\\]|\\.)*"),?\s*$', re.MULTILINE)

_NAME = re.compile(r"[a-z_.]*")

_EMPTY = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'

__all__ = ["ask_material", "check_words", "language_partial", "material_languages", "nearest_catalog", "stage_theme"]


def material_languages() -> list[str]:
    """Give the names of Material's own language partials."""
    from importlib.resources import files  # noqa: PLC0415 - beside its use

    folder = files(material).joinpath("templates/partials/languages")
    return sorted(item.name.removesuffix(".html") for item in folder.iterdir() if item.name.endswith(".html"))


def stage_theme(project: Project) -> dict[str, str]:
    """Write the theme of a project; give the name of the language partial of each locale.

    Every locale gets a partial that takes everything from the nearest language Material has, but for the language and the
    direction: Material's own ``pt-BR`` says that it is ``pt``. It holds the words of our templates as well.
    """
    target = project.build_folder / "theme"
    wanted, catalogs = _read_layers(project, target)
    names = {}
    available = material_languages()
    languages = target / "partials" / "languages"
    for tag in project.locales:
        names[tag] = f"{_PREFIX}{tag}"
        base = material_language(tag, available)
        partial = languages / f"{_PREFIX}{tag}.html"
        if partial in wanted:
            base = f"own-{tag}"
            wanted[languages / f"{base}.html"] = wanted[partial]
        catalog = nearest_catalog(tag, catalogs)
        words = _words(catalogs[catalog]) if catalog else {}
        # Without a file under this name MkDocs warns.
        staged = next((known for known in _gettext_names(tag) if known in catalogs), _gettext_names(tag)[0])
        catalogs.setdefault(staged, catalogs[catalog] if catalog else _EMPTY)
        wanted[partial] = language_partial(tag, base, words, material_words(base)).encode()
    for language, po in catalogs.items():
        wanted[target / "locales" / language / "LC_MESSAGES" / "messages.mo"] = _compile(po)
    for path, data in wanted.items():
        write_atomic(path, data, durable=False)
    for path in [p for p in target.rglob("*") if p.is_file() and p not in wanted]:
        path.unlink()
    return names


def nearest_catalog(tag: str, names: Iterable[str]) -> str | None:
    """Give the catalog of words that is nearest to a locale: its own, its language's, or one of its language and script.

    Args:
        tag: the locale.
        names: of all catalogs, as gettext writes them.
    """
    known = sorted(names)
    own = [one.replace("-", "_") for one in (tag, *parents_of(tag))]
    same = [one for one in known if language_of(one.replace("_", "-")) == language_of(tag)]
    alike = [one for one in same if script_of(one.replace("_", "-")) == script_of(tag)]
    return next((one for one in (*own, *alike) if one in known), None)


def check_words(project: Project) -> list[Finding]:
    """Find the locales for which the theme has no words; the templates' own stand there, in English."""
    names = {path.parent.name for folder in _layers(project) for path in folder.glob("locales/*/messages.po")}
    return [
        finding(
            "locale-no-words",
            f"the theme has no words in {tag}: its few lines are English there, marked as such",
            project.configuration.file.place("extra", "helpcenter", "locales"),
            help=f"write overrides/locales/{language_of(tag)}/messages.po, as docs/theme.md tells",
        )
        for tag in project.locales
        if language_of(tag) != _TEMPLATES and nearest_catalog(tag, names) is None
    ]


def _gettext_names(tag: str) -> list[str]:
    """Give the names under which gettext looks for a locale, nearest first."""
    # MkDocs asks for the language and the territory only.
    language, territory = language_of(tag), territory_of(tag)
    return [f"{language}_{territory}", language] if territory else [language]


def _layers(project: Project) -> Iterable[Path]:
    shipped = packaged("overrides")
    own = project.root / "overrides"
    return [shipped] if not own.is_dir() or own.resolve() == shipped.resolve() else [shipped, own]


def _read_layers(project: Project, target: Path) -> tuple[dict[Path, bytes], dict[str, bytes]]:
    """Give the files of the staged theme, and by its gettext name each language's catalog of words."""
    wanted: dict[Path, bytes] = {}
    catalogs: dict[str, bytes] = {}
    for folder in _layers(project):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder)
            if name.parts[0] == "locales":
                if path.suffix == ".po":
                    catalogs[name.parent.name] = path.read_bytes()
            else:
                data = path.read_bytes()
                wanted[target / name] = ask_material(data) if path.suffix == ".html" else data
    return wanted, catalogs


def _compile(po: bytes) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, read_po(io.BytesIO(po)))
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


def _words(po: bytes) -> dict[str, str]:
    """Give what gettext would say for each text of a catalog, plurals left out."""
    return {
        message.id: message.string
        for message in read_po(io.BytesIO(po))
        if isinstance(message.id, str) and isinstance(message.string, str)
        if message.id and message.string and not message.fuzzy and not message.context
    }


def material_words(language: str) -> dict[str, str]:
    """Give the words of one of Material's language partials, which are written by a program, a line each."""
    from importlib.resources import files  # noqa: PLC0415 - beside its use

    partial = files(material).joinpath("templates/partials/languages", f"{language}.html")
    return dict(map(json.loads, _pairs(partial.read_text("utf-8")))) if partial.is_file() else {}


def _pairs(partial: str) -> Iterator[str]:
    return (f"[{key}, {word}]" for key, word in _WORD.findall(partial))


def language_partial(tag: str, base: str, words: Mapping[str, str], known: Mapping[str, str] | None = None) -> str:
    """Write the language partial of a locale.

    Args:
        tag: the locale.
        base: name of the partial that has Material's words.
        words: those of our templates, by the text in the template.
        known: those of Material's words that need not be asked for, by name.
    """
    ours_are = tag if words or language_of(tag) == _TEMPLATES else _TEMPLATES
    # A word of ours must not take the place of one of Material's.
    ours = {text: word for text, word in words.items() if not _NAME.fullmatch(text)}
    mapping = {**ours, **(known or {}), "language": tag, "direction": direction_of(tag), "hc.words": ours_are}
    # One mapping, made once: a page asks for thirty words.
    return (
        f'{{% import "partials/languages/{base}.html" as base %}}{{% set words = {_mapping(mapping)} %}}'
        "{% macro t(key) %}{{ words[key] or base.t(key) }}{% endmacro %}\n"
    )


def _mapping(words: Mapping[str, str]) -> str:
    """Write a mapping as both dialects of Jinja read it: the escapes of JSON are theirs as well."""
    return json.dumps(words, ensure_ascii=False)
