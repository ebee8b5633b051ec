"""How customers write a title: with slips of the hand, without accents, in capitals, in another form.

Everything here is worked out from the text alone and comes out the same each time.  None of it asks the analysis that it is
to put to the test; the tables are those of ``variations.yml``.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import yaml

from helpcenter.search.languages import base_language

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# A word of fewer letters is another word when one of them is wrong.
SHORTEST = 5
_DOTTED = frozenset({"tr", "az"})
_MARK = re.compile("[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")

_Form = tuple[tuple[re.Pattern[str], str | None], ...]


@dataclass(frozen=True, slots=True)
class Habits:
    """What is known of how a language is written; see ``variations.yml``.

    Args:
        language: without script or region.
        plain: tables for keyboards without the language's letters.
        small: words of a script without spaces that customers leave out, the longest first.
        forms: rules for other forms of a word.
    """

    language: str
    plain: tuple[Mapping[str, str], ...] = ({},)
    small: tuple[str, ...] = ()
    forms: tuple[_Form, ...] = ()


@cache
def habits_of(language: str) -> Habits:
    """Give the habits of a locale's language; of one that is not known, that accents may be left out."""
    base = base_language(language)
    raw = _known().get(base, {})
    forms = tuple(
        tuple((re.compile(ending), replacement) for ending, replacement in rules)
        for rules in raw.get("forms", {}).values()
    )
    small = tuple(sorted(raw.get("small", ()), key=len, reverse=True))
    return Habits(base, tuple(raw.get("plain", ({},))), small, forms)


@cache
def _known() -> dict[str, dict[str, Any]]:
    text = resources.files("helpcenter.search").joinpath("variations.yml").read_text("utf-8")
    loaded: dict[str, dict[str, Any]] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe ones
    return loaded


def in_capitals(text: str, language: str) -> str:
    """Write a text in capitals as its language does: ``iade`` is ``İADE`` in Turkish."""
    if base_language(language) in _DOTTED:
        text = text.replace("i", "İ")
    return text.upper()


def in_small_letters(text: str, language: str) -> str:
    """Write a text in small letters as its language does."""
    if base_language(language) in _DOTTED:
        text = text.replace("I", "ı").replace("İ", "i")
    return text.lower()


def without_marks(text: str, habits: Habits) -> list[str]:
    """Give what is typed on a keyboard that lacks the language's letters, once for each habit."""
    return [
        "".join(map(_bare, text.translate({ord(letter): instead for letter, instead in table.items()})))
        for table in habits.plain
    ]


@cache
def _bare(letter: str) -> str:
    # й is a letter of its own, on every keyboard that has и.
    if letter in "йЙ":
        return letter
    return unicodedata.normalize("NFC", _MARK.sub("", unicodedata.normalize("NFD", letter)))


def other_forms(word: str, habits: Habits) -> list[str]:
    """Give other forms of a word in small letters, as far as rules know any."""
    return [form for rules in habits.forms if word and (form := _inflect(word, rules)) and form != word]


def _inflect(word: str, rules: _Form) -> str:
    for ending, replacement in rules:
        if ending.search(word):
            return "" if replacement is None else ending.sub(replacement, word, count=1)
    return ""


def misspell(word: str, rows: Sequence[str], is_taken: Callable[[str], bool]) -> dict[str, str]:
    """Let the hand slip, once for each way in which it does.

    Args:
        word: in small letters; one that is too short is typed well.
        rows: of the keyboard, key by key beside each other; empty when it is not known.
        is_taken: tells a word that means something else, which is nobody's slip.

    Returns:
        ``dropped``, ``doubled``, ``swapped`` and ``neighbour`` → the word; without those that no slip leads to.
    """
    if len(word) < SHORTEST:
        return {}
    slips = {
        "dropped": (word[:at] + word[at + 1 :] for at in _places(word, "dropped")),
        "doubled": (word[: at + 1] + word[at:] for at in _places(word, "doubled")),
        "swapped": (word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in _places(word, "swapped")),
        "neighbour": (
            word[:at] + key + word[at + 1 :] for at in _places(word, "neighbour") for key in _beside(word[at], rows)
        ),
    }
    found = {}
    for name, words in slips.items():
        wrong = next((one for one in words if one != word and not is_taken(one)), None)
        if wrong is not None:
            found[name] = wrong
    return found


def _places(word: str, slip: str) -> list[int]:
    """Give the places where a hand may slip, in an order that the word decides; the first letter is nearly always right."""
    last = len(word) - (1 if slip == "swapped" else 0)
    return sorted(range(1, last), key=lambda at: hashlib.sha256(f"{slip} {at} {word}".encode()).digest())


def _beside(letter: str, rows: Sequence[str]) -> Iterator[str]:
    for row in rows:
        for one, other in pairwise(row):
            if letter == one and other.isalpha():
                yield other
            elif letter == other and one.isalpha():
                yield one


def on_layout(text: str, own: Sequence[str], other: Sequence[str]) -> str:
    """Give what comes out when a text is typed on the wrong layout: ``ghbdtn`` for ``привет``.

    Args:
        text: in small letters.
        own: rows of the keyboard that the writer thinks of.
        other: rows of the one that is switched on.
    """
    table = {
        ord(key): instead
        for row, wrong in zip(own, other, strict=False)
        for key, instead in zip(row, wrong, strict=False)
    }
    return text.translate(table)
