from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from helpcenter.diagnostics import HelpcenterError
from helpcenter.project import find_root, read_text, relative, remove_leftovers, write_atomic
from helpcenter.project.yamlfile import PythonName, load_yaml, parse_yaml, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    days: int
    names: list[str] = []


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    title: str
    parts: dict[str, Part] = {}
    more: list[Part] = []
    maybe: Part | None = None


def said(call: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(HelpcenterError) as caught:
        call()
    assert all(found.help for found in caught.value.findings)
    return [(str(found.place), found.code) for found in caught.value.findings]


def test_every_value_and_key_has_a_place():
    file = parse_yaml("a: 1\nb:\n  - c: ü 字 x\n    d: [e, 'f g']\n", "x.yml")
    assert str(file.place("b", 0, "c")) == "x.yml:3:8"
    assert str(file.place("b", 0, "c", key=True)) == "x.yml:3:5"
    place = file.place("b", 0, "d", 1)
    assert (place.line, place.column, place.length, place.text) == (4, 12, 5, "    d: [e, 'f g']")
    assert str(file.place("b", 0, "zz", "y")) == "x.yml:3:5"
    assert str(file.place("q")) == "x.yml:1:1"


def test_places_count_in_the_whole_file():
    source = "# head\n---\ntitle: Ä\n---\nbody\n"
    file = parse_yaml(source, "x.md", start=11, end=20)
    assert file.data == {"title": "Ä"}
    assert str(file.place("title")) == "x.md:3:8"
    assert file.place("title").text == "title: Ä"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a: b: c\n", [("x.yml:1:5", "yaml-syntax")]),
        ("a: [1\n", [("x.yml:2:1", "yaml-syntax")]),
        ("a:\n\t- b\n", [("x.yml:2:1", "yaml-syntax")]),
        ("a: 'b\n", [("x.yml:2:1", "yaml-syntax")]),
        ("ü: 1\na: b\u0007\n", [("x.yml:2:5", "yaml-syntax")]),
        ("a: 2026-02-30\n", [("x.yml:1:4", "yaml-syntax")]),
        ("a:\n  - 2026-02-20\n  - 2026-02-30\n", [("x.yml:3:5", "yaml-syntax")]),
        ("a: &x [1, *x]\n", [("x.yml:1:4", "yaml-syntax")]),
        ("a: *x\n", [("x.yml:1:4", "yaml-syntax")]),
        ("? [a]\n: b\n", [("x.yml:1:3", "yaml-syntax")]),
        ("a: 1\nb: 2\na: 3\n", [("x.yml:3:1", "yaml-duplicate-key")]),
        (
            "a: {b: 1, b: 2}\nc: {d: 1, d: 2}\n",
            [("x.yml:1:11", "yaml-duplicate-key"), ("x.yml:2:11", "yaml-duplicate-key")],
        ),
        ("--- a\n--- b\n", [("x.yml:2:1", "yaml-syntax")]),
    ],
)
def test_what_is_no_yaml_is_refused_at_its_place(source: str, expected: list[tuple[str, str]]):
    assert said(lambda: parse_yaml(source, "x.yml")) == expected


@pytest.mark.parametrize("source", ["", "# nothing\n", "---\n", "\n\n"])
def test_an_empty_document_is_an_empty_mapping(source: str):
    assert parse_yaml(source, "x.yml").data in ({}, None)


def test_tags_of_mkdocs_are_read_and_nothing_is_imported(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHOP", "small")
    lines = ["a: !!python/name:os.system", "b: !ENV SHOP", "c: !ENV [NO_SUCH_SHOP, other]", "d: !strange [1]"]
    source = "\n".join([*lines, "e: &x {f: 1}", "g: {<<: *x, h: 2}", ""])
    data = parse_yaml(source, "x.yml").data
    assert data == {"a": "os.system", "b": "small", "c": "other", "d": [1], "e": {"f": 1}, "g": {"f": 1, "h": 2}}
    assert isinstance(data["a"], PythonName)


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from(list("ab:-[]{}#&*!|>'\"%@`,? \n\t\u00e9\u2028\ufeff0")), max_size=25))
def test_any_text_is_yaml_or_has_findings(source: str):
    try:
        file = parse_yaml(source, "x.yml")
    except HelpcenterError as error:
        findings = error.findings
    else:
        assert file.path == "x.yml"
        return
    lines = source.split("\n")
    for found in findings:
        assert found.code in {"yaml-syntax", "yaml-duplicate-key"}
        assert found.help
        if found.place.line is not None:
            assert found.place.text == lines[found.place.line - 1].rstrip("\r")


@pytest.mark.parametrize(
    ("source", "message", "place", "label", "hint"),
    [
        ("title: 1\n", "title: input should be a valid string", "1:8", "", "in quotes"),
        ("titel: a\ntitle: b\n", "unknown key 'titel'", "1:1", "did you mean 'title'?", "known keys: maybe, more, parts, title"),
        ("parts: {}\n", "the key 'title' is missing", "1:1", "", "add 'title:'"),
        ("title: a\nparts: {x: {}}\n", "the key 'days' is missing", "2:12", "", "add 'days:'"),
        ("title: a\nparts: {x: {day: 1, days: 2}}\n", "unknown key 'day'", "2:13", "did you mean 'days'?", "days, names"),
        ("title: a\nmore: [{days: 1}, {days: b}]\n", "more.1.days: input should be a valid integer", "2:26", "", "whole number"),
        ("title: a\nmore: {days: 1}\n", "more: input should be a valid list", "2:7", "", "- one"),
        ("title: a\nmaybe: [1]\n", "maybe: input should be a mapping of keys to values", "2:8", "", "key: value"),
        ("- title\n", "the file's input should be a mapping of keys to values", "1:1", "", "key: value"),
    ],
)  # fmt: skip
def test_values_that_do_not_fit_are_refused_at_their_place(
    source: str, message: str, place: str, label: str, hint: str
):
    with pytest.raises(HelpcenterError) as caught:
        validate(Whole, parse_yaml(source, "x.yml"))
    (found,) = caught.value.findings
    assert found.message.startswith(message)
    assert (str(found.place), found.label) == (f"x.yml:{place}", label)
    assert hint in found.help


