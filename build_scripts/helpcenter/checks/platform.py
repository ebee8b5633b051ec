"""Links to the EU's closed platform for online dispute resolution, wherever somebody may have written one.

It closed on 2025-07-20 by Regulation (EU) 2024/3228; an address of it promises customers a way that is not there.
"""

from __future__ import annotations

import html
import re
import unicodedata
from typing import TYPE_CHECKING
from urllib.parse import unquote

from helpcenter.catalog import catalog_path
from helpcenter.checks.places import TextPlaces
from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project import read_text, relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from helpcenter.catalog import Entry
    from helpcenter.diagnostics import Finding
    from helpcenter.project import Project

# Its addresses as shops were told to link them, and that of the system behind it: ec.europa.eu/odr,
# ec.europa.eu/consumers/odr/main/index.cfm?…, webgate.ec.europa.eu/odr.
_ADDRESS = re.compile(
    r"(?:https?:)?/*(?:www\.)?(?:webgate\.)?\bec\.europa\.eu(?::\d+)?/+(?:consumers/+)?odr(?![\w-])", re.IGNORECASE
)
# Nothing that is shown, or what Markdown and JSON write before a character.
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\\\\]")
_DISGUISE = re.compile("%[0-9A-Fa-f]{2}|&#|[\u00ad\u200b-\u200f\u2060\ufeff\uff01-\uff5e\\\\]")
_HINT = "remove it; name the national body, as in {{ disputes.body }}"
_TEXTS = frozenset({".html", ".js", ".json", ".md", ".po", ".svg", ".txt", ".xml", ".yml", ".yaml"})


def mentions_platform(text: str) -> bool:
    """Tell whether a text holds an address of the platform, however it is written."""
    return next(find_addresses(text), None) is not None


def find_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Give start and end of each address of the platform in a text; of one that is written in disguise, the line."""
    # Nearly every text holds none, and is not looked at line by line.
    if "odr" not in text.casefold() and not _DISGUISE.search(text):
        return
    start = 0
    for line in text.split("\n"):
        plain = [match.span() for match in _ADDRESS.finditer(line)]
        yield from ((start + first, start + last) for first, last in plain)
        if not plain and _ADDRESS.search(_undisguise(line)):
            yield start + len(line) - len(line.lstrip()), start + len(line.rstrip())
        start += len(line) + 1


def _undisguise(line: str) -> str:
    """Write a line as browsers understand it: without entities, per cent signs, and characters that nobody sees."""
    line = unquote(unquote(html.unescape(line)))
    return _IGNORED.sub("", unicodedata.normalize("NFKC", line))


def platform_findings(text: str, locate: Callable[[int, int], Place]) -> list[Finding]:
    """Make the findings of a text.

    Args:
        text: the text.
        locate: gives the place of a part of it.
    """
    return [platform_finding(locate(start, end)) for start, end in find_addresses(text)]


def platform_finding(place: Place) -> Finding:
    """Make the finding of an address of the platform."""
    return finding("link-odr-platform", "the EU's ODR platform is closed", place, help=_HINT)


def inspect_entries(project: Project, tag: str, path: str, entries: Iterable[Entry]) -> list[Finding]:
    """Find translations that name the platform, whether they are shown or not.

    Args:
        project: the project.
        tag: the locale.
        path: of the page or the sheet.
        entries: of its catalog.
    """
    places = TextPlaces(project, catalog_path(project.catalog_folder(tag), path))
    spans = ((entry, span) for entry in entries for span in find_addresses(entry.msgstr))
    return [platform_finding(places.place(entry, span)) for entry, span in spans]


def inspect_files(project: Project) -> list[Finding]:
    """Look through what reaches customers and is neither a page nor a translation: settings, region rules, templates."""
    found = []
    folders = [project.regions_folder, project.root / "overrides"]
    files = [project.root / "mkdocs.yml", project.shop_file]
    for path in [*files, *(one for folder in folders for one in sorted(folder.rglob("*")))]:
        if path.suffix in _TEXTS and path.is_file():
            found += _inspect_file(path, project.root)
    return found


def _inspect_file(path: Path, root: Path) -> list[Finding]:
    try:
        text = read_text(path, root)
    except HelpcenterError:
        # Whoever needs the file says so.
        return []
    name = relative(path, root)
    return platform_findings(text, lambda start, end: Place.at_offset(name, text, start, end))
