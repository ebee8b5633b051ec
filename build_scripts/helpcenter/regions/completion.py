"""The shape of region files as JSON Schema, so that editors complete and check them while they are written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import available_timezones

from babel import Locale
from pydantic import BaseModel, Field, TypeAdapter

from helpcenter.regions.facts import REGION_NAME, Kind
from helpcenter.regions.schema import (
    URL,
    CarriersFile,
    DurationValue,
    HolidaysValue,
    HoursRow,
    ListChangeValue,
    MethodsFile,
    MoneyValue,
    RegionFile,
    RegistryFile,
    SourcesFile,
    ValueEntry,
)
from helpcenter.regions.shop import ShopHead

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from helpcenter.regions.facts import FactSpec
    from helpcenter.regions.tree import Regions

Schema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_MODELS: Mapping[str, type[BaseModel]] = {
    "region": RegionFile,
    "facts": RegistryFile,
    "methods": MethodsFile,
    "carriers": CarriersFile,
    "sources": SourcesFile,
    "shop": ShopHead,
}
_VALUES: Mapping[str, Any] = {
    "duration": DurationValue,
    "money": MoneyValue,
    "percent": Annotated[float, Field(ge=0, le=100)],
    "number": float,
    "date": date,
    "boolean": bool,
    "text": Annotated[str, Field(min_length=1)] | Annotated[dict[str, str], Field(min_length=1)],
    "url": Annotated[str, Field(pattern=URL)],
    "hours": Annotated[list[HoursRow], Field(min_length=1)],
    "holidays": HolidaysValue,
}
"""Types whose values look the same whatever the registry and the tables say."""

_LISTED = {"currency": "Currency", "country": "Country", "carrier": "Carrier"}
_LISTS = {"languages": "Language", "methods": "Method"}


def json_schema(regions: Regions | None = None) -> dict[str, Schema]:
    """Give the JSON Schema (2020-12) of each kind of file.

    Args:
        regions: when given, the schemas of region files and of ``shop.yml`` know the regions, the facts with their types
            and choices, the payment methods and the carriers.

    Returns:
        ``region``, ``facts``, ``methods``, ``carriers``, ``sources`` and ``shop``.
    """
    schemas = {name: model.model_json_schema(by_alias=True) for name, model in _MODELS.items()}
    if regions is not None:
        _know_facts(schemas["region"], regions)
        _know_markets(schemas["shop"], regions)
    return {name: {"$schema": _DIALECT, **_closed(schema)} for name, schema in schemas.items()}


def _closed(node: Any) -> Any:  # noqa: ANN401 - any JSON value
    """Refuse keys that are not written as their table asks, which pydantic's schemas let pass."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _closed(value) for key, value in node.items()}
    return {"additionalProperties": False, **closed} if "patternProperties" in node else closed


def _know_facts(schema: Schema, regions: Regions) -> None:
    """Let the schema of a region file know each fact by its id."""
    specs = _specs(regions)
    definitions = schema["$defs"]
    definitions |= _names(regions) | _values(specs)
    entry = definitions["FactEntry"]
    entry["properties"]["id"] |= {
        "enum": [spec.id for spec in specs],
        # Editors show them beside the names to choose from.
        "enumDescriptions": [spec.description for spec in specs],
    }
    entry["allOf"] = [
        {
            "if": {"required": ["id"], "properties": {"id": {"const": spec.id}}},
            "then": {"properties": {"value": _reference(spec.id)}},
        }
        for spec in specs
    ]
    schema["properties"]["parent"]["anyOf"][0]["enum"] = sorted(regions.tree)
    schema["properties"]["members"]["items"] = {"$ref": "#/$defs/Country"}


