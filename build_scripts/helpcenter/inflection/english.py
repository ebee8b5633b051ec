"""English: what the source says of a term.  Plurals and possessives, no verbs: `cancelled` may be another thing."""

from __future__ import annotations

import re
from functools import cache

_SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")
_IRREGULAR = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "half": "halves",
    "shelf": "shelves",
}


def is_form(term: str, word: str) -> bool:
    """Whether a word is a term's, its plural, or the possessive of either; both in lower case."""
    return word in _forms(term)


@cache
def _forms(term: str) -> frozenset[str]:
    plural = (
        _IRREGULAR.get(term)
        or (term + "es" if _SIBILANT.search(term) else "")
        or (term[:-1] + "ies" if _CONSONANT_Y.search(term) else term + "s")
    )
    return frozenset(form + end for form in (term, plural) for end in ("", "'s"))
