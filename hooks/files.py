"""Lets pictures and downloads keep their names in every language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.plugins import event_priority

from helpcenter.site import context

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files


@event_priority(-200)  # after static-i18n, which takes `terms.de.pdf` for the German version of `terms.pdf`
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put files that are no pages where their names say."""
    return context.keep_names(files, config)
