"""Adopting: translations that exist as Markdown become entries of the catalogs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.adoption.filling import Filling, fill
from helpcenter.adoption.folders import list_files, match_content
from helpcenter.adoption.judging import Judgement, judge_pages, shorten
from helpcenter.adoption.pairing import pair_pages
from helpcenter.adoption.translations import Translation, read_translation
from helpcenter.adoption.units import make_units
from helpcenter.catalog import LocaleTexts, Memory, catalog_path, load_catalog, load_catalogs, merge, save_catalog
from helpcenter.catalog.merging import sources_of
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project import remove_leftovers

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from helpcenter.catalog import Signature, Source
    from helpcenter.checks import Gate
    from helpcenter.content import Page
    from helpcenter.project import Locale, Project


@dataclass(frozen=True, slots=True)
class PageAdoption:
    """What became of one translated page.

    Args:
        page: path of the source page.
        file: the translated file.
        segments: texts of the page; what stands twice counts once.
        taken: texts that went into the catalog now, or would.
        present: the catalog said the same already.
        signed: how many of both were signed now.
        same: how many of both hold nothing to translate: names, code.
        stale: how many of both are kept for a reviewer, and not shown.
        kept: the catalog has another text of a person.
        machine: the catalog has a machine's text.
        refused: texts that are no translation.
        unsure: texts that belong to none of the source for certain.
    """

    page: str
    file: str
    segments: int
    taken: int
    present: int
    signed: int
    same: int
    stale: int
    kept: int
    machine: int
    refused: int
    unsure: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """What became of a folder of translations.

    Args:
        pages: one for each page that has a file.
        findings: what is to be said, file by file.
    """

    pages: tuple[PageAdoption, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to adopt.

    Args:
        signature: who vouches for the texts that are certain; None where nobody does.
        replace_machine: whether a machine's text gives way to one that is adopted.
        dry_run: write nothing.
    """

    signature: Signature | None = None
    replace_machine: bool = False
    dry_run: bool = False


def adopt(
    project: Project,
    pages: Sequence[Page],
    locale: Locale,
    folder: Path,
    gate: Gate,
    wishes: Wishes,
    *,
    wanted: Collection[str] = (),
    progress: Callable[[str], None] = lambda _: None,
) -> Adoption:
    """Fill the catalogs of a locale from a folder of translated pages.

    Each catalog is written whole as soon as its page is done: stop at any time, and run it again.

    Args:
        project: the project.
        pages: all its source pages.
        locale: whose translations they are.
        folder: where they lie.
        gate: says what would break a page.
        wishes: how to do it.
        wanted: paths of the pages to adopt; all when empty.
        progress: is told what goes on.

    Raises:
        HelpcenterError: a catalog cannot be read; nothing was written then.
    """
    catalogs, broken = load_catalogs(project.catalog_folder(locale.tag), project.root)
    if broken:
        raise HelpcenterError(*broken)
    remove_leftovers(project.catalog_folder(locale.tag))
    progress("reading")
    pairs, found = _find_translations(project, pages, locale, folder.resolve(), folder)
    pairs = [pair for pair in pairs if not wanted or pair[0].path in wanted]
    progress("aligning")
    # All pages teach words to each other, so that a page by itself gets what it would get among the others.
    judgements = judge_pages(pair_pages(pairs), gate, locale.tag, project.source.tag)
    progress("writing")
    memory = Memory.of(catalogs.values())
    done = []
    for judgement in judgements:
        outcome, said = _write_page(project, locale, judgement, memory, wishes)
        done.append(outcome)
        found += said
    return Adoption(tuple(done), tuple(found))


