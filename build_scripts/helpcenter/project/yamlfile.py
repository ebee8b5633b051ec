"""YAML with places: every value knows its line and column, so that every finding can show them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml_env_tag import construct_env_tag

from helpcenter.diagnostics import Finding, HelpcenterError, Place, finding, suggest
from helpcenter.project.files import read_text, relative

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pydantic_core import ErrorDetails

Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]

# libyaml's parser reads ten times as fast; its marks carry lines and columns as well.
_Loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlacedLoader(_Loader):  # type: ignore[valid-type,misc] # the base is chosen at run time
    """A safe loader that reads MkDocs' own tags as plain texts (``!ENV``, ``!!python/name:…``)."""


class PythonName(str):
    """A dotted Python name that a configuration gives with ``!!python/name:``; it is never imported while reading."""

    __slots__ = ()


def _construct_name(_loader: yaml.SafeLoader, suffix: str, _node: yaml.Node) -> PythonName:
    return PythonName(suffix)


def _construct_foreign(loader: yaml.SafeLoader, _suffix: str, node: yaml.Node) -> Any:  # noqa: ANN401 - any YAML value
    if isinstance(node, yaml.ScalarNode):
        return loader.construct_scalar(node)
    if isinstance(node, yaml.SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_mapping(node, deep=True)  # type: ignore[arg-type] # a mapping node is what is left


_PlacedLoader.add_multi_constructor("!", _construct_foreign)
_PlacedLoader.add_multi_constructor("tag:yaml.org,2002:python/name:", _construct_name)
_PlacedLoader.add_constructor("!ENV", construct_env_tag)


@dataclass(frozen=True)
class YamlFile:
    """A parsed YAML document.

    Args:
        path: as findings show it.
        source: the whole text of the file the YAML stands in.
        data: the values; an empty document is an empty mapping.
        places: key path → (line, column, length) of the value, or of the key for ``("key", …)`` paths; 1-based.
    """

    path: str
    source: str
    data: Any
    values: dict[KeyPath, tuple[int, int, int]] = field(default_factory=dict)
    keys: dict[KeyPath, tuple[int, int, int]] = field(default_factory=dict)

    def place(self, *path: str | int, key: bool = False) -> Place:
        """Give the place of a value (or of its key); of the nearest enclosing one when there is none."""
        known = self.keys if key else self.values
        while path:
            for table in (known, self.values, self.keys):
                if path in table:
                    line, column, length = table[path]
                    return Place(self.path, line, column, length, self.line(line))
            path = path[:-1]
        return Place(self.path, 1, 1, 1, self.line(1))

    def line(self, number: int) -> str:
        """Give a line of the file, 1-based, without its end."""
        return self._lines[number - 1].rstrip("\r") if 0 < number <= len(self._lines) else ""

    @cached_property
    def _lines(self) -> list[str]:
        return self.source.split("\n")


def load_yaml(path: Path, root: Path) -> YamlFile:
    """Read and parse a YAML file.

    Raises:
        HelpcenterError: ``file-unreadable``, ``file-encoding``, ``yaml-syntax`` or ``yaml-duplicate-key``.
    """
    source = read_text(path, root)
    return parse_yaml(source, relative(path, root))


def parse_yaml(source: str, name: str, *, start: int = 0, end: int | None = None) -> YamlFile:
    """Parse ``source[start:end]`` as YAML; places count in the whole of ``source``.

    ``start`` must be the beginning of a line.

    Raises:
        HelpcenterError: ``yaml-syntax`` or ``yaml-duplicate-key``, all of the file's at once.
    """
    text = source[start:end]
    first_line = source.count("\n", 0, start)
    lines = source.split("\n")

    def place(line: int, column: int, length: int = 1) -> Place:
        number = min(first_line + line + 1, len(lines))
        return Place(name, number, column + 1, length, lines[number - 1].rstrip("\r"))

    loader = _PlacedLoader("")
    node: yaml.Node | None = None
    try:
        loader = _PlacedLoader(text.removeprefix("\ufeff"))
        node = loader.get_single_node()
        if node is None:
            return YamlFile(name, source, {})
        result = YamlFile(name, source, None)
        duplicates = _walk(node, (), result, first_line, place)
        if duplicates:
            raise HelpcenterError(*duplicates)
        data = loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = place(mark.line, mark.column) if mark else Place(name)
        problem = " ".join(part for part in (error.context, error.problem) if part)
        raise HelpcenterError(
            finding(
                "yaml-syntax",
                f"not valid YAML: {problem}",
                where,
                help="put a text that holds ':' or '#' in quotes; indent with spaces",
            )
        ) from error
    except yaml.reader.ReaderError as error:
        raise HelpcenterError(_bad_character(error, text, source, name, start)) from error
    except ValueError as error:
        mark = _bad_value(loader, node)
        where = place(mark.line, mark.column) if mark else Place(name)
        hint = "put it in quotes if it is a text; a day is written as 2026-11-22"
        raise HelpcenterError(finding("yaml-syntax", f"not valid YAML: {error}", where, help=hint)) from error
    finally:
        loader.dispose()
    return YamlFile(name, source, data, result.values, result.keys)


def _bad_character(error: yaml.reader.ReaderError, text: str, source: str, name: str, start: int) -> Finding:
    """Say which character YAML cannot hold; its offset counts bytes or characters, depending on the parser."""
    code = error.character if isinstance(error.character, int) else ord(error.character[:1] or "\0")
    offset = max(text.find(chr(code)), 0)
    message = f"not valid YAML: the character U+{code:04X} is not allowed"
    hint = "remove the character; it came with a copied text, most likely, and cannot be seen in most editors"
    return finding("yaml-syntax", message, Place.at_offset(name, source, start + offset), help=hint)


def _bad_value(loader: _PlacedLoader, node: yaml.Node | None) -> yaml.Mark | None:
    """Find the first value that looks like a day or a number and is none."""
    below: list[yaml.Node] = [] if node is None else [node]
    while below:
        node = below.pop(0)
        if isinstance(node, yaml.MappingNode):
            below[:0] = [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            below[:0] = node.value
        else:
            try:
                loader.construct_object(node)
            except (ValueError, yaml.constructor.ConstructorError):
                mark: yaml.Mark = node.start_mark
                return mark
    return None


def _walk(
    node: yaml.Node,
    path: KeyPath,
    result: YamlFile,
    first_line: int,
    place: Callable[[int, int, int], Place],
    above: tuple[yaml.Node, ...] = (),
) -> list[Finding]:
    """Note the places of a node and all below it; give the duplicate keys found on the way."""

    def span(of: yaml.Node) -> tuple[int, int, int]:
        start, end = of.start_mark, of.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return first_line + start.line + 1, start.column + 1, max(length, 1)

    result.values[path] = span(node)
    found: list[Finding] = []
    if node in above:
        line, column, _ = span(node)
        hint = "write the value out where it is used"
        return [
            finding(
                "yaml-syntax",
                "not valid YAML: a value holds itself",
                place(line - first_line - 1, column - 1, 1),
                help=hint,
            )
        ]
    above = (*above, node)
    if isinstance(node, yaml.MappingNode):
        for key_node, value_node in node.value:
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
            below = (*path, key)
            if below in result.keys and key != "<<":
                line, column, length = span(key_node)
                found.append(
                    finding(
                        "yaml-duplicate-key",
                        f"the key '{key}' stands twice",
                        place(line - first_line - 1, column - 1, length),
                        help=f"it is first set in line {result.keys[below][0]}; keep one of the two",
                    )
                )
            result.keys[below] = span(key_node)
            found += _walk(value_node, below, result, first_line, place, above)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            found += _walk(item, (*path, index), result, first_line, place, above)
    return found


def validate(model: type[Model], file: YamlFile, *, data: Any = None, at: KeyPath = ()) -> Model:  # noqa: ANN401 - any YAML value
    """Read a YAML document (or the part of it at a key path) into a model.

    Raises:
        HelpcenterError: ``schema-…`` findings, all at once, each at its value.
    """
    value = file.data if data is None else data
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise HelpcenterError(*(_finding(model, file, at, detail) for detail in error.errors())) from error


def _finding(model: type[BaseModel], file: YamlFile, at: KeyPath, detail: ErrorDetails) -> Finding:
    path = _existing_path(file, at + tuple(detail["loc"]))
    is_key = detail["loc"][-1:] == ("[key]",)
    name = ".".join(str(part) for part in at + tuple(detail["loc"]) if part != "[key]")
    if detail["type"] == "extra_forbidden":
        key = str(detail["loc"][-1])
        known = _fields_at(model, tuple(detail["loc"][:-1]))
        return finding(
            "schema-unknown-key",
            f"unknown key '{key}'",
            file.place(*path, key=True),
            label=suggest(key, known),
            help="known keys: " + ", ".join(sorted(known)),
        )
    if detail["type"] == "missing":
        return finding(
            "schema-missing-key",
            f"the key '{detail['loc'][-1]}' is missing",
            file.place(*path),
            help=f"add '{detail['loc'][-1]}:'",
        )
    message = detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "string_pattern_mismatch":
        message = f"'{detail['input']}' is not written as it has to be"
    if detail["type"] == "model_type":
        message = "input should be a mapping of keys to values"
    message = (
        f"{name}: {message[:1].lower()}{message[1:]}" if name else f"the file's {message[:1].lower()}{message[1:]}"
    )
    label, hint = _advice(detail)
    return finding("schema-invalid-value", message, file.place(*path, key=is_key), label=label, help=hint)


_ADVICE = {
    "string_type": "write a text; put it in quotes where YAML reads a number, a day or yes and no",
    "list_type": "write a list: one line '- one' for each item, or [one, two]",
    "tuple_type": "write a list: one line '- one' for each item, or [one, two]",
    "dict_type": "write lines of the form 'key: value', or {key: value}",
    "model_type": "write lines of the form 'key: value', or {key: value}",
    "bool_type": "write true or false",
    "bool_parsing": "write true or false",
    "int_type": "write a whole number, without quotes",
    "int_parsing": "write a whole number, without quotes",
    "float_type": "write a number, without quotes",
    "float_parsing": "write a number, without quotes",
    "date_type": "write a day as 2026-11-22, without quotes",
    "date_parsing": "write a day as 2026-11-22, without quotes",
    "date_from_datetime_parsing": "write a day as 2026-11-22, without quotes",
    "string_too_short": "write a text, or leave the key out",
}


# How a text has to be written, by what the pattern of a key begins with.
_PATTERNS = (
    ("^https://", "write an address that begins with https://, without spaces"),
    ("^[A-Z]{3}", "write three capital letters, as in EUR"),
    ("^[A-Z]{2}", "write two capital letters, as in AT"),
    ("^[a-z0-9]+(-", "write small letters and digits, with hyphens between words, as in bank-transfer"),
    ("^[a-z][a-z0-9_]*(\\.", "write small letters, with dots between the parts, as in returns.window"),
)


def _advice(detail: ErrorDetails) -> tuple[str, str]:
    """Give the label and the next step for a value that is not allowed."""
    context = detail.get("ctx", {})
    if detail["type"] == "string_pattern_mismatch":
        pattern = str(context.get("pattern", ""))
        known = next((words for start, words in _PATTERNS if pattern.startswith(start)), None)
        return "", known or f"it has to match {pattern}"
    if detail["type"] in {"literal_error", "enum"}:
        allowed = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        return suggest(str(detail["input"]), allowed), "write one of: " + ", ".join(allowed)
    if "help" in context:
        return "", str(context["help"])
    bounds = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}
    limits = [f"{words} {context[key]:g}" for key, words in bounds.items() if key in context]
    if limits:
        return "", f"write a number of {limits[0]}"
    return "", _ADVICE.get(detail["type"], "write it as the page about this file in docs/formats shows")


def _existing_path(file: YamlFile, path: tuple[str | int, ...]) -> KeyPath:
    """Drop the parts that pydantic adds to a location (union tags, validator names) and YAML does not have."""
    kept: KeyPath = ()
    for part in path:
        if (*kept, part) in file.values:
            kept = (*kept, part)
    return kept


def _fields_at(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """Give the names that are allowed where a location points to."""
    current: type[BaseModel] | None = model
    for part in loc:
        if current is None or not isinstance(part, str) or part not in current.model_fields:
            continue
        current = _model_in(current.model_fields[part].annotation)
    fields = current.model_fields if current is not None else model.model_fields
    return [info.alias or name for name, info in fields.items()]


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401 - any annotation
    """Find the model inside ``list[X]``, ``dict[str, X]``, ``X | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        inner = _model_in(part)
        if inner is not None:
            return inner
    return None
