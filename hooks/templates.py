"""Shares compiled templates between locales and runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.site import context

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    """Let templates be compiled once."""
    context.share_templates(env)
    return env
