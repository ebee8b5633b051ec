"""Turkish: whether what stands behind a stem is a chain of suffixes, and whether the stem is the term's.

Suffixes after Göksel and Kerslake, *Turkish: A Comprehensive Grammar* (2005), chapters 6 to 8; changes of stems after chapter 2.
Harmony is asked for where the suffixes begin, and letters that stand between vowels (y, s, n) may stand or not: that is enough
to tell a chain of suffixes from another word.
"""

from __future__ import annotations

import re
from functools import cache

_LEAST_STEM = 2
_CAPITALS = str.maketrans({"İ": "i", "I": "ı"})

# A is a or e, I is ı, i, u or ü, D is d or t, C is c or ç, K is k or ğ; (x) may stand or not.
_CASES = "(y|n)?I|(n)?In|(y|n)?A|(n)?DA|(n)?DAn|(y)?lA|(n)?CA"
_POSSESSIVES = "(I)?m|(I)?n|(s)?I|(I)?mIz|(I)?nIz|lArI"
_COPULAS = "(y)?DI(m|n|K|nIz|lAr)?|(y)?mIş(sA)?|(y)?sA(m|n|K|nIz|lAr)?|DIr(lAr)?|(y)?Im|sIn(Iz)?|(y)?Iz|(y)?ken"
_NOUN = f"(lI|sIz)?(lAr)?({_POSSESSIVES})?({_CASES})?(ki(lAr)?({_POSSESSIVES})?(n(I|In|A|DA|DAn))?)?({_COPULAS})?"
_VOICES = "((I)?l|(I)?n|(I)?ş|DIr|t|(I|A)r)"
_ABILITY = "((y)?AbIl|(y)?A(?=mA|mI))"
_NEGATION = "m(A|I)?"
_ENDS = (
    "(I)?yor|mIş|DI|(y)?AcAK|(A|I)?r|z|mAlI|sA|(y)?A|(y)?Ip|(y)?ArAk|mAK|mAKtA|mA|(y)?Iş|(y)?An|DIK|(y)?IncA|(y)?ken"
    "|mAdAn|(y)?AlI|(y)?In(Iz)?|sIn(lAr)?|mAksIzIn|(A|I)?rken|(y)?IncAyA"
)
_PERSONS = "(y)?Im|m|sIn(Iz)?|n(Iz)?|(y)?Iz|K|lAr"
_VERB = f"{_VOICES}{{0,3}}({_NEGATION})?{_ABILITY}?({_NEGATION})?(({_ENDS})({_PERSONS})?{_NOUN})?"

# How a stem ends before a vowel: kitap, kitabı; renk, rengi; hak, hakkı; şehir, şehri.
_SOFT = {"p": "b", "ç": "c", "t": "d", "k": "ğ", "g": "ğ"}
_HARD = {"b": "p", "c": "ç", "d": "t", "ğ": "k", "g": "k"}
_VOWELS = "aeıioöuüâîû"
# d and c are written t and ç behind these.
_VOICELESS = "çfhkpsşt"
_BACK = "aıouâû"
_FIRST_VOWEL = re.compile(f"[{_VOWELS}]")
_LAST_VOWEL = re.compile(f"([{_VOWELS}])[^{_VOWELS}]*$")
_DROPS = re.compile(rf"([{_VOWELS}][^{_VOWELS}])[ıiuü]([^{_VOWELS}])$")
_DROPPED = re.compile(rf"[{_VOWELS}]([^{_VOWELS}])([^{_VOWELS}])$")
# A word of a phrase is possessed (iade etiketi), and may stand in a case besides (cayma hakkını kullanmak).
_CASE = r"(?:n(?:[ıiuü]n?|[ae]|d[ae]n?))?$"
_POSSESSED = tuple(
    re.compile(ending + _CASE)
    for ending in (rf"(?<=[{_VOWELS}])s[ıiuü]", rf"(?<=[^{_VOWELS}])[ıiuü]", r"l[ae]r[ıi]", r"l[ae]r")
)


def _compile(suffixes: str) -> re.Pattern[str]:
    behind = f"[{_VOICELESS}]"
    classes = {
        "A": "[ae]",
        "I": "[ıiuü]",
        "D": f"(?:(?<={behind})t|(?<!{behind})d)",
        "C": f"(?:(?<={behind})ç|(?<!{behind})c)",
        "K": "[kğ]",
    }
    return re.compile("".join(classes.get(char, char) for char in suffixes))


