"""The adapter that every provider over the network shares: what happens to texts before and after a request."""

from __future__ import annotations

import secrets as random_source
import string
import threading
from abc import ABC, abstractmethod
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from helpcenter.quality.untranslated import is_echo
from helpcenter.translate.dispatch import Dispatcher, Waiting
from helpcenter.translate.languages import match_code, same_language
from helpcenter.translate.markup import MarkupError, Plain
from helpcenter.translate.masks import has_words, keeps_links, restore_emphasis, restore_masks
from helpcenter.translate.provider import ErrorCode, Job, Limits, ProviderError, Request, Result
from helpcenter.translate.sentences import cut
from helpcenter.translate.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from helpcenter.translate.dispatch import Answer
    from helpcenter.translate.markup import Form
    from helpcenter.translate.options import Options
    from helpcenter.translate.redaction import Secrets

# Twelve million names: an exchanged answer has one in as many chances to pass for the right one.
_NAME_LETTERS = 5


@dataclass(frozen=True, slots=True)
class Call:
    """What the requests of a job have in common.

    Args:
        source: the service's code of the source language.
        target: its code of the target language.
        job: as the caller gave it.
        glossary: the service's name of a glossary that it keeps, or None.
    """

    source: str
    target: str
    job: Job
    glossary: str | None = None


