"""Catalogs: the gettext PO files that hold one page's segments in one language, and how they follow their source."""

from helpcenter.catalog.entries import Catalog, Entry, Machine, Signature, State, fingerprint
from helpcenter.catalog.extraction import ATTIC, Extraction, extract_locale
from helpcenter.catalog.merging import Memory, Source, merge
from helpcenter.catalog.pofile import catalog_path, load_catalog, load_catalogs, save_catalog
from helpcenter.catalog.texts import LocaleTexts

__all__ = [
    "ATTIC",
    "Catalog",
    "Entry",
    "Extraction",
    "LocaleTexts",
    "Machine",
    "Memory",
    "Signature",
    "Source",
    "State",
    "catalog_path",
    "extract_locale",
    "fingerprint",
    "load_catalog",
    "load_catalogs",
    "merge",
    "save_catalog",
]
