"""Snowball stemmers for both sides.

Python stems with `snowballstemmer`.  The browser gets the very same stemmer: its JavaScript is translated from the
installed Python module, whose code the Snowball compiler wrote in a small regular subset of the language.  So the two
sides cannot disagree after an update, and no second copy of an algorithm has to be shipped.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
from functools import cache
from importlib import metadata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_COMPARISONS = {ast.Eq: "===", ast.NotEq: "!==", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_OPERATORS = {ast.Add: "+", ast.Sub: "-"}


@cache
def stem_with(algorithm: str) -> Callable[[str], str]:
    """Give the function that stems a lower-case word; one that returns the word itself for an empty name.

    PyStemmer, the same algorithms in C, is a hundred times as fast.  It is taken only when it is of the same release as
    the Python modules, since those are what the browser's stemmers are made from.
    """
    if not algorithm:
        return str
    stem: Callable[[str], str]
    if _compiled_is_same():
        # Through importlib, since it is optional and publishes no types.
        compiled = importlib.import_module("Stemmer")

        # A cache of its own would only repeat the analyzer's.
        stem = compiled.Stemmer(algorithm, 0).stemWord
        return stem
    stem = _python_stemmer(algorithm).stemWord
    return stem


def _python_stemmer(algorithm: str) -> Any:  # noqa: ANN401 - the package publishes no types
    """Take the algorithm's own class: ``snowballstemmer.stemmer()`` prefers PyStemmer of whatever release."""
    module = importlib.import_module(f"snowballstemmer.{algorithm}_stemmer")
    return getattr(module, algorithm.title().replace("_", "") + "Stemmer")()


@cache
def _compiled_is_same() -> bool:
    try:
        compiled, python = (metadata.version(name).split(".")[:2] for name in ("PyStemmer", "snowballstemmer"))
    except metadata.PackageNotFoundError:
        return False
    return compiled == python


@cache
def as_javascript(algorithm: str) -> str:
    """Translate a stemmer into a script that sets ``helpcenterStemmers[algorithm]``.

    The script needs ``HelpcenterStemmer`` (``snowball.js``), the counterpart of the Python base class.
    """
    module = importlib.import_module(f"snowballstemmer.{algorithm}_stemmer")
    tree = ast.parse(inspect.getsource(module))
    stemmer = next(node for node in tree.body if isinstance(node, ast.ClassDef) and node.name.endswith("Stemmer"))
    methods = [_method(node) for node in stemmer.body if isinstance(node, ast.FunctionDef)]
    # Tables come after the methods: some of them name a method.
    tables = [_table(node) for node in stemmer.body if isinstance(node, ast.Assign)]
    return "\n".join(
        [
            f"/* Translated from {_first_line(stemmer)} */",
            "(function () {",
            '"use strict";',
            f"class {stemmer.name} extends HelpcenterStemmer {{",
            *methods,
            "}",
            *(f"{stemmer.name}.prototype.{table};" for table in tables),
            f"helpcenterStemmers[{json.dumps(algorithm)}] = new {stemmer.name}();",
            "})();",
            "",
        ]
    )


def _first_line(node: ast.ClassDef) -> str:
    return (ast.get_docstring(node) or node.name).splitlines()[-1].removeprefix("Generated from ")


def _name(name: str) -> str:
    return name.removeprefix("__")


def _table(node: ast.Assign) -> str:
    target = node.targets[0]
    if not isinstance(target, ast.Name):
        raise TypeError(ast.dump(target))
    value = _expression(node.value)
    # Groupings are tested for membership; short ones are written as a text.
    return f"{target.id} = new Set({value})" if target.id.startswith("g_") else f"{target.id} = {value}"


def _method(node: ast.FunctionDef) -> str:
    local = sorted({n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)})
    declared = f"let {', '.join(local)};\n" if local else ""
    return f"{_name(node.name)}() {{\n{declared}{_block(node.body)}\n}}"


def _block(statements: list[ast.stmt]) -> str:
    return "\n".join(_statement(node) for node in statements)


def _statement(node: ast.stmt) -> str:  # noqa: C901, PLR0911 - one case for each kind
    match node:
        case ast.Expr(value):
            return "" if isinstance(value, ast.Constant) else f"{_expression(value)};"
        case ast.Assign([target], value):
            return f"{_expression(target)} = {_expression(value)};"
        case ast.AugAssign(target, operator, value):
            return f"{_expression(target)} {_OPERATORS[type(operator)]}= {_expression(value)};"
        case ast.Return(value):
            return f"return {_expression(value)};" if value else "return;"
        case ast.If(test, body, orelse):
            other = f" else {{\n{_block(orelse)}\n}}" if orelse else ""
            return f"if ({_expression(test)}) {{\n{_block(body)}\n}}{other}"
        case ast.While(test, body):
            return f"while ({_expression(test)}) {{\n{_block(body)}\n}}"
        case ast.For(ast.Name(name), items, body):
            return f"for ({name} of {_expression(items)}) {{\n{_block(body)}\n}}"
        case ast.Try(body, [ast.ExceptHandler(type=ast.Name(label))]):
            # Snowball's Python jumps by exceptions that never leave their method; JavaScript has labels for that.
            return f"{label}: {{\n{_block(body)}\n}}"
        case ast.Raise(ast.Call(ast.Name(label))):
            return f"break {label};"
        case ast.Break():
            return "break;"
        case ast.Continue():
            return "continue;"
        case ast.Pass():
            return ""
    raise TypeError(f"no translation for {ast.unparse(node)}")


def _expression(node: ast.expr) -> str:  # noqa: C901, PLR0911, PLR0912 - one case for each kind
    match node:
        case ast.Constant(value):
            return json.dumps(value)
        case ast.Name("self"):
            return "this"
        case ast.Name(name):
            return f"this.{_name(name)}" if name.startswith("__r_") else name
        case ast.Attribute(ast.Name(), attribute):
            # Class tables are read through the instance, which sees them on the prototype.
            return f"this.{_name(attribute)}"
        case ast.Subscript(value, index):
            return f"{_expression(value)}[{_expression(index)}]"
        case ast.Compare(left, [operator], [right]):
            return f"{_expression(left)} {_COMPARISONS[type(operator)]} {_expression(right)}"
        case ast.BinOp(left, operator, right):
            return f"({_expression(left)} {_OPERATORS[type(operator)]} {_expression(right)})"
        case ast.BoolOp(ast.Or(), values):
            return "(" + " || ".join(_expression(value) for value in values) + ")"
        case ast.UnaryOp(ast.Not(), operand):
            return f"!({_expression(operand)})"
        case ast.UnaryOp(ast.USub(), operand):
            return f"-{_expression(operand)}"
        case ast.List(items) | ast.Set(items) | ast.Tuple(items):
            return "[" + ", ".join(_expression(item) for item in items) + "]"
        case ast.Call(ast.Name("len"), [value]):
            return f"{_expression(value)}.length"
        case ast.Call(ast.Name("Among"), [text, _, result, *method]):
            # A row names its method; the base class calls it on the instance.
            called = [json.dumps(_name(m.id)) for m in method if isinstance(m, ast.Name)]
            return "[" + ", ".join([_expression(text), _expression(result), *called]) + "]"
        case ast.Call(function, arguments):
            return f"{_expression(function)}({', '.join(_expression(a) for a in arguments)})"
    raise TypeError(f"no translation for {ast.unparse(node)}")
