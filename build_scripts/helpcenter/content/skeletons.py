"""Skeletons: the structure of rendered HTML without its words.

Two equal skeletons prove that a translation kept the Markdown of its source.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import zip_longest

Skeleton = tuple[tuple[str, ...], ...]

_TOKEN = re.compile(
    r"""<!--.*?-->
    | <(?P<atom>pre|code|script|style|svg|textarea)\b(?P<atom_attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>
      (?P<content>.*?)</(?P=atom)>
    | <(?P<close>/?)(?P<tag>[A-Za-z][\w:-]*)(?P<attributes>(?:[^<>"']|"[^"]*"|'[^']*')*+)>
    | (?P<expression>\{\{.*?\}\}|\{%.*?%\})
    """,
    re.VERBOSE | re.DOTALL,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'<>]+))?""")

# These hold words, or say in which language words are.
_WORDY = frozenset(
    {"alt", "title", "aria-label", "lang", "dir", "translate", "data-title", "data-md-label", "placeholder"}
)

# Elements that run along in a line of text: within their block they may move, as words do.  `abbr` comes and goes with
# the words it explains.
_INLINE = frozenset(
    """
    a b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark q ruby rb rp rt s samp small
    span strike strong sub sup svg time tt u var wbr
    """.split()  # noqa: SIM905 - a column of ninety lines says less
)
_IGNORED = frozenset({"abbr"})
# What pymdownx.smartsymbols makes of English ordinals, and of what looks like one in another language.
_ORDINAL = re.compile(r"(?<=\d)<sup>(?:st|nd|rd|th)</sup>")
_SPACE = re.compile(r"\s+")


def skeleton(html: str) -> Skeleton:
    """Give the structure of rendered HTML.

    Returns:
        One entry for each tag of a block, in order, and one between two of them for what runs along in the text there:
        elements with their attributes, code and facts, sorted.
    """
    entries: list[tuple[str, ...]] = []
    inline: list[str] = []
    if "<sup>" in html:
        html = _ORDINAL.sub("", html)
    for match in _TOKEN.finditer(html):
        item, is_inline = _entry(match.group())
        if not item:
            continue
        if is_inline:
            inline.append(item)
            continue
        if inline:
            entries.append(tuple(sorted(inline)))
            inline = []
        entries.append((item,))
    if inline:
        entries.append(tuple(sorted(inline)))
    return tuple(entries)


# The pages of a site are made of the same few tags.
@lru_cache(maxsize=8192)
def _entry(token: str) -> tuple[str, bool]:
    """Describe one token, and say whether it runs along in a line; an empty text for what does not count."""
    match = _TOKEN.fullmatch(token)
    if match is None or match.lastgroup is None:
        return "", False
    expression = match["expression"]
    if expression:
        return _SPACE.sub(" ", expression), True
    atom = match["atom"]
    if atom:
        name = atom.lower()
        return f"<{name}{_attributes(match['atom_attributes'])}>{match['content']}</{name}>", name in _INLINE
    name = match["tag"].lower()
    if name in _IGNORED:
        return "", True
    inline = name in _INLINE
    if match["close"]:
        return ("" if inline else f"</{name}>"), inline
    return f"<{name}{_attributes(match['attributes'])}>", inline


def _attributes(text: str) -> str:
    """Give the attributes that do not hold words, in alphabetical order."""
    if not text.strip():
        return ""
    found = [(name.lower(), value.strip("\"'")) for name, value in _ATTRIBUTE.findall(text)]
    return "".join(f' {name}="{value}"' for name, value in sorted(found) if name not in _WORDY)


def skeleton_difference(source: str | Skeleton, translation: str | Skeleton) -> str | None:
    """Describe the first difference between two rendered pages; None if there is none.

    Args:
        source: HTML, or its skeleton.
        translation: the same of the other page.
    """
    left = skeleton(source) if isinstance(source, str) else source
    right = skeleton(translation) if isinstance(translation, str) else translation
    if left == right:
        return None
    for old, new in zip_longest(left, right, fillvalue=()):
        if old != new:
            return _describe(old, new)
    return None


def _describe(old: tuple[str, ...], new: tuple[str, ...]) -> str:
    lost, added = list(old), []
    for item in new:
        if item in lost:
            lost.remove(item)
        else:
            added.append(item)
    said = []
    if lost:
        said.append("lost " + ", ".join(map(_short, lost)))
    if added:
        said.append("has " + ", ".join(map(_short, added)) + (" instead" if lost else " that the source has not"))
    return "the translation " + " and ".join(said)


def _short(item: str, limit: int = 90) -> str:
    item = _SPACE.sub(" ", item)
    return item if len(item) <= limit else item[: limit - 1] + "…"
