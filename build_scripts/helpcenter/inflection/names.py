"""Names: whether a text has a name as it is, with the endings that its language may write to one."""

from __future__ import annotations

import re
from functools import lru_cache

from helpcenter.inflection.tokens import Span, compose

# Endings that stand without an apostrophe.  Turkish wants one; Slavic and Romance languages leave a foreign name alone.
_ENDINGS = {
    **dict.fromkeys(["da", "en", "lb", "nb", "nn", "no", "sv"], "s"),
    "de": "s|es",
    "nl": "s",
    "cs": "[a-zěůúíáé]{1,4}",
    "et": "[a-zäöõü]{1,6}",
    "fi": "[a-zäöå]{1,7}",
    "hr": "[a-z]{1,3}",
    "hu": "[a-záéíóöőúüű]{1,6}",
    "lt": "[a-ząęėįųū]{1,5}",
    "lv": "[a-zāēīū]{1,5}",
    "pl": "[a-ząęó]{1,4}",
    "sk": "[a-záíúô]{1,4}",
    "sl": "[a-z]{1,3}",
}


def find_name(name: str, text: str, tag: str) -> tuple[Span, ...]:
    """Find a name in a text as it is written, capitals and all.

    Letters of another script may touch it (``بPellavo``, ``Pellavoの``), and so may an apostrophe or a hyphen with an ending
    (``Pellavo'dan``, ``Pellavo-Konto``).

    Returns:
        The places of the name, without its endings.
    """
    return tuple(match.span(1) for match in _pattern(compose(name), tag.partition("-")[0].lower()).finditer(text))


@lru_cache(maxsize=1024)
def _pattern(name: str, language: str) -> re.Pattern[str]:
    script = _script(name[-1])
    words = r"\s+".join(re.escape(word) for word in name.split())
    endings = _ENDINGS.get(language)
    ending = rf"(?:{endings})?" if endings else ""
    return re.compile(rf"(?<!{_script(name[0])})({words}){ending}(?!{script})")


def _script(char: str) -> str:
    """Give the class of letters that a letter would be one word with."""
    if re.match(r"[A-Za-z\u00c0-\u024f]", char):
        return r"[A-Za-z\u00c0-\u024f]"
    return r"[^\W\d_]" if char.isalpha() else r"(?!)"
