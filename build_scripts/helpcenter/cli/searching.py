"""The command that asks the search index."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from helpcenter.cli.app import Session
    from helpcenter.project import Locale, Project
    from helpcenter.search import Explanation, Hit, Index, Meaning, Reading, Reason, Results, Word
    from helpcenter.site.vocabularies import Origins

# How many terms and matches are printed of one word; --format json has all of them.
TERMS, MATCHES = 6, 3
_INDENT = " " * 10


@click.command()
@click.argument("query")
@click.option("-l", "--locale", "tag", metavar="TAG", help="The locale; the source when not given.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="At most so many pages.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--explain", "reasons", is_flag=True, help="Also what was made of each word, and what matched where.")
@click.pass_obj
def search(session: Session, query: str, tag: str | None, limit: int, form: str, *, reasons: bool) -> None:
    """Search the built site as a customer does, best page first."""
    from helpcenter.diagnostics import printable  # noqa: PLC0415 - only here
    from helpcenter.search import explain  # noqa: PLC0415 - only here
    from helpcenter.search import query as ask  # noqa: PLC0415 - only here
    from helpcenter.site.vocabularies import find_origins  # noqa: PLC0415 - only here

    project = session.project()
    (locale,) = project.select([tag or project.source.tag])
    index = _load(project, locale)
    results = ask(index, query, limit=limit)
    explanation = explain(index, query, limit=limit) if reasons else None
    origins = find_origins(project, locale) if reasons else None
    if form == "json":
        found = {"query": query, "locale": locale.tag, **_as_data(results, explanation, origins)}
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for line in _lines(results, explanation, origins, locale.tag):
        click.echo(printable(line))
    if not results.hits and not results.others:
        click.echo("nothing found", err=True)


def _load(project: Project, locale: Locale) -> Index:
    from helpcenter.diagnostics import HelpcenterError, Place, finding  # noqa: PLC0415 - only here
    from helpcenter.search import load_index  # noqa: PLC0415 - only here

    folder = project.site / locale.tag / "search"
    if not folder.is_dir():
        name = f"{project.configuration.site_dir}/{locale.tag}/search"
        hint = f"run 'helpcenter build --locale {locale.tag}' first"
        raise HelpcenterError(finding("search-not-built", f"{locale.tag} has not been built", Place(name), help=hint))
    return load_index(folder)


def _as_data(results: Results, explanation: Explanation | None, origins: Origins | None) -> dict[str, Any]:
    data: dict[str, Any] = {
        "hits": [_hit(hit) for hit in results.hits],
        "others": [_hit(hit) for hit in results.others],
        "missed": list(results.missed),
        "suggestion": results.suggestion or None,
    }
    if explanation is not None and origins is not None:
        data["explanation"] = asdict(explanation)
        for reading, told in zip(explanation.readings, data["explanation"]["readings"], strict=True):
            for word, row in zip(reading.words, told["words"], strict=True):
                row["meanings"] = [
                    {"text": one.text, "why": one.why, "place": _place(one, origins) or None} for one in word.meanings
                ]
    return data


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "url": hit.url,
        "anchor": hit.anchor,
        "title": hit.title,
        "type": hit.type,
        "lang": hit.lang,
        "score": round(hit.score, 4),
        "best": hit.best,
    }


def _lines(results: Results, explanation: Explanation | None, origins: Origins | None, tag: str) -> Iterator[str]:
    reasons: Sequence[Reason | None] = [None] * (len(results.hits) + len(results.others))
    if explanation is not None and origins is not None:
        reasons = explanation.reasons
        kinds = {"own", *(reason.kind for reason in explanation.reasons)}
        for reading in explanation.readings:
            if reading.kind in kinds:
                yield from _reading_lines(reading, origins)
    if results.suggestion:
        yield f"did you mean: {results.suggestion}"
    if results.missed:
        yield f"nothing found for: {', '.join(results.missed)}"
    told = iter(reasons)
    for hit in results.hits:
        yield from _hit_lines(hit, tag, next(told))
    for place, hit in enumerate(results.others):
        if place == 0:
            yield f"not translated yet, in {hit.lang}:"
        yield from _hit_lines(hit, tag, next(told))


def _hit_lines(hit: Hit, tag: str, reason: Reason | None) -> Iterator[str]:
    best = "  (best answer)" if hit.best else ""
    yield f"{hit.score:8.2f}  {hit.title}  {tag}/{hit.url}{'#' + hit.anchor if hit.anchor else ''}{best}"
    if reason is not None:
        yield _INDENT + _standing(reason)
        yield from (_INDENT + line for line in _align(_cells(reason)))


def _standing(reason: Reason) -> str:
    """Say in words what puts a page where it stands."""
    said = [f"{reason.answered} of {reason.asked} words"]
    if reason.is_named:
        said.append("the query is its title or a keyword")
    if reason.kind == "bridge":
        said.append("found by what it is called in the source language")
    return ", ".join(said)


def _cells(reason: Reason) -> Iterator[list[str]]:
    """Give a row for each term that matched: score, word, term, how, how near, where."""
    for part in reason.parts:
        head = [f"{part.score:6.2f}", part.typed]
        for match in part.matches[:MATCHES]:
            yield [*head, match.term, match.how, f"{match.nearness:4.2f}", " ".join(match.fields)]
            head = ["", ""]
        if len(part.matches) > MATCHES:
            yield ["", "", f"and {len(part.matches) - MATCHES} more"]


def _reading_lines(reading: Reading, origins: Origins) -> Iterator[str]:
    """Say what was made of each word."""
    if reading.kind != "own":
        yield f"in {reading.language}:"
    if reading.text:
        yield f"read as: {reading.text}"
    yield from _align(row for word in reading.words for row in _word_cells(word, origins))


def _word_cells(word: Word, origins: Origins) -> Iterator[list[str]]:
    """Give a row for each thing that was made of a word: the word, what, and of what."""
    yield [word.typed, "compared as", ", ".join([word.surface, *(f"stem {stem}" for stem in word.stems)])]
    if word.is_small:
        yield ["", "small", "counts for little beside other words"]
    meanings: dict[tuple[str, str], list[str]] = {}
    for one in word.meanings:
        meanings.setdefault((one.why, _place(one, origins)), []).append(one.text)
    for (why, place), texts in meanings.items():
        yield ["", "stands for", f"{', '.join(texts)}  ({f'{why}, {place}' if place else why})"]
    for how, terms in () if word.is_small else word.found.items():
        yield ["", f"found {how}", " ".join(terms[:TERMS]) + (" …" if len(terms) > TERMS else "")]
    if not word.found:
        yield ["", "not found"]
    if word.correction:
        yield ["", "meant", word.correction]


def _align(rows: Iterable[list[str]]) -> Iterator[str]:
    """Write rows of cells as lines, each column as wide as its widest cell; the last cell of a row takes what it needs."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - for people only; a Chinese character is two wide

    known = list(rows)
    widths: dict[int, int] = {}
    for row in known:
        for column, cell in enumerate(row[:-1]):
            widths[column] = max(widths.get(column, 0), cell_len(cell))
    for row in known:
        cells = [set_cell_size(cell, widths[column]) for column, cell in enumerate(row[:-1])]
        yield "  ".join([*cells, row[-1]])


def _place(meaning: Meaning, origins: Origins) -> str:
    place = origins.find(meaning.entry) if meaning.entry else None
    return f"{place.path}:{place.line}" if place is not None else ""
