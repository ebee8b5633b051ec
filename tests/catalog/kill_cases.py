"""Commands that write catalogs, each with a project that gives it something to do."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import rapidfuzz.fuzz

from helpcenter.catalog import load_catalogs
from helpcenter.cli import main
from helpcenter.cli.translation import extract
from helpcenter.content import load_pages
from killing import dies_after, dies_at, time_of
from project_cases import SMALL_SHOP, edit, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Commands import what they use when they begin; a fork has what is here already.
PRELOADED = (extract, load_pages, rapidfuzz.fuzz)


def call(folder: Path, *words: str) -> NoReturn:
    """Call the command line in this process, which it ends."""
    sys.argv = ["helpcenter", "-C", str(folder), *words]
    main()


def prepare_extract(folder: Path) -> None:
    """Change pages in every way that moves texts between catalogs: edited, renamed, new, gone."""
    shutil.copytree(SMALL_SHOP, folder)
    edit(folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de]")
    for tag in ("de-AT", "tr"):
        shutil.rmtree(folder / "locales" / tag)
    edit(folder, "content/guides/returns.md", "to send an item back", "to send one item back")
    edit(folder, "content/guides/returns.md", "\nThe law gives you {{ returns.days }}.\n", "\n")
    edit(folder, "content/index.md", "\n---\n", "\n---\n\nThe law gives you {{ returns.days }}.\n")
    (folder / "content/policies/terms.md").rename(folder / "content/policies/conditions.md")
    (folder / "content/guides/contact.md").unlink()
    edit(folder, "content/guides/returns.md", "[write to us](contact.md)", "[write to us](chat.md)")
    edit(folder, "mkdocs.yml", "    contact_page: guides/contact.md\n", "")
    write(folder, {"content/guides/chat.md": "---\ntitle: Chat\n---\n\nWe answer.\n\nWrite to us\n"})


# By command: what makes a project for it, and the words behind `helpcenter`.
COMMANDS: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "extract": (prepare_extract, ("extract",)),
}


def files_of(folder: Path) -> dict[str, bytes]:
    """Give the files that people own, by path; what is generated is made again."""
    found = (path for path in folder.rglob("*") if path.is_file())
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}
    return {name: raw for name, raw in files.items() if not name.startswith(".build/")}


def whole_texts_of(folder: Path) -> set[str]:
    """Read all catalogs; give all texts and notes that people have written in them, wherever they stand.

    Raises:
        AssertionError: a catalog cannot be read.
    """
    texts: set[str] = set()
    for catalogs in (folder / "locales").glob("*/catalog"):
        tag = catalogs.parent.name
        read, found = load_catalogs(catalogs, folder)
        assert found == []
        for entry in (entry for catalog in read.values() for entry in catalog.entries):
            texts |= {f"{tag}: {note}" for note in entry.comments}
            if not entry.is_machine_text:
                texts.add(f"{tag}: {entry.msgstr}")
    return texts


@dataclass(frozen=True)
class Case:
    """A command on a project, and what it leads to.

    Args:
        folder: holds the project as it was before, and the one that is killed.
        words: of the command.
        finished: the files that it leads to.
        texts: what people have written in the catalogs.
        changed: how many files it writes or removes.
        seconds: that it takes.
    """

    folder: Path
    words: tuple[str, ...]
    finished: dict[str, bytes]
    texts: set[str]
    changed: int
    seconds: float

    def dies_at(self, step: int) -> bool:
        """Start anew and die before a step; give whether there was one."""
        return dies_at(step, self._start())

    def dies_after(self, seconds: float) -> bool:
        """Start anew and be killed after a while; give whether it was in time."""
        return dies_after(seconds, self._start())

    def _start(self) -> Callable[[], None]:
        shutil.rmtree(self.folder / "killed", ignore_errors=True)
        shutil.copytree(self.folder / "before", self.folder / "killed")
        return partial(call, self.folder / "killed", *self.words)

    def check(self) -> None:
        """Check that everything is whole and there, and that the same command once more comes to the same end.

        Raises:
            AssertionError: it is not.
        """
        assert self.texts <= whole_texts_of(self.folder / "killed")
        dies_at(sys.maxsize, partial(call, self.folder / "killed", *self.words))
        left = files_of(self.folder / "killed")
        assert left.keys() == self.finished.keys()
        assert [name for name in left if left[name] != self.finished[name]] == []


def make_case(command: str, folder: Path) -> Case:
    """Make the project for a command, and run it undisturbed on a copy."""
    prepare, words = COMMANDS[command]
    prepare(folder / "before")
    shutil.copytree(folder / "before", folder / "finished")
    seconds = time_of(partial(call, folder / "finished", *words))
    before, finished = files_of(folder / "before"), files_of(folder / "finished")
    changed = sum(before.get(name) != finished.get(name) for name in before.keys() | finished.keys())
    return Case(folder, words, finished, whole_texts_of(folder / "before"), changed, seconds)
