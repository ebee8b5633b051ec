"""How much of FastAPI's Turkish and Russian pages is adopted, and what happens when their pages are damaged.

python tests/benchmarks/adopt.py                      the share of each language, and what the rest is
python tests/benchmarks/adopt.py --sample 50          also so many pairs, drawn at random, to be read
python tests/benchmarks/adopt.py --damage             pages with texts taken out, swapped and left in English
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from helpcenter.adoption import Wishes, adopt, load_sources
from helpcenter.catalog import catalog_path, load_catalog
from helpcenter.checks import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.project import load_project

if TYPE_CHECKING:
    from helpcenter.adoption import Adoption
    from helpcenter.project import Project

ROOT = Path(__file__).parents[2]
CORPORA = Path(os.environ.get("HELPCENTER_CORPORA", ROOT.parent / "shared" / "corpora"))
LANGUAGES = ("tr", "ru")
SETTINGS = """\
site_name: FastAPI
site_url: https://fastapi.example/
docs_dir: content
theme: {name: material}
markdown_extensions: [abbr, admonition, attr_list, def_list, footnotes, md_in_html, tables, toc,
  pymdownx.betterem, pymdownx.details, pymdownx.superfences, {pymdownx.tabbed: {alternate_style: true}},
  pymdownx.blocks.admonition, pymdownx.blocks.details, pymdownx.blocks.tab]
extra: {helpcenter: {source: en, locales: [en, tr, ru]}}
"""
# Keys of its own generator, names that ours would misread, and a file that is no page.
FOREIGN_KEYS = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
FOLDERS = {"how-to": "howto"}
NO_PAGES = {"translation-banner.md", "_llm-test.md"}


def copy_pages(source: Path, target: Path) -> None:
    """Copy Markdown pages so that they are valid pages of a help center."""
    for file in sorted(source.rglob("*.md")):
        parts = [FOLDERS.get(part, part) for part in file.relative_to(source).parts]
        if parts[-1] in NO_PAGES:
            continue
        copy = target.joinpath(*parts)
        copy.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text("utf-8")
        copy.write_text(FOREIGN_KEYS.sub("", text, count=1) if "include_yaml" in text else text, "utf-8")


def make_project(folder: Path) -> Project:
    """Make a help center of FastAPI's English pages."""
    copy_pages(CORPORA / "fastapi" / "en" / "docs", folder / "content")
    (folder / "locales").mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    return load_project(folder)


def run(project: Project, tag: str, pages: Path) -> Adoption:
    """Adopt a folder of pages."""
    sources, found = load_sources(project)
    errors = [str(finding.place) for finding in found if finding.severity == "error"]
    if errors:
        sys.exit(f"pages cannot be read: {errors}")
    (locale,) = project.select([tag])
    return adopt(project, sources, locale, pages, Gate(markdown_config(project)), Wishes())


def print_shares(tag: str, done: Adoption, seconds: float) -> None:
    """Print what was taken, and what the rest is."""
    total = sum(page.segments for page in done.pages)
    taken = sum(page.taken for page in done.pages)
    stale = sum(page.stale for page in done.pages)
    same = sum(page.same for page in done.pages)
    print(f"\n{tag}: {len(done.pages)} pages in both, {total} texts, {seconds:.1f} s")
    print(f"  taken and shown        {taken - stale:6} {(taken - stale) / total:7.2%}, of them {same} names and code")
    print(f"  kept as stale          {stale:6} {stale / total:7.2%}")
    print(f"  not taken              {total - taken:6} {(total - taken) / total:7.2%}")
    for code, count in sorted(Counter(finding.code for finding in done.findings).items()):
        print(f"    {code:<24}{count:4}")


def print_sample(project: Project, tag: str, done: Adoption, size: int, seed: int) -> None:
    """Print pairs that were taken, for somebody to read."""
    entries = [
        (page.page, entry)
        for page in done.pages
        for entry in load_catalog(catalog_path(project.catalog_folder(tag), page.page), page.page, project.root).active
        if entry.msgstr and not entry.hard and entry.msgstr != entry.msgid
    ]
    for number, (page, entry) in enumerate(random.Random(seed).sample(entries, size), 1):  # noqa: S311 - a sample
        print(f"\n{number}. {page} ({entry.kind})\n  {entry.msgid}\n  {entry.msgstr}")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, metavar="N", help="print so many pairs of each language")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--findings", action="store_true", help="print what was said")
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="adopt-"))
    try:
        project = make_project(folder / "project")
        for tag in LANGUAGES:
            copy_pages(CORPORA / "fastapi" / tag / "docs", folder / tag)
            start = time.perf_counter()
            done = run(project, tag, folder / tag)
            print_shares(tag, done, time.perf_counter() - start)
            if arguments.findings:
                for finding in done.findings:
                    text = (finding.place.text or "").strip()
                    print(f"  {finding.code} {finding.place} {finding.message} | {text[:150]} | {finding.help}")
            if arguments.sample:
                print_sample(project, tag, done, arguments.sample, arguments.seed)
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
