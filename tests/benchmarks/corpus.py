"""Corpora for measuring builds: the same Markdown once as a project of ours, once as stock MkDocs reads it."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from helpcenter.catalog import Signature, State, catalog_path, extract_locale, load_catalog, save_catalog
from helpcenter.content import load_pages, seal, unseal
from helpcenter.project import load_project
from helpcenter.translate import Job, Request
from helpcenter.translate.pseudo import PseudoProvider

if TYPE_CHECKING:
    from collections.abc import Iterator

# Two letters each, for static-i18n knows no others; the order is that of the language menu.
LOCALES = [
    *("en", "de", "fr", "es", "it", "nl", "pl", "pt", "tr", "ru", "sv", "da"),
    *("fi", "nb", "cs", "sk", "sl", "hr", "hu", "ro", "bg", "uk", "el", "et", "lt"),
]
PAGES_PER_SECTION = 20
PARAGRAPHS = 3  # in each of three sections; gives pages of about 3.9 kB
EXTENSIONS = [
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    {"toc": {"permalink": True}},
]
THEME = {
    "name": "material",
    "font": False,
    "features": ["navigation.footer", "navigation.indexes", "navigation.path", "navigation.top"],
}
_WORD = re.compile(r"[A-Za-z]{3,}")
_HOME = Path(__file__).resolve().parents[2] / "content"


def _vocabulary() -> list[str]:
    """Take the words of the demo: their lengths and repetitions are those of real help pages."""
    texts = (path.read_text("utf-8") for path in sorted(_HOME.rglob("*.md")))
    return [word.lower() for text in texts for word in _WORD.findall(text.rpartition("---\n")[2])]


def _page(dice: random.Random, words: list[str], title: str, neighbours: list[str]) -> str:
    def sentence(most: int) -> str:
        return " ".join(dice.choices(words, k=dice.randint(6, most))).capitalize() + "."

    def paragraph() -> str:
        return " ".join(sentence(14) for _ in range(4))

    lines = ["---", f"title: {title}", f"summary: {sentence(10)}", "---", paragraph(), ""]
    for number in range(1, 4):
        lines += [f"## {sentence(6).rstrip('.')} {number}", ""]
        for _ in range(PARAGRAPHS):
            lines += [paragraph(), ""]
        lines += [
            *(f"{i}. {sentence(10)} See [{dice.choice(words)}]({dice.choice(neighbours)})." for i in (1, 2, 3)),
            "",
        ]
    lines += ['!!! note "Good to know"', "", f"    {paragraph()}", "", "| Step | Time |", "|---|---|"]
    lines += [f"| **{dice.choice(words)}** | {sentence(7)} |" for _ in range(4)]
    return "\n".join([*lines, ""])


def _sources(pages: int, seed: int) -> Iterator[tuple[str, str]]:
    dice = random.Random(seed)  # noqa: S311 - the same corpus every time
    words = _vocabulary()
    yield "index.md", "---\ntitle: Home\n---\nWelcome to the help pages of the shop.\n"
    left, section = pages - 1, 0
    while left > 0:
        names = [f"page-{number:02}.md" for number in range(min(left, PAGES_PER_SECTION) - 1)]
        links = names or ["index.md"]
        yield f"section-{section:02}/index.md", _page(dice, words, f"Section {section}", links)
        for name in names:
            yield f"section-{section:02}/{name}", _page(dice, words, f"Answer {section} {name[5:7]}", links)
        left -= len(names) + 1
        section += 1


def write_project(root: Path, pages: int, locales: int, seed: int = 7) -> None:
    """Write a project of ours whose every page is translated and reviewed in every locale."""
    for name, text in _sources(pages, seed):
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    tags = LOCALES[:locales]
    configuration = {
        "site_name": "Benchmark",
        "site_url": "https://help.example/",
        "theme": THEME,
        "markdown_extensions": EXTENSIONS,
        "extra": {"helpcenter": {"source": "en", "locales": tags}},
    }
    (root / "mkdocs.yml").write_text(yaml.safe_dump(configuration), "utf-8")
    regions = root / "locales" / "regions"
    regions.mkdir(parents=True)
    (regions / "facts.yml").write_text("facts: {}\n", "utf-8")
    (regions / "methods.yml").write_text("methods: {}\n", "utf-8")
    (regions / "001.yml").write_text("facts: []\n", "utf-8")
    project = load_project(root)
    sources, _ = load_pages(project.content, root)
    provider = PseudoProvider()
    signature = Signature("benchmark", "2026-01-01")
    for locale in project.targets:
        extract_locale(project, sources, locale)
        folder = project.catalog_folder(locale.tag)
        for page in sources:
            file = catalog_path(folder, page.path)
            catalog = load_catalog(file, page.path, root)
            sealed = [seal(entry.msgid) for entry in catalog.entries]
            results = provider.translate([Request(one.text, "") for one in sealed], Job("en", locale.tag))
            texts = [unseal(r.text or "", one.tokens) for r, one in zip(results, sealed, strict=True)]
            entries = tuple(
                replace(entry, msgstr=text or entry.msgid).with_signature(signature, State.REVIEWED)
                for entry, text in zip(catalog.entries, texts, strict=True)
            )
            save_catalog(file, replace(catalog, entries=entries), locale.tag)


def write_stock(project: Path, stock: Path) -> None:
    """Write the staged Markdown of a built project as one stock project: suffix structure, one process, one search index."""
    tags = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))["extra"]["helpcenter"]["locales"]
    for tag in tags:
        docs = project / ".build" / tag / "docs"
        for path in docs.rglob("*.md"):
            name = path.relative_to(docs)
            # Drawn by a template of ours: stock has its results in its own theme.
            if str(name) == "search.md":
                continue
            target = stock / "docs" / (name if tag == "en" else name.with_suffix(f".{tag}.md"))
            target.parent.mkdir(parents=True, exist_ok=True)
            # Our page data means nothing to stock; the rest of the front matter does.
            lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("hc: ")]
            target.write_text("\n".join(lines), "utf-8")
    languages = [{"locale": tag, "name": tag, "build": True, "default": tag == "en"} for tag in tags]
    configuration = {
        "site_name": "Benchmark",
        "site_url": "https://help.example/",
        "theme": THEME,
        "markdown_extensions": EXTENSIONS,
        "plugins": ["search", {"i18n": {"docs_structure": "suffix", "languages": languages}}],
    }
    (stock / "mkdocs.yml").write_text(yaml.safe_dump(configuration), "utf-8")
