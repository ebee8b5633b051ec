"""Names of content files that the site's generator would drop, misread or merge."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from helpcenter.diagnostics import Finding, Place, finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_ALLOWED = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_LOCALE = re.compile(r"[A-Za-z]{2,3}(?:[-_](?:[A-Za-z]{2}|[A-Za-z]{4}|[0-9]{3}))?")
_RESERVED_FOLDERS = {"assets": "the theme's own files", "search": "the search index"}
# Three-letter words that look like a language code and are common names of folders.
_WORDS = frozenset({"faq"})


def check_names(paths: Sequence[str], folder: str = "content") -> list[Finding]:
    """Check the names of all files below the content folder.

    Args:
        paths: POSIX paths below it; files that are no pages are assets, and only their folders matter.
        folder: how findings name the content folder.

    Returns:
        ``page-name-…`` findings, in the order of the paths.
    """
    pages = [path for path in paths if path.lower().endswith(".md")]
    findings = []
    for path in pages:
        findings += _check(path, Place(f"{folder}/{path}"))
    return findings + _collisions(pages, folder)


def _check(path: str, place: Place) -> list[Finding]:
    *folders, file = path.split("/")
    found = [*_hidden(path, place), *_reserved(folders, file, place)]
    stem = file[: -len(".md")]
    if "." in stem.lstrip("."):
        better = stem.lstrip(".").replace(".", "-") + ".md"
        message = f"what follows the dot in '{file}' would be read as a language"
        found.append(finding("page-name-dot", message, place, help=f"rename it to '{better}'"))
    wrong = [
        part
        for part in (*folders, stem)
        if not _ALLOWED.fullmatch(part) and not part.startswith((".", "_")) and stem != "README"
    ]
    if wrong or (not file.endswith(".md") and stem != "README"):
        better = "/".join([*map(suggest_name, folders), suggest_name(stem) + ".md"])
        message = f"'{(wrong or [file])[0]}' holds characters that make a poor address"
        found.append(finding("page-name-characters", message, place, help=f"rename it to '{better}'"))
    return found


def is_hidden(path: str) -> bool:
    """Say whether a file would be left out of the site because of its name or that of a folder around it."""
    return path.startswith((".", "_")) or "/." in path or "/_" in path


def _hidden(path: str, place: Place) -> Iterable[Finding]:
    for part in path.split("/"):
        if part.startswith((".", "_")):
            message = f"'{part}' begins with '{part[0]}' and would be left out of the site"
            yield finding(
                "page-name-hidden",
                message,
                place,
                help=f"rename it to '{part.lstrip('._')}', or move it out of the content",
            )


def _reserved(folders: Sequence[str], file: str, place: Place) -> Iterable[Finding]:
    if folders and folders[0].lower() in _RESERVED_FOLDERS:
        message = f"the folder '{folders[0]}' is where the site keeps {_RESERVED_FOLDERS[folders[0].lower()]}"
        yield finding("page-name-reserved", message, place, help="choose another name for the folder")
    if not folders and file.lower() == "404.md":
        yield finding(
            "page-name-reserved",
            "'404.md' would replace the site's own page for missing addresses",
            place,
            help="rename it",
        )
    if not folders and file.lower() == "search.md":
        yield finding(
            "page-name-reserved",
            "'search.md' has the address of the page that lists what the search has found",
            place,
            help="rename it",
        )
    if folders and _LOCALE.fullmatch(folders[0]) and folders[0].lower() not in _WORDS and _is_locale(folders[0]):
        message = f"the folder '{folders[0]}' looks like a language or region and would vanish from the site"
        yield finding("page-name-locale", message, place, help="choose a name that is a word")


def _is_locale(name: str) -> bool:
    """Say whether a folder name is what the site would take for a locale: two letters, or a code with a second part."""
    return len(name) == len("us") or "-" in name or "_" in name


def _collisions(pages: Sequence[str], folder: str) -> list[Finding]:
    seen: dict[str, str] = {}
    findings = []
    for path in pages:
        head, _, file = path.rpartition("/")
        stem = file[: -len(".md")]
        is_index = stem.lower() in ("index", "readme")
        # `guides.md` and `guides/index.md` have one address, as have names that differ in case on some systems.
        address = (head if is_index else f"{head}/{stem}".lstrip("/")).lower()
        address = unicodedata.normalize("NFC", address)
        other = seen.setdefault(address, path)
        if other != path:
            message = f"'{path}' and '{other}' have the same address"
            findings.append(
                finding(
                    "page-name-collision", message, Place(f"{folder}/{path}"), help="rename or remove one of the two"
                )
            )
    return findings


def suggest_name(part: str) -> str:
    """Give a name made of lower-case letters, digits and hyphens that is as near as can be."""
    text = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode("ascii").lower()
    return re.sub(r"[^a-z0-9_]+", "-", text).strip("-_") or "page"
