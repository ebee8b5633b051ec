"""Ask the search of the demo what customers type, and count how often the page that answers is found.

python tests/benchmarks/search_quality.py [--site FOLDER] [--queries FOLDER] [--locale TAG ...] [--failures]

Without ``--site`` the demo is built in a folder of its own.  ``@1`` is the share of queries whose page is the first
result, ``@3`` that of those whose page is among the first three, ``zero`` that of those for which nothing is found;
``foreign`` counts queries for which a page in another language stands before one in the locale's own.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from customer_queries import FOLDER, KINDS, Answer, ask, language_of, measure, read_queries, unmet
from demo_project import copy_demo
from helpcenter.search import load_index


def main() -> int:
    """Print the figures; 1 when they are less than is wanted."""
    options = _options()
    queries = read_queries(options.queries)
    with TemporaryDirectory() as folder:
        site = options.site or _build(Path(folder))
        answers = {
            tag: ask(load_index(site / tag / "search"), queries[language_of(tag, queries)])
            for tag in options.locale or queries
        }
    for name, kind in (("@1", "first"), ("@3", "third"), ("zero", "none")):
        print(_table(name, kind, answers))
    everything = [answer for of in answers.values() for answer in of]
    total = measure(everything)
    print(f"{total.asked} queries: {total.first:.1f} % @1, {total.third:.1f} % @3, {total.none:.1f} % zero", end="")
    print(f", {total.foreign} foreign")
    if options.failures:
        _print_failures(answers)
    missed = unmet(answers)
    print("\n".join(missed) or "all that is wanted")
    return 1 if missed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a built site of the demo")
    parser.add_argument("--queries", type=Path, default=FOLDER, help="a folder with a file for each language")
    parser.add_argument("--locale", action="append", help="only this one; can be repeated")
    parser.add_argument("--failures", action="store_true", help="also print the queries whose page is not the first")
    return parser.parse_args()


def _build(folder: Path) -> Path:
    project = copy_demo(folder)
    project.build()
    return project.site


def _table(name: str, field: str, answers: dict[str, list[Answer]]) -> str:
    """Give one figure of every locale and kind."""
    lines = [f"{name:8}" + "".join(f"{kind:>15}" for kind in (*KINDS, "all"))]
    everything = [answer for of in answers.values() for answer in of]
    for tag, of in {**answers, "all": everything}.items():
        figures = [getattr(measure(of, kind), field) for kind in (*KINDS, None)]
        lines.append(f"{tag:8}" + "".join(f"{figure:15.1f}" for figure in figures))
    return "\n".join(lines) + "\n"


def _print_failures(answers: dict[str, list[Answer]]) -> None:
    for tag, of in answers.items():
        for answer in of:
            if not answer.is_right(1):
                found = " ".join(answer.urls[:3]) or "nothing"
                print(
                    f"{tag} {answer.query.kind}: {answer.query.text!r} is not {' or '.join(answer.query.pages)}: {found}"
                )


if __name__ == "__main__":
    sys.exit(main())
