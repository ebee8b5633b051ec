"""Inspection of catalogs: whether they are in step with the pages, and whether their approvals hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import catalog_path, is_attic
from helpcenter.catalog.keys import is_sheet
from helpcenter.diagnostics import Finding, Place, finding
from helpcenter.project import relative

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from helpcenter.catalog import Entry, LocaleTexts
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project

# What fits on a line.
_NAMED = 3


def check_in_step(
    project: Project, pages: Sequence[Page], locale: Locale, known: Mapping[str, Collection[str]]
) -> list[Finding]:
    """Tell once for a locale when pages have changed since its catalogs were extracted.

    Args:
        project: the project.
        pages: all its pages.
        locale: whose catalogs.
        known: the source texts in each page's own catalog; pages whose catalogs cannot be read are not in it.
    """
    behind = []
    for page in pages:
        texts = {segment.text for segment in page.segments}
        if page.path in known and not is_in_step(set(known[page.path]), texts, locale):
            behind.append(page.path)
    folder = project.catalog_folder(locale.tag)
    files = (file.relative_to(folder).with_suffix(".md").as_posix() for file in sorted(folder.rglob("*.po")))
    behind += [
        path for path in files if not is_attic(path) and not is_sheet(path) and not (project.content / path).is_file()
    ]
    if not behind:
        return []
    file = catalog_path(folder, behind[0])
    place = Place(relative(file if file.is_file() else project.locales_folder / locale.tag, project.root))
    more = f" and {len(behind) - _NAMED} more" if len(behind) > _NAMED else ""
    names = ", ".join(f"'{path}'" for path in behind[:_NAMED]) + more
    message = f"the catalogs of {locale.tag} are behind the pages: {names}"
    return [finding("catalog-behind", message, place, help=f"run 'helpcenter extract -l {locale.tag}'")]


def is_in_step(known: set[str], texts: set[str], locale: Locale) -> bool:
    """Whether the source texts of a catalog are those it should have."""
    return known <= texts if locale.is_variant else known == texts


def check_overrides(project: Project, locale: Locale, page: str, texts: LocaleTexts) -> list[Finding]:
    """Find texts of a variant that say what it would say without them."""
    if len(locale.chain) == 1:
        return []
    place = relative(catalog_path(project.catalog_folder(locale.tag), page), project.root)
    found = []
    for entry in texts.entries(locale.tag, page).values():
        base = next((hit for hit in texts.candidates(page, entry.msgid) if hit[1] != locale.tag), None)
        if not entry.msgstr or base is None or base[0].state.rank < entry.state.rank:
            continue
        if texts.respell(base[0].msgstr, base[1]) == entry.msgstr:
            message = f"{locale.tag} says the same as {base[1]}"
            hint = f"delete the entry, so that it follows {base[1]}; or leave it, if it must not"
            found.append(finding("catalog-same-as-base", message, Place(place, entry.line or None), help=hint))
    return found


def check_approvals(project: Project, tag: str, page: str, entries: Collection[Entry]) -> list[Finding]:
    """Find approvals of a page's catalog that hold for nothing any more."""
    place = relative(catalog_path(project.catalog_folder(tag), page), project.root)
    hint = f"read it, then run 'helpcenter approve -l {tag} {page} --as approved'"
    found = []
    for entry in entries:
        if not entry.has_lost_approval:
            continue
        signature = entry.approved
        if signature is None:
            message = "an approval cannot be read"
        elif not signature.text:
            message = f"the approval of '{signature.who}' does not say for which words"
        else:
            message = f"'{signature.who}' approved other words, or another source text"
        found.append(finding("catalog-approval", message, Place(place, entry.line or None), help=hint))
    return found
