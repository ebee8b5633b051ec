"""Inclusion: ``pymdownx.snippets`` at work, telling where each line comes from and all that is wrong at once.

What is included, and how, is decided by the extension.  Its lines are texts that know their origin, and where it would leave
something out without a word, a finding is made.
"""

from __future__ import annotations

import codecs
import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, SupportsIndex

from markdown import Markdown
from markdown.util import nearing_recursion_limit
from pymdownx.snippets import SnippetMissingError, SnippetPreprocessor

from helpcenter.content.snippets import Origin
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding, suggest
from helpcenter.project.files import Stamp, read_text, relative, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from helpcenter.content.snippets import Snippets


class _Line(str):
    """A line that knows where it stands, also after what the extension does to lines."""

    __slots__ = ("origin",)

    origin: Origin

    def __radd__(self, indent: str) -> _Line:
        return _mark(indent + str(self), self.origin)

    def replace(self, old: str, new: str, count: SupportsIndex = -1) -> _Line:
        """Replace a text, as the extension does to a line that only shows how to include."""
        return _mark(super().replace(old, new, count), self.origin)


def _mark(text: str, origin: Origin) -> _Line:
    line = _Line(text)
    line.origin = origin
    return line


def _mark_lines(lines: Sequence[str], path: str, first: int = 1) -> list[str]:
    return [_mark(line, Origin(path, number, line.rstrip("\r"), 0)) for number, line in enumerate(lines, first)]