def test_all_values_that_do_not_fit_are_told():
    source = "titel: a\nmore: [{days: b}, {}]\nmaybe: {names: 1, days: 1}\n"
    assert sorted(said(lambda: validate(Whole, parse_yaml(source, "x.yml")))) == [
        ("x.yml:1:1", "schema-missing-key"),
        ("x.yml:1:1", "schema-unknown-key"),
        ("x.yml:2:15", "schema-invalid-value"),
        ("x.yml:2:19", "schema-missing-key"),
        ("x.yml:3:16", "schema-invalid-value"),
    ]


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"a\nb\xe4c\n", "x.txt:2:2"),
        ("ü字ä".encode() + b"\xff", "x.txt:1:4"),
        ("a\n".encode("utf-16"), "x.txt:1:1"),
        ("ab\n".encode("utf-16-le"), "x.txt:1:2"),
        (b"fine\n\0", "x.txt:2:1"),
        (b"\xed\xa0\x80", "x.txt:1:1"),
    ],
)
def test_what_is_no_utf_8_is_refused_at_its_place(raw: bytes, place: str, tmp_path: Path):
    file = tmp_path / "x.txt"
    file.write_bytes(raw)
    assert said(lambda: read_text(file, tmp_path)) == [(place, "file-encoding")]


def test_line_ends_and_marks_are_left_alone(tmp_path: Path):
    file = tmp_path / "x.txt"
    file.write_bytes("\ufeffa\r\nb\rc".encode())
    assert read_text(file, tmp_path) == "\ufeffa\r\nb\rc"


@pytest.mark.parametrize("make", [lambda _: None, lambda path: path.mkdir()])
def test_what_cannot_be_read_is_told(make: Callable[[Path], Any], tmp_path: Path):
    make(tmp_path / "x.yml")
    assert said(lambda: load_yaml(tmp_path / "x.yml", tmp_path)) == [("x.yml", "file-unreadable")]


def test_writing_touches_a_file_only_when_its_bytes_change(tmp_path: Path):
    file = tmp_path / "new/x.txt"
    assert write_atomic(file, "ä\r\n") is True
    assert file.read_bytes() == "ä\r\n".encode()
    os.utime(file, (1, 1))
    assert write_atomic(file, "ä\r\n") is False
    assert file.stat().st_mtime == 1
    assert write_atomic(file, b"b") is True
    assert [path.name for path in file.parent.iterdir()] == ["x.txt"]


def test_a_file_keeps_its_mode_and_a_new_one_has_the_usual_one(tmp_path: Path):
    file = tmp_path / "x.sh"
    write_atomic(file, "a")
    usual = tmp_path / "usual"
    usual.touch()
    assert file.stat().st_mode == usual.stat().st_mode
    file.chmod(0o755)
    write_atomic(file, "b")
    assert file.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("failing", ["os.replace", "os.fsync"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_a_write_that_ends_half_way_leaves_the_old_file(
    failing: str, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "x.txt"
    file.write_text("old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(failing, fail)
    with pytest.raises((HelpcenterError, KeyboardInterrupt)) as caught:
        write_atomic(file, "new")
    if isinstance(caught.value, HelpcenterError):
        assert caught.value.findings[0].code == "file-unreadable"
        assert "No space left" in caught.value.findings[0].message
    assert file.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["x.txt"]


@pytest.mark.parametrize("name", ["locales/tr/catalog/a.po", ".build/tr/x.json", "../outside.txt"])
def test_what_cannot_be_written_is_shown_from_the_project(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = tmp_path / "shop"
    for folder in (root, root / ".build/tr"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "mkdocs.yml").touch()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(HelpcenterError) as caught:
        write_atomic(root / name, "new")
    is_outside = name.startswith("..")
    assert caught.value.findings[0].place.path == ((root / name).as_posix() if is_outside else name)


def test_paths_are_shown_from_the_root(tmp_path: Path):
    assert relative(tmp_path / "a/b.md", tmp_path) == "a/b.md"
    assert relative(tmp_path, tmp_path / "other") == tmp_path.as_posix()


def test_the_root_is_found_from_below(tmp_path: Path):
    below = tmp_path / "content/guides"
    below.mkdir(parents=True)
    assert find_root(below) == below.resolve()
    (tmp_path / "mkdocs.yml").touch()
    assert find_root(below) == tmp_path.resolve()
    assert find_root(tmp_path) == tmp_path.resolve()


def test_what_a_killed_process_has_left_is_removed(tmp_path: Path):
    with subprocess.Popen(["true"]) as ended:
        ended.wait()
    left = tmp_path / f"folder/.a.po.{ended.pid}.x1_z.tmp"
    kept = [tmp_path / name for name in (f".a.po.{os.getpid()}.x1_z.tmp", "a.tmp", ".a.tmp", f"a.po.{ended.pid}.x.tmp")]
    for file in (left, *kept):
        file.parent.mkdir(exist_ok=True)
        file.touch()
    remove_leftovers(tmp_path)
    assert not left.exists()
    assert all(file.exists() for file in kept)
