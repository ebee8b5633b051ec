"""Measure the search of a site at 200 and 1,000 articles: bytes on the wire, time until it answers, and per query.

    python tests/benchmarks/search_speed.py [--locales en,tr,ar,zh-CN] [--pages 200,1000] [--engines helpcenter] [--runs 3]

The articles are made of the built demo's own texts in each language (``helpcenter build`` first): every title, keyword,
answer, heading and sentence is a walk from word to word as they follow each other on some page (of characters, where a
language has no spaces), as long as that of a real page.  So vocabulary, lengths and numbers of sections are real, and no text
is a copy, which gzip would find.  ``--engines ""`` measures the peers of ``search_peers`` on the same pages in the same run;
they need Node and npm.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import time
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent / "search_peers"))

from compare import FLAGS, Result, compare, derive_queries, engines, tell_costs
from documents import Corpus, read_corpus
from engines import CannotRunError, Engine, Ours, install

from customer_queries import read_queries
from helpcenter.search import Document, Section, Vocabulary, encode, load_index
from helpcenter.search.encoding import compressed_size
from helpcenter.search.fitting import Cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ROOT = Path(__file__).parents[2]
SEED = 6
# What an address of a shop's help says.
_SLUG = (
    "account address bedding box cancel card carrier change colour contact customs damage delivery discount email exchange "
    "fabric gift hours invoice label late linen loyalty missing newsletter order parcel password payment pillow privacy "
    "refund repair return sample size store tax terms track voucher warranty wash"
)


class Walk:
    """Words as they follow each other in texts.

    Args:
        texts: of pages.
        drawn: where chance comes from.
        spaced: whether words have spaces between them; else each character is one.
    """

    def __init__(self, texts: Iterable[str], drawn: random.Random, *, spaced: bool) -> None:
        self._drawn, self._space = drawn, " " if spaced else ""
        self._next: defaultdict[str, list[str]] = defaultdict(list)
        self._first: list[str] = []
        for text in texts:
            words = self.cut(text)
            self._first += words[:1]
            for one, after in pairwise(words):
                self._next[one].append(after)

    def cut(self, text: str) -> list[str]:
        """Give the words of a text."""
        return text.split() if self._space else list(text)

    def write(self, like: str) -> str:
        """Write a text as long as another one."""
        words: list[str] = []
        while len(words) < len(self.cut(like)):
            follow = self._next.get(words[-1]) if words else None
            words.append(self._drawn.choice(follow or self._first))
        return self._space.join(words)


def make_articles(pages: Sequence[Document], count: int) -> tuple[Document, ...]:
    """Make articles of the texts of real ones."""
    drawn = random.Random(SEED)  # noqa: S311 - the same articles in each run
    spaced = sum(page.title.count(" ") for page in pages) > len(pages) / 2

    def walk(texts: Iterable[str]) -> Walk:
        return Walk(texts, drawn, spaced=spaced)

    titles = walk(page.title for page in pages)
    names = walk([*(page.title for page in pages), *(part.title for page in pages for part in page.sections)])
    words = walk(word for page in pages for word in page.keywords)
    answers = walk(page.answer for page in pages)
    summaries = walk(page.summary for page in pages)
    texts = walk(part.text for page in pages for part in page.sections)
    bridge = Walk((name for page in pages for _, name in page.bridge), drawn, spaced=True)
    made = []
    for number in range(count):
        like = drawn.choice(pages)
        folder = like.url.split("/", maxsplit=1)[0]
        made.append(
            Document(
                f"{folder}/{'-'.join(drawn.sample(_SLUG.split(), 3))}-{number}/",
                (titles if number < len(pages) else names).write(like.title),
                like.type,
                tuple(words.write(word) for word in like.keywords),
                answers.write(like.answer),
                tuple(Section(s.anchor, names.write(s.title), texts.write(s.text)) for s in like.sections),
                like.lang,
                summaries.write(like.summary),
                tuple((anchor, bridge.write(name)) for anchor, name in like.bridge),
            )
        )
    return tuple(made)


def read_demo(locale: str) -> list[Document]:
    """Read the articles of the built demo that are in the locale's own language."""
    folder = ROOT / "site" / locale / "search"
    return [page for page in load_index(folder).documents if page.lang == locale and page.sections and page.keywords]


def read_words(locale: str) -> dict[str, Vocabulary]:
    """Read the words that the search of the built demo knows: each of them costs time in every query."""
    return {group.rules.language: group.vocabulary for group in load_index(ROOT / "site" / locale / "search").groups}


def describe(corpus: Corpus) -> list[str]:
    """Tell of a corpus, and of the index that a build makes of it; times are of the processor."""
    started = time.process_time()
    index = corpus.index()
    data = encode(index)
    took = time.process_time() - started
    whole = sum(len(part.text) for page in corpus.documents for part in page.sections) / len(corpus.documents)
    cut = index.fitted.cut if index.fitted else Cut()
    return [
        corpus.language,
        str(len(corpus.documents)),
        f"{whole:.0f}",
        str(sum(len(group.terms) for group in index.groups)),
        "all" if cut.letters is None else str(cut.letters),
        "all" if cut.terms is None else str(cut.terms),
        f"{compressed_size(data) / 1000:.1f}",
        _brotli(data),
        f"{took:.1f}",
    ]


def _brotli(data: bytes) -> str:
    try:
        import brotli  # noqa: PLC0415 - not everybody has it, and nothing else asks for it
    except ImportError:
        return "–"
    return f"{len(brotli.compress(data)) / 1000:.1f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print tables."""
    options = _parse(arguments)
    console = Console(width=None if sys.stdout.isatty() else 160)
    corpora = [
        Corpus(locale, make_articles(read_demo(locale), int(count)), words=read_words(locale))
        for count in options.pages.split(",")
        for locale in options.locales.split(",")
    ]
    corpora += [read_corpus(file) for file in options.documents or ()]
    table = Table(
        "",
        "pages",
        "letters each",
        "terms",
        "letters sent",
        "terms sent",
        "gzip kB",
        "brotli kB",
        "built in s",
        title="index",
    )
    for corpus in corpora:
        table.add_row(*describe(corpus))
    console.print(table)
    # Of titles, halves of them and mistyped ones the first; sentences of customers the second.
    customers = read_queries()
    try:
        chosen: list[Engine] = [Ours()]
        if options.engines != "helpcenter":
            known = engines(install(ROOT / ".build" / "search_peers"), variants=False)
            chosen = [one for one in known if one.name.startswith(tuple(options.engines.split(",")))]
        with sync_playwright() as playwright:
            path = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
            for corpus in corpora:
                name = f"{corpus.language}, {len(corpus.documents)} pages"
                queries = [*derive_queries(corpus), *customers.get(corpus.language, ())]
                results: list[Result] = compare(browser, chosen, name, corpus, queries, options.runs)
                console.print(tell_costs(name, results))
            browser.close()
    except (CannotRunError, OSError) as error:
        print(f"search speed: {error}", file=sys.stderr)
        return 3
    return 0


def _parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--locales", default="en,tr,ar,zh-CN", help="comma between them")
    parser.add_argument("--pages", default="200,1000", help="how many articles, comma between them")
    parser.add_argument("--documents", type=Path, action="append", help="also the pages of this file")
    parser.add_argument("--engines", default="helpcenter", help="beginnings of their names; empty for all peers")
    parser.add_argument("--runs", type=int, default=3, help="for medians of times")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
