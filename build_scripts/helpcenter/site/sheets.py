"""The strings of a project, without reading again what an earlier run has read."""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from helpcenter.catalog import Sheet, Source
from helpcenter.project import relative
from helpcenter.project.cache import code_version, digest_of, load_cache, save_cache
from helpcenter.site.layout import theme_layers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from helpcenter.project import Project

# What decides how a template is read, besides our own code.
_LIBRARIES = ("jinja2", "babel")


def load_sheets(project: Project) -> list[Sheet]:
    """Read the strings that stand on no page: words of templates, texts of region files.

    Raises:
        HelpcenterError: a template or a catalog of words cannot be read. Region files that cannot be read give no sheet.
    """
    known: Any = load_cache(_file(project), code_version())
    if known is not None and known["key"] == _key(project):
        return [_unpack(row) for row in known["sheets"]]
    from helpcenter.regions import regions_sheet  # noqa: PLC0415 - a run without changes reads neither
    from helpcenter.site.words import theme_sheet  # noqa: PLC0415 - as above

    regions = regions_sheet(project)
    return [theme_sheet(project), *([] if regions is None else [regions])]


def note_sheets(project: Project, sheets: Sequence[Sheet]) -> None:
    """Note for the next run what was read."""
    data = {"key": _key(project), "sheets": [_pack(sheet) for sheet in sheets]}
    save_cache(_file(project), code_version(), data)


def _file(project: Project) -> Path:
    return project.build_folder / "extract" / "strings.json"


def _key(project: Project) -> str:
    return digest_of("\n".join(_inputs(project)).encode("utf-8", "surrogateescape"))


def _inputs(project: Project) -> Iterator[str]:
    """Name all that strings are read from, with the hash of what is in it."""
    yield from (f"{name} {version(name)}" for name in _LIBRARIES)
    yield f"source {project.source.tag}"
    yield from (f"{locale.tag} {locale.region} {' '.join(locale.chain)}" for locale in project.locales.values())
    layers = theme_layers(project)
    files = [path for folder in layers for glob in ("**/*.html", "locales/*/messages.po") for path in folder.glob(glob)]
    for path in sorted([*files, *project.regions_folder.glob("*.yml"), project.shop_file]):
        if path.is_file():
            yield f"{relative(path, project.root)} {digest_of(path.read_bytes())}"


def _pack(sheet: Sheet) -> dict[str, Any]:
    given = {tag: sorted(keys) for tag, keys in sheet.given.items()}
    return {"path": sheet.path, "strings": sheet.strings, "given": given}


def _unpack(row: dict[str, Any]) -> Sheet:
    strings = tuple(Source(msgid, tuple(references), kind) for msgid, references, kind in row["strings"])
    return Sheet(row["path"], strings, {tag: frozenset(keys) for tag, keys in row["given"].items()})
