"""The tables beside the region files: which facts, payment methods, carriers and sources there are.

A region file may hold rows of the tables of names itself, so that one new file is enough for a new country.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from helpcenter.diagnostics import HelpcenterError, Place, finding, suggest
from helpcenter.project.files import relative
from helpcenter.project.yamlfile import YamlFile, load_yaml, validate
from helpcenter.regions.facts import Carrier, FactSpec, Method, Source
from helpcenter.regions.limits import COMPARED_TYPES, can_compare
from helpcenter.regions.schema import (
    CarrierEntry,
    CarriersFile,
    MethodEntry,
    MethodsFile,
    RegistryFile,
    SourceEntry,
    SourcesFile,
    SpecEntry,
)

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.diagnostics import Finding

Row = TypeVar("Row")

FACTS, METHODS, CARRIERS, SOURCES = "facts.yml", "methods.yml", "carriers.yml", "sources.yml"
TABLES = (FACTS, METHODS, CARRIERS, SOURCES)
"""Names of the files that are no region."""


@dataclass
class Table(Mapping[str, Row], Generic[Row]):
    """What a table defines.

    Args:
        rows: id → what it is.
        unreadable: ids whose rows have findings of their own: to name one is not wrong.
        is_known: whether the table could be read at all; where not, nothing can be said of a name.
    """

    rows: dict[str, Row] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    is_known: bool = True

    def __getitem__(self, key: str) -> Row:
        """Give a row."""
        return self.rows[key]

    def __iter__(self) -> Iterator[str]:
        """Go through the ids."""
        return iter(self.rows)

    def __len__(self) -> int:
        """Count the rows."""
        return len(self.rows)

    def lacks(self, key: object) -> bool:
        """Tell whether a name is surely not defined."""
        # YAML may have a list or a mapping where a name should stand.
        is_defined = isinstance(key, str) and (key in self.rows or key in self.unreadable)
        return self.is_known and not is_defined


@dataclass(frozen=True)
class Vocabulary:
    """What region files may name.

    Args:
        registry: fact id → what it is.
        methods: payment methods.
        carriers: carriers.
        sources: where facts were read.
    """

    registry: Table[FactSpec]
    methods: Table[Method]
    carriers: Table[Carrier]
    sources: Table[Source]


@dataclass(frozen=True)
class _Shape(Generic[Row]):
    """How a table is read.

    Args:
        name: of its file.
        key: under which its rows stand, in region files too.
        file: model of the file.
        row: model of a row.
        make: gives what a row says.
    """

    name: str
    key: str
    file: type[BaseModel]
    row: type[BaseModel]
    make: Callable[[str, Any], Row]


def _spec(key: str, entry: SpecEntry) -> FactSpec:
    read = entry.model_dump()
    return FactSpec(key, **(read | {"choices": tuple(entry.choices)}))


def _method(key: str, entry: MethodEntry) -> Method:
    return Method(key, entry.name, entry.names, entry.descriptions)


def _carrier(key: str, entry: CarrierEntry) -> Carrier:
    return Carrier(key, entry.name, entry.names, entry.tracking)


def _source(key: str, entry: SourceEntry) -> Source:
    return Source(key, entry.url, str(entry.seen), entry.what)


_REGISTRY = _Shape(FACTS, "facts", RegistryFile, SpecEntry, _spec)
_METHODS = _Shape(METHODS, "methods", MethodsFile, MethodEntry, _method)
_CARRIERS = _Shape(CARRIERS, "carriers", CarriersFile, CarrierEntry, _carrier)
_SOURCES = _Shape(SOURCES, "sources", SourcesFile, SourceEntry, _source)
_OBLIGATORY = frozenset({FACTS, METHODS})


def read_tables(folder: Path, root: Path, regions: Iterable[YamlFile], findings: list[Finding]) -> Vocabulary:
    """Read the tables of a folder.

    Args:
        folder: holds them; only ``facts.yml`` and ``methods.yml`` must be there.
        root: of the project, for the paths in findings.
        regions: the region files, which may hold rows of their own.
        findings: is added to.
    """
    files = {name: _load(folder / name, root, findings) for name in TABLES}
    inline = tuple(regions)
    facts = files[FACTS]
    registry = _read(_REGISTRY, facts, (), findings)
    if facts is not None:
        _check_registry(registry, facts, findings)
    return Vocabulary(
        registry,
        _read(_METHODS, files[METHODS], inline, findings),
        _read(_CARRIERS, files[CARRIERS], inline, findings),
        _read(_SOURCES, files[SOURCES], inline, findings),
    )


def _load(path: Path, root: Path, findings: list[Finding]) -> YamlFile | None:
    """Give a table's file, an empty one where it may be missing, or None after a finding."""
    if path.name not in _OBLIGATORY and not path.exists():
        return YamlFile(relative(path, root), "", {path.stem: {}})
    try:
        return load_yaml(path, root)
    except HelpcenterError as error:
        findings.extend(error.findings)
        return None


