"""Search: one analysis for every language, an index that lunr reads on both sides, and the shop's own words."""

from helpcenter.search.analysis import Analyzer, Piece
from helpcenter.search.assets import worker_assets
from helpcenter.search.documents import Document, Section, document_from_html
from helpcenter.search.index import (
    Counts,
    Group,
    Index,
    build_index,
    count_terms,
    encode,
    load_index,
    other_languages,
    serialize,
    write_index,
)
from helpcenter.search.languages import Rules, base_language, rules_of
from helpcenter.search.query import Hit, Results, query
from helpcenter.search.vocabulary import FILE_NAME, THRESHOLD, SearchFile, Vocabulary, load_vocabulary

__all__ = [
    "FILE_NAME",
    "THRESHOLD",
    "Analyzer",
    "Counts",
    "Document",
    "Group",
    "Hit",
    "Index",
    "Piece",
    "Results",
    "Rules",
    "SearchFile",
    "Section",
    "Vocabulary",
    "base_language",
    "build_index",
    "count_terms",
    "document_from_html",
    "encode",
    "load_index",
    "load_vocabulary",
    "other_languages",
    "query",
    "rules_of",
    "serialize",
    "worker_assets",
    "write_index",
]
