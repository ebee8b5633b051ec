"""An entry of a catalog: a segment, its translation, and where the translation comes from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polib

    from helpcenter.catalog.layout import Layout


class State(StrEnum):
    """Where a translation stands, from nothing to vouched for."""

    MISSING = "missing"
    STALE = "stale"
    MACHINE = "machine"
    REVIEWED = "reviewed"
    APPROVED = "approved"

    @property
    def rank(self) -> int:
        """How much a translation in this state is worth against another."""
        return _RANKS[self]


_RANKS = {state: rank for rank, state in enumerate(State)}


# How a line begins that says who vouches for a text.
SIGNATURES = ("reviewed:", "approved:")


def fingerprint(text: str) -> str:
    """Give a short hash of a text; 48 bits tell the texts of one language apart with room to spare."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Revision:
    """How much a person changed of what a machine wrote.

    Args:
        chrf: how alike the two texts are, by chrF, from 0 to 100; 100 where nothing was changed.
        edits: characters put in, taken out or replaced (Levenshtein's distance).
    """

    chrf: int
    edits: int


UNCHANGED = Revision(100, 0)


@dataclass(frozen=True, slots=True)
class Machine:
    """Where a machine translation comes from.

    Args:
        provider: name of the provider.
        source: fingerprint of the text that was translated.
        output: fingerprint of what the machine wrote; another text in the entry is a person's.
        glossary: fingerprint of the terms that the glossary had for this text then; empty where it had none.
        revision: what a person had changed of it when the entry was signed last; None where that is not known.
    """

    provider: str
    source: str
    output: str
    glossary: str = ""
    revision: Revision | None = None


