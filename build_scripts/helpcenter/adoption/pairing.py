"""Pairing: the texts of all translated pages beside those of their sources."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from helpcenter.adoption.alignment import Pair, align, find_moved
from helpcenter.adoption.evidence import Evidence
from helpcenter.adoption.lexicon import Lexicon
from helpcenter.adoption.units import MARKUP, make_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from helpcenter.adoption.translations import Translation
    from helpcenter.adoption.units import Unit
    from helpcenter.content import Page, Segment

# The mark that a pair must reach: what speaks for it must not be less than what speaks against it, and nothing else may be
# nearly as likely.
_LEAST_PROBABILITY, _LEAST_SCORE = 0.95, 0.0
# What differs from its source in code, links or numbers is kept for a reviewer and not shown: less harm can come of it.
_LEAST_SCORE_UNSHOWN = -2.5
# The mark for what may be signed without another look.
_CERTAIN_PROBABILITY, _CERTAIN_SCORE = 0.99, 3.0
# How much more may speak for two neighbours having changed places than for standing where their sources do, before neither
# is taken; and how much less, before one is certain.
_NEIGHBOURS = 3
_LEAST_MARGIN, _CERTAIN_MARGIN = -0.5, 4.0
# Enough for words to be learnt from.
_LIKELY = 0.8
# Enough pairs to measure lengths by.
_ENOUGH = 5
# Pages that have about as many texts as their sources lack none.
_WHOLE = 0.1


@dataclass(frozen=True, slots=True)
class Match:
    """A text of the source and its translation.

    Args:
        source: the text.
        target: its translation.
        certain: whether nothing else is thinkable.
    """

    source: Segment
    target: Segment
    certain: bool


@dataclass(frozen=True, slots=True)
class PagePairing:
    """What became of the texts of one page.

    Args:
        page: the source.
        translation: the translated file.
        matches: what belongs together, in the order of the source.
        unsure: texts of the translation that may belong to a text of the source, and may not.
        loose: texts of the translation that belong to none.
    """

    page: Page
    translation: Translation
    matches: tuple[Match, ...]
    unsure: tuple[tuple[Segment, Segment], ...]
    loose: tuple[Segment, ...]


def pair_pages(pages: Sequence[tuple[Page, Translation]]) -> list[PagePairing]:
    """Pair the texts of pages and their translations.

    Structure alone makes most pairs certain; what they teach about words and lengths decides about the rest.
    """
    sources = [make_units(page.source, page.body_start, page.segments) for page, _ in pages]
    targets = [translation.units for _, translation in pages]
    ratio = _guess_ratio(sources, targets)
    first = [
        align(source, target, Evidence(source, target, ratio, None).score)
        for source, target in zip(sources, targets, strict=True)
    ]
    likely = [
        (source[pair.source], target[pair.target])
        for source, target, pairs in zip(sources, targets, first, strict=True)
        for pair in pairs
        if pair.probability >= _LIKELY and source[pair.source].kind != MARKUP
    ]
    ratio = _ratio_of(*zip(*likely, strict=True)) if len(likely) >= _ENOUGH else ratio
    lexicon = Lexicon((one.words, other.words) for one, other in likely)
    return [
        _pair_page(page, translation, source, Evidence(source, translation.units, ratio, lexicon), along)
        for (page, translation), source, along in zip(pages, sources, first, strict=True)
    ]


def _guess_ratio(sources: Sequence[Sequence[Unit]], targets: Sequence[Sequence[Unit]]) -> float:
    """Give how many letters translations have for each letter of their sources, by the pages that are whole."""
    ratios = []
    for source, target in zip(sources, targets, strict=True):
        ours, theirs = ([unit for unit in units if unit.kind != MARKUP] for units in (source, target))
        if ours and theirs and abs(len(ours) - len(theirs)) <= _WHOLE * len(ours):
            ratios.append(_ratio_of(ours, theirs))
    return median(ratios) if ratios else 1.0


def _ratio_of(sources: Iterable[Unit], targets: Iterable[Unit]) -> float:
    return max(sum(unit.length for unit in targets), 1) / max(sum(unit.length for unit in sources), 1)


def _pair_page(
    page: Page, translation: Translation, source: Sequence[Unit], evidence: Evidence, along: Sequence[Pair]
) -> PagePairing:
    target = translation.units
    pairs = align(source, target, evidence.score, along)
    sure = [pair for pair in pairs if _is_sure(pair, source, target)]
    margins = _measure_margins(source, target, evidence, sure)
    sure = [pair for pair in sure if margins[pair] >= _LEAST_MARGIN]
    sure += list(_find_all_moved(source, target, evidence, sure))
    taken = {pair.target for pair in sure}
    answered = {pair.source for pair in sure}
    matches = [
        Match(one, other, _is_certain(pair, margins.get(pair, 0.0)))
        for pair in sorted(sure)
        if (one := source[pair.source].segment) and (other := target[pair.target].segment)
    ]
    maybe = {pair.target: pair.source for pair in pairs if pair.source not in answered and pair.target not in taken}
    left = [(j, unit.segment) for j, unit in enumerate(target) if unit.segment is not None and j not in taken]
    unsure = [(one, other) for j, other in left if j in maybe and (one := source[maybe[j]].segment) is not None]
    loose = [segment for j, segment in left if j not in maybe]
    return PagePairing(page, translation, tuple(matches), tuple(unsure), tuple(loose))


def _is_sure(pair: Pair, source: Sequence[Unit], target: Sequence[Unit]) -> bool:
    is_same = source[pair.source].tokens == target[pair.target].tokens
    return pair.probability >= _LEAST_PROBABILITY and pair.score >= (_LEAST_SCORE if is_same else _LEAST_SCORE_UNSHOWN)


def _is_certain(pair: Pair, margin: float) -> bool:
    has_evidence = pair.score >= _CERTAIN_SCORE and margin >= _CERTAIN_MARGIN
    return has_evidence and pair.probability >= _CERTAIN_PROBABILITY


def _measure_margins(
    source: Sequence[Unit], target: Sequence[Unit], evidence: Evidence, pairs: Sequence[Pair]
) -> dict[Pair, float]:
    """Say of each pair how much more the texts themselves speak for it than for having changed places with a neighbour.

    Structure cannot tell two list items apart, or two paragraphs; their contents may.
    """
    margins = dict.fromkeys(pairs, math.inf)
    texts = [pair for pair in pairs if source[pair.source].kind != MARKUP]
    for number, pair in enumerate(texts):
        for other in texts[number + 1 : number + 1 + _NEIGHBOURS]:
            if source[pair.source].kind != source[other.source].kind:
                continue
            straight = evidence.content(source[pair.source], target[pair.target])
            straight += evidence.content(source[other.source], target[other.target])
            crossed = evidence.content(source[pair.source], target[other.target])
            crossed += evidence.content(source[other.source], target[pair.target])
            for one in (pair, other):
                margins[one] = min(margins[one], straight - crossed)
    return margins


def _find_all_moved(
    source: Sequence[Unit], target: Sequence[Unit], evidence: Evidence, sure: Sequence[Pair]
) -> Iterator[Pair]:
    """Find what moved, until nothing more is found: each pair leaves fewer rivals to the others."""
    rows = {i for i, unit in enumerate(source) if unit.kind != MARKUP} - {pair.source for pair in sure}
    columns = {j for j, unit in enumerate(target) if unit.kind != MARKUP} - {pair.target for pair in sure}
    while moved := find_moved(source, target, evidence.score, (sorted(rows), sorted(columns))):
        yield from moved
        for pair in list(moved):
            rows.discard(pair.source)
            columns.discard(pair.target)
            inner = list(_align_sections(source, target, evidence, pair, (rows, columns)))
            yield from inner
            rows -= {one.source for one in inner}
            columns -= {one.target for one in inner}


def _align_sections(
    source: Sequence[Unit], target: Sequence[Unit], evidence: Evidence, heading: Pair, free: tuple[set[int], set[int]]
) -> Iterator[Pair]:
    """Align what stands below a heading that moved and is known by its id."""
    if not source[heading.source].id or source[heading.source].id != target[heading.target].id:
        return
    rows, columns = _section(source, heading.source, free[0]), _section(target, heading.target, free[1])
    for pair in align([source[i] for i in rows], [target[j] for j in columns], evidence.score):
        one = pair._replace(source=rows[pair.source], target=columns[pair.target], moved=True)
        if source[one.source].kind != MARKUP and _is_sure(one, source, target):
            yield one


def _section(units: Sequence[Unit], heading: int, free: set[int]) -> list[int]:
    """Give the units between a heading and the next: those that are free, and the markup."""
    found = []
    for index in range(heading + 1, len(units)):
        if units[index].kind == "heading":
            break
        if index in free or units[index].kind == MARKUP:
            found.append(index)
    return found
