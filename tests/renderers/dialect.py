"""From Jinja to MiniJinja, the template language of Zensical: what our theme says that Zensical does not understand.

The rules are what somebody would do by hand to move the theme. One that no template needs any more changes nothing.
"""

from __future__ import annotations

import gettext
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_TAG = re.compile(r"\{[{%].*?[%}]\}", re.DOTALL)

# Name, pattern, replacement; applied inside tags only.
RULES: tuple[tuple[str, re.Pattern[str], str], ...] = (
    ("gettext function `_()`", re.compile(r"(?<![\w.])_\("), "lang.t("),
    (
        "filter `format` with names",
        re.compile(r"\| format\((\w+)=((?:[^()]|\([^()]*\))*)\)"),
        r'| replace("%(\1)s", \2)',
    ),
    ("method `.split()`", re.compile(r'\.split\("-"\)\[0\]'), ' | split("-") | first'),
    ("method `.rstrip()`", re.compile(r'(\w+)\.rstrip\("/"\)'), r'(\1[:-1] if \1[-1:] == "/" else \1)'),
    ("names from Babel `theme.locale.languages`", re.compile(r"config\.theme\.locale\.languages or "), ""),
    (
        "attribute of an undefined value",
        re.compile(r"\(page\.meta\.title or page\.title\) if page "),
        "(page.meta.title or page.title) if page and page.meta ",
    ),
)

_WORKER = re.compile(r"\{%- set before, found, after = super\(\)\.partition.*?%\}\s*\{\{.*?\}\}", re.DOTALL)


def translate_template(source: str) -> tuple[str, dict[str, int]]:
    """Write a template in MiniJinja; give how often each rule was needed."""
    counts = {}
    source, counts["method `.partition()`"] = _WORKER.subn("{{ super() }}", source)

    def rewrite(match: re.Match[str]) -> str:
        tag = match[0]
        for name, pattern, replacement in RULES:
            tag, number = pattern.subn(replacement, tag)
            counts[name] = counts.get(name, 0) + number
        return tag

    return _TAG.sub(rewrite, source), {name: number for name, number in counts.items() if number}


def translate_theme(theme: Path, tag: str) -> dict[str, int]:
    """Rewrite a staged theme in place, for one locale; give how often each rule was needed.

    Args:
        theme: a copy of the staged theme.
        tag: the locale whose words the templates say.
    """
    counts: dict[str, int] = {}
    for path in sorted(theme.rglob("*.html")):
        if path.name != "chooser.html" and path.parent.name != "languages":
            text, found = translate_template(path.read_text("utf-8"))
            path.write_text(text, "utf-8")
            counts = {name: counts.get(name, 0) + found.get(name, 0) for name in counts | found}
    partial = theme / "partials" / "languages" / f"site-{tag}.html"
    if counts.get(RULES[0][0]) and partial.is_file():
        partial.write_text(_add_words(partial.read_text("utf-8"), _words(theme / "locales", tag)), "utf-8")
    return counts


def _words(locales: Path, tag: str) -> dict[str, str]:
    found = gettext.find("messages", str(locales), [tag.replace("-", "_")])
    if found is None:
        return {}
    with open(found, "rb") as file:  # noqa: PTH123 - gettext gives a name
        catalog = gettext.GNUTranslations(file)
    # The standard library shows a catalog's entries nowhere else.
    entries: Mapping[str, str] = vars(catalog)["_catalog"]
    return {key: text for key, text in entries.items() if isinstance(key, str) and key and text}


def _add_words(partial: str, words: Mapping[str, str]) -> str:
    return (
        re.sub(
            r'\{("language": )', lambda m: f"{{{json.dumps(words, ensure_ascii=False)[1:-1]}, {m[1]}", partial, count=1
        )
        if words
        else partial
    )
