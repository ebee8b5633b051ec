"""The commands about region rules, called as a person calls them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from project_cases import AS_OF, Run, edit

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


def test_a_page_is_asked_for_its_conditions(run: Run, project_folder: Path):
    more = "  - {id: returns.window, value: {days: 60}, when: {topic: [returns]}, owner: a, review_by: 2027-05-31}\n"
    file = project_folder / "locales/regions/001.yml"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    edit(project_folder, "content/guides/returns.md", "title:", "topics: [returns]\ntitle:")
    plain = run("-C", project_folder, "regions", "explain", "TR", "returns.window", *AS_OF).out
    assert "only for topic returns: 60 days" in plain
    assert plain.startswith("returns.window in TR on 2026-11-22: 30 days")
    page = ("--page", "guides/returns")
    there = run("-C", project_folder, "regions", "explain", "TR", "returns.window", *AS_OF, *page).out
    assert there.startswith("returns.window in TR on 2026-11-22: 60 days")
    assert "overridden by another value of 001: 30 days" in there
    wrong = run("-C", project_folder, "regions", "explain", "TR", "returns.window", "--page", "guides/retruns")
    assert (wrong.code, "did you mean 'guides/returns.md'?" in wrong.err) == (2, True)


def test_two_regions_are_compared_as_on_a_page(run: Run, project_folder: Path):
    more = "  - {id: returns.window, value: {days: 60}, when: {topic: [returns]}, owner: a, review_by: 2027-05-31}\n"
    file = project_folder / "locales/regions/TR.yml"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    edit(project_folder, "content/guides/returns.md", "title:", "topics: [returns]\ntitle:")
    command = ("-C", project_folder, "regions", "diff", "DE", "TR", *AS_OF)
    assert "60 days (TR)" not in run(*command).out
    assert "60 days (TR)" in run(*command, "--page", "guides/returns").out


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
    every = run("-C", project_folder, "regions", "diff", "DE", "DE", *AS_OF, "--all", "--format", "json")
    assert not any(row["differs"] for row in json.loads(every.out))


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


@pytest.fixture
def scheduled(project_folder: Path) -> Path:
    """Give a project in which the EU's period grows, and the world's methods end while nobody has written what follows."""
    rules = project_folder / "locales/regions"
    edits = {
        "EU.yml": (
            "  - {id: returns.days, value: {days: 14}, law: Directive 2011/83/EU}",
            (
                "  - {id: returns.days, value: {days: 14}, valid_to: 2027-06-30, law: Directive 2011/83/EU}\n"
                "  - {id: returns.days, value: {days: 20}, valid_from: 2027-07-01, law: Directive 2027/1/EU}"
            ),
        ),
        "TR.yml": ("value: [troy]", "value: [troy], valid_to: 2027-03-31"),
    }
    for name, (old, new) in edits.items():
        text = (rules / name).read_text("utf-8")
        assert text.count(old) == 1, name
        (rules / name).write_text(text.replace(old, new), "utf-8")
    page = project_folder / "content/guides/returns.md"
    shown = "\n{% has returns.days %}\n\nThe law gives you {{ returns.days }}.\n\n{% endhas %}\n"
    page.write_text(page.read_text("utf-8") + shown, "utf-8")
    return project_folder


def test_what_is_scheduled_is_told_with_who_would_notice(run: Run, scheduled: Path):
    done = run("-C", scheduled, "regions", "upcoming", *AS_OF)
    assert (done.code, done.err) == (0, "")
    first, second, ends, reviews = done.out.split("\n\n")
    assert first.split("\n")[:2] == ["2027-04-01  pay.methods: Troy → Visa", "  regions  TR"]
    lines = second.split("\n")
    assert lines[:3] == [
        "2027-07-01  returns.days: 14 days → 20 days",
        "  regions  AT, DE",
        "  law      Directive 2027/1/EU",
    ]
    assert "  pages    guides/returns.md (de, de-AT)" in lines
    assert lines[-1].startswith("  place    locales/regions/EU.yml:")
    assert ends.split("\n")[1].startswith("  2027-03-31  pay.methods of TR: Troy, then that of 001: Visa (locales/")
    assert "  2027-05-31  TR: 1 fact, shop@small.example" in reviews


def test_what_is_scheduled_for_some_pages_is_told_of_those(run: Run, scheduled: Path):
    rules = scheduled / "locales/regions/TR.yml"
    value = "  - {id: returns.window, value: {days: 9}, valid_from: 2027-01-01, when: {audience: [business]}}\n"
    rules.write_text(rules.read_text("utf-8") + value, "utf-8")
    for name, audience in (("trade", "business"), ("private", "consumer")):
        page = f"---\ntitle: For {name}\naudience: {audience}\n---\nYou have {{{{ returns.window }}}}.\n"
        (scheduled / f"content/guides/{name}.md").write_text(page, "utf-8")
    done = run("-C", scheduled, "regions", "upcoming", *AS_OF, "--until", "2027-01-01")
    assert done.out.split("\n")[:4] == [
        "2027-01-01  returns.window: 30 days → 9 days",
        "  regions  TR",
        "  only     audience business",
        "  pages    guides/trade.md (tr)",
    ]
    told = json.loads(run("-C", scheduled, "regions", "upcoming", *AS_OF, "--region", "TR", "--format", "json").out)
    assert told["changes"][0]["after"]["when"] == {"audience": ["business"]}
    assert told["changes"][0]["before"]["when"] is None


def test_what_is_scheduled_is_told_to_programs(run: Run, scheduled: Path):
    words = ("-C", scheduled, "regions", "upcoming", *AS_OF, "--format", "json")
    told = json.loads(run(*words).out)
    assert [(one["date"], one["fact"], one["regions"]) for one in told["changes"]] == [
        ("2027-04-01", "pay.methods", ["TR"]),
        ("2027-07-01", "returns.days", ["AT", "DE"]),
    ]
    grown = told["changes"][1]
    assert (grown["before"]["value"], grown["after"]["value"]) == ({"days": 14}, {"days": 20})
    assert grown["pages"] == [{"page": "guides/returns.md", "locales": ["de", "de-AT"]}]
    assert [(one["fact"], one["then"]["region"]) for one in told["endings"]] == [("pay.methods", "001")]
    assert {one["date"] for one in told["reviews"]} == {"2027-05-31"}
    some = json.loads(run(*words, "--until", "2027-04-01", "--region", "tr").out)
    assert [one["fact"] for one in some["changes"]] == ["pay.methods"]
    assert some["reviews"] == []


def test_nothing_scheduled_is_said(run: Run, project_folder: Path):
    done = run("-C", project_folder, "regions", "upcoming", *AS_OF, "--until", "2026-12-31")
    assert (done.code, done.out) == (0, "")
    assert done.err == "no rule changes after 2026-11-22 up to 2026-12-31\n"
    assert run("-C", project_folder, "regions", "upcoming", "--region", "QQQ").code == 2
