"""The scripts that stand beside the search worker and come from installed packages."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path

from helpcenter.search.languages import rules_of
from helpcenter.search.stemmers import as_javascript

_LUNR = "mkdocs/contrib/search/templates/search/lunr.js"


def worker_assets(*languages: str) -> list[tuple[str, bytes]]:
    """Give the files that a build puts beside ``assets/javascripts/search/worker.js``.

    Args:
        languages: tags of all languages in a locale's index: its own, and those of its fallback pages.

    Returns:
        (file name, content): lunr.js as MkDocs ships it, and the stemmers of these languages.
    """
    lunr = Path(str(metadata.distribution("mkdocs").locate_file(_LUNR))).read_bytes()
    algorithms = sorted({rules_of(language).stemmer for language in languages} - {""})
    stemmers = '"use strict";\n' + "".join(as_javascript(algorithm) for algorithm in algorithms)
    return [("lunr.js", lunr), ("stemmers.js", stemmers.encode("utf-8"))]
