"""Exchange: the translation memory of a language, and how it travels to the tools of translators and back."""

from helpcenter.exchange.lookups import Match, find_matches
from helpcenter.exchange.pairs import Pair, pairs_of

__all__ = ["Match", "Pair", "find_matches", "pairs_of"]
