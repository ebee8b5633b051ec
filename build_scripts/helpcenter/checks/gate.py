"""The gate: no translation is published whose page does not render to the structure of its source.

Both sides are rendered with the site's own Markdown configuration and their HTML skeletons compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from helpcenter.content import Renderer, assemble, placeholders, skeleton, skeleton_difference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from helpcenter.content import MarkdownConfig, Page

_TAG_LINE = re.compile(r"^[ \t]*\{%[^\n]*%\}[ \t]*\r?$", re.MULTILINE)
_EXPRESSION = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Why a translation may not be published.

    Args:
        msgid: the segment.
        code: ``translation-placeholder`` or ``translation-structure``.
        message: what differs.
    """

    msgid: str
    code: str
    message: str


class Verdicts(Protocol):
    """Keeps verdicts between runs."""

    def get(self, key: str) -> Any:  # noqa: ANN401 - a store keeps results of any kind
        """Give the verdicts kept under a key, or None."""

    def put(self, key: str, value: object) -> None:
        """Keep verdicts."""


class _Forgetful:
    """Keeps nothing."""

    def get(self, _key: str) -> None:
        return None

    def put(self, _key: str, _value: object) -> None:
        return


class Gate:
    """Compares translated pages with their sources.

    Args:
        config: the site's Markdown configuration.
        verdicts: what is known from earlier runs, by :meth:`key`; new verdicts are put in.
    """

    def __init__(self, config: MarkdownConfig, verdicts: Verdicts | None = None) -> None:
        self._renderer = Renderer(config, highlight=False)
        self._skeletons: dict[str, tuple[object, ...]] = {}
        self._config_key = config.key
        self._verdicts: Verdicts = verdicts if verdicts is not None else _Forgetful()

    def key(self, page: Page, texts: Mapping[str, str]) -> str:
        """Give the key under which the verdicts on these texts are kept; it changes with all that they depend on."""
        import hashlib  # noqa: PLC0415 - beside its use

        state = hashlib.sha256(f"{self._config_key}\0{page.source}".encode())
        for segment in page.segments:
            state.update(f"\0{segment.text}\0{texts.get(segment.text, '')}".encode())
        return state.hexdigest()

    def judge(self, page: Page, texts: Mapping[str, str]) -> tuple[Verdict, ...]:
        """Find the translations of a page that may not be published.

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
            missing, added = placeholders(msgid) - placeholders(text), placeholders(text) - placeholders(msgid)
            if missing or added:
                parts = [*(f"{token} is missing" for token in missing), *(f"{token} is not in the source" for token in added)]
                bad.append(Verdict(msgid, "translation-placeholder", "; ".join(parts)))
            else:
                good[msgid] = text
        source = self._skeletons.get(page.path)
        if source is None:
            source = self._skeletons[page.path] = self._skeleton(page.source[page.body_start :])
        if self._difference(page, good, source) is None:
            return bad
        # Each segment alone tells whose fault it is; this costs a rendering per segment, on broken pages only.
        for msgid, text in good.items():
            difference = self._difference(page, {msgid: text}, source)
            if difference is not None:
                bad.append(Verdict(msgid, "translation-structure", difference))
        rest = {msgid: text for msgid, text in good.items() if msgid not in {verdict.msgid for verdict in bad}}
        difference = self._difference(page, rest, source)
        if difference is not None:
            bad += [Verdict(msgid, "translation-structure", f"together with the rest of the page: {difference}") for msgid in rest]
        return bad

    def _difference(self, page: Page, texts: Mapping[str, str], source: tuple[object, ...]) -> str | None:
        translated = assemble(page, lambda segment: None if segment.key else texts.get(segment.text))
        # The front matter was left alone, so the body still begins where it did.
        return skeleton_difference(source, self._skeleton(translated[page.body_start :]))

    def _skeleton(self, body: str) -> tuple[object, ...]:
        """Give the skeleton of a page whose region tags hold all branches and whose facts are one word each."""
        neutral = _EXPRESSION.sub("0", _TAG_LINE.sub("", body))
        return skeleton(self._renderer.render(neutral).html)
