"""The Jinja environment of a locale's build: the theme's own, with what each build would do again done once."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader
from mkdocs.theme import Theme

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class _ThemeLoader(FileSystemLoader):
    """Lists templates without Material's ten thousand icons.

    MkDocs lists the templates of a theme to find its static files, and passes over every folder that begins with a dot.
    Walking through them takes longer than rendering a small site.
    """

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for top in self.searchpath:
            for folder, names, files in os.walk(top):
                names[:] = [name for name in names if not name.startswith(".")]
                below = Path(folder).relative_to(top)
                found.update((below / name).as_posix() for name in files)
        return sorted(found)


def share_templates(config: MkDocsConfig, folder: Path) -> None:
    """Let a build take compiled templates from a folder that all locales and runs share.

    Args:
        config: of the locale.
        folder: of compiled templates; a template's source is part of its name there, so an old one is never used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # MkDocs makes the environment itself and has no event before it lists the templates.
    config.theme.get_env = partial(_environment, config.theme, folder)  # type: ignore[method-assign]


def _environment(theme: Theme, folder: Path) -> Environment:
    env = Theme.get_env(theme)
    env.loader = _ThemeLoader(theme.dirs)
    env.bytecode_cache = FileSystemBytecodeCache(str(folder))
    return env
