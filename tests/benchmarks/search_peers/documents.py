"""What all engines are given: the pages of a locale as the search of ours indexes them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING

from lxml import html as lxml_html

from helpcenter.search import (
    Document,
    Index,
    Section,
    Vocabulary,
    base_language,
    build_fitting_index,
    document_from_html,
    load_index,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True)
class Corpus:
    """The pages of a locale.

    Args:
        language: tag of the locale.
        documents: its pages.
        site: the built site of the locale; None when there are only documents.
        words: those that its search knows beside those of the pages, by language.
    """

    language: str
    documents: tuple[Document, ...]
    site: Path | None = None
    words: Mapping[str, Vocabulary] = field(default_factory=dict)

    def index(self) -> Index:
        """Index the documents as a build does, and no longer than it lets an index be; with the source language beside it."""
        own = base_language(self.language)
        words = {language: self.words.get(language, Vocabulary()) for language in (own, "en")}
        return build_fitting_index(self.documents, self.language, words, source="en")

    def write(self, file: Path) -> None:
        """Write ``{language, documents}`` as JSON; the keys of a document are those of :class:`Document`."""
        raw = {"language": self.language, "documents": [asdict(document) for document in self.documents]}
        file.write_text(json.dumps(raw, ensure_ascii=False), "utf-8")


def read_corpus(file: Path) -> Corpus:
    """Read what :meth:`Corpus.write` wrote, or what has at least the same keys."""
    raw = json.loads(file.read_text("utf-8"))
    documents = tuple(
        Document(
            url=one["url"],
            title=one["title"],
            type=one["type"],
            keywords=tuple(one["keywords"]),
            answer=one["answer"],
            sections=tuple(Section(**section) for section in one["sections"]),
            lang=one["lang"],
        )
        for one in raw["documents"]
    )
    return Corpus(raw["language"], documents)


def read_site(site: Path, locale: str) -> Corpus:
    """Read the pages of a built locale: those that its search finds, with all of their text."""
    documents = []
    for known in load_index(site / "search").documents:
        body = lxml_html.parse(site / known.url / "index.html").getroot().find_class("hc-body")[0]
        text = lxml_html.tostring(body, encoding="unicode")
        # The index of a large site keeps no more than it may weigh.
        whole = document_from_html(known.url, known.title, text, lang=known.lang).sections
        documents.append(replace(known, sections=whole))
    return Corpus(locale, tuple(documents), site)
