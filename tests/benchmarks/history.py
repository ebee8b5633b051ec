"""Replay histories of edits and translations, and tell what a machine was sent, beside translating whole pages again.

    python tests/benchmarks/history.py [--edits 300] [--seeds 1,2,3] [--pages 20] [--locales de,tr,ru]

After each edit everything is checked that tests/catalog/test_history.py checks; a check that fails ends the run.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "catalog"))

from replay import Costs, History, remembered


def run(seed: int, options: argparse.Namespace, costs: Costs) -> None:
    """Replay one history, and add its costs to those of others."""
    with tempfile.TemporaryDirectory() as folder, remembered():
        project = Path(folder) / "project"
        dice = random.Random(seed)  # noqa: S311 - the same history every time
        history = History(project, dice, tuple(options.locales.split(",")), pages=options.pages)
        for _ in range(options.edits):
            history.step()
    for all_of_them, these in zip(costs, history.costs, strict=True):
        all_of_them.update(these)


def main() -> None:
    """Print a row for each kind of edit, and the sums."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=300)
    parser.add_argument("--seeds", default="1,2,3")
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--locales", default="de,tr")
    options = parser.parse_args()
    costs = Costs(Counter(), Counter(), Counter())
    for seed in options.seeds.split(","):
        run(int(seed), options, costs)
        print(f"seed {seed}: nothing lost, what changed is stale, what did not is not", file=sys.stderr)
    print(f"{'edit':<24}{'times':>6}{'sent':>9}{'whole pages':>13}{'ratio':>7}")
    for kind, times in sorted(costs.edits.items()):
        _print(kind, times, costs.sent[kind], costs.whole[kind])
    _print("all", costs.edits.total(), costs.sent.total(), costs.whole.total())


def _print(kind: str, times: int, sent: int, whole: int) -> None:
    ratio = f"{whole / sent:.1f}" if sent else "–"
    print(f"{kind:<24}{times:>6}{sent:>9}{whole:>13}{ratio:>7}")


if __name__ == "__main__":
    main()