def _read(shape: _Shape[Row], file: YamlFile | None, inline: Iterable[YamlFile], findings: list[Finding]) -> Table[Row]:
    table: Table[Row] = Table(is_known=file is not None)
    places: dict[str, Place] = {}
    if file is not None:
        _read_rows(shape, file, file.data, table, places, findings)
    for region in inline:
        if isinstance(region.data, dict) and isinstance(region.data.get(shape.key), dict):
            _read_rows(shape, region, {shape.key: region.data[shape.key]}, table, places, findings)
    return table


def _read_rows(
    shape: _Shape[Row],
    file: YamlFile,
    data: Any,  # noqa: ANN401 - any YAML value
    table: Table[Row],
    places: dict[str, Place],
    findings: list[Finding],
) -> None:
    try:
        validate(shape.file, file, data=data)
    except HelpcenterError as error:
        findings.extend(error.findings)
    rows = data.get(shape.key) if isinstance(data, dict) else None
    if not isinstance(rows, dict):
        table.is_known = False
        return
    for key, raw in rows.items():
        place = file.place(shape.key, str(key), key=True)
        if key in places:
            message = f"'{key}' is defined twice"
            other = f"it is first defined in {places[key].path}, line {places[key].line}; keep one of the two"
            findings.append(finding("region-defined-twice", message, place, help=other))
            continue
        places[key] = place
        try:
            table.rows[key] = shape.make(key, shape.row.model_validate(raw))
        except ValidationError:
            # What is wrong with it has been said of the whole file.
            table.unreadable.add(key)


def _check_registry(registry: Table[FactSpec], file: YamlFile, findings: list[Finding]) -> None:
    """Check what the facts say of each other."""
    for spec in registry.values():
        for key, other in (("at_least", spec.at_least), ("at_most", spec.at_most)):
            if (
                other is None
                or other in registry.unreadable
                or (other in registry and can_compare(spec, registry[other]))
            ):
                continue
            message = f"{spec.id}: '{key}' compares two facts of one type, and '{other}' is not one of them"
            place = file.place("facts", spec.id, key)
            help_ = f"compared are: {', '.join(sorted(COMPARED_TYPES))}; of choices, those with the same list"
            findings.append(
                finding(
                    "region-value",
                    message,
                    place,
                    label="" if other in registry else suggest(other, registry),
                    help=help_,
                )
            )
        _check_nesting(spec.id, registry, file, findings)


def _check_nesting(fact_id: str, registry: Table[FactSpec], file: YamlFile, findings: list[Finding]) -> None:
    """Check that no fact is the beginning of another, which ``shop.yml`` could not tell apart."""
    parts = fact_id.split(".")
    for size in range(2, len(parts)):
        above = ".".join(parts[:size])
        if above in registry:
            message = f"'{above}' is a fact, so nothing can lie below it: '{fact_id}'"
            place = file.place("facts", fact_id, key=True)
            findings.append(finding("region-nested-fact", message, place, help="give one of the two another name"))
