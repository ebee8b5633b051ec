"""For every locale and fact: built HTML carries exactly the value of its region, written as its readers write it.

*Which* value is found here from the YAML files alone, by a few lines that know nothing of the code; *how* it is written stands in
``cases/facts/<tag>.yml``, for people to read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from facts_shown import FOLDER, ON, show_all

from demo_project import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator

LOCALES = REPOSITORY / "locales"
GOLDEN: dict[str, dict[str, str | None]] = {
    path.stem: yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yml"))
}


def read(path: str) -> Any:  # noqa: ANN401 - any YAML value
    return yaml.safe_load((LOCALES / path).read_text("utf-8"))


REGISTRY = read("regions/facts.yml")["facts"]
FILES = {
    path.stem: read(f"regions/{path.name}") for path in (LOCALES / "regions").glob("*.yml") if not path.stem.islower()
}
FILES["001"] = read("regions/001.yml")
MARKETS = read("shop.yml")["markets"]
TABLES = {
    kind: {
        key: row for file in [read(f"regions/{kind}.yml"), *FILES.values()] for key, row in file.get(kind, {}).items()
    }
    for kind in ("methods", "carriers")
}


def chain(region: str) -> list[str]:
    """Give the world first, the region last."""
    parent = FILES.get(region, {}).get("parent") or next(
        (group for group, file in FILES.items() if region in file.get("members", [])), None
    )
    return [*(chain(parent) if parent else []), region]


def entries(region: str, fact: str) -> Iterator[dict[str, Any]]:
    """Give what the files of one region say of a fact."""
    yield from (one for one in FILES.get(region, {}).get("facts", []) if one["id"] == fact)
    node = MARKETS.get(region)
    for key in fact.split("."):
        if not isinstance(node, dict) or key not in node:
            return
        node = node[key]
    rows = (
        node
        if isinstance(node, list) and node and all(isinstance(row, dict) and "value" in row for row in node)
        else [node]
    )
    yield from (row if isinstance(row, dict) and "value" in row else {"value": row} for row in rows)


def value_of(region: str, fact: str) -> Any:  # noqa: ANN401 - any YAML value
    """Give the raw value that holds in a region."""
    value = None
    for one in chain(region):
        for row in entries(one, fact):
            if row.get("valid_from", ON) <= ON <= row.get("valid_to", ON) and "when" not in row:
                new = row["value"]
                if isinstance(new, dict) and set(new) <= {"add", "remove"}:
                    kept = [*(value or []), *(name for name in new.get("add", []) if name not in (value or []))]
                    new = [name for name in kept if name not in new.get("remove", [])]
                value = new
                break
    return value


def names(table: str, key: str) -> set[str]:
    row = TABLES[table][key]
    return {*([row["name"]] if "name" in row else []), *row.get("names", {}).values()}


def is_right(tag: str, kind: str, value: Any, shown: str) -> bool:  # noqa: ANN401, PLR0911 - any YAML value; a line a type
    """Tell whether a shown text carries a raw value, and nothing of another one."""
    digits = re.sub(r"\D", "", shown)
    numbers = [int(one) for one in re.findall(r"\d+", shown)]
    match kind:
        case "boolean":
            return value is True and shown == "true"
        case "choice" | "url":
            return shown == value
        case "money":
            return digits == re.sub(r"\D", "", value["amount"])
        case "percent" | "number":
            return digits == re.sub(r"\D", "", f"{value:g}")
        case "duration":
            span = next(iter(value.values()))
            # Arabic says one and two of something in one word.
            return numbers == (span if isinstance(span, list) else [span]) or (not numbers and span in {1, 2})
        case "methods":
            return all(any(name in shown for name in names("methods", key)) for key in value)
        case "carrier":
            return shown in names("carriers", value)
        case "text":
            texts = {"": value} if isinstance(value, str) else value
            ours = [
                text for key, text in texts.items() if not key or key.split("-")[0] == tag.split("-", maxsplit=1)[0]
            ]
            swiss = [text.replace("ß", "ss") for text in ours] if tag == "de-CH" else ours
            # What no file says in the language comes from a catalog.
            return any(" ".join(text.split()) == " ".join(shown.split()) for text in swiss) or not ours
        case "date":
            return str(value.year) in shown
    return bool(shown)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str | None]]:
    """What built pages say of every fact, for every locale."""
    return show_all(tmp_path_factory.mktemp("facts"))


def test_every_locale_shows_every_fact_as_its_readers_write_it(shown: dict[str, dict[str, str | None]]):
    assert set(shown) == set(GOLDEN), "run `python tests/site/facts_shown.py`, and read the diff"
    differences = {
        f"{tag} {fact}": (GOLDEN[tag].get(fact), text)
        for tag, facts in shown.items()
        for fact, text in facts.items()
        if fact not in GOLDEN[tag] or GOLDEN[tag][fact] != text
    }
    assert differences == {}, "run `python tests/site/facts_shown.py`, and read the diff"


@pytest.mark.parametrize("tag", GOLDEN)
def test_what_is_shown_is_the_value_of_the_region(tag: str):
    # A locale whose tag says all needs no file.
    settings = read(f"{tag}/locale.yml") or {} if (LOCALES / tag / "locale.yml").exists() else {}
    region = str(settings.get("region") or {"de": "DE", "en": "001"}.get(tag, tag.rsplit("-", maxsplit=1)[-1].upper()))
    wrong, compared = [], 0
    for fact, spec in REGISTRY.items():
        if fact not in GOLDEN[tag]:
            assert spec["type"] in {"choices", "holidays"}
            continue
        value, text = value_of(region, fact), GOLDEN[tag][fact]
        if value is None or value is False or value == []:
            wrong += [f"{fact}: {text} is shown, and there is none"] if text is not None else []
        elif text is None or not is_right(tag, spec["type"], value, text):
            wrong.append(f"{fact}: {text!r} is shown, and it is {value!r}")
        compared += 1
    assert wrong == []
    assert compared > 40


def test_a_value_of_another_region_would_be_noticed():
    other = {
        tag: [fact for fact in REGISTRY if value_of("AT", fact) != value_of(region, fact)]
        for tag, region in (("de", "DE"),)
    }
    assert len(other["de"]) > 5
    missed = [
        fact
        for fact in other["de"]
        if (value := value_of("AT", fact)) not in (None, False)
        and (text := GOLDEN["de"].get(fact)) is not None
        and REGISTRY[fact]["type"] in {"money", "duration", "text", "carrier", "choice"}
        and is_right("de", REGISTRY[fact]["type"], value, text)
    ]
    assert missed == []
