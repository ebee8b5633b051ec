"""Links of the sources: to other pages, to places on them, to files, and to addresses that facts hold."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from helpcenter.content.names import is_hidden
from helpcenter.diagnostics import finding, suggest
from helpcenter.regions import used_facts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.content import Page, Renderer
    from helpcenter.diagnostics import Finding, Place
    from helpcenter.project import Project
    from helpcenter.regions import Regions


def check_links(
    project: Project, pages: Sequence[Page], renderer: Renderer | None, regions: Regions | None
) -> list[Finding]:
    """Check that every link of the sources leads somewhere.

    Args:
        project: the project.
        pages: its pages.
        renderer: tells which anchors a page has; without one, only whether the page is there is checked.
        regions: the region rules, or None where they cannot be read; then links to facts are not checked.
    """
    by_path = {page.path: page for page in pages}
    anchors: dict[str, frozenset[str]] = {}
    found: list[Finding] = []
    for page in pages:
        for link in page.links:
            place = page.place(link.start, link.end)
            target = link.target
            if target.startswith("{{"):
                found += _check_address(target, place, regions)
                continue
            parts = urlsplit(target)
            if parts.scheme or target.startswith("//"):
                continue
            said = _check_internal(project, page, parts.path, parts.fragment, place, by_path, anchors, renderer)
            # A path that is right on one page may be wrong on another that includes it.
            where = f"; it is included by {page.name}" if place.path != page.name else ""
            found += [replace(one, help=f"{one.help}{where}") for one in said]
    return found


def _check_address(target: str, place: Place, regions: Regions | None) -> list[Finding]:
    """Check a link to a fact: it must be an address.  What else can be wrong with it is said of all facts."""
    known = (
        [] if regions is None else [regions.registry[fact] for fact in used_facts(target) if fact in regions.registry]
    )
    return [
        finding(
            "link-not-relative",
            f"{spec.id} is a {spec.type}, and no address",
            place,
            help="link to a fact of the type 'url', or to a page by its path from this file",
        )
        for spec in known
        if spec.type != "url"
    ]


def _check_internal(
    project: Project,
    page: Page,
    path: str,
    fragment: str,
    place: Place,
    by_path: Mapping[str, Page],
    anchors: dict[str, frozenset[str]],
    renderer: Renderer | None,
) -> list[Finding]:
    if path.startswith("/") or "{{" in path:
        hint = "link to pages by their path from this file, as in ../guides/delivery.md"
        return [finding("link-not-relative", f"'{path}' is not a relative path", place, help=hint)]
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), unquote(path))) if path else page.path
    other = by_path.get(target)
    if other is None:
        # A page that is there and could not be read has a finding of its own.
        is_part = target.lower().endswith(".md") and is_hidden(target)
        if not target.startswith("../") and not is_part and (project.content / target).is_file():
            return []
        hint = "give the path of a source page, ending in .md, or of a file below the content folder"
        start = posixpath.dirname(page.path) or "."
        options = [posixpath.relpath(known, start) for known in by_path]
        return [finding("link-broken", f"there is no '{path}' here", place, label=suggest(path, options), help=hint)]
    if other.meta.draft and not page.meta.draft:
        hint = "finish that page and remove 'draft: true', or take the link out"
        return [finding("link-draft", f"'{target}' is a draft and will not be published", place, help=hint)]
    if not fragment or renderer is None:
        return []
    if target not in anchors:
        anchors[target] = renderer.render(other.source[other.body_start :]).anchors
    return _check_anchor(target, fragment, anchors[target], place)


def _check_anchor(target: str, fragment: str, anchors: frozenset[str], place: Place) -> list[Finding]:
    if unquote(fragment) in anchors:
        return []
    options = sorted(anchors)
    hint = "anchors there: " + (", ".join(options) if options else "none")
    message = f"'{target}' has no anchor '#{fragment}'"
    return [finding("link-anchor", message, place, label=suggest(fragment, options), help=hint)]
