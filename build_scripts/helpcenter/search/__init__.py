"""Search: one analysis for every language, an index that lunr reads on both sides, and the shop's own words."""

from helpcenter.search.analysis import Analyzer, Piece
from helpcenter.search.assets import PAGE_FILE, PAGE_PARTS, PARTS, WORKER_FILE, bundle_interface, bundle_worker
from helpcenter.search.documents import Document, Section, document_from_html
from helpcenter.search.encoding import encode, load_index, write_index
from helpcenter.search.explanation import Explanation, Match, Meaning, Part, Reading, Reason, Word, explain
from helpcenter.search.fitting import Fitted, build_fitting_index, fit
from helpcenter.search.index import (
    Counts,
    Group,
    Index,
    build_index,
    count_terms,
    other_languages,
    serialize,
)
from helpcenter.search.languages import Rules, base_language, rules_of
from helpcenter.search.query import Hit, Results, query
from helpcenter.search.vocabulary import FILE_NAME, THRESHOLD, SearchFile, Vocabulary, load_vocabulary, places_of

__all__ = [
    "FILE_NAME",
    "PAGE_FILE",
    "PAGE_PARTS",
    "PARTS",
    "THRESHOLD",
    "WORKER_FILE",
    "Analyzer",
    "Counts",
    "Document",
    "Explanation",
    "Fitted",
    "Group",
    "Hit",
    "Index",
    "Match",
    "Meaning",
    "Part",
    "Piece",
    "Reading",
    "Reason",
    "Results",
    "Rules",
    "SearchFile",
    "Section",
    "Vocabulary",
    "Word",
    "base_language",
    "build_fitting_index",
    "build_index",
    "bundle_interface",
    "bundle_worker",
    "count_terms",
    "document_from_html",
    "encode",
    "explain",
    "fit",
    "load_index",
    "load_vocabulary",
    "other_languages",
    "places_of",
    "query",
    "rules_of",
    "serialize",
    "write_index",
]
