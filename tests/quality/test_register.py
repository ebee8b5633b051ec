"""Register: every sentence of the lists is known for how it addresses its readers, and what addresses nobody is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from helpcenter.quality import Direction, Pair, address
from helpcenter.quality.register import check_register, find_addresses, find_mixed

if TYPE_CHECKING:
    from helpcenter.project.locales import Formality

HERE = Path(__file__).parent
LANGUAGES = sorted(path.stem for path in (HERE / "register").glob("*.yml"))
WORDS = st.sampled_from(
    [
        "Siparişini ",
        "tıkla.",
        "Sie ",
        "du ",
        "Öffne ",
        "Нажми ",
        "вам ",
        "t’aide ",
        "注文する。",
        "你",
        "-",
        "**",
        "„",
        "“",
        "\ud800",
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=6), min_size=1, max_size=6).map("".join)


def read_sentences(language: str) -> dict[str, list[str]]:
    sentences: dict[str, list[str]] = yaml.safe_load(
        (HERE / "register" / f"{language}.yml").read_text(encoding="utf-8")
    )
    return sentences


def ways_of(sentence: str, tag: str) -> set[str]:
    return {address.way for address in find_addresses(Pair("", sentence), tag)}


def test_every_language_that_makes_a_difference_has_its_sentences():
    known = yaml.safe_load(Path(address.__file__).with_name("register.yml").read_text(encoding="utf-8"))
    assert sorted(known) == LANGUAGES
    assert all(len(read_sentences(language)[way]) >= 30 for language in LANGUAGES for way in ("informal", "formal"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_informal_sentences_are_known(language: str):
    assert [s for s in read_sentences(language)["informal"] if ways_of(s, language) != {"informal"}] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_formal_sentence_is_taken_for_an_informal_one(language: str):
    sentences = read_sentences(language)["formal"]
    assert [s for s in sentences if "informal" in ways_of(s, language)] == []
    # Some say it with a verb that the third person has too.
    assert sum("formal" in ways_of(s, language) for s in sentences) >= len(sentences) / 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_addresses_nobody_is_left_alone(language: str):
    assert [s for s in read_sentences(language)["neither"] if ways_of(s, language)] == []


@pytest.mark.parametrize("case", yaml.safe_load((HERE / "cases" / "register.yml").read_text(encoding="utf-8")), ids=str)
def test_what_a_text_is_shown_for(case: dict[str, Any]):
    pair = Pair("", case["text"], case.get("kind", ""))
    found = list(check_register(pair, Direction("en", case["target"], case.get("formality"))))
    assert [pair.text[slice(*problem.span)] for problem in found if problem.span] == (
        [case["found"]] if "found" in case else []
    )
    assert all(case["says"] in problem.message for problem in found)


def test_a_page_that_mixes_is_told_of_its_rarer_way():
    pairs = [
        Pair("", "Öffnen Sie das Konto."),
        Pair("", "Konto"),
        Pair("", "Prüfe dein Konto."),
        Pair("", "Das ist Ihr Konto."),
    ]
    found = find_mixed(pairs, Direction("en", "de"))
    assert found is not None
    index, problem = found
    assert (index, problem.code, problem.span) == (2, "register-mixed", (0, 5))
    assert (
        problem.message == "readers are addressed as 'du' here ('Prüfe', 'dein'), and as 'Sie' in 2 texts of the page"
    )


def test_a_page_that_does_not_mix_or_whose_locale_says_how_is_not():
    mixed = [Pair("", "Öffnen Sie das Konto."), Pair("", "Prüfe dein Konto.")]
    assert find_mixed(mixed[:1], Direction("en", "de")) is None
    assert find_mixed(mixed, Direction("en", "de", "formal")) is None
    assert find_mixed(mixed, Direction("en", "ar")) is None
    assert find_mixed([], Direction("en", "de")) is None


@settings(deadline=None)  # the first loads the dictionary
@given(
    text=TEXTS,
    tag=st.sampled_from([*LANGUAGES, "ar", "xx", "de-CH"]),
    formality=st.sampled_from(["formal", "informal", None]),
)
def test_no_text_makes_the_check_fail(text: str, tag: str, formality: Formality | None):
    pair, direction = Pair("", text), Direction("en", tag, formality)
    spans = [problem.span for problem in check_register(pair, direction)]
    mixed = find_mixed([pair, pair], direction)
    spans += [mixed[1].span] if mixed else []
    assert all(span and 0 <= span[0] < span[1] <= len(text) for span in spans)
