"""Rendering Markdown as the site does: one configured instance for all pages of a run."""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from markdown import Markdown

from helpcenter.content.quickinlines import quicken
from helpcenter.diagnostics import HelpcenterError, Place, finding

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class MarkdownConfig:
    """Extensions and their options, as ``mkdocs.yml`` lists them.

    Args:
        extensions: names in their order.
        configs: options by extension; a text that is the dotted path of a callable stands for that callable.
    """

    extensions: tuple[str, ...] = ()
    configs: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash the configuration, whose options are mappings."""
        return hash(self.key)

    @cached_property
    def key(self) -> str:
        """Hash of the configuration, equal in every process; 16 hexadecimal digits."""
        configs = {name: dict(options) for name, options in self.configs.items()}
        text = json.dumps([self.extensions, configs], sort_keys=True, default=_dotted)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def _dotted(value: object) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, tuple | set | frozenset):
        return sorted(value, key=repr) if not isinstance(value, tuple) else list(value)
    name = getattr(value, "__qualname__", None)
    return f"{getattr(value, '__module__', '')}.{name}" if name else repr(value)


@dataclass(frozen=True, slots=True)
class Rendered:
    """A rendered page.

    Args:
        html: its body.
        toc: its headings as Python-Markdown gives them: nested dictionaries with ``level``, ``id``, ``name`` and
            ``children``.
        anchors: ids in the body, which links may point to.
    """

    html: str
    toc: list[dict[str, Any]]
    anchors: frozenset[str]


_ANCHOR = re.compile(r'<[a-zA-Z][^<>]*?\s(?:id|name)="([^"]*)"')


class Renderer:
    """Renders many pages with one instance of Python-Markdown, which costs tens of milliseconds to set up.

    Args:
        config: extensions and options.
        highlight: False leaves code uncoloured, which is faster and enough for comparing structures.

    Raises:
        HelpcenterError: ``content-extension`` when an extension cannot be loaded.
    """

    def __init__(self, config: MarkdownConfig, *, highlight: bool = True) -> None:
        """Load the extensions."""
        try:
            configs = {name: _resolve(dict(options)) for name, options in config.configs.items()}
            self._markdown = Markdown(extensions=list(config.extensions), extension_configs=configs)
        except (ImportError, AttributeError, KeyError, TypeError, ValueError) as error:
            message = f"a Markdown extension cannot be loaded: {error}"
            help_text = "install the package that provides it, or correct `markdown_extensions`"
            raise HelpcenterError(finding("content-extension", message, Place("mkdocs.yml"), help=help_text)) from error
        quicken(self._markdown)
        if not highlight:
            _stop_highlighting(self._markdown)

    def render(self, body: str) -> Rendered:
        """Render the Markdown of one page; nothing of one page is seen in another."""
        self._markdown.reset()
        html = self._markdown.convert(body)
        toc = list(getattr(self._markdown, "toc_tokens", []))
        return Rendered(html, toc, frozenset(_ANCHOR.findall(html)))


def _stop_highlighting(markdown: Markdown) -> None:
    """Let pymdownx.highlight treat all code as plain text.

    Its option ``use_pygments`` does not serve: without Pygments, superfences refuses code blocks that have options.
    """
    for extension in markdown.registeredExtensions:
        if not hasattr(extension, "get_pymdownx_highlighter"):
            continue
        highlighter = extension.get_pymdownx_highlighter()
        plain = type("PlainHighlight", (highlighter,), {"get_lexer": _plain_lexer})
        extension.get_pymdownx_highlighter = lambda plain=plain: plain


def _plain_lexer(_self: object, _source: str, _language: str, *_options: object) -> tuple[Any, str]:
    from pygments.lexers.special import TextLexer  # type: ignore[import-untyped,unused-ignore] # noqa: PLC0415 - only sites that colour code have Pygments

    return TextLexer(), "text"


_PATH = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z")
_TAG = re.compile(r"!*(?:tag:yaml\.org,2002:)?(?:python/)?(?:name|object/apply):")


def _resolve(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Replace dotted paths of callables by the callables, at any depth."""
    if isinstance(value, dict):
        return {key: _resolve(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_resolve(item) for item in value]
    if isinstance(value, str):
        tag = _TAG.match(value)
        path = value[tag.end() :] if tag else value
        if _PATH.match(path):
            found = _import(path)
            if found is not None:
                return found
            if tag:
                raise ImportError(f"there is no '{path}'")
    return value


def _import(path: str) -> Any:  # noqa: ANN401 - any callable
    """Import a callable by its dotted path; None if the path leads to none, as an ordinary text with dots does not."""
    module, _, name = path.rpartition(".")
    try:
        if importlib.util.find_spec(module.partition(".")[0]) is None:
            return None
        found = getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None
    return found if callable(found) else None
