"""Every fault of ``cases/faults.yml``, at every provider over the network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from provider_dialects import NAMES, Foreign, make_dialect
from provider_services import LISTS, Reply

from helpcenter.translate import Job, Request

if TYPE_CHECKING:
    from collections.abc import Sequence

    from provider_dialects import Build, Dialect, Setting
    from provider_services import Asked

    from helpcenter.translate import Result

CASES: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("cases").joinpath("faults.yml").read_text("utf-8"))
TEXTS = {"a": "Send the first back", "b": "Pay the second one now", "c": "Where is the third one?"}
LETTERS = {text: letter for letter, text in TEXTS.items()}
ATTEMPTS = 3


def translate(text: str) -> str:
    return f"çeviri: {text}"


def applies(case: dict[str, Any], name: str) -> bool:
    return name in case.get("only", NAMES) and name not in case.get("but", ())


def matrix(part: str) -> list[Any]:
    return [
        pytest.param(name, fault, id=f"{name}-{fault.replace(' ', '-')}")
        for fault, case in CASES[part].items()
        for name in NAMES
        if applies(case, name)
    ]


def expected(case: dict[str, Any], dialect: Dialect) -> dict[str, Any]:
    found = case.get("instead", {}).get(dialect.name) or case["batch" if dialect.batches else "single"]
    return {"waits": case.get("waits"), **found}


def read_reply(found: dict[str, Any], honest: Reply) -> Reply:
    """Make the reply of a case; what it does not say is as it would have been."""
    headers = dict(found.get("headers", {}))
    if headers.get("Retry-After") == "in 30 seconds":
        headers["Retry-After"] = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    whole = {"status": 200, "body": honest.body, "cut_at": None, "hang": False, "drip": 0.0, **found}
    return Reply(**{**whole, "headers": headers})


def change(kind: str, texts: list[str], asked: Asked, dialect: Dialect) -> Reply:
    """Answer with something wrong about text b, or about all."""
    found: list[Any] = [translate(text) for text in texts]
    position = texts.index(TEXTS["b"])
    if kind == "reversed" and dialect.repeats and dialect.batches:
        return Reply(reverse(dialect.answer(found, asked)))
    if kind == "reversed":
        return Reply(dialect.answer(found[::-1], asked))
    if kind == "one less":
        return Reply(dialect.answer(found[:-1], asked))
    if kind == "one more":
        return Reply(dialect.answer([*found, "bir tane daha"], asked))
    if kind == "all foreign":
        return Reply(dialect.answer([Foreign("başkasının") for _ in texts], asked))
    found[position] = {"null": None, "empty": "", "foreign": Foreign("başkasının"), "source": TEXTS["b"]}[kind]
    return Reply(dialect.answer(found, asked))


def reverse(body: Any) -> Any:  # noqa: ANN401 - JSON is any
    """Turn the list of translations round, each with what names it."""
    if isinstance(body, list):
        return body[::-1]
    if "choices" in body:
        import json  # noqa: PLC0415 - the content of a completion is JSON in JSON

        message = body["choices"][0]["message"]
        content = json.loads(message["content"])
        message["content"] = json.dumps({"translations": content["translations"][::-1]})
        return body
    return {"translations": body["translations"][::-1]}


def serve(setting: Setting, case: dict[str, Any]) -> list[str]:
    """Let the service commit the fault; give the list that tells what each request held."""
    dialect, held = setting.dialect, list[str]()
    left = [case.get("strikes", 1_000)]
    honest = setting.service.handle

    def handle(asked: Asked) -> Reply:
        if asked.path.endswith(LISTS):
            return honest(asked)
        texts = dialect.texts(asked)
        held.append("".join(LETTERS[text] for text in texts))
        if TEXTS["b"] not in texts or not left[0]:
            return honest(asked)
        left[0] -= 1
        if "change" in case:
            return change(case["change"], texts, asked, dialect)
        return read_reply(case["reply"], honest(asked))

    setting.service.handle = handle
    return held


def ask(setting: Setting) -> list[Result]:
    # The list of languages is asked for by another request, which no fault strikes.
    assert setting.provider.supports("en", "tr")
    requests = [Request(text, letter) for letter, text in TEXTS.items()]
    results = setting.provider.translate(requests, Job("en", "tr"))
    assert [result.request for result in results] == requests
    return results


def become(results: Sequence[Result]) -> list[str]:
    """Say what became of each text: ``ok``, a code, or whose translation it got."""
    known = {translate(text): letter for letter, text in TEXTS.items()} | {"başkasının": "foreign"}
    found = []
    for result in results:
        owner = known.get(result.text or "", "?")
        found.append(result.error.code if result.error else "ok" if owner == result.request.id else owner)
    return found


def check(build: Build, name: str, case: dict[str, Any]) -> None:
    quick = {"timeout": 0.5} if case.get("reply", {}).get("hang") else {}
    slow = {"deadline": 0.5} if case.get("reply", {}).get("drip") == 0.05 else {}
    setting = build(name, translate, attempts=ATTEMPTS, **quick, **slow)
    held = serve(setting, case)
    results = ask(setting)
    wanted = expected(case, setting.dialect)
    assert (held, become(results)) == (wanted["requests"], wanted["become"])
    longest = max([0.0, *setting.time.slept])
    # No pause, but what the pace of a provider takes.
    assert longest < 1 if wanted["waits"] is None else wanted["waits"] <= longest < wanted["waits"] + 12


@pytest.mark.parametrize(("name", "fault"), matrix("whole"))
def test_a_request_that_fails(build: Build, name: str, fault: str) -> None:
    check(build, name, CASES["whole"][fault])


@pytest.mark.parametrize(("name", "fault"), matrix("answers"))
def test_an_answer_with_something_wrong(build: Build, name: str, fault: str) -> None:
    check(build, name, CASES["answers"][fault])


@pytest.mark.parametrize(
    ("name", "number"),
    [pytest.param(n, i, id=f"{n}-{case['code']}-{i}") for n in NAMES for i, case in enumerate(CASES["refusals"][n])],
)
def test_a_refusal_in_the_words_of_the_service(build: Build, name: str, number: int) -> None:
    case = CASES["refusals"][name][number]
    setting = build(name, translate, attempts=2)
    honest = setting.service.handle
    setting.service.handle = lambda asked: (
        honest(asked) if asked.path.endswith(LISTS) else Reply(case["body"], case["status"])
    )
    results = ask(setting)
    assert become(results) == [case["code"]] * 3
    assert results[0].error is not None
    assert results[0].error.ends_run == (case["code"] in {"auth", "quota", "setup"})
    if results[0].error.ends_run:
        assert len(setting.service.translations) == 1
    assert case.get("says", "") in str(results[0].error)


def test_every_provider_has_every_kind_of_refusal() -> None:
    assert set(CASES["refusals"]) == set(NAMES) == {make_dialect(name).name for name in NAMES}
    for name in NAMES:
        assert {"auth", "rate"} <= {case["code"] for case in CASES["refusals"][name]} | (
            {"rate"} if name == "deepl" else set()
        )
