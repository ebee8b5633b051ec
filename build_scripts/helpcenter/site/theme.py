"""The theme of a project: what helpcenter ships, with the project's own templates over it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import material
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from helpcenter.project import write_atomic
from helpcenter.project.tags import direction_of, language_of, territory_of
from helpcenter.site.configuration import material_language
from helpcenter.site.layout import packaged

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from helpcenter.project import Project

# Without a prefix a partial would import itself where Material has one of the same name.
_PREFIX = "site-"

_EMPTY = b'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'

__all__ = ["material_languages", "stage_theme"]


def material_languages() -> list[str]:
    """Give the names of Material's own language partials."""
    from importlib.resources import files  # noqa: PLC0415 - beside its use

    folder = files(material).joinpath("templates/partials/languages")
    return sorted(item.name.removesuffix(".html") for item in folder.iterdir() if item.name.endswith(".html"))


def stage_theme(project: Project) -> dict[str, str]:
    """Write the theme of a project; give the name of the language partial of each locale.

    Every locale gets a partial that takes everything from the nearest language Material has, but for the language and the
    direction: Material's own ``pt-BR`` says that it is ``pt``.
    """
    target = project.build_folder / "theme"
    wanted: dict[Path, bytes] = {}
    for folder in _layers(project):
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            name = path.relative_to(folder)
            if name.parts[0] == "locales" and path.suffix == ".po":
                wanted[target / name.parent / "LC_MESSAGES" / "messages.mo"] = _compile(path.read_bytes())
            elif name.parts[0] != "locales":
                wanted[target / name] = path.read_bytes()
    names = {}
    available = material_languages()
    for tag in project.locales:
        names[tag] = f"{_PREFIX}{tag}"
        partial = target / "partials" / "languages" / f"{_PREFIX}{tag}.html"
        wanted.setdefault(partial, _language_partial(tag, material_language(tag, available)).encode())
        # Without a file MkDocs warns; that a language has no translation of the theme is said by `helpcenter check`.
        locales = target / "locales"
        if not any((locales / name / "LC_MESSAGES" / "messages.mo") in wanted for name in _gettext_names(tag)):
            wanted[locales / _gettext_names(tag)[0] / "LC_MESSAGES" / "messages.mo"] = _compile(_EMPTY)
    for path, data in wanted.items():
        write_atomic(path, data, durable=False)
    for path in [p for p in target.rglob("*") if p.is_file() and p not in wanted]:
        path.unlink()
    return names


def _gettext_names(tag: str) -> list[str]:
    """Give the names under which gettext looks for a locale, nearest first."""
    # MkDocs asks for the language and the territory only.
    language, territory = language_of(tag), territory_of(tag)
    return [f"{language}_{territory}", language] if territory else [language]


def _layers(project: Project) -> Iterable[Path]:
    shipped = packaged("overrides")
    own = project.root / "overrides"
    return [shipped] if not own.is_dir() or own.resolve() == shipped.resolve() else [shipped, own]


def _compile(po: bytes) -> bytes:
    buffer = io.BytesIO()
    write_mo(buffer, read_po(io.BytesIO(po)))
    return buffer.getvalue()


def _language_partial(tag: str, base: str) -> str:
    return (
        f'{{% import "partials/languages/{base}.html" as base %}}'
        f'{{% macro t(key) %}}{{{{ {{"language": "{tag}", "direction": "{direction_of(tag)}"}}[key] or base.t(key) }}}}'
        "{% endmacro %}\n"
    )
