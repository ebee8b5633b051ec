"""Schemas for editors: they accept what the loader accepts, refuse what it refuses, and name what there is to choose from."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from jsonschema_rs import Draft202012Validator, meta
from region_cases import CASES, ROOT, load_shop
from test_shop import CARRIERS, REGISTRY, WORLD

from helpcenter.regions import json_schema

if TYPE_CHECKING:
    from pathlib import Path

    from helpcenter.regions import Regions
    from project_cases import Run

HEAD: dict[str, Any] = {
    "parent": "001",
    "defaults": {kind: {"owner": "a", "review_by": "2027-01-31"} for kind in ("shop", "statute")},
}
VALUES: list[dict[str, Any]] = yaml.safe_load((CASES / "editors.yml").read_text("utf-8"))


def as_editors_read(value: object) -> Any:  # noqa: ANN401 - any YAML value
    """Give days as texts: editors read YAML 1.2, which knows no days."""
    return json.loads(json.dumps(value, default=date.isoformat))


def errors(schema: dict[str, Any], value: object) -> list[str]:
    checker = Draft202012Validator(schema, validate_formats=True)
    return [f"{one.instance_path}: {one.message}" for one in checker.iter_errors(as_editors_read(value))]


def files_of(extra: str = "") -> dict[str, str]:
    base = yaml.safe_load((CASES / "shop.yml").read_text("utf-8"))
    return {
        "facts.yml": base["facts.yml"] + REGISTRY,
        "carriers.yml": CARRIERS,
        "001.yml": base["001.yml"] + WORLD + extra,
    }


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    regions, found = load_shop(tmp_path_factory.mktemp("editors"), files_of())
    assert (regions is None, found) == (False, [])
    return json_schema(regions)


@pytest.mark.parametrize("case", VALUES, ids=lambda case: f"{case['id']} {json.dumps(case['value'], default=str)}")
def test_loader_and_schemas_agree(tmp_path: Path, schemas: dict[str, Any], case: dict[str, Any]):
    law = {} if case["id"].startswith(("delivery", "desk", "team")) else {"law": "x"}
    region = {**HEAD, "facts": [{"id": case["id"], "value": case["value"], **law}]}
    regions, found = load_shop(tmp_path, files_of() | {"XK.yml": yaml.safe_dump(as_dates(region))})
    assert (regions is not None) == case["fits"], found
    assert (errors(schemas["region"], region) == []) == case["fits"]
    if case["id"].startswith(("delivery", "desk", "team", "pay.m", "returns.w", "returns.c")):
        for form in (case["value"], {"value": case["value"], "note": "x"}, [{"value": case["value"]}]):
            leaf: Any = form
            for part in reversed(case["id"].split(".")):
                leaf = {part: leaf}
            assert (errors(schemas["shop"], {"markets": {"TR": leaf}}) == []) == case["fits"], form


def as_dates(region: dict[str, Any]) -> dict[str, Any]:
    defaults = {kind: {"owner": "a", "review_by": date(2027, 1, 31)} for kind in region["defaults"]}
    return {**region, "defaults": defaults}


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("region", {"parent": "EUU"}),
        ("region", {"parent": "EU", "members": ["UK"]}),
        ("region", {"parnt": "EU"}),
        ("region", {"facts": [{"id": "returns.windw", "value": {"days": 1}}]}),
        ("region", {"facts": [{"value": {"days": 1}}]}),
        ("region", {"facts": [{"id": "returns.cost", "value": "shop", "when": {"audience": ["companies"]}}]}),
        ("region", {"facts": [{"id": "returns.cost", "value": "shop", "valid_form": "2026-01-01"}]}),
        ("region", {"methods": {"Vipps": {"name": "Vipps"}}}),
        ("facts", {"facts": {"tax": {"type": "text", "kind": "shop", "description": "x"}}}),
        ("facts", {"facts": {"tax.name": {"type": "texts", "kind": "shop", "description": "x"}}}),
        ("carriers", {"carriers": {"dhl": {"name": "DHL", "tracking": "http://x.example"}}}),
        ("sources", {"sources": {"x": {"url": "law.example", "seen": "2026"}}}),
        ("shop", {"markets": {"UK": {}}}),
        ("shop", {"markets": {"TR": {"returns": {"csot": "shop"}}}}),
        ("shop", {"markets": {"TR": {"returns": {"days": {"days": 14}}}}}),
        ("shop", {"organization": {"name": "X"}}),
    ],
)
def test_mistakes_are_seen_while_typing(schemas: dict[str, Any], name: str, file: dict[str, Any]):
    assert errors(schemas[name], file) != []


def test_the_project_s_own_files_are_right(pellavo: Regions):
    schemas = json_schema(pellavo)
    folder = ROOT / "locales/regions"
    tables = {"facts", "methods", "carriers", "sources"}
    files = {path: path.stem if path.stem in tables else "region" for path in sorted(folder.glob("*.yml"))}
    files[ROOT / "locales/shop.yml"] = "shop"
    for path, name in files.items():
        meta.validate(schemas[name])
        assert errors(schemas[name], yaml.safe_load(path.read_text("utf-8"))) == [], path.name


def test_editors_are_told_what_there_is(schemas: dict[str, Any]):
    fact = schemas["region"]["$defs"]["FactEntry"]["properties"]["id"]
    place = fact["enum"].index("returns.window")
    assert fact["enumDescriptions"][place] == "Our own window."
    assert "region.name" not in fact["enum"]
    assert schemas["region"]["$defs"]["returns.cost"]["enum"] == ["buyer", "shop"]
    assert "troy" in schemas["region"]["$defs"]["Method"]["enum"]
    market = schemas["shop"]["$defs"]["Market"]["properties"]
    assert market["returns"]["properties"]["cost"]["description"] == "Who pays the return."
    assert "days" not in market["returns"]["properties"]
    assert set(json_schema()) == set(schemas)


def test_the_command_writes_what_editors_read(project_folder: Path, run: Run):
    done = run("-C", project_folder, "regions", "schema")
    assert done.code == 0, done.err
    written = sorted((project_folder / ".build/schemas").iterdir())
    assert [path.stem for path in written] == ["carriers", "facts", "methods", "region", "shop", "sources"]
    assert done.out.split() == [f".build/schemas/{path.name}" for path in written]
    times = [path.stat().st_mtime_ns for path in written]
    assert run("-C", project_folder, "regions", "schema", "--output", ".build/schemas").code == 0
    assert [path.stat().st_mtime_ns for path in written] == times
    region = json.loads((project_folder / ".build/schemas/region.json").read_text("utf-8"))
    assert "returns.window" in region["$defs"]["FactEntry"]["properties"]["id"]["enum"]
