"""A history of edits and translations, and an oracle that knows what people wrote and which source they read it against."""

from __future__ import annotations

import os
import re
import shutil
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import polib
from newsroom import Newsroom

from helpcenter.catalog import Entry, Ledger, State, extract_locale, load_catalogs, plan_extraction, pofile
from helpcenter.content import load_outlines, load_pages, pages, seal
from helpcenter.project import Project, load_project
from helpcenter.review import approve
from helpcenter.translate.runner import Surroundings, Wishes, translate_locales
from project_cases import plan_all

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from random import Random

    from helpcenter.content import Page

LOCALES = ("de", "tr")
# Translated by a machine after every edit; in the others a machine helps now and then.
MACHINE_FIRST = "tr"
PAGES = 20
# How often a translator looks at a stale text before the next edit.
LOOKED_AT = 0.2
SETTINGS = """\
site_name: Shop
site_url: https://shop.example/
theme: {{name: material, font: false}}
extra:
  helpcenter:
    source: en
    locales: [{}]
"""
# Where an edit looks for what makes an old translation false: what the oracle of this test thinks, not what the code does.
_HARD = re.compile(r"\d+|\(page-\d+\.md\)|`[^`]*`|\b(?:not|cannot|without|unless)\b")


@contextmanager
def remembered() -> Iterator[None]:
    """Read each text of a page or a catalog once, and write to no disk: a history reads the same thousands of times."""
    kept = pages.parse_page, pofile.read_catalog, os.fsync
    pages.parse_page, pofile.read_catalog = lru_cache(1000)(pages.parse_page), lru_cache(10_000)(pofile.read_catalog)
    os.fsync = lambda _handle: None
    try:
        yield
    finally:
        pages.parse_page, pofile.read_catalog, os.fsync = kept


@dataclass
class Oracle:
    """What is known of a locale without asking the code under test.

    Args:
        kept: texts that people wrote or vouched for, and nobody has written over since.
        made_for: by text: the sources that somebody relied on it for.
        relied: pairs of source and text that somebody relies on.
        approved: the same of approvals.
        notes: of translators.
    """

    kept: set[str] = field(default_factory=set)
    made_for: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    relied: set[tuple[str, str]] = field(default_factory=set)
    approved: set[tuple[str, str]] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)

    def writes(self, entry: Entry, text: str, *, sure: bool) -> None:
        """A person writes a text into an entry, over what stood there."""
        self.kept.discard(entry.msgstr)
        self.kept.add(text)
        # What nobody is sure of yet belongs to no source: a file cannot tell for which one of two it was written.
        if sure:
            self.made_for[text].add(entry.msgid)
            self.relied.add((entry.msgid, text))

    def vouches(self, entry: Entry, *, approved: bool = False) -> None:
        """A person takes the text of an entry for good."""
        self.kept.add(entry.msgstr)
        self.made_for[entry.msgstr].add(entry.msgid)
        self.relied.add((entry.msgid, entry.msgstr))
        if approved:
            self.approved.add((entry.msgid, entry.msgstr))


class Costs(NamedTuple):
    """For each kind of edit: how many there were, the characters sent to a machine, and those of all pages they touched."""

    edits: Counter[str]
    sent: Counter[str]
    whole: Counter[str]


