"""The task of a locale: what it asks, whom, and what it makes of the answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.catalog.answers import Answer, Question, Refusal
from helpcenter.quality import Direction, Pair
from helpcenter.translate.budget import cost_of
from helpcenter.translate.checkpoints import Checkpoints, Written
from helpcenter.translate.demand import Text
from helpcenter.translate.judgement import check_results, fit_text, refuse_other
from helpcenter.translate.outcomes import LocaleOutcome, Share, Step, add_costs
from helpcenter.translate.provider import Job, ProviderError, Request, Result

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from helpcenter.catalog.answers import Answers
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.project import Locale
    from helpcenter.translate.demand import Demand, Sources
    from helpcenter.translate.engines import Engine


class Failure(NamedTuple):
    """A text that has no translation.

    Args:
        text: it.
        engine: the last that was asked.
        error: why.
    """

    text: Text
    engine: Engine
    error: ProviderError


@dataclass
class _Count:
    texts: int = 0
    characters: int = 0
    requests: int = 0


@dataclass(eq=False)
class LocaleTask:
    """The texts that a locale wants from machines.

    Args:
        source: tag of the source.
        locale: the locale.
        engines: whom to ask, in this order.
        demand: what it wants.
        sources: the source texts of all pages.
        glossary: of the locale.
        journal: of the locale.
        checkpoints: where what comes is kept.
        tell: told how far it is.
        again: ask once more for what an engine answered before and was refused.
    """

    source: str
    locale: Locale
    engines: Sequence[Engine]
    demand: Demand
    sources: Sources
    glossary: Glossary
    journal: Answers
    checkpoints: Checkpoints
    tell: Callable[[Step], None]
    again: bool = False
    failures: list[Failure] = field(default_factory=list)
    left: list[Text] = field(default_factory=list)
    known: int = 0
    _doubtful: dict[str, str] = field(default_factory=dict)
    _counts: dict[Engine, _Count] = field(default_factory=dict)
    _versions: dict[str, str] = field(default_factory=dict)
    _asked: int = 0
    _to_come: int = 0
    _finished: int = 0

    @property
    def job(self) -> Job:
        """What its texts have in common."""
        terms = tuple((term.term, term.translation or term.term) for term in self.glossary.terms)
        return Job(self.source, self.locale.tag, self.locale.settings.formality, terms)

    def recall(self) -> tuple[Text, ...]:
        """Take what the locale and its journal know already; give what is left to ask for."""
        self.known = self.checkpoints.recall()
        rest: list[Text] = []
        written: dict[str, Written] = {}
        for text in self.demand.texts:
            found = self._recall(text)
            written |= found
            self.known += bool(found)
            missing = tuple(msgid for msgid in text.msgids if msgid not in found)
            if missing:
                rest.append(Text(text.sealed, missing))
        self.checkpoints.keep((), written, is_new=False)
        self._asked = len(rest)
        self._to_come = sum(len(text.sealed) for text in rest)
        self.tell_progress()
        return tuple(rest)

    def _recall(self, text: Text) -> dict[str, Written]:
        """Judge the kept answers to a text: the rules, or the segments that it stands for, may have changed since."""
        found: dict[str, Written] = {}
        for engine in self.engines:
            for answer in self.journal.answers_to(self._question(text, engine)):
                rest = tuple(msgid for msgid in text.msgids if msgid not in found)
                if rest and answer.text:
                    found |= self._judge(Text(text.sealed, rest), engine, answer.text)
        return found

    def _judge(self, text: Text, engine: Engine, answer: str) -> dict[str, Written]:
        """Give what of a kept answer is fit."""
        (result,) = [Result(Request(text.sealed, text.sealed), answer)]
        if not engine.is_trial:
            (result,) = check_results([result])
        return {} if result.text is None else self._fit(text, engine, result.text)[0]

    def find_refusal(self, engine: Engine, text: Text) -> Refusal | None:
        """Tell why an engine's answer to a text was refused before; None where it is to be asked anew all the same."""
        return None if self.again else self.journal.refusal(self._question(text, engine))

    def _question(self, text: Text, engine: Engine) -> Question:
        formality = self.locale.settings.formality or ""
        return Question(text.sealed, self.source, engine.signature, formality, self._version(text.msgids[0]))

    def _version(self, msgid: str) -> str:
        if msgid not in self._versions:
            self._versions[msgid] = self.glossary.version_for(msgid)
        return self._versions[msgid]

    def receive(
        self, engine: Engine, texts: Sequence[Text], results: Sequence[Result], *, is_alone: bool
    ) -> list[tuple[Text, ProviderError]]:
        """Take the results for some texts, keep what is fit, and give what is not."""
        count = self._counts.setdefault(engine, _Count())
        count.requests += 1
        rejected: list[tuple[Text, ProviderError]] = []
        written: dict[str, Written] = {}
        answers: list[Answer] = []
        checked = results if engine.is_trial else check_results(results)
        for text, given, result in zip(texts, results, checked, strict=True):
            fitting, error = ({}, result.error) if result.text is None else self._fit(text, engine, result.text)
            if error is None or error.answered:
                made = tuple(dict.fromkeys(one.text for one in fitting.values()))
                refused = None if error is None else Refusal(error.code, error.message, is_alone)
                answers.append(Answer(self._question(text, engine), _usable(given, result), made, refused))
            written |= fitting
            if error is not None:
                rest = tuple(msgid for msgid in text.msgids if msgid not in fitting)
                rejected.append((Text(text.sealed, rest), error))
            else:
                count.texts += 1
                self._finished += len(text.sealed)
        self.checkpoints.keep(answers, written)
        self.tell_progress()
        return rejected

    def _fit(self, text: Text, engine: Engine, answer: str) -> tuple[dict[str, Written], ProviderError | None]:
        """Make the translations of a text's segments, and give what is wrong with those that cannot be made."""
        fitting: dict[str, Written] = {}
        problem: ProviderError | None = None
        for msgid in text.msgids:
            is_string = self.sources.is_string(msgid, self.demand.wants[msgid][0].path)
            sealed = self.sources.seal(msgid, is_string=is_string)
            try:
                made = fit_text(msgid, sealed, answer, self.sources.labels, is_string=is_string)
            except ProviderError as error:
                problem = error
                continue
            try:
                if not engine.is_trial:
                    kind = self.demand.wants[msgid][0].kind
                    refuse_other(Pair(msgid, made, kind, self.sources.labels, is_string), self._direction)
            except ProviderError as error:
                problem = error
                # It would be shown as it should, and a person may find that it says what it should.
                self._doubtful[msgid] = made
                continue
            fitting[msgid] = Written(made, engine.name, self._version(msgid))
        return fitting, problem

    @property
    def _direction(self) -> Direction:
        return Direction(self.source, self.locale.tag, self.locale.settings.formality)

    def charge(self, engine: Engine, characters: int) -> None:
        """Note what was asked of an engine, in characters that count."""
        self._counts.setdefault(engine, _Count()).characters += characters

    def fail(self, text: Text, engine: Engine, error: ProviderError) -> None:
        """Note that nobody translates a text; what was only doubtful in it is left to a person."""
        self.checkpoints.suggest({msgid: self._doubtful[msgid] for msgid in text.msgids if msgid in self._doubtful})
        self.failures.append(Failure(text, engine, error))
        self._finished += len(text.sealed)
        self.tell_progress()

    def is_suggested(self, failure: Failure) -> bool:
        """Whether the answer to a text that failed stands beside its entry, for a person to take."""
        return failure.text.msgids[0] in self._doubtful

    def leave(self, texts: Iterable[Text]) -> None:
        """Note texts that are not sent, for the money does not suffice."""
        self.left += texts

    @property
    def outcome(self) -> LocaleOutcome:
        """What was done."""
        shares = tuple(self._share(engine) for engine in self.engines if engine in self._counts)
        failed = len(self.failures)
        left = self._asked - self._done - failed
        return LocaleOutcome(self.locale.tag, shares or self._nothing, self.known, failed, left)

    @property
    def _nothing(self) -> tuple[Share, ...]:
        engine = self.engines[0]
        return (Share(engine.name, cost=cost_of(0, engine.price)),)

    def _share(self, engine: Engine) -> Share:
        count = self._counts[engine]
        cost = cost_of(count.characters, engine.price)
        return Share(engine.name, count.texts, count.characters, count.requests, cost)

    def tell_progress(self) -> None:
        """Tell how far it is."""
        cost = add_costs(cost_of(count.characters, engine.price) for engine, count in self._counts.items())
        waiting = [engine.name for engine in self.engines if engine.circuit.is_open and engine.reason is None]
        note = f"waiting for {waiting[0]}" if waiting else ""
        done = self._done
        self.tell(
            Step(self.locale.tag, done, len(self.failures), self._asked, self._finished, self._to_come, cost, note)
        )

    @property
    def _done(self) -> int:
        return sum(count.texts for count in self._counts.values())


def _usable(given: Result, checked: Result) -> str:
    """Give the words of an answer that can be judged once more by themselves; that of another text would pass then."""
    is_judged = checked.text is not None or (checked.error is not None and checked.error.code == "echo")
    return (given.text or "") if is_judged else ""
