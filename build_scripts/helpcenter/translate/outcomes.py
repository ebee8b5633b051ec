"""What a run of translations did, or would do, in figures."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from helpcenter.diagnostics import Finding


@dataclass(frozen=True, slots=True)
class Share:
    """What one provider did for a locale.

    Args:
        provider: its name.
        texts: translated, or to be translated in a dry run; identical texts count once.
        characters: of source text that counts for the price: of what was answered, also where the answer could not be used.
        requests: batches that were sent.
        cost: estimate in euros, or None where the price is not known.
    """

    provider: str
    texts: int = 0
    characters: int = 0
    requests: int = 0
    cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LocaleOutcome:
    """What a run did, or would do, for a locale.

    Args:
        locale: its tag.
        shares: of each provider that was asked, in the order of the locale's chain; of a dry run, of the first alone.
        known: texts that were not sent, for the locale or its journal had them.
        failed: texts that have no translation afterwards, though they were asked for.
        left: texts that were not asked for: the money did not suffice, or the run was stopped.
    """

    locale: str
    shares: tuple[Share, ...] = ()
    known: int = 0
    failed: int = 0
    left: int = 0

    @property
    def texts(self) -> int:
        """Texts of all providers."""
        return sum(share.texts for share in self.shares)

    @property
    def characters(self) -> int:
        """Characters of all providers."""
        return sum(share.characters for share in self.shares)

    @property
    def requests(self) -> int:
        """Requests to all providers."""
        return sum(share.requests for share in self.shares)

    @property
    def cost(self) -> Decimal | None:
        """Costs of all providers in euros; None where one is not known."""
        return add_costs(share.cost for share in self.shares)

    def as_row(self) -> dict[str, Any]:
        """Give the same as JSON."""
        providers = [
            {
                "provider": share.provider,
                "texts": share.texts,
                "characters": share.characters,
                "requests": share.requests,
                "cost": _as_number(share.cost),
            }
            for share in self.shares
        ]
        return {
            "locale": self.locale,
            "providers": providers,
            "known": self.known,
            "failed": self.failed,
            "left": self.left,
        }


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did.

    Args:
        rows: one for each locale.
        findings: what failed.
        dry_run: whether nothing was asked.
        stopped: whether somebody stopped it.
        abandoned: batches that were out then, and whose answers did not come in time.
    """

    rows: tuple[LocaleOutcome, ...]
    findings: tuple[Finding, ...] = ()
    dry_run: bool = False
    stopped: bool = False
    abandoned: int = 0

    @property
    def is_complete(self) -> bool:
        """Whether everything that was asked for is translated and saved."""
        is_saved = all(found.code != "translate-not-saved" for found in self.findings)
        return is_saved and not self.stopped and not any(row.failed or row.left for row in self.rows)

    def as_json(self) -> dict[str, Any]:
        """Give the same as JSON."""
        total = {
            "texts": sum(row.texts for row in self.rows),
            "characters": sum(row.characters for row in self.rows),
            "requests": sum(row.requests for row in self.rows),
            "cost": _as_number(add_costs(row.cost for row in self.rows)),
            "known": sum(row.known for row in self.rows),
            "failed": sum(row.failed for row in self.rows),
            "left": sum(row.left for row in self.rows),
        }
        rows = [row.as_row() for row in self.rows]
        return {"dry_run": self.dry_run, "stopped": self.stopped, "locales": rows, "total": total}


@dataclass(frozen=True, slots=True)
class Step:
    """How far a locale is.

    Args:
        locale: its tag.
        done: texts that are translated.
        failed: texts that nobody translates.
        total: texts that were to be sent.
        characters: of the texts that are done or failed.
        all_characters: of all texts.
        cost: euros so far, or None where unknown.
        note: what it waits for, or an empty text.
    """

    locale: str
    done: int
    failed: int
    total: int
    characters: int
    all_characters: int
    cost: Decimal | None = None
    note: str = ""


def add_costs(costs: Iterable[Decimal | None]) -> Decimal | None:
    """Add amounts; None where one of them is not known."""
    known = list(costs)
    return None if None in known else sum((cost for cost in known if cost is not None), Decimal(0))


def _as_number(cost: Decimal | None) -> float | None:
    return None if cost is None else float(cost)