class RemoteProvider(ABC):
    """A service over the network.

    Subclasses say which codes the service knows and send a request.  What they use of deep-translator serves one request
    and is thrown away: the library keeps a request's text in the instance, so that one shared by threads hands a text to
    another caller.
    """

    name: ClassVar[str]
    form: ClassVar[Form] = Plain()
    base_limits: ClassVar[Limits]

    def __init__(self, options: Options, secrets: Secrets, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        base = self.base_limits
        self.limits = Limits(
            min(options.max_chars or base.max_chars, base.max_chars),
            min(options.max_items or base.max_items, base.max_items),
            options.concurrency or base.concurrency,
            options.requests_per_second or base.requests_per_second,
        )
        self._options = options
        self.cost_per_million = self._price() if options.cost_per_million is None else options.cost_per_million
        self._transport = Transport(
            self.name,
            timeout=options.timeout,
            deadline=options.deadline,
            connections=self.limits.concurrency,
            secrets=secrets,
            classify=self._classify,
        )
        self._dispatcher = Dispatcher(self.limits, options.attempts, waiting)
        self._lock = threading.Lock()
        self._known: dict[str, frozenset[str] | None] | None = None

    def __repr__(self) -> str:
        """Show the name alone."""
        return f"<{type(self).__name__} {self.name}>"

    @property
    def style(self) -> str:
        """How sealed markup travels."""
        return self.form.style

    # What a subclass says.

    def _price(self) -> Decimal | None:
        return None

    def _classify(self, status: int, detail: str) -> ErrorCode | None:  # noqa: ARG002 - subclasses read them
        return None

    def _load_codes(self) -> Mapping[str, Iterable[str] | None]:
        """Give each source code with the target codes it goes into, or None for all codes; none where ``_pair`` asks no list."""
        return {}

    def _prepare(self, call: Call) -> Call:
        """Ask the service for what a job needs before its texts."""
        return call

    def _write(self, call: Call, text: str, name: str) -> str:  # noqa: ARG002 - subclasses read it
        return self.form.write(text, name)

    @abstractmethod
    def _request(self, call: Call, texts: list[str]) -> object:
        """Ask for texts in the provider's form; give a list of translations in that form, whatever is in it."""

    def _explain(self, error: ProviderError) -> ProviderError:
        """Find out more of an error that ends the run."""
        return error

    def _measure(self, text: str) -> int:
        """Give the size of a text as ``max_chars`` counts it."""
        return len(text)

    # What the runner calls.

    def supports(self, source: str, target: str) -> bool:
        """Whether the service translates a pair; True where its list cannot be had, for translating will say why."""
        try:
            self._pair(source, target)
        except ProviderError as error:
            return error.code != "language"
        return True

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        """Translate texts; see :class:`~helpcenter.translate.provider.Provider`."""
        language = job.source.partition("-")[0]
        pieces = [self._pieces(request.text, language) for request in requests]
        sent = [part for parts in pieces if not isinstance(parts, ProviderError) for part in parts]
        answers = iter(self._answer(sent, job))
        return [
            Result(request, error=parts)
            if isinstance(parts, ProviderError)
            else self._join(request, [next(answers) for _ in parts])
            for request, parts in zip(requests, pieces, strict=True)
        ]

    def _pieces(self, text: str, language: str) -> list[str] | ProviderError:
        """Give what of a text is sent, none of it where there is nothing to translate."""
        if not has_words(text):
            # Google answers nothing to symbols alone, others bend them.
            return []
        parts = cut(text, language, self.limits.max_chars, self._measure)
        if parts is None:
            return ProviderError("response", f"{self.name} takes no word this long")
        try:
            for part in parts:
                self.form.write(part, "")
        except MarkupError as error:
            return ProviderError("response", f"{self.name} cannot be sent this: {error}")
        return parts

    def _join(self, request: Request, answers: list[Answer]) -> Result:
        if not answers:
            return Result(request, text=request.text)
        texts: list[str] = []
        for answer in answers:
            if isinstance(answer, ProviderError):
                return Result(request, error=answer)
            texts.append(answer)
        text = restore_masks(request.text, "".join(texts))
        if text is None:
            message = f"{self.name} changed the placeholders of the text"
            return Result(request, error=ProviderError("response", message, answered=True))
        if not keeps_links(request.text, text):
            message = f"{self.name} took words out of their link"
            return Result(request, error=ProviderError("response", message, answered=True))
        if is_echo(request.text, text):
            return Result(request, error=ProviderError("echo", f"{self.name} gave the source text back"))
        return Result(request, text=restore_emphasis(request.text, text))

    def _answer(self, texts: list[str], job: Job) -> list[Answer]:
        """Translate texts of at most ``max_chars`` each, with the space around them kept."""
        if not texts:
            return []
        try:
            source, target = self._pair(job.source, job.target)
            call = self._prepare(Call(source, target, job))
        except ProviderError as error:
            return [self._explain(error) if error.ends_run else error] * len(texts)
        answers: list[Answer] = []
        stopped: ProviderError | None = None
        for batch in self._plan(texts):
            found: list[Answer]
            if stopped is None:
                found = self._dispatcher.divide([text.strip() for text in batch], partial(self._send, call))
                stopped = next((e for e in found if isinstance(e, ProviderError) and e.ends_run), None)
                if stopped is not None:
                    stopped = self._explain(stopped)
                    found = [stopped if isinstance(e, ProviderError) and e.ends_run else e for e in found]
            else:
                found = [stopped] * len(batch)
            answers += [_surround(text, answer) for text, answer in zip(batch, found, strict=True)]
        return answers

    def _plan(self, texts: list[str]) -> list[list[str]]:
        batches: list[list[str]] = []
        room = 0
        for text in texts:
            size = self._measure(text)
            if not batches or size > room or len(batches[-1]) >= self.limits.max_items:
                batches.append([])
                room = self.limits.max_chars
            batches[-1].append(text)
            room -= size
        return batches

    def _send(self, call: Call, texts: list[str]) -> list[Answer]:
        """Ask for texts once.

        Raises:
            ProviderError: the request failed as a whole.
        """
        names = _make_names(len(texts)) if self.form.named else [""] * len(texts)
        failure: ProviderError
        try:
            found = self._request(call, [self._write(call, *pair) for pair in zip(texts, names, strict=True)])
        except ProviderError:
            raise
        except Exception as error:  # noqa: BLE001 - a plug of another's code: whatever it raises concerns these texts alone
            failure = self._foreign(error)
        else:
            return self._named(found, names) if self.form.named else self._counted(found, len(texts))
        # Not chained: deep-translator's exceptions print keys and addresses.
        raise failure

    def _foreign(self, error: Exception) -> ProviderError:
        kind = type(error)
        if kind.__module__.startswith("deep_translator."):
            return self._transport.error("response", f"gave an answer that cannot be used: {kind.__name__}")
        if isinstance(error, (KeyError, IndexError, TypeError, AttributeError, StopIteration, ValueError)):
            # What is run into when an answer lacks what is expected.
            return self._transport.error("response", f"gave an answer of another form: {kind.__name__}")
        return self._transport.error("internal", f"failed inside: {kind.__name__}")

    def _counted(self, found: object, count: int) -> list[Answer]:
        """Take translations in the order of their texts."""
        if not isinstance(found, list) or len(found) != count:
            number = len(found) if isinstance(found, list) else "no list of"
            raise self._transport.error("response", f"gave {number} translations for {count} texts")
        return [self._checked(text) for text in found]

    def _named(self, found: object, names: list[str]) -> list[Answer]:
        """Take translations by the names of their texts, in whatever order they come."""
        if not isinstance(found, list):
            raise self._transport.error("response", f"gave no list of translations for {len(names)} texts")
        texts: dict[str, list[str]] = {}
        problems: list[Answer] = []
        for answer in found:
            checked = self._checked(answer)
            if isinstance(checked, str):
                try:
                    name, text = self.form.read(checked)
                except MarkupError:
                    checked = self._transport.error("response", "changed the tags of the text")
                else:
                    texts.setdefault(name, []).append(text)
                    checked = self._transport.error("response", "gave the translation of another text")
            problems.append(checked)
        if len(problems) != len(names):
            told = self._transport.error("response", f"gave {len(found)} translations for {len(names)} texts")
            problems = [told] * len(names)
        return [
            self._checked(texts[name][0]) if len(texts.get(name, [])) == 1 else problem
            for name, problem in zip(names, problems, strict=True)
        ]

    def _checked(self, text: object) -> Answer:
        if isinstance(text, ProviderError):
            return text
        if not isinstance(text, str) or not text.strip():
            return self._transport.error("response", "gave an empty translation")
        return text

    def _pair(self, source: str, target: str) -> tuple[str, str]:
        codes = self._codes()
        from_code = match_code(source, codes)
        if from_code is None:
            raise ProviderError("language", f"{self.name} does not translate from '{source}'")
        targets = codes[from_code]
        to_code = match_code(target, codes if targets is None else targets)
        if to_code is None or same_language(source, target):
            raise ProviderError("language", f"{self.name} does not translate from '{source}' into '{target}'")
        return from_code, to_code

    def _codes(self) -> dict[str, frozenset[str] | None]:
        with self._lock:
            if self._known is None:
                loaded = self._load_codes()
                self._known = {code: None if to is None else frozenset(to) for code, to in loaded.items()}
            return self._known

    def _lower_limit(self, max_chars: int) -> None:
        """Take less at a time than usual, where a service says so of itself."""
        if max_chars < self.limits.max_chars:
            self.limits = replace(self.limits, max_chars=max_chars)


def _make_names(count: int) -> list[str]:
    """Give different names that nobody else has."""
    names: dict[str, None] = {}
    while len(names) < count:
        names["".join(random_source.choice(string.ascii_lowercase) for _ in range(_NAME_LETTERS))] = None
    return list(names)


def _surround(text: str, answer: Answer) -> Answer:
    """Put the space around a text around its translation: services strip it."""
    if isinstance(answer, ProviderError):
        return answer
    core = text.strip()
    start = text.index(core)
    return text[:start] + answer.strip() + text[start + len(core) :]
