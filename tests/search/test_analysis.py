"""Words become the same terms on both sides."""

import functools
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page
from shops import LANGUAGES, corpus, read_case

from helpcenter.search import Analyzer, analysis, rules_of
from helpcenter.search.analysis import tables
from helpcenter.search.index import sorted_terms
from helpcenter.search.languages import known_languages
from helpcenter.search.stemmers import _python_stemmer, as_javascript, stem_with

CASES = read_case("analysis.json")
# All that languages.yml names; a stemmer that cannot be translated fails here.
ALGORITHMS = sorted({rules_of(language).stemmer for language in known_languages()} - {""})


@pytest.mark.parametrize("case", CASES, ids=[case["language"] for case in CASES])
def test_terms_of_words(case: dict[str, Any]):
    analyzer = Analyzer(rules_of(case["language"]), case["protected"])
    assert [list(analyzer.terms[word]) for word in analyzer.words(case["text"])] == case["terms"]


@pytest.mark.browser
@pytest.mark.parametrize("case", CASES, ids=[case["language"] for case in CASES])
def test_terms_of_words_in_the_browser(case: dict[str, Any], scripts_page: Callable[[str], Page]):
    rules = rules_of(case["language"])
    script = as_javascript(rules.stemmer) if rules.stemmer else ""
    terms = scripts_page("en").evaluate(
        """([script, rules, tables, words, text]) => {
            (0, eval)(script)
            const analyzer = new HelpcenterAnalyzer(rules, tables, words)
            return analyzer.words(text).map(([word]) => analyzer.terms(word))
        }""",
        [script, rules.sent(), tables(), case["protected"], case["text"]],
    )
    assert terms == case["terms"]


def _words() -> list[str]:
    """Every word of the shops, whole, cut, and grown together with another's end: real and unlikely ones."""
    found: dict[str, None] = {}
    for language in LANGUAGES:
        analyzer = Analyzer(rules_of(language))
        for document in corpus(language):
            for text in (document.title, *(section.text for section in document.sections)):
                found |= dict.fromkeys(analyzer.lower(word) for word in analyzer.words(text))
    words = list(found)
    return words + [a[: 2 + i % 5] + b[i % 4 :] for i, (a, b) in enumerate(zip(words, reversed(words), strict=True))]


@pytest.mark.browser
@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_stemmers_agree(algorithm: str, scripts_page: Callable[[str], Page]):
    words = _words() + [
        row.s[-1:] + other.s + row.s
        for name, rows in vars(type(_python_stemmer(algorithm))).items()
        if name.startswith("a_")
        for row, other in zip(rows, reversed(rows), strict=True)
    ]
    python = [_python_stemmer(algorithm).stemWord(word) for word in words]
    assert any(stem != word for stem, word in zip(python, words, strict=True))
    assert [stem_with(algorithm)(word) for word in words] == python
    browser = scripts_page("en").evaluate(
        """([name, script, words]) => {
            (0, eval)(script)
            return words.map(word => helpcenterStemmers[name].stem(word))
        }""",
        [algorithm, as_javascript(algorithm), words],
    )
    assert [w for w, a, b in zip(words, python, browser, strict=True) if a != b] == []


def test_terms_are_sorted_by_utf16_code_unit():
    # U+FF21 is a smaller code point than U+20BB7, but a larger code unit than its surrogates.
    assert sorted_terms(["\uff21", "\U00020bb7", "a"]) == ["a", "\U00020bb7", "\uff21"]


FAMILIES: dict[str, dict[str, Any]] = read_case("families.json")


def _asked(analyzer: Analyzer, text: str) -> set[str]:
    return {term for piece in analyzer.read(text) for term in (piece.surface, piece.stem, analyzer.bare(piece)) if term}


@pytest.mark.parametrize("language", FAMILIES)
def test_forms_of_a_word_find_each_other(language: str):
    analyzer, case = Analyzer(rules_of(language)), FAMILIES[language]
    apart = [
        form
        for base, forms in case["families"].items()
        for form in forms.split()
        # The form asks for the base, the base for the form, and the form without its accents for the base.
        for pairs in [((form, base), (base, form), (analyzer.read(form)[0].surface, base))]
        if not all(_asked(analyzer, typed).intersection(analyzer.terms[written]) for typed, written in pairs)
    ]
    assert apart == case["apart"].split()


@pytest.mark.browser
def test_the_browser_reads_all_forms_in_the_same_way(scripts_page: Callable[[str], Page]):
    words = {
        language: [form for base, forms in case["families"].items() for form in (base, *forms.split())]
        for language, case in FAMILIES.items()
    }
    terms = scripts_page("en").evaluate(
        """([script, tables, cases]) => {
            (0, eval)(script)
            return cases.map(([rules, words]) => {
                const analyzer = new HelpcenterAnalyzer(rules, tables, [])
                return words.map(word => [analyzer.read(word).map(piece => piece.bare), analyzer.terms(word)])
            })
        }""",
        [
            "".join(as_javascript(name) for name in sorted({rules_of(language).stemmer for language in words} - {""})),
            tables(),
            [[rules_of(language).sent(), found] for language, found in words.items()],
        ],
    )
    for (language, found), answers in zip(words.items(), terms, strict=True):
        analyzer = Analyzer(rules_of(language))
        expected = [
            [[analyzer.bare(piece) for piece in analyzer.read(word)], list(analyzer.terms[word])] for word in found
        ]
        assert answers == expected


