"""Exchange: the translation memory of a language, and how it travels to the tools of translators and back."""

from helpcenter.exchange.exports import export_tmx, export_xliff
from helpcenter.exchange.imports import Intake, import_file
from helpcenter.exchange.lookups import Match, find_matches
from helpcenter.exchange.pairs import Pair, pairs_of

__all__ = [
    "Intake",
    "Match",
    "Pair",
    "export_tmx",
    "export_xliff",
    "find_matches",
    "import_file",
    "pairs_of",
]
