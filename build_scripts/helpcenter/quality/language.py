"""Language: whether a translation, or a part of it, is in another language than its readers'."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from helpcenter.quality.identification import LEAST_LETTERS, identify
from helpcenter.quality.pairs import BLANK, Problem
from helpcenter.quality.scripts import count_scripts, main_script, name_script, scripts_of
from helpcenter.quality.wording import WORD, count_letters, find_sentences, language_of, name_language, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Direction, Pair

# Letters by which languages of one script differ: a text of the first has none of these, unless it is of the second.
_FOREIGN = {
    "tr": {"az": "ə"},
    "ru": {"uk": "іїєґ", "be": "ў", "sr": "ђћљњџ"},
    "uk": {"ru": "ыэёъ"},
    "bg": {"ru": "ыэё", "uk": "іїєґ"},
    "ar": {"fa": "پچژگکی"},
    "zh": {"ja": "".join(map(chr, range(0x3041, 0x3097)))},
}
# Scripts in which only one language is written that many people read.
_ONLY_LANGUAGES = {
    "Hira": "ja", "Kana": "ja", "Hang": "ko", "Grek": "el", "Hebr": "he", "Thai": "th", "Armn": "hy", "Geor": "ka",
}  # fmt: skip
# Letters that only one of the languages of a script has: a text with some of its own is not looked at further.
_OWN = {"tr": "ığ", "ru": "ыэё", "uk": "їєґ", "es": "ñ¿¡", "pt": "ãõ", "pl": "łąę", "cs": "řěů"}
_LEAST_OWN = 2
_LEAST_FOREIGN = 3
_LEAST_SCRIPT_LETTERS = 2
# One letter in so many is of the language's own script, at the least.
_LEAST_SHARE = 4
# Chinese alone has no kana: a Japanese text of this length always does.
_LEAST_KANALESS = 12


def check_language(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a text, or a sentence of it, that is in another language."""
    if pair.kind == "keyword":
        return  # what customers type is in no particular language
    sentences = {
        span: _recognise(_without_names(pair.text_words[slice(*span)], pair.source_words), direction)
        for span in _long_sentences(pair.text_words, language_of(direction.target))
    }
    here = name_language(direction.target)
    if all(sentences.values()):
        other = _recognise(_without_names(pair.text_words, pair.source_words), direction)
        if other:
            yield Problem("translation-language", f"the text is {other}, and this locale is {here}")
        return
    for span, other in sentences.items():
        if other:
            sentence = _shorten(show(pair.text_words[slice(*span)]))
            yield Problem("translation-language", f"'{sentence}' is {other}, and this locale is {here}", span)


def _long_sentences(words: str, language: str) -> list[tuple[int, int]]:
    spans = find_sentences(words, language)
    return [span for span in spans if count_letters(words[slice(*span)]) >= LEAST_LETTERS] if len(spans) > 1 else []


def _shorten(text: str, length: int = 40) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _without_names(words: str, source: str) -> str:
    """Leave out what says nothing of a language: names of the source and, in a label, any word of it (``cookie``)."""
    is_label = count_letters(words) < LEAST_LETTERS
    known = {_bare(word) for word in WORD.findall(source) if is_label or not word.islower()}
    return WORD.sub(
        lambda word: (
            BLANK * len(word[0]) if _bare(word[0]) in known and (is_label or not word[0].islower()) else word[0]
        ),
        words,
    )


def _bare(word: str) -> str:
    return word.casefold().removesuffix("s")


def _recognise(words: str, direction: Direction) -> str:
    """Name the language or script a text is in instead; empty where it is in the right one."""
    scripts = count_scripts(words)
    total = scripts.total()
    expected = scripts_of(direction.target)
    if not expected or total < _LEAST_SCRIPT_LETTERS:
        return ""
    script = max(scripts, key=lambda code: (scripts[code], code))
    wanted, source = language_of(direction.target), language_of(direction.source)
    # Names of products may well make half of a sentence.
    if sum(scripts[code] for code in expected) * _LEAST_SHARE < total:
        other = _ONLY_LANGUAGES.get(script)
        if other is None and total >= LEAST_LETTERS:
            other = identify(show(words), wanted, source, script)
        return name_language(other) if other else f"in {name_script(script)} letters"
    other = _recognise_by_letters(words, direction.target)
    if other is None and sum(map(words.lower().count, _OWN.get(wanted, ""))) >= _LEAST_OWN:
        return ""
    if other is None and total >= LEAST_LETTERS:
        other = identify(show(words), wanted, source, script)
    return name_language(other) if other else ""


def _recognise_by_letters(words: str, target: str) -> str | None:
    language = language_of(target)
    lowered = words.lower()
    for other, letters in _FOREIGN.get(language, {}).items():
        if sum(map(lowered.count, letters)) >= _LEAST_FOREIGN:
            return other
    if language == "ja" and not re.search(r"[\u3040-\u30ff]", words) and count_letters(words) >= _LEAST_KANALESS:
        return "zh"
    chinese = main_script(target)
    if chinese in _ONE_SIDED:
        this, that = (sum(_ONE_SIDED[side](letter) for letter in words) for side in (chinese, _OTHER_SIDE[chinese]))
        if that >= _LEAST_FOREIGN and that > this:
            return f"zh-{_OTHER_SIDE[chinese]}"
    return None


def _has(letter: str, codec: str) -> bool:
    try:
        letter.encode(codec)
    except UnicodeEncodeError:
        return False
    return True


# GB 2312 and Big5 are lists of the letters that were in use in the two ways of writing Chinese.
@lru_cache(maxsize=4096)
def _is_simplified(letter: str) -> bool:
    return letter >= "\u3400" and _has(letter, "gb2312") and not _has(letter, "big5")


@lru_cache(maxsize=4096)
def _is_traditional(letter: str) -> bool:
    return letter >= "\u3400" and _has(letter, "big5") and not _has(letter, "gb2312")


_ONE_SIDED = {"Hans": _is_simplified, "Hant": _is_traditional}
_OTHER_SIDE = {"Hans": "Hant", "Hant": "Hans"}
