"""The file of an index, ``site/<locale>/search/index.json``: what is sent to the browser, and read back here.

Nothing of lunr's index is in it.  The texts that are shown say which terms stand where, and both sides cut texts into the
same terms, so that each makes the very same index of them; only terms of texts that are too long to be sent are listed
(:mod:`helpcenter.search.fitting`).  An index with its postings would be twice to four times as long.

Pages are written by columns: gzip finds more in a list of titles than in titles between other things.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.files import read_text, relative, write_atomic
from helpcenter.search.analysis import tables
from helpcenter.search.documents import Document, Section
from helpcenter.search.index import FIELDS, SATURATION, Index, build_index
from helpcenter.search.languages import Rules, base_language, rules_of
from helpcenter.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FORMAT = 3
INDEX_FILE = "index.json"
_GZIP = 31


def encode(index: Index) -> bytes:
    """Give the file of an index."""
    head = {
        "format": FORMAT,
        "language": index.language,
        "source": index.source,
        "popular": index.popular,
        "fields": FIELDS,
        "saturation": SATURATION,
        "tables": tables(),
        "groups": [{"kind": group.kind} | _describe(group.rules, group.vocabulary) for group in index.groups],
    }
    return _json(head | {"pages": columns(index.documents)})


def columns(documents: Sequence[Document]) -> dict[str, Any]:
    """Give what is sent of pages: of each thing a list with one item for each page."""
    return {
        "type": [document.type for document in documents],
        "lang": [document.lang for document in documents],
        "url": [document.url for document in documents],
        "title": [document.title for document in documents],
        "keywords": [document.keywords for document in documents],
        "answer": [document.answer for document in documents],
        "summary": [document.summary for document in documents],
        "anchors": [[section.anchor for section in document.sections] for document in documents],
        "headings": [[section.title for section in document.sections] for document in documents],
        "texts": [[section.text for section in document.sections] for document in documents],
        "more": [[" ".join(section.more) for section in document.sections] for document in documents],
        "bridge": [document.bridge for document in documents],
    }


def compressed_size(value: object) -> int:
    """Give how many bytes a host sends for a value, in gzip at its best; the same zlib gives the same number."""
    packer = zlib.compressobj(9, zlib.DEFLATED, _GZIP)
    return len(packer.compress(value if isinstance(value, bytes) else _json(value))) + len(packer.flush())


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _describe(rules: Rules, words: Vocabulary) -> dict[str, Any]:
    return {
        "rules": rules.sent(),
        "synonyms": words.synonyms,
        "one_way": words.one_way,
        "protected": words.protected,
        "misspellings": words.misspellings,
    }


def size_of_head(words: Mapping[str, Vocabulary], documents: Iterable[Document]) -> int:
    """Give about how many bytes a host sends, in gzip, for what is not pages.

    Args:
        words: those of each language of the index.
        documents: its pages, as a table of characters holds no more than theirs.
    """
    rules = {tag: rules_of(tag) for tag in words}
    if any(one.simplified for one in rules.values()):
        letters = {letter for page in documents for letter in _json(columns([page])).decode()}
        rules = {tag: one.restricted(letters) for tag, one in rules.items()}
    groups = [_describe(rules[tag], of) for tag, of in words.items()]
    return compressed_size({"fields": FIELDS, "tables": tables(), "groups": groups})


def write_index(index: Index, folder: Path) -> None:
    """Write the file of an index into ``site/<locale>/search/``; an unchanged one is not touched."""
    write_atomic(folder / INDEX_FILE, encode(index), durable=False)


def load_index(folder: Path) -> Index:
    """Read an index back from its folder.

    Raises:
        HelpcenterError: ``file-unreadable``, ``file-encoding`` or ``search-index-invalid``.
    """
    text = read_text(folder / INDEX_FILE, folder)
    try:
        return _decode(json.loads(text))
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise HelpcenterError(
            finding(
                "search-index-invalid",
                f"not a search index of this release: {error}",
                Place(relative(folder / INDEX_FILE, folder.parent)),
                help="build the site again",
            )
        ) from error


def _decode(body: dict[str, Any]) -> Index:
    if body["format"] != FORMAT:
        raise ValueError(f"format {body['format']}, not {FORMAT}")
    words = {group["rules"]["language"]: _vocabulary(group) for group in body["groups"]}
    rules = {group["rules"]["language"]: Rules.received(group["rules"]) for group in body["groups"]}
    language, documents = body["language"], _documents(body["pages"])
    own = words[base_language(language)]
    index = build_index(documents, language, own, words, source=body["source"], rules=rules.__getitem__)
    return replace(index, popular=tuple(body["popular"]))


def _documents(pages: dict[str, list[Any]]) -> list[Document]:
    rows = zip(*(pages[name] for name in columns(())), strict=True)
    return [
        Document(
            url,
            title,
            kind,
            tuple(keywords),
            answer,
            tuple(
                Section(anchor, heading, text, tuple(more.split()))
                for anchor, heading, text, more in zip(*parts, strict=True)
            ),
            lang,
            summary,
            tuple((anchor, name) for anchor, name in bridge),
        )
        for kind, lang, url, title, keywords, answer, summary, *parts, bridge in rows
    ]


def _vocabulary(raw: dict[str, Any]) -> Vocabulary:
    return Vocabulary(
        tuple(tuple(group) for group in raw["synonyms"]),
        tuple((typed, tuple(found)) for typed, found in raw["one_way"]),
        tuple(raw["protected"]),
        tuple((typed, tuple(meant)) for typed, meant in raw["misspellings"]),
    )
