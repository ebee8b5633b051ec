"""The journal of a locale: what machines have answered, noted before any catalog is saved.

A line for each answer, in ``.build/translate/<tag>.jsonl``.  What was paid for is safe as soon as it stands there, whatever
becomes of the catalogs; and it tells what a machine had said of a text that somebody has edited since.  An answer that could
not be used stands there too: it was paid for, and the same machine would say the same again.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from types import NoneType
from typing import TYPE_CHECKING, Any, NamedTuple

from helpcenter.catalog.entries import fingerprint
from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project import relative, write_atomic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from helpcenter.project import Project


class Question(NamedTuple):
    """What decides an answer: asked again, the answer is known.

    Args:
        text: sealed, as it is sent.
        source: BCP 47 tag of its language.
        provider: name of the provider, with what its options change in its answers.
        formality: how readers are addressed, or an empty text.
        glossary: fingerprint of the terms that hold for the text, or an empty text.
    """

    text: str
    source: str
    provider: str
    formality: str = ""
    glossary: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer was not taken.

    Args:
        code: of the provider's error.
        message: one sentence without a full stop.
        is_alone: the text was asked for alone, so that there is nothing left to try with this provider.
    """

    code: str
    message: str
    is_alone: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered.

    Args:
        question: what it was asked.
        text: its answer, sealed; empty where the words of a refused one are of no use.
        texts: what the answer became in catalogs, with everything sealed put back.
        refused: why it was not taken, or not for all segments that are this text once they are sealed.
    """

    question: Question
    text: str
    texts: tuple[str, ...] = ()
    refused: Refusal | None = None


@dataclass
class Answers:
    """The journal of a locale.

    Args:
        file: where it is.
        root: the project's folder, for findings.
    """

    file: Path
    root: Path
    _answers: list[Answer] = field(default_factory=list, repr=False)
    _known: dict[Question, list[Answer]] = field(default_factory=dict, repr=False)
    _texts: dict[str, str] = field(default_factory=dict, repr=False)
    _is_torn: bool = field(default=False, repr=False)

    @classmethod
    def load(cls, project: Project, tag: str) -> Answers:
        """Read the journal of a locale; an empty one where there is none.

        A line that cannot be read is passed over: a process that was killed leaves the last one torn.

        Raises:
            HelpcenterError: ``file-unreadable``: there is one that cannot be opened.
        """
        journal = cls(journal_path(project, tag), project.root)
        journal.read()
        return journal

    def read(self) -> None:
        """Read the file, as ``load`` does."""
        try:
            raw = self.file.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unreadable("read", self.file, self.root, error) from error
        self._is_torn = bool(raw) and not raw.endswith(b"\n")
        for line in raw.split(b"\n"):
            answer = _read(line)
            if answer is not None:
                self._note(answer)

    def find(self, question: Question) -> str | None:
        """Give the sealed answer to a question, the latest where there are several; None where none was taken."""
        return next((answer.text for answer in self.answers_to(question) if answer.refused is None), None)

    def answers_to(self, question: Question) -> Iterator[Answer]:
        """Give all answers to a question, the latest first, those that were refused among them."""
        return reversed(self._known.get(question, []))

    def refusal(self, question: Question) -> Refusal | None:
        """Tell why no answer to a question was taken; None where one was, or none came.

        What was said of a text that was asked alone goes before the rest.
        """
        last: Refusal | None = None
        for answer in self.answers_to(question):
            if answer.refused is None:
                break
            if answer.refused.is_alone:
                return answer.refused
            last = last or answer.refused
        return last

    def text_of(self, output: str) -> str | None:
        """Give the text that a machine wrote, by its fingerprint (``Machine.output``); None where it is not known any more."""
        return self._texts.get(output)

    def add(self, answers: Iterable[Answer]) -> None:
        """Append answers and wait until they are on the disk.

        Raises:
            HelpcenterError: ``file-unreadable``; what is there already stays as it is.
        """
        new = list(answers)
        if not new:
            return
        for answer in new:
            self._note(answer)
        # A line that a killed process left without its end is ended, so that only that one is lost.
        raw = ("\n" if self._is_torn else "").encode() + b"".join(map(_write, new))
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with self.file.open("ab") as file:
                self._is_torn = True
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _unreadable("write", self.file, self.root, error) from error
        self._is_torn = False

    def drop_unused(self, used: AbstractSet[str], wanted: AbstractSet[str] = frozenset()) -> None:
        """Write the journal anew without answers that no catalog refers to.

        Args:
            used: fingerprints of the machine texts that catalogs refer to.
            wanted: sealed texts that have no translation yet; which answers to them were refused is still of use.

        Raises:
            HelpcenterError: ``file-unreadable``; the journal is as it was.
        """
        kept = [
            answer
            for answer in self._answers
            if not used.isdisjoint(map(fingerprint, answer.texts))
            or (answer.refused is not None and answer.question.text in wanted)
        ]
        write_atomic(self.file, b"".join(map(_write, kept)))
        self._answers, self._known, self._texts, self._is_torn = [], {}, {}, False
        for answer in kept:
            self._note(answer)

    def __iter__(self) -> Iterator[Answer]:
        """Give the answers, the oldest first."""
        return iter(self._answers)

    def __len__(self) -> int:
        """Give how many answers there are."""
        return len(self._answers)

    def _note(self, answer: Answer) -> None:
        self._answers.append(answer)
        self._known.setdefault(answer.question, []).append(answer)
        self._texts.update((fingerprint(text), text) for text in answer.texts)


def journal_path(project: Project, tag: str) -> Path:
    """Give the file that holds the journal of a locale."""
    return project.build_folder / "translate" / f"{tag}.jsonl"


def _write(answer: Answer) -> bytes:
    # A text that stands in the catalog as it was answered is not written twice.
    texts = None if answer.texts == (answer.text,) else answer.texts
    row = answer.question._asdict() | {"answer": answer.text} | ({} if texts is None else {"texts": texts})
    if answer.refused is not None:
        row["refused"] = {
            "code": answer.refused.code,
            "message": answer.refused.message,
            "alone": answer.refused.is_alone,
        }
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def _read(line: bytes) -> Answer | None:
    try:
        row: Any = json.loads(line.decode("utf-8", "surrogatepass"))
    except ValueError:
        return None
    return _as_answer(row) if isinstance(row, dict) else None


def _as_answer(row: Mapping[str, Any]) -> Answer | None:
    fields = [row.get(name) for name in (*Question._fields, "answer")]
    texts = row.get("texts", [row.get("answer")])
    is_whole = isinstance(texts, list) and all(isinstance(value, str) for value in (*fields, *texts))
    refused = row.get("refused")
    if not is_whole or not isinstance(refused, (dict, NoneType)):
        return None
    return Answer(Question(*fields[:-1]), fields[-1], tuple(texts), refused and _as_refusal(refused))  # type: ignore[arg-type]


def _as_refusal(row: Mapping[str, Any]) -> Refusal:
    return Refusal(str(row.get("code")), str(row.get("message")), row.get("alone") is True)


def _unreadable(what: str, file: Path, root: Path, error: OSError) -> HelpcenterError:
    message = f"cannot {what} the file: {error.strerror}"
    return HelpcenterError(
        finding("file-unreadable", message, Place(relative(file, root)), help="check space and permissions")
    )