def _know_markets(schema: Schema, regions: Regions) -> None:
    """Let the schema of ``shop.yml`` know the tree of keys below a market."""
    specs = [spec for spec in _specs(regions) if spec.kind is Kind.SHOP]
    entry = ValueEntry.model_json_schema(by_alias=True)
    definitions = schema["$defs"]
    definitions |= entry.pop("$defs", {}) | _names(regions) | _values(specs) | {"ValueEntry": entry}
    definitions["Market"] = _tree({spec.id: _leaf(spec) for spec in specs})
    schema["properties"]["markets"] |= {
        "properties": {region: {"$ref": "#/$defs/Market"} for region in sorted(regions.tree)},
        "additionalProperties": False,
    }


def _specs(regions: Regions) -> list[FactSpec]:
    return [spec for spec in regions.registry.values() if spec.id != REGION_NAME]


def _leaf(spec: FactSpec) -> Schema:
    """Give what may stand at a fact of a market: its value, an entry, or a list of entries."""
    entry = {"allOf": [_reference("ValueEntry"), {"properties": {"value": _reference(spec.id)}}]}
    forms = [_reference(spec.id), entry, {"type": "array", "items": entry, "minItems": 1}]
    return {"description": spec.description, "anyOf": forms}


def _tree(leaves: Mapping[str, Schema]) -> Schema:
    """Nest leaves by the parts of their ids."""
    below: dict[str, dict[str, Schema]] = {}
    properties: dict[str, Schema] = {}
    for fact_id, leaf in leaves.items():
        first, _, rest = fact_id.partition(".")
        if rest:
            below.setdefault(first, {})[rest] = leaf
        else:
            properties[first] = leaf
    properties |= {name: _tree(inner) for name, inner in below.items()}
    return {"type": ["object", "null"], "properties": properties, "additionalProperties": False}


def _reference(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _names(regions: Regions) -> Schema:
    """Give what values may name."""
    english = Locale("en")
    zones: Schema = {"enum": sorted(available_timezones())}
    return {
        "Currency": _named(english.currencies),
        "Country": _named(english.territories),
        "Language": _named(english.languages),
        "Method": {"enum": sorted(regions.methods)},
        "Carrier": {"enum": sorted(regions.carriers)},
        "Zone": zones,
    }


def _named(names: Mapping[str, str]) -> Schema:
    codes = sorted(names)
    return {"enum": codes, "enumDescriptions": [names[code] for code in codes]}


def _values(specs: Iterable[FactSpec]) -> Schema:
    """Give the schema of each fact's value, by its id, with all that those refer to."""
    definitions: Schema = {}
    for spec in specs:
        value = _value(spec, definitions)
        allowed = {"anyOf": [value, {"type": "null"}]} if spec.nullable else value
        definitions[spec.id] = {"description": spec.description, **allowed}
    for name, key, target in (
        ("MoneyValue", "currency", "Currency"),
        ("HolidaysValue", "country", "Country"),
        ("HoursRow", "zone", "Zone"),
    ):
        if name in definitions:
            definitions[name]["properties"][key] = _reference(target)
    if "DurationValue" in definitions:
        definitions["DurationValue"] |= {"minProperties": 1, "maxProperties": 1}
    return definitions


def _value(spec: FactSpec, definitions: Schema) -> Schema:
    if spec.type == "choice":
        return {"enum": list(spec.choices)}
    if spec.type in _LISTED:
        return _reference(_LISTED[spec.type])
    if spec.type == "choices" or spec.type in _LISTS:
        items = {"enum": list(spec.choices)} if spec.type == "choices" else _reference(_LISTS[spec.type])
        change = ListChangeValue.model_json_schema()
        for side in change["properties"].values():
            side["items"] = items
        return {"anyOf": [{"type": "array", "items": items}, change]}
    schema = TypeAdapter(_VALUES[spec.type]).json_schema(by_alias=True)
    definitions |= schema.pop("$defs", {})
    if "$ref" not in schema and "title" in schema:
        # A model that nothing else refers to: as a definition it is written once.
        definitions[schema["title"]] = schema
        return _reference(schema["title"])
    return schema
