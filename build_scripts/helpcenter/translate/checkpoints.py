"""Checkpoints: what has come is kept in the journal at once, and put into a catalog when nothing more is due there.

So an answer is safe as soon as it is there, and a catalog is read and written once, however its texts were spread over batches.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.catalog import catalog_path, fingerprint, load_catalog, save_catalog
from helpcenter.catalog.ledger import is_due
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from helpcenter.catalog import Entry
    from helpcenter.catalog.answers import Answer, Answers
    from helpcenter.project import Locale, Project
    from helpcenter.translate.demand import Demand


class Written(NamedTuple):
    """What a machine wrote for a segment.

    Args:
        text: the translation.
        provider: its name.
        glossary: fingerprint of the terms that held.
    """

    text: str
    provider: str
    glossary: str


class Checkpoints:
    """Keeps what comes for a locale.

    Args:
        project: the project.
        locale: the locale.
        demand: what it wants.
        journal: of the locale.
        is_wanted: what else than missing and stale segments is wanted.
    """

    def __init__(
        self,
        project: Project,
        locale: Locale,
        demand: Demand,
        journal: Answers,
        is_wanted: Callable[[Entry], bool] | None = None,
    ) -> None:
        self._project = project
        self._locale = locale
        self._demand = demand
        self._journal = journal
        self._is_wanted = is_wanted
        self._waiting: dict[str, set[str]] = {}
        for msgid, wants in demand.wants.items():
            for want in wants:
                self._waiting.setdefault(want.path, set()).add(msgid)
        self._written: dict[str, Written] = {}
        self._suggested: dict[str, str] = {}
        self._unsaved: dict[str, set[str]] = {}
        self._disk_problem: HelpcenterError | None = None
        self._unreadable: dict[str, HelpcenterError] = {}
        self.journal_problem: HelpcenterError | None = None
        """Why answers cannot be kept any more; what is asked for then may be lost."""

    def recall(self) -> int:
        """Put in what the locale knows already; give how many segments that were."""
        for msgid in self._demand.known:
            self._note(msgid)
        self._save_complete()
        return len(self._demand.known)

    def keep(self, answers: Sequence[Answer], written: dict[str, Written], *, is_new: bool = True) -> None:
        """Keep what has come.

        Args:
            answers: for the journal.
            written: what they became, by msgid.
            is_new: they do not stand in the journal yet.
        """
        if is_new and self.journal_problem is None:
            try:
                self._journal.add(answers)
            except HelpcenterError as error:
                self.journal_problem = error
        self._written |= written
        for msgid in written:
            self._note(msgid)
        self._save_complete()

    def suggest(self, texts: Mapping[str, str]) -> None:
        """Put texts by msgid beside entries that stay without a translation, for a person to take or to leave."""
        self._suggested |= texts
        for msgid in texts:
            self._note(msgid)
        self._save_complete()

    def save(self) -> list[Finding]:
        """Put all that has come into the catalogs; give what went wrong in the whole run."""
        self._disk_problem = None
        for path in sorted(self._unsaved):
            self._save(path)
        problems = [*self._unreadable.values(), *filter(None, [self._disk_problem])]
        found = [one for problem in problems for one in problem.findings]
        if self.journal_problem is not None:
            found += self.journal_problem.findings
        lost = {msgid for msgids in self._unsaved.values() for msgid in msgids}
        return found + ([self._tell(len(lost))] if lost else [])

    def _tell(self, count: int) -> Finding:
        tag = self._locale.tag
        place = Place(f"locales/{tag}/catalog")
        if self.journal_problem is None:
            message = f"{count} translations of {tag} are not in their catalogs yet"
            hint = (
                f"they are kept in .build/translate/{tag}.jsonl: mend what stands above and run the same command again"
            )
        else:
            message = f"{count} translations of {tag} could be kept nowhere"
            hint = "make room or correct permissions; the next run asks for them once more"
        return finding("translate-not-saved", message, place, help=hint)

    def _note(self, msgid: str) -> None:
        for want in self._demand.wants[msgid]:
            self._waiting[want.path].discard(msgid)
            self._unsaved.setdefault(want.path, set()).add(msgid)

    def _save_complete(self) -> None:
        # Where the journal cannot be written, catalogs are all there is.
        for path in [path for path in self._unsaved if not self._waiting[path] or self.journal_problem]:
            # A disk that is full is tried once more at the end, and not for each page.
            if self._disk_problem is None and path not in self._unreadable:
                self._save(path)

    def _save(self, path: str) -> None:
        """Put what has come for a catalog into the file as it is now: people go on editing while a provider is asked."""
        file = catalog_path(self._project.catalog_folder(self._locale.tag), path)
        try:
            catalog = load_catalog(file, path, self._project.root)
        except HelpcenterError as error:
            self._unreadable[path] = error
            return
        self._unreadable.pop(path, None)
        entries = tuple(map(self._filled, catalog.entries))
        try:
            if entries != catalog.entries:
                save_catalog(file, replace(catalog, entries=entries), self._locale.tag)
        except HelpcenterError as error:
            self._disk_problem = error
            return
        self._unsaved.pop(path)

    def _filled(self, entry: Entry) -> Entry:
        if entry.obsolete or not (is_due(entry) or (self._is_wanted is not None and self._is_wanted(entry))):
            return entry
        known = self._demand.known.get(entry.msgid)
        if known is not None:
            return _taken_over(entry, known)
        written = self._written.get(entry.msgid)
        if written is None:
            suggested = self._suggested.get(entry.msgid)
            is_open = suggested is not None and not entry.msgstr and entry.suggestion is None
            return replace(entry, suggestion=suggested) if is_open else entry
        return entry.with_machine_text(written.text, written.provider, written.glossary)

    def used_outputs(self) -> set[str]:
        """Give the fingerprints of the machine texts that the locale's catalogs refer to.

        Raises:
            HelpcenterError: a catalog cannot be read.
        """
        folder = self._project.catalog_folder(self._locale.tag)
        used: set[str] = set()
        for file in sorted(folder.rglob("*.po")):
            path = file.relative_to(folder).with_suffix(".md").as_posix()
            for entry in load_catalog(file, path, self._project.root).entries:
                if entry.machine is not None:
                    used.add(entry.machine.output)
                if entry.suggestion is not None:
                    used.add(fingerprint(entry.suggestion))
        return used


def _taken_over(entry: Entry, known: Entry) -> Entry:
    """Give a stale entry the text that its new source has elsewhere; beside the old one, where a person wrote that."""
    if not entry.is_machine_text:
        return replace(entry, suggestion=known.msgstr)
    return replace(
        known, references=entry.references, kind=entry.kind, flags=entry.flags, obsolete=False, line=entry.line
    )
