"""Which file of a folder translates which page."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from helpcenter.adoption.units import MARKUP
from helpcenter.content import load_pages, load_snippets
from helpcenter.project.tags import canonical_tag, language_of, tag_problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from helpcenter.adoption.units import Unit
    from helpcenter.content import Page
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project

_SUFFIX = re.compile(r"(?P<stem>.+)\.(?P<tag>[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4}){0,2})\.md\Z")
# Shares of what two files have in common; what is found by content must leave no doubt.
_LEAST_ALIKE, _LEAST_MARGIN, _LEAST_TOKENS = 0.5, 2.0, 4


@dataclass(frozen=True, slots=True)
class Files:
    """The Markdown files of a folder.

    Args:
        named: file of a page, by the page's path: those that bear its name, with or without the locale's suffix.
        others: files that bear no page's name.
    """

    named: dict[str, Path] = field(default_factory=dict)
    others: tuple[Path, ...] = ()


def load_sources(project: Project) -> tuple[list[Page], list[Finding]]:
    """Read the source pages; translations that lie beside them, as mkdocs-static-i18n has them, are none.

    Returns:
        The pages, and the findings of all files but those.
    """
    snippets = load_snippets(project.configuration, project.root)
    pages, found = load_pages(project.content, project.root, project.configuration.settings.front_matter, snippets)
    beside = {
        file.relative_to(project.root).as_posix()
        for file in project.content.rglob("*.md")
        if split_suffix(file.name)[1] and file.with_name(split_suffix(file.name)[0]).is_file()
    }
    found = [one for one in found if one.place.path not in beside]
    return [page for page in pages if page.name not in beside], found


def split_suffix(path: str) -> tuple[str, str]:
    """Take the locale out of a file's name, as mkdocs-static-i18n writes it: ``faq/a.tr.md`` → ``("faq/a.md", "tr")``.

    Returns:
        The path as it is and an empty text when there is none.
    """
    match = _SUFFIX.fullmatch(path)
    tag = canonical_tag(match["tag"]) if match else ""
    return (path, "") if match is None or tag_problem(tag) else (f"{match['stem']}.md", tag)


def list_files(folder: Path, pages: Collection[str], tag: str, content: Path) -> Files:
    """Find the files of a folder and the pages whose names they bear.

    Args:
        folder: where the translations lie.
        pages: paths of all source pages.
        tag: the locale.
        content: the folder of the source pages, whose own files are no translations.
    """
    named: dict[str, tuple[int, Path]] = {}
    others: list[Path] = []
    for file in sorted(folder.rglob("*.md")):
        if not file.is_file():
            continue
        path, suffix = split_suffix(file.relative_to(folder).as_posix())
        rank = _rank(suffix, tag)
        if not suffix and content in {folder, *folder.parents, *file.parents}:
            continue
        if rank is None:
            # The file of another language, beside that of this one.
            continue
        page = path if path in pages else _other_index(path)
        if content in folder.parents:
            page = f"{folder.relative_to(content).as_posix()}/{page}"
        if page not in pages:
            others.append(file)
        elif page not in named or rank > named[page][0]:
            named[page] = (rank, file)
    return Files({page: file for page, (_, file) in sorted(named.items())}, tuple(others))


def _rank(suffix: str, tag: str) -> int | None:
    """Give how well the suffix of a file's name fits a locale; None where it is another's."""
    if suffix == tag:
        return 2
    if suffix:
        return 1 if suffix == language_of(tag) else None
    return 0


def _other_index(path: str) -> str:
    folder, slash, file = path.rpartition("/")
    return f"{folder}{slash}" + {"index.md": "README.md", "README.md": "index.md"}.get(file, file)


def match_content(sources: Mapping[str, Sequence[Unit]], files: Sequence[Sequence[Unit]]) -> dict[int, str]:
    """Find the pages that files of other names translate: by what no translation changes.

    Args:
        sources: units of the pages without a file, by path.
        files: units of the files without a page.

    Returns:
        The path of the page, by the number of the file; only where there is no doubt.
    """
    profiles = {path: _profile(units) for path, units in sources.items()}
    spread: Counter[str] = Counter()
    for profile in profiles.values():
        spread.update(profile.keys())
    alike = {
        (i, path): value
        for i, units in enumerate(files)
        for path, profile in profiles.items()
        if (value := _likeness(_profile(units), profile, spread)) >= _LEAST_ALIKE
    }
    found = {}
    for (i, path), value in alike.items():
        rivals = [other for (k, name), other in alike.items() if (k == i) != (name == path)]
        if all(value >= other * _LEAST_MARGIN for other in rivals):
            found[i] = path
    return found


def _profile(units: Sequence[Unit]) -> Counter[str]:
    profile: Counter[str] = Counter()
    for unit in units:
        profile.update(unit.tokens)
        if unit.kind != MARKUP and unit.id:
            profile[f"{{#{unit.id}}}"] += 1
    return profile


def _likeness(one: Counter[str], other: Counter[str], spread: Counter[str]) -> float:
    """Give the share of what two files have that both have, 0 to 1; what stands in many pages counts less."""
    shared = one & other
    if len(shared) < _LEAST_TOKENS:
        return 0.0
    weights = {token: 1 / math.log2(1 + max(spread[token], 1)) for token in one | other}
    both = sum(weights[token] * count for token, count in shared.items())
    return both / sum(weights[token] * count for token, count in (one | other).items())
