"""Ask the search of a built site and other engines of browsers the same queries about the same pages, in one run.

    python tests/benchmarks/search_peers/compare.py [--queries FOLDER] [--locales tr,de] [--engines helpcenter,Orama]

Needs Node, npm and Chromium; npm installs the peers below ``.build/search_peers/``, in the versions that ``package.json``
names. ``--documents FILE`` measures size and speed on the pages of a file (``documents.Corpus.write``) instead.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from documents import Corpus, read_corpus, read_site
from engines import CannotRunError, Engine, Material, Ours, Pagefind, Script, install, speak_orama
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table
from serving import Answered, ask, serve

sys.path.insert(0, str(Path(__file__).parents[2]))

from customer_queries import FOLDER, KINDS, Answer, CustomerQuery, measure, read_queries

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[3]
CANNOT_RUN = 3
# As the tests start it.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Result(NamedTuple):
    """What an engine made of a corpus.

    Args:
        engine: its name.
        corpus: what the corpus is called.
        answers: to the queries; the same in every run.
        runs: each in a page of its own.
    """

    engine: str
    corpus: str
    answers: list[Answer]
    runs: list[Answered]


def engines(installed: Path, *, variants: bool) -> list[Engine]:
    """Give the engines, each with the means its documentation offers; variants came close to them."""
    best: list[Engine] = [
        Ours(),
        Script("MiniSearch", "minisearch", installed, {"folds": True}),
        Script("Orama", "orama", installed, speaks=speak_orama),
        Pagefind(installed),
        Material(installed),
    ]
    others: list[Engine] = [
        Script("MiniSearch, accents kept", "minisearch", installed, {"folds": False}),
        Material(installed, tags=True, name="Material, keywords as tags"),
    ]
    return best + others if variants else best


def compare(
    browser: Browser,
    chosen: Sequence[Engine],
    name: str,
    corpus: Corpus,
    queries: Sequence[CustomerQuery],
    runs: int,
) -> list[Result]:
    """Index a corpus with all engines and ask them in turn, so that all meet the same machine."""
    with tempfile.TemporaryDirectory() as root, serve(Path(root)) as server:
        for number, engine in enumerate(chosen):
            folder = Path(root) / str(number)
            folder.mkdir()
            engine.build(corpus, folder)
        texts = [query.text for query in queries]
        turns = [[ask(browser, server, str(number), texts) for number in range(len(chosen))] for _ in range(runs)]
    results = []
    for engine, answered in zip(chosen, zip(*turns, strict=True), strict=True):
        found = (tuple(dict.fromkeys(pages)) for pages in answered[0].pages)
        answers = [Answer(query, urls, foreign=False) for query, urls in zip(queries, found, strict=True)]
        results.append(Result(engine.name, name, answers, list(answered)))
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, print the tables, give the exit status."""
    options = _parse(arguments)
    console = Console(width=None if sys.stdout.isatty() else 160)
    try:
        known = engines(install(ROOT / ".build" / "search_peers"), variants=options.variants)
        chosen = [one for one in known if one.name.startswith(tuple(options.engines.split(",")))]
        with sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            results = [one for made in _compare_all(browser, chosen, options) for one in made]
            browser.close()
    except (CannotRunError, OSError) as error:
        print(f"search peers: {error}", file=sys.stderr)
        return CANNOT_RUN
    if options.documents:
        for name in dict.fromkeys(result.corpus for result in results):
            console.print(tell_costs(name, [result for result in results if result.corpus == name]))
    else:
        for table in (*_success(results), tell_costs("all languages", results)):
            console.print(table)
    if options.failures:
        _print_failures(results)
    if options.json:
        options.json.write_text(json.dumps(_figures(results), ensure_ascii=False, indent=1), "utf-8")
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--queries", type=Path, default=FOLDER, help="folder of <locale>.yml")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="the built site that is asked")
    parser.add_argument("--locales", help="comma between them; all that have queries")
    parser.add_argument("--engines", default="", help="comma between beginnings of their names; all")
    parser.add_argument("--variants", action="store_true", help="also other configurations of the same engines")
    parser.add_argument("--documents", type=Path, action="append", help="size and speed on the pages of this file")
    parser.add_argument("--runs", type=int, default=3, help="for medians of times")
    parser.add_argument("--failures", action="store_true", help="list the queries whose page is not the first")
    parser.add_argument("--json", type=Path, help="write the figures here")
    return parser.parse_args(arguments)


