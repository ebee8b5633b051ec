"""Marks: how a language writes what is no word, as far as checks need to know."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from helpcenter.project.tags import language_of

if TYPE_CHECKING:
    from collections.abc import Mapping

# Scripts whose texts have no spaces between words.
HAN = r"\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
ARABIC = r"\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f"
GREEK = r"\u0386-\u03ff\u1f00-\u1fff"


@cache
def written_marks() -> Mapping[str, Any]:
    """Give what ``marks.yml`` says."""
    from importlib import resources  # noqa: PLC0415 - read when the first text is checked

    import yaml  # noqa: PLC0415 - as above

    text = resources.files("helpcenter.quality").joinpath("marks.yml").read_text("utf-8")
    return dict(yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))  # noqa: S506 - both are safe


def marks_of(tag: str, key: str) -> Any:  # noqa: ANN401 - each key has a form of its own
    """Give what is written for a locale or its language under a key; None where nothing is."""
    known = written_marks()[key]
    return known.get(tag, known.get(language_of(tag)))
