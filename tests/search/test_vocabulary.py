"""The words of a shop, and what is wrong with them."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from shops import ROOT

from helpcenter.diagnostics import HelpcenterError
from helpcenter.project.yamlfile import parse_yaml
from helpcenter.search import SearchFile, Vocabulary, load_vocabulary
from helpcenter.search.contradictions import find_contradictions


def _load(tmp_path: Path, text: str) -> tuple[Vocabulary, list[tuple[str, int | None, int | None]]]:
    (tmp_path / "search.yml").write_text(text, "utf-8")
    words, findings = load_vocabulary(tmp_path, tmp_path)
    return words, [(f.code, f.place.line, f.place.column) for f in findings]


def test_a_file_is_read(tmp_path: Path):
    text = "synonyms:\n  - [return, send back]\none_way: {klarna: [invoice]}\nprotected: [Pellavo]\n"
    text += "misspellings: {recieve: [receive]}\npopular: [where is my order]\n"
    text += "queries: {send back: tutorials/return-an-item.md}\nthreshold: 95\n"
    assert _load(tmp_path, text) == (
        Vocabulary(
            (("return", "send back"),),
            (("klarna", ("invoice",)),),
            ("Pellavo",),
            (("recieve", ("receive",)),),
            ("where is my order",),
            (("send back", "tutorials/return-an-item.md"),),
            95,
        ),
        [],
    )


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "{}\n"])
def test_an_empty_file_has_no_words(text: str, tmp_path: Path):
    assert _load(tmp_path, text) == (Vocabulary(), [])


def test_no_file_has_no_words(tmp_path: Path):
    assert load_vocabulary(tmp_path, tmp_path) == (Vocabulary(), [])


def test_all_findings_come_at_once_with_places_and_the_rest_is_used(tmp_path: Path):
    text = "synonyms:\n  - [alone]\n  - [a, b]\n  - [c, B]\n  - ['?', d, e]\n"
    text += "one_way:\n  x: []\n  '!': [y]\nprotected: ['-']\n"
    words, findings = _load(tmp_path, text)
    assert words == Vocabulary((("a", "b"), ("c", "B"), ("d", "e")))
    assert findings == [
        ("search-synonym-alone", 2, 5),
        ("search-synonym-repeated", 4, 9),
        ("search-term-empty", 5, 6),
        ("search-synonym-alone", 7, 3),
        ("search-term-empty", 8, 3),
        ("search-term-empty", 9, 13),
    ]


CONTRADICTIONS = yaml.safe_load((Path(__file__).parent / "cases/contradictions.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CONTRADICTIONS, ids=lambda case: case["why"])
def test_words_at_odds_are_told(case: dict[str, Any], tmp_path: Path):
    folder = tmp_path / case.get("locale", "en")
    folder.mkdir()
    assert [f"{code} {line}:{column}" for code, line, column in _load(folder, case["file"])[1]] == case["findings"]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.text(max_size=6), st.lists(st.text(max_size=6), max_size=3), max_size=4))
def test_any_words_can_be_read(words: dict[str, list[str]]):
    text = yaml.safe_dump({"one_way": words, "misspellings": words, "synonyms": list(words.values())})
    try:
        file = parse_yaml(text, "search.yml")
    except HelpcenterError:
        return
    find_contradictions(SearchFile.model_validate(file.data), file, "tr")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("synonym: []", "schema-unknown-key"),
        ("synonyms: x", "schema-invalid-value"),
        ("- a", "schema-invalid-value"),
        ("a: [", "yaml-syntax"),
        ("misspellings: [retrun]", "schema-invalid-value"),
        ("misspellings: {retrun: return}", "schema-invalid-value"),
        ("popular: return", "schema-invalid-value"),
        ("queries: {return: [a.md]}", "schema-invalid-value"),
        ("threshold: 101", "schema-invalid-value"),
        ("threshold: ninety", "schema-invalid-value"),
    ],
)
def test_an_unusable_file_is_a_finding(text: str, code: str, tmp_path: Path):
    words, findings = _load(tmp_path, text)
    assert words == Vocabulary()
    assert [finding[0] for finding in findings] == [code]


def test_the_words_of_a_country_come_to_those_of_its_language():
    german = Vocabulary((("a", "b"),), (), ("X",), (("e", ("f",)),), ("g", "h"), (("i", "1.md"), ("j", "2.md")), 80)
    austrian = Vocabulary((("c", "d"),), (), ("X",), (("k", ("l",)),), ("m", "g"), (("i", "3.md"),))
    assert german | austrian == Vocabulary(
        (("a", "b"), ("c", "d")),
        (),
        ("X",),
        (("e", ("f",)), ("k", ("l",))),
        ("m", "g"),
        (("i", "3.md"), ("j", "2.md")),
        80,
    )
    assert (german | Vocabulary(threshold=95)).threshold == 95


@pytest.mark.parametrize("path", sorted((ROOT / "locales").glob("*/search.yml")), ids=lambda path: path.parent.name)
def test_the_demo_words_have_no_findings(path: Path):
    words, findings = load_vocabulary(path.parent, ROOT)
    assert findings == []
    # A country's file holds only what differs from that of its language.
    language = path.parent.with_name(path.parent.name.partition("-")[0])
    assert len(words.synonyms) >= 10 or (language != path.parent and language.is_dir())


def test_every_key_is_documented():
    text = (ROOT / "docs/formats/search.md").read_text("utf-8")
    for key in SearchFile.model_fields:
        assert f"`{key}`" in text
    example = text.split("```yaml\n")[1].split("```")[0]
    SearchFile.model_validate(yaml.safe_load(example))