def _compare_all(browser: Browser, chosen: Sequence[Engine], options: argparse.Namespace) -> Iterator[list[Result]]:
    for file in options.documents or ():
        corpus = read_corpus(file)
        name = f"{file.stem}, {len(corpus.documents)} pages"
        yield compare(browser, chosen, name, corpus, list(derive_queries(corpus)), options.runs)
    if options.documents:
        return
    queries = read_queries(options.queries)
    for locale in options.locales.split(",") if options.locales else queries:
        print(f"{locale} …", file=sys.stderr)
        corpus = read_site(options.site / locale, locale)
        yield compare(browser, chosen, locale, corpus, queries[locale], options.runs)


def derive_queries(corpus: Corpus) -> Iterator[CustomerQuery]:
    """Give queries to measure time with: the titles of a hundred pages, their first halves, and them without a letter."""
    for document in corpus.documents[:: max(1, len(corpus.documents) // 100)]:
        title, at = document.title, len(document.title) // 3
        for text in (title, title[: max(3, len(title) // 2)], title[:at] + title[at + 1 :]):
            yield CustomerQuery(text, "", (document.url,))


def _success(results: Sequence[Result]) -> Iterator[Table]:
    names = list(dict.fromkeys(result.engine for result in results))
    answers = {name: [answer for one in results if one.engine == name for answer in one.answers] for name in names}
    by_language = Table("", "all", title="success@1 · success@3 · without result, %, by language")
    for locale in dict.fromkeys(result.corpus for result in results):
        by_language.add_column(locale)
    by_kind = Table("", "all", *KINDS, title="the same by kind")
    for name in names:
        locales = [_cell(one.answers) for one in results if one.engine == name]
        by_language.add_row(name, _cell(answers[name]), *locales)
        by_kind.add_row(name, _cell(answers[name]), *(_cell(answers[name], kind) for kind in KINDS))
    yield by_language
    yield by_kind


def _cell(answers: Sequence[Answer], kind: str | None = None) -> str:
    figures = measure(answers, kind)
    return f"{figures.first:.0f} · {figures.third:.0f} · {figures.none:.0f}"


def tell_costs(title: str, results: Sequence[Result]) -> Table:
    """Tell bytes, the largest of the corpora, and times, the median of all runs."""
    table = Table(
        "", "script kB", "index kB", "ready ms", "query ms", "95 % of queries ms", title=f"{title}: bytes are gzip"
    )
    for name in dict.fromkeys(result.engine for result in results):
        runs = [run for result in results if result.engine == name for run in result.runs]
        times = sorted(time for run in runs for time in run.times)
        table.add_row(
            name,
            f"{max(run.sent.scripts for run in runs) / 1000:.1f}",
            f"{max(run.sent.index for run in runs) / 1000:.1f}",
            f"{statistics.median(run.ready for run in runs):.0f}",
            f"{statistics.median(times):.1f}",
            f"{times[int(len(times) * 0.95)]:.1f}",
        )
    return table


def _print_failures(results: Sequence[Result]) -> None:
    for result in results:
        for answer in result.answers:
            if not answer.is_right(1):
                wanted, found = " or ".join(answer.query.pages), " ".join(answer.urls[:3]) or "nothing"
                print(
                    f"{result.engine} {result.corpus} {answer.query.kind}: {answer.query.text!r}: {wanted}, not {found}"
                )


def _figures(results: Sequence[Result]) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for result in results:
        for kind in dict.fromkeys(answer.query.kind for answer in result.answers):
            figures = measure(result.answers, kind)
            shares = {"first": figures.first, "third": figures.third, "none": figures.none}
            rows.append(
                {"engine": result.engine, "corpus": result.corpus, "kind": kind, "asked": figures.asked} | shares
            )
    return rows


if __name__ == "__main__":
    sys.exit(main())
