"""The list of finding codes, docs/formats/codes.md, made from the registry; run this file to write it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from helpcenter.diagnostics import known_codes

if TYPE_CHECKING:
    from helpcenter.diagnostics import Explanation

PAGE = Path(__file__).parents[2] / "docs" / "formats" / "codes.md"
COMMAND = "python tests/docs/codes_page.py"

# By the first word of a code.
FAMILIES = {
    "config": "The site: `mkdocs.yml`",
    "locale": "Locales",
    "page": "Pages: names and front matter",
    "content": "Pages: Markdown",
    "link": "Pages: links",
    "region": "Region rules",
    "catalog": "Catalogs",
    "translation": "Translations",
    "register": "Translations: how readers are addressed",
    "translate": "Machine translation",
    "approve": "Review",
    "accept": "Review: accepted findings",
    "export": "Files for other tools",
    "import": "Files from other tools",
    "glossary": "Glossaries",
    "search": "Search",
    "build": "Building",
    "serve": "Preview",
    "init": "New help centers",
    "file": "Files",
    "yaml": "YAML",
    "schema": "Keys and values",
}

INTRODUCTION = f"""\
<!-- Made from build_scripts/helpcenter/diagnostics/codes.yml by `{COMMAND}`. Change that file, not this one. -->

# Finding codes

What `helpcenter` says about a project carries a code in brackets: `error[link-broken]: …`. The code never changes its \
meaning. `helpcenter explain CODE` prints what stands here.

- **error**: the project is invalid; nothing is built.
- **warning**: something is left out of the site, or shown in another way than was asked for.
- **note**: worth knowing; changes no exit code.
"""

ACCEPTABLE = " It can be [accepted](../commands/accept.md)."


def render_page() -> str:
    """Write the page."""
    codes = known_codes()
    families: dict[str, list[Explanation]] = {family: [] for family in FAMILIES}
    for code, entry in codes.items():
        families.setdefault(code.partition("-")[0], []).append(entry)
    parts = [INTRODUCTION]
    for family, entries in families.items():
        if entries:
            parts.append(f"## {FAMILIES.get(family, family.capitalize())}\n")
            parts += [_section(entry) for entry in entries]
    return "\n".join(parts)


def _section(entry: Explanation) -> str:
    parts = [
        f"### {entry.code}",
        f"**{entry.severity}** · {_plain(entry.title)}",
        _plain(entry.why),
        f"*What to do:* {_plain(entry.fix)}{ACCEPTABLE if entry.acceptable else ''}",
        *([f"```text\n{entry.example}\n```"] if entry.example else []),
    ]
    return "\n\n".join(parts) + "\n"


def _plain(text: str) -> str:
    """Keep angle brackets and stars from being read as markup outside of code."""
    spans = " ".join(text.split()).split("`")
    return "`".join(
        span if number % 2 else span.replace("<", "&lt;").replace("*", "\\*") for number, span in enumerate(spans)
    )


if __name__ == "__main__":
    PAGE.write_text(render_page(), "utf-8")
