"""Structured data: what search engines read of a page, as JSON-LD in the words of schema.org, made of the same facts.

docs/structured-data.md says which page gets what, and whose documentation each property follows. All functions are pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from helpcenter.regions.facts import Duration, Money
from helpcenter.regions.settings import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from helpcenter.regions import Fact, OpeningHours, Regions
    from helpcenter.regions.facts import Organization
    from helpcenter.regions.settings import Setting

Data = dict[str, Any]

SCHEMA = "https://schema.org/"
_ARTICLES = frozenset({"faq", "guide", "tutorial", "policy"})
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WORKING_DAYS = 5
# What a return costs, who makes the label: the shop's choices in the enumerations of schema.org.
_FEES = {"buyer": "ReturnFeesCustomerResponsibility", "shop": "FreeReturn"}
_LABELS = {
    "none": "ReturnLabelCustomerResponsibility",
    "download": "ReturnLabelDownloadAndPrint",
    "enclosed": "ReturnLabelInBox",
}
# Google takes up to 50 countries for one policy.
_MOST_COUNTRIES = 50
# States and provinces are understood of these countries only (Google, ShippingService: addressRegion).
_WITH_STATES = frozenset({"AU", "JP", "US"})


class Market(NamedTuple):
    """A place that something is said of.

    Args:
        country: ISO 3166-1 code.
        part: ISO 3166-2 code without the country; empty for the whole country.
        facts: what holds there.
    """

    country: str
    part: str
    facts: Mapping[str, Fact]


@dataclass(frozen=True)
class Claims:
    """What the shop says of itself in one region; the same on every page of a locale.

    Args:
        organization: the shop without its policies; None where ``shop.yml`` does not say who it is.
        contact: ways to reach it.
        returns: return policies, without the address of the page that tells them.
        shipping: ways of delivery.
    """

    organization: Data | None
    contact: Data | None
    returns: tuple[Data, ...]
    shipping: tuple[Data, ...]


class Described(NamedTuple):
    """A page.

    Args:
        type: as in its front matter.
        topics: the first is the main one.
        is_home: whether it is the first page of the locale.
        title: in the language of its text.
        description: the same; may be empty.
        url: canonical address.
        language: of its text.
        updated: the day of its last change, or None where nobody noted it.
    """

    type: str
    topics: Sequence[str]
    is_home: bool
    title: str
    description: str
    url: str
    language: str
    updated: date | None = None


def make_claims(regions: Regions, region: str, on: date, setting: Setting = ANYWHERE) -> Claims:
    """Say what holds for the customers of a region on a day.

    The world makes no claim about a country: what holds in each is told by the locales that follow it.

    Args:
        regions: all regions.
        region: of the locale.
        on: the day.
        setting: the page that says it.

    Raises:
        KeyError: no such region.
    """
    markets = list(_markets(regions, region, on, setting))
    facts = regions.resolve(region, on, setting)
    organization = None if regions.organization is None else _organization(regions.organization)
    countries = sorted({market.country for market in markets})
    return Claims(
        organization,
        _contact(facts, countries, on),
        tuple(_return_policies(markets)),
        tuple(_shipping_services(markets)),
    )


def describe_page(page: Described, claims: Claims, site: tuple[str, str]) -> list[Data]:
    """Give the objects that a page carries, each with its ``@context``.

    Args:
        page: a real page: one that is not to be found by search engines carries nothing.
        claims: of its locale.
        site: name and address of the help center.
    """
    found = []
    if page.type in _ARTICLES:
        found.append(_article(page, claims.organization, site))
    organization = claims.organization
    if organization is not None:
        more = _policies_of(page, claims)
        if page.is_home or more:
            found.append(organization | more)
    return [{"@context": "https://schema.org", **one} for one in found]


def _policies_of(page: Described, claims: Claims) -> Data:
    """Give what the page tells of the shop: it is on the page for readers as well, as Google asks."""
    main = page.topics[0] if page.topics else ""
    contact = {"contactPoint": claims.contact} if claims.contact else {}
    if page.is_home or (main == "contact" and page.type in {"guide", "policy"}):
        return contact
    if main == "returns" and page.type == "policy":
        link = {"merchantReturnLink": page.url}
        policies = [policy | link for policy in claims.returns]
        # Without a country only the page itself can be named.
        return {"hasMerchantReturnPolicy": policies or [{"@type": "MerchantReturnPolicy", **link}]}
    if main == "delivery" and page.type in {"guide", "policy"} and claims.shipping:
        return {"hasShippingService": list(claims.shipping)}
    return {}


def _article(page: Described, organization: Data | None, site: tuple[str, str]) -> Data:
    name, url = site
    data: Data = {
        "@type": "Article",
        "headline": page.title,
        "inLanguage": page.language,
        "mainEntityOfPage": page.url,
        "isPartOf": {"@type": "WebSite", "name": name, "url": url},
    }
    if page.description:
        data["description"] = page.description
    if page.updated is not None:
        data["dateModified"] = page.updated.isoformat()
    if organization is not None:
        whose = {key: organization[key] for key in ("@type", "@id", "name", "url", "logo") if key in organization}
        data |= {"author": whose, "publisher": whose}
    return data


def _organization(shop: Organization) -> Data:
    data: Data = {"@type": "OnlineStore", "@id": f"{shop.url}#organization", "name": shop.name, "url": shop.url}
    if shop.legal_name:
        data["legalName"] = shop.legal_name
    if shop.logo:
        data["logo"] = shop.logo
    if shop.address:
        data["address"] = {
            "@type": "PostalAddress",
            "streetAddress": shop.address.street,
            "postalCode": shop.address.postal_code,
            "addressLocality": shop.address.city,
            **({"addressRegion": shop.address.region} if shop.address.region else {}),
            "addressCountry": shop.address.country,
        }
    return data


def _markets(regions: Regions, region: str, on: date, setting: Setting) -> Iterator[Market]:
    """Give the countries of a region, or the part of one, with what holds there; none for the world."""
    if regions.tree[region] is None:
        return
    country, _, part = region.partition("-")
    if part or not _is_group(regions, region):
        yield Market(country, part, regions.resolve(region, on, setting))
        return
    for other in regions.ids:
        if "-" not in other and not _is_group(regions, other) and regions.contains(region, other):
            yield Market(other, "", regions.resolve(other, on, setting))


def _is_group(regions: Regions, region: str) -> bool:
    return any(parent == region and "-" not in child for child, parent in regions.tree.items())


def _holding(facts: Mapping[str, Fact], fact_id: str) -> Any:  # noqa: ANN401 - a value of any type
    """Give a value that is there and is not "no"; None otherwise."""
    fact = facts.get(fact_id)
    return fact.value if fact is not None and fact.holds else None


def _is_served(market: Market) -> bool:
    fact = market.facts.get("market.served")
    return fact is None or fact.value is not False


def _return_policies(markets: Sequence[Market]) -> Iterator[Data]:
    """Give one policy for all countries in which the same holds."""
    found: list[tuple[Data, list[str]]] = []
    for market in markets:
        policy = _return_policy(market.facts)
        # A policy is a country's: for a part of one it would be said of the whole.
        if policy is None or market.part or not _is_served(market):
            continue
        countries = next((countries for known, countries in found if known == policy), None)
        if countries is None or len(countries) == _MOST_COUNTRIES:
            found.append((policy, [market.country]))
        else:
            countries.append(market.country)
    for policy, countries in found:
        yield {"@type": "MerchantReturnPolicy", "applicableCountry": countries, **policy}


def _return_policy(facts: Mapping[str, Fact]) -> Data | None:
    days = _whole_days(_holding(facts, "returns.window"))
    if days is None:
        return None
    data: Data = {
        "returnPolicyCategory": f"{SCHEMA}MerchantReturnFiniteReturnWindow",
        "merchantReturnDays": days,
    }
    if _holding(facts, "returns.carrier"):
        data["returnMethod"] = f"{SCHEMA}ReturnByMail"
    if (cost := _holding(facts, "returns.cost")) in _FEES:
        data["returnFees"] = SCHEMA + _FEES[cost]
    if (label := _holding(facts, "returns.label")) in _LABELS:
        data["returnLabelSource"] = SCHEMA + _LABELS[label]
    if _holding(facts, "refunds.processing"):
        data["refundType"] = f"{SCHEMA}FullRefund"
    return data


def _whole_days(value: object) -> int | None:
    """Give a period as a number of days; None where it is not exactly one."""
    if not isinstance(value, Duration) or value.low != value.high:
        return None
    return value.low * {"days": 1, "weeks": 7}[value.unit] if value.unit in {"days", "weeks"} else None


def _shipping_services(markets: Sequence[Market]) -> Iterator[Data]:
    for speed in ("standard", "express"):
        conditions = [one for market in markets for one in _conditions(market, speed)]
        if conditions:
            yield {
                "@type": "ShippingService",
                "fulfillmentType": f"{SCHEMA}FulfillmentTypeDelivery",
                "shippingConditions": conditions,
            }


def _conditions(market: Market, speed: str) -> Iterator[Data]:
    if market.part and market.country not in _WITH_STATES:
        return
    base: Data = {"@type": "ShippingConditions", "shippingDestination": _destination(market)}
    if not _is_served(market):
        if speed == "standard":
            yield base | {"doesNotShip": True}
        return
    price = _holding(market.facts, f"delivery.{speed}.price")
    transit = _transit(_holding(market.facts, f"delivery.{speed}.days"))
    if not isinstance(price, Money) or transit is None:
        return
    yield base | {"transitTime": transit, "shippingRate": _money(price)}
    free_from = _holding(market.facts, "delivery.free_from")
    if speed == "standard" and isinstance(free_from, Money):
        value = {"@type": "MonetaryAmount", "minValue": str(free_from.amount), "currency": free_from.currency}
        free = {"@type": "MonetaryAmount", "value": "0", "currency": free_from.currency}
        # Google takes the cheapest of all conditions that apply, so the other needs no upper end.
        yield base | {"transitTime": transit, "orderValue": value, "shippingRate": free}


def _destination(market: Market) -> Data:
    part = {"addressRegion": market.part} if market.part else {}
    return {"@type": "DefinedRegion", "addressCountry": market.country, **part}


def _money(value: Money) -> Data:
    return {"@type": "MonetaryAmount", "value": str(value.amount), "currency": value.currency}


def _transit(value: object) -> Data | None:
    """Write a time of delivery in days, and on which days of the week a parcel travels."""
    if not isinstance(value, Duration) or value.unit not in {"days", "working_days", "weeks"}:
        return None
    times = 7 if value.unit == "weeks" else 1
    days = _DAYS[:_WORKING_DAYS] if value.unit == "working_days" else _DAYS
    return {
        "@type": "ServicePeriod",
        "duration": {
            "@type": "QuantitativeValue",
            "minValue": value.low * times,
            "maxValue": value.high * times,
            "unitCode": "DAY",
        },
        "businessDays": [SCHEMA + day for day in days],
    }


def _contact(facts: Mapping[str, Fact], countries: Sequence[str], on: date) -> Data | None:
    ways = {"email": _holding(facts, "contact.email"), "telephone": _holding(facts, "contact.phone")}
    data: Data = {key: way for key, way in ways.items() if isinstance(way, str)}
    if not data:
        return None
    if languages := _holding(facts, "contact.languages"):
        data["availableLanguage"] = list(languages)
    if countries:
        data["areaServed"] = list(countries)
    if rows := _holding(facts, "contact.hours"):
        data["hoursAvailable"] = [period for row in rows for period in _opening_hours(row, on)]
    return {"@type": "ContactPoint", "contactType": "customer support", **data}


def _opening_hours(row: OpeningHours, on: date) -> Iterator[Data]:
    """Write opening hours with their distance to UTC, once for the season of the day, and once for the next.

    A time without it would be read as that of the reader's place; and one distance is wrong for half a year where clocks
    are changed.
    """
    zone = ZoneInfo(row.zone)
    days = [SCHEMA + _DAYS[day] for first, last in row.days for day in range(first, last + 1)]
    for first, last in _seasons(zone, on):
        offset = _offset(zone, first or on)
        yield {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": days,
            "opens": _clock(row.opens, offset),
            "closes": _clock(row.closes, offset),
            **({"validFrom": first.isoformat()} if first else {}),
            **({"validThrough": last.isoformat()} if last else {}),
        }


def _seasons(zone: ZoneInfo, on: date) -> list[tuple[date | None, date | None]]:
    """Give the first and last day of the time between two changes of the clock around a day, and those of the next."""
    begin, end = _change(zone, on, -1), _change(zone, on, 1)
    if end is None:
        return [(begin, None)]
    following = end + timedelta(days=1)
    return [(begin, end), (following, _change(zone, following, 1))]


def _change(zone: ZoneInfo, day: date, step: int) -> date | None:
    """Give the last day, from a day on, with the same distance to UTC at noon; None if it stays so for more than a year."""
    offset = _offset(zone, day)
    for _ in range(366):
        following = day + timedelta(days=step)
        if _offset(zone, following) != offset:
            return day
        day = following
    return None


def _offset(zone: ZoneInfo, day: date) -> timedelta:
    return datetime.combine(day, time(12), zone).utcoffset() or timedelta()


def _clock(moment: time, offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    sign, minutes = ("-", -minutes) if minutes < 0 else ("+", minutes)
    return f"{moment:%H:%M:%S}{sign}{minutes // 60:02}:{minutes % 60:02}"
