from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import subprocess
import sys
from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote

import click
import codes_page
import pytest
import yaml
from project_files import DOCS, PACKAGE, ROOT, anchors_of, code_of, documents, links_of, tracked_files
from pydantic import BaseModel

import helpcenter
from helpcenter.catalog import State
from helpcenter.cli.app import COMMANDS, app
from helpcenter.diagnostics import known_codes

if TYPE_CHECKING:
    from pathlib import Path

# Which page describes the keys of a model.
PAGES_OF_MODELS = {
    "helpcenter.catalog.glossary": "formats/glossary.md",
    "helpcenter.content.frontmatter": "formats/page.md",
    "helpcenter.project.configuration": "formats/configuration.md",
    "helpcenter.project.locales": "formats/locale.md",
    "helpcenter.regions.schema": "formats/regions.md",
    "helpcenter.regions.shop": "formats/shop.md",
    "helpcenter.review.legal": "formats/legal.md",
    "helpcenter.search.vocabulary": "formats/search.md",
}
PROVIDERS = ("helpcenter.translate.", "providers.md")

PLACES_OF_MACHINES = re.compile(r"(?<![\w./:-])/(?:home|root|tmp|work|mnt|Users)/\w|[A-Z]:\\Users")
UNFINISHED = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME)\b")


# Commands


