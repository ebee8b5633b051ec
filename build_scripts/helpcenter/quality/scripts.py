"""Which script a letter is of, and in which scripts a language is written."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

# By the first word of a letter's Unicode name, its ISO 15924 code; digits and marks are of no script.
_CODES = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "DEVANAGARI": "Deva", "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr",
    "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu", "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh",
    "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr", "TIBETAN": "Tibt", "ETHIOPIC": "Ethi",
    "HANGUL": "Hang", "HIRAGANA": "Hira", "KATAKANA": "Kana", "HALFWIDTH": "Kana", "BOPOMOFO": "Bopo",
    "CJK": "Hani", "IDEOGRAPHIC": "Hani",
}  # fmt: skip
# Scripts that are written with letters of several.
_PARTS = {
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
}
_KATAKANA_LENGTH = "\u30fc"
_CODE_LENGTH = 4


@lru_cache(maxsize=4096)
def script_of(letter: str) -> str:
    """Give the ISO 15924 code of a letter's script; empty for what is no letter or of a script not known here."""
    if letter == _KATAKANA_LENGTH:
        return "Kana"
    return _CODES.get(unicodedata.name(letter, "").partition(" ")[0], "") if letter.isalpha() else ""


def count_scripts(words: str) -> Counter[str]:
    """Count the letters of each script."""
    return Counter(filter(None, map(script_of, words)))


@lru_cache(maxsize=64)
def main_script(tag: str) -> str:
    """Give the script a language is written in by CLDR's likely subtags (``Hant`` of ``zh-TW``); empty when unknown."""
    try:
        locale = Locale.parse(tag, sep="-", resolve_likely_subtags=True)
    except (UnknownLocaleError, ValueError):
        return ""
    if locale.script:
        return locale.script
    likely = get_global("likely_subtags")
    for key in (f"{locale.language}_{locale.territory}", locale.language):
        script = next((part for part in likely.get(key, "").split("_") if len(part) == _CODE_LENGTH), "")
        if script:
            return script
    return ""


@lru_cache(maxsize=64)
def scripts_of(tag: str) -> frozenset[str]:
    """Give the scripts of a language's letters: three for Japanese, one for most; none when unknown."""
    script = main_script(tag)
    return _PARTS.get(script, frozenset({script} if script else ()))


def name_script(code: str) -> str:
    """Give the English name of a script; its code when CLDR has none."""
    return str(Locale("en").scripts.get(code, code))
