"""What every check of a translation takes and gives."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from helpcenter.content.references import find_markup
from helpcenter.content.strings import seal_string

if TYPE_CHECKING:
    from helpcenter.project.locales import Formality

# Stands for each character that is sealed: no word, no space, no punctuation.
BLANK = "\ufffc"
_MASK = re.compile(r"__PH(\d+)__")


@dataclass(frozen=True, slots=True)
class Brand:
    """A name that means one thing in every language, such as that of a payment method or a carrier.

    Args:
        id: tells it from others.
        names: all its spellings; the one of the source first.
    """

    id: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Direction:
    """From which language into which, and how its readers are addressed.

    Args:
        source: BCP 47 tag of the source.
        target: BCP 47 tag of the translation.
        formality: how the locale addresses its readers, or None where its language or the project makes no difference.
        brands: names that are the same on both sides.
    """

    source: str
    target: str
    formality: Formality | None = None
    brands: tuple[Brand, ...] = ()


@dataclass(frozen=True)
class Pair:
    """A source text and its translation, as catalogs write them.

    Args:
        source: of a page, Markdown; of a template or region file, a string.
        text: the translation; never empty.
        kind: what the segment is (``heading``, ``paragraph``, ``keyword`` …), or an empty text.
        labels: the labels of its page's link references.
        is_string: whether it is of a template or region file.
    """

    source: str
    text: str
    kind: str = ""
    labels: frozenset[str] = field(default=frozenset(), repr=False)
    is_string: bool = False

    @cached_property
    def source_words(self) -> str:
        """The source as its readers see it: as long as ``source``, each sealed character a :data:`BLANK`."""
        return blank(self.source, self.labels, is_string=self.is_string)

    @cached_property
    def text_words(self) -> str:
        """The translation in the same way, so that a place in it is the same place in ``text``."""
        return blank(self.text, self.labels, is_string=self.is_string)


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check says of a translation.

    Args:
        code: of ``codes.yml``.
        message: what is wrong, one sentence without a full stop.
        span: start and end in the translation, or None where all of it is meant.
        help: the next step, or an empty text.
    """

    code: str
    message: str
    span: tuple[int, int] | None = None
    help: str = ""


Check = Callable[[Pair, Direction], Iterable[Problem]]


def blank(text: str, labels: frozenset[str] = frozenset(), *, is_string: bool = False) -> str:
    """Write :data:`BLANK` over everything that is sealed: addresses, code, facts, tags; the length stays."""
    if is_string:
        sealed = seal_string(text)
        return _MASK.sub(lambda mask: BLANK * len(sealed.tokens[int(mask[1])]), sealed.text) if sealed.tokens else text
    pieces, position = [], 0
    for part in find_markup(text, labels):
        if part.kind != "escape":
            pieces += [text[position : part.start], BLANK * (part.end - part.start)]
            position = part.end
    return "".join([*pieces, text[position:]])
