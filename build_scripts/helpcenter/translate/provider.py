"""What every provider of translations is, takes and gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, get_args

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from helpcenter.project.locales import Formality

ErrorCode = Literal[
    "auth", "quota", "setup", "rate", "network", "timeout", "language", "response", "echo", "truncated", "internal"
]
ERROR_CODES: frozenset[str] = frozenset(get_args(ErrorCode))


@dataclass(frozen=True, slots=True)
class Request:
    """One text to translate.

    Args:
        text: sealed: markup stands in it as masks such as ``__PH0__``.
        id: the caller's name for it; a provider hands it back untouched.
    """

    text: str
    id: str


class ProviderError(Exception):
    """Why a text has no translation.

    Args:
        code: ``auth`` and ``quota`` concern the account, ``setup`` what the project says of the service (its address, its
            model), ``language`` the pair; ``rate``, ``network`` and ``timeout`` pass by themselves; ``response`` is an
            answer that cannot be used, ``echo`` one that is the source text, ``truncated`` one that lacks an end;
            ``internal`` is a defect of the provider's code.
        message: one sentence without a full stop, free of credentials.
        retryable: whether the same request may succeed later.
        retry_after: how long the service asks to be left alone, in seconds, or None.
        answered: whether the service answered to this text, and what it said cannot be used: it would most likely say the same
            again, and be paid again.
    """

    def __init__(
        self,
        code: ErrorCode,
        message: str,
        *,
        retryable: bool = False,
        retry_after: float | None = None,
        answered: bool = False,
    ) -> None:
        super().__init__(message)
        self.code: ErrorCode = code
        self.message = message
        self.retryable = retryable
        self.retry_after = retry_after
        self.answered = answered or code in {"echo", "truncated"}

    @property
    def ends_run(self) -> bool:
        """Whether every further request to this provider would fail in the same way."""
        return self.code in {"auth", "quota", "setup"}

    def __str__(self) -> str:
        """Give ``message (code)``."""
        return f"{self.message} ({self.code})"

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes with every field."""
        return _rebuild, (self.code, self.message, self.retryable, self.retry_after, self.answered)


def _rebuild(
    code: ErrorCode,
    message: str,
    retryable: bool,  # noqa: FBT001 - called by pickle
    retry_after: float | None,
    answered: bool,  # noqa: FBT001 - as above
) -> ProviderError:
    return ProviderError(code, message, retryable=retryable, retry_after=retry_after, answered=answered)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a request: exactly one of ``text`` and ``error`` is there.

    Args:
        request: as it was given.
        text: the translation, every mask of the request in it as often as there.
        error: why there is none.
    """

    request: Request
    text: str | None = None
    error: ProviderError | None = None

    def __post_init__(self) -> None:
        """Refuse a result that says both or nothing."""
        if (self.text is None) == (self.error is None):
            raise ValueError("a result has either a text or an error")


@dataclass(frozen=True, slots=True)
class Job:
    """What all texts of a run for a locale have in common.

    Args:
        source: BCP 47 tag of the source.
        target: BCP 47 tag of the translations.
        formality: how readers are to be addressed, or None where the project does not say.
        terms: pairs of a term of the source and its translation, as the locale's glossary has them; a term that stays as it is
            is its own translation.
    """

    source: str
    target: str
    formality: Formality | None = None
    terms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What a provider takes at a time.

    Args:
        max_chars: characters of all texts of one batch; a longer text is cut at sentence ends by the provider itself.
        max_items: texts of one batch.
        concurrency: calls of ``translate`` that may run at once.
        requests_per_second: of all threads together, or None where nothing is known to limit it.
    """

    max_chars: int
    max_items: int
    concurrency: int
    requests_per_second: float | None = None


class Provider(Protocol):
    """A machine that translates; its methods may be called from several threads at once."""

    @property
    def name(self) -> str:
        """The name it is chosen by."""

    @property
    def limits(self) -> Limits:
        """What it takes at a time; it may be other after ``supports``, which asks some services."""

    @property
    def cost_per_million(self) -> Decimal | None:
        """Euros for a million characters of source text, zero where it is free, None where unknown."""

    @property
    def style(self) -> str:
        """How sealed markup travels: ``mask``, ``xml`` or ``html``.

        Requests and results hold masks (``__PH0__``, ``__PH1__`` …) in any case; a provider that speaks in tags exchanges
        them itself, and what it cannot give back is an error of that text.
        """

    def supports(self, source: str, target: str) -> bool:
        """Whether it translates from one BCP 47 tag into another; True when it cannot know before it tries."""

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        """Translate texts.

        Returns:
            As many results as requests, in their order; what goes wrong with a text is in its result alone.
        """


def count_billed(provider: Provider, text: str) -> int:
    """Give the characters that a provider is paid for a text.

    A provider whose service counts otherwise than by the characters of the request, because it translates tags or does not
    charge for them, has a method ``count_billed(text)``.
    """
    count = getattr(provider, "count_billed", len)
    return int(count(text))
