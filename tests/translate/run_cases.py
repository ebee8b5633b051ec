"""The small shop with providers that answer as a test says."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from helpcenter.catalog import Entry, State, load_catalogs
from helpcenter.translate import Job, Limits, ProviderError, Request, Result
from helpcenter.translate.errands import Patience
from helpcenter.translate.runner import Surroundings, Wishes, estimate_locales, translate_locales
from project_cases import load, plan_all

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from provider_services import Time

    from helpcenter.translate.outcomes import Outcome, Step

Answer = str | BaseException
SCRIPTED = Wishes("scripted")


@dataclass
class Scripted:
    """A provider that answers as a test says, and notes what it was asked.

    Args:
        answer: gives the translation of a text, or what goes wrong with it; a failure that no result can hold is raised.
    """

    answer: Callable[[str], Answer]
    limits: Limits = field(default_factory=lambda: Limits(10_000, 3, 1))
    name: str = "scripted"
    cost_per_million: Decimal | None = Decimal(20)
    style: str = "mask"
    languages: tuple[str, ...] = ("de", "tr")
    asked: list[str] = field(default_factory=list)
    calls: list[tuple[int, str, str]] = field(default_factory=list)

    def supports(self, _source: str, target: str) -> bool:
        return target in self.languages

    def translate(self, requests: Sequence[Request], job: Job) -> list[Result]:
        self.calls.append((len(requests), job.source, job.target))
        results = []
        for request in requests:
            self.asked.append(request.text)
            answer = self.answer(request.text)
            if isinstance(answer, ProviderError):
                results.append(Result(request, error=answer))
            elif isinstance(answer, str):
                results.append(Result(request, answer))
            else:
                raise answer
        return results


@dataclass
class Shop:
    """The small shop, its providers by name, and the time they live in."""

    folder: Path
    providers: dict[str, Scripted]
    time: Time
    steps: list[Step] = field(default_factory=list)

    @property
    def provider(self) -> Scripted:
        return self.providers["scripted"]

    def run(
        self,
        *tags: str,
        dry_run: bool = False,
        wishes: Wishes = SCRIPTED,
        is_stopped: Callable[[], bool] = lambda: False,
    ) -> Outcome:
        project, pages = load(self.folder)
        plans = plan_all(project, pages, tags or ("tr",))
        go = estimate_locales if dry_run else translate_locales
        patience = Patience(self.time.clock, self.time.sleep, grace=5.0)
        around = Surroundings(env={}, tell=self.steps.append, is_stopped=is_stopped, patience=patience)
        return go(project, plans, wishes, around)

    def entry(self, page: str, msgid: str, tag: str = "tr") -> Entry:
        found = load_catalogs(self.folder / "locales" / tag / "catalog", self.folder)[0][page].get(msgid)
        assert found is not None
        return found

    def states(self, tag: str = "tr") -> list[State]:
        catalogs, _ = load_catalogs(self.folder / "locales" / tag / "catalog", self.folder)
        return [entry.state for catalog in catalogs.values() for entry in catalog.active]

    def forget(self) -> None:
        for provider in self.providers.values():
            provider.asked.clear()
            provider.calls.clear()
