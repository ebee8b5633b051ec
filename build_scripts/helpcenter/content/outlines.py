"""Outlines: of each page what catalogs need, its segments, without parsing again what was parsed before."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.content.pages import Page, check_parts, find_pages, parse_page
from helpcenter.content.snippets import Expansion
from helpcenter.diagnostics import HelpcenterError, Severity
from helpcenter.project import read_text, relative
from helpcenter.project.cache import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from helpcenter.content.snippets import Snippets
    from helpcenter.project.configuration import FrontMatterKeys


class Passage(NamedTuple):
    """A segment, as catalogs see it; the fields are those of ``Segment``."""

    text: str
    anchor: str
    kind: str


@dataclass(frozen=True)
class Outline:
    """The segments of a page.

    Args:
        path: POSIX path of the page below the content folder.
        packed: the segments as JSON; most runs look into few pages.
        labels: of the link references that the page defines, sorted.
    """

    path: str
    packed: str
    labels: tuple[str, ...] = ()

    @classmethod
    def of(cls, page: Page) -> Outline:
        """Take the outline of a page."""
        passages = [(segment.text, segment.anchor, segment.kind) for segment in page.segments]
        packed = json.dumps(passages, ensure_ascii=False, separators=(",", ":"))
        return cls(page.path, packed, tuple(sorted(page.labels)))

    @cached_property
    def segments(self) -> tuple[Passage, ...]:
        """The segments, in the order of the page."""
        return tuple(Passage(*passage) for passage in json.loads(self.packed))

    @cached_property
    def digest(self) -> str:
        """The hash of the segments and of where they stand."""
        return digest_of(f"{self.path}\n{self.packed}".encode("utf-8", "surrogatepass"))


def load_outlines(
    content: Path,
    root: Path,
    known: Mapping[str, Sequence[str]],
    keys: FrontMatterKeys | None = None,
    snippets: Snippets | None = None,
) -> tuple[list[Outline], dict[str, list[str]]] | None:
    """Read the outlines of all pages.

    Args:
        content: the content folder.
        root: the project's folder.
        known: by path: the hash of a page's source with what it includes, and of the keys; its packed segments; its labels, as an
            earlier run gave them.
        keys: what their front matter may have beside the keys that helpcenter knows.
        snippets: what the site says of them; None where it has none.

    Returns:
        The outlines sorted by path, and the same for the next run; None when a page has an error: ``load_pages`` tells all
        of them.
    """
    files, parts, findings = find_pages(content, root, snippets)
    if any(finding.severity is Severity.ERROR for finding in findings):
        return None
    folder = relative(content, root)
    # Where nothing is included, lines that include are read otherwise.
    translated = f"{'' if keys is None else repr(keys)}{'' if snippets is None else ' with snippets'}"
    included: set[str] = set()
    outlines: list[Outline] = []
    rows: dict[str, list[str]] = {}
    for path, file in files.items():
        try:
            source = read_text(file, root)
            expansion = snippets.expand(source, f"{folder}/{path}") if snippets else Expansion(source)
            if expansion.findings:
                return None
            included.update(one.path for one in expansion.included)
            digest = digest_of(f"{translated}\n{expansion.source}".encode())
            row = known.get(path)
            is_known = row is not None and row[0] == digest
            outline = (
                Outline(path, row[1], tuple(row[2:]))
                if row and is_known
                else Outline.of(parse_page(path, source, content_dir=folder, keys=keys, snippets=snippets))
            )
        except HelpcenterError:
            return None
        outlines.append(outline)
        rows[path] = [digest, outline.packed, *outline.labels]
    return None if check_parts(content, parts, included, folder) else (outlines, rows)
