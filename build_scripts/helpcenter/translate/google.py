"""Google Translate's public page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from deep_translator import GoogleTranslator
from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES
from lxml import html

from helpcenter.translate.deeptranslator import check_address, on_transport, set_address
from helpcenter.translate.options import Options
from helpcenter.translate.provider import Limits
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import RemoteProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from helpcenter.translate.provider import ErrorCode
    from helpcenter.translate.remote import Call
    from helpcenter.translate.transport import Transport

# In the service since 2024, not in the library's table.
# Source: https://cloud.google.com/translate/docs/languages
_NEWER_CODES = ("pt-PT", "fr-CA", "yue")


class GoogleProvider(RemoteProvider):
    """One text a request; the text travels in the address, whose length bounds it.

    Several texts in one request, a line each, would be faster.  Those who tried report lines that were joined, added and
    lost (https://github.com/vitalets/google-translate-api/issues/101, https://github.com/lushan88a/google_trans_new/issues/19);
    where one line is joined and another divided, their number is right and the texts are not.
    """

    name = "google"
    # The page's limit is 5,000 characters, but servers refuse addresses past 16 kB, and a Chinese character takes nine.
    # Five requests a second: the library's message for status 429.
    base_limits = Limits(max_chars=1_500, max_items=1, concurrency=4, requests_per_second=5)

    def _price(self) -> Decimal:
        return Decimal(0)

    def _classify(self, status: int, detail: str) -> ErrorCode | None:  # noqa: ARG002 - the page says nothing in words
        # The page that asks for a captcha is elsewhere.
        return "rate" if status in {302, 303, 307} else None

    def _load_codes(self) -> Mapping[str, None]:
        return dict.fromkeys([*GOOGLE_LANGUAGES_TO_CODES.values(), *_NEWER_CODES])

    def _request(self, call: Call, texts: list[str]) -> object:
        translator = _Translator(call.source, call.target, self._options.url, _Inspected(self._transport))
        return [translator.translate(text) for text in texts]


class _Inspected:
    """Looks at each page first: it repeats the text that it was asked for."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self.exceptions = transport.exceptions

    def get(self, url: str, params: Mapping[str, Any], **_: object) -> requests.Response:
        response = self._transport.get(url, params=params)
        repeated = _question(response.text)
        if repeated is not None and repeated.split() != str(params["q"]).split():
            raise self._transport.error("response", "gave the translation of another text", retryable=True)
        return response


def _question(page: str) -> str | None:
    """Find the text that a page translates, or None where it does not say."""
    try:
        fields: Any = html.fromstring(page).xpath("//form//*[@name='q']")
    except (ValueError, html.etree.ParserError):
        return None
    if not fields:
        return None
    value = fields[0].get("value")
    return str(value) if value is not None else str(fields[0].text_content())


class _Translator(GoogleTranslator):  # type: ignore[misc] # the library publishes no types
    def __init__(self, source: str, target: str, url: str | None, transport: _Inspected) -> None:
        super().__init__()
        # Not through the constructor: it refuses what its table lacks.
        self.source, self.target = source, target
        set_address(self, url)
        self.translate: Any = on_transport(GoogleTranslator.translate, self, transport)


def make_google(options: Mapping[str, object], env: Mapping[str, str]) -> GoogleProvider:  # noqa: ARG001 - every factory's signature
    """Make the provider; it takes no credential."""
    read = Options.read(options)
    if read.url is not None:
        check_address(read.url, "option 'url'")
    return GoogleProvider(read, Secrets())
