"""Arabic: what is written to the beginning and the end of a word, and what writers leave out or write otherwise.

After Ryding, *A Reference Grammar of Modern Standard Arabic* (2005), chapters 5, 7 and 9.  Broken plurals are other words: a
glossary lists them.
"""

from __future__ import annotations

import re
from functools import cache

_POINTS = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
_LETTERS = str.maketrans("أإآٱىؤئ", "ااااي\u0621\u0621")
# و and ف, then ب, ل or ك, then the article; ل and the article are written لل. س before a verb makes it future.
_PREFIX = re.compile("[وف]?(?:لل|[بكل]?(?:ال)?)|[وف]?س")
_FUTURE = re.compile("[وف]?س[انيت]")
_PRONOUNS = ("", "ي", "ك", "ه", "ها", "نا", "كم", "كن", "هم", "هن", "كما", "هما")
# Patterns of adjectives, which take the ending ة: active and passive participles, fa'īl, and those of origin in ي.
_ADJECTIVE = re.compile("^(?:م..+[وي].|م....+|.ا..|..ي.|.+ي)$")
_LEAST = 2
# Letters of a root; a word of no more is a noun (دفع), and with an ending another one (دفعة).
_ROOT = 3


def fold(word: str) -> str:
    """Write a word without points, and with one letter each for all kinds of alef, of final ya, and of hamza with a seat."""
    return _POINTS.sub("", word).translate(_LETTERS).lower()


def is_form(term: str, word: str) -> bool:
    """Whether a word is a term with or without article, before and after what is written to it."""
    return word == term or any(rest in _forms(base) for base in _bases(term) for rest in _rests(word))


def is_inner_form(term: str, word: str) -> bool:
    """Whether a word of a phrase is that word: an adjective agrees with its noun, so its ending may come and go."""
    if is_form(term, word):
        return True
    partners = {base[:-1] if base.endswith("ة") else f"{base}ة" for base in _bases(term) if len(base) > _ROOT}
    return any(rest in _forms(partner) for partner in partners for rest in _rests(word))


@cache
def _rests(word: str) -> frozenset[str]:
    """Give what a word may be without what is written to its beginning."""
    rests = {word}
    for count in range(1, 5):
        head, rest = word[:count], word[count:]
        if len(rest) >= _LEAST and _PREFIX.fullmatch(head) and (head[-1] != "س" or _FUTURE.match(word)):
            rests.add(rest)
    return frozenset(rests)


@cache
def _bases(term: str) -> frozenset[str]:
    """Give a term without its article, and what it is in the singular where it stands in a regular plural."""
    bases = {term}
    if term.startswith("ال") and len(term) > _LEAST + 2:
        bases.add(term[2:])
    if term.startswith("لل") and len(term) > _LEAST + 2:
        bases.add(term[2:])
    for base in tuple(bases):
        if base.endswith("ات") and len(base) > _LEAST + 2:
            bases |= {base[:-2], base[:-2] + "ة"}
        elif base.endswith(("ون", "ين")) and len(base) > _LEAST + 2:
            bases.add(base[:-2])
    return frozenset(bases)


@cache
def _forms(base: str) -> frozenset[str]:
    """Give the forms of a word without article: its numbers, each with a pronoun behind it."""
    if base.endswith("ة"):
        stem = base[:-1]
        bound: tuple[str, ...] = (f"{stem}ت", f"{stem}ات", f"{stem}تا", f"{stem}تي")
        free: tuple[str, ...] = (base, f"{stem}ه", f"{stem}تان", f"{stem}تين")
    else:
        bound = (base, f"{base}ات", f"{base}ا", f"{base}ي", f"{base}و")
        free = (f"{base}ان", f"{base}ين", f"{base}ون", *((f"{base}ة",) if _ADJECTIVE.match(base) else ()))
    if base.endswith("ي"):
        bound = (*bound, f"{base[:-1]}ا")  # مستوى, مستواك
    return frozenset((*free, *(form + pronoun for form in bound for pronoun in _PRONOUNS)))
