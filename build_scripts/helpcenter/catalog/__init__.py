"""Catalogs: the gettext PO files that hold one page's segments in one language, and how they follow their source."""

from helpcenter.catalog.attic import attic_path, is_attic
from helpcenter.catalog.entries import Adopted, Catalog, Entry, Machine, Revision, Signature, State, fingerprint
from helpcenter.catalog.extraction import Extraction, extract_locale, plan_extraction
from helpcenter.catalog.ledger import Ledger
from helpcenter.catalog.merging import Memory, Source, merge
from helpcenter.catalog.pofile import catalog_path, load_catalog, load_catalogs, save_catalog
from helpcenter.catalog.sheets import Sheet
from helpcenter.catalog.texts import LocaleTexts

__all__ = [
    "Adopted",
    "Catalog",
    "Entry",
    "Extraction",
    "Ledger",
    "LocaleTexts",
    "Machine",
    "Memory",
    "Revision",
    "Sheet",
    "Signature",
    "Source",
    "State",
    "attic_path",
    "catalog_path",
    "extract_locale",
    "fingerprint",
    "is_attic",
    "load_catalog",
    "load_catalogs",
    "merge",
    "plan_extraction",
    "save_catalog",
]
