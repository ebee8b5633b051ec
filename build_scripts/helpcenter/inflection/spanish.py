"""Spanish: number and gender, and the endings of regular verbs with what is written to them.

After *Nueva gramática de la lengua española* (RAE and ASALE, 2009), chapters 2 to 4 and 16.  Irregular verbs are left to a
dictionary.
"""

from __future__ import annotations

import re
from functools import cache

from helpcenter.inflection.tokens import without_accents

_TILDE = "\u0303"
_LEAST = 4
# A short word in -o has a partner in -a that is another thing: plazo and plaza, caso and casa.  Long ones are adjectives.
_LEAST_ADJECTIVE = 7
_ADJECTIVE = re.compile("(?:[ai]d|os|iv|[ai]ri|it|ic|nuev|rot|cort|larg|list|llen|vac[ií]|uev)o$")
_NOUNS = frozenset({"pedido", "envio", "retiro", "contenido"})
_CLITICS = re.compile("(?:(?:me|te|se|nos|os|le|les)?(?:lo|la|los|las)|me|te|se|nos|os|le|les)$")
_SECOND_AND_THIRD = (
    "o as a es e emos eis is en i iste io imos isteis ieron yo yeron ia ias iamos iais ian amos ais an iera ieras ieramos ierais "
    "ieran iese ieses iesemos ieseis iesen iere ieres ieremos iereis ieren iendo yendo ido ida idos idas"
)
_FUTURE = "- -e -as -a -emos -eis -an -ia -ias -iamos -iais -ian"
_ENDINGS = {
    "a": (
        "o as a amos ais an e aste asteis aron aba abas abamos abais aban es emos eis en ara aras aramos arais aran ase ases "
        "asemos aseis asen are ares aren ad ando ado ada ados adas " + _FUTURE.replace("-", "ar")
    ),
    "e": f"{_SECOND_AND_THIRD} ed {_FUTURE.replace('-', 'er')}",
    "i": f"{_SECOND_AND_THIRD} id {_FUTURE.replace('-', 'ir')}",
}
# How a stem is spelt before other vowels, and how its own vowel changes under stress.
_SPELLINGS = (("c", "qu"), ("z", "c"), ("g", "gu"), ("gu", "g"), ("g", "j"), ("c", "z"), ("c", "zc"), ("u", "uy"))
_STRESSED = (("e", "ie"), ("o", "ue"), ("e", "i"), ("u", "ue"), ("o", "u"))


def fold(word: str) -> str:
    """Write a word in lower case and without accents, which move with its ending; ñ stays."""
    return without_accents(word.lower(), _TILDE)


def is_verb(word: str) -> bool:
    """Whether a word is an infinitive."""
    return len(word) >= _LEAST and fold(word).removesuffix("se").endswith(("ar", "er", "ir"))


def is_form(term: str, word: str) -> bool:
    """Whether a word is a term in another number, gender, person or tense."""
    if word == term or word in _noun_forms(term):
        return True
    if not is_verb(term) or word[:1] != term[:1]:
        return False
    return word in _verb_forms(term) or _CLITICS.sub("", word) in _verb_forms(term)


@cache
def _noun_forms(noun: str) -> frozenset[str]:
    bases = {noun}
    if noun.endswith("es") and len(noun) > _LEAST:
        bases |= {noun[:-2], noun[:-1]}
    elif noun.endswith("s") and len(noun) > _LEAST:
        bases.add(noun[:-1])
    if noun.endswith("ces"):
        bases.add(noun[:-3] + "z")
    for base in tuple(bases):
        if base not in _NOUNS and (_ADJECTIVE.search(base) or (base.endswith("o") and len(base) >= _LEAST_ADJECTIVE)):
            bases.add(base[:-1] + "a")
        elif base.endswith(("dor", "sor", "tor")):
            bases.add(base + "a")
    plurals = {base[:-1] + "ces" if base.endswith("z") else base + end for base in bases for end in ("s", "es")}
    return frozenset(bases | plurals)


@cache
def _verb_forms(verb: str) -> frozenset[str]:
    verb = verb.removesuffix("se")
    stem, vowel = verb[:-2], verb[-2]
    stems = {stem} | {stem[: -len(old)] + new for old, new in _SPELLINGS if stem.endswith(old)}
    for old, new in _STRESSED:
        place = stem.rfind(old)
        if place >= 0:
            stems |= {one[:place] + new + one[place + 1 :] for one in tuple(stems) if one[place : place + 1] == old}
    return frozenset(one + ending for one in stems for ending in _ENDINGS[vowel].split())
