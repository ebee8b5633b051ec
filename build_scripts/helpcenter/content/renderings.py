"""Rendered Markdown, kept by a hash of all it depends on: a text that was rendered once is not rendered again."""

from __future__ import annotations

import hashlib
import zlib
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from helpcenter.content.rendering import MarkdownConfig, Rendered, Renderer

if TYPE_CHECKING:
    from collections.abc import Mapping


class Results(Protocol):
    """Keeps results between runs."""

    def get(self, key: str) -> Any:  # noqa: ANN401 - results of any kind
        """Give what is kept under a key, or None."""

    def put(self, key: str, value: object) -> None:
        """Keep a result."""


class Forgetful:
    """Keeps nothing."""

    def get(self, _key: str) -> None:
        """Give nothing."""

    def put(self, _key: str, _value: object) -> None:
        """Keep nothing."""


class Remembering:
    """Keeps results for as long as it is there itself."""

    def __init__(self) -> None:
        self._known: dict[str, object] = {}

    def get(self, key: str) -> Any:  # noqa: ANN401 - results of any kind
        """Give what is kept under a key, or None."""
        return self._known.get(key)

    def put(self, key: str, value: object) -> None:
        """Keep a result."""
        self._known[key] = value


@lru_cache(maxsize=4)
def _renderer(config: MarkdownConfig) -> Renderer:
    return Renderer(config)


class Renderings:
    """Renders each text once.

    Args:
        config: the site's Markdown configuration.
        results: what is known from earlier runs.
    """

    def __init__(self, config: MarkdownConfig, results: Results | None = None) -> None:
        self._config = config
        self._results: Results = results if results is not None else Forgetful()

    def render(self, body: str) -> Rendered:
        """Render the Markdown of one page; line ends around it change nothing, and plugins of MkDocs drop some."""
        body = body.strip("\n")
        key = hashlib.sha256(f"{self._config.key}\0{body}".encode("utf-8", "surrogatepass")).hexdigest()
        known: Mapping[str, Any] | None = self._results.get(key)
        if known is not None:
            text = zlib.decompress(known["html"]).decode("utf-8", "surrogatepass")
            return Rendered(text, known["toc"], known["anchors"])
        rendered = _renderer(self._config).render(body)
        # Packed, for those of a whole locale are in memory at once.
        packed = zlib.compress(rendered.html.encode("utf-8", "surrogatepass"), 1)
        self._results.put(key, {"html": packed, "toc": rendered.toc, "anchors": rendered.anchors})
        return rendered
