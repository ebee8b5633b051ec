"""Services on the loopback interface that speak as the providers' services do, and time that passes at once."""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from helpcenter.translate.deepl import DeeplOptions, DeeplProvider
from helpcenter.translate.google import GoogleProvider
from helpcenter.translate.libretranslate import LibreTranslateProvider
from helpcenter.translate.microsoft import MicrosoftProvider
from helpcenter.translate.mymemory import MyMemoryProvider
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.remote import Options, RemoteProvider, Waiting

KEY = "3f9c1b7e-secret-key+/=:fx"
EMAIL = "desk@pellavo.example"


@dataclass(frozen=True)
class Asked:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Reply:
    body: Any = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut_at: int | None = None
    hang: bool = False

    def content(self) -> bytes:
        text = self.body if isinstance(self.body, str) else json.dumps(self.body, ensure_ascii=False)
        return text.encode()


class Service:
    """One server; ``handle`` answers, and ``faults`` are answered first, one a request for a translation."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self.faults: list[Reply] = []
        self.handle: Callable[[Asked], Reply] = lambda _: Reply("", 404)
        self.released = threading.Event()
        self._lock = threading.Lock()
        service = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            # Head and body leave in one packet: in two, the second waits for the first one's acknowledgement.
            wbufsize = -1

            def _serve(self) -> None:
                parts = urlsplit(self.path)
                raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                query = {k: v[0] for k, v in parse_qs(parts.query, keep_blank_values=True).items()}
                asked = Asked(self.command, parts.path, query, dict(self.headers), json.loads(raw) if raw else None)
                reply = service.reply(asked)
                if reply.hang:
                    service.released.wait()
                    self.close_connection = True
                    return
                content = reply.content()
                self.send_response(reply.status)
                for name, value in {"Content-Length": str(len(content)), **reply.headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(content if reply.cut_at is None else content[: reply.cut_at])
                self.close_connection = reply.cut_at is not None

            do_GET = do_POST = _serve  # noqa: N815 - http.server's names

            def log_message(self, *_: object) -> None:
                """Stay silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def reply(self, asked: Asked) -> Reply:
        listing = asked.path.endswith("/languages")
        with self._lock:
            self.asked.append(asked)
            if self.faults and not listing:
                return self.faults.pop(0)
        return self.handle(asked)

    @property
    def translations(self) -> list[Asked]:
        return [asked for asked in self.asked if not asked.path.endswith("/languages")]


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 100.0
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.now += seconds

    @property
    def waiting(self) -> Waiting:
        return Waiting(self.clock, self.sleep)


Words = Callable[[str], Any]


class Dialect:
    """How one provider's service is spoken to."""

    name: str

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        raise NotImplementedError

    def texts(self, asked: Asked) -> list[str]:
        raise NotImplementedError

    def answer(self, translations: list[Any]) -> object:
        raise NotImplementedError

    def languages(self, asked: Asked) -> object:  # noqa: ARG002 - dialects read it
        raise AssertionError(f"{self.name} has no list of languages")

    def handler(self, words: Words) -> Callable[[Asked], Reply]:
        def handle(asked: Asked) -> Reply:
            if asked.path.endswith("/languages"):
                return Reply(self.languages(asked))
            return Reply(self.answer([words(text) for text in self.texts(asked)]))

        return handle


class Google(Dialect):
    name = "google"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return GoogleProvider(Options.read({"url": f"{url}/m", **options}), Secrets(), waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert asked.method == "GET"
        return [asked.query["q"]]

    def answer(self, translations: list[Any]) -> object:
        return f'<html><div class="result-container">{html.escape(str(translations[0] or ""))}</div></html>'


class MyMemory(Dialect):
    name = "mymemory"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return MyMemoryProvider(Options.read({"url": f"{url}/get", **options}), EMAIL, waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert asked.query["de"] == EMAIL
        return [asked.query["q"]]

    def answer(self, translations: list[Any]) -> object:
        return {"responseData": {"translatedText": translations[0]}, "responseStatus": 200, "matches": []}


class Deepl(Dialect):
    name = "deepl"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return DeeplProvider(DeeplOptions.read({"url": url, **options}), KEY, waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert (asked.method, asked.path, asked.query) == ("POST", "/v2/translate", {})
        assert asked.headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
        return list(asked.body["text"])

    def answer(self, translations: list[Any]) -> object:
        return {"translations": [{"detected_source_language": "EN", "text": text} for text in translations]}

    def languages(self, asked: Asked) -> object:
        codes = {"source": "EN TR DE PT ZH", "target": "EN-GB EN-US TR DE PT-BR PT-PT ZH ZH-HANS AR ES-419 ES"}
        return [{"language": code, "name": code} for code in codes[asked.query["type"]].split()]


class Microsoft(Dialect):
    name = "microsoft"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return MicrosoftProvider(Options.read({"url": url, **options}), KEY, "westeurope", waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert (asked.method, asked.path, asked.query["api-version"]) == ("POST", "/translate", "3.0")
        assert asked.headers["Ocp-Apim-Subscription-Key"] == KEY
        assert asked.headers["Ocp-Apim-Subscription-Region"] == "westeurope"
        return [entry["text"] for entry in asked.body]

    def answer(self, translations: list[Any]) -> object:
        return [{"translations": [{"text": text, "to": "tr"}]} for text in translations]

    def languages(self, asked: Asked) -> object:
        assert asked.query["scope"] == "translation"
        return {
            "translation": {
                code: {"name": code} for code in ["en", "tr", "de", "pt", "pt-PT", "zh-Hans", "zh-Hant", "sr-Latn"]
            }
        }


class LibreTranslate(Dialect):
    name = "libretranslate"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return LibreTranslateProvider(Options.read(options), url, KEY, waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert (asked.method, asked.path, asked.query) == ("POST", "/translate", {})
        assert asked.body["api_key"] == KEY
        return list(asked.body["q"])

    def answer(self, translations: list[Any]) -> object:
        return {"translatedText": translations}

    def languages(self, asked: Asked) -> object:
        assert asked.method == "GET"
        return [
            {"code": "en", "name": "English", "targets": ["en", "tr", "zh-Hans", "nb"]},
            {"code": "tr", "name": "Turkish", "targets": ["en", "tr"]},
        ]


DIALECTS = {dialect.name: dialect for dialect in (Google(), MyMemory(), Deepl(), Microsoft(), LibreTranslate())}


@dataclass(frozen=True)
class Setting:
    """A provider, the service it speaks to, and the time it lives in."""

    provider: RemoteProvider
    dialect: Dialect
    service: Service
    time: Time


Build = Callable[..., Setting]
