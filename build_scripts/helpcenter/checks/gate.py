"""The gate: no translation is published whose page does not render to the structure of its source.

Both sides are rendered with the site's own Markdown configuration and their HTML skeletons compared.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from helpcenter.checks.differences import STRUCTURE, compare_structure, find_differences
from helpcenter.content import (
    Forgetful,
    Renderings,
    assemble,
    mend,
    placeholders,
    skeleton,
)

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping

    from helpcenter.checks.differences import Difference
    from helpcenter.content import MarkdownConfig, Page, Results, Skeleton

_TAG_LINE = re.compile(r"^[ \t]*\{%[^\n]*%\}[ \t]*\r?$", re.MULTILINE)
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_CASE = re.compile(r"\s*\|\s*(?:dative|genitive)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a translation may not be published.

    Args:
        msgid: the segment.
        code: what kind of thing differs, as in ``translation-link``.
        message: what differs.
    """

    msgid: str
    code: str
    message: str


class Gate:
    """Compares translated pages with their sources.

    Args:
        config: the site's Markdown configuration.
        verdicts: what is known from earlier runs, by :meth:`key`; new verdicts are put in.
        renderings: where translations are rendered; most pages are built from the very same text.
        structures: of sources that are known, by page, as :meth:`structure` gives them.
    """

    def __init__(
        self,
        config: MarkdownConfig,
        verdicts: Results | None = None,
        renderings: Results | None = None,
        structures: Mapping[str, str] | None = None,
    ) -> None:
        self._renderings = Renderings(config, renderings)
        self._sources = Renderings(config)
        self._structures = dict(structures or {})
        self._config_key = config.key
        # Whoever judges a page puts it on stage next.
        self._written: tuple[str, Mapping[str, str], str] | None = None
        self._verdicts: Results = verdicts if verdicts is not None else Forgetful()

    def key(self, page: Page, texts: Mapping[str, str]) -> str:
        """Give the key under which the verdicts on these texts are kept; it changes with all that they depend on."""
        state = hashlib.sha256(f"{self._config_key}\0{page.source}".encode())
        for segment in page.segments:
            state.update(f"\0{segment.text}\0{texts.get(segment.text, '')}".encode())
        return state.hexdigest()

    def judge(self, page: Page, texts: Mapping[str, str]) -> tuple[Verdict, ...]:
        """Find the translations of a page that may not be published: one verdict for each kind of thing that differs.

        Args:
            page: the source.
            texts: translation by msgid.
        """
        key = self.key(page, texts)
        known: tuple[Verdict, ...] | None = self._verdicts.get(key)
        if known is None:
            known = tuple(self._judge(page, texts))
            self._verdicts.put(key, known)
        return known

    def _judge(self, page: Page, texts: Mapping[str, str]) -> list[Verdict]:
        bad: list[Verdict] = []
        good: dict[str, str] = {}
        for msgid, text in texts.items():
            wanted = _wanted(msgid, page.labels)
            found = placeholders(_without_case(mend(msgid, text, page.labels)), page.labels)
            if wanted != found:
                bad += [Verdict(msgid, *difference) for difference in find_differences(wanted, found)]
            else:
                good[msgid] = text
        if page.path not in self._structures:
            self._structures[page.path] = self.structure(page)
        translation = _skeleton(self._renderings, self.write_body(page, good))
        if _hash(translation) == self._structures[page.path]:
            return bad
        source = _skeleton(self._sources, page.body)
        bad += self._find_faults(page, good, source)
        rest = {msgid: text for msgid, text in good.items() if msgid not in {verdict.msgid for verdict in bad}}
        difference = self._difference(page, rest, source)
        if difference is not None:
            bad += [
                Verdict(msgid, STRUCTURE, f"together with the rest of the page: {difference.message}") for msgid in rest
            ]
        return bad

    def _find_faults(self, page: Page, texts: Mapping[str, str], source: Skeleton) -> list[Verdict]:
        """Find the texts that break the page by themselves, in halves: a rendering for each step towards each of them."""
        difference = self._difference(page, texts, source)
        if difference is None:
            return []
        if len(texts) == 1:
            return [Verdict(msgid, *difference) for msgid in texts]
        msgids = list(texts)
        middle = len(msgids) // 2
        return [
            verdict
            for half in (msgids[:middle], msgids[middle:])
            for verdict in self._find_faults(page, {msgid: texts[msgid] for msgid in half}, source)
        ]

    def structure(self, page: Page, *, kept: bool = False) -> str:
        """Give a hash of the structure of a source page.

        Args:
            page: the page.
            kept: whether its rendering is worth keeping beside those of the translations.
        """
        return _hash(_skeleton(self._renderings if kept else self._sources, page.body))

    def _difference(self, page: Page, texts: Mapping[str, str], source: Skeleton) -> Difference | None:
        return compare_structure(source, _skeleton(self._renderings, self.write_body(page, texts)))

    def write_body(self, page: Page, texts: Mapping[str, str]) -> str:
        """Give the Markdown of a page with its translations put in, as it is judged and staged."""
        if self._written is None or self._written[0] != page.path or self._written[1] != texts:
            translated = assemble(page, lambda segment: None if segment.key else texts.get(segment.text))
            # The front matter was left alone, so the body still begins where it did.
            self._written = page.path, texts, translated[page.body_start :]
        return self._written[2]


def _skeleton(renderings: Renderings, body: str) -> Skeleton:
    """Give the skeleton of a page whose region tags hold all branches and whose facts are one word each."""
    neutral = _EXPRESSION.sub("0", _TAG_LINE.sub("", body)) if "{" in body else body
    return skeleton(renderings.render(neutral).html)


def _hash(skeleton: Skeleton) -> str:
    return hashlib.sha256(repr(skeleton).encode("utf-8", "surrogatepass")).hexdigest()


# Every language is compared with the same sources.
@lru_cache(maxsize=65536)
def _wanted(msgid: str, labels: frozenset[str]) -> Counter[str]:
    return placeholders(_without_case(msgid), labels)


def _without_case(text: str) -> str:
    """Take out what each language needs for itself: one with cases may ask for the dative of a fact."""
    return _CASE.sub("}}", text) if "{{" in text else text
