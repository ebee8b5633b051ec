"""The file of an index, ``site/<locale>/search/index.json``: what is sent to the browser, and read back here.

The inverted index of lunr's own format repeats what the vectors say, so only the vectors are sent, as differences and
thousandths; the browser and :func:`load_index` expand them (``docs/formats/search.md``).
"""

from __future__ import annotations

import json
from array import array
from itertools import accumulate, chain
from operator import sub
from typing import TYPE_CHECKING, Any

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.files import read_text, relative, write_atomic
from helpcenter.search.analysis import tables
from helpcenter.search.documents import Document, Section
from helpcenter.search.index import FIELDS, LUNR_VERSION, Group, Index
from helpcenter.search.languages import Rules
from helpcenter.search.vocabulary import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

FORMAT = 3
INDEX_FILE = "index.json"


def encode(index: Index) -> bytes:
    """Give the file of an index."""
    body = {
        "format": FORMAT,
        "lunr": LUNR_VERSION,
        "language": index.language,
        "popular": index.popular,
        "fields": list(FIELDS),
        "tables": tables(),
    }
    pages = _json_list(_json(_describe(document)) for document in index.documents)
    groups = _json_list(_encode_group(group) for group in index.groups)
    return _with_last(body, {"pages": pages, "groups": groups})


def _describe(document: Document) -> dict[str, Any]:
    described = {
        "url": document.url,
        "title": document.title,
        "type": document.type,
        "lang": document.lang,
        # The terms of the index no longer say which of them made one keyword.
        "keywords": document.keywords,
        "answer": document.answer,
        "summary": document.summary,
        "bridge": document.bridge,
        "sections": [[section.anchor, section.title, section.text] for section in document.sections],
    }
    return {name: value for name, value in described.items() if value}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _json_list(items: Iterable[bytes]) -> bytes:
    """Write a list of what is written already: as one value it would take many times the memory meanwhile."""
    found = list(items)
    for place in range(1, len(found)):
        found[place] = b"," + found[place]
    return b"".join([b"[", *found, b"]"])


def _with_last(value: Mapping[str, Any], last: Mapping[str, bytes]) -> bytes:
    """Write an object whose last members are written already."""
    members = (part for name, written in last.items() for part in (b",", _json(name), b":", written))
    return b"".join([_json(value)[:-1], *members, b"}"])


def _encode_group(group: Group) -> bytes:
    words = group.vocabulary
    vectors = _json_list(_json_list(_json(_differences(row)) for row in rows) for rows in group.vectors.values())
    described = {
        "kind": group.kind,
        "rules": group.rules.sent(),
        "synonyms": words.synonyms,
        "one_way": words.one_way,
        "protected": words.protected,
        "misspellings": words.misspellings,
        "documents": group.documents,
        "terms": " ".join(group.terms),
    }
    return _with_last(described, {"vectors": vectors})


def _differences(row: Sequence[int]) -> list[int]:
    places = row[::2]
    steps = map(sub, places, chain((0,), places))
    return list(chain.from_iterable(zip(steps, row[1::2], strict=True)))


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
        body = json.loads(text)
        if body["format"] != FORMAT:
            raise ValueError(f"format {body['format']}, not {FORMAT}")  # noqa: TRY301 - one way out for all that is wrong
        documents = tuple(_decode_document(page) for page in body["pages"])
        groups = tuple(_decode_group(group) for group in body["groups"])
        return Index(body["language"], documents, groups, tuple(body["popular"]))
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise HelpcenterError(
            finding(
                "search-index-invalid",
                f"not a search index of this release: {error}",
                Place(relative(folder / INDEX_FILE, folder.parent)),
                help="build the site again",
            )
        ) from error


def _decode_document(raw: dict[str, Any]) -> Document:
    return Document(
        raw.get("url", ""),
        raw["title"],
        raw.get("type", ""),
        tuple(raw.get("keywords", ())),
        raw.get("answer", ""),
        tuple(Section(*section) for section in raw.get("sections", ())),
        raw["lang"],
        raw.get("summary", ""),
        tuple((anchor, name) for anchor, name in raw.get("bridge", ())),
    )


def _decode_group(raw: dict[str, Any]) -> Group:
    return Group(
        raw["kind"],
        Rules.received(raw["rules"]),
        Vocabulary(
            tuple(tuple(group) for group in raw["synonyms"]),
            tuple((typed, tuple(found)) for typed, found in raw["one_way"]),
            tuple(raw["protected"]),
            tuple((typed, tuple(meant)) for typed, meant in raw["misspellings"]),
        ),
        tuple(raw["documents"]),
        tuple(raw["terms"].split(" ")) if raw["terms"] else (),
        {name: [_absolute(row) for row in rows] for name, rows in zip(FIELDS, raw["vectors"], strict=True)},
    )


def _absolute(row: list[int]) -> array[int]:
    return array("i", chain.from_iterable(zip(accumulate(row[::2]), row[1::2], strict=True)))
