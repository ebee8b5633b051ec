"""Measure builds: ours beside stock MkDocs + Material + static-i18n in one process, on the same Markdown, runs interleaved.

    python tests/benchmarks/build.py [--runs 3] [--sizes 200x10,1000x2] [--json FILE]

Wall and CPU in seconds, memory as the largest resident set of any one process in MiB; medians over the runs.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from corpus import write_project, write_stock


class Sample(NamedTuple):
    """One run."""

    wall: float
    cpu: float
    memory: float


def measure(command: list[str], folder: Path) -> Sample:
    """Run a command and take its time, that of its children, and the memory of the largest among them."""
    # What the run before has written goes to disk now, and not in the time of this one.
    os.sync()
    # Installed packages are compiled; a checkout must be allowed to be.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, env=env, text=True, **pipes) as process:
        error = process.stderr.read() if process.stderr else ""
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - started
    if process.returncode != 0:
        sys.exit(f"{' '.join(command)} failed in {folder}:\n{error}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


OURS = [sys.executable, "-m", "helpcenter", "build"]
STOCK = [sys.executable, "-m", "mkdocs", "build", "-q"]


def _forget(project: Path) -> None:
    shutil.rmtree(project / ".build", ignore_errors=True)
    shutil.rmtree(project / "site", ignore_errors=True)


def _edit(project: Path, run: int) -> None:
    """Change one paragraph of one locale, as a translator would."""
    file = project / "locales" / "de" / "catalog" / "section-00" / "page-00.po"
    text = file.read_text("utf-8")
    changed = re.sub(r'(#\. paragraph\n(?:#[^\n]*\n)*msgid "[^\n]*"\nmsgstr ")', rf"\1Run {run}. ", text, count=1)
    if changed == text:
        sys.exit(f"nothing to edit in {file}")
    file.write_text(changed, "utf-8")


def compare(pages: int, locales: int, runs: int, folder: Path) -> dict[str, dict[str, list[Sample]]]:
    """Measure all scenarios of one size."""
    ours, stock = folder / "ours", folder / "stock"
    ours.mkdir(parents=True)
    stock.mkdir()
    write_project(ours, pages, locales)
    measure(OURS, ours)
    write_stock(ours, stock)
    samples: dict[str, dict[str, list[Sample]]] = {}
    for run in range(runs):

        def keep(scenario: str, who: str, sample: Sample) -> None:
            samples.setdefault(scenario, {}).setdefault(who, []).append(sample)
            print(f"  {pages}×{locales} {scenario} {who}: {sample.wall:.2f} s", file=sys.stderr)

        shutil.rmtree(stock / "site", ignore_errors=True)
        keep("stock", "stock", measure(STOCK, stock))
        _forget(ours)
        keep("cold", "ours", measure(OURS, ours))
        keep("nothing changed", "ours", measure(OURS, ours))
        _edit(ours, run)
        keep("one paragraph edited", "ours", measure(OURS, ours))
    return samples


def main() -> None:
    """Print a table, and write the medians as JSON when asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", default="200x10,1000x2")
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    results = []
    print(f"{'size':>8}  {'scenario':<22}{'wall s':>8}{'CPU s':>8}{'MiB':>7}{'stock ÷ ours':>14}")
    for size in options.sizes.split(","):
        pages, locales = (int(part) for part in size.split("x"))
        with tempfile.TemporaryDirectory() as folder:
            samples = compare(pages, locales, options.runs, Path(folder))
        stock = statistics.median(sample.wall for sample in samples["stock"]["stock"])
        for scenario, by_who in samples.items():
            for found in by_who.values():
                wall, cpu, memory = (statistics.median(column) for column in zip(*found, strict=True))
                results.append({"size": size, "scenario": scenario, "wall": wall, "cpu": cpu, "memory": memory})
                ratio = "" if scenario == "stock" else f"{stock / wall:.1f}"
                print(f"{size:>8}  {scenario:<22}{wall:>8.2f}{cpu:>8.2f}{memory:>7.0f}{ratio:>14}")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
