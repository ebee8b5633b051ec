"""Yandex Cloud Translate, version 2.

deep-translator's class speaks version 1.5, which Yandex switched off in 2021; nothing of it is of use.
Source: https://yandex.cloud/docs/translate/api-ref/Translation/translate
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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

_KEY, _FOLDER = "HELPCENTER_YANDEX_KEY", "HELPCENTER_YANDEX_FOLDER"
_URL = "https://translate.api.cloud.yandex.net"
# Of the source texts of a glossary.
_MOST_TERMS_CHARS = 10_000
_FORM = Tags(
    style="html",
    frame='<p id="{name}">{text}</p>',
    mask='<span translate="no" id="{number}">{number}</span>',
    key="id",
)


class YandexProvider(RemoteProvider):
    """Several texts a request, with the key in a header and the terms beside the texts."""

    name = "yandex"
    form = _FORM
    # 10,000 characters a request, tags among them, and 20 requests a second.
    # Source: https://yandex.cloud/docs/translate/concepts/limits
    base_limits = Limits(max_chars=6_000, max_items=50, concurrency=4, requests_per_second=20)

    def __init__(self, options: Options, key: str, folder: str | None, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        super().__init__(options, Secrets(key), waiting)
        self._headers = {"Authorization": f"Api-Key {key}"}
        # A service account's key knows its folder; another one's is told.
        self._folder = {"folderId": folder} if folder else {}
        self._address = options.url.rstrip("/") if options.url else _URL

    def count_billed(self, text: str) -> int:
        """Count tags too."""
        return len(self.form.write(text, "abcde"))

    def _classify(self, status: int, detail: str) -> ErrorCode | None:
        return "language" if status == 400 and "language" in detail.lower() else None  # noqa: PLR2004 - HTTP's number

    def _load_codes(self) -> Mapping[str, None]:
        listed: Any = self._dispatcher.attempt(lambda: self._post("languages", {}))
        try:
            codes = [str(entry["code"]) for entry in listed["languages"]]
        except (TypeError, KeyError):
            codes = []
        if not codes:
            raise self._transport.error("response", "gave no list of languages")
        return dict.fromkeys(codes)

    def _request(self, call: Call, texts: list[str]) -> object:
        body: dict[str, object] = {
            "sourceLanguageCode": call.source,
            "targetLanguageCode": call.target,
            "format": "HTML",
            "texts": texts,
        }
        pairs = _pairs(call.job.terms, " ".join(texts))
        if pairs:
            body["glossaryConfig"] = {"glossaryData": {"glossaryPairs": pairs}}
        answer: Any = self._post("translate", body)
        return [entry["text"] for entry in answer["translations"]]

    def _post(self, path: str, body: Mapping[str, object]) -> Any:  # noqa: ANN401 - JSON is any
        url = f"{self._address}/translate/v2/{path}"
        return self._transport.read_json(
            self._transport.post(url, json={**self._folder, **body}, headers=self._headers)
        )


def _pairs(terms: tuple[tuple[str, str], ...], text: str) -> list[dict[str, object]]:
    """Give the terms that stand in a text, as many as a request may hold.

    Not ``exact``: the service inflects a term as its sentence wants it.
    """
    found: list[dict[str, object]] = []
    room = _MOST_TERMS_CHARS
    loud = text.casefold()
    for term, translation in terms:
        if term.casefold() in loud and len(term) <= room:
            found.append({"sourceText": term, "translatedText": translation})
            room -= len(term)
    return found


def make_yandex(options: Mapping[str, object], env: Mapping[str, str]) -> YandexProvider:
    """Make the provider with the key, and the folder where one is set, of the environment."""
    read = Options.read(options)
    if read.url is not None:
        check_address(read.url, "option 'url'")
    return YandexProvider(read, env[_KEY].strip(), env.get(_FOLDER, "").strip() or None)