def _find_translations(
    project: Project, pages: Sequence[Page], locale: Locale, folder: Path, shown: Path
) -> tuple[list[tuple[Page, Translation]], list[Finding]]:
    """Find and read the translated files.

    Args:
        project: the project.
        pages: its source pages.
        locale: whose translations.
        folder: where they lie, as an absolute path.
        shown: the same as it was given.
    """
    by_path = {page.path: page for page in pages}
    files = list_files(folder, by_path, locale.tag, project.content)
    pairs: list[tuple[Page, Translation]] = []
    found: list[Finding] = []
    for path, file in files.named.items():
        try:
            pairs.append((by_path[path], _read(project, file, folder, shown)))
        except HelpcenterError as error:
            found += error.findings
    others = []
    for file in files.others:
        try:
            others.append(_read(project, file, folder, shown))
        except HelpcenterError as error:
            found += error.findings
    missing = {path: page for path, page in by_path.items() if path not in files.named}
    units = {path: make_units(page.source, page.body_start, page.segments) for path, page in missing.items()}
    renamed = match_content(units, [translation.units for translation in others])
    for number, translation in enumerate(others):
        if number not in renamed:
            hint = "give it the name of its page, or leave it"
            message = "this file translates no page"
            found.append(finding("adoption-page-unknown", message, Place(translation.name), help=hint))
            continue
        path = renamed[number]
        pairs.append((missing.pop(path), translation))
        message = f"this file is taken for the translation of '{path}': both hold the same code, links and numbers"
        hint = "if it is not, give it a name of its own"
        found.append(finding("adoption-page-renamed", message, Place(translation.name), help=hint))
    found += [
        finding(
            "adoption-page-missing",
            "no file translates this page",
            Place(page.name),
            help="translate it: 'helpcenter translate'",
        )
        for page in missing.values()
    ]
    return sorted(pairs, key=lambda pair: pair[0].path), found


def _read(project: Project, file: Path, folder: Path, shown: Path) -> Translation:
    inner = file.relative_to(folder)
    is_ours = file.is_relative_to(project.root)
    note = (file.relative_to(project.root) if is_ours else folder.name / inner).as_posix()
    name = note if is_ours else (shown / inner).as_posix()
    return read_translation(file, project.root, name, note, project.configuration.settings.front_matter)


def _write_page(
    project: Project, locale: Locale, judgement: Judgement, memory: Memory, wishes: Wishes
) -> tuple[PageAdoption, list[Finding]]:
    page, translation = judgement.pairing.page, judgement.pairing.translation
    sources = sources_of(page.path, ((s.text, s.anchor, s.kind) for s in page.segments))
    file = catalog_path(project.catalog_folder(locale.tag), page.path)
    # Read again: somebody may have saved it since.
    old = load_catalog(file, page.path, project.root)
    catalog, filling = fill(
        merge(sources, old, memory, variant=locale.is_variant),
        judgement.candidates,
        translation.note,
        sources=sources if locale.is_variant else (),
        inherited=_inherited(project, locale, page, sources) if locale.is_variant else None,
        signature=wishes.signature,
        replace_machine=wishes.replace_machine,
    )
    if not wishes.dry_run and (catalog.entries or catalog.foreign):
        save_catalog(file, catalog, locale.tag, variant=locale.is_variant)
    found = [*judgement.findings, *_tell_kept(judgement, filling)]
    used = [judgement.candidates[msgid] for msgid in (*filling.taken, *filling.present)]
    outcome = PageAdoption(
        page.path,
        translation.name,
        len(sources),
        len(filling.taken),
        len(filling.present),
        len(filling.signed),
        sum(one.is_same for one in used),
        sum(bool(one.differs) for one in used),
        len(filling.kept),
        len(filling.machine),
        judgement.refused,
        len(judgement.pairing.unsure),
    )
    return outcome, found


def _inherited(project: Project, locale: Locale, page: Page, sources: Sequence[Source]) -> dict[str, str]:
    """Give what the locales say that this one builds on."""
    texts = LocaleTexts(project, locale)
    said = {}
    for source in sources:
        for tag in locale.chain[1:]:
            entry = texts.entries(tag, page.path).get(source.msgid)
            if entry is not None and entry.msgstr:
                said[source.msgid] = texts.respell(entry.msgstr, tag)
                break
    return said


def _tell_kept(judgement: Judgement, filling: Filling) -> list[Finding]:
    found = []
    for msgid in filling.kept:
        place = judgement.pairing.translation.place(judgement.candidates[msgid].segment)
        message = "the catalog has another text for this one, by a person; it stays"
        found.append(finding("adoption-kept", message, place, help=f"the source is: {shorten(msgid)}"))
    if filling.machine:
        message = f"{len(filling.machine)} texts stay a machine's, though this file has translations for them"
        place = Place(judgement.pairing.translation.name)
        found.append(finding("adoption-machine", message, place, help="take these with --replace-machine"))
    return found
