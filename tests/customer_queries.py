"""What customers type, written down with the pages that answer it, and what a search makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from helpcenter.search import base_language, query

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from helpcenter.search import Index, Results

FOLDER = Path(__file__).parent / "search/queries"
# The half that was kept unseen; it is in the repository since the search was finished.
FROZEN = FOLDER / "frozen"
KINDS = ("keyword", "question", "inflected", "typo", "no-diacritics", "synonym", "case")
SHOWN = 10
# What is wanted of the queries that the search was not made for, in percent.
FIRST, THIRD, NONE, LOCALE_FIRST, EASY_THIRD = 92, 97, 1, 83, 97
EASY = ("no-diacritics", "case", "inflected")


@dataclass(frozen=True, slots=True)
class CustomerQuery:
    """A query as a customer types it.

    Args:
        text: what is typed.
        kind: one of :data:`KINDS`.
        pages: addresses below the locale's root, of the pages that answer it equally well.
    """

    text: str
    kind: str
    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found for a query.

    Args:
        query: what was asked.
        urls: of the pages found, best first, below the locale's root.
        foreign: whether a page in another language is first, or stands among those in the locale's own.
    """

    query: CustomerQuery
    urls: tuple[str, ...]
    foreign: bool

    def is_right(self, within: int) -> bool:
        """Tell whether a page that answers is among the first so many."""
        return not set(self.query.pages).isdisjoint(self.urls[:within])


def read_queries(folder: Path = FOLDER) -> dict[str, tuple[CustomerQuery, ...]]:
    """Read the queries of all languages: tag → queries, in the order of the file.

    Raises:
        ValueError: for a query of a kind that does not exist, or without a page; it names the file.
    """
    return {path.stem: tuple(_queries(path)) for path in sorted(folder.glob("*.yml"))}


def _queries(path: Path) -> Iterator[CustomerQuery]:
    for entry in yaml.safe_load(path.read_text("utf-8"))["queries"]:
        pages = entry["page"] if isinstance(entry["page"], list) else [entry["page"]]
        if entry["kind"] not in KINDS or not all(isinstance(page, str) and page.endswith("/") for page in pages):
            raise ValueError(f"{path}: {entry}")
        yield CustomerQuery(entry["query"], entry["kind"], tuple(pages))


def language_of(tag: str, languages: Iterable[str]) -> str:
    """Give the language whose queries are asked in a locale: its own tag, or that of the same language."""
    known = list(languages)
    return tag if tag in known else next(one for one in known if base_language(one) == base_language(tag))


def ask(index: Index, queries: Iterable[CustomerQuery]) -> list[Answer]:
    """Ask an index every query."""
    return [judge(asked, query(index, asked.text, limit=SHOWN), index.language) for asked in queries]


def judge(asked: CustomerQuery, found: Results, tag: str) -> Answer:
    """Look at what was found for a query in a locale."""
    langs = {base_language(hit.lang) for hit in found.hits or found.others}
    urls = tuple(hit.url for hit in (*found.hits, *found.others))
    return Answer(asked, urls[:SHOWN], not langs <= {base_language(tag)})


@dataclass(frozen=True, slots=True)
class Figures:
    """How well queries were answered.

    Args:
        asked: how many there were.
        first: percent of them whose page is the first that is found.
        third: percent of them whose page is among the first three.
        none: percent of them for which nothing is found.
        foreign: how many have a page in another language before one in the locale's own.
    """

    asked: int
    first: float
    third: float
    none: float
    foreign: int


def measure(answers: Iterable[Answer], kind: str | None = None) -> Figures:
    """Measure answers, or those to the queries of one kind."""
    chosen = [answer for answer in answers if kind in {None, answer.query.kind}]

    def percent(count: int) -> float:
        return 100 * count / len(chosen) if chosen else 0.0

    return Figures(
        len(chosen),
        percent(sum(answer.is_right(1) for answer in chosen)),
        percent(sum(answer.is_right(3) for answer in chosen)),
        percent(sum(not answer.urls for answer in chosen)),
        sum(answer.foreign for answer in chosen),
    )


def unmet(answers: Mapping[str, Sequence[Answer]]) -> list[str]:
    """Say which wishes are not met, in sentences.

    Args:
        answers: those of each locale.
    """
    everything = [answer for of in answers.values() for answer in of]
    total = measure(everything)
    locales = {tag: measure(of).first for tag, of in answers.items()}
    kinds = {kind: measure(everything, kind).third for kind in EASY}
    wishes = [
        (total.first >= FIRST, f"@1 is {total.first:.1f} %, not {FIRST} %"),
        (total.third >= THIRD, f"@3 is {total.third:.1f} %, not {THIRD} %"),
        (total.none <= NONE, f"{total.none:.1f} % find nothing, not {NONE} % at most"),
        (not total.foreign, f"{total.foreign} queries find a page in another language first"),
        *(
            (first >= LOCALE_FIRST, f"{tag}: @1 is {first:.1f} %, not {LOCALE_FIRST} %")
            for tag, first in locales.items()
        ),
        *((third >= EASY_THIRD, f"{kind}: @3 is {third:.1f} %, not {EASY_THIRD} %") for kind, third in kinds.items()),
    ]
    return [text for is_met, text in wishes if not is_met]
