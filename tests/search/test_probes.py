"""Searches that are derived from titles, and what they say of an index."""

from dataclasses import replace

import pytest
from shops import LANGUAGES, index_of

from helpcenter.search import (
    Analyzer,
    Document,
    Index,
    Results,
    Section,
    Vocabulary,
    build_index,
    probes,
    query,
    rules_of,
)
from helpcenter.search.probes import MOST_TITLES, Kind, Outcome, Probe, Report, derive, run


def _derive(title: str, language: str) -> dict[str, Kind]:
    probes = derive(title, "page/", Analyzer(rules_of(language)), lambda _: False)
    assert {probe.url for probe in probes} == {"page/"}
    return {probe.query: probe.kind for probe in probes}


def test_what_is_derived_from_a_turkish_title():
    made = _derive("Siparişi iade etme", "tr")
    assert made["Siparişi iade etme"] is Kind.TITLE
    assert made["SİPARİŞİ İADE ETME"] is Kind.CASE
    assert made["siparişi iade etme"] is Kind.CASE
    assert made["Siparisi iade etme"] is Kind.PLAIN
    assert made["SIPARISI IADE ETME"] is Kind.ASCII
    assert made["etme iade siparişi"] is Kind.ORDER
    assert sum(kind is Kind.TYPO for kind in made.values()) == 1


def test_what_is_derived_from_a_german_title():
    made = _derive("Wie läuft die Rückgabe?", "de")
    assert [text for text, kind in made.items() if kind is Kind.PLAIN] == [
        "Wie lauft die Ruckgabe?",
        "Wie laeuft die Rueckgabe?",
    ]
    assert made["läuft rückgabe"] is Kind.SHORT
    assert made["wie läuft die rückgaben?"] is Kind.FORM


def test_what_is_derived_from_a_chinese_title():
    made = _derive("我什么时候能收到退款？", "zh-CN")
    assert set(made.values()) == {Kind.TITLE, Kind.SHORT}
    assert made["能收到退款"] is Kind.SHORT


def test_small_words_alone_are_kept():
    assert _derive("How to?", "en")["how to"] is Kind.SHORT


def test_a_title_without_words_gives_no_probe():
    assert derive("…?", "page/", Analyzer(rules_of("en")), lambda _: False) == []


def test_a_word_that_can_be_misspelled_is_needed_for_a_typo():
    # A protected name, a number, too short, a small word.
    analyzer = Analyzer(rules_of("en"), ["Pellavo"])
    made = derive("Pellavo 2026000 coat please", "page/", analyzer, lambda _: False)
    assert not {Kind.TYPO, Kind.FORM} & {probe.kind for probe in made}


def _page(title: str, text: str = "", *, lang: str = "en", keywords: tuple[str, ...] = ()) -> Document:
    return Document(f"{title.lower()}/", title, "faq", keywords, "", (Section("", "", text),), lang)


def _index(*pages: Document, language: str = "en") -> Index:
    return build_index(pages, language, Vocabulary())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_corpora_are_found(language: str):
    report = run(index_of(language))
    assert report.percent >= 95, report.failed
    assert report.percent == 100 * report.passed / report.asked
    assert len(report.failed) == report.asked - report.passed


@pytest.mark.parametrize("language", ["tr", "de", "ar"])
def test_what_is_read_alike_is_asked_once(language: str, monkeypatch: pytest.MonkeyPatch):
    index = index_of(language)
    asked: list[str] = []

    def note(index: Index, text: str, *, limit: int) -> Results:
        asked.append(text)
        return query(index, text, limit=limit)

    monkeypatch.setattr("helpcenter.search.probes.query", note)
    report = run(index)
    assert len(asked) < report.asked
    # None of them may be found otherwise for that.
    examiner = probes.Examiner(index)
    analyzer = index.groups[0].analyzer
    for page in index.documents[:6]:
        for probe in derive(page.title, page.url, analyzer, lambda _: False):
            assert examiner.examine(probe).found == tuple(hit.url for hit in query(index, probe.query, limit=3).hits)


