"""Google Translate's public page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from deep_translator import GoogleTranslator
from deep_translator.constants import GOOGLE_LANGUAGES_TO_CODES

from helpcenter.translate.deeptranslator import check_address, on_transport, set_address
from helpcenter.translate.provider import Limits
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import Options, RemoteProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.translate.transport import Transport

# In the service since 2024, not in the library's table.
# Source: https://cloud.google.com/translate/docs/languages
_NEWER_CODES = ("pt-PT", "fr-CA", "yue")


class GoogleProvider(RemoteProvider):
    """One text a request; the text travels in the address, whose length bounds it."""

    name = "google"
    # The page's limit is 5,000 characters, but servers refuse addresses past 16 kB, and a Chinese character takes nine.
    # Five requests a second: the library's message for status 429.
    base_limits = Limits(max_chars=1_500, max_items=1, concurrency=4, requests_per_second=5)

    def _price(self) -> Decimal:
        return Decimal(0)

    def _load_codes(self) -> Mapping[str, None]:
        return dict.fromkeys([*GOOGLE_LANGUAGES_TO_CODES.values(), *_NEWER_CODES])

    def _translator(self, source: str, target: str) -> _Translator:
        return _Translator(source, target, self._options.url, self._transport)


class _Translator(GoogleTranslator):  # type: ignore[misc] # the library publishes no types
    def __init__(self, source: str, target: str, url: str | None, transport: Transport) -> None:
        super().__init__()
        # Not through the constructor: it refuses what its table lacks.
        self.source, self.target = source, target
        set_address(self, url)
        self.translate: Any = on_transport(GoogleTranslator.translate, self, transport)

    def translate_batch(self, batch: list[str]) -> list[str | None]:
        return [self.translate(text) for text in batch]


def make_google(options: Mapping[str, object], env: Mapping[str, str]) -> GoogleProvider:  # noqa: ARG001 - every factory's signature
    """Make the provider; it takes no credential."""
    read = Options.read(options)
    if read.url is not None:
        check_address(read.url, "option 'url'")
    return GoogleProvider(read, Secrets())
