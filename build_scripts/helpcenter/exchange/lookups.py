"""Lookups in a memory: what was translated like this before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.exchange.pairs import Pair

Side = Literal["source", "target"]

_EXACT = 100.0


class Match(NamedTuple):
    """A pair that is like a text.

    Args:
        pair: it.
        score: from 0 to 100, the share of characters that both have in common, as RapidFuzz's ``ratio`` counts it.
        kind: ``exact``, ``similar``, or ``contains`` where the text stands in a longer one that is not similar as a whole.
        matched: the text that was compared: of a stale pair also the source it was made for.
    """

    pair: Pair
    score: float
    kind: str
    matched: str


def find_matches(pairs: Sequence[Pair], text: str, *, side: Side = "source", least: float = 60.0) -> list[Match]:
    """Find the pairs that are like a text, the best first.

    Args:
        pairs: of a language, as ``pairs_of`` gives them.
        text: what to look for; white space at its ends does not count.
        side: where to look.
        least: the least score of what is similar; what holds the text as a whole is found whatever its score.
    """
    wanted = text.strip()
    if not wanted:
        return []
    texts: dict[str, list[Pair]] = {}
    for pair in pairs:
        for words in _texts_of(pair, side):
            texts.setdefault(words, []).append(pair)
    scored = {words: score for words, score, _ in process.extract(wanted, list(texts), scorer=fuzz.ratio, limit=None)}
    best: dict[int, Match] = {}
    for words, known in texts.items():
        kind = _kind(words, wanted, scored[words], least)
        for pair in known if kind else ():
            match = Match(pair, _EXACT if kind == "exact" else scored[words], kind, words)
            if id(pair) not in best or match.score > best[id(pair)].score:
                best[id(pair)] = match
    return sorted(best.values(), key=_order)


def _texts_of(pair: Pair, side: Side) -> list[str]:
    if side == "target":
        return [pair.target]
    return list(dict.fromkeys(filter(None, (pair.previous, pair.source))))


def _kind(words: str, wanted: str, score: float, least: float) -> str:
    if words == wanted:
        return "exact"
    if score >= least:
        return "similar"
    return "contains" if wanted.casefold() in words.casefold() else ""


def _order(match: Match) -> tuple[bool, float, int, bool]:
    """Exact first, then by likeness; of the same likeness what is vouched for, then what a page needs."""
    return match.kind != "exact", -match.score, -match.pair.state.rank, match.pair.is_obsolete
