"""Glossaries that a DeepL account keeps for us: one for each pair of languages and state of the locale's terms."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from helpcenter.translate.provider import ProviderError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from helpcenter.translate.dispatch import Dispatcher
    from helpcenter.translate.transport import Transport

# A glossary of other terms may serve a run of another branch; no run takes so long.
_LIFETIME = timedelta(days=2)
_NAME = re.compile(r"helpcenter [a-z-]+ [0-9a-f]{16}")
# Of each text of an entry, in UTF-8.  Source: https://developers.deepl.com/docs/api-reference/glossaries
_MOST_BYTES = 1024
_BREAKS = re.compile(r"[\t\n\r\v\f\x85\u2028\u2029]|[\x00-\x1f\x7f]")


class GlossaryShelf:
    """The glossaries of one account.

    Args:
        url: of the list of glossaries.
        headers: that carry the key.
        transport: of the provider.
        dispatcher: of the provider.
    """

    def __init__(self, url: str, headers: Mapping[str, str], transport: Transport, dispatcher: Dispatcher) -> None:
        self._url = url
        self._headers = headers
        self._transport = transport
        self._dispatcher = dispatcher
        self._lock = threading.Lock()
        self._found: dict[str, str | None] = {}

    def find(self, source: str, target: str, terms: Sequence[tuple[str, str]]) -> str | None:
        """Give the id of the glossary with these terms, made where there is none yet.

        Args:
            source: DeepL's code; a glossary knows languages without variants.
            target: the same.
            terms: a term and its translation each.

        Returns:
            The id, or None where DeepL keeps no glossary for the pair or no further one.

        Raises:
            ProviderError: the key is refused, or the service cannot be reached.
        """
        pair = (_language(source), _language(target))
        entries = _entries(terms)
        if not entries or pair[0] == pair[1]:
            return None
        name = _name(pair, entries)
        with self._lock:
            if name not in self._found:
                self._found[name] = self._take(name, pair, entries)
            return self._found[name]

    def forget(self, glossary: str) -> None:
        """Make a glossary anew when it is asked for again: another program has deleted it."""
        with self._lock:
            self._found = {name: known for name, known in self._found.items() if known != glossary}

    def _take(self, name: str, pair: tuple[str, str], entries: str) -> str | None:
        try:
            kept = self._dispatcher.attempt(
                lambda: self._transport.get_json(self._url, headers=self._headers)["glossaries"]
            )
            for one in kept:
                if one["name"] == name:
                    return str(one["glossary_id"])
            self._clear(kept, name)
            made = self._dispatcher.attempt(lambda: self._make(name, pair, entries))
            return str(made["glossary_id"])
        except (KeyError, TypeError):
            return None
        except ProviderError as error:
            # A pair without glossaries, or an account with as many as it may have: the texts are worth more than the terms.
            if error.ends_run and error.code != "quota":
                raise
            if error.retryable:
                raise
            return None

    def _make(self, name: str, pair: tuple[str, str], entries: str) -> Any:  # noqa: ANN401 - JSON is any
        dictionary = {"source_lang": pair[0], "target_lang": pair[1], "entries": entries, "entries_format": "tsv"}
        body = {"name": name, "dictionaries": [dictionary]}
        return self._transport.read_json(self._transport.post(self._url, json=body, headers=self._headers))

    def _clear(self, kept: Sequence[Any], name: str) -> None:
        """Delete old ones of ours for the same pair: an account keeps only so many."""
        begin, oldest = name.rpartition(" ")[0], datetime.now(UTC) - _LIFETIME
        for one in kept:
            if not _NAME.fullmatch(str(one["name"])) or not str(one["name"]).startswith(f"{begin} "):
                continue
            try:
                if datetime.fromisoformat(str(one["creation_time"])) < oldest:
                    self._transport.delete(f"{self._url}/{one['glossary_id']}", headers=self._headers)
            except (ProviderError, ValueError, TypeError):
                # It costs nothing but its place.
                continue


def _language(code: str) -> str:
    return code.partition("-")[0].lower()


def _name(pair: tuple[str, str], entries: str) -> str:
    """Give a name that says what is in it."""
    return f"helpcenter {pair[0]}-{pair[1]} {hashlib.sha256(entries.encode()).hexdigest()[:16]}"


def _entries(terms: Sequence[tuple[str, str]]) -> str:
    """Write terms as lines of two columns; the first translation of a term counts, and what DeepL refuses is left out."""
    found: dict[str, str] = {}
    for term, translation in terms:
        pair = (term.strip(), translation.strip())
        if all(text and len(text.encode()) <= _MOST_BYTES and not _BREAKS.search(text) for text in pair):
            found.setdefault(*pair)
    written = io.StringIO()
    # Quotation marks as in CSV, which the documentation asks for.
    csv.writer(written, delimiter="\t", lineterminator="\n").writerows(sorted(found.items()))
    return written.getvalue().rstrip("\n")
