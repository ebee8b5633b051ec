"""Every provider over the network, against a service on the loopback interface that speaks its dialect."""

from __future__ import annotations

import logging
import pickle
import threading
import traceback
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from provider_dialects import EMAIL, KEY, NAMES, Build
from provider_services import LISTS, Reply

from helpcenter.translate import Job, ProviderError, Request, count_billed

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from provider_services import Asked

    from helpcenter.translate import Result

KEYS = (KEY, "3f9c1b7e-secret-key%2B%2F%3D%3Afx")
EMAILS = (EMAIL, "desk%40pellavo.example")
SECRETS = {**dict.fromkeys(NAMES, KEYS), "google": (), "mymemory": EMAILS}


def ask(*texts: str) -> list[Request]:
    return [Request(text, str(number)) for number, text in enumerate(texts)]


def codes(results: Sequence[Result]) -> list[str]:
    return [result.error.code if result.error else "ok" for result in results]


def test_translates_in_order_and_keeps_masks_and_space(build: Build, name: str) -> None:
    setting = build(name)
    requests = ask("Send it back ", "  Pay __PH0__ at __PH1__now__PH2__", "Where is my order?\n")
    results = setting.provider.translate(requests, Job("en", "tr"))
    assert [result.request for result in results] == requests
    assert [result.text for result in results] == [
        "çeviri: Send it back ",
        "  çeviri: Pay __PH0__ at __PH1__now__PH2__",
        "çeviri: Where is my order?\n",
    ]


def test_nothing_to_ask_asks_nothing(build: Build, name: str) -> None:
    setting = build(name)
    results = setting.provider.translate(ask("14 €", "__PH0__ – __PH1__", "→", "", " "), Job("en", "tr"))
    assert [result.text for result in results] == ["14 €", "__PH0__ – __PH1__", "→", "", " "]
    assert setting.service.asked == []


@pytest.mark.parametrize("body", [None, 7, {"translations": None}, [None], {"responseData": None}, {"choices": [{}]}])
def test_json_of_another_form_is_an_error(build: Build, name: str, body: object) -> None:
    setting = build(name)
    setting.service.faults = [Reply("null" if body is None else body)] * 4
    (result,) = setting.provider.translate(ask("Send it back"), Job("en", "tr"))
    assert codes([result]) == ["response"]


def test_an_echo_is_an_error_and_a_name_is_not(build: Build, name: str) -> None:
    setting = build(name, lambda text: text)
    results = setting.provider.translate(ask("Where is my order?", "Apple Pay"), Job("en", "tr"))
    assert codes(results) == ["echo", "ok"]


def test_lost_masks_are_an_error_and_bent_ones_are_mended(build: Build, name: str) -> None:
    setting = build(
        name, lambda text: text.replace("Pay", "Öde").replace("__PH0__", "__ ph0 __").replace("__PH1__", "")
    )
    results = setting.provider.translate(ask("Pay __PH0__", "Pay __PH1__ now"), Job("en", "tr"))
    assert results[0].text == "Öde __PH0__"
    assert codes(results) == ["ok", "response"]


def test_words_moved_out_of_their_link_are_an_error(build: Build, name: str) -> None:
    setting = build(name, lambda _: "Politikamızı [ __PH0__ okuyun")
    assert codes(setting.provider.translate(ask("Read our [policy __PH0__ now"), Job("en", "tr"))) == ["response"]


def test_emphasis_is_closed_up_again(build: Build, name: str) -> None:
    setting = build(name, lambda _: "** Öde ** simdi")
    assert setting.provider.translate(ask("**Pay** it now"), Job("en", "tr"))[0].text == "**Öde** simdi"


def test_one_refused_text_spoils_itself_only(build: Build, batching: str) -> None:
    setting = build(batching)
    honest = setting.service.handle

    def refuse(asked: Asked) -> Reply:
        if not asked.path.endswith(LISTS) and any("bad" in text for text in setting.dialect.texts(asked)):
            return Reply({"error": {"code": 400020, "message": "invalid"}}, 400)
        return honest(asked)

    setting.service.handle = refuse
    texts = [f"the text number {number}" for number in range(7)] + ["a bad text"]
    assert codes(setting.provider.translate(ask(*texts), Job("en", "tr"))) == ["ok"] * 7 + ["response"]


