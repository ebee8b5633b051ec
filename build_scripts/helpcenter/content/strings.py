"""Strings of programs: which parts of a text are placeholders or tags, and must be in its translation as well."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from helpcenter.content.sealing import Sealed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

# ``%(count)s`` and ``%s`` of Python, ``{0}`` and ``{name}`` of its format strings, tags of HTML.
_FORMAT = r"%\([^()\s]+\)[#0+ -]?\d*(?:\.\d+)?[a-zA-Z]|%(?:\d+\$)?[sd]\b|\{[A-Za-z_]\w*\}|\{\d*\}"
_TAG = r"</?[A-Za-z][^<>]*>"
_KEPT = re.compile(f"(?P<format>{_FORMAT})|(?P<tag>{_TAG})")

PLACEHOLDER = "translation-placeholder"
STRUCTURE = "translation-structure"
PLURAL = "translation-plural"


def seal_string(text: str) -> Sealed:
    """Mask the placeholders and tags of a string, as ``seal`` masks the markup of a segment; ``unseal`` takes it back."""
    tokens: list[str] = []

    def mask(match: re.Match[str]) -> str:
        tokens.append(match.group())
        return f"__PH{len(tokens) - 1}__"

    sealed = _KEPT.sub(mask, text)
    # A text that holds masks of its own is sent as a whole mask: nobody could tell them from ours.
    return Sealed(sealed, tuple(tokens)) if sealed.count("__PH") == len(tokens) else Sealed("__PH0__", (text,))


def string_problem(source: str, text: str) -> tuple[str, str] | None:
    """Tell why the translation of a string may not be shown: ``(code, what differs)``; None when it may."""
    return _difference(PLACEHOLDER, _formats(source), _formats(text)) or _difference(
        STRUCTURE, _tags(source), _tags(text)
    )


def plural_problem(
    many: str, forms: Sequence[str], count: int | None, single: Collection[int]
) -> tuple[str, str] | None:
    """Tell why the translation of a plural may not be shown.

    Args:
        many: the source text for many.
        forms: of the translation.
        count: how many the language has; None when nothing says so.
        single: forms that are for one number, and need not name it.
    """
    if count is None:
        return PLURAL, "the header does not say how the language counts ('Plural-Forms')"
    if len(forms) != count:
        return PLURAL, f"it has {len(forms)} plural forms, and the language has {count}"
    for index, form in enumerate(forms):
        if not form:
            return PLURAL, f"msgstr[{index}] is empty"
        problem = string_problem(many, form)
        names_less = _tags(form) == _tags(many) and _formats(form) <= _formats(many)
        if problem is not None and not (index in single and names_less):
            return problem[0], f"msgstr[{index}]: {problem[1]}"
    return None


def _formats(text: str) -> Counter[str]:
    return Counter(match.group() for match in _KEPT.finditer(text) if match["format"])


def _tags(text: str) -> Counter[str]:
    return Counter(match.group() for match in _KEPT.finditer(text) if match["tag"])


def _difference(code: str, wanted: Counter[str], found: Counter[str]) -> tuple[str, str] | None:
    if wanted == found:
        return None
    missing = (f"{token} is missing" for token in wanted - found)
    added = (f"{token} is not in the source" for token in found - wanted)
    return code, "; ".join([*missing, *added])
