"""List what the checks say of the demo's signed translations, and the share of it that is false.

    python tests/benchmarks/false_findings.py [--locales tr,de] [--new]
    python tests/benchmarks/false_findings.py --fastapi [--sample 6]

Somebody has read these texts against their sources, so that most of what a check says of them is a mistake of the check. Each
finding was read once more and judged in ``false_findings.yml``, by locale, fingerprint of the source, and code: ``true`` where
the text is wrong (it is mended then, and the finding goes), else ``false``. The share is that of texts with a finding that is
false, or not judged yet.

With ``--fastapi``, instead, what they say of another project's translations: FastAPI's Turkish and Russian pages, adopted as
catalogs first; of the texts that are shown, with some findings of each code to be read.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

sys.path.insert(0, str(Path(__file__).parent))

from adopt import CORPORA, LANGUAGES, copy_pages, make_project
from adopt import run as adopt_pages

from helpcenter.catalog import State, fingerprint, load_catalog
from helpcenter.catalog.glossary import load_glossary
from helpcenter.catalog.keys import split_key
from helpcenter.checks.glossary import check_glossary
from helpcenter.checks.quality import check_quality, direction_of
from helpcenter.content import load_pages
from helpcenter.project import load_project
from helpcenter.quality import Direction, Pair, find_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from helpcenter.catalog import Entry
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project

REPOSITORY = Path(__file__).parents[2]
VERDICTS = Path(__file__).with_suffix(".yml")
MOST = 0.02


def list_texts(project: Project, tag: str) -> Iterator[tuple[str, Entry]]:
    """Give the texts of a locale, each with the path of its page or sheet."""
    folder = project.catalog_folder(tag)
    for file in sorted(folder.rglob("*.po")):
        path = file.relative_to(folder).with_suffix(".md").as_posix()
        for entry in load_catalog(file, path, project.root).active:
            if entry.msgstr:
                yield path, entry


def list_signed(project: Project, tag: str) -> Iterator[tuple[str, Entry]]:
    """Give those that somebody vouches for."""
    return (
        (path, entry) for path, entry in list_texts(project, tag) if entry.state in {State.REVIEWED, State.APPROVED}
    )


def print_fastapi(sample: int) -> None:
    """Count what is said of FastAPI's translations, code by code, and print some of it."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "project")
        for tag in LANGUAGES:
            copy_pages(CORPORA / "fastapi" / tag / "docs", Path(folder) / tag)
            adopt_pages(project, tag, Path(folder) / tag)
            direction = Direction(project.source.tag, tag, "formal")
            texts, odd = 0, 0
            found: defaultdict[str, list[tuple[str, Entry]]] = defaultdict(list)
            for _, entry in list_texts(project, tag):
                if entry.hard or entry.msgstr == entry.msgid:
                    continue
                problems = find_problems(Pair(entry.msgid, entry.msgstr, entry.kind), direction)
                texts, odd = texts + 1, odd + bool(problems)
                for problem in problems:
                    found[problem.code].append((problem.message, entry))
            print(f"\n{tag}: {texts} texts, {odd} with a finding ({odd / texts:.1%})")
            for code, told in sorted(found.items(), key=lambda item: -len(item[1])):
                print(f"  {code} {len(told)}")
                for message, entry in random.Random(1).sample(told, min(sample, len(told))):  # noqa: S311 - a sample
                    print(f"    {message}\n      {entry.msgid!r}\n      {entry.msgstr!r}")


def main() -> None:
    """List, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--locales", default="", help="tags, separated by commas; all that have signed texts otherwise")
    parser.add_argument("--new", action="store_true", help="show only what nobody has judged")
    parser.add_argument("--fastapi", action="store_true", help="read the translations of FastAPI's documentation")
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print so many findings of each code there")
    options = parser.parse_args()
    if options.fastapi:
        print_fastapi(options.sample)
        return
    project = load_project(REPOSITORY)
    pages, _ = load_pages(project.content, project.root, project.configuration.settings.front_matter)
    labels = {page.path: page.labels for page in pages}
    verdicts = yaml.safe_load(VERDICTS.read_text("utf-8")) or {}
    rows = []
    for tag, locale in project.locales.items():
        if options.locales and tag not in options.locales.split(","):
            continue
        glossary, _ = load_glossary(project.locales_folder / tag, project.root, project.source.tag)
        direction = direction_of(project, locale)
        signed, found, wrong = 0, Counter[str](), 0
        for path, entry in list_signed(project, tag):
            signed += 1
            known = labels.get(path, frozenset())
            findings: list[Finding] = check_glossary(project, path, [entry], direction, glossary, known)
            findings += check_quality(project, path, [entry], direction, known)
            key = fingerprint(split_key(entry.msgid).text)
            judged = [verdicts.get(tag, {}).get(key, {}).get(one.code) for one in findings]
            wrong += any(verdict is not True for verdict in judged)
            for one, verdict in zip(findings, judged, strict=True):
                found[one.code] += 1
                if verdict is None or not options.new:
                    word = {True: "true", False: "false", None: "new"}[verdict]
                    print(
                        f"{word:5} {tag} {key} {one.code}: {one.message}\n      {entry.msgid!r}\n      {entry.msgstr!r}"
                    )
        if signed:
            rows.append((tag, signed, found, wrong))
    print("\n| Locale | signed texts | findings | texts with a false one | by |\n|---|--:|--:|--:|---|")
    for tag, signed, found, wrong in rows:
        by = ", ".join(f"{code} {count}" for code, count in found.most_common())
        print(f"| {tag} | {signed} | {found.total()} | {wrong} ({wrong / signed:.1%}) | {by} |")
    signed, wrong = sum(row[1] for row in rows), sum(row[3] for row in rows)
    print(f"| all | {signed} | {sum(row[2].total() for row in rows)} | {wrong} ({wrong / max(signed, 1):.2%}) | |")
    sys.exit(wrong / max(signed, 1) >= MOST)


if __name__ == "__main__":
    main()
