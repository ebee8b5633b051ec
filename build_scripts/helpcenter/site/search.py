"""The search index of a built locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.project import write_atomic

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.site.worker import LocaleJob


def write_search(job: LocaleJob, html: Mapping[str, str]) -> None:
    """Write the search index of a locale, and what the browser needs to ask it, into the finished site.

    Args:
        job: what was built.
        html: the text of each page as HTML, by address.
    """
