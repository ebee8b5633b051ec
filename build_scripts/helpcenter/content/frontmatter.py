"""Front matter: what it may say, and where its translatable values stand in the source."""

from __future__ import annotations

import re
from datetime import date  # noqa: TC003 - pydantic reads it
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import yaml
from pydantic import BaseModel, ConfigDict, Field

from helpcenter.diagnostics import HelpcenterError, Place, finding
from helpcenter.project.configuration import FrontMatterKeys
from helpcenter.project.yamlfile import YamlFile, parse_yaml, validate

if TYPE_CHECKING:
    from collections.abc import Iterator

PageType = Literal["index", "faq", "guide", "tutorial", "policy"]
Audience = Literal["consumer", "business"]
Topic = Literal["orders", "payments", "delivery", "returns", "customs", "privacy", "contact"]

TYPES_BY_FOLDER: dict[str, PageType] = {"faq": "faq", "guides": "guide", "tutorials": "tutorial", "policies": "policy"}

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r|\Z)", re.MULTILINE)
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KINDS = {
    "title": "title",
    "summary": "summary",
    "description": "description",
    "answer": "answer",
    "keywords": "keyword",
}
_NO_KEYS = FrontMatterKeys()


class FrontMatter(BaseModel):
    """What stands between the ``---`` lines of a page."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, str_strip_whitespace=True)

    title: str = Field(
        min_length=1, description="The page's heading. Sentence case; an FAQ's title is the customer's question."
    )
    type: PageType = Field(description="What kind of page it is. Default: that of its folder.")
    summary: str = Field("", description="One sentence that says what the page answers, for lists and search results.")
    description: str = Field("", description="What search engines and previews of links say. Default: the summary.")
    answer: str = Field("", description="FAQ pages: the short answer, two or three sentences of plain text.")
    keywords: list[str] = Field(default_factory=list, description="Words customers use and the text does not.")
    order: int = Field(
        100, description="Position in its section; pages with equal numbers stand in alphabetical order."
    )
    audience: Audience = Field(
        "consumer", description="Whom the page is for; values of facts may differ between consumers and businesses."
    )
    topics: list[Topic] = Field(default_factory=list, description="What the page is about.")
    queries: list[str] = Field(
        default_factory=list, description="Searches that must find this page; tests of the search."
    )
    owner: str = Field("", description="Who answers for the page; a policy needs somebody.")
    sources: list[str] = Field(
        default_factory=list, description="What a policy rests on: laws, addresses, or keys of sources.yml."
    )
    effective: date | None = Field(
        None, description="Policy pages: the day on which the present wording came into force, as 2026-06-01."
    )
    updated: date | None = Field(
        None, description="Day of the last change that readers should know of; stands below the page."
    )
    draft: bool = Field(default=False, description="True: the page is checked and translated, but not published.")


class Scalar(NamedTuple):
    """A translatable value.

    Args:
        start: offset of its first character, quotation marks included.
        end: offset behind its last.
        value: the text itself.
        kind: as of a segment.
        key: the key it stands under.
    """

    start: int
    end: int
    value: str
    kind: str
    key: str


class Header(NamedTuple):
    """The front matter of a source.

    Args:
        file: its values and their places.
        start: offset of the first line of YAML.
        end: offset of the closing line.
        body_start: offset of the Markdown.
    """

    file: YamlFile
    start: int
    end: int
    body_start: int


def read_header(source: str, name: str) -> Header | None:
    """Find and parse the front matter; None if the source has none.

    Raises:
        HelpcenterError: ``page-front-matter-unclosed``, ``page-front-matter-kind`` or what YAML says.
    """
    opening = _OPENING.match(source)
    if opening is None:
        return None
    closing = _closing(source, opening.end())
    if closing is None:
        raise HelpcenterError(
            finding(
                "page-front-matter-unclosed",
                "the front matter is never closed",
                Place.at_offset(name, source, opening.start(), opening.end()),
                help="put a line of three hyphens behind the last key",
            )
        )
    file = parse_yaml(source, name, start=opening.end(), end=closing.start())
    if not isinstance(file.data, dict):
        raise HelpcenterError(
            finding(
                "page-front-matter-kind",
                "the front matter is not a list of keys and values",
                Place.at_offset(name, source, opening.end()),
                help="write `title: …`",
            )
        )
    return Header(file, opening.end(), closing.start(), closing.end())


def find_body(source: str) -> int | None:
    """Give the offset of the Markdown without reading the front matter; None when that is never closed."""
    opening = _OPENING.match(source)
    if opening is None:
        return len(source) - len(source.removeprefix("\ufeff"))
    closing = _closing(source, opening.end())
    return None if closing is None else closing.end()


def _closing(source: str, start: int) -> re.Match[str] | None:
    # `^` knows LF only; a file with lone CR is rare enough to be asked for mending.
    return _CLOSING.search(source, start)


def validate_header(header: Header, defaults: dict[str, Any]) -> FrontMatter:
    """Read the values of a front matter into its model.

    Args:
        header: the front matter, without keys of the project's own.
        defaults: values of keys that it may leave out.

    Raises:
        HelpcenterError: ``schema-…``.
    """
    return validate(
        FrontMatter, header.file, data=defaults | {str(key): value for key, value in header.file.data.items()}
    )


def own_values(header: Header, keys: FrontMatterKeys) -> dict[str, Any]:
    """Give the values of the project's own keys: texts, numbers, truth values, lists and mappings of them."""
    return {key: _plain(value) for key, value in header.file.data.items() if key in keys.names}


