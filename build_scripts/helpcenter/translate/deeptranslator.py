"""What is corrected in deep-translator's classes, whichever service they speak to.

Written against deep-translator 1.11.4.  ``tests/translate/test_deep_translator.py`` shows each of the library's faults
and fails with the first release that no longer has one, so that its correction can go.
"""

from __future__ import annotations

from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from helpcenter.translate.registry import OptionError

if TYPE_CHECKING:
    from collections.abc import Callable


def on_transport(method: Callable[..., Any], instance: object, transport: object) -> Callable[[str], str | None]:
    """Bind a method of a deep-translator class so that it sends through our transport.

    The library calls the module ``requests`` without a time-out; the method is given another thing by that name.  The
    library's own module stays as it is for everybody else in this process.

    Args:
        method: the class's method.
        instance: what it is bound to.
        transport: has ``get``, ``post`` and ``exceptions``.
    """
    plain = cast("FunctionType", method)
    exchanged = FunctionType(
        plain.__code__,
        {**plain.__globals__, "requests": transport},
        plain.__name__,
        plain.__defaults__,
        plain.__closure__,
    )
    exchanged.__kwdefaults__ = plain.__kwdefaults__
    return MethodType(exchanged, instance)


def set_address(translator: Any, url: str | None) -> None:  # noqa: ANN401 - the library publishes no types
    """Exchange the service's address where the project sets one: the library takes none."""
    if url is not None:
        translator._base_url = url  # noqa: SLF001 - the library has no other place


def check_address(url: str, where: str) -> str:
    """Give an address without a slash at its end.

    Args:
        url: what was set.
        where: what set it, for the message.

    Raises:
        OptionError: it is not an address, or holds a password.
    """
    hint = "write it as in https://translate.example.com"
    try:
        parts = urlsplit(url.strip())
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and not parts.query and not parts.fragment
        _ = parts.port
    except ValueError:
        valid = False
    if not valid:
        # The value itself is not shown: it may hold what was meant for another variable.
        raise OptionError((f"{where} is not the address of a service", hint))
    if parts.username is not None or parts.password is not None:
        message = f"{where} holds a user name or password, which would be seen in logs"
        raise OptionError((message, "take them out; a key has a variable of its own"))
    return url.strip().rstrip("/")
