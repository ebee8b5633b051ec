"""What is true where the reader lives: each locale shows the rules of its region, and no other's."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from lxml import html as lxml_html

from helpcenter.search import load_index

if TYPE_CHECKING:
    from built_pages import Site

    from demo_project import DemoProject

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("site")]

CASES: dict[str, dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "cases" / "regions.yml").read_text("utf-8"))
# What stands beside an amount; of `$` only where no letter makes it another country's.
SIGNS = {
    "€": r"€|\bEUR\b",
    "£": r"£|\bGBP\b",
    "$": r"(?<![A-Z])\$|US\$|\bUSD\b",
    "R$": r"R\$|\bBRL\b",
    "₺": r"₺|\bTRY\b",
    "TL": r"\bTL\b",
    "₽": r"₽|\bRUB\b",
    "CHF": r"\bCHF\b",
    "ر.س": r"ر\.س|\bSAR\b",
    "¥": r"¥|\bCNY\b",
    "₸": r"₸|\bKZT\b",
    "NOK": r"\bkr\b|\bNOK\b",
}
# Facts whose values name a country's own law or authority.
OWN = ("returns.withdrawal.law", "warranty.law", "privacy.law", "privacy.regulator", "disputes.body")


def plain(text: str) -> str:
    return re.sub(r"[\s\u00a0\u202f\u2066-\u2069\u200e\u200f\u061c]+", " ", text)


@cache
def region_files(folder: Path) -> dict[str, dict[str, Any]]:
    return {
        path.stem: yaml.safe_load(path.read_text("utf-8")) for path in folder.glob("*.yml") if not path.stem.islower()
    }


@cache
def carriers(folder: Path) -> dict[str, dict[str, str]]:
    """Give the carriers that the shop uses, in the markets where it does, with their names in every language."""
    table = yaml.safe_load((folder / "carriers.yml").read_text("utf-8"))["carriers"]
    markets = yaml.safe_load((folder.parent / "shop.yml").read_text("utf-8"))["markets"]
    named: dict[str, dict[str, str]] = {}
    for market, choices in markets.items():
        for part in ("delivery", "returns"):
            key = choices.get(part, {}).get("carrier")
            key = key["value"] if isinstance(key, dict) else key
            if key is not None:
                named.setdefault(market, {})[key] = table[key]["name"]
                named[market] |= {f"{key} {language}": name for language, name in table[key].get("names", {}).items()}
    return named


def chain(folder: Path, region: str) -> list[str]:
    parent = region_files(folder)[region].get("parent")
    return [region, *(chain(folder, parent) if parent else [])]


def named(folder: Path, region: str) -> set[str]:
    """Give the laws, authorities and carriers that the file of a region names, in every language."""
    values = [fact.get("value") for fact in region_files(folder)[region]["facts"] if fact["id"] in OWN]
    texts = [text for value in values for text in (value.values() if isinstance(value, dict) else [value])]
    return {str(text) for text in texts if text is not None} | set(carriers(folder).get(region, {}).values())


def test_there_is_a_case_for_every_locale(site: Site):
    assert set(CASES) == set(site.locales)


@pytest.mark.parametrize("tag", CASES)
def test_pages_show_the_rules_of_their_region(site: Site, tag: str):
    missing = []
    for url, texts in CASES[tag]["shows"].items():
        page = site.page(tag, url)
        text = plain(page.article_text + " " + " ".join(page.values("//article//@href")))
        missing += [f"{url}: {spellings}" for spellings in texts if not any(plain(one) in text for one in spellings)]
    assert not missing


@pytest.mark.parametrize("tag", CASES)
def test_no_amount_of_another_region_is_shown(site: Site, tag: str):
    foreign = {sign: pattern for sign, pattern in SIGNS.items() if sign not in CASES[tag]["money"]}
    found = [
        f"{page.url}: {sign} in {match.group()!r}"
        for page in site.pages(tag)
        for sign, pattern in foreign.items()
        for match in [re.search(rf".{{0,30}}({pattern}).{{0,30}}", page.article_text)]
        if match
    ]
    assert not found
    own = "|".join(SIGNS[sign] for sign in CASES[tag]["money"])
    assert any(re.search(own, page.article_text) for page in site.pages(tag))


@pytest.mark.parametrize("tag", CASES)
def test_no_law_authority_or_carrier_of_another_region_is_named(site: Site, tag: str):
    folder = site.sources / "regions"
    own = site.sources / tag / "locale.yml"
    # A locale without a file of its own has the region of its tag.
    region = yaml.safe_load(own.read_text("utf-8"))["region"] if own.exists() else tag.rpartition("-")[2]
    ours = {name for one in chain(folder, region) for name in named(folder, one)}
    others = {name for one in region_files(folder) for name in named(folder, one)} - ours
    # A name that is part of one of ours would be found in it.
    foreign = {name for name in others if len(name) > 3 and not any(name in own for own in ours)}
    assert len(foreign) > 30
    found = [f"{page.url}: {name}" for page in site.pages(tag) for name in foreign if name in page.text]
    assert not found


def test_search_knows_no_rule_of_another_region(site: Site):
    for tag, stranger in (("de", "CHF"), ("de-AT", "DHL"), ("de-CH", "DSGVO"), ("tr", "€"), ("en-GB", "€")):
        assert stranger not in searched(site, tag), (tag, stranger)
    assert "DHL" in searched(site, "de")


def searched(site: Site, tag: str) -> str:
    """Give all texts of pages that the search of a locale has."""
    return repr(load_index(site.folder / tag / "search").documents)


# A rule holds from its first day to its last: day -> locale, page, what to look for, whether it is there.
WITHDRAWAL = ".//a[@href='https://www.pellavo.example/withdraw']"
CHARGES = ".//ul/li/strong"
DATED: dict[str, list[tuple[str, str, str, bool]]] = {
    "2026-02-05": [("tr", "guides/customs-duties-taxes/", CHARGES, True)],
    "2026-02-06": [("tr", "guides/customs-duties-taxes/", CHARGES, False)],
    "2026-06-18": [("de", "tutorials/return-an-item/", WITHDRAWAL, False)],
    "2026-06-19": [("de", "tutorials/return-an-item/", WITHDRAWAL, True)],
}


def test_a_site_of_another_day_shows_the_rules_of_that_day(small: DemoProject):
    wrong = []
    for day, cases in DATED.items():
        small.build(*(word for tag in sorted({case[0] for case in cases}) for word in ("--locale", tag)), day=day)
        for tag, url, path, there in cases:
            article = lxml_html.fromstring((small.site / tag / url / "index.html").read_bytes()).find(".//article")
            if bool(article.xpath(path)) is not there:
                wrong.append(f"{day} {tag}/{url}: {path}")
    assert not wrong
