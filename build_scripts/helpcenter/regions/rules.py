"""What can be wrong with facts on a given day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Place, finding
from helpcenter.regions.countries import find_odd_languages, find_odd_money, find_strangers, find_unready
from helpcenter.regions.facts import REGION_NAME, Confidence, Duration, nearest_text
from helpcenter.regions.limits import find_limits_broken
from helpcenter.regions.settings import ANYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from helpcenter.diagnostics import Finding
    from helpcenter.regions.facts import Fact
    from helpcenter.regions.settings import Conditions, Setting
    from helpcenter.regions.texts import Wording
    from helpcenter.regions.tree import Regions
    from helpcenter.regions.view import RegionView

_DAY = timedelta(1)


def check_regions(regions: Regions, on: date) -> list[Finding]:
    """Check all regions on a day: nothing is missing, expired, overdue, below the law, or in the wrong group.

    Args:
        regions: all regions.
        on: the build date.

    Returns:
        all findings; what a region inherits is reported where it is written, once.
    """
    found: dict[tuple[str, Place, str], Finding] = {}
    for region in sorted(regions.entries):
        checks = (_missing, _expired, find_limits_broken)
        for one in (one for check in checks for one in check(regions, region, on)):
            found.setdefault((one.code, one.place, one.message), one)
        found |= {(one.code, one.place, one.message): one for one in _gaps(regions, region)}
    found |= {(one.code, one.place, one.message): one for one in find_strangers(regions)}
    for entries in regions.entries.values():
        for facts in entries.values():
            for fact in facts:
                if fact.valid(on) and fact.review_by is not None and fact.review_by < on:
                    message = f"{fact.id} of {fact.region} was to be reviewed by {fact.review_by}"
                    help_ = f"ask {fact.owner} to look at it, and set the next date"
                    found[("", fact.place, "")] = finding("region-review-overdue", message, fact.place, help=help_)
    return sorted(found.values(), key=lambda one: (one.place.path, one.place.line or 0, one.code))


def _missing(regions: Regions, region: str, on: date) -> Iterator[Finding]:
    facts = regions.resolve(region, on)
    parent = regions.tree[region]
    for fact_id in regions.registry:
        # What the parent lacks is said of the parent.
        if fact_id not in facts and (
            parent is None or fact_id in regions.resolve(parent, on) or not _in_parents(regions, region)
        ):
            message = f"{region} has no value for {fact_id} on {on}"
            null = ", or null for 'there is none'" if regions.registry[fact_id].nullable else ""
            place = Place(f"{regions.folder}/{region}.yml")
            yield finding("region-fact-missing", message, place, help=f"give a value here or in a parent{null}")


def _in_parents(regions: Regions, region: str) -> bool:
    return any(ancestor in regions.entries for ancestor in regions.chain(region)[1:])


def _series(regions: Regions, region: str) -> Iterator[tuple[str, list[Fact]]]:
    """Give the values of each fact that follow each other: those for the same pages, oldest first."""
    for fact_id, facts in regions.entries[region].items():
        by_condition: dict[Conditions | None, list[Fact]] = {}
        for fact in facts:
            by_condition.setdefault(fact.when, []).append(fact)
        yield from ((fact_id, series) for series in by_condition.values())


def _expired(regions: Regions, region: str, on: date) -> Iterator[Finding]:
    for fact_id, facts in _series(regions, region):
        ended = [fact for fact in facts if fact.valid_to is not None and fact.valid_to < on]
        # What begins again is a gap between two values.
        if len(ended) == len(facts):
            current = regions.resolve(region, on).get(fact_id)
            instead = f"the value of {current.region} is used" if current else "there is no other"
            message = f"{fact_id} of {region} ended on {ended[-1].valid_to}: {instead}"
            help_ = "add the value that holds now, with 'valid_from'; if the parent's is right, repeat it here"
            yield finding("region-fact-gap", message, ended[-1].place, help=help_)


def _gaps(regions: Regions, region: str) -> Iterator[Finding]:
    """Find days between two values of a fact, those to come as well."""
    for fact_id, facts in _series(regions, region):
        for earlier, later in pairwise(facts):
            if earlier.valid_to is None or later.valid_from is None:
                continue
            first, last = earlier.valid_to + _DAY, later.valid_from - _DAY
            if first <= last:
                current = regions.resolve(region, first).get(fact_id)
                instead = f"the value of {current.region} is used" if current else "there is no other"
                message = f"{fact_id} of {region} has no value from {first} to {last}: {instead}"
                help_ = (
                    f"let one value end the day before the next begins; the one before is in line {earlier.place.line}"
                )
                yield finding("region-fact-gap", message, later.place, help=help_)


def check_published(regions: Regions, region: str, on: date) -> list[Finding]:
    """Check a region that a locale is for: it has what customers must be told, and money and languages that are known there.

    Raises:
        KeyError: no such region.
    """
    return [
        *find_unready(regions, region, on),
        *find_odd_money(regions, region, on),
        *find_odd_languages(regions, region, on),
    ]


def check_used(
    regions: Regions,
    region: str,
    used: Iterable[str],
    on: date,
    *,
    tag: str | None = None,
    wording: Wording | None = None,
    setting: Setting = ANYWHERE,
) -> list[Finding]:
    """Check the facts that published pages really use.

    Args:
        regions: all regions.
        region: of the locale.
        used: ids of facts (:func:`used_facts` of its pages).
        on: the build date.
        tag: language tag of the locale; when given, texts it would have to take from another language are reported.
        wording: what the locale's catalogs say for texts that the files lack.
        setting: the pages.

    Raises:
        KeyError: no such region.
    """
    view = regions.view(region, on, tag or "", wording, setting)
    facts = view.facts
    found = []
    for fact_id in sorted(set(used)):
        fact = facts.get(fact_id)
        if fact is None:
            continue
        if fact.confidence is Confidence.LOW:
            message = f"{fact_id} of {fact.region} is shown to readers in {region}, and nobody is sure of it"
            help_ = f"ask {fact.owner} to confirm it, then raise 'confidence'"
            found.append(finding("region-low-confidence", message, fact.place, help=help_))
        if tag is not None:
            found += _foreign_texts(regions.folder, view, fact, tag)
    return found


def _foreign_texts(folder: str, view: RegionView, fact: Fact, tag: str) -> Iterator[Finding]:
    from helpcenter.regions.formats import brand_name, wording  # noqa: PLC0415 - Babel costs 40 ms

    language = tag.split("-", maxsplit=1)[0]
    catalog = f"or translate it in locales/{tag}/catalog/_regions.po"
    if fact.type == "text" and isinstance(fact.value, dict) and not nearest_text(fact.value, tag)[1]:
        message = f"{fact.id} of {fact.region} has no text for {tag}"
        yield finding(
            "region-text-language", message, fact.place, help=f"add a line '{language}: …' to its value, {catalog}"
        )
    if fact.id == REGION_NAME and isinstance(fact.value, Mapping) and not nearest_text(fact.value, tag)[1]:
        help_ = f"add '{language}: …' to 'name' in its file"
        yield finding("region-text-language", f"{fact.region} has no name for {tag}", fact.place, help=help_)
    if fact.type == "methods" and isinstance(fact.value, tuple):
        for key in fact.value:
            if isinstance(key, str) and not brand_name(view.methods[key], tag)[1]:
                message = f"payment method '{key}' has no name for {tag}"
                place = Place(f"{folder}/methods.yml")
                yield finding(
                    "region-text-language", message, place, help=f"add a line '{language}: …' to its names, {catalog}"
                )
    if fact.type == "carrier" and isinstance(fact.value, str) and not brand_name(view.carriers[fact.value], tag)[1]:
        message = f"carrier '{fact.value}' has no name for {tag}"
        place = Place(f"{folder}/carriers.yml")
        yield finding(
            "region-text-language", message, place, help=f"add a line '{language}: …' to its names, {catalog}"
        )
    if isinstance(fact.value, Duration) and fact.value.unit == "working_days" and wording(tag).working_day is None:
        message = f"{fact.id} is in working days, and there is no wording for them in {tag}: readers are told more days"
        yield finding(
            "region-text-language",
            message,
            fact.place,
            help="give the value in days, or ask for the wording to be added",
        )