class Includer(SnippetPreprocessor):  # type: ignore[misc] # pymdownx has no types
    """Expands one page.

    Args:
        snippets: what the site says of them.
    """

    def __init__(self, snippets: Snippets) -> None:
        """Begin with nothing asked for."""
        # Nothing is fetched: a site is the same without a network.
        given = {"base_path": [*map(str, snippets.bases)], "url_download": False, "check_paths": False}
        super().__init__(snippets.options | given, _markdown())
        self.findings: list[Finding] = []
        self.asked: dict[str, Stamp] = {}
        self._root = snippets.root
        place = snippets.place
        self._at = Origin(place.path, place.line or 1, place.text or "")

    def include(self, body: str, name: str, first: int) -> tuple[list[str], list[Origin]]:
        """Expand the Markdown of a page.

        Args:
            body: the Markdown.
            name: of the page.
            first: number of its first line.

        Returns:
            The lines, never none, and where each comes from.
        """
        try:
            lines = self.run(_mark_lines(body.split("\n"), name, first))
        except ValueError as error:
            # A number of a line that is longer than Python reads.
            self._complain("content-snippet-missing", f"this cannot be included: {error}", "correct the line")
            lines = []
        lines = lines or [_mark("", Origin(name, first, ""))]
        return [str(line) for line in lines], [_origin(line) for line in lines]

    def parse_snippets(self, lines: Sequence[str], file_name: str | None = None, **options: Any) -> list[str]:  # noqa: ANN401 - the extension's own
        """Expand some lines, and remember which of them is looked at."""
        outer = self._at

        def follow() -> Iterator[str]:
            for line in lines:
                self._at = line.origin if isinstance(line, _Line) else outer
                yield line

        last = outer
        found: list[str] = []
        for line in super().parse_snippets(follow(), file_name, **options):
            # What was put together anew stands near the line before it.
            marked = line if isinstance(line, _Line) else _mark(line, last._replace(shift=None))
            found.append(marked)
            last = marked.origin
        self._at = outer
        return found

    def read_lines(self, path: str) -> list[str]:
        """Read a file, and number its lines."""
        return _mark_lines(super().read_lines(path), self._name(path))

    def dedent(self, lines: list[str]) -> list[str]:
        """Take away an indent that all lines have."""
        bare: list[str] = super().dedent(lines)
        if len(bare) != len(lines):
            return bare
        pairs = zip(bare, lines, strict=True)
        return [_mark(text, line.origin) if isinstance(line, _Line) else text for text, line in pairs]

    def get_snippet_path(self, path: str) -> str | None:
        """Find a file, if it can be included here."""
        for candidate in self._candidates(path):
            self.asked.setdefault(candidate, stamp(candidate))
        found: str | None = super().get_snippet_path(path)
        if found is None:
            self._complain_missing(path)
        elif os.path.isdir(found):  # noqa: PTH112 - names are as the extension has them
            self._complain("content-snippet-missing", f"'{path}' is a folder", "name a file in it")
        elif found in self.seen or nearing_recursion_limit():
            message = f"'{path}' includes itself" if found in self.seen else "files are included too deep in each other"
            self._complain("content-snippet-loop", message, "take one of the includes out")
        elif self._is_readable(found):
            return found
        return None

    def parse_snippet_target(self, path: str) -> Any:  # noqa: ANN401 - the extension's own
        """Read the name of a file, with what of it is wanted."""
        target = super().parse_snippet_target(path)
        if target is None:
            self._complain("content-snippet-missing", "no file is named here", "name one before the colon")
        return target

    def extract_section(self, section: str, lines: list[str]) -> list[str]:
        """Take a section out of the lines of a file."""
        self.check_paths = True
        try:
            found: list[str] = super().extract_section(section, lines)
        except SnippetMissingError:
            help_text = f"write `--8<-- [start:{section}]` before it and `--8<-- [end:{section}]` behind it in the file"
            self._complain("content-snippet-missing", f"the file has no section '{section}'", help_text)
            found = self.dedent([]) if self.dedent_subsections else []
        finally:
            self.check_paths = False
        return found

    def extract_lines(self, start: list[int], end: list[int], lines: list[str]) -> list[str]:
        """Take some lines of a file."""
        found: list[str] = super().extract_lines(start, end, lines)
        if not any(found):
            self._complain("content-snippet-missing", "the file has no text in these lines", "correct their numbers")
        return found

    def _candidates(self, path: str) -> Iterator[str]:
        """Give the files that the extension may look for."""
        for base in self.base_path:
            folder = os.path.dirname(base) if os.path.isfile(base) else base  # noqa: PTH113, PTH120 - as above
            yield os.path.normpath(os.path.join(folder, path))  # noqa: PTH118 - as above

    def _is_readable(self, path: str) -> bool:
        name = self._name(path)
        try:
            if codecs.lookup(self.encoding).name == "utf-8":
                read_text(Path(path), self._root)
            else:
                Path(path).read_text(self.encoding)
        except HelpcenterError as error:
            self.findings += error.findings
        except UnicodeError:
            message = f"the file is not {self.encoding}"
            help_text = "save it in this encoding, or correct 'encoding' of pymdownx.snippets"
            self.findings.append(finding("file-encoding", message, Place(name), help=help_text))
        except OSError as error:
            message = f"cannot read the file: {error.strerror}"
            self.findings.append(finding("file-unreadable", message, Place(name), help="check its permissions"))
        else:
            return True
        return False

    def _complain_missing(self, path: str) -> None:
        bases = ", ".join(f"'{self._name(base)}'" for base in self.base_path)
        if path.lower().startswith(("https://", "http://")):
            message = f"'{path}' is not fetched: a site is made without a network"
            self._complain(
                "content-snippet-missing", message, "put the file into the project and include it from there"
            )
        elif any(os.path.exists(one) for one in self._candidates(path)):  # noqa: PTH110 - as above
            message = f"'{path}' lies outside of where files are included from"
            self._complain("content-snippet-missing", message, f"move it below 'base_path', which is {bases}")
        else:
            label = suggest(path, self._neighbours(path))
            help_text = f"paths begin at 'base_path' of pymdownx.snippets, which is {bases}"
            self._complain("content-snippet-missing", f"there is no file '{path}' to include", help_text, label)

    def _neighbours(self, path: str) -> list[str]:
        """Give the files in the folder that a path leads to."""
        folder = os.path.dirname(path)  # noqa: PTH120 - as above
        folders = [Path(base, folder) for base in self.base_path]
        files = [file for place in folders if place.is_dir() for file in sorted(place.iterdir()) if file.is_file()]
        return [os.path.join(folder, file.name) for file in files]  # noqa: PTH118 - as above

    def _complain(self, code: str, message: str, help_text: str, label: str = "") -> None:
        self.findings.append(finding(code, message, self._at.place, label=label, help=help_text))

    def _name(self, path: str) -> str:
        return relative(Path(path), self._root)


def _origin(line: str) -> Origin:
    origin: Origin = line.origin  # type: ignore[attr-defined] # all lines that are given back are marked
    if origin.shift is None:
        return origin
    shift = len(line.rstrip("\r")) - len(origin.text)
    return origin._replace(shift=shift) if shift else origin


@cache
def _markdown() -> Markdown:
    """Give what the extension asks for the width of a tab."""
    return Markdown()
