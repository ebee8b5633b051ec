"""Engines: the providers of a run, each made once for all locales that ask it in the same way."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpcenter.catalog import fingerprint
from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding
from helpcenter.translate.budget import cost_of
from helpcenter.translate.circuit import Circuit
from helpcenter.translate.provider import count_billed
from helpcenter.translate.registry import make_provider, providers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from decimal import Decimal

    from helpcenter.project import Locale, Project
    from helpcenter.translate.provider import Provider, ProviderError

    Options = Mapping[str, str | int | float | bool]

# Options that say how a service is reached and what it costs; what it answers does not depend on them.
_PLUMBING = frozenset(
    {
        *("timeout", "deadline", "attempts", "concurrency", "requests_per_second", "max_chars", "max_items"),
        "cost_per_million",
    }
)


@dataclass(eq=False)
class Engine:
    """A provider at work.

    Args:
        provider: it.
        signature: its name, with what its options change in its answers.
        circuit: whether it is asked at present.
        reason: why it is asked no more, or None.
        refused: how many of its answers in a row could not be used.
    """

    provider: Provider
    signature: str
    circuit: Circuit
    reason: ProviderError | None = None
    refused: int = 0

    @property
    def name(self) -> str:
        """The provider's name."""
        return self.provider.name

    @property
    def price(self) -> Decimal | None:
        """Euros for a million characters, None where unknown."""
        return self.provider.cost_per_million

    @property
    def is_trial(self) -> bool:
        """Whether its answers are in no language, for trying out what a translation does to a site."""
        return bool(getattr(self.provider, "is_trial", False))

    def count(self, texts: Iterable[str]) -> int:
        """Give the characters that it is paid for some texts."""
        return sum(count_billed(self.provider, text) for text in texts)

    def cost(self, texts: Iterable[str]) -> Decimal | None:
        """Give what some texts cost, in euros; None where its price is not known."""
        return cost_of(self.count(texts), self.price)

    @property
    def concurrency(self) -> int:
        """How many batches it takes at once."""
        return max(1, self.provider.limits.concurrency)


class Chains:
    """The engines of each locale: its provider, then those it falls back to.

    Args:
        project: the project.
        name: the only provider to ask, whatever locales say.
        env: where credentials are.
        offline: ask no service anything; engines tell what they cost and no credential is needed, a paid account assumed.
        new_circuit: makes the circuit of an engine.
    """

    def __init__(
        self,
        project: Project,
        name: str | None,
        env: Mapping[str, str],
        *,
        offline: bool = False,
        new_circuit: Callable[[], Circuit] = Circuit,
    ) -> None:
        self._project = project
        self._name = name
        self._env = env
        self._offline = offline
        self._new_circuit = new_circuit
        self._made: dict[str, Engine] = {}

    @property
    def engines(self) -> list[Engine]:
        """All engines that were made, each once."""
        return list(self._made.values())

    def of(self, locale: Locale) -> list[Engine]:
        """Give the engines of a locale that translate into its language, in the order in which they are asked.

        Raises:
            HelpcenterError: there is none, or one cannot be made; with all findings of the locale.
        """
        settings = locale.settings
        file = Place(f"locales/{locale.tag}/locale.yml")
        named = [settings.provider, *settings.fallback] if self._name is None else [self._name]
        names = list(dict.fromkeys(name for name in named if name))
        if not names:
            hint = f"name one with --provider, or set 'provider:' in {file.path}; there are: {', '.join(providers())}"
            raise HelpcenterError(finding("translate-no-provider", f"{locale.tag} has no provider", file, help=hint))
        found: list[Finding] = []
        engines: list[Engine] = []
        for name in names:
            try:
                engines.append(self._engine(name, self._options(name, locale), file))
            except HelpcenterError as error:
                found += error.findings
        if found:
            raise HelpcenterError(*found)
        able = [engine for engine in engines if self._is_able(engine, locale)]
        if not able:
            who = " and ".join(names)
            message = f"{who} {'do' if len(names) > 1 else 'does'} not translate from {self._source} to {locale.tag}"
            hint = "choose another provider for this locale"
            raise HelpcenterError(finding("translate-language", message, file, help=hint))
        return able

    @property
    def _source(self) -> str:
        return self._project.source.tag

    def _options(self, name: str, locale: Locale) -> Options:
        """Give the options of a provider: those of the project, then those of the locale for its own provider."""
        shared = self._project.configuration.settings.providers.get(name, {})
        own = locale.settings.provider_options if name == locale.settings.provider else {}
        return {**shared, **own}

    def _engine(self, name: str, options: Options, place: Place) -> Engine:
        key = f"{name} {json.dumps(options, sort_keys=True)}"
        if key not in self._made:
            provider = make_provider(name, options, self._env, place=place, is_asked=not self._offline)
            self._made[key] = Engine(provider, sign(name, options), self._new_circuit())
        return self._made[key]

    def _is_able(self, engine: Engine, locale: Locale) -> bool:
        description = providers().get(engine.name)
        if self._offline and not (description is not None and description.local):
            return True
        return engine.provider.supports(self._source, locale.tag)


def sign(name: str, options: Options) -> str:
    """Name a provider so that other options make another name, where its answers depend on them."""
    telling = {key: value for key, value in options.items() if key not in _PLUMBING}
    return f"{name}?{fingerprint(json.dumps(telling, sort_keys=True))}" if telling else name


def unpriced(chains: Sequence[Sequence[Engine]]) -> list[str]:
    """Name the engines whose price is not known."""
    return sorted({engine.name for chain in chains for engine in chain if engine.price is None})
