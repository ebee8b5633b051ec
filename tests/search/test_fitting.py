"""Indexes fit on the wire, whatever the number of pages."""

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shops import corpus

from helpcenter.search import (
    Analyzer,
    Document,
    Section,
    Vocabulary,
    build_index,
    encode,
    fit,
    load_index,
    query,
    rules_of,
)
from helpcenter.search import write_index as write
from helpcenter.search.encoding import compressed_size
from helpcenter.search.fitting import CUTS, choose_cut, limit_of

_analyzer = cache(lambda tag: Analyzer(rules_of(tag)))


def _long(language: str, pages: int) -> list[Document]:
    """Many long pages, each of words that others have as well, none of them said twice in the same way."""
    drawn = random.Random(7)  # noqa: S311 - nothing secret
    longest = 2 if language == "zh-CN" else 20
    found = (
        word for page in corpus(language) for part in page.sections for word in _analyzer(language).words(part.text)
    )
    words = sorted({word[:longest] for word in found})

    def text(count: int) -> str:
        return " ".join(drawn.choices(words, k=count))

    return [
        Document(
            f"guides/{number}/",
            text(5),
            "guide",
            (text(2), text(1)),
            text(8),
            tuple(Section(f"part-{part}", text(2), text(70)) for part in range(3)),
            language,
            text(8),
        )
        for number in range(pages)
    ]


@pytest.mark.parametrize("pages", [0, 1, 200, 201, 1000, 1500])
def test_limits(pages: int):
    assert limit_of(pages) == {0: 40_000, 1: 40_000, 200: 40_000, 201: 40_150, 1000: 160_000, 1500: 235_000}[pages]


def test_a_small_site_keeps_everything():
    pages = corpus("de")
    fitted = fit(pages, _analyzer)
    assert fitted.documents == pages
    assert not fitted.is_shortened


@pytest.mark.parametrize("language", ["tr", "zh-CN"])
def test_what_does_not_fit_is_left_out_and_names_stay(language: str, tmp_path: Path):
    pages = _long(language, 200)
    whole = compressed_size(encode(build_index(pages, language, Vocabulary())))
    fitted = fit(pages, _analyzer, head=3000)
    index = build_index(fitted.documents, language, Vocabulary())
    assert whole > fitted.limit >= compressed_size(encode(index))
    # As full as the steps of shortening allow, or nobody would find what there was room for.
    assert fitted.size > 0.8 * fitted.limit
    for page, left in zip(pages, fitted.documents, strict=True):
        assert (page.title, page.keywords, page.answer) == (left.title, left.keywords, left.answer)
        assert [(s.anchor, s.title) for s in page.sections] == [(s.anchor, s.title) for s in left.sections]
    # Terms of a text that was cut off still find the page, and so they do in the file.
    write(index, tmp_path)
    loaded = load_index(tmp_path)
    number, term = next(
        (n, part.more[0]) for n, page in enumerate(index.documents) for part in page.sections if part.more
    )
    (group,) = loaded.groups
    assert group.terms.index(term) in group.vectors["body"][number][::2]
    assert query(loaded, term, limit=30) == query(index, term, limit=30)


def test_the_same_pages_are_shortened_in_the_same_way():
    assert fit(_long("en", 220), _analyzer).documents == fit(_long("en", 220), _analyzer).documents


@given(st.lists(st.integers(1, 10_000), min_size=len(CUTS), max_size=len(CUTS)), st.data())
def test_the_first_cut_that_fits_is_found_whatever_a_sample_says(drawn: list[int], data: st.DataObject):
    sizes = sorted(drawn, reverse=True)
    samples = data.draw(st.lists(st.integers(1, 1_000), min_size=len(sizes), max_size=len(sizes)))
    room = data.draw(st.integers(0, sizes[0]))
    first = next((number for number, size in enumerate(sizes) if number and size <= room), len(sizes) - 1)
    assert choose_cut(sizes.__getitem__, sorted(samples, reverse=True).__getitem__, room) == first
