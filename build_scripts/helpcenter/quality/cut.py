"""Cut short: whether a translation ends before its source does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpcenter.quality.length import compare_length
from helpcenter.quality.pairs import Problem
from helpcenter.quality.scripts import scripts_of
from helpcenter.quality.wording import count_letters, find_sentences, language_of, show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.quality.pairs import Direction, Pair

# How long a text may be for its source and still be cut, from what 3,848 texts of the demo are. Without the end that its
# source has: none of these, but for labels in Chinese. With fewer sentences: 0.74 is the least, of an Arabic text that made
# one of two; where commas did not take the place of the full stops, 0.95 is.
_UNENDED = 1.1
_FEWER_SENTENCES = 0.7
_FEWER_PAUSES = 0.92
# Shorter sources are labels, and whether these have an end is a matter of style.
_LEAST_ENDED = 30
_END = re.compile(r"""[.!?…。！？؟۔।:：;；][\s"'”’“«»„」』)\]）*_]*$""")
_PAUSE = re.compile(r"[,，、،;；؛:：]\s*|\s[–—]\s|——")
_OPEN_END = re.compile(r"[,，、،\-–—(（\[«„‚「『/&+]$")
# The end of a title within a sentence: `[Where is my order?](…)`.
_INNER_END = re.compile(r"[.!?。！？؟](?=[\]”“»\"」』])")
_STOP = re.compile(r"[.!?…][\"”»)\]]*\s+(?=[^\W\d_])")
_LAST_WORD = re.compile(r"(?<![\w'’\-])[^\W\d_]+$")
_TRAILING = " \n\t*_"
_BRACKETS = {")": "(", "）": "（", "]": "[", "」": "「", "』": "『", "】": "【", "》": "《"}

# Words with which no text ends: what follows them is missing.
_LEADING_WORDS = {
    "en": "a an and at by for from if in of or than that the to with your our",
    # Turkish words such as "için" and "ile" stand behind what they belong to, and end a heading well.
    "tr": "ve veya ya bir ancak fakat ama çünkü eğer",
    "de": "und oder der die das den dem des ein eine einen einem einer im am vom zum zur mit von für dass wenn weil "
    "Ihre Ihren Ihrem Ihr Ihrer",
    "ru": "и или а но в во на с со к ко от до из за для по о об при что если чтобы который которая которые не",
    "ar": "و أو في من إلى على عن أن إذا التي الذي مع",
    "es": "y e o u el la los las un una de del a al en con por para que si su sus",
    "pt": "e ou o a os as um uma de do da dos das em no na nos nas com por para que se seu sua seus suas",
    "fr": "et ou le la les un une des de du à au aux en dans avec par pour que si votre vos notre nos",
    "it": "e o il lo la i gli le un una di del della dei delle a al alla in nel nella con per che se",
    "nl": "en of de het een van in op met voor naar dat als uw",
    "pl": "i lub albo w we na z ze do od dla o przez że jeśli który która które",
    "uk": "і й або та в у на з зі до від для про при що якщо щоб який яка які не",
}
_BY_LANGUAGE = {language: frozenset(words.casefold().split()) for language, words in _LEADING_WORDS.items()}
_NO_WORDS: frozenset[str] = frozenset()


def check_cut(pair: Pair, direction: Direction) -> Iterator[Problem]:
    """Find a translation that ends within a sentence, within brackets, or whole sentences before its source."""
    if pair.kind == "keyword":
        return
    reason = _find_loose_end(pair, direction) or _find_missing_end(pair, direction)
    if reason:
        yield Problem("translation-cut", reason, help="compare its end with the end of the source")


def is_cut(pair: Pair, direction: Direction) -> bool:
    """Whether a translation ends before its source does."""
    return next(iter(check_cut(pair, direction)), None) is not None


def _find_loose_end(pair: Pair, direction: Direction) -> str:
    """Say how the last word or mark shows that something follows it; empty where it does not."""
    text, source = (words.rstrip(_TRAILING) for words in (pair.text_words, pair.source_words))
    if not count_letters(text) or not source:
        return ""
    if _OPEN_END.search(text) and not _OPEN_END.search(source):
        return f"the text ends in '{text[-1]}', and its source does not"
    # Where the sentence has its end, the bracket alone is wrong.
    bracket = "" if _END.search(text) else _find_open_bracket(text)
    if bracket and not _find_open_bracket(source):
        return f"'{bracket}' is not closed, and in the source it is"
    last = _last_word(text)
    if last in _leading_words(direction.target) and _last_word(source) not in _leading_words(direction.source):
        return f"the text ends in '{last}', and no sentence does"
    return ""


def _leading_words(tag: str) -> frozenset[str]:
    return _BY_LANGUAGE.get(language_of(tag), _NO_WORDS)


def _last_word(words: str) -> str:
    """Give the last word where nothing but marks of Markdown follows it, else an empty text."""
    found = _LAST_WORD.search(words)
    return found[0].casefold() if found else ""


def _find_open_bracket(words: str) -> str:
    """Give a bracket that is opened and not closed, or an empty text."""
    opened: list[str] = []
    for letter in words:
        if letter in _BRACKETS.values():
            opened.append(letter)
        elif letter in _BRACKETS and opened and opened[-1] == _BRACKETS[letter]:
            opened.pop()
    return opened[0] if opened else ""


def _find_missing_end(pair: Pair, direction: Direction) -> str:
    """Say what is missing of a text that is too short for its source; empty where nothing is."""
    ratio = compare_length(pair, direction)
    if ratio is None:
        return ""
    has_end = _END.search(pair.source_words) and len(show(pair.source_words)) >= _LEAST_ENDED
    if ratio < _UNENDED and has_end and not _END.search(pair.text_words):
        return "the text stops without the end that its source has"
    source = _count_sentences(pair.source_words, direction.source)
    # Behind an abbreviation (`и т. д. Всё`) a sentence may begin or not: in a translation it is counted as one.
    text = max(_count_sentences(pair.text_words, direction.target), len(_STOP.findall(pair.text_words)) + 1)
    if text >= source or ratio >= _FEWER_PAUSES or _ends_alike(pair):
        return ""
    # A full stop may have become a comma, in Chinese with any other; then nothing is missing.
    is_dense = "Hani" in scripts_of(direction.target)
    pauses = _count_pauses(pair.text_words) - (0 if is_dense else _count_pauses(pair.source_words))
    if text + pauses < source or (ratio < _FEWER_SENTENCES and not is_dense):
        return f"the text has {text} of {source} sentences and is short for its source"
    return ""


def _count_sentences(words: str, tag: str) -> int:
    words = _INNER_END.sub(",", words)
    spans = find_sentences(words, language_of(tag))
    return sum(count_letters(words[start:end]) > 0 for start, end in spans)


def _count_pauses(words: str) -> int:
    return len(_PAUSE.findall(words.rstrip(_TRAILING + ":：")))


def _ends_alike(pair: Pair) -> bool:
    """Whether both end in a colon: what leads over to a list is still there."""
    return all(words.rstrip(_TRAILING).endswith((":", "：")) for words in (pair.source_words, pair.text_words))
