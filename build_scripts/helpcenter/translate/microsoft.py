"""Microsoft Azure Translator, version 3."""

from __future__ import annotations

import html
import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from deep_translator import MicrosoftTranslator
from deep_translator.constants import BASE_URLS

from helpcenter.translate.deeptranslator import check_address
from helpcenter.translate.dispatch import Waiting
from helpcenter.translate.markup import Tags
from helpcenter.translate.options import Options
from helpcenter.translate.provider import Limits
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import RemoteProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.translate.provider import ErrorCode
    from helpcenter.translate.remote import Call
    from helpcenter.translate.transport import Transport

_KEY, _REGION = "HELPCENTER_MICROSOFT_KEY", "HELPCENTER_MICROSOFT_REGION"
_URL: str = BASE_URLS["MICROSOFT_TRANSLATE"].partition("/translate")[0]
_VERSION = {"api-version": "3.0"}
# List price of S1 in US dollars for a million characters, taken as euros: an estimate may be too high, not too low.
# Source: https://azure.microsoft.com/pricing/details/cognitive-services/translator/
_PRICE = Decimal(10)
# Source: https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/reference#errors
_CODE = re.compile(r"\d{6}")
_MEANINGS: dict[str, ErrorCode] = {
    "400003": "language",
    "400019": "language",
    "400023": "language",
    "400035": "language",
    "400036": "language",
    "403001": "quota",
}
# Source: https://learn.microsoft.com/azure/ai-services/translator/prevent-translation
_FORM = Tags(
    style="html",
    frame='<p id="{name}">{text}</p>',
    mask='<span class="notranslate" id="{number}">{number}</span>',
    key="id",
    transparent=frozenset({"mstrans:dictionary"}),
)
# Source: https://learn.microsoft.com/azure/ai-services/translator/dynamic-dictionary
_ENTRY = '<mstrans:dictionary translation="{translation}">{term}</mstrans:dictionary>'


class MicrosoftProvider(RemoteProvider):
    """A hundred texts a request, with the key in a header."""

    name = "microsoft"
    form = _FORM
    # The service takes 1,000 texts and 50,000 characters a request, but a free account only 33,300 characters a minute,
    # so requests are smaller.  Source: https://learn.microsoft.com/azure/ai-services/translator/service-limits
    base_limits = Limits(max_chars=10_000, max_items=100, concurrency=4)

    def __init__(self, options: Options, key: str, region: str | None, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        super().__init__(options, Secrets(key), waiting)
        self._key = key
        self._region = region
        self._address = options.url.rstrip("/") if options.url else _URL

    def _price(self) -> Decimal:
        return _PRICE

    def count_billed(self, text: str) -> int:
        """Count tags too: the service charges for every character of a request."""
        return len(self.form.write(text, "abcde"))

    def _classify(self, status: int, detail: str) -> ErrorCode | None:  # noqa: ARG002 - the service's own number says more
        match = _CODE.match(detail)
        return _MEANINGS.get(match.group()) if match else None

    def _load_codes(self) -> Mapping[str, None]:
        listed: Any = self._dispatcher.attempt(
            lambda: self._transport.get_json(f"{self._address}/languages", params={**_VERSION, "scope": "translation"})
        )
        codes = listed.get("translation") if isinstance(listed, dict) else None
        if not isinstance(codes, dict) or not codes:
            raise self._transport.error("response", "gave no list of languages")
        return dict.fromkeys(map(str, codes))

    def _write(self, call: Call, text: str, name: str) -> str:
        # The dictionary is for pairs with English, and safe for names alone: it inflects nothing.
        if "en" not in {call.source, call.target}:
            return self.form.write(text, name)
        return _FORM.frame.format(name=name, text=_write_names(text, call.job.terms))

    def _request(self, call: Call, texts: list[str]) -> object:
        translator = _Translator(
            (call.source, call.target),
            key=self._key,
            region=self._region,
            address=self._address,
            transport=self._transport,
        )
        return translator.translate_batch(texts)


class _Translator(MicrosoftTranslator):  # type: ignore[misc] # the library publishes no types
    """The library's own asks for the list of languages whenever it is made, and goes on after an error."""

    def __init__(
        self, pair: tuple[str, str], *, key: str, region: str | None, address: str, transport: Transport
    ) -> None:
        self._codes = {code: code for code in pair}
        super().__init__(source=pair[0], target=pair[1], api_key=key, region=region)
        self._address = address
        self._transport = transport

    def _get_supported_languages(self) -> dict[str, str]:
        return self._codes

    def translate_batch(self, batch: list[str]) -> list[str | None]:
        answer: Any = self._transport.read_json(
            self._transport.post(
                f"{self._address}/translate",
                params={**_VERSION, "from": self.source, "to": self.target, "textType": "html"},
                json=[{"text": text} for text in batch],
                headers=self.headers,
            )
        )
        return [entry["translations"][0]["text"] for entry in answer]


def _write_names(text: str, terms: tuple[tuple[str, str], ...]) -> str:
    """Write a text with the translation of each name beside it."""
    names = _names(terms)
    if not names:
        return _FORM.write_words(text)
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    parts = re.split(rf"(?<!\w)({words})(?!\w)", text)
    return "".join(
        _ENTRY.format(translation=html.escape(names[part]), term=html.escape(part))
        if index % 2
        else _FORM.write_words(part)
        for index, part in enumerate(parts)
    )


@lru_cache(maxsize=16)
def _names(terms: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {term: translation for term, translation in terms if _is_name(term)}


def _is_name(term: str) -> bool:
    """Whether each word of a term has a capital, as ``Pellavo Club & Co`` has."""
    words = [word for word in term.split() if word[0].isalpha()]
    return bool(words) and all(word[0].isupper() for word in words)


def make_microsoft(options: Mapping[str, object], env: Mapping[str, str]) -> MicrosoftProvider:
    """Make the provider with the key, and the region where one is set, of the environment."""
    read = Options.read(options)
    if read.url is not None:
        check_address(read.url, "option 'url'")
    return MicrosoftProvider(read, env[_KEY].strip(), env.get(_REGION, "").strip() or None)
