"""Names of sheets, and keys of entries with a context or plural forms, written as gettext's own ``.mo`` files write them.

One text then names an entry everywhere: catalogs, merging and memory treat strings as they treat segments.
"""

from __future__ import annotations

from typing import NamedTuple

THEME = "_theme.md"
"""Words of the theme's templates: ``_theme.po``."""
REGIONS = "_regions.md"
"""Texts of the region files: ``_regions.po``."""
SHEETS = frozenset({THEME, REGIONS})

_CONTEXT = "\x04"
_FORM = "\0"


class Key(NamedTuple):
    """What a key says.

    Args:
        text: the source text; of a plural, that for one.
        context: tells apart texts that are the same and mean something else; empty where there is none.
        plural: the source text for many; empty where there is none.
    """

    text: str
    context: str = ""
    plural: str = ""


def is_sheet(path: str) -> bool:
    """Whether a catalog is a sheet's rather than a page's."""
    return path in SHEETS


def join_key(text: str, context: str = "", plural: str = "") -> str:
    """Write a key."""
    return (context + _CONTEXT if context else "") + text + (_FORM + plural if plural else "")


def split_key(key: str) -> Key:
    """Read a key; the text of a segment is its own key."""
    context, mark, rest = key.rpartition(_CONTEXT) if _CONTEXT in key else ("", "", key)
    text, _, plural = rest.partition(_FORM)
    return Key(text, context, plural) if mark or plural else Key(text)


def join_forms(forms: list[str]) -> str:
    """Write the plural forms of a translation as one text; empty when there is none of them."""
    return _FORM.join(forms) if any(forms) else ""


def split_forms(text: str) -> list[str]:
    """Give the plural forms of a translation."""
    return text.split(_FORM)
