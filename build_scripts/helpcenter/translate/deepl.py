"""The DeepL API."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal

from deep_translator import DeeplTranslator

from helpcenter.translate.deeplglossary import GlossaryShelf
from helpcenter.translate.deeptranslator import check_address
from helpcenter.translate.dispatch import Waiting
from helpcenter.translate.markup import Tags
from helpcenter.translate.masks import MASK
from helpcenter.translate.options import Options
from helpcenter.translate.provider import Limits, ProviderError
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import RemoteProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.translate.provider import ErrorCode
    from helpcenter.translate.remote import Call
    from helpcenter.translate.transport import Transport

_KEY = "HELPCENTER_DEEPL_KEY"
# Keys of the free API end so.  Source: https://developers.deepl.com/docs/getting-started/auth
_FREE_SUFFIX = ":fx"
# Source: DeepL API Pro, list price for a million characters (https://www.deepl.com/pro-api).
_PRICE = Decimal(20)
# Source: https://developers.deepl.com/docs/translate/translating-xml.  A frame divides texts, a mask divides no sentence;
# line ends within a paragraph do not end a sentence.
_FORM = Tags(style="xml", frame='<t i="{name}">{text}</t>', mask='<x i="{number}"/>', key="i")
_TAG_OPTIONS: dict[str, object] = {
    "tag_handling": "xml",
    "tag_handling_version": "v2",
    "outline_detection": False,
    "splitting_tags": ["t"],
    "split_sentences": "nonewlines",
}


class DeeplOptions(Options):
    """The options of DeepL."""

    formality: Literal["default", "more", "less", "prefer_more", "prefer_less"] | None = None
    """How readers are addressed, in languages that make the difference; as the locale says when left out."""
    glossary: bool = True
    """Whether the terms of the locale's glossary are kept in a glossary of the account."""


class DeeplProvider(RemoteProvider):
    """Fifty texts a request, with the key in a header."""

    name = "deepl"
    form = _FORM
    # 50 texts and 128 KiB a request; a character outside ASCII takes six bytes in a JSON body, and tags take some.
    # Source: https://developers.deepl.com/docs/api-reference/translate
    base_limits = Limits(max_chars=18_000, max_items=50, concurrency=4)

    def __init__(self, options: DeeplOptions, key: str, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        self._key = key
        super().__init__(options, Secrets(key), waiting)
        self._formality = options.formality
        address = _Translator(("EN", "DE"), key=key, url=options.url, transport=self._transport, extra={}).service
        self._address = address
        self._shelf = (
            GlossaryShelf(f"{address}/v3/glossaries", self._headers(), self._transport, self._dispatcher)
            if options.glossary
            else None
        )

    def _price(self) -> Decimal:
        return Decimal(0) if self._key.endswith(_FREE_SUFFIX) else _PRICE

    def count_billed(self, text: str) -> int:
        """Count no tags: the service does not charge for them (https://support.deepl.com/hc/articles/360020685720)."""
        return len(MASK.sub("", text))

    def _classify(self, status: int, detail: str) -> ErrorCode | None:
        return "language" if status == 400 and "_lang" in detail else None  # noqa: PLR2004 - HTTP's number

    def _load_codes(self) -> Mapping[str, list[str]]:
        """Ask the service: it takes in languages faster than a table is kept, and the library's has 27."""
        listed: dict[str, Any] = {
            kind: self._dispatcher.attempt(lambda kind=kind: self._get("v2/languages", {"type": kind}))  # type: ignore[misc]
            for kind in ("source", "target")
        }
        try:
            codes = {kind: [str(entry["language"]) for entry in entries] for kind, entries in listed.items()}
        except (TypeError, KeyError):
            codes = {}
        if not codes.get("source") or not codes.get("target"):
            raise self._transport.error("response", "gave no list of languages")
        return dict.fromkeys(codes["source"], codes["target"])

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401 - JSON is any
        return self._transport.get_json(f"{self._address}/{path}", params=params, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"DeepL-Auth-Key {self._key}"}

    def _prepare(self, call: Call) -> Call:
        if self._shelf is None or not call.job.terms:
            return call
        return replace(call, glossary=self._shelf.find(call.source, call.target, call.job.terms))

    def _request(self, call: Call, texts: list[str]) -> object:
        extra: dict[str, object] = {**_TAG_OPTIONS}
        formality = self._formality or {"formal": "prefer_more", "informal": "prefer_less"}.get(
            call.job.formality or "", "default"
        )
        if formality != "default":
            extra["formality"] = formality
        if call.glossary is not None:
            extra["glossary_id"] = call.glossary
        try:
            return self._translator(call, extra).translate_batch(texts)
        except ProviderError as error:
            if self._shelf is None or call.glossary is None or "lossary" not in error.message:
                raise
            self._shelf.forget(call.glossary)
        # Another program has deleted it: the next job makes it anew.
        return self._request(replace(call, glossary=None), texts)

    def _translator(self, call: Call, extra: Mapping[str, object]) -> _Translator:
        pair = call.source, call.target
        return _Translator(pair, key=self._key, url=self._options.url, transport=self._transport, extra=extra)

    def _explain(self, error: ProviderError) -> ProviderError:
        """Say how much of the allowance is used: "Quota exceeded" alone leaves open whether it is this month's."""
        if error.code != "quota":
            return error
        with suppress(ProviderError):
            usage = self._get("v2/usage")
            if isinstance(usage, dict) and "character_count" in usage:
                used, limit = usage["character_count"], usage.get("character_limit")
                return self._transport.error("quota", f"has nothing left: {used} of {limit} characters are used")
        return error


class _Translator(DeeplTranslator):  # type: ignore[misc] # the library publishes no types
    """The library's own sends the key in the address of a GET request, which DeepL no longer answers."""

    def __init__(
        self, pair: tuple[str, str], *, key: str, url: str | None, transport: Transport, extra: Mapping[str, object]
    ) -> None:
        # The pair is set afterwards: the constructor refuses what its table lacks, such as PT-BR and AR.
        super().__init__(source="en", target="de", api_key=key, use_free_api=key.endswith(_FREE_SUFFIX))
        self.source, self.target = pair
        self.service: str = (url or self._base_url.removesuffix(f"{self.version}/")).rstrip("/")
        self._transport = transport
        self._extra = extra

    def translate_batch(self, batch: list[str]) -> list[str | None]:
        body = {"text": batch, "source_lang": self.source, "target_lang": self.target, **self._extra}
        headers = {"Authorization": f"DeepL-Auth-Key {self.api_key}"}
        answer: Any = self._transport.read_json(
            self._transport.post(f"{self.service}/{self.version}/translate", json=body, headers=headers)
        )
        return [entry["text"] for entry in answer["translations"]]


def make_deepl(options: Mapping[str, object], env: Mapping[str, str]) -> DeeplProvider:
    """Make the provider with the key of the environment; a free key goes to the free API."""
    read = DeeplOptions.read(options)
    if read.url is not None:
        check_address(read.url, "option 'url'")
    return DeeplProvider(read, env[_KEY].strip())