_NOUN_CHAIN = _compile(_NOUN)
_MODIFIER_CHAIN = _compile(f"(lAr)?(({_POSSESSIVES})?(n)?In)?")
_VERB_CHAIN = _compile(_VERB)


def fold(word: str) -> str:
    """Write a word in lower case, as Turkish does it."""
    return word.translate(_CAPITALS).lower()


def is_verb(word: str) -> bool:
    """Whether a word is an infinitive."""
    return len(word) > len("mak") + 1 and word.endswith(("mak", "mek"))


def is_form(term: str, word: str) -> bool:
    """Whether a word is the stem of a term with a chain of suffixes behind it."""
    if word == term:
        return True
    # What stands before an apostrophe is a name as it is, in a case of its own: Siparişlerim'den.
    name, apostrophe, ending = word.partition("'")
    if apostrophe:
        return is_form(term, name) and _NOUN_CHAIN.fullmatch(name + ending, len(name)) is not None
    if is_verb(term) and _follows(_verb_stems(term[:-3]), word, _VERB_CHAIN):
        return True
    return _follows(_stems(term), word, _NOUN_CHAIN)


def is_inner_form(term: str, word: str) -> bool:
    """Whether a word is a form of a word that is possessed in its term."""
    return is_form(term, word) or any(is_form(base, word) for base in _bases(term))


def is_modifier(term: str, word: str) -> bool:
    """Whether a word before another noun is that of a term: it is itself, or the other thing's owner (siparişinizin)."""
    return word == term or _follows(_stems(term), word, _MODIFIER_CHAIN)


def _follows(stems: frozenset[tuple[str, bool]], word: str, chain: re.Pattern[str]) -> bool:
    for stem, before_vowel in stems:
        if word.startswith(stem):
            rest = word[len(stem) :]
            fits = (not before_vowel or rest[:1] in tuple(_VOWELS)) and _harmonizes(stem, rest)
            # From within the word, so that a suffix sees what it stands behind.
            if fits and chain.fullmatch(word, len(stem)):
                return True
    return False


def _harmonizes(stem: str, suffixes: str) -> bool:
    """Whether the first vowel of the suffixes is of the kind of the stem's last; loanwords in -l and -t are exempt."""
    last, first = _LAST_VOWEL.search(stem), _FIRST_VOWEL.search(suffixes)
    if not last or not first or (last[1] in _BACK) == (first[0] in _BACK):
        return True
    return last[1] in _BACK and stem.endswith(("l", "t", "d"))


@cache
def _stems(noun: str) -> frozenset[tuple[str, bool]]:
    """Give the forms of a noun's stem, and whether each stands before vowels only."""
    stems = {(noun, False)}
    if len(noun) > _LEAST_STEM and noun[-1] not in _VOWELS:
        softened = {noun[:-1] + _SOFT[noun[-1]]} if noun[-1] in _SOFT else set()
        softened |= {noun[:-1] + "g"} if noun.endswith("nk") else set()
        dropped = {_DROPS.sub(r"\1\2", form) for form in {noun, *softened} if _DROPS.search(form)}
        doubled = {form + form[-1] for form in {noun, *softened}} if len(noun) <= len("hak") + 1 else set()
        stems |= {(form, True) for form in softened | dropped | doubled}
    return frozenset(stems)


@cache
def _verb_stems(root: str) -> frozenset[tuple[str, bool]]:
    """Give the forms of a verb's root: et-, ed-; iste-, ist- before -iyor; ayır-, ayr- before -ıl."""
    stems = {(root, False)}
    if _DROPS.search(root):
        stems.add((_DROPS.sub(r"\1\2", root), True))
    if root[-1] == "t":
        stems.add((root[:-1] + "d", True))
    if root[-1] in "ae":
        stems.add((root[:-1], True))
    return frozenset(stems)


@cache
def _bases(word: str) -> tuple[str, ...]:
    """Give what a possessed word may be in a dictionary: etiketi, etiket; metni, metin; hakkını, hak."""
    found = {word[: match.start()] for pattern in _POSSESSED if (match := pattern.search(word))}
    bases: set[str] = set()
    for base in found:
        if len(base) < _LEAST_STEM:
            continue
        ends = {base, base[:-1] + _HARD.get(base[-1], base[-1])}
        bases |= ends
        if _DROPPED.search(base):
            bases |= {end[:-1] + vowel + end[-1] for end in ends for vowel in "ıiuü"}
        if base[-1] == base[-2]:
            bases |= {base[:-2] + end[-1] for end in ends}
    return tuple(bases)
