"""Adoption: translations that exist as Markdown pages are aligned with their sources and become entries of the catalogs."""

from helpcenter.adoption.adopting import Adoption, PageAdoption, Wishes, adopt
from helpcenter.adoption.folders import load_sources

__all__ = ["Adoption", "PageAdoption", "Wishes", "adopt", "load_sources"]
