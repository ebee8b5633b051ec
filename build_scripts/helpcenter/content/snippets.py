"""Snippets: pages with what they include from other files put in its place, and where each line of it stands.

A page is expanded when it is read, by the site's own ``pymdownx.snippets`` with the site's own options.  So what is included is
text of the page like any other, and all that depends on a page's source depends on what it includes.
"""

from __future__ import annotations

import codecs
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from helpcenter.content.frontmatter import find_body
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpcenter.project.configuration import SiteConfiguration
    from helpcenter.project.files import Stamp

EXTENSION = "pymdownx.snippets"


class Origin(NamedTuple):
    """Where a line comes from.

    Args:
        path: of its file, as findings show it.
        line: its number there.
        text: the line there, without its end.
        shift: how many characters stand before it that are not there, such as the indent of where it was included; negative
            where some are missing, and None when only the place as a whole is known.
    """

    path: str
    line: int
    text: str
    shift: int | None = None

    @property
    def place(self) -> Place:
        """The place of all that stands in the line."""
        words = self.text.strip()
        column = len(self.text) - len(self.text.lstrip()) + 1
        return Place(self.path, self.line, column, max(len(words), 1), self.text)


@dataclass(frozen=True, slots=True)
class Trace:
    """Where the lines of a page come from.

    Args:
        first: number of the first line that has an origin; those before stand where they are.
        origins: of the lines from there on; empty when all stand where they are.
    """

    first: int = 0
    origins: tuple[Origin, ...] = ()

    def locate(self, place: Place) -> Place:
        """Give the place in the file that a person can edit."""
        if not self.origins or place.line is None or place.line < self.first:
            return place
        origin = self.origins[min(place.line - self.first, len(self.origins) - 1)]
        if origin.shift is None:
            return origin.place
        column = max((place.column or 1) - origin.shift, 1)
        return Place(origin.path, origin.line, column, place.length, origin.text)

    def locate_all(self, findings: Iterable[Finding]) -> list[Finding]:
        """Give findings with the places that a person can edit."""
        return [replace(one, place=self.locate(one.place)) for one in findings]


class Expansion(NamedTuple):
    """A page with what it includes.

    Args:
        source: its text.
        trace: where the lines come from.
        included: the files that were looked for, as they were before they were read.
        findings: what is wrong with its includes; all of them are errors.
    """

    source: str
    trace: Trace = Trace()
    included: tuple[Stamp, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True)
class Snippets:
    """What a site says of its snippets.

    Args:
        root: of the project.
        bases: files, and folders that included files are looked for in.
        options: all options of the extension.
        place: where they are set.
    """

    root: Path
    bases: tuple[Path, ...]
    options: dict[str, Any]
    place: Place

    def expand(self, source: str, name: str) -> Expansion:
        """Put what a page includes in its place.

        Args:
            source: the page as it was read.
            name: as findings show it.
        """
        # Most pages include nothing, and no page of most sites does.
        if "8<-" not in source and not self.options["auto_append"]:
            return Expansion(source)
        start = find_body(source)
        if start is None:
            # Whoever reads the front matter says so.
            return Expansion(source)
        from helpcenter.content.inclusion import Includer  # noqa: PLC0415 - it loads the extension

        includer = Includer(self)
        head = source[:start]
        first = head.count("\n") + 1
        lines, origins = includer.include(source[start:], name, first)
        # Before the first line of the body stands at most a byte order mark.
        indent = start - (head.rfind("\n") + 1)
        if origins[0].shift is not None:
            origins[0] = origins[0]._replace(shift=origins[0].shift + indent)
        return Expansion(
            head + "\n".join(lines),
            Trace(first, tuple(origins)),
            tuple(includer.asked.values()),
            tuple(dict.fromkeys(includer.findings)),
        )

    def may_hold(self, file: Path) -> bool:
        """Say whether pages can include a file."""
        return any(file == base or base in file.parents for base in self.bases)


def load_snippets(configuration: SiteConfiguration, root: Path) -> Snippets | None:
    """Read the options of ``pymdownx.snippets``; None where the site does not use it.

    Raises:
        HelpcenterError: ``content-extension``.
    """
    if EXTENSION not in configuration.extensions:
        return None
    listed = configuration.file.data["markdown_extensions"]
    key = EXTENSION if isinstance(listed, dict) else configuration.extensions.index(EXTENSION)
    place = configuration.file.place("markdown_extensions", key)
    try:
        options = _read_options(configuration.extension_configs.get(EXTENSION, {}))
    except (KeyError, TypeError, ValueError, LookupError, AttributeError) as error:
        reason = f"it has no option {error}" if isinstance(error, KeyError) else str(error)
        message = f"the Markdown extension '{EXTENSION}' cannot be loaded: {reason}"
        help_text = "correct its options in `markdown_extensions`"
        raise HelpcenterError(finding("content-extension", message, place, help=help_text)) from error
    folders = {"$config_dir": root, "$docs_dir": root / configuration.docs_dir}
    bases = tuple(_base(str(base), root, folders) for base in options["base_path"])
    return Snippets(root, bases, options, place)


def _read_options(given: dict[str, Any]) -> dict[str, Any]:
    from pymdownx.snippets import SnippetExtension  # noqa: PLC0415 - only sites that use it pay for it

    options: dict[str, Any] = SnippetExtension(**given).getConfigs()
    if isinstance(options["base_path"], str):
        options["base_path"] = [options["base_path"]]
    for name in ("base_path", "auto_append"):
        if not isinstance(options[name], list) or not all(isinstance(item, str) for item in options[name]):
            message = f"'{name}' is not a list of paths"
            raise TypeError(message)
    codecs.lookup(options["encoding"])
    return options


def _base(path: str, root: Path, folders: dict[str, Path]) -> Path:
    """Give a base path as MkDocs has it: relative to the project, or to what its tag ``!relative`` names."""
    first, _, rest = path.partition("/")
    # No resolving: pymdownx compares names of files, links or not.
    base = folders[first] / rest if first in folders else root / path
    return Path(os.path.normpath(base))
