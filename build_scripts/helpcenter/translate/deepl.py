"""The DeepL API."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from deep_translator import DeeplTranslator

from helpcenter.translate.deeptranslator import check_address
from helpcenter.translate.provider import Limits
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import Options, RemoteProvider, Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.translate.provider import ErrorCode
    from helpcenter.translate.transport import Transport

_KEY = "HELPCENTER_DEEPL_KEY"
# Keys of the free API end so.  Source: https://developers.deepl.com/docs/getting-started/auth
_FREE_SUFFIX = ":fx"
# Source: DeepL API Pro, list price for a million characters (https://www.deepl.com/pro-api).
_PRICE = Decimal(20)


class DeeplOptions(Options):
    """The options of DeepL."""

    formality: Literal["default", "more", "less", "prefer_more", "prefer_less"] = "default"
    """How readers are addressed, in languages that make the difference."""


class DeeplProvider(RemoteProvider):
    """Fifty texts a request, with the key in a header."""

    name = "deepl"
    # 50 texts and 128 KiB a request; a character outside ASCII takes six bytes in a JSON body.
    # Source: https://developers.deepl.com/docs/api-reference/translate
    base_limits = Limits(max_chars=20_000, max_items=50, concurrency=4)

    def __init__(self, options: DeeplOptions, key: str, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        self._key = key
        super().__init__(options, Secrets(key), waiting)
        self._formality = options.formality

    def _price(self) -> Decimal:
        return Decimal(0) if self._key.endswith(_FREE_SUFFIX) else _PRICE

    def _classify(self, status: int, detail: str) -> ErrorCode | None:
        return "language" if status == 400 and "_lang" in detail else None  # noqa: PLR2004 - HTTP's number

    def _load_codes(self) -> Mapping[str, list[str]]:
        """Ask the service: it takes in languages faster than a table is kept, and the library's has 27."""
        listed = {
            kind: self._transport.get_json(
                f"{self._translator('EN', 'DE').address}languages", params={"type": kind}, headers=self._headers()
            )
            for kind in ("source", "target")
        }
        try:
            codes = {kind: [str(entry["language"]) for entry in entries] for kind, entries in listed.items()}
        except (TypeError, KeyError):
            codes = {}
        if not codes.get("source") or not codes.get("target"):
            raise self._transport.error("response", "gave no list of languages")
        return dict.fromkeys(codes["source"], codes["target"])

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"DeepL-Auth-Key {self._key}"}

    def _translator(self, source: str, target: str) -> _Translator:
        extra: dict[str, str] = {} if self._formality == "default" else {"formality": self._formality}
        return _Translator(
            (source, target), key=self._key, url=self._options.url, transport=self._transport, extra=extra
        )


class _Translator(DeeplTranslator):  # type: ignore[misc] # the library publishes no types
    """The library's own sends the key in the address of a GET request, which DeepL no longer answers."""

    def __init__(
        self, pair: tuple[str, str], *, key: str, url: str | None, transport: Transport, extra: dict[str, str]
    ) -> None:
        # The pair is set afterwards: the constructor refuses what its table lacks, such as PT-BR and AR.
        super().__init__(source="en", target="de", api_key=key, use_free_api=key.endswith(_FREE_SUFFIX))
        self.source, self.target = pair
        self.address: str = f"{url.rstrip('/')}/{self.version}/" if url else self._base_url
        self._transport = transport
        self._extra = extra

    def translate_batch(self, batch: list[str]) -> list[str | None]:
        body = {"text": batch, "source_lang": self.source, "target_lang": self.target, **self._extra}
        headers = {"Authorization": f"DeepL-Auth-Key {self.api_key}"}
        answer: Any = self._transport.read_json(
            self._transport.post(f"{self.address}translate", json=body, headers=headers)
        )
        return [entry["text"] for entry in answer["translations"]]


def make_deepl(options: Mapping[str, object], env: Mapping[str, str]) -> DeeplProvider:
    """Make the provider with the key of the environment; a free key goes to the free API."""
    read = DeeplOptions.read(options)
    if read.url is not None:
        check_address(read.url, "option 'url'")
    return DeeplProvider(read, env[_KEY].strip())
