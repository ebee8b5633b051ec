"""LibreTranslate, on a server of one's own or the public one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deep_translator import LibreTranslator

from helpcenter.translate.deeptranslator import check_address
from helpcenter.translate.dispatch import Waiting
from helpcenter.translate.options import Options
from helpcenter.translate.provider import Limits, ProviderError
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import RemoteProvider

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.translate.provider import ErrorCode
    from helpcenter.translate.remote import Call
    from helpcenter.translate.transport import Transport

_URL, _KEY = "HELPCENTER_LIBRETRANSLATE_URL", "HELPCENTER_LIBRETRANSLATE_KEY"


class LibreTranslateProvider(RemoteProvider):
    """Several texts a request, in a JSON body.

    As masks: with ``format: html`` the server translates what stands between two tags on its own, so that a sentence with
    a link comes back in pieces (https://github.com/LibreTranslate/LibreTranslate/issues/806), and undoes character
    references (``unescape`` in https://github.com/LibreTranslate/LibreTranslate/blob/main/libretranslate/app.py).
    """

    name = "libretranslate"
    # The public server takes 2,000 characters; others say their limit.  One that has none works texts off one by one, so
    # that more of them at once win nothing and may take longer than anybody waits.
    base_limits = Limits(max_chars=2_000, max_items=25, concurrency=2)

    def __init__(self, options: Options, address: str, key: str | None, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        super().__init__(options, Secrets(*filter(None, [key])), waiting)
        self._address = address
        self._key = key

    def _classify(self, status: int, detail: str) -> ErrorCode | None:
        # The words of libretranslate/app.py.
        if status == 400 and "API key" in detail:  # noqa: PLR2004 - HTTP's number
            return "auth"
        if status == 403 and "limits violations" in detail:  # noqa: PLR2004 - as above
            return "rate"
        missing = "not supported" in detail or "not available as a target" in detail
        return "language" if status == 400 and missing else None  # noqa: PLR2004 - as above

    def _load_codes(self) -> Mapping[str, list[str] | None]:
        """Ask the server: it knows the languages that were installed on it, the library 17 at all times."""
        listed: Any = self._dispatcher.attempt(lambda: self._transport.get_json(f"{self._address}/languages"))
        try:
            codes = {str(e["code"]): [str(t) for t in e["targets"]] if "targets" in e else None for e in listed}
        except (TypeError, KeyError):
            codes = {}
        if not codes:
            raise self._transport.error("response", "gave no list of languages")
        self._load_limits()
        return codes

    def _load_limits(self) -> None:
        """Ask the server what it takes at a time, and whether it wants a key; one that does not say is tried."""
        try:
            settings: Any = self._transport.get_json(f"{self._address}/frontend/settings")
        except ProviderError:
            return
        if not isinstance(settings, dict):
            return
        limit = settings.get("charLimit")
        # -1: none.
        if isinstance(limit, int) and limit > 0:
            self._lower_limit(limit)
        if settings.get("keyRequired") and not self._key:
            raise self._transport.error("auth", f"asks for a key, which {_KEY} does not hold")

    def _request(self, call: Call, texts: list[str]) -> object:
        return _Translator(call.source, call.target, self._key, self._address, self._transport).translate_batch(texts)


class _Translator(LibreTranslator):  # type: ignore[misc] # the library publishes no types
    """The library's own sends text and key in the address, and insists on a key that most servers do not have."""

    def __init__(self, source: str, target: str, key: str | None, address: str, transport: Transport) -> None:
        super().__init__(source="en", target="es", api_key=key or "none", custom_url=f"{address}/")
        self.source, self.target = source, target
        self.api_key = key
        self._transport = transport

    def translate_batch(self, batch: list[str]) -> list[str | None]:
        body = {"q": batch, "source": self.source, "target": self.target, "format": "text"}
        if self.api_key:
            body["api_key"] = self.api_key
        answer: Any = self._transport.read_json(self._transport.post(f"{self._base_url}translate", json=body))
        found: list[str | None] = answer["translatedText"]
        return found


def make_libretranslate(options: Mapping[str, object], env: Mapping[str, str]) -> LibreTranslateProvider:
    """Make the provider for the address, and with the key where one is set, of the environment."""
    read = Options.read({**options})
    address = check_address(read.url or env[_URL], "option 'url'" if read.url else _URL)
    return LibreTranslateProvider(read, address, env.get(_KEY, "").strip() or None)
