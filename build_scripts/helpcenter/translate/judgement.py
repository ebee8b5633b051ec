"""Judgement of what a provider answers, before anything is written: an answer that is not one is an error of its text alone."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from helpcenter.catalog.keys import split_key
from helpcenter.content import SealError, mend, placeholders, unseal
from helpcenter.content.strings import string_problem
from helpcenter.quality.cut import check_cut
from helpcenter.quality.language import check_language
from helpcenter.quality.length import check_length
from helpcenter.quality.untranslated import is_echo
from helpcenter.translate.masks import MASK
from helpcenter.translate.provider import ProviderError, Result

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.content import Sealed
    from helpcenter.quality import Check, Direction, Pair
    from helpcenter.translate.provider import ErrorCode

_NUMBER = re.compile(r"\d+(?:[.,:\u00a0\u202f\u066b\u066c'’]\d+)*")
_DIGITS = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]+")
# Two sources less alike than this, in percent, mean different things; and short texts often have one translation for two.
_MOST_ALIKE = 70.0
_LEAST_LETTERS = 25
# What a check of quality finds that no translation may be written with: a person would have to begin anew.
_FATAL: tuple[tuple[Check, ErrorCode], ...] = (
    (check_language, "response"),
    (check_cut, "truncated"),
    (check_length, "response"),
)


def fit_text(msgid: str, sealed: Sealed, answer: str, labels: frozenset[str], *, is_string: bool) -> str:
    """Make the translation of a segment from a sealed answer.

    Args:
        msgid: the segment.
        sealed: the same, sealed.
        answer: what the provider gave.
        labels: of the link references of all pages.
        is_string: whether the segment is of a template or region file.

    Raises:
        ProviderError: ``response``: it is empty, or has other masks, links, facts, code or tags than the source.
    """
    try:
        text = unseal(answer, sealed.tokens)
    except SealError as error:
        raise _refuse("response", f"the answer lost or doubled a placeholder: {error}") from error
    if not text.strip():
        raise _refuse("response", "the answer is empty")
    if is_string:
        problem = string_problem(split_key(msgid).text, text)
        if problem is not None:
            raise _refuse("response", f"the answer changed a placeholder: {problem[1]}")
        return text
    text = mend(msgid, text, labels)
    if placeholders(text, labels) != placeholders(msgid, labels):
        raise _refuse("response", "the answer changed a link, a fact or code")
    return text


def refuse_other(pair: Pair, direction: Direction) -> None:
    """Refuse a translation that is in another language, cut short, or far too long or short to be one.

    Raises:
        ProviderError: ``response`` or ``truncated``.
    """
    for check, code in _FATAL:
        for problem in check(pair, direction):
            raise _refuse(code, problem.message)


def _refuse(code: ErrorCode, message: str) -> ProviderError:
    """Make the error of a text whose answer is at fault."""
    return ProviderError(code, message, answered=True)


def check_results(results: Sequence[Result]) -> list[Result]:
    """Give the results of a batch, with an error in place of each answer that cannot be one to its text.

    That is the source text, what fits another text of the batch, and one answer to texts that differ.

    Args:
        results: of one request; what shows that they are of another text is among them.
    """
    checked = list(results)
    answered = {index: result for index, result in enumerate(results) if result.text is not None}
    for index, error in _find_strangers({i: (r.request.text, r.text or "") for i, r in answered.items()}).items():
        checked[index] = Result(results[index].request, error=error)
    for index, result in answered.items():
        if is_echo(result.request.text, result.text or ""):
            checked[index] = Result(result.request, error=_refuse("echo", "the answer is the source text"))
    return checked


def _find_strangers(pairs: Mapping[int, tuple[str, str]]) -> dict[int, ProviderError]:
    found: dict[int, ProviderError] = {}
    numbers = {index: _numbers_of(source) for index, (source, _) in pairs.items()}
    holders: dict[str, set[int]] = {}
    for index, counted in numbers.items():
        if counted:
            holders.setdefault(_key(counted), set()).add(index)
    for index, (_, answer) in pairs.items():
        given = _numbers_of(answer)
        if given and not given & numbers[index] and holders.get(_key(given), set()) - {index}:
            found[index] = _refuse("response", "the answer has the numbers of another text")
    for group in _same_answers(pairs):
        for index in group:
            if any(_differ(pairs[index][0], pairs[other][0]) for other in group):
                found[index] = _refuse("response", "the answer is the same as that to another text")
    return found


def _numbers_of(text: str) -> Counter[str]:
    """Count the numbers of a text, whatever digits and separators its language writes."""
    words = MASK.sub(" ", text)
    return Counter("".join(str(int(digit)) for digit in _DIGITS.findall(match[0])) for match in _NUMBER.finditer(words))


def _key(counted: Counter[str]) -> str:
    return " ".join(sorted(counted.elements()))


def _same_answers(pairs: Mapping[int, tuple[str, str]]) -> list[list[int]]:
    groups: dict[str, list[int]] = {}
    for index, (_, answer) in pairs.items():
        if sum(map(len, _WORD.findall(MASK.sub(" ", answer)))) >= _LEAST_LETTERS:
            groups.setdefault(" ".join(answer.split()).casefold(), []).append(index)
    return [group for group in groups.values() if len(group) > 1]


def _differ(source: str, other: str) -> bool:
    from rapidfuzz import fuzz  # noqa: PLC0415 - most batches have no two answers that are the same

    return fuzz.ratio(source.casefold(), other.casefold()) < _MOST_ALIKE
