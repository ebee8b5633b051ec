"""Revisions: how much a person changed of what a machine wrote."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from helpcenter.catalog.entries import UNCHANGED, Entry, Revision, fingerprint
from helpcenter.quality.pairs import BLANK, blank

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sacrebleu.metrics.chrf import CHRF

_BLANKS = re.compile(f"{BLANK}+")
# A text that was changed is never called the same, however little it was.
_MOST_OF_CHANGED = 99


def measure_revision(before: str, after: str, *, is_string: bool = False) -> Revision:
    """Compare what a machine wrote with what a person made of it.

    What is sealed (addresses, code, facts, tags) counts as one character: no machine writes it, and a long address would
    make every text alike.

    Args:
        before: the machine's text.
        after: the person's.
        is_string: whether they are of a template or region file, not Markdown.
    """
    if before == after:
        return UNCHANGED
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - only where texts differ

    one, other = (_BLANKS.sub(BLANK, blank(text, is_string=is_string)) for text in (before, after))
    chrf = round(_metric().sentence_score(one, [other]).score)
    return Revision(min(chrf, _MOST_OF_CHANGED), Levenshtein.distance(one, other))


@cache
def _metric() -> CHRF:
    """Give chrF as sacrebleu's usual settings have it: characters up to six in a row, recall twice as heavy, no words.

    Not chrF++, which adds words and pairs of words: a language without spaces has none, one with endings (``siparişinizi``
    for ``siparişi``) would be punished twice for each, and most texts of a help center are headings and list items of a few
    words, whose pairs of words are all wrong as soon as one word is.

    Source: Popović 2015, https://aclanthology.org/W15-3049; 2017, https://aclanthology.org/W17-4770.
    """
    from sacrebleu.metrics.chrf import CHRF  # noqa: PLC0415 - 0.4 s that only those pay who sign what they changed

    return CHRF()


def wanted_print(entry: Entry) -> str | None:
    """Give the fingerprint of the machine's text that an entry's revision would be measured from; None where none is needed."""
    machine = entry.machine
    if machine is None or not entry.msgstr or machine.source != fingerprint(entry.msgid):
        return None
    return None if machine.output == fingerprint(entry.msgstr) else machine.output


def with_revision(entry: Entry, known: Mapping[str, str], *, is_string: bool = False) -> Entry:
    """Note in an entry how much a person changed of the machine's text, as far as that is known; what was noted before goes.

    Args:
        entry: with the person's text.
        known: machines' texts by fingerprint.
        is_string: whether it is of a template or region file.
    """
    if entry.machine is None:
        return entry
    before = known.get(wanted_print(entry) or "")
    revision = None if before is None else measure_revision(before, entry.msgstr, is_string=is_string)
    return replace(entry, machine=replace(entry.machine, revision=revision))
