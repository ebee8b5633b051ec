"""The scripts of the search: one for the page, and one for the worker of a locale, made of their parts in ``overrides/``."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

from rjsmin import jsmin

from helpcenter.search.languages import rules_of
from helpcenter.search.stemmers import as_javascript

if TYPE_CHECKING:
    from collections.abc import Iterable

WORKER_FILE = "worker.js"
PARTS = (
    "snowball.js",
    "keyboards.js",
    "analysis.js",
    "terms.js",
    "mistakes.js",
    "sounds.js",
    "lookup.js",
    "concepts.js",
    "answers.js",
    "passages.js",
    "encoding.js",
    "query.js",
    "results.js",
    WORKER_FILE,
)
"""Scripts of the worker beside ``worker.js``, in the order in which they need each other; lunr.js stands before them."""

# Only a language whose characters are typed by their sounds needs it.
_SOUNDS = "sounds.js"

PAGE_FILE = "interface.js"
PAGE_PARTS = ("words.js", "drawing.js", "client.js", "recent.js", "reporting.js", "options.js", "listing.js", PAGE_FILE)
"""Scripts of the page beside the worker, in the order in which they need each other."""

# The parts are modules, which a browser could read as they are, one by one.
_IMPORT = re.compile(r'^(?:import|export) \{[^}]*\} from "\./[\w-]+\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=class|const|function)", re.MULTILINE)

_LUNR = "mkdocs/contrib/search/templates/search/lunr.js"
# What makes, reads or writes an index, cuts texts into words, or knows lunr's own query language is never asked for here:
# more than half of the script.
_UNUSED = re.compile(
    r"/\*!\n \* lunr\.(?:tokenizer|Pipeline|stemmer|stopWordFilter|trimmer)\n.*?(?=/\*!\n)"
    r"|lunr\.Token = .*?(?=/\*!\n)"
    r"|lunr\.TokenSet\.fromFuzzyString = .*?(?=lunr\.TokenSet\.fromString = )"
    r"|lunr\.TokenSet\.Builder = .*?(?=/\*!\n)"
    r"|/\*!\n \* lunr\.Builder\n.*?(?=lunr\.MatchData = )"
    r"|lunr\.QueryParseError = .*?(?=  /\*\*\n   \* export the module)"
    r"|^lunr\.(?:Index\.load|Index\.prototype\.(?:search|toJSON)|Query\.prototype\.term|TokenSet\.fromArray"
    r"|(?:TokenSet|Vector)\.prototype\.(?:toArray|toString|toJSON|intersect)) = function .*?^\}\n",
    re.DOTALL | re.MULTILINE,
)
_LICENCE = re.compile(r"/\*\*(\n(?: \*[^\n]*\n)*? \* @license[^\n]*\n \*/)")


def bundle_worker(parts: Path, languages: Iterable[str]) -> bytes:
    """Make the search worker of a locale.

    Args:
        parts: folder of the scripts that it is made of: ``assets/javascripts/search`` of the theme.
        languages: tags of all languages in the locale's index: its own, those of its bridge and of its fallback pages.

    Returns:
        One script: lunr.js as MkDocs ships it, the stemmers of these languages, and those of :data:`PARTS` that they need,
        without comments but for lunr's licence.
    """
    languages = tuple(languages)
    algorithms = sorted({rules_of(language).stemmer for language in languages} - {""})
    stemmers = "".join(as_javascript(algorithm) for algorithm in algorithms)
    spoken = any(rules_of(language).sounds for language in languages)
    first, *rest = ((parts / name).read_text("utf-8") for name in PARTS if spoken or name != _SOUNDS)
    # The stemmers build on the first part.
    script: str = jsmin("\n".join((_lunr(), first, stemmers, *rest)), keep_bang_comments=True)
    return script.encode("utf-8")


def bundle_interface(parts: Path) -> bytes:
    """Make the module that a page loads when somebody turns to the search; it exports ``SearchBox`` and ``Listing``.

    A phone asks for one script instead of eight, and may ask again under another name: browsers remember of a module
    that they could not get it.

    Args:
        parts: folder of the scripts that it is made of: ``assets/javascripts/search`` of the theme.
    """
    texts = (_EXPORT.sub("", _IMPORT.sub("", (parts / name).read_text("utf-8"))) for name in PAGE_PARTS)
    script: str = jsmin("\n".join((*texts, "export { Listing, SearchBox };\n")))
    return script.encode("utf-8")


def _lunr() -> str:
    """Read lunr.js; its licence is made a comment that is kept, and headings of its parts are made ones that are not."""
    text = Path(str(metadata.distribution("mkdocs").locate_file(_LUNR))).read_text("utf-8")
    return _LICENCE.sub(r"/*!\1", _UNUSED.sub("", text).replace("/*!", "/*"), count=1)
