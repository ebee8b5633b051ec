"""Money: what texts cost, and a limit that no run passes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_MILLION = Decimal(1_000_000)


def cost_of(characters: int, price: Decimal | None) -> Decimal | None:
    """Give what so many characters cost, in euros; None where the price is not known.

    Args:
        characters: of source text, as sent.
        price: euros for a million characters.
    """
    return None if price is None else price * characters / _MILLION


@dataclass
class Budget:
    """What may still be spent.

    Args:
        limit: euros for the whole run, or None where there is no limit.
        committed: euros of what was sent; a request whose answer was lost on the way may have been charged, so it counts.
    """

    limit: Decimal | None = None
    committed: Decimal = Decimal(0)

    def reserve(self, cost: Decimal | None) -> bool:
        """Set an amount aside, unless that would pass the limit; give whether it was."""
        amount = cost or Decimal(0)
        if self.limit is not None and amount and self.committed + amount > self.limit:
            return False
        self.committed += amount
        return True

    def release(self, cost: Decimal | None) -> None:
        """Give back an amount that was not charged after all."""
        self.committed -= cost or Decimal(0)
