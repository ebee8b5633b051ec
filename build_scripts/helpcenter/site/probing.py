"""Probing: whether customers find what a locale has, before it is published.

The index is asked for its pages by title, in all the ways in which customers write one, and for what people promised.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.content.frontmatter import read_header
from helpcenter.diagnostics import Finding, HelpcenterError, Place, Severity, finding
from helpcenter.project.yamlfile import load_yaml
from helpcenter.search import FILE_NAME, THRESHOLD, query
from helpcenter.search.probes import Outcome, Report, run
from helpcenter.site.store import digest
from helpcenter.site.vocabularies import vocabulary_chain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from helpcenter.content import Results
    from helpcenter.project import Project
    from helpcenter.project.yamlfile import YamlFile
    from helpcenter.search import Index
    from helpcenter.site.staged import StagedPage

BELOW = "search-below-threshold"
# How many failed probes stand in the error itself, and how many pages are asked for to say where one stands instead.
WORST, LOOKED_AT = 3, 30


@dataclass(frozen=True, slots=True)
class Probed:
    """What was asked of a locale's index.

    Args:
        report: what came of the probes.
        findings: promises that it does not keep, and whether it finds too little.
    """

    report: Report
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SoughtPage:
    """A page that is looked for.

    Args:
        path: of the source file below the content folder.
        url: below the locale's folder.
        title: in the language of its text.
        queries: searches that its front matter promises to answer.
    """

    path: str
    url: str
    title: str
    queries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sought:
    """The pages of a locale that are looked for.

    Args:
        tag: the locale.
        pages: all of them.
        root: of the project.
        docs_dir: folder of the pages below the root.
        chain: tags of the locales whose ``search.yml`` holds for this one, its own last.
    """

    tag: str
    pages: tuple[SoughtPage, ...]
    root: Path
    docs_dir: str
    chain: tuple[str, ...]

    def place(self, page: SoughtPage, *at: str | int) -> Place:
        """Give the place of a value in a page's front matter; of the page, where there is none."""
        name = f"{self.docs_dir}/{page.path}"
        with suppress(HelpcenterError, OSError, UnicodeDecodeError):
            header = read_header((self.root / name).read_text("utf-8"), name)
            if header is not None:
                return header.file.place(*at)
        return Place(name)

    def files(self) -> Iterator[YamlFile]:
        """Read the ``search.yml`` files that hold for the locale, the nearest first."""
        for tag in reversed(self.chain):
            path = self.root / "locales" / tag / FILE_NAME
            if path.is_file():
                # What is wrong with a file is told by whoever checks it.
                with suppress(HelpcenterError):
                    yield load_yaml(path, self.root)

    def place_of_word(self, *at: str | int, key: bool = False) -> Place:
        """Give the place of a value in ``search.yml``; of the locale's own file, where none has it."""
        file = next((file for file in self.files() if at in file.values), None)
        return file.place(*at, key=key) if file else Place(f"locales/{self.tag}/{FILE_NAME}")

    def place_of_popular(self, text: str) -> Place:
        """Give the place of a popular query in ``search.yml``."""
        for file in self.files():
            words = [str(word).strip() for word in file.data.get("popular") or ()]
            if text in words:
                return file.place("popular", words.index(text))
        return Place(f"locales/{self.tag}/{FILE_NAME}")


def sought_of(project: Project, tag: str, pages: Sequence[StagedPage]) -> Sought:
    """Give what is looked for in a locale of a project."""
    chain = vocabulary_chain(project, project.locales[tag])
    wanted = tuple(SoughtPage(page.path, page.url, page.title, page.queries) for page in pages)
    return Sought(tag, wanted, project.root, project.configuration.docs_dir, chain)


def probe(index: Index, sought: Sought, known: Results) -> Probed:
    """Ask an index for what it promises to find, and for what every index must find.

    Args:
        index: of the locale.
        sought: its pages.
        known: what came of earlier runs; probes are not run again while pages have the same names and people the same words.
    """
    key = digest("probes", *_names(index), repr([(group.rules, group.vocabulary) for group in index.groups]))
    report: Report | None = known.get(key)
    if report is None:
        report = run(index)
        known.put(key, report)
    return Probed(report, (*find_missed(index, sought), *_find_below(report, index, sought)))


def _names(index: Index) -> Iterator[str]:
    """Give what decides whether a page is found by its title: all that is above the text, which is edited far more often."""
    for page in index.documents:
        headings = [(section.anchor, section.title) for section in page.sections]
        yield repr((page.url, page.lang, page.type, page.title, page.keywords, page.answer, headings, page.bridge))


