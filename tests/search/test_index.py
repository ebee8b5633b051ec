"""The index is lunr's, whatever the way it is built and sent."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lunr.builder import Builder
from shops import LANGUAGES, corpus, index_of, vocabulary

from helpcenter.diagnostics import HelpcenterError
from helpcenter.search import Vocabulary, build_index, encode, load_index, query, serialize, write_index
from helpcenter.search.index import FIELDS, Group


def _by_lunr(group: Group, language: str) -> dict[str, Any]:
    """Index the same terms with lunr.py's own builder, token by token."""
    builder = Builder()
    builder.ref("number")
    for name, boost in FIELDS.items():
        builder.field(name, boost)
    for number in group.documents:
        document = corpus(language)[number]
        texts = {
            "title": [document.title],
            "keywords": document.keywords,
            "answer": [document.answer],
            "headings": [section.title for section in document.sections],
            "body": [section.text for section in document.sections],
        }
        # lunr splits a list at its items and leaves them as they are.
        terms = {
            name: [t for text in parts for word in group.analyzer.words(text) for t in group.analyzer.terms[word]]
            for name, parts in texts.items()
        }
        builder.add({"number": number, **terms})
    return builder.build().serialize()


def _readable(serialized: dict[str, Any]) -> tuple[list[str], dict[str, dict[str, float]], dict[str, Any]]:
    """Take out the numbers that lunr.py gives to terms in the order it meets them."""
    names = {posting["_index"]: term for term, posting in serialized["invertedIndex"]}
    vectors = {
        ref: {names[place]: score for place, score in zip(elements[::2], elements[1::2], strict=True)}
        for ref, elements in serialized["fieldVectors"]
    }
    postings = {
        term: {k: v for k, v in posting.items() if k != "_index"} for term, posting in serialized["invertedIndex"]
    }
    return serialized["fields"], vectors, postings


@pytest.mark.parametrize("language", ["tr", "zh-CN", "en"])
def test_equals_what_lunr_builds(language: str):
    group = build_index(corpus(language), language, vocabulary(language)).groups[0]
    ours, theirs = _readable(serialize(group)), _readable(_by_lunr(group, language))
    assert ours == theirs
    assert serialize(group)["version"] == _by_lunr(group, language)["version"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_files_are_read_back(language: str, tmp_path: Path):
    index = index_of(language)
    write_index(index, tmp_path)
    loaded = load_index(tmp_path)
    assert [serialize(group) for group in loaded.groups] == [serialize(group) for group in index.groups]
    assert [group.rules for group in loaded.groups] == [group.rules for group in index.groups]
    for ours, theirs in zip(loaded.groups, index.groups, strict=True):
        # What only the build asks for is not sent.
        assert ours.vocabulary == replace(theirs.vocabulary, popular=(), queries=(), threshold=None)
    assert loaded.popular == index.popular
    page = corpus(language)[0]
    for text in (page.title, *page.keywords):
        assert query(loaded, text) == query(index, text)


def test_the_same_pages_give_the_same_bytes():
    built = [encode(build_index(corpus("de"), "de", vocabulary("de"))) for _ in range(2)]
    assert built[0] == built[1]
    assert b"\\u" not in built[0]


def test_an_index_of_no_pages(tmp_path: Path):
    index = build_index([], "tr", Vocabulary())
    write_index(index, tmp_path)
    assert query(load_index(tmp_path), "iade").hits == ()


@pytest.mark.parametrize("content", ["{", '{"format": 1}', '{"format": 3, "language": "tr", "pages": [{}]}'])
def test_a_broken_file_is_a_finding(content: str, tmp_path: Path):
    write_index(index_of("en"), tmp_path)
    (tmp_path / "index.json").write_text(content, "utf-8")
    with pytest.raises(HelpcenterError) as caught:
        load_index(tmp_path)
    assert [(f.code, f.place.path) for f in caught.value.findings] == [
        ("search-index-invalid", f"{tmp_path.name}/index.json")
    ]


def test_a_bridge_leads_to_the_translated_page():
    """Its group holds the names of the pages in the language of the source, analysed as that is."""
    first, *rest = corpus("tr")
    pages = [replace(first, bridge=(("", "Returning an item"), ("money", "Refund"))), *rest]
    own, bridge = build_index(pages, "tr", vocabulary("tr"), {"en": vocabulary("en")}, source="en").groups
    assert (own.kind, bridge.kind, bridge.rules.language, bridge.documents) == ("own", "bridge", "en", (0,))
    assert {"return", "item", "refund"} <= set(bridge.terms)
    assert "refund" not in own.terms
    assert [group.kind for group in build_index(pages, "tr", vocabulary("tr")).groups] == ["own"]
