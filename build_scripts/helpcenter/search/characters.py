"""Classes of characters and what letters are folded to: the tables that the browser's analysis is sent."""

from __future__ import annotations

import unicodedata

# Letters of a word that are neither letters nor digits: combining marks, and the joiners of Arabic and Indic scripts.
# Whole blocks where a script's vowels are marks. Written as the inside of a character class, for both languages.
MARKS = (
    "\u00b7\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u0900-\u0963\u0966-\u0dff\u0e01-\u0e3a\u0e40-\u0eff\u1000-\u109f\u1780-\u17d3\u200c\u200d\u3099\u309a"
)
# The dot of Catalan's l·l, accents, vowel points and tatweel, nuktas, the tone marks of Thai and Lao, joiners of width zero.
DROPPED = (
    "\u00b7\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06e8\u093c\u09bc\u0a3c\u0e48-\u0e4c"
    "\u0ec8-\u0ecc\u200c\u200d"
)
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
HANGUL = "\uac00-\ud7af"
# The mark of a long vowel belongs to both kinds.
HIRAGANA, KATAKANA = "\u3040-\u309f\u30fc", "\u30a0-\u30ff"
# Thai, Lao, Myanmar, Khmer: a consonant, the vowels and tones around it, and the consonants below it are read as one.
CLUSTERED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
_BEFORE = "\u0e40-\u0e44\u0ec0-\u0ec4"
_BELOW = "\u1039\u17d2"
_AROUND = (
    "\u0e30-\u0e3a\u0e45\u0e47-\u0e4e\u0eb0-\u0ebc\u0ec8-\u0ece\u102b-\u1038\u103a-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064"
    "\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u17b4-\u17d1\u17d3\u17dd"
)
CLUSTER = (
    f"[{_BEFORE}]?[^{_BEFORE}{_BELOW}{_AROUND}](?:[{_BELOW}][^{_BEFORE}{_BELOW}{_AROUND}]|[{_AROUND}{_BELOW}])*"
    f"|[{_BEFORE}]|[{_BELOW}{_AROUND}]+"
)

# What may stand between the parts of a word: hyphens, dots, slashes, apostrophes, the @ of an address, the × of a size.
APOSTROPHES = "'’‘ʼʻ＇׳״"
HYPHENS = "-‐‑－"
JOINERS = f"{HYPHENS}./@×．＠{APOSTROPHES}"
# What may also stand between the digits of a number; two spaces among them that do not break a line.
POINTS = ",٫٬\u00a0\u202f"

_LETTERS = {
    "ß": "ss",
    "ẞ": "ss",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "æ": "ae",
    "œ": "oe",
    "ə": "e",
    "ı": "i",
    "ς": "σ",
    "ґ": "г",
    # Arabic as it is typed: alef with or without hamza, ta marbuta as ha, and the forms of Persian and Urdu.
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ٱ": "ا",
    "ى": "ي",
    "ی": "ي",
    "ے": "ي",
    "ئ": "ي",
    "ؤ": "و",
    "ة": "ه",
    "ۀ": "ه",
    "ە": "ه",
    "ہ": "ه",
    "ھ": "ه",
    "ک": "ك",
    # Hebrew writes five letters otherwise at the end of a word, and endings come behind them.
    "ך": "כ",
    "ם": "מ",
    "ן": "נ",
    "ף": "פ",
    "ץ": "צ",
    # Devanagari: the nasal sign with and without the moon.
    "ँ": "ं",
}
# Zero of each script in the basic plane; the other nine follow it. Wide and mathematical digits are NFKC's.
ZEROS = "".join(chr(point) for point in range(0x80, 0xFF00) if unicodedata.decimal(chr(point), -1) == 0)
DIGITS = {chr(ord(zero) + digit): str(digit) for zero in ZEROS for digit in range(10)}
FOLDED = _LETTERS
