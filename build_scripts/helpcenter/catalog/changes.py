"""Changes of a source text, and what they mean for its translation."""

from __future__ import annotations

import re

from helpcenter.content import placeholders

# A negation that comes or goes turns the meaning round while nearly every letter stays. One list serves all source
# languages: a word that is a negation in one of them is no common word in another.
_NEGATIONS = re.compile(
    r"\b(not|no|never|none|neither|nor|without|cannot|except|unless|\w+n['’]t"
    r"|nicht|kein\w*|nie|niemals|ohne|außer"
    r"|değil\w*|yok|asla|olmadan|hariç"
    r"|не|нет|ни|никогда|без|кроме"
    r"|ne|pas|jamais|sans|sauf|sin|nunca|jamás|excepto|não|sem|exceto|mai|senza|niet|geen|nooit|zonder)\b"
    r"|[不没非未无勿]|لا|ليس|لم|لن|غير|بدون|ない|ません|안|않",
    re.IGNORECASE,
)


def is_hard_change(before: str, after: str) -> bool:
    """Tell whether a change of the source may make its old translation false rather than merely old.

    Digits, links, facts and other placeholders, and negations count.
    """
    return (
        re.findall(r"\d+", before) != re.findall(r"\d+", after)
        or placeholders(before) != placeholders(after)
        or sorted(m.group().lower() for m in _NEGATIONS.finditer(before))
        != sorted(m.group().lower() for m in _NEGATIONS.finditer(after))
    )
