"""Pages: one Markdown file each, read once, with all that is wrong with it said at once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from helpcenter.content.blocks import scan_blocks
from helpcenter.content.expressions import find_expressions, stands_alone
from helpcenter.content.frontmatter import (
    TYPES_BY_FOLDER,
    FrontMatter,
    Header,
    find_scalars,
    own_values,
    read_header,
    validate_header,
)
from helpcenter.content.links import Link, find_links
from helpcenter.content.names import check_names, is_hidden
from helpcenter.content.references import fold_label
from helpcenter.content.segments import Segment, make_segments, slice_text
from helpcenter.content.slices import INCLUDED
from helpcenter.content.snippets import Expansion, Trace
from helpcenter.diagnostics import Finding, HelpcenterError, Place, Severity, finding
from helpcenter.project.configuration import FrontMatterKeys
from helpcenter.project.files import read_text, relative

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from helpcenter.content.slices import Blocks, Unsupported
    from helpcenter.content.snippets import Snippets
    from helpcenter.project.files import Stamp


@dataclass(frozen=True)
class Page:
    """One Markdown source file.

    Args:
        path: POSIX path below the content folder, such as ``guides/returns.md``.
        name: as findings show it: ``content/guides/returns.md``.
        source: the whole text, with its own line ends, and with what it includes.
        meta: its front matter.
        body_start: offset of the Markdown in the source.
        segments: what is translated, in the order of the source.
        findings: warnings; a page with an error does not come to be.
        links: where it leads, in the order of the source.
        labels: of the reference links that it defines, folded.
        extra: values of the project's own keys in its front matter.
        translated: which of these keys are translated.
        trace: where its lines come from.
        included: the files that were looked for when it was read.
    """

    path: str
    name: str
    source: str
    meta: FrontMatter
    body_start: int
    segments: tuple[Segment, ...]
    findings: tuple[Finding, ...] = ()
    links: tuple[Link, ...] = ()
    labels: frozenset[str] = frozenset()
    extra: Mapping[str, Any] = field(default_factory=dict)
    translated: frozenset[str] = frozenset()
    trace: Trace = field(default_factory=Trace)
    included: tuple[Stamp, ...] = ()

    @property
    def url(self) -> str:
        """Path below the locale's root: ``guides/returns/``, ``faq/`` for ``faq/index.md``, empty for the home page."""
        folder, _, file = self.path.rpartition("/")
        # MkDocs makes README.md the page of its folder, too.
        parts = [folder] if file in ("index.md", "README.md") else [folder, file.removesuffix(".md")]
        return "".join(f"{part}/" for part in parts if part)

    @property
    def body(self) -> str:
        """The Markdown behind the front matter."""
        return self.source[self.body_start :]

    def place(self, start: int, end: int | None = None) -> Place:
        """Give the place of ``source[start:end]`` in the file that a person can edit."""
        return self.trace.locate(Place.at_offset(self.name, self.source, start, end))


def parse_page(
    path: str,
    source: str,
    *,
    content_dir: str = "content",
    keys: FrontMatterKeys | None = None,
    snippets: Snippets | None = None,
) -> Page:
    """Parse one page.

    Args:
        path: POSIX path below the content folder.
        source: its text.
        content_dir: how findings name the content folder.
        keys: what its front matter may have beside the keys that helpcenter knows.
        snippets: what the site says of them; None where it has none.

    Raises:
        HelpcenterError: all findings of this page, warnings included, if one of them is an error.
    """
    name = f"{content_dir}/{path}" if content_dir else path
    expansion = snippets.expand(source, name) if snippets else Expansion(source)
    source, trace = expansion.source, expansion.trace
    findings: list[Finding] = []
    keys = keys or FrontMatterKeys()
    header = _header(source, name, findings)
    extra = own_values(header, keys) if header else {}
    body_start = header.body_start if header else len(source) - len(source.removeprefix("\ufeff"))
    blocks = scan_blocks(source, body_start, includes=snippets is None)
    findings += _check_body(source, name, body_start, blocks)
    meta = _meta(path, source, name, header, own=keys.names, blocks=blocks, findings=findings)
    # What is wrong with includes has its place already.
    told = [*dict.fromkeys([*trace.locate_all(findings), *expansion.findings])]
    if meta is None or any(f.severity is Severity.ERROR for f in told):
        raise HelpcenterError(*sorted(told, key=_by_place))
    scalars = find_scalars(source, header, keys) if header else []
    segments = make_segments(source, scalars, blocks.slices)
    links = find_links(source, blocks)
    labels = frozenset(fold_label(definition.label.strip()) for definition in blocks.definitions)
    translated = frozenset(keys.translated)
    return Page(
        path,
        name,
        source,
        meta,
        body_start,
        segments,
        tuple(told),
        links,
        labels,
        extra,
        translated,
        trace,
        expansion.included,
    )


def _by_place(found: Finding) -> tuple[str, int, int]:
    return found.place.path, found.place.line or 0, found.place.column or 0


def _header(source: str, name: str, findings: list[Finding]) -> Header | None:
    try:
        return read_header(source, name)
    except HelpcenterError as error:
        findings += error.findings
        return None


