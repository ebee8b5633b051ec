# ruff: noqa: SLF001 - the library keeps its addresses to itself
"""The faults of deep-translator that the adapter corrects.

Each test shows one in the release that is installed.  One that fails is good news: take its correction out, or keep it
and delete the test.
"""

from __future__ import annotations

import sys
from importlib.metadata import version
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import deep_translator
import pytest
import requests
from deep_translator import constants, exceptions
from provider_dialects import KEY, make_dialect
from provider_services import Reply

if TYPE_CHECKING:
    from collections.abc import Callable

    from provider_services import Service


@pytest.fixture
def made(service: Service, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Any]:
    """Make the library's own translators, pointed to the service on the loopback interface."""
    urls = {"google": "/m", "mymemory": "/get", "deepl": "/v2/", "libretranslate": "/"}
    classes: dict[str, Callable[[], Any]] = {
        "google": lambda: deep_translator.GoogleTranslator("en", "tr"),
        "mymemory": lambda: deep_translator.MyMemoryTranslator("en-GB", "tr-TR"),
        "deepl": lambda: deep_translator.DeeplTranslator("en", "tr", api_key=KEY),
        "libretranslate": lambda: deep_translator.LibreTranslator("en", "tr", api_key=KEY),
    }
    monkeypatch.setattr(
        deep_translator.MicrosoftTranslator, "_get_supported_languages", lambda _: {"a": "en", "b": "tr"}
    )

    def make(name: str) -> Any:  # noqa: ANN401 - the library publishes no types
        if name == "microsoft":
            translator: Any = deep_translator.MicrosoftTranslator("en", "tr", api_key=KEY)
            translator._base_url = service.url + "/translate"
            return translator
        translator = classes[name]()
        translator._base_url = service.url + urls[name]
        return translator

    return make


def test_the_release_is_the_one_that_was_read() -> None:
    assert version("deep-translator") == "1.11.4"


def test_a_batch_is_lost_with_one_of_its_texts(service: Service, made: Callable[[str], Any]) -> None:
    service.handle = make_dialect("google").handler(lambda text: f"çeviri: {text}")
    service.faults = [Reply('<div class="result-container">bir</div>'), Reply("", 500)]
    with pytest.raises(exceptions.RequestError):
        made("google").translate_batch(["the first", "the second", "the third"])
    assert len(service.asked) == 2


