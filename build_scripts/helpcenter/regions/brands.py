"""Brands of the tables: payment methods and carriers that have a name of their own, whatever the language."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from helpcenter.diagnostics import HelpcenterError
from helpcenter.project.yamlfile import load_yaml
from helpcenter.quality import Brand
from helpcenter.regions.facts import nearest_text
from helpcenter.regions.tables import CARRIERS, METHODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from helpcenter.diagnostics import Place
    from helpcenter.project.yamlfile import YamlFile
    from helpcenter.regions.facts import Carrier, Method
    from helpcenter.regions.view import RegionView

_KEYS = ("methods", "carriers")


@dataclass(frozen=True, slots=True)
class OfferedName:
    """What customers call a payment method or a carrier of their region.

    Args:
        names: all of them, each once; those of a brand in every script, those of another in two languages.
        is_brand: whether it has a name of its own; an invoice has none.
    """

    names: tuple[str, ...]
    is_brand: bool


def offered_names(view: RegionView, source: str) -> tuple[OfferedName, ...]:
    """Give what customers call the payment methods and carriers that their region offers.

    Args:
        view: what the pages of a locale see.
        source: language of the source pages, in which a customer may ask as well.
    """
    rows: dict[str, Method | Carrier] = {}
    for fact in view.facts.values():
        keys = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        if fact.type == "methods":
            rows |= {f"methods.{key}": view.methods[key] for key in keys if isinstance(key, str)}
        elif fact.type == "carrier":
            rows |= {f"carriers.{key}": view.carriers[key] for key in keys if isinstance(key, str)}
    return tuple(_offered(row, view.tag, source) for row in rows.values())


def _offered(row: Method | Carrier, tag: str, source: str) -> OfferedName:
    if row.name is not None:
        return OfferedName(_brand(row.id, row.name, row.names, source).names, is_brand=True)
    named = (nearest_text(row.names, one) for one in (tag, source))
    return OfferedName(tuple(dict.fromkeys(text for text, is_known in named if is_known)), is_brand=False)


def brands_of(rows: Iterable[Method | Carrier], source: str = "en") -> tuple[Brand, ...]:
    """Give the brands among payment methods and carriers; a generic name, such as that of an invoice, is translated.

    Args:
        rows: of the tables.
        source: language of the pages.
    """
    return tuple(_brand(row.id, row.name, row.names, source) for row in rows if row.name is not None)


def load_brands(folder: Path, source: str = "en") -> tuple[Brand, ...]:
    """Read the brands of a folder of region files; of what cannot be read, others tell what is wrong with it.

    Args:
        folder: of the region files; those of countries may hold rows of the tables as well.
        source: language of the pages.
    """
    files = sorted(folder.glob("*.yml"))
    return _load(folder, source, tuple((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in files))


def find_names(folder: Path, root: Path) -> dict[frozenset[str], Place]:
    """Give all names of each payment method and carrier → the place of its row.

    Args:
        folder: of the region files.
        root: of the project, for the places.
    """
    return {
        frozenset((*([name] if name else ()), *names.values())): file.place(table, key, key=True)
        for path in sorted(folder.glob("*.yml"))
        if (file := _read(path, root)) is not None
        for table, key, name, names in _rows(file)
    }


# The same for all locales.
@lru_cache(maxsize=4)
def _load(folder: Path, source: str, files: tuple[tuple[str, int, int], ...]) -> tuple[Brand, ...]:
    read = (_read(folder / name, folder) for name, *_ in files)
    rows = (row for file in read if file is not None for row in _rows(file))
    brands = (_brand(f"{table}.{key}", name, names, source) for table, key, name, names in rows if name is not None)
    return tuple(dict.fromkeys(brands))


def _read(path: Path, root: Path) -> YamlFile | None:
    """Read a file that has rows of the tables; None for others, and for what cannot be read."""
    try:
        # To read all the facts of a region for nothing would cost more than the check.
        text = path.read_text("utf-8")
        if path.name not in {METHODS, CARRIERS} and not any(f"\n{key}:" in f"\n{text}" for key in _KEYS):
            return None
        return load_yaml(path, root)
    except (HelpcenterError, OSError, ValueError):
        return None


def _rows(file: YamlFile) -> Iterator[tuple[str, str, str | None, Mapping[str, str]]]:
    """Give table, key, name of a brand and names by language, as far as they are texts."""
    for table in _KEYS:
        rows = file.data.get(table) if isinstance(file.data, dict) else None
        for key, entry in rows.items() if isinstance(rows, dict) else ():
            brand = entry.get("name") if isinstance(entry, dict) else None
            names = entry.get("names") if isinstance(entry, dict) else None
            spelled = names.items() if isinstance(names, dict) else ()
            name = brand if isinstance(brand, str) and brand.strip() else None
            yield table, str(key), name, {str(tag): text for tag, text in spelled if isinstance(text, str)}


def _brand(key: str, name: str, names: Mapping[str, str], source: str) -> Brand:
    first, is_known = nearest_text(names, source) if names else ("", False)
    spellings = (first if is_known else name, name, *names.values())
    return Brand(key, tuple(dict.fromkeys(" ".join(one.split()) for one in spellings if one.strip())))