def _meta(
    path: str,
    source: str,
    name: str,
    header: Header | None,
    *,
    own: Collection[str],
    blocks: Blocks,
    findings: list[Finding],
) -> FrontMatter | None:
    """Read the front matter, with what the path and the body say where it is silent."""
    if header is None and any(f.severity is Severity.ERROR and f.code != "content-tag-inline" for f in findings):
        return None
    headings = [part for part in blocks.slices if part.level == 1]
    values = {key: value for key, value in header.file.data.items() if key not in own} if header else {}
    titled = "title" in values
    extra = headings if titled else headings[1:]
    findings += [_double_title(source, name, part.pieces[0], titled=titled) for part in extra]
    defaults: dict[str, Any] = {"type": _type_of(path)}
    if not titled and headings:
        defaults["title"] = slice_text(source, headings[0])
    elif not titled or not str(values["title"] or "").strip():
        place = header.file.place("title") if header else Place.at_offset(name, source, 0)
        findings.append(
            finding("page-title-missing", "the page has no title", place, help="add `title: …` to the front matter")
        )
        defaults["title"] = "?"
        values = {key: value for key, value in values.items() if key != "title"}
    if header is None:
        return FrontMatter.model_validate(defaults)
    try:
        return validate_header(header._replace(file=replace(header.file, data=values)), defaults)
    except HelpcenterError as error:
        findings += error.findings
        return None


def _type_of(path: str) -> str:
    folder, _, rest = path.partition("/")
    if path.rpartition("/")[2] in ("index.md", "README.md"):
        return "index"
    return TYPES_BY_FOLDER.get(folder, "guide") if rest else "guide"


def _double_title(source: str, name: str, piece: tuple[int, int], *, titled: bool) -> Finding:
    message = (
        "the page has two titles: one in its front matter and this one" if titled else "the page has a second title"
    )
    return finding(
        "page-double-title", message, Place.at_offset(name, source, *piece), help="use `##` for the headings of a page"
    )


def _check_body(source: str, name: str, body_start: int, blocks: Blocks) -> list[Finding]:
    findings = [
        finding(
            "content-unsupported",
            f"{part.what} is not translated",
            Place.at_offset(name, source, part.start, part.end),
            help=_help_with(part),
        )
        for part in blocks.unsupported
    ]
    for expression in find_expressions(source):
        if expression.kind == "tag" and (expression.start < body_start or not stands_alone(source, expression)):
            place = Place.at_offset(name, source, expression.start, expression.end)
            help_text = "put the tag on a line of its own, with blank lines around it"
            findings.append(
                finding("content-tag-inline", "a block tag shares its line with other text", place, help=help_text)
            )
    return findings


def _help_with(part: Unsupported) -> str:
    if part.what == INCLUDED:
        return (
            "write '- pymdownx.snippets' below `markdown_extensions` in mkdocs.yml, and it is included and translated"
        )
    return "write it in plain Markdown, or leave it as it is: it stays in the source language"


def find_pages(
    content: Path, root: Path, snippets: Snippets | None = None
) -> tuple[dict[str, Path], list[str], list[Finding]]:
    """Find all pages below a folder.

    Args:
        content: the content folder.
        root: the project's folder, to which findings are relative.
        snippets: what the site says of them; None where it has none.

    Returns:
        The files by path below the folder, sorted; paths of files that are no pages, but can be part of one; and what is wrong
        with the names of any others there.
    """
    if not content.is_dir():
        place = Place(relative(content, root))
        help_text = "create the folder and put an index.md into it"
        return {}, [], [finding("content-missing", "there is no content folder", place, help=help_text)]
    files = sorted(file for file in content.rglob("*") if file.is_file())
    paths = [file.relative_to(content).as_posix() for file in files]
    pages = {path: file for file, path in zip(files, paths, strict=True) if path.lower().endswith(".md")}
    parts = [path for path, file in pages.items() if is_hidden(path) and snippets and snippets.may_hold(file)]
    for path in parts:
        del pages[path]
    return pages, parts, check_names([path for path in paths if path not in parts], relative(content, root))


def check_parts(content: Path, parts: Sequence[str], included: Collection[str], folder: str) -> list[Finding]:
    """Find files that no page includes and that are no pages: nobody would ever see what is in them.

    Args:
        content: the content folder.
        parts: paths of the files below it.
        included: absolute paths of what pages include.
        folder: how findings name the content folder.
    """
    return check_names([path for path in parts if str(content / path) not in included], folder)


def load_pages(
    content: Path, root: Path, keys: FrontMatterKeys | None = None, snippets: Snippets | None = None
) -> tuple[list[Page], list[Finding]]:
    """Load all pages below a folder.

    Args:
        content: the content folder.
        root: the project's folder, to which findings are relative.
        keys: what their front matter may have beside the keys that helpcenter knows.
        snippets: what the site says of them; None where it has none.

    Returns:
        The valid pages sorted by path, and the findings of all files, sorted by place.
    """
    files, parts, findings = find_pages(content, root, snippets)
    folder = relative(content, root)
    pages = []
    for path, file in files.items():
        try:
            page = parse_page(path, read_text(file, root), content_dir=folder, keys=keys, snippets=snippets)
        except HelpcenterError as error:
            findings += error.findings
        else:
            pages.append(page)
            findings += page.findings
    if all(found.severity is not Severity.ERROR for found in findings):
        included = {one.path for page in pages for one in page.included}
        findings += check_parts(content, parts, included, folder)
    # Several pages may include one file.
    findings = list(dict.fromkeys(findings))
    return pages, sorted(findings, key=_by_place)
