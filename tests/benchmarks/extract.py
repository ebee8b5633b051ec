"""Measure ``helpcenter extract`` on about 15,000 segments, and gettext's and Babel's own merging of the same catalogs.

    python tests/benchmarks/extract.py [--runs 5] [--locales 1,3] [--peers]

Wall seconds of the whole command, medians over the runs; memory is the largest resident set of any one process in MiB.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parent))

from build import Sample, measure
from corpus import write_project

from helpcenter.content import load_pages
from helpcenter.project import load_project

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGES = 503  # of 30 segments that stand nowhere else
EXTRACT = [sys.executable, "-m", "helpcenter", "extract"]
# What a team's tool would call for each catalog, in one process for all of them where the tool can.
BABEL = """
import sys
from pathlib import Path
from babel.messages.pofile import read_po, write_po
for name in sys.argv[1:]:
    file = Path(name)
    with file.open("rb") as old, file.with_suffix(".pot").open("rb") as new:
        catalog, template = read_po(old), read_po(new)
    catalog.update(template)
    with file.with_suffix(".new").open("wb") as opened:
        write_po(opened, catalog, width=0)
"""


def edit(page: Path, run: int) -> None:
    """Reword the second paragraph of a page, as an editor would."""
    head, mark, rest = page.read_text("utf-8").partition("\n\n## ")
    text = head + mark + re.sub(r"\n\n(?:Run \d+\. )?", f"\n\nRun {run}. ", rest, count=1)
    page.write_text(text, "utf-8")


def sections(root: Path) -> list[Path]:
    """Give the pages that can be edited."""
    return [page for page in sorted((root / "content").rglob("*.md")) if page.parent.name != "content"]


def scenarios(root: Path, run: int) -> Iterator[tuple[str, Sample]]:
    """Run each scenario once; afterwards the catalogs are those of the pages again."""
    kept = root.parent / f"{root.name}-kept"
    if not kept.exists():
        shutil.copytree(root, kept)
    tags = [path.parent.name for path in (root / "locales").glob("*/catalog")]

    def restore() -> None:
        shutil.rmtree(root)
        shutil.copytree(kept, root)

    yield "nothing changed, first run", measure(EXTRACT, root)
    yield "nothing changed", measure(EXTRACT, root)
    edit(sections(root)[run], run)
    yield "one page changed", measure(EXTRACT, root)
    restore()
    for page in sections(root):
        edit(page, run)
    yield "every page changed, first run", measure(EXTRACT, root)
    for tag in tags:
        shutil.rmtree(root / "locales" / tag / "catalog")
    shutil.rmtree(root / ".build", ignore_errors=True)
    yield "from nothing", measure(EXTRACT, root)
    restore()


def peers(root: Path) -> Iterator[tuple[str, Sample]]:
    """Merge the same catalogs by msgmerge and by Babel, every page changed; reading the pages is not in their time."""
    folder = root.parent / f"{root.name}-peers"
    shutil.copytree(root / "locales" / "de" / "catalog", folder)
    files = sorted(folder.rglob("*.po"))
    for file in files:
        text = re.sub(r'^msgstr ".*"$', 'msgstr ""', file.read_text("utf-8"), flags=re.MULTILINE)
        text = re.sub(r"^# .*\n", "", text, flags=re.MULTILINE)
        text = re.sub(r'(#\. paragraph\n(?:#[^\n]*\n)*msgid ")', r"\1Run 1. ", text, count=1)
        header = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        file.with_suffix(".pot").write_text(header + text.partition("\n\n")[2], "utf-8")
    names = [str(file) for file in files]
    loop = 'for f; do msgmerge --quiet --previous --no-wrap -o "${f%.po}.new" "$f" "${f%.po}.pot" || exit 1; done'
    yield "peer: msgmerge, a process for each catalog", measure(["bash", "-c", loop, "-", *names], folder)
    yield "peer: Babel's update, one process", measure([sys.executable, "-c", BABEL, *names], folder)
    shutil.rmtree(folder)


def count_segments(root: Path) -> int:
    """Give how many different segments the pages have."""
    project = load_project(root)
    pages, _ = load_pages(project.content, root)
    return len({segment.text for page in pages for segment in page.segments})


def compare(locales: int, options: argparse.Namespace, folder: Path) -> None:
    """Measure a project with some target locales, and print a table."""
    root = folder / f"locales-{locales}"
    root.mkdir()
    write_project(root, options.pages, locales + 1)
    print(f"\n{count_segments(root)} segments on {options.pages} pages, {locales} target locales")
    subprocess.run([*EXTRACT, "--dry-run"], cwd=root, check=True, capture_output=True)
    samples: dict[str, list[Sample]] = defaultdict(list)
    for run in range(options.runs):
        shutil.rmtree(root / ".build", ignore_errors=True)
        for name, sample in scenarios(root, run):
            samples[name].append(sample)
        for name, sample in peers(root) if options.peers and locales == 1 else ():
            samples[name].append(sample)
    print(f"{'':<45}{'wall s':>8}{'least':>8}{'most':>8}{'CPU s':>8}{'MiB':>6}")
    for name, found in samples.items():
        walls = [sample.wall for sample in found]
        cpu, memory = (statistics.median(column) for column in list(zip(*found, strict=True))[1:])
        wall = statistics.median(walls)
        print(f"{name:<45}{wall:>8.2f}{min(walls):>8.2f}{max(walls):>8.2f}{cpu:>8.2f}{memory:>6.0f}")


def main() -> None:
    """Print what was measured, and on what."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--pages", type=int, default=PAGES)
    parser.add_argument("--locales", default="1,3")
    parser.add_argument("--peers", action="store_true")
    options = parser.parse_args()
    print(
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()}"
    )
    for locales in options.locales.split(","):
        with tempfile.TemporaryDirectory() as folder:
            compare(int(locales), options, Path(folder))


if __name__ == "__main__":
    main()