def _parameters(command: click.Command) -> list[click.Parameter]:
    """Give the parameters of a command, and of those below it."""
    below = command.commands.values() if isinstance(command, click.Group) else []
    return [*command.params, *(parameter for one in below for parameter in one.params)]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_option_and_choice_is_on_its_page(name: str):
    command = app.get_command(click.Context(app), name)
    assert command is not None
    page = DOCS / "commands" / f"{name}.md"
    assert page.is_file(), f"write docs/commands/{name}.md"
    code = code_of(page.read_text("utf-8"))
    wanted: list[str] = [f"helpcenter {name}"]
    if isinstance(command, click.Group):
        wanted += [f"helpcenter {name} {word}" for word in command.commands]
    for parameter in _parameters(command):
        wanted += (
            parameter.opts
            if isinstance(parameter, click.Option)
            else [(parameter.metavar or parameter.name or "").strip("[].")]
        )
        if isinstance(parameter.type, click.Choice):
            wanted += parameter.type.choices
    missing = [word for word in wanted if not re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", code, re.IGNORECASE)]
    assert not missing, f"docs/commands/{name}.md does not describe {', '.join(missing)}"


def test_no_page_describes_an_option_that_does_not_exist():
    wrong = []
    for page in sorted((DOCS / "commands").glob("*.md")):
        command = app.get_command(click.Context(app), page.stem)
        assert command is not None, f"{page.name} describes no command"
        known = {option for parameter in _parameters(command) for option in parameter.opts} | {"--help", "--version"}
        rows = re.findall(r"^\| `.*?\|", page.read_text("utf-8"), re.MULTILINE)
        wrong += [
            f"{page.name}: {option}"
            for row in rows
            for option in re.findall(r"(?<![\w-])--[a-z-]+", row)
            if option not in known
        ]
    assert wrong == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_page_has_an_example_and_the_exit_codes(name: str):
    text = (DOCS / "commands" / f"{name}.md").read_text("utf-8")
    assert f"helpcenter {name}" in code_of(text)
    assert "## Exit codes" in text


def test_the_index_links_every_page():
    linked = {(DOCS / link.partition("#")[0]).resolve() for link in links_of((DOCS / "README.md").read_text("utf-8"))}
    pages = {page for page in DOCS.rglob("*.md") if page.name != "README.md"}
    assert sorted(str(page.relative_to(DOCS)) for page in pages - linked) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["check"], 1),
        (["build"], 1),
        (["build", "--dry-run"], 1),
        (["status"], 1),
        (["show", "index"], 1),
        (["search", "refund"], 1),
        (["extract"], 1),
        (["merge-catalogs"], 1),
        (["merge-catalogs", "mkdocs.yml"], 2),
        (["translate", "--dry-run"], 1),
        (["explain", "no-such-code"], 2),
        (["approve"], 2),
        (["completion", "no-shell"], 2),
        (["explain", "link-broken"], 0),
        (["completion", "bash"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else str(value),
)
def test_exit_codes_are_as_described(words: list[str], expected: int, tmp_path: Path):
    settings = {"helpcenter": {"source": "en", "locales": ["en"]}}
    site = {"site_name": "Help", "site_url": "https://help.example/", "theme": {"name": "material"}, "extra": settings}
    (tmp_path / "mkdocs.yml").write_text(yaml.safe_dump(site), "utf-8")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "index.md").write_text("---\ntitle: Help\ntype: nothing\n---\nText.\n", "utf-8")
    command = [sys.executable, "-m", "helpcenter", "-C", str(tmp_path), *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == expected, done.stderr


# Codes


def _package_trees() -> list[tuple[Path, ast.Module]]:
    return [(path, ast.parse(path.read_text("utf-8"))) for path in sorted(PACKAGE.rglob("*.py"))]


def _words(node: ast.AST) -> list[str]:
    return [part.value for part in ast.walk(node) if isinstance(part, ast.Constant) and isinstance(part.value, str)]


def _name(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _codes_given() -> dict[str, set[str]]:
    """Give what is handed on where codes are handed on, with the files it stands in."""
    trees = _package_trees()
    codes = known_codes()
    calls = [(path, node) for path, tree in trees for node in ast.walk(tree) if isinstance(node, ast.Call)]
    places = {
        (_name(call), i)
        for _, call in calls
        for i, word in enumerate(call.args)
        if isinstance(word, ast.Constant) and word.value in codes
    }
    given: dict[str, set[str]] = defaultdict(set)
    for path, call in calls:
        for index, argument in enumerate(call.args):
            if (_name(call), index) in places:
                branches = [argument.body, argument.orelse] if isinstance(argument, ast.IfExp) else [argument]
                for word in branches:
                    if isinstance(word, ast.Constant) and isinstance(word.value, str):
                        given[word.value].add(path.relative_to(ROOT).as_posix())
    return given


def test_every_code_that_is_used_is_registered():
    unknown = {
        word: files
        for word, files in _codes_given().items()
        if re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", word) and word not in known_codes()
    }
    assert unknown == {}, "add them to build_scripts/helpcenter/diagnostics/codes.yml"


def test_every_registered_code_is_used():
    words = {word for _, tree in _package_trees() for word in _words(tree)}
    assert sorted(set(known_codes()) - words) == [], "remove them from codes.yml, or use them"


def test_the_list_of_codes_is_up_to_date():
    assert codes_page.PAGE.read_text("utf-8") == codes_page.render_page(), f"run: {codes_page.COMMAND}"


def test_codes_named_in_the_documentation_exist():
    families = {code.partition("-")[0] for code in known_codes()}
    pattern = re.compile(
        r"(?:error|warning|note)\[([a-z0-9-]+)\]|helpcenter explain ([a-z][a-z0-9-]+)|`([a-z]+(?:-[a-z]+)+)`"
    )
    wrong = []
    for page in documents():
        if not page.is_relative_to(DOCS) or page == codes_page.PAGE:
            continue
        for in_output, in_command, in_span in pattern.findall(page.read_text("utf-8")):
            code = (
                in_output
                or in_command
                or (in_span if in_span.partition("-")[0] in families - {"page", "search", "file", "region"} else "")
            )
            # One page shows what a mistyped code leads to; the other is the name of a tool.
            if code and code not in known_codes() and code not in {"regio-cycle", "import-linter"}:
                wrong.append(f"{page.relative_to(ROOT)}: {code}")
    assert wrong == []


# Formats


def _models() -> list[type[BaseModel]]:
    for module in pkgutil.walk_packages(helpcenter.__path__, "helpcenter."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found: list[type[BaseModel]] = []
    waiting = [BaseModel]
    while waiting:
        below = waiting.pop().__subclasses__()
        waiting += below
        found += [model for model in below if model.__module__.startswith("helpcenter.") and model.model_fields]
    return sorted(set(found), key=lambda model: (model.__module__, model.__name__))


def _page_of(model: type[BaseModel]) -> str | None:
    prefix, page = PROVIDERS
    return page if model.__module__.startswith(prefix) else PAGES_OF_MODELS.get(model.__module__)


@pytest.mark.parametrize("model", _models(), ids=lambda model: model.__name__)
def test_every_key_of_a_file_is_on_its_page(model: type[BaseModel]):
    page = _page_of(model)
    assert page is not None, f"say in PAGES_OF_MODELS which page describes {model.__name__}"
    code = code_of((DOCS / page).read_text("utf-8"))
    keys = [info.alias or name for name, info in model.model_fields.items()]
    missing = [key for key in keys if not re.search(rf"\b{re.escape(key)}\b", code)]
    assert not missing, f"docs/{page} does not describe {', '.join(missing)}"


def test_every_key_of_the_glossaries_is_on_its_page():
    rows = re.findall(r"^\| `(\w+)`", (DOCS / "formats" / "glossary.md").read_text("utf-8"), re.MULTILINE)
    used = set()
    for path in sorted((ROOT / "locales").glob("**/glossary.yml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        used |= set(data) | {key for term in data["terms"] for key in term}
    assert used - set(rows) == set()


def test_every_hook_is_in_the_readme_of_hooks():
    text = (ROOT / "hooks" / "README.md").read_text("utf-8")
    assert [path.name for path in sorted((ROOT / "hooks").glob("*.py")) if f"`{path.name}`" not in text] == []


@pytest.mark.parametrize("page", ["how-it-works.md", "formats/catalog.md"])
def test_every_state_is_in_the_tables(page: str):
    first = re.findall(r"^\| (\w+)", (DOCS / page).read_text("utf-8"), re.MULTILINE)
    assert {str(state) for state in State} - set(first) == set()


# Links and leftovers


@pytest.mark.parametrize("page", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path):
    wrong = []
    for link in links_of(page.read_text("utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / unquote(path)).resolve() if path else page
        if not target.exists() or not target.is_relative_to(ROOT):
            wrong.append(f"{link}: there is no such file")
        elif anchor and target.suffix == ".md" and anchor not in anchors_of(target.read_text("utf-8")):
            wrong.append(f"{link}: there is no such heading")
    assert wrong == []


@pytest.mark.parametrize(
    ("pattern", "what"), [(PLACES_OF_MACHINES, "a path of one machine"), (UNFINISHED, "something unfinished")]
)
def test_no_leftovers_stand_in_tracked_files(pattern: re.Pattern[str], what: str):
    wrong = []
    for path in tracked_files():
        try:
            text = path.read_text("utf-8")
        except UnicodeDecodeError:
            continue
        wrong += [
            f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
            for match in pattern.finditer(text)
        ]
    assert wrong == [], f"{what} stands in tracked files"
