"""How ``regions explain`` writes which rule decides a fact, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from helpcenter.diagnostics import printable
from helpcenter.regions.explanation import sources_of
from helpcenter.regions.facts import REGION_NAME
from helpcenter.regions.notation import describe_value, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from helpcenter.regions import Fact, Regions
    from helpcenter.regions.explanation import Explanation, Rule


def explanation_lines(
    one: Explanation, rules: Regions, on: date, views: Mapping[str, Mapping[str, str]], tag: str
) -> Iterator[str]:
    """Tell what a fact is, then of each rule what became of it and what vouches for it.

    Args:
        one: the explanation.
        rules: all regions.
        on: the day.
        views: locale → fact → its value as the locale's readers see it.
        tag: language of values.
    """
    value = "no value" if one.fact is None else describe_value(one.fact, tag, rules)
    yield f"{click.style(one.spec.id, bold=True)} in {one.region} on {on}: {click.style(printable(value), bold=True)}"
    yield f"{one.spec.kind}, {one.spec.type}. {printable(one.spec.description)}"
    for locale, texts in views.items():
        if one.spec.id in texts:
            yield f"{locale}: {printable(texts[one.spec.id])}"
    width = max(len(region) for region in one.chain)
    for rule in one.rules:
        yield ""
        won = rule.standing in {"holds", "is part"}
        written = printable(describe_value(rule.fact, tag, rules))
        name = click.style(f"{rule.fact.region:<{width}}", bold=won)
        yield f"  {name}  {_standing(rule)}: {written}"
        for key, text in _details(rule.fact, rules):
            yield f"  {'':<{width}}    {key:<10}  {printable(text)}"
    if not one.rules:
        nothing = f"nothing is said in {', '.join(one.chain)}"
        built_in = "from CLDR, or 'name' of the region's file"
        yield f"  {built_in if one.spec.id == REGION_NAME else nothing}"


def _standing(rule: Rule) -> str:
    match rule.standing:
        case "overridden":
            return f"overridden by {'another value of ' * (rule.winner == rule.fact.region)}{rule.winner}"
        case "ended":
            return f"ended on {rule.fact.valid_to}"
        case "later":
            return f"not before {rule.fact.valid_from}"
        case "on some pages":
            return f"only for {rule.fact.when}"
    return str(rule.standing)


def _details(fact: Fact, rules: Regions) -> Iterator[tuple[str, str]]:
    """Give what vouches for a rule, in the order in which somebody checks it."""
    if fact.law:
        yield "law", fact.law
    for source in sources_of(fact, rules):
        seen = f" (seen {source.seen})" if source.seen else ""
        yield "source", f"{source.url}{seen}" + (f": {source.what}" if source.what else "")
    if fact.when is not None:
        yield "only for", str(fact.when)
    if fact.valid_from or fact.valid_to:
        ends = [f"from {fact.valid_from}"] if fact.valid_from else []
        yield "valid", " ".join([*ends, *([f"until {fact.valid_to}"] if fact.valid_to else [])])
    yield "confidence", str(fact.confidence)
    if fact.owner:
        yield "owner", fact.owner + (f", reviews it by {fact.review_by}" if fact.review_by else "")
    if fact.note:
        yield "note", fact.note
    yield "place", f"{fact.place.path}:{fact.place.line}" if fact.place.line else fact.place.path


def explanation_data(
    one: Explanation, rules: Regions, on: date, views: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    """Give an explanation as JSON has it."""
    return {
        "fact": one.spec.id,
        "region": one.region,
        "chain": list(one.chain),
        "as_of": on.isoformat(),
        "type": one.spec.type,
        "kind": str(one.spec.kind),
        "description": one.spec.description,
        "has_value": one.fact is not None,
        "value": None if one.fact is None else plain_value(one.fact.value),
        "texts": {tag: texts[one.spec.id] for tag, texts in views.items() if one.spec.id in texts},
        "rules": [
            fact_data(rule.fact, rules) | {"standing": str(rule.standing), "overridden_by": rule.winner or None}
            for rule in one.rules
        ],
    }


def fact_data(fact: Fact, rules: Regions) -> dict[str, Any]:
    """Give a value of a region, and what vouches for it, as JSON has it."""
    return {
        "region": fact.region,
        "value": plain_value(fact.value),
        "when": {} if fact.when is None else {name: list(values) for name, values in fact.when.asked.items()},
        "valid_from": plain_value(fact.valid_from),
        "valid_to": plain_value(fact.valid_to),
        "law": fact.law,
        "sources": [{"url": one.url, "seen": one.seen, "what": one.what} for one in sources_of(fact, rules)],
        "confidence": str(fact.confidence),
        "owner": fact.owner,
        "review_by": plain_value(fact.review_by),
        "note": fact.note,
        "path": fact.place.path,
        "line": fact.place.line,
    }
