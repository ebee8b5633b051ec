"""Providers of other packages: what their authors get wrong is told, and costs no more than the texts it concerns."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from helpcenter.translate import Job, Limits, OptionError, ProviderError, Request, Result
from helpcenter.translate.foreign import ForeignProvider, find_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

JOB = Job("en", "tr")
REQUESTS = [Request(text, text) for text in ("one", "two", "three")]
SECRET = "sk-123456"  # noqa: S105 - no password


class Shouting:
    """The least that a package has to bring."""

    limits = Limits(max_chars=100, max_items=10, concurrency=1)

    def supports(self, source: str, target: str) -> bool:
        return (source, target) == ("en", "tr")

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        assert job is JOB
        return [shout(request) for request in requests]


def shout(request: Request) -> Result:
    return Result(request, text=request.text.upper())


def provider(**attributes: object) -> ForeignProvider:
    made = Shouting()
    vars(made).update(attributes)
    assert find_problems(made) == []
    return ForeignProvider("shouting", made)


def ask(answer: Callable[[list[Request]], Any]) -> list[str]:
    results = provider(translate=lambda requests, _job: answer(requests)).translate(REQUESTS, JOB)
    assert [result.request for result in results] == REQUESTS
    return [f"<{result.error.code}> {result.error.message}" if result.error else str(result.text) for result in results]


def test_the_least_is_enough() -> None:
    made = provider()
    assert (made.name, made.style, made.cost_per_million) == ("shouting", "mask", None)
    assert made.supports("en", "tr")
    assert not made.supports("en", "de")
    assert made.count_billed("four") == 4
    assert [result.text for result in made.translate(REQUESTS, JOB)] == ["ONE", "TWO", "THREE"]


def test_the_example_of_the_documentation_is_a_provider() -> None:
    page = (Path(__file__).parents[2] / "docs/providers.md").read_text("utf-8")
    code = page.partition("## A provider of your own")[2].partition("```python\n")[2].partition("```")[0]
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102 - what readers are told to run
    made = names["make_shouting"]({}, {})
    assert find_problems(made) == []
    results = ForeignProvider("shouting", made).translate([Request("Pay __PH0__ now", "1")], JOB)
    assert [result.text for result in results] == ["PAY __PH0__ NOW"]
    with pytest.raises(OptionError, match="unknown option 'volum'"):
        names["make_shouting"]({"volum": 3}, {})


def test_a_price_may_be_any_number() -> None:
    for price in (10, 10.0, "10", Decimal(10)):
        assert provider(cost_per_million=price).cost_per_million == Decimal(10)


@pytest.mark.parametrize(
    ("attributes", "problem"),
    [
        ({"limits": None}, "its attribute 'limits' is no helpcenter.translate.Limits"),
        ({"limits": {"max_chars": 5}}, "its attribute 'limits' is no helpcenter.translate.Limits"),
        ({"limits": Limits(0, 1, 1)}, "one of its limits is less than 1"),
        ({"style": "tags"}, "its attribute 'style' is 'tags', not one of mask, xml, html"),
        ({"cost_per_million": "cheap"}, "its attribute 'cost_per_million' is neither a number nor None"),
        ({"translate": lambda _a, _b, _c: []}, "its method 'translate' does not take (requests, job)"),
        ({"translate": None}, "its method 'translate' does not take (requests, job)"),
        ({"supports": lambda: True}, "its method 'supports' does not take (source, target)"),
    ],
)
def test_what_is_no_provider_is_told(attributes: dict[str, object], problem: str) -> None:
    made = Shouting()
    vars(made).update(attributes)
    assert find_problems(made) == [problem]


def test_all_problems_are_told_at_once() -> None:
    assert len(find_problems(SimpleNamespace(style="x", cost_per_million="y"))) == 5
    assert find_problems(Shouting) == ["its factory gives the class itself instead of a provider"]
    assert find_problems(None) == ["its factory gives None instead of a provider"]


def test_an_exception_is_an_error_of_its_texts_with_its_place_and_no_words() -> None:
    def fail(_: list[Request]) -> None:
        raise ValueError(SECRET)

    (message,) = set(ask(fail))
    assert message.startswith("<internal> shouting failed inside: ValueError (test_foreign_providers.py:")
    assert SECRET not in message


def test_results_find_their_requests() -> None:
    assert ask(lambda requests: (shout(request) for request in requests)) == ["ONE", "TWO", "THREE"]
    assert ask(lambda requests: [shout(request) for request in reversed(requests)]) == ["ONE", "TWO", "THREE"]


def test_what_is_missing_or_foreign_is_an_error_of_that_text() -> None:
    missing = "<response> shouting gave no result for this text"
    assert ask(lambda requests: [shout(request) for request in requests[1:]]) == [missing, "TWO", "THREE"]
    assert ask(lambda requests: [shout(Request(r.text, "x")) for r in requests]) == [missing] * 3
    assert ask(lambda requests: [r.text.upper() for r in requests]) == [missing] * 3
    assert ask(lambda _: []) == [missing] * 3
    assert ask(lambda _: None)[0].startswith("<internal> shouting failed inside: TypeError")


def test_what_is_no_text_and_no_error_is_one() -> None:
    assert ask(lambda requests: [Result(r, text=5) for r in requests])[0] == (  # type: ignore[arg-type]
        "<response> shouting gave int for a translation or an error"
    )
    assert ask(lambda requests: [Result(r, error="no") for r in requests])[0] == (  # type: ignore[arg-type]
        "<response> shouting gave str for a translation or an error"
    )
    bogus = ProviderError("bogus", "it broke")  # type: ignore[arg-type]
    assert ask(lambda requests: [Result(r, error=bogus) for r in requests])[0] == (
        "<internal> it broke; 'bogus' is no code that helpcenter knows"
    )


def test_a_question_that_fails_is_answered_with_yes() -> None:
    def fail(*_: str) -> bool:
        raise KeyError

    assert provider(supports=fail).supports("en", "de")
    assert provider(count_billed=fail).count_billed("four") == 4
