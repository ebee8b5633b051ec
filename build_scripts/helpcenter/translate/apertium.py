"""Apertium: a program on this machine that translates by rules, for the pairs of languages that are installed with it.

It is asked for many texts at once, a paragraph each: its start costs more than its work.  Of the demo's 147 sealed texts it
kept all masks, links and emphasis of all, however they were spelt, as plain text and as HTML; so it gets plain text.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
from decimal import Decimal
from typing import TYPE_CHECKING

from pydantic import Field

from helpcenter.quality.untranslated import is_echo
from helpcenter.translate.languages import match_code, same_language
from helpcenter.translate.masks import (
    has_words,
    keeps_emphasis,
    keeps_links,
    restore_emphasis,
    restore_masks,
)
from helpcenter.translate.options import ProviderOptions
from helpcenter.translate.provider import Job, Limits, ProviderError, Request, Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

PROGRAM = "apertium"
_MODE = re.compile(r"(?P<source>[a-z]{2,3}(?:_\w+)?)-(?P<target>[a-z]{2,3}(?:_\w+)?)")
_PARAGRAPHS = re.compile(r"(?:[^\S\n]*\n){2,}")
# What is left of a pronoun that Spanish does without: "We have it" becomes " Lo tenemos".
_GAP = re.compile(r"(?<=\S) {2,}(?=\S)")
_LONGEST_COMPLAINT = 200


class ApertiumOptions(ProviderOptions):
    """The options of Apertium."""

    program: str = PROGRAM
    """Name or path of the program."""
    data: str | None = None
    """Folder with pairs of languages of one's own."""
    timeout: float = Field(default=120.0, gt=0, le=3600)
    """Seconds for a batch."""


