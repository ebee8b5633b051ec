"""Commands that write catalogs, each with a project that gives it something to do."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, NoReturn

import rapidfuzz.fuzz

import helpcenter.cli.adoption
from helpcenter.adoption import Wishes, adopt, load_sources
from helpcenter.catalog import load_catalogs
from helpcenter.checks import Gate
from helpcenter.checks.inspection import markdown_config
from helpcenter.cli import main
from helpcenter.cli.exchanging import import_
from helpcenter.cli.merging import merge_catalogs
from helpcenter.cli.translation import extract
from helpcenter.content import load_pages
from helpcenter.exchange import import_file
from helpcenter.project import load_project
from killing import dies_after, dies_at, time_of
from project_cases import SMALL_SHOP, edit, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

# Commands import what they use when they begin; a fork has what is here already.
PRELOADED = (extract, helpcenter.cli.adoption, import_, import_file, load_pages, merge_catalogs, rapidfuzz.fuzz)


def call(folder: Path, *words: str) -> NoReturn:
    """Call the command line in this process, which it ends."""
    sys.argv = ["helpcenter", "-C", str(folder), *(word.replace("{folder}", str(folder)) for word in words)]
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


def prepare_adopt(folder: Path) -> None:
    """Lay translated pages beside a shop whose Turkish catalogs hold a text of a person and miss others."""
    shutil.copytree(SMALL_SHOP, folder)
    shutil.rmtree(folder / "locales" / "tr")
    shutil.rmtree(folder / "content")
    texts = (("Send the parcel by", "Koliyi gönderin:"), ("Call this number:", "Bu numarayı arayın:"))
    for name in ("a", "b", "c"):
        for place, words in zip(("content", "old"), zip(*texts, strict=True), strict=True):
            title = {"content": "Parcel", "old": "Koli"}[place]
            body = "\n\n".join(f"{word} `{name}-{number}`" for number, word in enumerate(words))
            write(folder, {f"{place}/{name}.md": f"# {title} `{name}` {{ #{name} }}\n\n{body}\n"})
    known = ('msgid ""\nmsgstr ""\n"Language: tr\\n"\n\n', 'msgid "Call this number: `b-1`"\nmsgstr "`b-1` arayın"\n')
    write(folder, {"locales/tr/catalog/b.po": "".join(known)})
    # Without this each fork would load the Markdown extensions anew.
    project = load_project(folder)
    gate = Gate(markdown_config(project))
    adopt(project, load_sources(project)[0], project.locales["tr"], folder / "old", gate, Wishes(dry_run=True))


_UNIT = "<tu><tuv xml:lang='en'><seg>{}</seg></tuv><tuv xml:lang='de'><seg>{}</seg></tuv></tu>"


def prepare_import(folder: Path) -> None:
    """Make a memory with texts for two pages, whose catalogs have none, and a text that no page has."""
    shutil.copytree(SMALL_SHOP, folder)
    edit(folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de]")
    for tag in ("de-AT", "tr"):
        shutil.rmtree(folder / "locales" / tag)
    for name in ("index", "faq/where-is-my-order"):
        (folder / f"locales/de/catalog/{name}.po").unlink()
    pairs = {"Help": "Hilfe", "Where is my order?": "Wo ist sie?", "Our lamps are bright.": "Unsere Lampen sind hell."}
    units = "".join(_UNIT.format(*pair) for pair in pairs.items())
    write(folder, {"old.tmx": f"<tmx version='1.4'><header srclang='en'/><body>{units}</body></tmx>"})


def prepare_merge(folder: Path) -> None:
    """Let two branches write in one catalog: a text is changed on both, a note and a new source stand on one of them."""
    shutil.copytree(SMALL_SHOP, folder)
    ours = "locales/de/catalog/guides/returns.po"
    shutil.copy(folder / ours, folder / "base.po")
    shutil.copy(folder / ours, folder / "theirs.po")
    edit(folder, ours, "Etikett drucken", "Das Etikett drucken")
    edit(folder, ours, 'msgstr "Rückerstattung"', 'msgstr "Erstattung"')
    edit(folder, "theirs.po", 'msgstr "Rückerstattung"', 'msgstr "Geld zurück"')
    edit(folder, "theirs.po", 'msgid "How a return works."', 'msgid "How returns work."')


# By command: what makes a project for it, and the words behind `helpcenter`; `{folder}` is the project's.
COMMANDS: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "adopt": (prepare_adopt, ("adopt", "-l", "tr", "{folder}/old")),
    "extract": (prepare_extract, ("extract",)),
    "merge-catalogs": (
        prepare_merge,
        ("merge-catalogs", "{folder}/base.po", "{folder}/locales/de/catalog/guides/returns.po", "{folder}/theirs.po"),
    ),
    "import": (prepare_import, ("import", "-l", "de", "{folder}/old.tmx")),
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
