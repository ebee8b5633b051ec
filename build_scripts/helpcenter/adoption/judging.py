"""Judging: which of the paired texts may go into the catalogs, and what has to be said of the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from helpcenter.adoption.fitting import Fitting
from helpcenter.adoption.speech import Doubt, Speech
from helpcenter.adoption.units import digits_of
from helpcenter.checks.differences import BREAKING
from helpcenter.diagnostics import Finding, Place, finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from helpcenter.adoption.pairing import Match, PagePairing
    from helpcenter.checks import Gate
    from helpcenter.content import Segment

_TITLES = frozenset({"block title", "admonition title"})
_SHORT = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation that was found for a text of a page.

    Args:
        msgid: the text of the source.
        text: the translation, as a catalog holds it.
        segment: where it stands in the translated file.
        certain: whether nothing else is thinkable.
        is_same: there is nothing in it that could be translated.
        differs: why it may not be shown: what a translation keeps and this one has otherwise; an empty text where it may.
    """

    msgid: str
    text: str
    segment: Segment
    certain: bool
    is_same: bool = False
    differs: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What may be taken from one translated page.

    Args:
        pairing: the page and its texts.
        candidates: what may be taken, by msgid.
        refused: how many texts are no translation.
        findings: what is to be said.
    """

    pairing: PagePairing
    candidates: dict[str, Candidate]
    refused: int
    findings: tuple[Finding, ...]


def judge_pages(pairings: Sequence[PagePairing], gate: Gate, tag: str, source_tag: str) -> list[Judgement]:
    """Judge the paired texts of all pages.

    Args:
        pairings: the pages.
        gate: says what would break a page.
        tag: the locale of the translations.
        source_tag: the locale of the sources.
    """
    texts = (segment.text for pairing in pairings for segment in pairing.page.segments)
    pairs = ((match.source.text, match.target.text) for pairing in pairings for match in pairing.matches)
    speech = Speech(texts, pairs, tag, source_tag)
    ids = {
        (pairing.page.path, match.target.anchor): match.source.anchor
        for pairing in pairings
        for match in pairing.matches
        if match.source.kind == match.target.kind == "heading"
    }
    fitting = Fitting(tag, source_tag, ids)
    return [_judge_page(pairing, gate, speech, fitting) for pairing in pairings]


def _judge_page(pairing: PagePairing, gate: Gate, speech: Speech, fitting: Fitting) -> Judgement:
    found = _tell_left_over(pairing, speech)
    matches: dict[str, list[Match]] = {}
    refused = 0
    for match in pairing.matches:
        doubt = speech.doubt(match.source.text, match.target.text)
        if doubt is None:
            matches.setdefault(match.source.text, []).append(match)
            continue
        refused += 1
        found.append(_tell_untranslated(pairing, match.target, doubt))
    candidates = {}
    for msgid, group in matches.items():
        texts = Counter(fitting.fit(pairing.page.path, msgid, match.target.text) for match in group)
        text = max(texts, key=texts.__getitem__)
        match = next(one for one in group if fitting.fit(pairing.page.path, msgid, one.target.text) == text)
        is_same = text == msgid and speech.is_same_in_both(text)
        # What is the same in both languages may be a word that was left as it was.
        certain = text != msgid and all(one.certain for one in group)
        candidates[msgid] = Candidate(msgid, text, match.target, certain, is_same, _differing_digits(msgid, text))
        others = [other for other in texts if other != text]
        found += [_tell_variant(pairing, match.target, other) for other in others]
    judged, verdicts = _ask_gate(pairing, candidates, gate)
    found += verdicts
    return Judgement(pairing, judged, refused, tuple(sorted(found, key=_by_place)))


def _by_place(one: Finding) -> tuple[int, int, str]:
    return one.place.line or 0, one.place.column or 0, one.code


def _differing_digits(source: str, target: str) -> str:
    wanted, found = digits_of(source), digits_of(target)
    missing, added = wanted - found, found - wanted
    return "; ".join(
        [*(f"the number {n} is missing" for n in missing), *(f"the number {n} is not in the source" for n in added)]
    )


def _ask_gate(
    pairing: PagePairing, candidates: dict[str, Candidate], gate: Gate
) -> tuple[dict[str, Candidate], list[Finding]]:
    """Mark what may not be shown.

    What has other code, links or numbers than its source may be the translation of an older one; what would break the page
    lacks some Markdown.  Both are a person's work: they are kept for a reviewer, and no reader gets them.
    """
    judged = dict(candidates)
    found = []
    whole = {msgid: one.text for msgid, one in candidates.items() if not one.differs}
    breaking = set()
    for verdict in gate.judge(pairing.page, whole):
        differs = "; ".join(filter(None, [judged[verdict.msgid].differs, verdict.message]))
        judged[verdict.msgid] = replace(candidates[verdict.msgid], differs=differs)
        if verdict.code in BREAKING:
            breaking.add(verdict.msgid)
    for one in judged.values():
        if one.differs:
            is_breaking = one.msgid in breaking
            code = "adoption-structure" if is_breaking else "adoption-differs"
            said = "this text would break its page" if is_breaking else "this text is not that of its source"
            hint = f"it is kept as stale, and readers get the source, until somebody mends it: {shorten(one.msgid)}"
            place = pairing.translation.place(one.segment)
            found.append(finding(code, f"{said}: {one.differs}", place, help=hint))
    return judged, found


def _tell_left_over(pairing: PagePairing, speech: Speech) -> list[Finding]:
    """Tell of the texts of a translation that belong to nothing, and of those of the source that have none."""
    found = []
    for source, target in pairing.unsure:
        if speech.doubt(source.text, target.text) is not None:
            found.append(_tell_untranslated(pairing, target, Doubt.MOSTLY))
            continue
        message = "it is not certain which text of the source this one translates"
        there = pairing.page.place(source.start)
        hint = f"it may be line {there.line} of {there.path}: {shorten(source.text)}"
        found.append(finding("adoption-unsure", message, pairing.translation.place(target), help=hint))
    titles = [segment for segment in pairing.loose if segment.kind in _TITLES]
    found += [
        finding(
            "adoption-unmatched",
            "the source has nothing that this text translates",
            pairing.translation.place(segment),
            help="leave it, or put it into the catalog where it belongs",
        )
        for segment in pairing.loose
        if segment.kind not in _TITLES
    ]
    if titles:
        message = f"{len(titles)} titles of boxes have no counterpart: the source leaves them to the theme"
        place = pairing.translation.place(titles[0])
        found.append(finding("adoption-title", message, place, help="nothing to do: the theme has these words"))
    answered = {match.source.text for match in pairing.matches}
    missing = list(dict.fromkeys(s.text for s in pairing.page.segments if s.text not in answered))
    if missing:
        message = f"{len(missing)} texts of {pairing.page.name} have no translation in it"
        hint = f"translate them in the catalog; the first is: {shorten(missing[0])}"
        found.append(finding("adoption-missing", message, Place(pairing.translation.name), help=hint))
    return found


def _tell_untranslated(pairing: PagePairing, segment: Segment, doubt: Doubt) -> Finding:
    hint = "translate it in the catalog; if it is the same in both languages, write it there as it is"
    place = pairing.translation.place(segment)
    return finding("adoption-untranslated", f"this text is not translated: {doubt}", place, help=hint)


def _tell_variant(pairing: PagePairing, chosen: Segment, other: str) -> Finding:
    match = next((one for one in pairing.matches if one.target.text == other), None)
    place = pairing.translation.place(match.target if match else chosen)
    message = "the same text of the source has another translation on this page"
    return finding("adoption-variant", message, place, help=f"taken is line {chosen.line}: {shorten(chosen.text)}")


def shorten(text: str) -> str:
    """Give the beginning of a text, on one line."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1] + "…"
