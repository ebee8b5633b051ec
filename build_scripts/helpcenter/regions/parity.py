"""Texts by language: what a fact, a name or a label says in one language it says in all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.yamlfile import load_yaml
from helpcenter.quality import Direction, Pair, Problem, find_problems
from helpcenter.quality.brands import check_brands
from helpcenter.quality.counting import check_numbers
from helpcenter.quality.units import check_units, names_money
from helpcenter.regions.brands import brands_of
from helpcenter.regions.facts import nearest_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from helpcenter.diagnostics import Finding
    from helpcenter.quality import Brand
    from helpcenter.regions.facts import Carrier, Method
    from helpcenter.regions.tree import Regions

CODE = "region-text-differs"


class _Texts(NamedTuple):
    """A text in several languages.

    Args:
        name: of what it belongs to, for people.
        texts: language tag → text.
        files: one of them holds it.
        line: the first on which it can stand.
    """

    name: str
    texts: Mapping[str, str]
    files: tuple[str, ...]
    line: int = 1


def check_texts(regions: Regions, root: Path, source: str = "en") -> list[Finding]:
    """Find numbers, currencies and brands that are others in one of the languages of a text.

    Args:
        regions: all regions.
        root: of the project, to find the places of what is wrong.
        source: language that the texts are compared with; where one does not have it, its first one.
    """
    brands = brands_of((*regions.methods.values(), *regions.carriers.values()), source)
    found = []
    for one in _list_texts(regions):
        for tag, text, problem in _compare(one.texts, source, brands):
            place = _find_place(one, tag, text, problem, root)
            message = f"{one.name} differs in '{tag}': {problem.message}"
            original = nearest_text(one.texts, source)[0]
            found.append(finding(CODE, message, place, help=f"the text it is compared with: {original}"))
    found += _check_names(regions, root)
    return sorted(found, key=lambda one: (one.place.path, one.place.line or 0, one.message))


def _compare(texts: Mapping[str, str], source: str, brands: tuple[Brand, ...]) -> Iterator[tuple[str, str, Problem]]:
    original, is_known = nearest_text(texts, source)
    first = source if is_known else next(iter(texts), source)
    for tag, text in texts.items():
        if text == original:
            continue
        pair = Pair(original, text, is_string=True)
        # What a language needs to know of numbers costs a tenth of a second; most texts have none.
        counts = bool(_digits(original) or _digits(text) or names_money(original, first))
        checks = (check_numbers, check_units, check_brands) if counts else (check_brands,)
        problems = find_problems(pair, Direction(first, tag, brands=brands), checks)
        # The number of a law is no amount: where it is written in digits it is the same, digit by digit.
        if not problems and _digits(text) and _digits(original) != _digits(text):
            problems = [Problem(CODE, "its digits are others")]
        for problem in problems:
            yield tag, text, problem


def _digits(text: str) -> list[str]:
    return sorted(char for char in text if char.isdecimal())


def _list_texts(regions: Regions) -> Iterator[_Texts]:
    for entries in regions.entries.values():
        for facts in entries.values():
            for fact in facts:
                if fact.type == "text" and isinstance(fact.value, dict):
                    yield _Texts(f"{fact.id} of {fact.region}", fact.value, (fact.place.path,), fact.place.line or 1)
    for spec in regions.registry.values():
        yield _Texts(f"the label of {spec.id}", spec.label, (f"{regions.folder}/facts.yml",))
    for method in regions.methods.values():
        yield _Texts(f"the description of '{method.id}'", method.descriptions, _files(regions, "methods"))


def _files(regions: Regions, table: str) -> tuple[str, ...]:
    """Give the files that may hold a row of a table: its own, and those of the regions."""
    return tuple(f"{regions.folder}/{name}.yml" for name in (table, *sorted(regions.entries)))


def _check_names(regions: Regions, root: Path) -> Iterator[Finding]:
    """Find names that two rows of a table share, in whatever language: one of them was meant for the other."""
    tables: tuple[tuple[str, Mapping[str, Method | Carrier]], ...] = (
        ("methods", regions.methods),
        ("carriers", regions.carriers),
    )
    for table, rows in tables:
        known: dict[str, str] = {}
        for key, row in rows.items():
            for tag, name in (("name", row.name), *row.names.items()):
                other = known.setdefault(name, key) if name else key
                if name and other != key:
                    place = _find_place(_Texts(key, {}, _files(regions, table)), tag, name, None, root)
                    message = f"'{name}' is the name of '{other}' and of '{key}'"
                    yield finding(CODE, message, place, help="give one of the two its own name")


def _find_place(one: _Texts, tag: str, text: str, problem: Problem | None, root: Path) -> Place:
    """Find where a text stands: only for what is wrong, so that reading its file again costs nothing otherwise."""
    for path in one.files:
        try:
            file = load_yaml(root / path, root)
        except HelpcenterError:
            continue
        spots = sorted(
            (spot, keys) for keys, spot in file.values.items() if keys and keys[-1] == tag and spot[0] >= one.line
        )
        for (line, column, length), keys in spots:
            row = file.line(line)
            written = row[column - 1 : column - 1 + length]
            start = written.find(text)
            if start >= 0 and problem is not None and problem.span is not None:
                first, last = problem.span
                return Place(path, line, column + start + first, max(last - first, 1), row)
            # A text on several lines is the first below the line of its fact.
            if start >= 0 or (length == 1 and one.line > 1):
                return file.place(*keys)
    return Place(one.files[0], one.line if one.line > 1 else None)