class ApertiumProvider:
    """Deterministic, free, offline.

    Args:
        options: program, data, time-out.
        env: the environment of the program; credentials of other providers are kept from it.
    """

    name = "apertium"
    cost_per_million = Decimal(0)
    style = "mask"

    def __init__(self, options: ApertiumOptions, env: Mapping[str, str]) -> None:
        self.limits = Limits(max_chars=10_000, max_items=100, concurrency=min(os.cpu_count() or 1, 4))
        self._options = options
        own = {name: value for name, value in env.items() if not name.startswith("HELPCENTER_")}
        # It reads its input in the encoding of the locale, and in Latin-1 where none is set.
        self._env = own | {"LC_ALL": "C.UTF-8"}
        self._modes: dict[str, dict[str, str]] | None = None

    def supports(self, source: str, target: str) -> bool:
        """Whether a pair is installed; True when the program cannot say, for translating will tell why."""
        try:
            self._mode(source, target)
        except ProviderError as error:
            return error.code != "language"
        return True

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        """Translate texts; see :class:`~helpcenter.translate.provider.Provider`."""
        try:
            mode = self._mode(job.source, job.target)
        except ProviderError as error:
            return [Result(request, error=error) for request in requests]
        wanted = [index for index, request in enumerate(requests) if has_words(request.text)]
        answers = dict(zip(wanted, self._answers([requests[index].text for index in wanted], mode), strict=True))
        return [
            self._result(request, answers[index]) if index in answers else Result(request, text=request.text)
            for index, request in enumerate(requests)
        ]

    def _answers(self, texts: list[str], mode: str) -> list[str | ProviderError]:
        """Ask for texts in one call, and for halves of them where paragraphs went astray."""
        if not texts:
            return []
        paragraphs = [_PARAGRAPHS.sub("\n", text.strip()) for text in texts]
        try:
            answer = self._run("-u", "-f", "txt", mode, text="\n\n".join(paragraphs))
        except ProviderError as error:
            return [error] * len(texts)
        found = _PARAGRAPHS.split(answer.strip("\n")) if len(texts) > 1 else [answer]
        if len(found) == len(texts):
            return [_surround(text, one) for text, one in zip(texts, found, strict=True)]
        middle = len(texts) // 2
        return self._answers(texts[:middle], mode) + self._answers(texts[middle:], mode)

    def _result(self, request: Request, answer: str | ProviderError) -> Result:
        if isinstance(answer, ProviderError):
            return Result(request, error=answer)
        masked = restore_masks(request.text, answer)
        text = None if masked is None else restore_emphasis(request.text, masked)
        if not answer.strip() or "\ufffd" in answer:
            error = ProviderError("response", f"{self.name} gave an empty or broken translation", answered=True)
        elif text is None or not (keeps_links(request.text, text) and keeps_emphasis(request.text, text)):
            message = f"{self.name} changed the placeholders or the emphasis of the text"
            error = ProviderError("response", message, answered=True)
        elif is_echo(request.text, text):
            error = ProviderError("echo", f"{self.name} gave the source text back")
        else:
            return Result(request, text=text)
        return Result(request, error=error)

    def _mode(self, source: str, target: str) -> str:
        """Give the name of the mode for a pair (``eng-spa``).

        Raises:
            ProviderError: ``language``, or what the program's failure is.
        """
        if self._modes is None:
            self._modes = read_modes(self._run("-l"))
        sources = set() if same_language(source, target) else set(self._modes)
        # A pair may write "es" where another one writes "spa".
        while (from_code := match_code(source, sources)) is not None:
            to_code = match_code(target, self._modes[from_code])
            if to_code is not None:
                return self._modes[from_code][to_code]
            sources.remove(from_code)
        known = ", ".join(mode for targets in self._modes.values() for mode in targets.values()) or "none"
        message = f"{self.name} has no pair from '{source}' into '{target}'; installed are: {known}"
        raise ProviderError("language", message)

    def _run(self, *words: str, text: str = "") -> str:
        """Run the program on a text.

        Raises:
            ProviderError: ``timeout``; ``internal`` when it cannot run or fails.
        """
        data = ["-d", self._options.data] if self._options.data else []
        command = [self._options.program, *data, *words]
        try:
            # A session of its own: the program is a script that starts a dozen others, which a time-out must end as well.
            with subprocess.Popen(  # noqa: S603 - no shell; the words are ours, and the text goes to its standard input
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=self._env,
                start_new_session=True,
            ) as process:
                try:
                    out, complaint = process.communicate(text.encode(), timeout=self._options.timeout)
                except BaseException:
                    os.killpg(process.pid, signal.SIGKILL)
                    raise
        except subprocess.TimeoutExpired:
            message = f"{self.name} took more than {self._options.timeout:g} seconds"
            raise ProviderError("timeout", message, retryable=True) from None
        except OSError as error:
            raise ProviderError("internal", f"{self.name} cannot be run: {error.strerror}") from None
        if process.returncode:
            said = " ".join(complaint.decode(errors="replace").split())[:_LONGEST_COMPLAINT]
            raise ProviderError("internal", f"{self.name} failed: {said or f'exit code {process.returncode}'}")
        return out.decode(errors="replace")


def read_modes(listing: str) -> dict[str, dict[str, str]]:
    """Read what ``apertium -l`` prints: by source code and target code the name of the mode."""
    modes: dict[str, dict[str, str]] = {}
    for line in sorted(listing.split()):
        if match := _MODE.fullmatch(line):
            modes.setdefault(match["source"], {})[match["target"]] = line
    return modes


def _surround(text: str, answer: str) -> str:
    """Put the space around a text around its translation, and no other."""
    core = text.strip()
    start = text.index(core)
    translation = answer.strip() if _GAP.search(core) else _GAP.sub(" ", answer.strip())
    return text[:start] + translation + text[start + len(core) :]


def make_apertium(options: Mapping[str, object], env: Mapping[str, str]) -> ApertiumProvider:
    """Make the provider.

    Raises:
        OptionError: with all that is wrong with the options.
    """
    return ApertiumProvider(ApertiumOptions.read(options), env)
