"""How the service behind each provider is spoken to, in the shapes of its documentation.

A dialect reads requests and writes answers with parsers of its own: what the provider writes must be what others read.
"""

from __future__ import annotations

import html
import json
import re
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lxml import etree
from lxml import html as lxml_html
from provider_services import LISTS, Asked, Reply, Service, Time

from helpcenter.translate.deepl import DeeplOptions, DeeplProvider
from helpcenter.translate.google import GoogleProvider
from helpcenter.translate.libretranslate import LibreTranslateProvider
from helpcenter.translate.microsoft import MicrosoftProvider
from helpcenter.translate.mymemory import MyMemoryProvider
from helpcenter.translate.openai import OpenAIOptions, OpenAIProvider
from helpcenter.translate.options import Options
from helpcenter.translate.redaction import Secrets
from helpcenter.translate.yandex import YandexProvider

if TYPE_CHECKING:
    from helpcenter.translate.dispatch import Waiting
    from helpcenter.translate.remote import RemoteProvider

KEY = "3f9c1b7e-secret-key+/=:fx"
EMAIL = "desk@pellavo.example"
MASK = re.compile(r"__PH(\d+)__")
Words = Callable[[str], Any]
Element = Any


class Foreign(str):
    """A translation that another caller asked for."""

    __slots__ = ()


class Dialect(ABC):
    """How one provider's service is spoken to."""

    name: str
    batches = True
    repeats = True
    """Whether an answer says which text it translates."""

    @abstractmethod
    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider: ...

    @abstractmethod
    def texts(self, asked: Asked) -> list[str]:
        """Give the texts of a request, with masks."""

    @abstractmethod
    def answer(self, translations: list[Any], asked: Asked) -> object:
        """Give the body of the answer to a request: a translation each, or None."""

    def listing(self, asked: Asked) -> Reply:
        """Answer what is asked beside translations."""
        raise AssertionError(f"{self.name} is not asked for {asked.path}")

    def handler(self, words: Words) -> Callable[[Asked], Reply]:
        def handle(asked: Asked) -> Reply:
            if asked.path.endswith(LISTS) or asked.method == "DELETE":
                return self.listing(asked)
            return Reply(self.answer([words(text) for text in self.texts(asked)], asked))

        return handle


