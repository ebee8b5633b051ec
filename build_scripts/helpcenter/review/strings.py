"""Strings: which texts of a sheet are fit to be shown.

Nothing can stand beside a word of the theme or a name in a sentence that would say that a machine wrote it or that it is out
of date.  So such a text is shown from a person's review on, or not at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import State
from helpcenter.catalog.keys import split_forms, split_key
from helpcenter.catalog.sheets import plural_rule
from helpcenter.content.strings import plural_problem, string_problem

if TYPE_CHECKING:
    from helpcenter.catalog import Catalog, Entry, LocaleTexts
    from helpcenter.project import Locale


def publish_strings(path: str, locale: Locale, texts: LocaleTexts, *, approved: bool = False) -> dict[str, str]:
    """Give the texts of a sheet that a locale shows, by key.

    Args:
        path: of the sheet.
        locale: the locale.
        texts: its texts.
        approved: whether an approval is needed, whatever the locale's own rule is.

    Raises:
        HelpcenterError: a catalog cannot be read.
    """
    wanted = State.APPROVED if approved else State.REVIEWED
    least = max(wanted, State(locale.settings.publish.default), key=lambda state: state.rank)
    shown: dict[str, str] = {}
    for tag in reversed(locale.chain):
        catalog = texts.catalog(tag, path)
        for entry in catalog.active:
            if entry.state.rank >= least.rank and problem_of(entry, catalog) is None:
                shown[entry.msgid] = texts.respell(entry.msgstr, tag)
    return shown


def problem_of(entry: Entry, catalog: Catalog) -> tuple[str, str] | None:
    """Tell why the text of an entry of a sheet may not be shown: ``(code, what is wrong)``; None where nothing is."""
    key = split_key(entry.msgid)
    if not key.plural:
        return string_problem(key.text, entry.msgstr)
    rule = plural_rule(catalog)
    forms = split_forms(entry.msgstr)
    return plural_problem(key.plural, forms, rule and rule.forms, rule.single if rule else ())