class History:
    """A project whose pages and catalogs a team works on, edit by edit.

    Args:
        folder: for the project.
        dice: decides everything.
        locales: tags of the target locales.
        pages: how many there are at first, and about as many later.
    """

    def __init__(self, folder: Path, dice: Random, locales: tuple[str, ...] = LOCALES, *, pages: int = PAGES) -> None:
        self.dice = dice
        self.costs = Costs(Counter(), Counter(), Counter())
        self.oracles = {tag: Oracle() for tag in locales}
        self._count = 0
        self._folder = folder
        folder.mkdir()
        self._room = Newsroom(dice, pages)
        self._room.write(folder / "content")
        (folder / "mkdocs.yml").write_text(SETTINGS.format(", ".join(("en", *locales))), "utf-8")
        self.project = load_project(folder)
        self._known: dict[str, list[str]] = {}
        self._ledgers = {tag: Ledger() for tag in locales}
        self._extract()
        self._translate(*locales)
        for tag in locales:
            self._work(tag, 5 * pages)

    def step(self) -> str:
        """Let the team edit pages once and the translators work; check everything; give the kind of the edit.

        Raises:
            AssertionError: a text is lost, shown for another source, or needlessly stale.
        """
        kind = self._room.edit()
        before = {tag: self._entries(tag) for tag in self.oracles}
        changed = self._room.write(self._folder / "content")
        self._extract()
        for tag, oracle in self.oracles.items():
            self._check(tag, oracle, before[tag], kind)
        sent = self._translate(MACHINE_FIRST)
        self.costs.edits[kind] += 1
        self.costs.sent[kind] += sent
        self.costs.whole[kind] += sum(
            len(seal(text).text) for path in changed for text in set(self._room.pages[path].texts)
        )
        for tag in self.oracles:
            self._work(tag, self.dice.randint(0, 6))
        if self.dice.random() < 0.1:
            self._translate(*self.oracles)
        return kind

    def _pages(self) -> list[Page]:
        read, found = load_pages(self.project.content, self.project.root)
        assert found == []
        return read

    def _extract(self) -> None:
        """Extract as the command does, with what it noted before; sometimes beside it without, which comes to the same."""
        read = load_outlines(self.project.content, self.project.root, self._known)
        assert read is not None
        outlines, self._known = read
        beside = self._folder.with_name(self._folder.name + "-beside")
        if compared := self.dice.random() < 0.1:
            shutil.copytree(self._folder, beside)
        for locale in self.project.targets:
            plan_extraction(self.project, outlines, locale, self._ledgers[locale.tag]).write()
        now = self._pages()
        if compared:
            project = load_project(beside)
            for locale in project.targets:
                extract_locale(project, now, locale)
                assert self._files(self.project, locale.tag) == self._files(project, locale.tag)
            shutil.rmtree(beside)
        for locale in self.project.targets if self.dice.random() < 0.3 else ():
            again = extract_locale(self.project, now, locale, dry_run=True)
            assert (again.written, again.stale, again.retired) == ((), 0, ()), "a second run changes something"

    @staticmethod
    def _files(project: Project, tag: str) -> dict[str, bytes]:
        folder = project.catalog_folder(tag)
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.po")}

    def _entries(self, tag: str) -> list[tuple[str, Entry]]:
        catalogs, found = load_catalogs(self.project.catalog_folder(tag), self.project.root)
        assert found == []
        return [(path, entry) for path, catalog in catalogs.items() for entry in catalog.entries]

    def _active(self, tag: str) -> dict[tuple[str, str], Entry]:
        return {(path, entry.msgid): entry for path, entry in self._entries(tag) if not entry.obsolete}

    def _translate(self, *tags: str) -> int:
        """Let the machine translate; give the characters that it was sent."""
        plans = plan_all(self.project, self._pages(), tags)
        outcome = translate_locales(self.project, plans, Wishes("pseudo"), Surroundings(env={}))
        assert outcome.findings == ()
        return sum(row.characters for row in outcome.rows)

    # What translators do.

    def _work(self, tag: str, count: int) -> None:
        """Let translators work on some entries, in a text editor or by the command line."""
        active = sorted(self._active(tag).items(), key=lambda item: item[0])
        chosen = self.dice.sample(active, count)
        # What has just gone stale is what translators look at first.
        chosen += [
            (key, entry) for key, entry in active if entry.state is State.STALE and self.dice.random() < LOOKED_AT
        ]
        for (path, _), entry in dict(chosen).items():
            self._work_on(tag, path, entry)

    def _work_on(self, tag: str, path: str, entry: Entry) -> None:
        oracle = self.oracles[tag]
        what = self.dice.choice(["write", "write", "doubt", "accept", "sign", "sign", "approve", "note"])
        self._count += 1
        text = f"{tag} {self._count}: {entry.msgid}"
        if what == "write":
            self._type(tag, path, entry, text, fuzzy=False)
            oracle.writes(entry, text, sure=True)
        elif what == "doubt" and entry.fuzzy:
            self._type(tag, path, entry, text, fuzzy=True)
            oracle.writes(entry, text, sure=False)
        elif what == "accept" and entry.msgstr and entry.fuzzy:
            self._type(tag, path, entry, entry.msgstr, fuzzy=False)
            oracle.vouches(entry)
        elif what in {"sign", "approve"} and entry.msgstr:
            self._sign(tag, path, entry, State.APPROVED if what == "approve" else State.REVIEWED)
        elif what == "note":
            oracle.notes.add(f"Note {self._count}.")
            self._type(tag, path, entry, entry.msgstr, fuzzy=entry.fuzzy, note=f"Note {self._count}.")

    def _type(self, tag: str, path: str, entry: Entry, text: str, *, fuzzy: bool, note: str = "") -> None:
        """Change an entry in a text editor."""
        file = self.project.catalog_folder(tag) / (path.removesuffix(".md") + ".po")
        blocks = file.read_text("utf-8").split("\n\n")
        line = f'msgid "{polib.escape(entry.msgid)}"'
        (number,) = [i for i, block in enumerate(blocks) if line in block.split("\n")]
        lines = [one for one in blocks[number].rstrip("\n").split("\n") if not one.startswith("msgstr ")]
        if not fuzzy:
            lines = [one for one in lines if one != "#, fuzzy" and not one.startswith("#| ")]
        lines = [*([f"# {note}"] if note else []), *lines, f'msgstr "{polib.escape(text)}"']
        blocks[number] = "\n".join(lines) + "\n" * (number == len(blocks) - 1)
        file.write_text("\n\n".join(blocks), "utf-8")

    def _sign(self, tag: str, path: str, entry: Entry, state: State) -> None:
        """Vouch for the entries of a page that hold a text; of more than one, if one's source holds the other's."""
        done = approve(
            self.project,
            self.project.locales[tag],
            who="erika",
            on=date(2026, 11, 1),
            state=state,
            pages=(path,),
            segment=entry.msgid,
            include_stale=True,
        )
        signed = {msgid for msgids in done.changed.values() for msgid in msgids}
        for (where, msgid), one in self._active(tag).items():
            if where == path and msgid in signed:
                self.oracles[tag].vouches(one, approved=state is State.APPROVED)

    # What must hold after an extraction.

    def _check(self, tag: str, oracle: Oracle, before: list[tuple[str, Entry]], kind: str) -> None:
        entries = self._entries(tag)
        texts = {entry.msgstr for _, entry in entries}
        notes = {note for _, entry in entries for note in entry.comments}
        also = {polib.unescape(note.partition(': "')[2].removesuffix('"')) for note in notes if note.startswith("also")}
        assert oracle.kept <= texts | also, (kind, oracle.kept - texts - also)
        assert oracle.notes <= notes, (kind, oracle.notes - notes)
        active = {(path, entry.msgid): entry for path, entry in entries if not entry.obsolete}
        wanted = {(path, text) for path, draft in self._room.pages.items() for text in draft.texts}
        assert active.keys() == wanted, kind
        self._check_states(active, oracle, kind)
        self._check_unchanged(active, before, oracle, kind)

    def _check_states(self, active: dict[tuple[str, str], Entry], oracle: Oracle, kind: str) -> None:
        """Nothing is relied on for a source that nobody read it against; what may be false is told to be."""
        for entry in active.values():
            pair = (entry.msgid, entry.msgstr)
            if entry.state in {State.REVIEWED, State.APPROVED}:
                assert pair in oracle.relied, (kind, entry)
            if entry.state is State.APPROVED:
                assert pair in oracle.approved, (kind, entry)
            if entry.state is State.STALE and entry.msgstr in oracle.made_for:
                assert entry.previous is not None, (kind, entry)
                assert entry.previous in oracle.made_for[entry.msgstr], (kind, entry)
            if entry.state is State.STALE and entry.previous is not None:
                differs = Counter(_HARD.findall(entry.previous)) != Counter(_HARD.findall(entry.msgid))
                assert entry.hard or not differs, (kind, entry)

    @staticmethod
    def _check_unchanged(
        active: dict[tuple[str, str], Entry], before: list[tuple[str, Entry]], oracle: Oracle, kind: str
    ) -> None:
        """What was relied on still is, where its source still stands, has moved to, or has come back to."""
        vouched = {State.REVIEWED, State.APPROVED}
        own = {(path, entry.msgid): entry for path, entry in before if not entry.obsolete}
        states: dict[str, set[State]] = defaultdict(set)
        for _, entry in before:
            if entry.msgstr:
                states[entry.msgid].add(entry.state)
            if entry.previous is not None and (entry.previous, entry.msgstr) in oracle.relied:
                states[entry.previous].add(State.REVIEWED)
        for (path, msgid), entry in active.items():
            old = own.get((path, msgid))
            if old is not None and old.msgstr:
                assert (entry.msgstr, entry.state) == (old.msgstr, old.state), (kind, old, entry)
            elif states[msgid] and states[msgid] <= vouched:
                # A page that was renamed takes its own text along; another one may have a better.
                assert entry.state in vouched, (kind, entry)
