from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from visible_words import material_renderer

from corpus_pages import ABSENT, FOLDER
from helpcenter.content import MarkdownConfig, Renderer

if TYPE_CHECKING:
    from pathlib import Path

EXTENSIONS = (
    "abbr",
    "admonition",
    "attr_list",
    "def_list",
    "footnotes",
    "md_in_html",
    "tables",
    "toc",
    "pymdownx.betterem",
    "pymdownx.blocks.admonition",
    "pymdownx.caret",
    "pymdownx.details",
    "pymdownx.emoji",
    "pymdownx.highlight",
    "pymdownx.inlinehilite",
    "pymdownx.keys",
    "pymdownx.mark",
    "pymdownx.superfences",
    "pymdownx.tabbed",
    "pymdownx.tasklist",
    "pymdownx.tilde",
)
CONFIGS = {
    "toc": {"permalink": True},
    "pymdownx.tabbed": {"alternate_style": True},
    "pymdownx.emoji": {
        "emoji_index": "material.extensions.emoji.twemoji",
        "emoji_generator": "material.extensions.emoji.to_svg",
    },
}


@pytest.fixture(scope="session")
def config() -> MarkdownConfig:
    return MarkdownConfig(EXTENSIONS, CONFIGS)


@pytest.fixture(scope="session")
def renderer(config: MarkdownConfig) -> Renderer:
    return Renderer(config, highlight=False)


@pytest.fixture(scope="session")
def full_renderer() -> Renderer:
    return material_renderer(EXTENSIONS, CONFIGS)


@pytest.fixture(scope="session")
def corpus() -> list[Path]:
    files = sorted(FOLDER.rglob("*.md")) if FOLDER.is_dir() else []
    if not files:
        pytest.skip(ABSENT)
    return files