@pytest.mark.parametrize("status", [401, 403])
def test_a_refused_key_ends_the_work_and_is_never_shown(
    build: Build, name: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    setting = build(name)
    body = {"error": {"code": 401000, "message": "bad key " + " ".join(SECRETS[name])}}
    setting.service.faults = [Reply(body, status)]
    results = setting.provider.translate(ask("Send it back") + ask(*["Pay it now"] * 120), Job("en", "tr"))
    assert set(codes(results)) == {"auth"}
    assert results[0].error is not None
    assert results[0].error.ends_run
    assert len(setting.service.translations) == 1
    shown = [caplog.text, repr(results), repr(setting.provider), str(results[0].error)]
    shown += traceback.format_exception(results[0].error)
    assert not [secret for secret in SECRETS[name] for text in shown if secret in text]
    assert "bad key" in str(results[0].error)


def test_a_failure_of_the_connection_shows_no_secret(build: Build, name: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    setting = build(name, attempts=1)
    setting.provider.supports("en", "tr")
    setting.service.server.server_close()
    setting.service.server.shutdown()
    setting.provider._transport._adapter.close()  # noqa: SLF001 - the kept connection would outlive the server
    (result,) = setting.provider.translate(ask("Send it back"), Job("en", "tr"))
    assert codes([result]) == ["network"]
    assert result.error is not None
    assert result.error.__cause__ is None
    shown = [caplog.text, *traceback.format_exception(result.error)]
    assert not [secret for secret in SECRETS[name] for text in shown if secret in text]


def test_keys_never_travel_in_an_address(build: Build, name: str) -> None:
    setting = build(name)
    setting.provider.translate(ask("Send it back"), Job("en", "tr"))
    assert setting.service.asked
    assert not [asked for asked in setting.service.asked if KEY in asked.query.values()]


def test_a_netrc_file_does_not_replace_the_key(build: Build, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    assert codes(build("deepl").provider.translate(ask("Send it back"), Job("en", "tr"))) == ["ok"]


def test_a_pair_the_service_lacks_is_a_language_error(build: Build, name: str) -> None:
    setting = build(name)
    lacking = "en-GB" if name == "openai" else "tlh"
    assert not setting.provider.supports("en", lacking)
    assert not setting.provider.supports("en-US", "en-GB")
    assert codes(setting.provider.translate(ask("Send it back"), Job("en", lacking))) == ["language"]
    assert setting.service.translations == []


def test_unknown_support_is_found_out_by_translating(build: Build, batching: str) -> None:
    setting = build(batching, attempts=1)
    setting.service.handle = lambda _: Reply("", 500)
    assert setting.provider.supports("en", "tr")
    assert codes(setting.provider.translate(ask("Send it back"), Job("en", "tr"))) == ["network"]


def test_long_texts_are_cut_at_sentences_and_put_together(build: Build, name: str) -> None:
    setting = build(name, lambda text: text.replace("message", "mesaj"))
    sentence = "We answer every message within a day. "
    text = (sentence * (setting.provider.limits.max_chars // len(sentence) + 3)).rstrip()
    (result,) = setting.provider.translate(ask(text), Job("en", "tr"))
    assert result.text == text.replace("message", "mesaj")
    sent = [part for asked in setting.service.translations for part in setting.dialect.texts(asked)]
    assert len(sent) > 1
    assert all(len(part) <= setting.provider.limits.max_chars and part.endswith(".") for part in sent)


def test_mymemory_counts_bytes(build: Build) -> None:
    setting = build("mymemory", lambda _: "Send it back.")
    text = "请在十四天内退货。" * 40
    setting.provider.translate(ask(text), Job("zh-CN", "en"))
    sent = [asked.query["q"] for asked in setting.service.translations]
    assert "".join(sent) == text
    assert all(len(part.encode()) < 500 for part in sent)


def test_mymemory_entities_are_undone(build: Build) -> None:
    setting = build("mymemory", lambda _: "Müşteri&#39;nin &quot;iadesi&quot;")
    assert setting.provider.translate(ask("The customer's return"), Job("en", "tr"))[0].text == 'Müşteri\'nin "iadesi"'


def test_deepl_codes_and_formality(build: Build) -> None:
    setting = build("deepl", formality="prefer_more")
    setting.provider.translate(ask("Send it back"), Job("en-GB", "es-MX"))
    (asked,) = setting.service.translations
    assert (asked.body["source_lang"], asked.body["target_lang"]) == ("EN", "ES-419")
    assert asked.body["formality"] == "prefer_more"


def test_libretranslate_keeps_to_the_pairs_of_its_server(build: Build) -> None:
    provider = build("libretranslate").provider
    assert provider.supports("en", "no")
    assert provider.supports("en", "zh-CN")
    assert not provider.supports("tr", "nb")
    assert not provider.supports("en", "zh-TW")


def test_the_list_of_languages_is_fetched_once(build: Build, batching: str) -> None:
    setting = build(batching)
    for _ in range(3):
        setting.provider.translate(ask("Send it back"), Job("en", "tr"))
    lists = [asked.query.get("type") for asked in setting.service.asked if asked.path.endswith("/languages")]
    assert len(lists) == len(set(lists))


def test_no_more_requests_run_at_once_than_allowed(build: Build) -> None:
    running, most, lock = 0, 0, threading.Lock()
    pair = threading.Barrier(2)

    def words(text: str) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        pair.wait()
        with lock:
            running -= 1
        return f"çeviri: {text}"

    setting = build("google", words, concurrency=2, requests_per_second=1_000_000)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: setting.provider.translate(ask(f"the order {n}"), Job("en", "tr")), range(16)))
    assert codes([result for part in found for result in part]) == ["ok"] * 16
    assert most == 2


def test_the_pace_is_kept(build: Build) -> None:
    setting = build("google", requests_per_second=4)
    setting.provider.translate(ask(*[f"the order {n}" for n in range(9)]), Job("en", "tr"))
    assert sum(setting.time.slept) == pytest.approx(2.0)


def test_a_defect_of_the_library_is_one_error(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    setting = build("google")

    def fail(*_: object) -> None:
        raise RuntimeError(f"here is {KEY}")

    monkeypatch.setattr(setting.provider, "_request", fail)
    (result,) = setting.provider.translate(ask("Send it back"), Job("en", "tr"))
    assert str(result.error) == "google failed inside: RuntimeError (internal)"


def test_errors_travel_between_processes() -> None:
    error = ProviderError("rate", "slow down", retryable=True, retry_after=3)
    copy = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own bytes
    assert (copy.code, copy.message, copy.retryable, copy.retry_after) == ("rate", "slow down", True, 3)


def test_a_provider_may_count_otherwise_than_by_characters(build: Build) -> None:
    provider = build("google").provider
    assert count_billed(provider, "Pay __PH0__") == 11
    provider.count_billed = lambda text: 2 * len(text)  # type: ignore[attr-defined]
    assert count_billed(provider, "Pay") == 6
