"""How languages address a reader: the words and forms of ``register.yml``, ready to be looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.project.locales import Formality

_NOTHING = re.compile(r"(?!)")


@dataclass(frozen=True, slots=True)
class Way:
    """One of the two ways in which a language addresses a reader; ``register.yml`` says what each part means."""

    name: str
    words: frozenset[str]
    endings: re.Pattern[str]
    phrases: re.Pattern[str]
    exceptions: frozenset[str]
    openings: frozenset[str]
    ambiguous: frozenset[str]
    followers: frozenset[str]
    negated: frozenset[str]
    closings: frozenset[str]
    within: frozenset[str]
    possessives: frozenset[str]
    unless_after: frozenset[str]
    elided: str
    letters: str
    ends: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Manners:
    """How a language addresses a reader.

    Args:
        informal: as among friends.
        formal: as in a shop.
        leads: words after which an imperative stands as at the beginning of a sentence: where it looks like the third person,
            only those that are at the beginning themselves.
        conditions: words that open a sentence whose imperative comes after a comma; None where any word does.
        speaker: the word for a speaker; a sentence with it has no imperative.
        is_third: whether an imperative looks like the third person.
        subjects: pronouns of the third person that begin a clause; verbs of later clauses are theirs.
    """

    informal: Way
    formal: Way
    leads: frozenset[str]
    conditions: frozenset[str] | None
    speaker: str
    is_third: bool
    subjects: frozenset[str]

    @property
    def ways(self) -> tuple[tuple[Formality, Way], tuple[Formality, Way]]:
        """Both ways, the informal one first."""
        return ("informal", self.informal), ("formal", self.formal)


@cache
def _read_all() -> dict[str, Any]:
    text = Path(__file__).with_name("register.yml").read_text(encoding="utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 - both are safe


@cache
def load_manners(language: str) -> Manners | None:
    """Give how a language addresses a reader, as ``register.yml`` says; None where it makes no difference."""
    raw = _read_all().get(language)
    return None if raw is None else _make_manners(raw)


def _make_manners(raw: Mapping[str, Any]) -> Manners:
    conditions = raw.get("conditions", "")
    return Manners(
        _make_way(raw["informal"]),
        _make_way(raw["formal"]),
        _split(raw.get("leads", "")),
        None if conditions == "*" else _split(conditions),
        raw.get("speaker", ""),
        raw.get("is_third", False),
        _split(raw.get("subjects", "")),
    )


def _make_way(raw: Mapping[str, Any]) -> Way:
    particles = raw.get("particles", "(?!)")
    ends = "|".join(raw.get("ends", ()))
    but = raw.get("ends_except", "(?!)")
    return Way(
        name=raw["name"],
        words=_split(raw.get("words", "")),
        endings=re.compile(rf"\w*(?:{'|'.join(raw['endings'])})") if "endings" in raw else _NOTHING,
        phrases=re.compile(rf"\b(?:{'|'.join(raw['phrases'])})\b") if "phrases" in raw else _NOTHING,
        exceptions=_split(raw.get("except", "")),
        openings=_split(raw.get("openings", "")),
        ambiguous=_split(raw.get("ambiguous", "")),
        followers=_split(raw.get("follower", "")),
        negated=_split(raw.get("negated", "")),
        closings=_split(raw.get("closings", "")),
        within=_split(raw.get("within", "")),
        possessives=_split(raw.get("possessives", "")),
        unless_after=_split(raw.get("unless_after", "")),
        elided=raw.get("elided", ""),
        letters=raw.get("letters", ""),
        ends=re.compile(rf"(?<!\w)(?!\w*{but}(?:{particles})?$)\w*?(?P<end>{ends})(?:{particles})?$")
        if ends
        else _NOTHING,
    )


def _split(words: str) -> frozenset[str]:
    return frozenset(words.split())
