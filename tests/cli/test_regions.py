"""The commands about region rules, called as a person calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from project_cases import AS_OF, Run

if TYPE_CHECKING:
    from pathlib import Path


def test_a_rule_is_explained(run: Run, project_folder: Path):
    done = run("-C", project_folder, "regions", "explain", "DE", "returns.window", *AS_OF)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("returns.window in DE on 2026-11-22: ")
    assert "holds" in done.out


def test_a_beginning_explains_all_below_it(run: Run, project_folder: Path):
    done = run("-C", project_folder, "regions", "explain", "de", "returns", *AS_OF, "--format", "json")
    told = json.loads(done.out)
    assert {one["fact"].partition(".")[0] for one in told} == {"returns"}
    assert all(one["region"] == "DE" for one in told)
    assert [rule["path"] for one in told for rule in one["rules"]]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("explain", "DE", "returns.windw"), "did you mean 'returns.window'?"),
        (("explain", "DEU", "returns.window"), "did you mean 'EU'?"),
        (("diff", "DE", "QQQ"), "regions: 001, "),
        (("explian",), "Did you mean 'explain'?"),
        (("explain", "DE", "returns.window", "-l", "xx"), "is not a locale of this project"),
    ],
)
def test_what_is_not_there_is_said(run: Run, project_folder: Path, words: tuple[str, ...], hint: str):
    done = run("-C", project_folder, "regions", *words)
    assert done.code == 2
    assert hint in done.err
    assert done.out == ""


def test_two_regions_are_compared(run: Run, project_folder: Path):
    done = run("-C", project_folder, "regions", "diff", "DE", "001", *AS_OF, "--format", "json")
    rows = json.loads(done.out)
    assert rows
    assert all(row["differs"] and row["DE"]["value"] != row["001"]["value"] for row in rows)
    every = json.loads(
        run("-C", project_folder, "regions", "diff", "DE", "001", *AS_OF, "--all", "--format", "json").out
    )
    assert len(every) > len(rows)
    text = run("-C", project_folder, "regions", "diff", "DE", "001", *AS_OF).out
    assert all(row["fact"] in text for row in rows)


def test_a_region_does_not_differ_from_itself(run: Run, project_folder: Path):
    done = run("-C", project_folder, "regions", "diff", "DE", "DE", *AS_OF)
    assert (done.code, done.out) == (0, "")
    assert done.err == "no fact differs between DE and DE on 2026-11-22\n"


def test_regions_are_listed(run: Run, project_folder: Path):
    rows = json.loads(run("-C", project_folder, "regions", "list", "--format", "json").out)
    by_region = {row["region"]: row for row in rows}
    assert by_region["001"]["parent"] is None
    assert by_region["DE"]["locales"]
    assert "region" in run("-C", project_folder, "regions", "list").out


def test_the_matrix_is_markdown(run: Run, project_folder: Path):
    done = run("-C", project_folder, "regions", "matrix", *AS_OF)
    assert (done.code, done.err) == (0, "")
    assert "\n# Region facts\n" in done.out
    assert "`returns.window`" in done.out
