"""Which texts travel together."""

from __future__ import annotations

import heapq
from bisect import bisect_left, insort
from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.translate.provider import Limits, Request

# How many more batches than the least possible number are still well packed.
_SPARE = 0.1


def plan_batches(requests: Sequence[Request], limits: Limits) -> list[list[Request]]:
    """Divide requests into batches that a provider takes whole; a text over the limit travels alone.

    Texts stay in their order, so that those of a page come together, as long as that costs at most a tenth more batches than
    the limits make necessary; where long texts meet a narrow limit, they are packed by size.
    """
    sizes = [len(request.text) for request in requests]
    over = [[index] for index, size in enumerate(sizes) if size > limits.max_chars]
    rest = [index for index, size in enumerate(sizes) if size <= limits.max_chars]
    planned = over + _pack(rest, sizes, limits)
    return [[requests[index] for index in batch] for batch in sorted(map(sorted, planned))]


def _pack(indices: Sequence[int], sizes: Sequence[int], limits: Limits) -> list[list[int]]:
    if not indices:
        return []
    total = sum(sizes[index] for index in indices)
    least = max(ceil(total / limits.max_chars), ceil(len(indices) / limits.max_items))
    most = least + int(least * _SPARE)
    in_order = _pack_in_order(indices, sizes, limits)
    if len(in_order) <= most:
        return in_order
    by_size = sorted(indices, key=lambda index: -sizes[index])
    step = ceil(least * _SPARE / 10)
    for count in range(least, most + 1, step):
        spread = _spread(by_size, sizes, limits, count)
        if spread is not None:
            return spread
    return min(in_order, _pack_by_size(by_size, sizes, limits), key=len)


def _pack_in_order(indices: Sequence[int], sizes: Sequence[int], limits: Limits) -> list[list[int]]:
    batches: list[list[int]] = []
    room = 0
    for index in indices:
        if not batches or sizes[index] > room or len(batches[-1]) >= limits.max_items:
            batches.append([])
            room = limits.max_chars
        batches[-1].append(index)
        room -= sizes[index]
    return batches


def _spread(indices: Sequence[int], sizes: Sequence[int], limits: Limits, count: int) -> list[list[int]] | None:
    """Spread texts, the longest first, over so many batches, each into the one that holds least; None where one overflows.

    So long and short texts mix, and both limits are used up at once (Graham 1969, longest processing time first).
    """
    open_batches: list[tuple[int, int, list[int]]] = [(0, number, []) for number in range(count)]
    full: list[list[int]] = []
    for index in indices:
        if not open_batches:
            return None
        held, number, batch = open_batches[0]
        if held + sizes[index] > limits.max_chars:
            return None
        batch.append(index)
        if len(batch) < limits.max_items:
            heapq.heapreplace(open_batches, (held + sizes[index], number, batch))
        else:
            full.append(batch)
            heapq.heappop(open_batches)
    return full + [batch for _, _, batch in open_batches if batch]


def _pack_by_size(indices: Sequence[int], sizes: Sequence[int], limits: Limits) -> list[list[int]]:
    """Put each text, the longest first, where it leaves least room (best fit decreasing: at most 11/9 of the best, plus one)."""
    batches: list[list[int]] = []
    rooms: list[tuple[int, int]] = []
    for index in indices:
        place = bisect_left(rooms, (sizes[index], -1))
        room, number = rooms.pop(place) if place < len(rooms) else (limits.max_chars, len(batches))
        if number == len(batches):
            batches.append([])
        batches[number].append(index)
        if len(batches[number]) < limits.max_items:
            insort(rooms, (room - sizes[index], number))
    return batches
