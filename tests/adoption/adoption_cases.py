"""Small help centers to adopt translations into."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from helpcenter.catalog import Catalog, catalog_path, load_catalog

if TYPE_CHECKING:
    from pathlib import Path

    from project_cases import Run

SETTINGS = """\
site_name: Help
site_url: https://help.example/
docs_dir: content
theme: {name: material}
markdown_extensions:
  [abbr, admonition, attr_list, def_list, tables, toc, pymdownx.superfences, pymdownx.tabbed: {alternate_style: true}]
extra: {helpcenter: {source: en, locales: [en, tr, ru, ar, zh-CN, de, de-AT]}}
"""


def make_project(folder: Path, pages: dict[str, str]) -> Path:
    """Write a help center of a few pages."""
    (folder / "locales").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(SETTINGS, "utf-8")
    write_pages(folder / "content", pages)
    return folder


def write_pages(folder: Path, pages: dict[str, str]) -> Path:
    """Write Markdown files."""
    for path, text in pages.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")
    return folder


def adopt(run: Run, project: Path, folder: Path, *words: str, locale: str = "tr") -> dict[str, Any]:
    """Call the command, and give what it says as JSON."""
    called = run("-C", project, "adopt", "--locale", locale, folder, *words, "--format", "json")
    assert called.out, called.err
    data: dict[str, Any] = json.loads(called.out)
    data["code"] = called.code
    return data


def read_catalog(project: Path, page: str, locale: str = "tr") -> Catalog:
    """Read a page's catalog."""
    return load_catalog(catalog_path(project / "locales" / locale / "catalog", page), page, project)


def codes_of(data: dict[str, Any]) -> list[str]:
    """Give the codes of what was found, without those of pages that nobody translated."""
    return [row["code"] for row in data["findings"] if row["code"] != "adoption-page-missing"]