def find_missed(index: Index, sought: Sought) -> Iterator[Finding]:
    """Find the searches that people promised to find a page first, and that do not; and popular ones that find nothing."""
    for page in sought.pages:
        for number, text in enumerate(page.queries):
            if missed := _miss(index, text, page, sought):
                hint = "put the words customers use into its 'keywords', or take the query out"
                yield finding("search-query-missed", missed, sought.place(page, "queries", number), help=hint)
    words = index.groups[0].vocabulary
    pages = {page.path: page for page in sought.pages}
    for text, path in words.queries:
        # A page that is a draft, or not there, is another matter.
        if path in pages and (missed := _miss(index, text, pages[path], sought)):
            hint = f"give the page the keyword, or {FILE_NAME} a synonym, that leads to it; or take the query out"
            yield finding("search-query-missed", missed, sought.place_of_word("queries", text, key=True), help=hint)
    for text in words.popular:
        if not query(index, text, limit=1).hits:
            hint = "write it as it finds something, add a synonym that leads there, or take it out"
            message = f"the popular search '{text}' of {sought.tag} finds no page in its language"
            yield finding("search-query-missed", message, sought.place_of_popular(text), help=hint)


def _miss(index: Index, text: str, page: SoughtPage, sought: Sought) -> str:
    """Say what a search finds in place of a page, and why; an empty text where it finds the page first."""
    results = query(index, text, limit=LOOKED_AT, explain=True)
    urls = [hit.url for hit in results.hits]
    if urls[:1] == [page.url]:
        return ""
    said = f"the search '{text}' of {sought.tag} does not find '{page.title}' first"
    if any(hit.url == page.url for hit in results.others):
        return f"{said}: the page is not in the language of the locale, and stands among those that are not"
    if not urls:
        return f"{said}: nothing is found"
    first = results.hits[0]
    said += f": '{first.title}' is first, since it has {_listed(first.tokens)}"
    if page.url not in urls:
        return f"{said}, and the page is not found at all"
    place = urls.index(page.url)
    return f"{said}; the page is number {place + 1}, with {_listed(results.hits[place].tokens)}"


def _listed(words: Sequence[str], most: int = 5) -> str:
    return ", ".join(f"'{word}'" for word in words[:most]) + (" …" if len(words) > most else "")


def _find_below(report: Report, index: Index, sought: Sought) -> Iterator[Finding]:
    """Find that a locale finds too little to be published."""
    threshold = index.groups[0].vocabulary.threshold
    wanted = THRESHOLD if threshold is None else threshold
    if report.reaches(wanted):
        return
    failing = [f"{kind} {passed} of {asked}" for kind, (passed, asked) in report.counts.items() if passed < asked]
    # Cut, not rounded: 89.97 of 90 are not enough.
    percent = int(report.percent * 10) / 10
    message = (
        f"{percent} % of {report.asked} searches derived from the titles of {sought.tag} find their page, and {wanted} % "
        f"must, with half of each kind; those that fail: {', '.join(failing)}"
    )
    titles = {page.url: page.title for page in sought.pages}
    worst = "; ".join(_tell(one, titles) for one in report.worst(WORST))
    hint = (
        f"{worst}. See all with 'helpcenter check --locale {sought.tag} --probes', and docs/guides/find-every-page.md"
    )
    yield finding(BELOW, message, sought.place_of_word("threshold"), help=hint)


def tell_probes(report: Report, sought: Sought) -> Iterator[Finding]:
    """Give a note that counts what the probes found, by kind, and one for each that did not find its page."""
    counts = ", ".join(f"{kind} {passed} of {asked}" for kind, (passed, asked) in report.counts.items())
    looked, there = report.pages
    pages_said = f"{looked} titles" if looked == there else f"{looked} of the {there} titles"
    percent = int(report.percent * 10) / 10
    message = (
        f"{percent} % of {report.asked} searches derived from {pages_said} of {sought.tag} find their page: {counts}"
    )
    yield finding("search-probes", message, sought.place_of_word("threshold"))
    titles = {page.url: page.title for page in sought.pages}
    pages = {page.url: page for page in sought.pages}
    for one in report.failed:
        place = sought.place(pages[one.probe.url], "title")
        hint = "add a keyword to the page, or a synonym or a misspelling to search.yml, if customers type it"
        yield finding("search-probe-failed", f"in {sought.tag}, {_tell(one, titles)}", place, help=hint)


def _tell(outcome: Outcome, titles: dict[str, str]) -> str:
    made = outcome.probe
    wanted, found = titles[made.url], outcome.found
    if not found:
        instead = "finds nothing"
    elif found[0] != made.url:
        instead = f"finds '{titles[found[0]]}' first"
    else:
        instead = "finds it only because the two look alike"
    return f"'{made.query}' ({made.kind}) should find '{wanted}' and {instead}"


def soften_search(found: Iterable[Finding]) -> list[Finding]:
    """Let a preview be built in spite of what its search does not find."""
    return [replace(one, severity=Severity.WARNING) if one.code == BELOW else one for one in found]
