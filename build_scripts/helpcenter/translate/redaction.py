"""Keeping credentials out of everything that is printed."""

from __future__ import annotations

import base64
import html
import json
import logging
from urllib.parse import quote, quote_plus

_HIDDEN = "***"
_LOGGER = "urllib3.connectionpool"
_SHORTEST = 4


class Secrets:
    """The credentials of one provider, as far as they must never be seen.

    Args:
        values: credentials; what is shorter than four characters is no credential and would blot out words.
    """

    def __init__(self, *values: str) -> None:
        spellings = {spelling for value in values for spelling in _spell(value)}
        self._spellings = sorted((s for s in spellings if len(s) >= _SHORTEST), key=len, reverse=True)
        if self._spellings:
            # urllib3 logs the query of every request; MyMemory takes the e-mail address nowhere else.
            _FILTER.known.update(self._spellings)
            logger = logging.getLogger(_LOGGER)
            if _FILTER not in logger.filters:
                logger.addFilter(_FILTER)

    def redact(self, text: str) -> str:
        """Give a text with every credential, plain or as an address spells it, replaced by asterisks."""
        return _replace(text, self._spellings)

    def __repr__(self) -> str:
        """Show none of them."""
        return f"Secrets({_HIDDEN})"


def _spell(value: str) -> set[str]:
    """Give a credential as messages, addresses, JSON, HTML and headers may spell it."""
    quoted = quote(value, safe="")
    encoded = {encode(value.encode()).decode() for encode in (base64.b64encode, base64.urlsafe_b64encode)}
    head, *rest = quoted.split("%")
    lower = "%".join([head, *(part[:2].lower() + part[2:] for part in rest)])
    plain = {value, json.dumps(value)[1:-1], html.escape(value), repr(value)[1:-1]}
    return plain | encoded | {quoted, quote_plus(value), lower}


class _Redaction(logging.Filter):
    def __init__(self) -> None:
        super().__init__()
        self.known: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _replace(record.getMessage(), sorted(self.known, key=len, reverse=True))
        record.args = ()
        return True


def _replace(text: str, spellings: list[str]) -> str:
    for spelling in spellings:
        text = text.replace(spelling, _HIDDEN)
    return text


_FILTER = _Redaction()
