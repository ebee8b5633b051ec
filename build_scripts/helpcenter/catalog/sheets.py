"""Sheets: strings that stand on no page (words of templates, texts of region files) and travel like segments.

Each sheet has one catalog in each locale, beside those of the pages.  Its name begins with ``_``, as no page's does.
"""

from __future__ import annotations

import gettext
import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from helpcenter.catalog.keys import THEME, is_sheet, join_forms, split_forms, split_key
from helpcenter.content.outlines import Passage
from helpcenter.project.cache import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from helpcenter.catalog.entries import Catalog, Entry
    from helpcenter.catalog.merging import Source
    from helpcenter.project import Locale

PLURAL_FORMS = "Plural-Forms"
_RULE = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")
_NAMED = re.compile(r"%\([^)\s]+\)[a-z]")
# Every form of every language that CLDR knows is met by one of these numbers.
_NUMBERS = 1001


class PluralRule(NamedTuple):
    """How a language counts.

    Args:
        forms: how many it has.
        single: forms that are for one number only, which need not name it.
    """

    forms: int
    single: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Strings of one kind.

    Args:
        path: THEME or REGIONS.
        strings: each with its places and what it is.
        given: by locale, the keys of the strings that have a text there without a catalog.
    """

    path: str
    strings: tuple[Source, ...]
    given: Mapping[str, AbstractSet[str]] = field(default_factory=dict)

    def sources(self, locale: Locale, old: Catalog | None) -> list[Source]:
        """Give the entries that a locale needs.

        Args:
            locale: the locale.
            old: its catalog so far; a word that a person put there in place of the theme's own is kept in use.
        """
        given = self.given.get(locale.tag, frozenset())
        entries = old.active if old is not None and self.path == THEME else ()
        own = {entry.msgid for entry in entries if not entry.is_machine_text}
        return [string for string in self.strings if string.msgid not in given or string.msgid in own]


@dataclass(frozen=True)
class SheetOutline:
    """What a locale needs of a sheet, as extraction takes the outline of a page.

    Args:
        path: of the sheet.
        sources: the entries.
        labels: none, for strings hold no Markdown.
    """

    path: str
    sources: tuple[Source, ...]
    labels: tuple[str, ...] = ()

    @property
    def segments(self) -> tuple[Passage, ...]:
        """The strings, by their keys."""
        return tuple(Passage(source.msgid, "", source.kind) for source in self.sources)

    @cached_property
    def digest(self) -> str:
        """The hash of the strings and of where they stand."""
        return digest_of(repr((self.path, self.sources)).encode("utf-8", "surrogatepass"))


def sheet_file(path: str) -> str:
    """Give the name of a sheet's catalog as people see it; of a page, its path."""
    return path.removesuffix(".md") + ".po" if is_sheet(path) else path


def sheet_named(name: str) -> str:
    """Give the path of the sheet that somebody calls ``_theme.po`` or ``_theme``; anything else as it is."""
    path = name.removesuffix(".po").removesuffix(".md") + ".md"
    return path if is_sheet(path) else name


def complete(catalog: Catalog, tag: str) -> Catalog:
    """Give the catalog of a sheet what gettext's tools need to check it: how the language counts, all forms, and flags."""
    if not is_sheet(catalog.path):
        return catalog
    if PLURAL_FORMS not in catalog.metadata and any(split_key(entry.msgid).plural for entry in catalog.entries):
        from babel.messages.plurals import get_plural  # noqa: PLC0415 - few catalogs have plurals

        metadata = {**catalog.metadata, PLURAL_FORMS: get_plural(tag.replace("-", "_")).plural_forms}
        catalog = replace(catalog, metadata=metadata)
    rule = plural_rule(catalog)
    return replace(catalog, entries=tuple(_complete(entry, rule.forms if rule else 1) for entry in catalog.entries))


def _complete(entry: Entry, count: int) -> Entry:
    if _NAMED.search(entry.msgid) and not any(flag.endswith("python-format") for flag in entry.flags):
        entry = replace(entry, flags=("python-format", *entry.flags))
    forms = split_forms(entry.msgstr)
    if not split_key(entry.msgid).plural:
        # What was a plural is none any more.
        return replace(entry, msgstr=" | ".join(forms)) if len(forms) > 1 else entry
    if entry.msgstr and len(forms) < count:
        return replace(entry, msgstr=join_forms([*forms, *[""] * (count - len(forms))]))
    return entry


def plural_rule(catalog: Catalog) -> PluralRule | None:
    """Read how the language of a sheet's catalog counts; None where its header does not say so as gettext reads it."""
    match = is_sheet(catalog.path) and _RULE.fullmatch(catalog.metadata.get(PLURAL_FORMS, ""))
    if not match:
        return None
    try:
        form_of = gettext.c2py(match[2])
        met = [form_of(number) for number in range(_NUMBERS)]
    except (ValueError, ArithmeticError, RecursionError):
        return None
    count = int(match[1])
    if not all(0 <= form < count for form in met):
        return None
    return PluralRule(count, frozenset(form for form in range(count) if met.count(form) == 1))
