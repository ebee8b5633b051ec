"""Measure on the corpora what the gate lets through and what it refuses; the figures are in ``docs/benchmarks.md``.

python tests/benchmarks/corpora.py                  every page in every variant of the pseudo-translation
python tests/benchmarks/corpora.py --mutations 4    every page with damaged translations, four of each kind
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from functools import partial
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus_pages import ABSENT, EXCEPTIONS, corpus_files, corpus_name, gate, judge, load_page
from helpcenter.translate.pseudo import VARIANTS
from mutations import MUTATIONS, mutate


def judge_page(name: str) -> tuple[str, dict[str, list[str]]]:
    """Give the texts of a page that are refused, by variant."""
    page = load_page(name)
    return name, {variant: [verdict.msgid for verdict in judge(page, variant)] for variant in VARIANTS}


def mutate_page(name: str, number: int) -> Counter[tuple[str, bool]]:
    """Damage translations of a page, and count by kind of damage whether the gate refuses each."""
    page = load_page(name)
    counted: Counter[tuple[str, bool]] = Counter()
    for kind, msgid, text in mutate(page, random.Random(name), number):  # noqa: S311 - chance, not secrets
        counted[kind, bool(gate().judge(page, {msgid: text}))] += 1
    return counted


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutations", type=int, default=0)
    parser.add_argument("--every", type=int, default=1, help="take each page of this number only")
    options = parser.parse_args()
    names = [corpus_name(file) for file in corpus_files()][:: options.every]
    if not names:
        sys.exit(ABSENT)
    with Pool() as pool:
        if options.mutations:
            results = pool.imap_unordered(partial(mutate_page, number=options.mutations), names)
            counted: Counter[tuple[str, bool]] = sum(results, Counter())
            for kind in MUTATIONS:
                print(f"{kind}: {counted[kind, True]} of {counted[kind, True] + counted[kind, False]} refused")
            return
        found = sorted(pool.imap_unordered(judge_page, names))
    for variant in VARIANTS:
        refused = [name for name, texts in found if texts[variant]]
        print(f"{variant}: {len(names) - len(refused)} of {len(names)} pages")
        for name in refused:
            listed = variant in EXCEPTIONS.get(name, {}).get("variants", ())
            print(f"  {name}{'' if listed else ' (not listed)'}")


if __name__ == "__main__":
    main()
