"""Inflection: where a text has a word or phrase of a dictionary, in whatever form its grammar asks for.

A glossary names a thing once, in one form; texts decline and conjugate it.  Given that form, a module for a language only
has to say whether a word of a text is another form of it: much less than an analysis, and with no dictionary to be in.
Languages without a module of their own go by stems, or within lines of letters where they put no spaces.
"""

from __future__ import annotations

from helpcenter.inflection.names import find_name
from helpcenter.inflection.phrases import find_any, find_phrase
from helpcenter.inflection.tokens import Span

__all__ = ["Span", "find_any", "find_name", "find_phrase"]
