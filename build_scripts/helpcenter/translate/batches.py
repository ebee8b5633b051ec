"""Which texts travel together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.translate.provider import Limits, Request


def plan_batches(requests: Sequence[Request], limits: Limits) -> list[list[Request]]:
    """Divide requests into batches that a provider takes whole, in order; a text over the limit travels alone."""
    batches: list[list[Request]] = []
    room = 0
    for request in requests:
        size = len(request.text)
        if not batches or size > room or len(batches[-1]) >= limits.max_items:
            batches.append([])
            room = limits.max_chars
        batches[-1].append(request)
        room -= size
    return batches
