"""BCP 47 tags: their form, and what CLDR knows about them.

Babel is imported when it is first asked, for it costs more time than a run that has nothing to do may take.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import babel

_TAG = re.compile(r"(?P<language>[a-z]{2,3})(-(?P<script>[A-Z][a-z]{3}))?(-(?P<territory>[A-Z]{2}|\d{3}))?")


# BCP 47's language for texts in no particular one, and CLDR's region for those that are nowhere.
_UNDETERMINED, _UNKNOWN_REGION = "und", "ZZ"


def tag_problem(tag: str) -> str:
    """Say what is wrong with a locale tag, or nothing (an empty text)."""
    if _TAG.fullmatch(tag) is None:
        canonical = canonical_tag(tag)
        better = current_tags(canonical) or [canonical]
        hint = f"; write {_choice(better)}" if canonical != tag and _TAG.fullmatch(canonical) else ""
        return f"'{tag}' is not a locale tag such as tr, de-AT, zh-CN or es-419{hint}"
    if better := current_tags(tag):
        return f"'{tag}' is not the tag in use; write {_choice(better)}"
    if language_data(tag) is None or language_of(tag) == _UNDETERMINED:
        return f"the language of '{tag}' is not known to CLDR{_meant_language(tag)}"
    territory = territory_of(tag)
    if territory is not None and (territory == _UNKNOWN_REGION or territory not in _territories()):
        return f"the region of '{tag}' is not known to CLDR"
    return ""


def current_tags(tag: str) -> list[str]:
    """Give the tags to write instead of one whose language or region has another code by now: ``iw`` → ``he``.

    Source: CLDR's aliases.
    """
    from babel.core import get_global  # noqa: PLC0415 - see the module's docstring

    match = _TAG.fullmatch(tag)
    if match is None:
        return []
    language, script, territory = match["language"], match["script"], match["territory"]
    # An alias may bring a script with it: Serbo-Croatian is Serbian in Latin letters.
    current, _, implied = get_global("language_aliases").get(language, language).partition("_")
    territories = get_global("territory_aliases").get(territory) or [territory]
    known = [one for one in territories if one != _UNKNOWN_REGION] or [territory]
    found = ["-".join(filter(None, (current, script or implied, one))) for one in known]
    return [] if found == [tag] else found


def _choice(tags: list[str]) -> str:
    return " or ".join(f"'{tag}'" for tag in tags)


def _meant_language(tag: str) -> str:
    """Suggest the language of a country whose code stands where that of a language belongs: ``ua`` → ``uk``."""
    from babel.core import get_global  # noqa: PLC0415 - see the module's docstring

    likely = get_global("likely_subtags").get(f"{_UNDETERMINED}_{language_of(tag).upper()}")
    return f"; write '{likely.partition('_')[0]}'" if likely else ""


@cache
def _territories() -> frozenset[str]:
    english = language_data("en")
    return frozenset(english.territories) if english is not None else frozenset()


def canonical_tag(tag: str) -> str:
    """Write a tag in its usual letters: ``PT_br`` → ``pt-BR``."""
    parts = tag.replace("_", "-").split("-")
    rest = [part.title() if len(part) == 4 else part.upper() for part in parts[1:]]  # noqa: PLR2004 - a script has four letters
    return "-".join([parts[0].lower(), *rest])


@cache
def language_data(tag: str) -> babel.Locale | None:
    """Give CLDR's data for a tag, of the nearest ancestor where it has none for the tag itself."""
    from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - see the module's docstring

    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return None


def territory_of(tag: str) -> str | None:
    """Give the region a tag names, or None: ``de-AT`` → ``AT``, ``es-419`` → ``419``."""
    match = _TAG.fullmatch(tag)
    return match["territory"] if match else None


def language_of(tag: str) -> str:
    """Give the language of a tag: ``zh-CN`` → ``zh``."""
    return tag.partition("-")[0]


def direction_of(tag: str) -> str:
    """Give ``rtl`` or ``ltr``."""
    data = language_data(tag)
    return "rtl" if data is not None and data.character_order == "right-to-left" else "ltr"


def parents_of(tag: str) -> list[str]:
    """Give the tags whose text this one may build on, nearest first, itself not among them.

    A parent is never of another script: ``zh-TW`` does not build on ``zh-CN`` nor on plain ``zh``.
    Source: CLDR's parent locales and likely subtags.
    """
    from babel.core import get_global  # noqa: PLC0415 - see the module's docstring

    exceptions = get_global("parent_exceptions")
    script = script_of(tag)
    parents: list[str] = []
    current = tag
    while True:
        special = exceptions.get(current.replace("-", "_"))
        current = special.replace("_", "-") if special else current.rpartition("-")[0]
        if not current or current == "root":
            return parents
        if script_of(current) == script:
            parents.append(current)


def script_of(tag: str) -> str | None:
    """Give the script a locale is written in: ``zh-TW`` → ``Hant``; None where CLDR does not know.

    Source: CLDR's likely subtags.
    """
    from babel.core import get_global  # noqa: PLC0415 - see the module's docstring

    match = _TAG.fullmatch(tag)
    if match is None:
        return None
    if match["script"]:
        return match["script"]
    likely = get_global("likely_subtags")
    full = likely.get(tag.replace("-", "_")) or likely.get(match["language"], "")
    return next((part for part in full.split("_") if len(part) == 4 and part.isalpha()), None)  # noqa: PLR2004 - a script has four letters


def autonym_of(tag: str) -> str:
    """Give a language's own name for itself, its first letter as in running text of a menu: ``Türkçe``, ``Deutsch``."""
    data = language_data(tag)
    if data is None:
        return tag
    name = str(data.languages.get(data.language, tag))
    return name[:1].upper() + name[1:]
