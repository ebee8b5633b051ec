"""Change one digit, currency, payment method or carrier in a published translation, many times, and count what is found.

    python tests/benchmarks/drift.py [--number 100] [--seed 1] [--all]

Translations are those of the demo that somebody has signed (catalogs of pages and of region files), the texts by language
and the names in its region files, tables and ``shop.yml``, and a page in nine languages with what the demo leaves to facts
(``drift.yml``).
Each change is judged by itself, with its file otherwise as it is; it counts as found only when there is a finding that was not
there before.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import yaml
from babel import Locale
from babel.numbers import get_currency_name

sys.path.insert(0, str(Path(__file__).parents[1]))

from helpcenter.catalog import State, catalog_path, load_catalog
from helpcenter.catalog.keys import REGIONS, split_key
from helpcenter.checks.gate import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.checks.quality import direction_of
from helpcenter.content import load_pages
from helpcenter.project import load_project
from helpcenter.quality import Direction, Pair, find_problems
from helpcenter.quality.numerals import UNSPACED
from helpcenter.regions import check_texts, load_regions
from helpcenter.regions.brands import brands_of

if TYPE_CHECKING:
    from helpcenter.content import Page
    from helpcenter.project import Project
    from helpcenter.quality import Brand
    from helpcenter.regions import Regions
    from helpcenter.regions.facts import Carrier, Method

ROOT = Path(__file__).parents[2]
SAMPLE = Path(__file__).with_name("drift.yml")
SIGNED = (State.REVIEWED, State.APPROVED)
CODES = ("EUR", "USD", "GBP", "TRY", "RUB", "CHF", "CNY", "BRL", "SAR", "JPY")
SIGNS = ("€", "£", "₺", "₽", "$")

Judge = Callable[[str], frozenset[str]]


@dataclass(frozen=True)
class Spot:
    """A translation in which something can be changed.

    Args:
        where: file and what it belongs to.
        tag: its language.
        text: as it is published.
        words: the same, as long, without what is sealed.
        judge: gives the findings with another text in its place.
        names: the names of brands it may hold; of the name of a brand itself, the others it could be.
        is_name: whether all of it is a name.
    """

    where: str
    tag: str
    text: str
    words: str
    judge: Judge
    names: tuple[tuple[str, ...], ...] = ()
    is_name: bool = False


@dataclass(frozen=True)
class Change:
    """What was changed where: ``digit``, ``currency`` or ``brand``."""

    kind: str
    spot: Spot
    old: str
    new: str
    text: str


def change_digit(spot: Spot, dice: random.Random) -> Change | None:
    """Change one digit into another."""
    found = [match for match in re.finditer(r"\d", spot.words) if not spot.is_name]
    if not found:
        return None
    match = dice.choice(found)
    new = str((int(match[0]) + dice.randint(1, 9)) % 10)
    return _put("digit", spot, match, new)


def change_currency(spot: Spot, dice: random.Random) -> Change | None:
    """Change a currency into another one, written in the same way: sign, code or name."""
    ways: list[Sequence[str]] = [SIGNS, CODES, *_currency_names(spot.tag)]
    found = []
    for way in ways if not spot.is_name else []:
        for one in way:
            # In Arabic the article is written with the word; where no space ends a word, there are no edges at all.
            before = r"(?<!\w)" if one[0].isalpha() and spot.tag[:2] not in UNSPACED | {"ar"} else ""
            after = r"(?!\w)" if one[-1].isalpha() and spot.tag[:2] not in UNSPACED else ""
            found += [(match, one, way) for match in re.finditer(before + re.escape(one) + after, spot.words)]
    if not found:
        return None
    match, old, way = dice.choice(found)
    return _put("currency", spot, match, dice.choice([one for one in way if one != old]))


@cache
def _currency_names(tag: str) -> list[tuple[str, ...]]:
    """Give the names of currencies in each form; those that are not told apart by their nouns are left out."""
    locale = Locale.parse(tag, sep="-")
    codes = ("EUR", "USD", "RUB", "CHF", "CNY")
    forms = [tuple(str(get_currency_name(code, count, locale)) for code in codes) for count in (None, 1, 2, 5)]
    return [tuple(dict.fromkeys(form)) for form in forms]


def change_brand(spot: Spot, dice: random.Random) -> Change | None:
    """Change a payment method or carrier into another one."""
    if spot.is_name:
        others = [name for names in spot.names for name in names if name != spot.text]
        new = dice.choice(others)
        return Change("brand", spot, spot.text, new, new)
    found = []
    for names in spot.names:
        for name in names:
            pattern = rf"(?<![A-Za-z\u00c0-\u024f]){re.escape(name)}(?![A-Za-z\u00c0-\u024f])"
            found += [(match, names) for match in re.finditer(pattern, spot.words)]
    # The longest that begins there: DHL stands in "DHL Express".
    found = [one for one in found if not any(_is_within(one[0], other[0]) for other in found)]
    if not found:
        return None
    match, own = dice.choice(found)
    others = [names for names in spot.names if names is not own and not any(name in spot.text for name in names)]
    return _put("brand", spot, match, dice.choice(dice.choice(others)))


def _is_within(one: re.Match[str], other: re.Match[str]) -> bool:
    return one.span() != other.span() and other.start() <= one.start() and one.end() <= other.end()


def _put(kind: str, spot: Spot, match: re.Match[str], new: str) -> Change:
    text = spot.text[: match.start()] + new + spot.text[match.end() :]
    return Change(kind, spot, match[0], new, text)


KINDS = MappingProxyType({"digit": change_digit, "currency": change_currency, "brand": change_brand})


def list_catalog_spots(project: Project, brands: tuple[Brand, ...]) -> Iterator[Spot]:
    """Give the signed translations of all pages, and of the texts of region files."""
    pages, _ = load_pages(project.content, project.root, project.configuration.settings.front_matter)
    gate = Gate(markdown_config(project))
    names = tuple(brand.names for brand in brands)
    for locale in project.targets:
        direction = direction_of(project, locale)
        for path in [page.path for page in pages] + [REGIONS]:
            file = catalog_path(project.catalog_folder(locale.tag), path)
            if not file.is_file():
                continue
            page = next((page for page in pages if page.path == path), None)
            entries = load_catalog(file, path, project.root).active
            texts = {entry.msgid: entry.msgstr for entry in entries if entry.msgstr}
            for entry in entries:
                if not entry.msgstr or entry.state not in SIGNED or entry.kind == "keyword":
                    continue
                is_string = page is None
                source = split_key(entry.msgid).text if is_string else entry.msgid
                pair = Pair(source, entry.msgstr, entry.kind, page.labels if page else frozenset(), is_string)
                judge = _judge_entry(gate, page, texts, entry.msgid, pair, direction)
                yield Spot(f"{locale.tag} {path}", locale.tag, entry.msgstr, pair.text_words, judge, names)


def _judge_entry(
    gate: Gate, page: Page | None, texts: Mapping[str, str], key: str, pair: Pair, direction: Direction
) -> Judge:
    def judge(text: str) -> frozenset[str]:
        problems = find_problems(replace(pair, text=text), direction)
        refused = gate.judge(page, {**texts, key: text}) if page is not None else ()
        return frozenset(one.message for one in (*problems, *refused))

    return judge


def list_region_spots(regions: Regions, root: Path, brands: tuple[Brand, ...]) -> Iterator[Spot]:
    """Give the texts by language of facts, and the names of methods and carriers in other languages than English."""
    names = tuple(brand.names for brand in brands)

    def with_fact(region: str, fact_id: str, index: int, tag: str) -> Judge:
        def judge(text: str) -> frozenset[str]:
            facts = list(regions.entries[region][fact_id])
            value = facts[index].value
            assert isinstance(value, Mapping)
            facts[index] = replace(facts[index], value={**value, tag: text})
            entries = {**regions.entries, region: {**regions.entries[region], fact_id: tuple(facts)}}
            return frozenset(one.message for one in check_texts(replace(regions, entries=entries), root))

        return judge

    for region, entries in regions.entries.items():
        for fact_id, facts in entries.items():
            for index, fact in enumerate(facts):
                if fact.type != "text" or not isinstance(fact.value, Mapping):
                    continue
                for tag, text in fact.value.items():
                    if tag != "en":
                        where = f"{fact.place.path} {fact_id} {tag}"
                        yield Spot(where, tag, text, text, with_fact(region, fact_id, index, tag), names)
    yield from _list_names("methods", regions, root)
    yield from _list_names("carriers", regions, root)


def _list_names(table: str, regions: Regions, root: Path) -> Iterator[Spot]:
    rows: Mapping[str, Method | Carrier] = getattr(regions, table)

    def with_name(key: str, tag: str) -> Judge:
        def judge(text: str) -> frozenset[str]:
            changed = replace(rows[key], names={**rows[key].names, tag: text})
            tables: Any = {table: {**rows, key: changed}}
            return frozenset(one.message for one in check_texts(replace(regions, **tables), root))

        return judge

    for key, row in rows.items():
        for tag, text in row.names.items():
            others = [one for other, one in rows.items() if other != key]
            known = tuple((one.names.get(tag) or one.name or one.names["en"],) for one in others)
            if tag != "en":
                yield Spot(f"{table}.yml {key} {tag}", tag, text, text, with_name(key, tag), known, is_name=True)


def list_sample_spots(brands: tuple[Brand, ...]) -> Iterator[Spot]:
    """Give the translations of the page with amounts, currencies and brands."""
    known = {name for brand in brands for name in brand.names}
    # Whatever the tables of the demo hold.
    more = [(name,) for name in ("PayPal", "Klarna", "Apple Pay", "DHL Express", "UPS", "Visa", "Mastercard")]
    from helpcenter.quality import Brand  # noqa: PLC0415 - only for these

    brands += tuple(Brand(f"sample.{names[0]}", names) for names in more if names[0] not in known)
    for number, segment in enumerate(yaml.safe_load(SAMPLE.read_text("utf-8"))):
        for tag, text in segment.items():
            if tag == "en":
                continue

            def judge(changed: str, source: str = segment["en"], tag: str = tag) -> frozenset[str]:
                pair = Pair(source, changed, "paragraph")
                return frozenset(one.message for one in find_problems(pair, Direction("en", tag, brands=brands)))

            names = tuple(brand.names for brand in brands)
            yield Spot(f"drift.yml {number} {tag}", tag, text, Pair("", text).text_words, judge, names)


def list_spots(root: Path) -> list[Spot]:
    """Give all translations of the demo and of the sample."""
    project = load_project(root)
    regions, found = load_regions(project.regions_folder, root)
    assert regions is not None, found
    brands = brands_of((*regions.methods.values(), *regions.carriers.values()))
    return [
        *list_catalog_spots(project, brands),
        *list_region_spots(regions, root, brands),
        *list_sample_spots(brands),
    ]


def plant(spots: Sequence[Spot], number: int, seed: int) -> list[Change]:
    """Plan changes of all kinds in turn, each in another text as long as there are any, from all files alike."""
    rows = [list(_plant_kind(kind, spots, seed)) for kind in KINDS]
    turns = [change for turn in zip_longest(*rows) for change in turn if change is not None]
    return turns[:number]


def _plant_kind(kind: str, spots: Sequence[Spot], seed: int) -> Iterator[Change]:
    dice = random.Random(f"{seed} {kind}")  # noqa: S311 - repeatable, no secret
    files: dict[str, list[Change]] = defaultdict(list)
    for spot in dice.sample(spots, len(spots)):
        change = KINDS[kind](spot, dice)
        if change is not None and change.text != spot.text:
            files[spot.where.split(" ", maxsplit=1)[0]].append(change)
    return (change for turn in zip_longest(*files.values()) for change in turn if change is not None)


def find_missed(changes: Iterable[Change]) -> list[Change]:
    """Judge each change; give those that nobody noticed."""
    return [change for change in changes if not change.spot.judge(change.text) - change.spot.judge(change.spot.text)]


def main() -> int:
    """Change, count, print, and fail where one is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--all", action="store_true", help="every text that a change can be made in, once for each kind"
    )
    options = parser.parse_args()
    spots = list_spots(ROOT)
    healthy = [one for spot in spots if spot.where.startswith("drift.yml") for one in spot.judge(spot.text)]
    changes = plant(spots, 1_000_000 if options.all else options.number, options.seed)
    missed = find_missed(changes)
    lines = [f"{len(spots)} translations; {len(healthy)} findings in the unchanged sample", *healthy]
    planted, lost = Counter(one.kind for one in changes), Counter(one.kind for one in missed)
    lines += [f"{kind}: {planted[kind] - lost[kind]} of {planted[kind]} found" for kind in KINDS]
    lines += [f"  missed {one.kind} {one.old!r} → {one.new!r} in {one.spot.where}: {one.text}" for one in missed]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