@pytest.mark.parametrize("name", ["google", "mymemory", "deepl", "libretranslate", "microsoft"])
def test_no_request_has_a_timeout(made: Callable[[str], Any], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[dict[str, object]] = []

    def record(*_: object, **arguments: object) -> requests.Response:
        found.append(arguments)
        raise requests.exceptions.InvalidURL

    monkeypatch.setattr(requests, "get", record)
    monkeypatch.setattr(requests, "post", record)
    with pytest.raises((requests.exceptions.InvalidURL, AttributeError)):
        made(name).translate("Send it back")
    assert len(found) == 1
    assert "timeout" not in found[0]


@pytest.mark.parametrize("name", ["google", "mymemory", "deepl", "libretranslate"])
def test_errors_of_requests_escape(made: Callable[[str], Any], name: str) -> None:
    translator = made(name)
    translator._base_url = "http://127.0.0.1:1/"
    with pytest.raises(requests.exceptions.ConnectionError):
        translator.translate("Send it back")


@pytest.mark.parametrize("name", ["google", "mymemory"])
def test_an_instance_keeps_the_text_of_its_request(service: Service, made: Callable[[str], Any], name: str) -> None:
    service.handle = (
        make_dialect(name).handler(lambda text: f"çeviri: {text}")
        if name == "google"
        else lambda _: Reply({"responseData": {"translatedText": "x"}})
    )
    translator = made(name)
    translator.translate("Send it back")
    assert translator._url_params["q"] == "Send it back"


def test_google_answers_nothing_to_symbols(service: Service, made: Callable[[str], Any]) -> None:
    service.handle = make_dialect("google").handler(lambda text: text)
    assert made("google").translate("→ !") is None


def test_google_writes_hebrew_and_norwegian_in_its_own_way() -> None:
    codes = constants.GOOGLE_LANGUAGES_TO_CODES.values()
    assert {"iw", "no"} <= set(codes)
    assert not {"he", "nb", "pt-PT", "fr-CA", "yue"} & set(codes)


def test_deepl_is_asked_with_the_key_in_the_address(service: Service, made: Callable[[str], Any]) -> None:
    service.handle = lambda _: Reply({"translations": [{"text": "x"}]})
    made("deepl").translate("Send it back")
    assert service.asked[0].method == "GET"
    assert service.asked[0].query["auth_key"] == KEY


@pytest.mark.parametrize("name", ["deepl", "libretranslate"])
def test_a_refused_key_is_printed(service: Service, made: Callable[[str], Any], name: str) -> None:
    service.handle = lambda _: Reply("", 403)
    with pytest.raises(exceptions.AuthorizationException, match="secret-key"):
        made(name).translate("Send it back")


def test_deepl_lacks_languages() -> None:
    with pytest.raises(exceptions.LanguageNotSupportedException):
        deep_translator.DeeplTranslator("en", "pt-BR", api_key=KEY)
    assert "ar" not in constants.DEEPL_LANGUAGE_TO_CODE.values()


def test_libretranslate_is_asked_with_text_and_key_in_the_address(service: Service, made: Callable[[str], Any]) -> None:
    service.handle = lambda _: Reply({"translatedText": "x"})
    made("libretranslate").translate("Send it back")
    assert service.asked[0].query["q"] == "Send it back"
    assert service.asked[0].query["api_key"] == KEY
    assert service.asked[0].body is None


def test_libretranslate_insists_on_a_key_and_ignores_an_address() -> None:
    with pytest.raises(exceptions.ApiKeyException):
        deep_translator.LibreTranslator("en", "tr")
    translator: Any = deep_translator.LibreTranslator("en", "tr", api_key="x", base_url="http://127.0.0.1:1/")
    assert "127.0.0.1" not in translator._base_url
    without_slash: Any = deep_translator.LibreTranslator("en", "tr", api_key="x", custom_url="http://127.0.0.1:1")
    assert not without_slash._base_url.endswith("/")


def test_libretranslate_has_a_short_list_of_languages() -> None:
    assert len(constants.LIBRE_LANGUAGES_TO_CODES) == 17


def test_microsoft_asks_for_languages_whenever_it_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []

    def record(url: str, **_: object) -> requests.Response:
        found.append(url)
        raise requests.exceptions.ConnectionError

    monkeypatch.setattr(requests, "get", record)
    with pytest.raises(requests.exceptions.ConnectionError):
        deep_translator.MicrosoftTranslator("en", "tr", api_key=KEY)
    assert len(found) == 1


def test_mymemory_is_asked_without_tls() -> None:
    assert constants.BASE_URLS["MYMEMORY"].startswith("http://")


def test_mymemory_takes_a_warning_for_a_translation(service: Service, made: Callable[[str], Any]) -> None:
    warning = "MYMEMORY WARNING: YOU USED ALL AVAILABLE FREE TRANSLATIONS FOR TODAY"
    service.handle = lambda _: Reply({"responseData": {"translatedText": warning}, "responseStatus": 429})
    assert made("mymemory").translate("Send it back") == warning


def test_yandex_speaks_a_version_that_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    found: list[str] = []

    def record(url: str, **_: object) -> requests.Response:
        found.append(url)
        raise requests.exceptions.InvalidURL

    monkeypatch.setattr(requests, "post", record)
    with pytest.raises(requests.exceptions.InvalidURL):
        deep_translator.YandexTranslator("en", "tr", api_key=KEY).translate("Send it back")
    assert found == ["https://translate.yandex.net/api/v1.5/tr.json/translate"]


def test_chatgpt_calls_what_its_library_no_longer_has(monkeypatch: pytest.MonkeyPatch) -> None:
    # As of release 1 of `openai`, where the class is a client that is made with a key.
    monkeypatch.setitem(sys.modules, "openai", SimpleNamespace(OpenAI=object))
    with pytest.raises(AttributeError, match="ChatCompletion"):
        deep_translator.ChatGptTranslator("en", "turkish", api_key=KEY).translate("Send it back")


def test_our_transport_leaves_the_library_as_it_is() -> None:
    assert deep_translator.google.requests is requests
    assert deep_translator.mymemory.requests is requests