def test_no_kind_may_fail_alone():
    counts = {Kind.TITLE: (95, 95), Kind.PLAIN: (2, 5)}
    assert not Report((), counts, (1, 1)).reaches(90)
    assert Report((), counts | {Kind.PLAIN: (3, 5)}, (1, 1)).reaches(90)
    assert Report((), counts | {Kind.PLAIN: (0, 4)}, (1, 1)).reaches(90)
    assert Report((), counts, (1, 1)).reaches(40)
    assert Report((), {Kind.TITLE: (0, 9)}, (1, 1)).reaches(0)


def test_a_page_that_is_called_the_same_may_stand_before():
    pages = [_page("Linen"), _page("Washing linen", "linen " * 9, keywords=("linen",))]
    report = run(_index(*pages))
    assert not [one for one in report.failed if one.probe.url == "linen/"]


def test_a_page_that_is_not_called_so_may_not(monkeypatch: pytest.MonkeyPatch):
    # Nothing finds the page by its own title where another one always stands first.
    hits = query(_index(_page("Coats", "linen"), _page("Linen")), "coats").hits
    monkeypatch.setattr("helpcenter.search.probes.query", lambda *_, **__: replace(EMPTY, hits=hits))
    report = run(_index(_page("Coats", "linen"), _page("Linen")))
    assert {one.probe.url for one in report.failed} == {"linen/"}
    assert report.failed[0].found == ("coats/",)


EMPTY = query(_index(_page("Coats")), "")


def test_pages_in_another_language_are_not_asked_for():
    report = run(_index(_page("Iade", lang="tr"), _page("Refund", lang="en"), language="tr"))
    assert report.pages == (1, 1)
    assert {one.probe.url for one in report.failed} <= {"iade/"}


def test_of_many_pages_always_the_same_are_asked_for():
    pages = [_page(f"Article number{number}") for number in range(MOST_TITLES + 20)]
    report = run(_index(*pages), most=5)
    assert report.pages == (5, len(pages))
    assert run(_index(*reversed(pages)), most=5) == report


def test_an_empty_index_has_nothing_to_find():
    report = run(_index())
    assert (report.asked, report.percent, report.reaches(100)) == (0, 100.0, True)


@pytest.mark.parametrize("language", ["tr", "de", "es", "ar"])
def test_an_analysis_that_does_not_fold_fails(language: str, monkeypatch: pytest.MonkeyPatch):
    sound = index_of(language)
    assert run(sound).reaches(90)
    monkeypatch.setattr(Analyzer, "fold", lambda _, word: word)
    broken = run(build_index(sound.documents, language, sound.groups[0].vocabulary))
    # A search that forgives misspellings still finds some of them; that is no reason to publish it.
    assert not broken.reaches(90)
    assert broken.counts[Kind.PLAIN][0] == 0


def test_an_analysis_that_does_not_know_turkish_capitals_fails(monkeypatch: pytest.MonkeyPatch):
    index = index_of("tr")
    monkeypatch.setattr(Analyzer, "lower", lambda _, word: word)
    broken = run(build_index(index.documents, "tr", index.groups[0].vocabulary))
    assert not broken.reaches(90)
    passed, asked = broken.counts[Kind.CASE]
    assert passed < asked


def test_the_worst_are_of_the_kind_that_fails_most_and_of_different_pages():
    index = _index(_page("Linen"))
    failed = run(index).failed
    assert failed == ()
    report = Report(
        tuple(
            _outcome(url, kind, f"{kind} {number}")
            for url in ("a/", "b/")
            for kind in (Kind.TITLE, Kind.TYPO)
            for number in range(2)
        ),
        {Kind.TITLE: (96, 100), Kind.TYPO: (0, 4)},
        (2, 2),
    )
    assert [(one.probe.url, one.probe.kind) for one in report.worst(3)] == [
        ("a/", Kind.TYPO),
        ("b/", Kind.TYPO),
        ("a/", Kind.TYPO),
    ]
    assert len(report.worst(99)) == 8


def _outcome(url: str, kind: Kind, text: str) -> Outcome:
    return Outcome(Probe(url, kind, text), (), passed=False)