VARIANTS = [
    ("de", "rueckgabe", ["ruckgabe"]),
    ("de", "steuerrueckzahlung", ["steuerruckzahlung"]),
    ("de", "ruckgabe", ["rueckgabe"]),
    ("da", "paa", ["pa"]),
    ("en", "queue", []),
]


@pytest.mark.parametrize(("language", "word", "others"), VARIANTS)
def test_other_spellings(language: str, word: str, others: list[str]):
    found = Analyzer(rules_of(language)).variants(word)
    assert set(others) <= set(found)
    assert others or not found


def _assigned() -> list[int]:
    """All code points that this Python's Unicode knows; of Han, Hangul and the other planes some."""
    return [
        point
        for point in range(0x21, 0x110000)
        if unicodedata.category(chr(point)) not in ("Cn", "Cs", "Co")
        and (point % 97 == 0 or not (0x3400 <= point < 0xA000 or 0xAC00 <= point < 0xD7A4 or point >= 0x10000))
    ]


@pytest.mark.browser
def test_every_character_is_read_alike(scripts_page: Callable[[str], Page]):
    # Browsers know letters that are newer than Python's Unicode; nobody's shop is written with them yet.
    points = _assigned()
    rules = rules_of("xx")
    found = scripts_page("en").evaluate(
        """([rules, tables, points]) => {
            const analyzer = new HelpcenterAnalyzer(rules, tables, [])
            return points.map(point => String.fromCodePoint(point))
                .map(letter => analyzer.words(letter).map(([word]) => analyzer.terms(word).join(" ")).join("|"))
        }""",
        [rules.sent(), tables(), points],
    )
    analyzer = Analyzer(rules)
    ours = ["|".join(" ".join(analyzer.terms[word]) for word in analyzer.words(chr(point))) for point in points]
    assert [hex(point) for point, a, b in zip(points, found, ours, strict=True) if a != b] == []


ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("aeıİßяйёьاإةכםקがキ々退款을를คืนสิ\u200d\u0301\ud800\udc00'’-./@×,٫ \u00a0_٣24"),
    ),
    max_size=40,
)
WRITTEN = ["tr", "ar", "de", "ru", "zh", "ja", "ko", "th", "fr", "pt", "sr", "xx"]


@settings(deadline=None)
@given(ODD, st.sampled_from(WRITTEN))
@example("I\u0307I\u0307", "tr")
@example("\ud800\udc00\ud800", "ko")
@example("ا" * 300 + "ل" * 300, "ar")
def test_no_text_is_too_odd(text: str, language: str):
    analyzer = _analyzer(language)
    for word in analyzer.words(text):
        assert word in text
        assert all(term and " " not in term for term in analyzer.terms[word])
        if not analyzer.rules.articles:
            folded = analyzer.fold(analyzer.lower(unicodedata.normalize("NFKC", word)))
            assert analyzer.fold(analyzer.lower(folded)) == folded


@functools.cache
def _analyzer(language: str) -> Analyzer:
    return Analyzer(rules_of(language))


@pytest.mark.browser
def test_odd_texts_are_read_alike(scripts_page: Callable[[str], Page]):
    # The same texts in every run: what they are made of, in a random order.
    random = Random(6)  # noqa: S311 - nothing is kept secret with it
    pool = [
        *"aeıİßяйёьاإةכםקがキ々退款를คืนสิ\u0301'’-./@×,٫ _٣24",
        "من ",
        "怎么",
        "를 ",
        "140×200",
        "24,90",
        "siparişlerimden",
        "'s",
        "l'",
    ]
    texts = ["".join(random.choices(pool, k=12)) for _ in range(60)]
    found = scripts_page("en").evaluate(
        """([tables, texts, languages]) => languages.map(rules => {
            const analyzer = new HelpcenterAnalyzer(rules, tables, [])
            return texts.map(text => analyzer.words(text).map(({ 0: word, index }) => [index, analyzer.terms(word)]))
        })""",
        [tables(), texts, [replace(rules_of(language), stemmer="").sent() for language in WRITTEN]],
    )
    for language, answers in zip(WRITTEN, found, strict=True):
        analyzer = Analyzer(replace(rules_of(language), stemmer=""))
        for text, answer in zip(texts, answers, strict=True):
            words = analyzer.words(text)
            # All characters here are of the first plane: places are the same on both sides.
            places = [match.start() for match in analysis._WORD.finditer(text)]  # noqa: SLF001 - the browser gives places
            expected = [[at, list(analyzer.terms[word])] for at, word in zip(places, words, strict=True)]
            assert answer == expected, (language, text)
