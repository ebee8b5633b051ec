from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import click
import pytest

from helpcenter.diagnostics import (
    Finding,
    HelpcenterError,
    Place,
    Severity,
    as_github,
    as_json,
    as_text,
    explain,
    finding,
    known_codes,
    printable,
    suggest,
)

PACKAGE = Path(__file__).parents[2] / "build_scripts/helpcenter"


def plain(found: Finding) -> str:
    return click.unstyle(as_text([found]))


def test_a_finding_shows_its_line_and_marks_the_place():
    place = Place("locales/regions/TR.yml", 12, 7, 5, "    - trroy")
    found = finding(
        "region-unknown-payment",
        "payment method 'trroy' is not defined",
        place,
        label="did you mean 'troy'?",
        help="defined methods: card, troy",
    )
    assert plain(found) == (
        "error[region-unknown-payment]: payment method 'trroy' is not defined\n"
        "  --> locales/regions/TR.yml:12:7\n"
        "   |\n"
        "12 |     - trroy\n"
        "   |       ^^^^^ did you mean 'troy'?\n"
        "   = help: defined methods: card, troy"
    )


@pytest.mark.parametrize(
    ("line", "column", "length", "marks"),
    [
        ("\ttab: x", 2, 3, "1 |  tab: x\n  |  ^^^ here"),
        ("字字 x", 4, 1, "1 | 字字 x\n  |      ^ here"),
        ("a 字字", 3, 2, "1 | a 字字\n  |   ^^^^ here"),
        ("e\u0301x", 3, 1, "1 | e\u0301x\n  |  ^ here"),
        ("ab", 3, 1, "1 | ab\n  |   ^ here"),
        ("", 1, 1, "1 | \n  | ^ here"),
    ],
)
def test_marks_stand_below_what_is_meant(line: str, column: int, length: int, marks: str):
    found = Finding("x", "m", Place("a", 1, column, length, line), Severity.NOTE, label="here")
    assert plain(found) == f"note[x]: m\n --> a:1:{column}\n  |\n{marks}"


@pytest.mark.parametrize(
    "place", [Place("a.md"), Place("a.md", 3), Place("a.md", 3, 2), Place("a.md", 3, None, 1, "text")]
)
def test_nothing_that_is_known_is_left_out(place: Place):
    text = plain(Finding("x", "m", place, Severity.ERROR, "do this", "did you mean that?"))
    assert str(place) in text
    assert text.count("did you mean that?") == 1
    assert text.count("do this") == 1


def test_no_control_character_reaches_a_terminal():
    evil = "a\x1b[31mb\x1b]0;t\x07c\x9b1md\x7f"
    found = Finding("x", evil, Place(f"{evil}\n.md", 1, 2, 1, evil), Severity.NOTE, f"help {evil}", f"label {evil}")
    seen = "a␛[31mb␛]0;t␇c\ufffd1md␡"
    assert plain(found) == (
        f"note[x]: {seen}\n --> {seen}␊.md:1:2\n  |\n1 | {seen}\n  |  ^ label {seen}\n  = help: help {seen}"
    )
    assert re.search(r"[\x00-\x1f\x7f-\x9f]", as_github([found])) is None
    assert printable("a\tb\r\n", lines=True) == "a\tb␍\n"


def test_a_place_knows_its_line():
    source = "one\r\ntwo three\nfour"
    place = Place.at_offset("a.md", source, 9, 14)
    assert (place.line, place.column, place.length, place.text) == (2, 5, 5, "two three")
    assert str(place) == "a.md:2:5"
    assert Place.at_offset("a.md", source, 0, 14) == Place("a.md", 1, 1, 4, "one")
    assert Place.at_offset("a.md", source, len(source)) == Place("a.md", 3, 5, 1, "four")
    assert Place.at_offset("a.md", "", 0) == Place("a.md", 1, 1, 1, "")


def test_programs_read_a_list_of_objects():
    found = [
        Finding("a-b", "münde", Place("a.md", 2, 3, 1, "x"), Severity.WARNING, "do this", "did you mean that?"),
        Finding("c", "n", Place("b"), Severity.ERROR),
    ]
    assert json.loads(as_json(found)) == [
        {
            "code": "a-b",
            "severity": "warning",
            "path": "a.md",
            "line": 2,
            "column": 3,
            "message": "münde",
            "help": "did you mean that?; do this",
        },
        {"code": "c", "severity": "error", "path": "b", "line": None, "column": None, "message": "n", "help": ""},
    ]
    assert as_json([]) == "[]"


def test_a_code_host_reads_commands():
    place = Place("a,b:c.md", 2, 3)
    found = Finding("a-b", "50 % of\nit, all: of it", place, Severity.NOTE, "do this")
    assert (
        as_github([found]) == "::notice file=a%2Cb%3Ac.md,line=2,col=3,title=a-b::50 %25 of%0Ait, all: of it; do this"
    )
    assert as_github([Finding("x", "m", Place("a"), Severity.ERROR)]) == "::error file=a,title=x::m"


def test_errors_travel_between_processes():
    error = HelpcenterError(finding("yaml-syntax", "m", Place("a", 1)), finding("config-theme", "n", Place("b")))
    assert pickle.loads(pickle.dumps(error)).findings == error.findings  # noqa: S301 - our own bytes
    assert str(error) == "a:1: m [yaml-syntax]; b: n [config-theme]"


def test_the_nearest_word_is_suggested():
    assert suggest("trroy", ["troy", "card"]) == "did you mean 'troy'?"
    assert suggest("zzz", ["troy", "card"]) == ""
    assert suggest("x", []) == ""


@pytest.mark.parametrize("code", known_codes())
def test_every_code_is_explained(code: str):
    entry = explain(code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", code)
    assert entry.code == code
    assert entry.title
    assert not entry.title.endswith(".")
    assert entry.why.endswith(".")
    assert len(entry.fix) > 10


def test_codes_are_listed_in_alphabetical_order():
    assert list(known_codes()) == sorted(known_codes())


def test_an_unknown_code_is_no_code():
    with pytest.raises(KeyError):
        explain("no-such-code")


def test_every_code_that_is_used_is_known_and_every_known_one_is_used():
    source = "\n".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    words = set(re.findall(r'"([a-z]+(?:-[a-z]+)+)"', source))
    assert {code for code in known_codes() if code not in words} == set()
    called = set(re.findall(r'(?:\bfinding|_add|_problem)\(\s*"([a-z-]+)"', source))
    assert called
    assert called <= set(known_codes())
