"""German: endings, umlaut, compounds, and verbs whose parts stand apart.

Endings after Duden, *Die Grammatik* (9th edition, 2016), chapters on nouns, adjectives and verbs.  A noun of a glossary is
written with a capital, and so told from a verb or adjective.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from helpcenter.inflection.tokens import without_accents

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOUN_ENDINGS = ("", "e", "en", "n", "s", "es", "er", "ern", "nen", "se", "ses", "sen", "ens")
# What an entry may end in that stands in the plural, or that its other forms do not have: Vorhänge, Karten, Konto, Datum.
_LOOSE_ENDINGS = {
    "e": ("", "s", "es", "en", "er", "em"),
    "en": ("", "s", "es"),
    "n": ("", "s"),
    "er": ("", "s", "es"),
    "s": ("",),
}
_EXCHANGED = {"o": ("en", "i"), "a": ("en",), "um": ("en", "a"), "us": ("en",)}
_ADJECTIVE_ENDINGS = ("", "e", "en", "er", "es", "em")
_PRESENT = ("", "e", "st", "est", "t", "et", "en", "n", "end", "ende", "enden", "ender", "endes", "endem", "nd")
_PAST = ("te", "test", "ten", "tet", "ete", "etest", "eten", "etet")
_PERSONS = ("", "e", "st", "est", "t", "et", "en", "te", "ten", "test", "tet")
_STRONG = Path(__file__).with_name("german.yml")
_LINKS = ("", "s", "es", "n", "en", "er", "e")
# What makes another word of a noun, not a compound: Etikett-ierung, Päck-chen.
_DERIVED = re.compile(r"^(?:ier|ung|lich|isch|ig|bar|los|haft|schaft|heit|keit|chen|lein|in(?:nen)?$|ler|ner)")
_VOWEL = re.compile("[aeiouyäöü]")
_LEAST_PART = 4
_LEAST_REST = 3
# Longer ones first: heraus before her.
_PREFIXES = (
    "entgegen", "zusammen", "herunter", "hinunter", "entlang", "überein", "weiter", "wieder", "zurück", "bereit", "herauf",
    "heraus", "herbei", "herein", "hervor", "herum", "hinauf", "hinaus", "hinein", "voraus", "vorbei", "gleich", "heran", "hinzu",
    "offen", "durch", "empor", "statt", "unter", "über", "dar", "fern", "fest", "fort", "frei", "gut", "hoch", "her", "hin",
    "los", "mit", "nach", "teil", "vor", "weg", "auf", "aus", "bei", "ein", "ab", "an", "um", "zu",
)  # fmt: skip
_UNSEPARATED = ("be", "emp", "ent", "er", "ge", "miss", "ver", "zer", "wider", "über", "unter", "hinter")


def fold(word: str) -> str:
    """Write a word in lower case, and ß as Swiss German does."""
    return word.lower().replace("ß", "ss")


def fold_term(word: str) -> str:
    """Write a word in the same way, with the capital of a noun."""
    return word[:1] + fold(word[1:]) if word[:1].isupper() else fold(word)


def is_verb(word: str) -> bool:
    """Whether a word looks like an infinitive."""
    return word[:1].islower() and len(word) > len("tun") and word.endswith(("en", "eln", "ern"))


def is_form(term: str, word: str) -> bool:
    """Whether a word is a term, declined or conjugated."""
    folded = fold(term)
    if word == folded or _join(word) == _join(folded):
        return True
    if "-" in folded and "-" not in word:
        return is_form(term[:1] + _join(folded)[1:], word)
    if "-" in folded:
        *starts, last = folded.split("-")
        *others, end = word.split("-")
        return starts == others and is_form(last.capitalize() if term[:1].isupper() else last, end)
    if term[:1].isupper():
        return _flat(word) in _noun_forms(folded)
    return word in _adjective_forms(folded) or (is_verb(term) and word in _verb_forms(folded))


def is_compound(term: str, word: str) -> bool:
    """Whether a word holds a term, declined at its end or followed by what it says more of: Retourenetikett-Nummer."""
    if not term[:1].isupper() or len(term) < _LEAST_PART:
        return False
    if "-" in word.strip("-"):
        parts = word.strip("-").split("-")
        return _join(fold(term)) == _join(word) or any(is_form(term, part) or is_compound(term, part) for part in parts)
    flat, forms = _flat(word), _noun_forms(fold(term))
    for cut in range(_LEAST_REST, len(flat) - _LEAST_REST + 1):
        if flat[cut:] in forms and _VOWEL.search(flat[:cut]) and len(flat) - cut >= _LEAST_PART:
            return True
    return any(
        flat.startswith(start)
        and len(rest := flat[len(start) :]) >= _LEAST_REST
        and _VOWEL.search(rest) is not None
        and not _DERIVED.match(rest)
        for start in _starts(fold(term))
    )


def split(term: str) -> tuple[str, str] | None:
    """Give the verb and the prefix of a verb that is written in two in a sentence."""
    for prefix in _PREFIXES if is_verb(term) else ():
        if term.startswith(prefix) and len(term) > len(prefix) + 2:
            return term[len(prefix) :], prefix
    return None


def complete(word: str, other: str) -> Iterator[str]:
    """Give what a word may be that shares its end with another: Express- und Standardversand."""
    start, other = word.rstrip("-"), other.replace("-", "")
    for cut in range(2, len(other) - _LEAST_REST):
        yield start + other[cut:]


def _join(word: str) -> str:
    return word.replace("-", "")


def _flat(word: str) -> str:
    """Take umlauts off: a plural may have one that its singular does not have."""
    return without_accents(word)


@cache
def _noun_forms(noun: str) -> frozenset[str]:
    flat = _flat(noun)
    forms = {flat + ending for ending in _NOUN_ENDINGS}
    for end, endings in (*_LOOSE_ENDINGS.items(), *_EXCHANGED.items()):
        if flat.endswith(end) and len(flat) - len(end) >= _LEAST_REST:
            forms |= {flat.removesuffix(end) + ending for ending in endings}
    return frozenset(forms)


@cache
def _starts(noun: str) -> frozenset[str]:
    """Give how a compound begins whose first part is a noun."""
    flat = _flat(noun)
    starts = {flat + link for link in _LINKS}
    if flat.endswith("e") and len(flat) > _LEAST_PART + 1:
        starts.add(flat[:-1])
    return frozenset(starts)


@cache
def _adjective_forms(word: str) -> frozenset[str]:
    stems = {word}
    for ending in _ADJECTIVE_ENDINGS[1:]:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_REST:
            stems.add(word.removesuffix(ending))
    if word.endswith(("el", "er")):
        stems.add(word[:-2] + word[-1])  # dunkel, dunkle
    degrees = ("", "er", "st", "est")
    return frozenset(stem + degree + ending for stem in stems for degree in degrees for ending in _ADJECTIVE_ENDINGS)


@cache
def _verb_forms(verb: str) -> frozenset[str]:
    """Give the forms of a verb, written in one word."""
    parts = split(verb)
    if parts is None:
        return frozenset(_conjugate(verb))
    base, prefix = parts
    joined = {prefix + form for form in _conjugate(base)}
    return frozenset(joined | {f"{prefix}zu{base}"} | set(_conjugate(verb)))


def _conjugate(verb: str) -> Iterator[str]:
    stem = verb.removesuffix("n").removesuffix("e") if verb.endswith("en") else verb.removesuffix("n")
    prefix, base = _prefix_of(verb)
    yield from (stem + ending for ending in (*_PRESENT, *_PAST))
    if verb.endswith(("eln", "ern")):
        yield f"{stem[:-2]}{stem[-1]}e"  # ich ändre
    finite, participles = _strong_verbs().get(base, ((), ()))
    yield from (prefix + form + ending for form in finite for ending in _PERSONS)
    ge = "" if prefix or verb.endswith("ieren") else "ge"
    weak = (f"{ge}{stem}t", f"{ge}{stem}et")
    strong = (prefix + form.removeprefix("ge") if prefix else form for form in participles)
    yield from (participle + ending for participle in (*weak, *strong) for ending in _ADJECTIVE_ENDINGS)


def _prefix_of(verb: str) -> tuple[str, str]:
    """Cut a verb into a prefix that stays, and what is conjugated."""
    if verb not in _strong_verbs():
        for prefix in _UNSEPARATED:
            base = verb.removeprefix(prefix)
            if base != verb and (base in _strong_verbs() or len(base) > len("geben")):
                return prefix, base
    return "", verb


@cache
def _strong_verbs() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Give the finite stems and the participles of each strong verb, folded."""
    table: dict[str, str] = yaml.safe_load(_STRONG.read_text("utf-8"))
    rows = ((fold(verb), fold(forms).split("/")) for verb, forms in table.items())
    return {verb: (tuple(finite.split()), tuple(participles.split())) for verb, (finite, participles) in rows}
