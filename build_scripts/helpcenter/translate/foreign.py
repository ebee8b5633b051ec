"""A provider of another package, held to the protocol whatever that package does.

Its mistakes are told to its author with their place, and cost no more than the texts they concern: no result is taken for
another text's, and no exception of another's code ends a run.
"""

from __future__ import annotations

import inspect
import traceback
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING

from helpcenter.translate.provider import (
    ERROR_CODES,
    Job,
    Limits,
    Provider,
    ProviderError,
    Request,
    Result,
    count_billed,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

_STYLES = ("mask", "xml", "html")


class ForeignProvider:
    """What another package's factory made.

    Args:
        name: the name it is chosen by, whatever it calls itself.
        made: what the factory gave, without a :func:`problem of its own <find_problems>`.
    """

    def __init__(self, name: str, made: Provider) -> None:
        self.name = name
        self.style = getattr(made, "style", "mask")
        self.is_trial = bool(getattr(made, "is_trial", False))
        self.cost_per_million = _price(getattr(made, "cost_per_million", None))
        self._made = made

    @property
    def limits(self) -> Limits:
        """What it takes at a time."""
        return self._made.limits

    def supports(self, source: str, target: str) -> bool:
        """Whether it translates a pair; True where it fails to say, for then its translating says where it fails."""
        try:
            return bool(self._made.supports(source, target))
        except Exception:  # noqa: BLE001 - another's code
            return True

    def count_billed(self, text: str) -> int:
        """Give the characters that are paid for; those of the text where it fails to say."""
        try:
            return count_billed(self._made, text)
        except Exception:  # noqa: BLE001 - another's code
            return len(text)

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        """Translate texts; see :class:`~helpcenter.translate.provider.Provider`."""
        try:
            given = list(self._made.translate(list(requests), job))
        except Exception as error:  # noqa: BLE001 - another's code
            failure = ProviderError("internal", f"{self.name} failed inside: {name_place(error)}")
            return [Result(request, error=failure) for request in requests]
        results = [one for one in given if isinstance(one, Result)]
        if [one.request for one in results] == list(requests):
            return [self._checked(one) for one in results]
        # Whose result it is, is known by its request; what is left without one has failed.
        own = {one.request.id: one for one in results if one.request in requests}
        missing = ProviderError("response", f"{self.name} gave no result for this text")
        return [
            self._checked(own[request.id]) if request.id in own else Result(request, error=missing)
            for request in requests
        ]

    def _checked(self, result: Result) -> Result:
        text, error = result.text, result.error
        if error is None and isinstance(text, str):
            return result
        if not isinstance(error, ProviderError):
            message = (
                f"{self.name} gave {type(text if error is None else error).__name__} for a translation or an error"
            )
            return Result(result.request, error=ProviderError("response", message))
        if error.code not in ERROR_CODES:
            message = f"{error.message}; '{error.code}' is no code that helpcenter knows"
            return Result(result.request, error=ProviderError("internal", message))
        return result


def find_problems(made: object) -> list[str]:
    """Give what keeps an object from being a provider, a sentence each, without a full stop."""
    if isinstance(made, type) or made is None:
        kind = "the class itself" if isinstance(made, type) else "None"
        return [f"its factory gives {kind} instead of a provider"]
    problems = [
        f"its method '{name}' does not take ({', '.join(words)})"
        for name, words in {"supports": ("source", "target"), "translate": ("requests", "job")}.items()
        if not _takes(getattr(made, name, None), len(words))
    ]
    limits = getattr(made, "limits", None)
    if not isinstance(limits, Limits):
        problems.append("its attribute 'limits' is no helpcenter.translate.Limits")
    elif min(limits.max_chars, limits.max_items, limits.concurrency) < 1:
        problems.append("one of its limits is less than 1")
    if (style := getattr(made, "style", "mask")) not in _STYLES:
        problems.append(f"its attribute 'style' is '{style}', not one of {', '.join(_STYLES)}")
    try:
        _price(getattr(made, "cost_per_million", None))
    except (InvalidOperation, ValueError, TypeError):
        problems.append("its attribute 'cost_per_million' is neither a number nor None")
    return problems


def _takes(method: object, count: int) -> bool:
    if not callable(method):
        return False
    try:
        inspect.signature(method).bind(*[None] * count)
    except (TypeError, ValueError):
        return False
    return True


def _price(value: object) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def name_place(error: Exception) -> str:
    """Give the name of an exception and where it happened; what it says may hold a credential, this cannot."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" ({Path(frames[-1].filename).name}:{frames[-1].lineno})" if frames else ""
    return f"{type(error).__name__}{place}"
