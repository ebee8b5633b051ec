"""MyMemory, a public translation memory with machine translation behind it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from deep_translator import MyMemoryTranslator
from deep_translator.constants import MY_MEMORY_LANGUAGES_TO_CODES

from helpcenter.translate.deeptranslator import check_address, on_transport, set_address
from helpcenter.translate.dispatch import Waiting
from helpcenter.translate.options import Options
from helpcenter.translate.provider import Limits
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import RemoteProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.translate.provider import ErrorCode
    from helpcenter.translate.remote import Call
    from helpcenter.translate.transport import Transport

# The library's address is the same without TLS.  Source: https://mymemory.translated.net/doc/spec.php
_URL = "https://api.mymemory.translated.net/get"
_EMAIL = "HELPCENTER_MYMEMORY_EMAIL"
_OK = 200
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|quot|amp|lt|gt|apos);")


class MyMemoryProvider(RemoteProvider):
    """One text of at most 500 bytes a request."""

    name = "mymemory"
    # 500 bytes by the specification, of which the library takes up to 499.
    base_limits = Limits(max_chars=499, max_items=1, concurrency=2, requests_per_second=2)

    def __init__(self, options: Options, email: str | None, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        super().__init__(options, Secrets(*filter(None, [email])), waiting)
        self._email = email

    def _price(self) -> Decimal:
        return Decimal(0)

    def _measure(self, text: str) -> int:
        return len(text.encode())

    def _classify(self, status: int, detail: str) -> ErrorCode | None:
        return _meaning(status, detail)

    def _load_codes(self) -> Mapping[str, None]:
        return dict.fromkeys(MY_MEMORY_LANGUAGES_TO_CODES.values())

    def _request(self, call: Call, texts: list[str]) -> object:
        inspected = _Inspected(self._transport)
        translator = _Translator(call.source, call.target, self._options.url or _URL, self._email, inspected)
        return [_plain(text, translator.translate(text)) for text in texts]


def _meaning(status: int, detail: str) -> ErrorCode | None:
    loud = detail.upper()
    if "USED ALL AVAILABLE" in loud or "QUOTA" in loud:
        return "quota"
    if "INVALID" in loud and "LANGUAGE" in loud:
        return "language"
    if "INVALID" in loud and "EMAIL" in loud:
        return "auth"
    return "rate" if status == 429 else None  # noqa: PLR2004 - HTTP's number


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the library looks at of a response."""

    body: dict[str, Any]
    status_code: int = _OK

    def json(self) -> dict[str, Any]:
        return self.body

    def close(self) -> None:
        """Do nothing: the connection is back in its pool."""


class _Inspected:
    """Looks into each answer first: MyMemory says errors with status 200, which the library takes for translations."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.exceptions = transport.exceptions

    def get(self, url: str, params: Mapping[str, Any], **_: object) -> _Answer:
        body = self._transport.read_json(self._transport.get(url, params=params))
        if not isinstance(body, dict) or not isinstance(body.get("responseData"), dict):
            raise self._transport.error("response", "gave an answer of another form")
        status = str(body.get("responseStatus", _OK))
        number = int(status) if status.isascii() and status.isdigit() else 0
        text = str(body["responseData"].get("translatedText") or "")
        detail = str(body.get("responseDetails") or "")[:200]
        if number != _OK or body.get("quotaFinished") or text.startswith("MYMEMORY WARNING"):
            code = "quota" if body.get("quotaFinished") else _meaning(number, detail or text) or "response"
            raise self._transport.error(code, f"answered {status}: {detail or text[:200]}", retryable=code == "rate")
        return _Answer({"responseData": {"translatedText": self._own(body, text, str(params["q"]))}})

    def _own(self, body: Mapping[str, Any], text: str, asked: str) -> str:
        """Give the translation of what was asked: the memory's best match may be of a text that is only alike.

        Each match repeats the ``segment`` that it translates; the machine's own is of the very text.
        """
        matches = [match for match in body.get("matches") or [] if isinstance(match, dict)]
        if not text or not matches:
            return text
        of_ours = [str(m.get("translation") or "") for m in matches if _alike(str(m.get("segment") or ""), asked)]
        if text in of_ours:
            return text
        fitting = next(filter(str.strip, of_ours), None)
        if fitting is None:
            raise self._transport.error("response", "gave the translation of another text", retryable=True)
        return fitting


def _alike(segment: str, asked: str) -> bool:
    return html.unescape(segment).casefold().split() == html.unescape(asked).casefold().split()


class _Translator(MyMemoryTranslator):  # type: ignore[misc] # the library publishes no types
    def __init__(self, source: str, target: str, url: str, email: str | None, transport: _Inspected) -> None:
        # The constructor's defaults are not in its own table.
        super().__init__(source=source, target=target, **({"email": email} if email else {}))
        set_address(self, url)
        self.translate: Any = on_transport(MyMemoryTranslator.translate, self, transport)


def _plain(source: str, translation: str | None) -> str | None:
    """Undo the character references that the memory's contributors left in translations."""
    if translation is None or _ENTITY.search(source):
        return translation
    return html.unescape(translation) if _ENTITY.search(translation) else translation


def make_mymemory(options: Mapping[str, object], env: Mapping[str, str]) -> MyMemoryProvider:
    """Make the provider; an e-mail address in the environment raises the daily limit."""
    read = Options.read(options)
    if read.url is not None:
        check_address(read.url, "option 'url'")
    email = env.get(_EMAIL, "").strip() or None
    return MyMemoryProvider(read, email)
