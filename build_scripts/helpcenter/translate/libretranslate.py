"""LibreTranslate, on a server of one's own or the public one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from deep_translator import LibreTranslator

from helpcenter.translate.deeptranslator import check_address
from helpcenter.translate.provider import Limits
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import Options, RemoteProvider, Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.translate.provider import ErrorCode
    from helpcenter.translate.transport import Transport

_URL, _KEY = "HELPCENTER_LIBRETRANSLATE_URL", "HELPCENTER_LIBRETRANSLATE_KEY"


class LibreTranslateProvider(RemoteProvider):
    """Several texts a request, in a JSON body."""

    name = "libretranslate"
    # Servers may set limits of their own; the public one takes 2,000 characters.
    base_limits = Limits(max_chars=2_000, max_items=25, concurrency=2)

    def __init__(self, options: Options, address: str, key: str | None, waiting: Waiting = Waiting()) -> None:  # noqa: B008 - frozen
        super().__init__(options, Secrets(*filter(None, [key])), waiting)
        self._address = address
        self._key = key

    def _classify(self, status: int, detail: str) -> ErrorCode | None:
        return "language" if status == 400 and "not supported" in detail else None  # noqa: PLR2004 - HTTP's number

    def _load_codes(self) -> Mapping[str, list[str] | None]:
        """Ask the server: it knows the languages that were installed on it, the library 17 at all times."""
        listed = self._transport.get_json(f"{self._address}/languages")
        try:
            codes = {str(e["code"]): [str(t) for t in e["targets"]] if "targets" in e else None for e in listed}
        except (TypeError, KeyError):
            codes = {}
        if not codes:
            raise self._transport.error("response", "gave no list of languages")
        return codes

    def _translator(self, source: str, target: str) -> _Translator:
        return _Translator(source, target, self._key, self._address, self._transport)


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