@dataclass(frozen=True, slots=True)
class Adopted:
    """Where a translation comes from that existed as Markdown before.

    Args:
        file: the translated file.
        text: fingerprint of what stood there.
    """

    file: str
    text: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who vouches for a translation since when.

    Args:
        who: a name or an address.
        date: ISO 8601.
        text: fingerprint of the text that was signed; empty where that was not noted, or a tool lost it.
        source: fingerprint of the source it was read against; empty where that was not noted.
    """

    who: str
    date: str
    text: str = ""
    source: str = ""

    def holds_for(self, source: str, text: str) -> bool:
        """Whether this text was signed for this source: a signature is given for words, not for a place."""
        return self.text == fingerprint(text) and self.source in {"", fingerprint(source)}


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment and its translation.

    Args:
        msgid: Markdown of the segment.
        msgstr: Markdown of the translation, empty when there is none.
        fuzzy: the flag of the file: not to be relied on.
        previous: the msgid that the translation was made for, when the source has changed since.
        references: ``path#anchor`` of each place, as in ``guides/returns.md#label``.
        kind: what the segment is, for the translator.
        machine: provenance, when a machine wrote the text last.
        adopted: provenance, when the text was taken over from a translated page.
        reviewed: who read it against its source.
        approved: who vouches for it.
        hard: the change of the source touched a number, a link, a fact or a negation: the old text may be false.
        settled: of a stale text, the fingerprint of the words that were relied on when the source changed; empty where a
            machine wrote them, nobody relied on them, or that was not noted.
        suggestion: a newer machine text beside a person's.
        comments: translators' own comment lines.
        flags: flags other than ``fuzzy``.
        obsolete: the page no longer has this segment.
        line: 1-based line in the file, 0 when it is not in one yet.
    """

    msgid: str
    msgstr: str = ""
    fuzzy: bool = False
    previous: str | None = None
    references: tuple[str, ...] = ()
    kind: str = ""
    machine: Machine | None = None
    adopted: Adopted | None = None
    reviewed: Signature | None = None
    approved: Signature | None = None
    hard: bool = False
    settled: str = ""
    suggestion: str | None = None
    comments: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    obsolete: bool = False
    line: int = 0

    @property
    def state(self) -> State:
        """The state, as the table of docs/formats/catalog.md defines it."""
        if not self.msgstr:
            return State.MISSING
        if self.fuzzy:
            # Some tools forget the previous text; what helpcenter noted beside it still says that there was one.
            is_stale = self.previous is not None or self.hard or self.settled
            return State.STALE if is_stale else State.MACHINE
        return State.APPROVED if self.approval_holds else State.REVIEWED

    @property
    def approval_holds(self) -> bool:
        """Whether these words were approved for this source. An approval that does not say of which words holds for none."""
        return self.approved is not None and self.approved.holds_for(self.msgid, self.msgstr)

    @property
    def has_lost_approval(self) -> bool:
        """Whether somebody has approved the entry, and it is not plain any more that it was these words for this source."""
        is_approval = self.approved is not None or any(note.startswith(SIGNATURES[1]) for note in self.comments)
        return is_approval and self.state is State.REVIEWED

    @property
    def is_settled(self) -> bool:
        """Whether the words of a stale text are the ones that a person relied on before the source changed."""
        source = self.msgid if self.previous is None else self.previous
        return self.settled == fingerprint(self.msgstr) or any(
            signature is not None and signature.holds_for(source, self.msgstr)
            for signature in (self.reviewed, self.approved)
        )

    @property
    def is_machine_text(self) -> bool:
        """Whether the text is, to the letter, what a machine wrote and nobody has vouched for: a machine may replace it."""
        if not self.msgstr:
            return True
        if not self.fuzzy or self.reviewed is not None or self.approved is not None or self.has_damaged_signature:
            return False
        return self.machine is not None and self.machine.output == fingerprint(self.msgstr)

    @property
    def revision(self) -> Revision | None:
        """How much a person changed of what a machine wrote for this source; None where nobody vouches or nobody can tell."""
        if self.machine is None or not self.is_relied_on or self.machine.source != fingerprint(self.msgid):
            return None
        if self.machine.output == fingerprint(self.msgstr):
            return UNCHANGED
        # What was measured when the entry was signed says nothing of words that came later.
        signatures = (self.reviewed, self.approved)
        is_signed = any(one is not None and one.holds_for(self.msgid, self.msgstr) for one in signatures)
        return self.machine.revision if is_signed else None

    @property
    def is_relied_on(self) -> bool:
        """Whether a person vouches for the text, by name or by taking the fuzzy flag off."""
        return self.state.rank >= State.REVIEWED.rank

    @property
    def has_damaged_signature(self) -> bool:
        """Whether a comment begins like a signature and cannot be read as one."""
        return any(comment.startswith(SIGNATURES) for comment in self.comments)

    def with_machine_text(self, text: str, provider: str, glossary: str = "") -> Entry:
        """Put in a machine's text; beside the old one, as a suggestion, where a person wrote that.

        Args:
            text: what the machine wrote.
            provider: its name.
            glossary: fingerprint of the terms that hold for the source text, as ``Glossary.version_for`` gives it.
        """
        if not self.is_machine_text:
            return replace(self, suggestion=text)
        return self.with_new_text(text, machine=Machine(provider, fingerprint(self.msgid), fingerprint(text), glossary))

    def with_adopted_text(self, text: str, file: str, *, hard: bool = False) -> Entry:
        """Put in what stood in a translated page: a person's text that nobody has read against this source.

        Args:
            text: the translation.
            file: where it stood.
            hard: it differs from the source in what a translation keeps, so that it may be false.
        """
        return replace(self.with_new_text(text), hard=hard, adopted=Adopted(file, fingerprint(text)))

    def with_new_text(self, text: str, *, machine: Machine | None = None) -> Entry:
        """Put in another text that nobody vouches for yet; what was known of the old one goes.

        Args:
            text: the translation.
            machine: where it comes from, when no person wrote it.
        """
        return replace(
            self,
            msgstr=text,
            fuzzy=True,
            previous=None,
            hard=False,
            settled="",
            machine=machine,
            adopted=None,
            reviewed=None,
            approved=None,
            suggestion=None,
        )

    def with_signature(self, signature: Signature, state: State) -> Entry:
        """Vouch for the text as it stands.

        Raises:
            ValueError: there is no text, or the state is not one that a person gives.
        """
        if not self.msgstr or state not in {State.REVIEWED, State.APPROVED}:
            raise ValueError(f"cannot make a {self.state} entry {state}")
        signature = replace(signature, text=fingerprint(self.msgstr), source=fingerprint(self.msgid))
        return replace(
            self,
            fuzzy=False,
            previous=None,
            hard=False,
            settled="",
            suggestion=None,
            reviewed=signature if state is State.REVIEWED else self.reviewed,
            approved=signature if state is State.APPROVED else None,
        )


@dataclass(frozen=True, slots=True)
class Catalog:
    """The entries of one page in one language.

    Args:
        path: POSIX path of the page below ``content/``.
        entries: in the order of the page; obsolete ones last.
        metadata: the file's header fields.
        header_comment: the comment above the header.
        foreign: entries that only other tools write (contexts, plurals), kept as they are.
        layout: how the file it was read from is written; no part of what it says.
    """

    path: str
    entries: tuple[Entry, ...] = ()
    metadata: dict[str, str] = field(default_factory=dict)
    header_comment: str = ""
    foreign: tuple[polib.POEntry, ...] = ()
    layout: Layout | None = field(default=None, compare=False, repr=False)

    @property
    def active(self) -> tuple[Entry, ...]:
        """The entries that the page has."""
        return tuple(entry for entry in self.entries if not entry.obsolete)

    def get(self, msgid: str) -> Entry | None:
        """Give the active entry of a segment."""
        return next((entry for entry in self.entries if entry.msgid == msgid and not entry.obsolete), None)
