"""Region files and the world: what is known of countries anyway, and what a region needs before customers see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.diagnostics import Place, finding
from helpcenter.regions.cldr import members_of, official_languages, tender_of
from helpcenter.regions.facts import Kind, Money

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from helpcenter.diagnostics import Finding
    from helpcenter.regions.facts import Fact
    from helpcenter.regions.tree import Regions

METHODS, CURRENCY, REQUIRED_LANGUAGES = "payments.methods", "price.currency", "languages.required"
PRIVACY = "privacy.law"

# Of each line one must be known; a registry that has none of them has no such rule.
NEEDED = (
    ((METHODS,), "payment methods"),
    ((CURRENCY,), "a currency"),
    (("returns.window", "returns.withdrawal.days"), "a return rule"),
)
"""What every region needs whose customers read pages: ids of facts, and what they say."""


def find_strangers(regions: Regions) -> Iterator[Finding]:
    """Find regions that lie in a known group and are none of its members, or are members and lie outside of it."""
    for region, parent in sorted(regions.tree.items()):
        country = region.split("-", maxsplit=1)[0]
        place = Place(f"{regions.folder}/{region}.yml") if region in regions.entries else None
        if parent is not None and (members := members_of(parent)) and country not in members:
            message = f"{region} is no member of {parent}"
            here = place or Place(f"{regions.folder}/{parent}.yml")
            yield finding("region-stranger", message, here, help=f"give {region} another parent")
        for group in (one for one in regions.tree if region in members_of(one)):
            if place is not None and group not in regions.chain(region):
                message = f"{region} is a member of {group}, and does not lie in it"
                help_ = f"write 'parent: {group}' in {region}.yml, and list it under 'members' in {group}.yml"
                yield finding("region-stranger", message, place, help=help_)


def find_unready(regions: Regions, region: str, on: date) -> Iterator[Finding]:
    """Find what a region lacks that customers read pages of.

    Args:
        regions: all regions.
        region: that a locale is for.
        on: the day.
    """
    facts = regions.resolve(region, on)
    for ids, what in NEEDED:
        known = [fact_id for fact_id in ids if fact_id in regions.registry]
        if known and not any(fact_id in facts and facts[fact_id].holds for fact_id in known):
            fact = next((facts[fact_id] for fact_id in known if fact_id in facts), None)
            place = fact.place if fact else Place(f"{regions.folder}/{region}.yml")
            message = f"{region} has customers, and no {what.removeprefix('a ')}"
            help_ = f"give {' or '.join(known)} a value for {region}, or take its locales out of mkdocs.yml"
            yield finding("region-incomplete", message, place, help=help_)


def find_odd_money(regions: Regions, region: str, on: date) -> Iterator[Finding]:
    """Find prices in a currency that is not the region's, and amounts of the shop in another than its prices.

    A currency that the region's own file chooses, with a note, is meant so.
    """
    facts = regions.resolve(region, on)
    currency = facts.get(CURRENCY)
    if currency is None or not isinstance(currency.value, str):
        return
    country = region.split("-", maxsplit=1)[0]
    tender = tender_of(region, on)
    if tender and currency.value not in tender and not (currency.note and currency.region in {region, country}):
        message = f"prices in {region} are in {currency.value}, and money there is {' or '.join(tender)}"
        help_ = f"if that is meant so, say it in the region's own entry of {CURRENCY}, with a note"
        yield finding("region-currency", message, currency.place, help=help_)
    for fact in facts.values():
        if _is_price(regions, fact) and isinstance(fact.value, Money) and fact.value.currency != currency.value:
            message = f"{fact.id} in {region} is in {fact.value.currency}, and prices are in {currency.value}"
            help_ = f"give it in {currency.value} for {region}, or correct {CURRENCY} in {currency.place}"
            yield finding("region-mixed-currency", message, fact.place, help=help_)


def _is_price(regions: Regions, fact: Fact) -> bool:
    return fact.type == "money" and regions.registry[fact.id].kind is Kind.SHOP


def find_odd_languages(regions: Regions, region: str, on: date) -> Iterator[Finding]:
    """Find languages that are said to be required by law where they are none of the country's."""
    fact = regions.resolve(region, on).get(REQUIRED_LANGUAGES)
    official = official_languages(region)
    if fact is None or not isinstance(fact.value, tuple) or not official:
        return
    for language in fact.value:
        if isinstance(language, str) and language.split("-", maxsplit=1)[0] not in official:
            message = f"'{language}' is required in {region}, and is no official language there"
            help_ = f"official languages: {', '.join(official)}"
            yield finding("region-required-language", message, fact.place, help=help_)
