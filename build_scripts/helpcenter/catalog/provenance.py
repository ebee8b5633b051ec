"""Provenance: what a machine wrote, found again by its fingerprint after a person has changed it.

Catalogs keep the fingerprint alone.  The words may still stand in another entry, in the journal of the runs, or in an earlier
version of a catalog that git has; where they do not, nobody can tell any more.
"""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from helpcenter.catalog.answers import Answers
from helpcenter.catalog.entries import Catalog, fingerprint
from helpcenter.catalog.keys import REGIONS
from helpcenter.catalog.pofile import read_catalog
from helpcenter.diagnostics import HelpcenterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from helpcenter.project import Project

# How far back: a reviewer works on what was translated lately, and nobody waits for a whole history to be read.
MOST_COMMITS = 200
MOST_VERSIONS = 1000


def find_machine_texts(
    project: Project, tag: str, wanted: AbstractSet[str], catalogs: Iterable[Catalog] = ()
) -> dict[str, str]:
    """Find the texts of machines that have some fingerprints.

    Args:
        project: the project.
        tag: the locale.
        wanted: the fingerprints.
        catalogs: the locale's, as they are now: an identical text on another page may not have been changed yet.

    Returns:
        Texts by fingerprint; what nobody knows any more is not in it.
    """
    found = _texts_in(catalogs, wanted)
    found |= _answered(project, tag, wanted - found.keys())
    for text in _versions(project.catalog_folder(tag)) if wanted - found.keys() else ():
        missing = wanted - found.keys()
        if not missing:
            break
        if any(f"out={one}" in text for one in missing):
            found |= _texts_in(_read(text), missing)
    return found


def _answered(project: Project, tag: str, wanted: AbstractSet[str]) -> dict[str, str]:
    """Give the texts that the journal of the runs knows."""
    if not wanted:
        return {}
    try:
        journal = Answers.load(project, tag)
    except HelpcenterError:
        # It is not needed for a signature, and `translate` says what is wrong with it.
        return {}
    return {one: text for one in wanted if (text := journal.text_of(one)) is not None}


def _texts_in(catalogs: Iterable[Catalog], wanted: AbstractSet[str]) -> dict[str, str]:
    """Give the texts that still are, to the letter, what a machine wrote."""
    return {
        entry.machine.output: entry.msgstr
        for catalog in catalogs
        for entry in catalog.entries
        if entry.machine is not None
        and entry.machine.output in wanted
        and entry.machine.output == fingerprint(entry.msgstr)
    }


def _read(text: str) -> Iterator[Catalog]:
    try:
        # A sheet's entries have contexts, a page's have none: read as a sheet, both are whole.
        yield read_catalog(text, REGIONS, "")
    except HelpcenterError:
        # A version that could not be read then is no evidence now.
        return


def _versions(folder: Path) -> Iterator[str]:
    """Give the earlier versions of the catalogs in a folder, the newest first; none where there is no git."""
    words = ("log", f"--max-count={MOST_COMMITS}", "--format=", "--raw", "--no-abbrev", "--no-renames", "--", ".")
    rows = [row for row in _git(folder, *words).decode("utf-8", "replace").split("\n") if row.startswith(":")]
    # ":MODE MODE OLD NEW STATUS\tPATH", https://git-scm.com/docs/diff-format#_raw_output_format
    blobs = dict.fromkeys(blob for row in rows for blob in row.split(" ")[3:1:-1] if blob.strip("0"))
    wanted = "".join(f"{blob}\n" for blob in list(blobs)[:MOST_VERSIONS])
    yield from _split_batch(_git(folder, "cat-file", "--batch", given=wanted.encode())) if blobs else ()


def _split_batch(output: bytes) -> Iterator[str]:
    """Split what ``git cat-file --batch`` gives: ``<object> blob <size>``, the bytes, a line end; or ``<object> missing``."""
    start = 0
    while start < len(output):
        end = output.index(b"\n", start)
        words = output[start:end].split(b" ")
        start = end + 1
        if len(words) == 3 and words[2].isdigit():  # noqa: PLR2004 - see above
            size = int(words[2])
            yield output[start : start + size].decode("utf-8", "replace")
            start += size + 1


def _git(folder: Path, *words: str, given: bytes = b"") -> bytes:
    """Ask git; nothing where there is no git, no repository, or nothing committed."""
    # In a clone without its objects git would fetch each of them.
    environment = os.environ | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
    try:
        done = subprocess.run(  # noqa: S603 - fixed words
            ["git", "-C", str(folder), *words],  # noqa: S607 - the reviewer's own git
            input=given,
            capture_output=True,
            check=False,
            env=environment,
        )
    except OSError:
        return b""
    return done.stdout if done.returncode == 0 else b""
