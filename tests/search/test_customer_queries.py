"""The written queries of customers: whole, of every kind, and the half that was kept unseen is the one that was promised."""

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from shops import ROOT, index_of

from customer_queries import FOLDER, FROZEN, KINDS, CustomerQuery, ask, measure, read_queries

LANGUAGES = ("ar", "de", "en", "es", "fr", "pt-BR", "ru", "tr", "zh-CN")


def test_every_language_has_every_kind():
    queries = read_queries()
    assert tuple(sorted(queries)) == LANGUAGES
    for language, of in queries.items():
        kinds = Counter(query.kind for query in of)
        assert min(kinds[kind] for kind in KINDS) >= 5, (language, kinds)
        assert len({query.text for query in of}) == len(of), language


@pytest.mark.parametrize("folder", [FOLDER, FROZEN])
def test_every_page_that_is_to_be_found_exists(folder: Path):
    for language, of in read_queries(folder).items():
        for page in {page for query in of for page in query.pages}:
            assert (ROOT / "content" / f"{page.rstrip('/')}.md").is_file(), (language, page)


def test_the_unseen_half_is_the_one_that_was_promised():
    promised = dict(reversed(line.split()) for line in (FOLDER / "frozen.sha256").read_text("utf-8").splitlines())
    assert sorted(promised) == [f"{language}.yml" for language in LANGUAGES]
    for path in FROZEN.glob("*.yml"):
        assert hashlib.sha256(path.read_bytes()).hexdigest() == promised[path.name], path.name


def test_answers_are_measured():
    queries = [
        CustomerQuery("wash linen", "keyword", ("guides/wash/",)),
        CustomerQuery("linen", "typo", ("nowhere/", "guides/wash/")),
        CustomerQuery("qqxxzz", "case", ("guides/wash/",)),
    ]
    # A page that is shown in English is all that is found on the Turkish site.
    answers = ask(index_of("tr"), queries)
    assert [answer.foreign for answer in answers] == [True, True, False]
    figures = measure(answers)
    assert (figures.asked, figures.foreign) == (3, 2)
    assert figures.none == figures.first - figures.none == pytest.approx(100 / 3)
    assert measure(answers, "keyword").first == 100
    assert measure(answers, "case").third == 0
