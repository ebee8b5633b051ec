"""Finding a provider's own code for a BCP 47 tag.

Providers write ``iw`` or ``he``, ``zh-CN`` or ``zh-Hans``, ``no`` or ``nb``, ``tr`` or ``tr-TR``.  Two codes mean the
same when language and script are the same once CLDR's likely subtags are filled in, so ``zh-HK`` never becomes
simplified Chinese and ``sr-Latn`` never Cyrillic; the region then decides between what is left.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

# Beyond CLDR's aliases: the macrolanguage that providers write for Bokmål, and LibreTranslate's former name of zh-Hant.
_ALIASES = {"no": "nb", "zt": "zh-Hant"}


class _Tag(NamedTuple):
    language: str
    script: str
    region: str | None
    """Only where the tag names one."""


def match_code(tag: str, codes: Iterable[str]) -> str | None:
    """Give the code that means a tag best, as the provider writes it, or None.

    Regions are preferred in this order: the tag's own, those of its parent locales (``es-MX`` → ``es-419``), none, the
    one CLDR holds for likely, any.
    """
    wanted = _parse(tag)
    parents = _parent_regions(tag)
    likely = _likely_region(wanted.language, wanted.script)

    def rank(code: str) -> tuple[int, str]:
        region = _parse(code).region
        if region == wanted.region or (wanted.region is None and region is None):
            return 0, code
        if region in parents:
            return 1 + parents.index(region), code
        if region is None:
            return 100, code
        return (101 if region == likely else 102), code

    fitting = [code for code in codes if _parse(code)[:2] == wanted[:2]]
    return min(fitting, key=rank, default=None)


def same_language(source: str, target: str) -> bool:
    """Whether two tags differ in region alone, so that there is nothing to translate."""
    return _parse(source)[:2] == _parse(target)[:2]


@lru_cache(maxsize=1024)
def _parse(code: str) -> _Tag:
    from babel.core import get_global  # noqa: PLC0415 - imported when first asked, for it reads CLDR's data

    head, *rest = code.replace("_", "-").split("-")
    alias = _ALIASES.get(head.lower()) or get_global("language_aliases").get(head.lower(), head)
    language, *implied = str(alias).replace("_", "-").split("-")
    script = region = None
    for part in [*implied, *rest]:
        if len(part) == 4 and part.isalpha():  # noqa: PLR2004 - a script has four letters
            script = part.title()
        elif (len(part) == 2 and part.isalpha()) or (len(part) == 3 and part.isdigit()):  # noqa: PLR2004 - ISO 3166, UN M.49
            region = part.upper()
    return _Tag(language.lower(), script or _likely_script(language.lower(), region), region)


def _likely_script(language: str, region: str | None) -> str:
    from babel.core import get_global  # noqa: PLC0415 - as above

    likely = get_global("likely_subtags")
    full = likely.get(f"{language}_{region}") or likely.get(language) or ""
    return next((part for part in full.split("_")[1:] if len(part) == 4), "")  # noqa: PLR2004 - as above


def _likely_region(language: str, script: str) -> str | None:
    from babel.core import get_global  # noqa: PLC0415 - as above

    likely = get_global("likely_subtags")
    for key in (f"{language}_{script}", language):
        full = likely.get(key)
        if full and f"_{script}_" in full:
            return str(full).rpartition("_")[2]
    return None


def _parent_regions(tag: str) -> list[str | None]:
    from babel.core import get_global  # noqa: PLC0415 - as above

    parents = get_global("parent_exceptions")
    regions: list[str | None] = []
    current = parents.get(tag.replace("-", "_"))
    while current and current != "root":
        regions.append(_parse(current).region)
        current = parents.get(current)
    return regions


def english_name(tag: str) -> str:
    """Give the English name of a language with its tag, for whoever is told in words: ``Portuguese (Brazil) (pt-BR)``."""
    from babel.core import Locale, UnknownLocaleError  # noqa: PLC0415 - as above

    try:
        name = Locale.parse(tag, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        name = None
    return f"{name} ({tag})" if name else tag
