"""Measure ``helpcenter translate --dry-run`` on 1,000 pages and ten locales.

    python tests/benchmarks/translate_dryrun.py [--pages 1000] [--locales 10] [--runs 3]

Wall seconds of the whole command.  Of each locale every second text is missing, one page in ten has changed since, and a
glossary has fifty terms.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import yaml
from build import measure
from corpus import LOCALES, write_project

from helpcenter.catalog import Entry, catalog_path, load_catalogs, save_catalog
from helpcenter.project import load_project

DRY_RUN = [sys.executable, "-m", "helpcenter", "translate", "--dry-run", "--provider", "pseudo"]


def _take_half(root: Path, tag: str) -> None:
    """Take every second translation out of the catalogs of a locale."""
    project = load_project(root)
    folder = project.catalog_folder(tag)
    catalogs, _ = load_catalogs(folder, root)
    for path, catalog in catalogs.items():
        entries = tuple(
            Entry(one.msgid, references=one.references, kind=one.kind) if number % 2 else one
            for number, one in enumerate(catalog.entries)
        )
        save_catalog(catalog_path(folder, path), replace(catalog, entries=entries), tag)


def prepare(root: Path, pages: int, locales: int) -> None:
    """Write the project: one locale as corpora are written, the others copies of it."""
    write_project(root, pages, 2)
    first, *others = LOCALES[1 : locales + 1]
    _take_half(root, first)
    words = (root / "content" / "section-00" / "index.md").read_text("utf-8").partition("---\n\n")[0]
    terms = sorted(set(re.findall(r"[a-z]{5,}", words + (root / "content/section-00/page-00.md").read_text("utf-8"))))
    glossary = {"terms": [{"term": term, "translation": term[::-1]} for term in terms[:50]]}
    (root / "locales" / first / "glossary.yml").write_text(yaml.safe_dump(glossary), "utf-8")
    for tag in others:
        shutil.copytree(root / "locales" / first, root / "locales" / tag)
    configuration = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    configuration["extra"]["helpcenter"]["locales"] = ["en", first, *others]
    (root / "mkdocs.yml").write_text(yaml.safe_dump(configuration), "utf-8")
    for page in sorted((root / "content").rglob("page-*.md"))[::10]:
        page.write_text(page.read_text("utf-8").replace("\n\n## ", "\n\nThis is new.\n\n## ", 1), "utf-8")


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000)
    parser.add_argument("--locales", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        prepare(root, options.pages, options.locales)
        told = subprocess.run([*DRY_RUN, "--format", "json"], cwd=root, check=True, capture_output=True, text=True)
        total = json.loads(told.stdout)["total"]
        print(
            f"{options.pages} pages, {options.locales} locales: {total['texts']:,} texts, {total['characters']:,} characters"
        )
        print(f"{'':<45}{'wall s':>8}{'least':>8}{'most':>8}{'CPU s':>8}{'MiB':>6}")
        scenarios = {"no caches": [], "after an extract": [], "no catalogs": []}
        for _ in range(options.runs):
            shutil.rmtree(root / ".build", ignore_errors=True)
            scenarios["no caches"].append(measure(DRY_RUN, root))
        extract = [sys.executable, "-m", "helpcenter", "extract"]
        subprocess.run(extract, cwd=root, check=True, capture_output=True)
        scenarios["after an extract"] = [measure(DRY_RUN, root) for _ in range(options.runs)]
        for catalogs in (root / "locales").glob("*/catalog"):
            shutil.rmtree(catalogs)
        shutil.rmtree(root / ".build", ignore_errors=True)
        scenarios["no catalogs"] = [measure(DRY_RUN, root) for _ in range(options.runs)]
        for name, samples in scenarios.items():
            walls = [sample.wall for sample in samples]
            cpu, memory = (statistics.median(column) for column in list(zip(*samples, strict=True))[1:])
            figures = f"{statistics.median(walls):>8.2f}{min(walls):>8.2f}{max(walls):>8.2f}{cpu:>8.2f}{memory:>6.0f}"
            print(f"{name:<45}{figures}")


if __name__ == "__main__":
    main()
