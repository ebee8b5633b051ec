"""Plant faults in the demo's reviewed translations, one at a time, and count those that the checks find.

    python tests/benchmarks/faults.py [--number 300] [--seed 1] [--all]

Each fault is judged with all other texts of its page as they are: by the gate, the glossary and the checks of quality, as
``helpcenter check`` does. It counts as found only when there is a finding more than without it, of a code that says what is
wrong. What a translation cannot break is not planted: a list that it begins, for one, is written so that it begins none.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import islice, zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from faultkinds import KINDS, LEXICON, Case, Kind

from demo_project import copy_demo
from helpcenter.catalog import (
    Signature,
    State,
    catalog_path,
    extract_locale,
    load_catalog,
    save_catalog,
)
from helpcenter.catalog.glossary import load_glossary
from helpcenter.checks.gate import Gate
from helpcenter.checks.glossary import check_glossary
from helpcenter.checks.inspection import markdown_config
from helpcenter.checks.misplaced import check_misplaced
from helpcenter.checks.quality import check_quality, direction_of
from helpcenter.content import load_pages
from helpcenter.project import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.catalog import Entry
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.content import Page
    from helpcenter.project import Project

TAGS = ("tr", "ru", "de", "ar", "zh-CN")
FORMAL = ("tr", "ru", "de", "zh-CN")
SAMPLE = "guides/faults-sample.md"
SIGNED = (State.REVIEWED, State.APPROVED)


@dataclass(frozen=True)
class Fault:
    """A planted fault.

    Args:
        kind: what is wrong.
        case: what it was planted in.
        text: the damaged translation.
    """

    kind: Kind
    case: Case
    text: str


class Judge:
    """Gives the codes of all findings on a page of a locale.

    Args:
        project: the project.
        pages: its pages.
    """

    def __init__(self, project: Project, pages: Sequence[Page]) -> None:
        self.project = project
        self.pages = {page.path: page for page in pages}
        self._gate = Gate(markdown_config(project))
        self.glossaries: dict[str, Glossary] = {
            tag: load_glossary(project.locales_folder / tag, project.root, project.source.tag)[0] for tag in TAGS
        }
        self.entries: dict[tuple[str, str], list[Entry]] = {}
        for tag in TAGS:
            for path in self.pages:
                file = catalog_path(project.catalog_folder(tag), path)
                active = load_catalog(file, path, project.root).active
                self.entries[tag, path] = [entry for entry in active if entry.msgstr]
        self._healthy: dict[tuple[str, str], Counter[str]] = {}

    def judge(self, tag: str, path: str, entries: Sequence[Entry]) -> Counter[str]:
        """Count the findings on a page by code."""
        page, locale = self.pages[path], self.project.locales[tag]
        texts = {entry.msgid: entry.msgstr for entry in entries}
        found = [verdict.code for verdict in self._gate.judge(page, texts)]
        direction = direction_of(self.project, locale)
        found += [
            one.code
            for one in check_glossary(self.project, path, entries, direction, self.glossaries[tag], page.labels)
        ]
        # Texts of other pages cannot be those of this one: a fault takes them from its own page.
        found += [one.code for one in check_misplaced(self.project, {path: entries}, direction)]
        found += [one.code for one in check_quality(self.project, path, entries, direction, page.labels)]
        return Counter(found)

    def find(self, fault: Fault) -> Counter[str]:
        """Give the findings that a page has only because of a fault."""
        key = fault.case.tag, fault.case.page.path
        entries = self.entries[key]
        if key not in self._healthy:
            self._healthy[key] = self.judge(*key, entries)
        damaged = [
            replace(entry, msgstr=fault.text) if entry.msgid == fault.case.entry.msgid else entry for entry in entries
        ]
        return self.judge(*key, damaged) - self._healthy[key]


def write_sample(root: Path) -> None:
    """Add a page with all that the demo has no use for, and let every locale address its readers formally."""
    body = "\n\n".join(segment["en"] for segment in [*LEXICON["page"], *LEXICON["notes"]])
    head = "---\ntitle: Sizes, prices and care\ntype: guide\nsummary: Numbers, units and notes of all kinds.\n---\n"
    (root / "content" / SAMPLE).write_text(f"{head}{body}\n", "utf-8")
    for tag in FORMAL:
        file = root / "locales" / tag / "locale.yml"
        text = file.read_text("utf-8")
        if not re.search(r"^formality:", text, re.MULTILINE):
            file.write_text(f"{text.rstrip()}\nformality: formal\n", "utf-8")


def translate_sample(project: Project, pages: Sequence[Page]) -> None:
    """Write the reviewed catalogs of the page that was added."""
    signature = Signature("examiner@pellavo.example", "2026-11-26")
    for tag in TAGS:
        locale = project.locales[tag]
        extract_locale(project, pages, locale)
        file = catalog_path(project.catalog_folder(tag), SAMPLE)
        catalog = load_catalog(file, SAMPLE, project.root)
        # A note's text is a segment without its label.
        known = {
            _without_label(segment["en"]): _without_label(segment[tag])
            for segment in [*LEXICON["page"], *LEXICON["notes"]]
        }
        entries = [
            replace(entry, msgstr=known[entry.msgid]).with_signature(signature, State.REVIEWED)
            if entry.msgid in known
            else entry
            for entry in catalog.entries
        ]
        missing = known.keys() - {entry.msgid for entry in entries}
        assert not missing, missing
        save_catalog(file, replace(catalog, entries=tuple(entries)), locale.tag)


def _without_label(text: str) -> str:
    return re.sub(r"^\[\^\w+\]: ", "", text)


def list_cases(judge: Judge) -> list[Case]:
    """Give all signed texts that readers see; not what customers type."""
    cases = []
    for (tag, path), entries in judge.entries.items():
        for entry in entries:
            if entry.state not in SIGNED or entry.kind == "keyword":
                continue
            others = tuple(
                other.msgstr for other in entries if other.kind == entry.kind and other.msgstr != entry.msgstr
            )
            elsewhere = tuple(
                other.msgstr
                for locale in TAGS
                if locale != tag
                for other in judge.entries[locale, path]
                if other.msgid == entry.msgid and other.msgstr != entry.msgstr
            )
            cases.append(Case(tag, judge.pages[path], entry, others, elsewhere, judge.glossaries[tag]))
    return cases


def plant(cases: Sequence[Case], number: int, seed: int) -> list[Fault]:
    """Plant faults of all kinds, as evenly as the texts allow, in all locales in turn."""
    most = 2 * -(-number // len(KINDS))
    rows = [list(islice(_plant_kind(kind, cases, seed), most)) for kind in KINDS]
    turns = (fault for turn in zip_longest(*rows) for fault in turn if fault is not None)
    return sorted(islice(turns, number), key=lambda fault: KINDS.index(fault.kind))


def _plant_kind(kind: Kind, cases: Sequence[Case], seed: int) -> Iterator[Fault]:
    columns = [_plant_locale(kind, [case for case in cases if case.tag == tag], f"{seed} {tag}") for tag in TAGS]
    return (fault for turn in zip_longest(*columns) for fault in turn if fault is not None)


def _plant_locale(kind: Kind, cases: Sequence[Case], seed: str) -> Iterator[Fault]:
    dice = random.Random(f"{seed} {kind.name}")  # noqa: S311 - repeatable, no secret
    for case in dice.sample(cases, len(cases)):
        text = kind.plant(case, dice)
        if text and text != case.text:
            yield Fault(kind, case, text)


def main() -> None:
    """Plant, judge and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="show every fault with its findings, not only the misses")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = copy_demo(Path(folder)).root
        write_sample(root)
        project = load_project(root)
        settings = project.configuration.settings
        pages, _ = load_pages(project.content, project.root, settings.front_matter)
        translate_sample(project, pages)
        judge = Judge(project, pages)
        planted: Counter[str] = Counter()
        caught: Counter[str] = Counter()
        codes: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for fault in plant(list_cases(judge), options.number, options.seed):
            found = judge.find(fault)
            planted[fault.kind.name] += 1
            is_caught = bool(fault.kind.codes & found.keys())
            caught[fault.kind.name] += is_caught
            codes[fault.kind.name].update(found.keys())
            if options.all or not is_caught:
                print(
                    f"{'found ' if is_caught else 'MISSED'} {fault.kind.name}: {fault.case.tag} {fault.case.page.path}"
                )
                print(f"    {fault.case.text!r}\n    {fault.text!r}\n    {', '.join(sorted(found)) or 'nothing new'}")
    print("\n| Fault | planted | found | by |\n|---|--:|--:|---|")
    for kind in KINDS:
        by = ", ".join(f"{code} {count}" for code, count in codes[kind.name].most_common())
        print(f"| {kind.name} | {planted[kind.name]} | {caught[kind.name]} | {by} |")
    total, hits = planted.total(), caught.total()
    print(f"| all {len(KINDS)} kinds | {total} | {hits} ({hits / max(total, 1):.1%}) | |")


if __name__ == "__main__":
    main()