class Google(Dialect):
    # The page as https://translate.google.com/m has it: a form that repeats the text, then the translation.
    name = "google"
    batches = False

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return GoogleProvider(Options.read({"url": f"{url}/m", **options}), Secrets(), waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert asked.method == "GET"
        return [asked.query["q"]]

    def answer(self, translations: list[Any], asked: Asked) -> object:
        (translation,) = translations
        question = "the question of another" if isinstance(translation, Foreign) else asked.query["q"]
        return (
            '<html><body><div class="input-container"><form action="/m"><input type="hidden" name="sl" value="en">'
            '<input type="text" aria-label="Source text" name="q" class="input-field" maxlength="2048" '
            f'value="{html.escape(question)}"></form></div>'
            f'<div class="result-container">{html.escape(str(translation or ""))}</div></body></html>'
        )


class MyMemory(Dialect):
    # https://mymemory.translated.net/doc/spec.php
    name = "mymemory"
    batches = False

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return MyMemoryProvider(Options.read({"url": f"{url}/get", **options}), EMAIL, waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert asked.query["de"] == EMAIL
        return [asked.query["q"]]

    def answer(self, translations: list[Any], asked: Asked) -> object:
        (translation,) = translations
        segment = "the question of another" if isinstance(translation, Foreign) else asked.query["q"]
        return {
            "responseData": {"translatedText": translation, "match": 0.85},
            "quotaFinished": False,
            "responseDetails": "",
            "responseStatus": 200,
            "matches": [{"id": 0, "segment": segment, "translation": translation, "created-by": "MT!", "match": 0.85}],
        }


class LibreTranslate(Dialect):
    # https://github.com/LibreTranslate/LibreTranslate/blob/main/libretranslate/app.py
    name = "libretranslate"
    repeats = False
    settings: object = {"apiKeys": True, "charLimit": 2000, "keyRequired": True}

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return LibreTranslateProvider(Options.read(options), url, KEY, waiting)

    def texts(self, asked: Asked) -> list[str]:
        assert (asked.method, asked.path, asked.query) == ("POST", "/translate", {})
        assert asked.body["api_key"] == KEY
        return list(asked.body["q"])

    def answer(self, translations: list[Any], asked: Asked) -> object:  # noqa: ARG002 - it repeats nothing
        return {"translatedText": translations}

    def listing(self, asked: Asked) -> Reply:
        assert asked.method == "GET"
        if asked.path == "/frontend/settings":
            return Reply(self.settings)
        return Reply(
            [
                {"code": "en", "name": "English", "targets": ["en", "tr", "zh-Hans", "nb"]},
                {"code": "tr", "name": "Turkish", "targets": ["en", "tr"]},
            ]
        )


class Tagged(Dialect):
    """A service that keeps tags: texts stand in a frame with a name, masks are elements."""

    frame: str
    mask: str
    key: str

    @abstractmethod
    def wires(self, asked: Asked) -> list[str]:
        """Give the texts of a request as they are sent."""

    def element(self, wire: str) -> Element:
        """Read a text, strictly where the service does."""
        return etree.fromstring(wire)

    @abstractmethod
    def write_mask(self, number: str) -> str: ...

    def texts(self, asked: Asked) -> list[str]:
        return [self._text(self.element(wire)) for wire in self.wires(asked)]

    def names(self, asked: Asked) -> list[str]:
        return [self.element(wire).get(self.key) for wire in self.wires(asked)]

    def _text(self, element: Element) -> str:
        parts = [element.text or ""]
        for child in element:
            own = f"__PH{child.get(self.key)}__" if child.tag == self.mask else self._text(child)
            parts += [own, child.tail or ""]
        return "".join(parts)

    def write(self, text: object, name: str) -> object:
        if not isinstance(text, str):
            return text
        if isinstance(text, Foreign):
            name = "zzzzz"
        words = MASK.sub(lambda match: self.write_mask(match[1]), html.escape(text, quote=False))
        return f'<{self.frame} {self.key}="{name}">{words}</{self.frame}>'

    def answer(self, translations: list[Any], asked: Asked) -> object:
        # More translations than texts, in tests: under names that nobody has.
        names = [*self.names(asked), *(f"more{n}" for n in range(len(translations)))]
        return self.body([self.write(text, name) for text, name in zip(translations, names, strict=False)])

    @abstractmethod
    def body(self, wires: list[object]) -> object: ...


class Deepl(Tagged):
    # https://developers.deepl.com/docs/api-reference/translate, https://developers.deepl.com/docs/api-reference/glossaries
    name = "deepl"
    frame, mask, key = "t", "x", "i"

    def __init__(self) -> None:
        self.glossaries: list[dict[str, Any]] = []

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return DeeplProvider(DeeplOptions.read({"url": url, **options}), KEY, waiting)

    def wires(self, asked: Asked) -> list[str]:
        assert (asked.method, asked.path, asked.query) == ("POST", "/v2/translate", {})
        assert asked.headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
        assert asked.body["tag_handling"] == "xml"
        assert len(asked.body["text"]) <= 50
        return list(asked.body["text"])

    def write_mask(self, number: str) -> str:
        return f'<x i="{number}"/>'

    def body(self, wires: list[object]) -> object:
        return {"translations": [{"detected_source_language": "EN", "text": wire} for wire in wires]}

    def listing(self, asked: Asked) -> Reply:
        assert asked.headers["Authorization"] == f"DeepL-Auth-Key {KEY}"
        if asked.path == "/v2/usage":
            return Reply({"character_count": 500_000, "character_limit": 500_000})
        if asked.path == "/v2/languages":
            codes = {"source": "EN TR DE PT ZH", "target": "EN-GB EN-US TR DE PT-BR PT-PT ZH ZH-HANS AR ES-419 ES"}
            return Reply([{"language": code, "name": code} for code in codes[asked.query["type"]].split()])
        if asked.method == "DELETE":
            self.glossaries = [one for one in self.glossaries if not asked.path.endswith(f"/{one['glossary_id']}")]
            return Reply("", 204)
        assert asked.path == "/v3/glossaries"
        if asked.method == "GET":
            return Reply({"glossaries": self.glossaries})
        made = {"glossary_id": f"id-{len(self.glossaries)}", "creation_time": "2026-08-03T14:16:18.329Z", **asked.body}
        self.glossaries.append(made)
        return Reply(made, 201)


class Microsoft(Tagged):
    # https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/translate
    name = "microsoft"
    frame, mask, key = "p", "span", "id"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return MicrosoftProvider(Options.read({"url": url, **options}), KEY, "westeurope", waiting)

    def element(self, wire: str) -> Element:
        return lxml_html.fragment_fromstring(wire)

    def wires(self, asked: Asked) -> list[str]:
        assert (asked.method, asked.path, asked.query["api-version"]) == ("POST", "/translate", "3.0")
        assert asked.query["textType"] == "html"
        assert asked.headers["Ocp-Apim-Subscription-Key"] == KEY
        assert asked.headers["Ocp-Apim-Subscription-Region"] == "westeurope"
        return [entry["text"] for entry in asked.body]

    def write_mask(self, number: str) -> str:
        return f'<span class="notranslate" id="{number}">{number}</span>'

    def body(self, wires: list[object]) -> object:
        return [{"translations": [{"text": wire, "to": "tr"}]} for wire in wires]

    def listing(self, asked: Asked) -> Reply:
        assert asked.query["scope"] == "translation"
        codes = ["en", "tr", "de", "pt", "pt-PT", "zh-Hans", "zh-Hant", "sr-Latn"]
        return Reply({"translation": {code: {"name": code} for code in codes}})


class Yandex(Tagged):
    # https://yandex.cloud/docs/translate/api-ref/Translation/translate
    name = "yandex"
    frame, mask, key = "p", "span", "id"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return YandexProvider(Options.read({"url": url, **options}), KEY, "b1gfolder", waiting)

    def element(self, wire: str) -> Element:
        return lxml_html.fragment_fromstring(wire)

    def wires(self, asked: Asked) -> list[str]:
        assert (asked.method, asked.path) == ("POST", "/translate/v2/translate")
        assert asked.headers["Authorization"] == f"Api-Key {KEY}"
        assert (asked.body["format"], asked.body["folderId"]) == ("HTML", "b1gfolder")
        return list(asked.body["texts"])

    def write_mask(self, number: str) -> str:
        return f'<span translate="no" id="{number}">{number}</span>'

    def body(self, wires: list[object]) -> object:
        return {"translations": [{"text": wire, "detectedLanguageCode": "en"} for wire in wires]}

    def listing(self, asked: Asked) -> Reply:
        assert asked.method == "POST"
        return Reply({"languages": [{"code": code, "name": code} for code in ("en", "tr", "ru", "de", "zh")]})


class OpenAI(Dialect):
    # https://platform.openai.com/docs/api-reference/chat/create
    name = "openai"

    def make(self, url: str, waiting: Waiting, **options: object) -> RemoteProvider:
        return OpenAIProvider(OpenAIOptions.read({"url": f"{url}/v1", "model": "gpt-x", **options}), KEY, waiting)

    def _asked(self, asked: Asked) -> list[dict[str, str]]:
        assert (asked.method, asked.path) == ("POST", "/v1/chat/completions")
        assert asked.headers["Authorization"] == f"Bearer {KEY}"
        assert asked.body["model"] == "gpt-x"
        assert [message["role"] for message in asked.body["messages"]] == ["system", "user"]
        return list(json.loads(asked.body["messages"][1]["content"])["texts"])

    def texts(self, asked: Asked) -> list[str]:
        return [entry["text"] for entry in self._asked(asked)]

    def answer(self, translations: list[Any], asked: Asked) -> object:
        names = [*(entry["id"] for entry in self._asked(asked)), *(f"more{n}" for n in range(len(translations)))]
        entries = [
            {"id": "zzzzz" if isinstance(text, Foreign) else name, "text": text}
            for text, name in zip(translations, names, strict=False)
        ]
        return self.completion(json.dumps({"translations": entries}, ensure_ascii=False))

    def completion(self, content: str | None, finish: str = "stop", refusal: str | None = None) -> object:
        message = {"role": "assistant", "content": content, "refusal": refusal}
        return {"object": "chat.completion", "choices": [{"index": 0, "message": message, "finish_reason": finish}]}


KINDS: tuple[type[Dialect], ...] = (Google, MyMemory, LibreTranslate, Deepl, Microsoft, Yandex, OpenAI)
NAMES = tuple(kind.name for kind in KINDS)
BATCHING = tuple(kind.name for kind in KINDS if kind.batches)
WITH_LISTS = ("deepl", "libretranslate", "microsoft", "yandex")


def make_dialect(name: str) -> Dialect:
    return next(kind for kind in KINDS if kind.name == name)()


@dataclass(frozen=True)
class Setting:
    """A provider, the service it speaks to, and the time it lives in."""

    provider: RemoteProvider
    dialect: Dialect
    service: Service
    time: Time


Build = Callable[..., Setting]