def _plain(value: Any) -> Any:  # noqa: ANN401 - any YAML value
    """Turn days into texts, and what stands for a key as well: templates get what JSON can say."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return value.strip()
    return value if value is None or isinstance(value, bool | int | float) else str(value)


def find_scalars(source: str, header: Header, keys: FrontMatterKeys = _NO_KEYS) -> list[Scalar]:
    """Find the translatable values of a valid front matter, in the order of the source."""
    text = source[header.start : header.end]
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
    finally:
        loader.dispose()
    if not isinstance(node, yaml.MappingNode):
        return []
    kinds = _KINDS | {key: f"{key} (front matter)" for key in keys.translated}
    found: dict[int, Scalar] = {}
    for key_node, value_node in node.value:
        if isinstance(key_node, yaml.ScalarNode) and key_node.value in kinds:
            for item in _texts_in(value_node):
                scalar = _scalar(item, text, header.start, kinds[key_node.value], key_node.value)
                # What an alias points to is found a second time.
                if scalar and scalar.value.strip():
                    found.setdefault(scalar.start, scalar)
    return [found[start] for start in sorted(found)]


def _texts_in(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    """Give the texts of a value: its own, or those in its items, at any depth."""
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _texts_in(item)
    elif isinstance(node, yaml.MappingNode):
        for _key, item in node.value:
            yield from _texts_in(item)


_ANCHOR = re.compile(r"&[^\s,\[\]{}]+\s+")


def _scalar(node: yaml.ScalarNode, text: str, offset: int, kind: str, key: str) -> Scalar | None:
    if node.tag != "tag:yaml.org,2002:str":
        return None
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        # The mark of a block scalar ends at the next token; the line end before it must stay.
        end = start + len(text[start:end].rstrip(" \t\r\n"))
    anchor = _ANCHOR.match(text, start, end)
    start = anchor.end() if anchor else start
    raw = text[start:end]
    # A tag is no place to write to.
    if (
        not raw
        or raw[0] in "*&!"
        or (node.style in ('"', "'") and not (len(raw) > 1 and raw[0] == raw[-1] == node.style))
    ):
        return None
    return Scalar(offset + start, offset + end, node.value.strip(), kind, key)


_PLAIN = re.compile(r"[^\W\d_][\w\-()/.]*(?: +[\w()/.][\w\-()/.]*)*")
_RESERVED = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])


def quote_scalar(value: str, original: str) -> str:
    """Write a value as YAML on one line: plain where the original was plain and nothing can be misread, else quoted."""
    if original[:1] not in ('"', "'") and _PLAIN.fullmatch(value) and value.lower() not in _RESERVED:
        return value
    if original[:1] == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    escaped = "".join(_escape(char) for char in value)
    return f'"{escaped}"'


def _escape(char: str) -> str:
    if char in '\\"':
        return "\\" + char
    if char.isprintable() or char in "\u200c\u200d\u200e\u200f\u061c\u00a0\u202f":
        return char
    if char == "\n":
        return "\\n"
    code = ord(char)
    return f"\\U{code:08x}"
