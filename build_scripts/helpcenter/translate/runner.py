"""The run: filling catalogs through providers, so that nothing paid for is lost and nothing a person wrote is touched."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from helpcenter.catalog.answers import Answers, Question
from helpcenter.catalog.glossary import load_glossary
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.project.collection import without_collection
from helpcenter.translate.batches import plan_batches
from helpcenter.translate.budget import Budget, cost_of
from helpcenter.translate.checkpoints import Checkpoints
from helpcenter.translate.circuit import Circuit
from helpcenter.translate.demand import Sources, is_outdated, plan_demand, read_demand
from helpcenter.translate.engines import Chains, Engine, unpriced
from helpcenter.translate.errands import Errands, Patience
from helpcenter.translate.outcomes import LocaleOutcome, Outcome, Share, Step
from helpcenter.translate.provider import Request
from helpcenter.translate.reports import report_budget, report_failures, tell_once
from helpcenter.translate.tasks import LocaleTask

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from decimal import Decimal

    from helpcenter.catalog.extraction import ExtractionPlan
    from helpcenter.catalog.glossary import Glossary
    from helpcenter.project import Locale, Project
    from helpcenter.translate.demand import Text

# A journal of so few answers is left alone, whatever it holds.
_FEWEST_ANSWERS = 1000


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a person asks of a run.

    Args:
        provider: the only one to ask; each locale's own and those it falls back to when None.
        older_glossary: make machine texts anew that were made with other terms than the glossary has now.
        budget: euros that the run may cost at most; what ``mkdocs.yml`` says when None.
        again: ask once more for texts whose answers were refused before.
    """

    provider: str | None = None
    older_glossary: bool = False
    budget: Decimal | None = None
    again: bool = False


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a run finds around it; tests bring their own.

    Args:
        env: where credentials are.
        tell: told how far each locale is.
        is_stopped: whether somebody wants to stop.
        patience: what lets time pass.
    """

    env: Mapping[str, str] = field(default_factory=lambda: os.environ)
    tell: Callable[[Step], None] = lambda _step: None
    is_stopped: Callable[[], bool] = lambda: False
    patience: Patience = field(default_factory=Patience)


def translate_locales(
    project: Project,
    plans: Sequence[ExtractionPlan],
    wishes: Wishes = Wishes(),
    around: Surroundings = Surroundings(),
    begin: Callable[[], None] = lambda: None,
) -> Outcome:
    """Bring the catalogs of some locales in step with the pages, and fill what is missing and stale.

    Args:
        project: the project.
        plans: the extraction of each locale, not carried out yet.
        wishes: what is asked for.
        around: what there is.
        begin: called when all is ready, before anything is written.

    Raises:
        HelpcenterError: no provider, an unknown one, a missing credential, a glossary that cannot be read, a price that is not
            known (of all locales at once, and before anything is asked or written), a run that is under way already, or a
            catalog that cannot be read.
    """
    new_circuit = partial(Circuit, clock=around.patience.clock)
    chains, glossaries = _prepare(project, plans, Chains(project, wishes.provider, around.env, new_circuit=new_circuit))
    budget = _budget(project, wishes)
    _refuse_unpriced(budget, list(chains.values()))
    with _exclusive(project):
        begin()
        for plan in plans:
            plan.write()
        sources = Sources(plans)
        tasks = []
        for plan in plans:
            locale = plan.shelf.locale
            glossary = glossaries[locale.tag]
            is_wanted = is_outdated(glossary) if wishes.older_glossary else None
            demand = read_demand(plan, sources, is_wanted)
            journal = Answers.load(project, locale.tag)
            kept = Checkpoints(project, locale, demand, journal, is_wanted)
            tasks.append(
                LocaleTask(
                    project.source.tag,
                    locale,
                    chains[locale.tag],
                    demand,
                    sources,
                    glossary,
                    journal,
                    kept,
                    around.tell,
                    wishes.again,
                )
            )
        return _run(tasks, budget, around)


def _run(tasks: Sequence[LocaleTask], budget: Budget, around: Surroundings) -> Outcome:
    found: list[Finding] = []

    def is_stopped() -> bool:
        # What cannot be kept is not asked for.
        return around.is_stopped() or any(task.checkpoints.journal_problem for task in tasks)

    try:
        dispatch = Errands([(task, task.recall()) for task in tasks], budget, is_stopped, around.patience)
        dispatch.run()
    finally:
        for task in tasks:
            found += task.checkpoints.save()
    engines = dict.fromkeys(engine for task in tasks for engine in task.engines)
    if not found and not dispatch.stopped:
        _tidy(tasks)
    found = [*report_failures(tasks, engines), *report_budget(tasks, budget.limit), *dict.fromkeys(found)]
    rows = tuple(task.outcome for task in tasks)
    return Outcome(rows, tuple(found), stopped=around.is_stopped(), abandoned=dispatch.abandoned)


def _tidy(tasks: Sequence[LocaleTask]) -> None:
    """Let old answers go where a journal holds more than twice as many as there are texts."""
    for task in tasks:
        if len(task.journal) > max(_FEWEST_ANSWERS, 2 * task.sources.count):
            wanted = {text.sealed for text in (*(failure.text for failure in task.failures), *task.left)}
            task.journal.drop_unused(task.checkpoints.used_outputs(), wanted)


@without_collection()
def estimate_locales(
    project: Project,
    plans: Sequence[ExtractionPlan],
    wishes: Wishes = Wishes(),
    around: Surroundings = Surroundings(),
) -> Outcome:
    """Count what a run would ask for and what that would cost; ask nobody and write nothing.

    Args:
        project: the project.
        plans: the extraction of each locale, not carried out yet.
        wishes: what would be asked for.
        around: what there is.

    Raises:
        HelpcenterError: as ``translate_locales`` does.
    """
    chains, glossaries = _prepare(project, plans, Chains(project, wishes.provider, around.env, offline=True))
    sources = Sources(plans)
    rows = []
    # New locales want the same.
    estimate = cache(_estimate)
    for plan in plans:
        tag = plan.shelf.locale.tag
        is_wanted = is_outdated(glossaries[tag]) if wishes.older_glossary else None
        texts = plan_demand(plan, sources, is_wanted).texts
        asked, refused = _divide(texts, project, plan.shelf.locale, chains[tag], glossaries[tag], again=wishes.again)
        shares = tuple(
            estimate(engine, tuple(text.sealed for text in texts))
            for engine, texts in asked.items()
            if texts or engine is chains[tag][0]
        )
        known = len(texts) - refused - sum(map(len, asked.values()))
        rows.append(LocaleOutcome(tag, shares, known, refused))
    budget = _budget(project, wishes)
    _refuse_unpriced(budget, list(chains.values()))
    return Outcome(tuple(rows), dry_run=True)


def _estimate(engine: Engine, texts: Sequence[str]) -> Share:
    characters = engine.count(texts)
    batches = len(plan_batches([Request(text, text) for text in texts], engine.provider.limits))
    return Share(engine.name, len(texts), characters, batches, cost_of(characters, engine.price))


def _divide(
    texts: Sequence[Text],
    project: Project,
    locale: Locale,
    chain: Sequence[Engine],
    glossary: Glossary,
    *,
    again: bool,
) -> tuple[dict[Engine, list[Text]], int]:
    """Give the texts that each engine of a locale would be asked first, without those that its journal answers.

    Returns:
        These texts, and the number of those that no engine would be asked, for the answers of all were refused before.
    """
    asked: dict[Engine, list[Text]] = {engine: [] for engine in chain}
    journal = Answers.load(project, locale.tag)
    if not journal:
        asked[chain[0]] += texts
        return asked, 0
    formality, source, refused = locale.settings.formality or "", project.source.tag, 0
    for text in texts:
        version = glossary.version_for(text.msgids[0])
        questions = {engine: Question(text.sealed, source, engine.signature, formality, version) for engine in chain}
        if any(journal.find(question) is not None for question in questions.values()):
            continue
        refusals = {} if again else {engine: journal.refusal(question) for engine, question in questions.items()}
        able = [engine for engine in chain if (found := refusals.get(engine)) is None or not found.is_alone]
        if able:
            asked[able[0]].append(text)
        refused += not able
    return asked, refused


def _prepare(
    project: Project, plans: Sequence[ExtractionPlan], chains: Chains
) -> tuple[dict[str, list[Engine]], dict[str, Glossary]]:
    """Make the engines and read the glossary of each locale.

    Raises:
        HelpcenterError: with the findings of all locales.
    """
    found: list[Finding] = []
    unable: list[tuple[str, Finding]] = []
    engines: dict[str, list[Engine]] = {}
    glossaries: dict[str, Glossary] = {}
    for plan in plans:
        locale = plan.shelf.locale
        glossaries[locale.tag], wrong = load_glossary(
            project.locales_folder / locale.tag, project.root, project.source.tag
        )
        found += wrong
        try:
            engines[locale.tag] = chains.of(locale)
        except HelpcenterError as error:
            unable += [(locale.tag, one) for one in error.findings]
    found += tell_once(unable)
    if found:
        raise HelpcenterError(*dict.fromkeys(found))
    return engines, glossaries


def _budget(project: Project, wishes: Wishes) -> Budget:
    return Budget(project.configuration.settings.budget if wishes.budget is None else wishes.budget)


def _refuse_unpriced(budget: Budget, chains: Sequence[Sequence[Engine]]) -> None:
    """Refuse to begin what may cost more than is allowed without anybody noticing.

    Raises:
        HelpcenterError: ``translate-unpriced``: there is a limit, and a provider whose price is not known.
    """
    names = unpriced(chains) if budget.limit is not None else []
    if names:
        message = f"the price of {' and '.join(names)} is not known, so that a budget cannot be kept"
        hint = f"set 'cost_per_million' in 'extra.helpcenter.providers.{names[0]}' of mkdocs.yml, 0 where it is free"
        raise HelpcenterError(finding("translate-unpriced", message, Place("--budget"), help=hint))


@contextmanager
def _exclusive(project: Project) -> Iterator[None]:
    """Let nobody else translate in the same project meanwhile: both would ask, and pay, for the same texts.

    Raises:
        HelpcenterError: ``translate-running``: somebody does already.
    """
    folder = project.build_folder / "translate"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "lock").open("a+")
    except OSError as error:
        message = f"cannot write the file: {error.strerror}"
        place = Place(".build/translate/lock")
        raise HelpcenterError(finding("file-unreadable", message, place, help="check space and permissions")) from error
    with file:
        try:
            # The system lets go of it when the process ends, however it ends.
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            who = file.read(20).strip()
            message = f"another translation of this project is under way{f', process {who}' if who else ''}"
            hint = "wait until it is done, or stop it with Ctrl-C; then run the command again"
            raise HelpcenterError(
                finding("translate-running", message, Place(".build/translate/lock"), help=hint)
            ) from None
        try:
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
        except OSError:
            # On a full disk nobody learns who it is.
            pass
        yield
