"""A provider that translates into nothing: what it gives shows what a layout and a pipeline do to text.

Each variant has what a family of languages has, and what it does to Markdown: accents, length, another direction, no
spaces, endings behind markup.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from helpcenter.diagnostics import suggest
from helpcenter.translate.masks import MASK
from helpcenter.translate.provider import Job, Limits, Request, Result
from helpcenter.translate.registry import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

_KEPT = re.compile(
    rf"{MASK.pattern}"
    r"|\{\{.*?\}\}|\{%.*?%\}|\{[^{}]*\}|<[^<>]*>|`[^`]*`|%\([^)]*\)[sd]|%[sd]|&#?\w+;"
    r"|\]\([^)]*\)|(?:https?://|mailto:)[^\s)>\]]+",
    re.DOTALL,
)


def _map_words(text: str, change: Callable[[str], str]) -> tuple[str, int]:
    """Change what is not kept; give the text and how many characters could change."""
    pieces = []
    letters = end = 0
    for kept in _KEPT.finditer(text):
        plain = text[end : kept.start()]
        pieces += [change(plain), kept.group()]
        letters += len(plain)
        end = kept.end()
    pieces.append(change(text[end:]))
    return "".join(pieces), letters + len(text) - end


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ACCENTS = str.maketrans(_LETTERS, "ÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽåƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýž")
# Square brackets and tildes are Markdown.
_OPEN, _CLOSE, _PAD = "⟦", "⟧", "····"
_GROWTH = 0.3


def _accented(core: str) -> str:
    """Put accents on letters, marks around the text, so that a cut shows, and about 30 % of its length behind it."""
    changed, letters = _map_words(core, lambda words: words.translate(_ACCENTS))
    groups = max(round(letters * _GROWTH / (len(_PAD) + 1)), 1)
    return f"{_OPEN}{changed}{f' {_PAD}' * groups}{_CLOSE}"


_VOWELS = re.compile(r"([aeiouаеиоу])", re.IGNORECASE)


def _expanded(core: str) -> str:
    """Write each vowel twice, which makes words longer by about a third."""
    return _map_words(core, lambda words: _VOWELS.sub(r"\1\1", words))[0]


_HEBREW = str.maketrans(
    _LETTERS + "АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдежзийклмнопрстуфхцчшщъыьэюя,;?",
    "אבגדהוזחטיכלמנסעפצקרשתםןףץ" * 2 + "אבגדהוזחטיכלמנסעפצקרשתםןףץאבגדהו" * 2 + "،؛؟",
)
_NUMBER = re.compile(r"(?<![\w&#])\d+(?:[.,:/-]\d+)*(?![\w;])")
_SENTENCE_END = re.compile(r"(?<=[.!؟])(?=\s|\Z)")
_FIRST_STRONG, _END, _RIGHT_TO_LEFT = "\u2068", "\u2069", "\u200f"


def _right_to_left(core: str) -> str:
    """Write Hebrew letters and Arabic marks, with isolated numbers and a mark of direction behind sentences."""

    def change(words: str) -> str:
        words = _NUMBER.sub(lambda number: f"{_FIRST_STRONG}{number.group()}{_END}", words.translate(_HEBREW))
        return _SENTENCE_END.sub(_RIGHT_TO_LEFT, words)

    return _map_words(core, change)[0]


_WORD = re.compile(r"[^\W\d_]+")
_HAN = "的一是在有人这上大来和我个中地为子时道说生国年着就那"
_WIDE = str.maketrans({",": "，", ".": "。", "?": "？", "!": "！", ";": "；"})
_MARKS = re.compile(r"[,.?!;](?=\s|\Z)\s*")
_BETWEEN = re.compile(r"(?<=[^\x00-\x7f]) +(?=[^\x00-\x7f*_])|(?<=[^\x00-\x7f]) +(?=[*_]{1,3}[^\x00-\x7f「])")
_BEHIND = re.compile(r"(?<=」[*_]) +(?=[^\x00-\x7f])|(?<=」[*_][*_]) +(?=[^\x00-\x7f])")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*\*|\*|__(?!PH)|_)(?![\s*_])([^*_\n]+?)(?<![\s\\])\1(?![\w*])")
_EMPHASIS_SPACE = re.compile(r"(?<=[^\x00-\x7f]) +(?=[*_]{1,2}「)")


def _without_spaces(core: str) -> str:
    """Write Han characters without spaces, with wide marks, and with quotation marks within emphasis."""

    def change(words: str) -> str:
        words = _WORD.sub(_to_han, words)
        return _MARKS.sub(lambda mark: mark.group()[0].translate(_WIDE), words)

    changed = _EMPHASIS.sub(r"\1「\2」\1", _map_words(core, change)[0])
    for pattern in (_BETWEEN, _EMPHASIS_SPACE, _BEHIND):
        changed = pattern.sub("", changed)
    return changed


def _to_han(word: re.Match[str]) -> str:
    letters = word.group()
    return "".join(_HAN[ord(letters[index]) % len(_HAN)] for index in range(0, len(letters), 3))


_DOTTED = str.maketrans("iıIocsugOCSUG", "ıiİöçşüğÖÇŞÜĞ")
_SUFFIX = "'ı"
_SUFFIXED_MASK = re.compile(rf"({MASK.pattern}|`[^`]+`|\]\([^)]*\))(?=\s+[^\W_]|\s*\Z)")
_SUFFIXED_EMPHASIS = re.compile(r"(?<=\w)(\*{1,3}|_{1,3})(?=\s+[^\W_]|\s*\Z)")


def _suffixed(core: str) -> str:
    """Write Turkish letters, and an ending behind code, links and emphasis."""
    changed = _map_words(core, lambda words: words.translate(_DOTTED))[0]
    changed = _SUFFIXED_EMPHASIS.sub(rf"\1{_SUFFIX}", changed)
    return _SUFFIXED_MASK.sub(rf"\1{_SUFFIX}", changed)


VARIANTS: Mapping[str, Callable[[str], str]] = {
    "accented": _accented,
    "expanded": _expanded,
    "rtl": _right_to_left,
    "cjk": _without_spaces,
    "suffixed": _suffixed,
}
"""What a pseudo-translation can look like, by name."""


class PseudoProvider:
    """Deterministic, free, offline, for every pair of languages.

    Args:
        variant: one of :data:`VARIANTS`.
    """

    name = "pseudo"
    limits = Limits(max_chars=1_000_000, max_items=1_000, concurrency=1)
    cost_per_million = Decimal(0)
    style = "mask"
    is_trial = True

    def __init__(self, variant: str = "accented") -> None:
        self._variant = variant

    def supports(self, source: str, target: str) -> bool:  # noqa: ARG002 - the protocol's names
        """Take every pair."""
        return True

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:  # noqa: ARG002 - as above
        """Translate each text by :func:`pseudo_text`."""
        return [Result(request, text=pseudo_text(request.text, self._variant)) for request in requests]


def make_pseudo(options: Mapping[str, object], env: Mapping[str, str]) -> PseudoProvider:  # noqa: ARG001 - every factory's signature
    """Make the provider; its only option is ``variant``.

    Raises:
        OptionError: another one was set, or a variant that there is not.
    """
    problems = [
        (f"unknown option '{name}'", "the only option of pseudo is 'variant'") for name in options if name != "variant"
    ]
    variant = options.get("variant", "accented")
    if not isinstance(variant, str) or variant not in VARIANTS:
        hint = suggest(str(variant), VARIANTS)
        known = f"variants: {', '.join(VARIANTS)}"
        problems.append((f"'variant' is '{variant}'", f"{hint}; {known}" if hint else known))
    if problems:
        raise OptionError(*problems)
    return PseudoProvider(str(variant))


def pseudo_text(text: str, variant: str = "accented") -> str:
    """Give the pseudo-translation of a text.

    Masks, placeholders, tags, code and addresses stay as they are, and so does the space around the text.

    Args:
        text: a sealed text.
        variant: one of :data:`VARIANTS`.
    """
    core = text.strip()
    if not core:
        return text
    start = text.index(core)
    return f"{text[:start]}{VARIANTS[variant](core)}{text[start + len(core) :]}"
