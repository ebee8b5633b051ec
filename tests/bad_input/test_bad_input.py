"""Every kind of bad input: one finding at its place with a next step, nothing written, no traceback."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter.diagnostics import known_codes
from project_cases import AS_OF, Run, edit, snapshot, start, write

CASES = Path(__file__).parent / "cases"


def cases(*names: str) -> list[Any]:
    found = []
    for name in names:
        rows = yaml.safe_load((CASES / f"{name}.yml").read_text("utf-8"))
        found += [pytest.param(row, id=f"{name}: {row['name']}") for row in rows]
    return found


FILES = cases("front_matter", "catalogs", "locales", "regions", "configuration", "links", "files")


def spoil(folder: Path, case: dict[str, Any]) -> None:
    """Put what a case describes on top of the small shop."""
    for name in case.get("remove", ()):
        (folder / name).unlink()
    for old, new in case.get("rename", {}).items():
        (folder / old).rename(folder / new)
    for name, (old, new) in case.get("edit", {}).items():
        edit(folder, name, old, new)
    write(folder, case.get("write", {}))
    for name, (encoding, text) in case.get("bytes", {}).items():
        (folder / name).write_bytes(text.encode(encoding))


@pytest.mark.parametrize("case", FILES)
def test_one_finding_says_what_is_wrong_and_where(case: dict[str, Any], project_folder: Path, run: Run):
    spoil(project_folder, case)
    before = snapshot(project_folder)
    done = run("-C", project_folder, "check", "--format", "json", *AS_OF)
    rows = json.loads(done.out)
    assert (done.code, done.err) == (1, "")
    wanted = case["expect"]
    first = next(row for row in rows if row["code"] == wanted["code"])
    assert ":".join(str(first[key]) for key in ("path", "line", "column") if first[key] is not None) == wanted["place"]
    assert wanted["help"] in first["help"]
    assert wanted.get("message", "") in first["message"]
    assert sorted(row["code"] for row in rows) == sorted([wanted["code"], *wanted.get("more", ())])
    for row in rows:
        assert row["code"] in known_codes()
        assert row["help"]
        assert not Path(row["path"]).is_absolute()
    assert snapshot(project_folder) == before


@pytest.mark.parametrize("case", FILES)
def test_a_person_reads_the_same_with_the_line(case: dict[str, Any], project_folder: Path, run: Run):
    spoil(project_folder, case)
    done = run("-C", project_folder, "check", *AS_OF)
    wanted = case["expect"]
    assert (done.code, done.out) == (1, "")
    assert f"[{wanted['code']}]: " in done.err
    assert f"--> {wanted['place']}\n" in done.err
    assert " = help: " in done.err
    assert "Traceback" not in done.err
    if wanted["place"].count(":") == 2:
        line = int(wanted["place"].split(":")[1])
        assert f"\n{line} | " in done.err


REFUSED = [
    pytest.param(case.values[0], command, id=f"{command} with {case.id}")
    for case in FILES
    # Not every command reads what is wrong: region rules are nothing to extract.
    for command in case.values[0].get("refused", ["build", "extract"])
]


@pytest.mark.parametrize(("case", "command"), REFUSED)
def test_nothing_is_written(case: dict[str, Any], command: str, project_folder: Path, run: Run):
    spoil(project_folder, case)
    before = snapshot(project_folder)
    words = ("-C", project_folder, command, *(AS_OF if command == "build" else ()))
    # A build reads catalogs in forked processes, and pytest's own may have threads.
    done = start(*words) if command == "build" and ".po:" in case["expect"]["place"] else run(*words)
    assert (done.code, done.out) == (1, "")
    assert f"[{case['expect']['code']}]: " in done.err
    assert "Traceback" not in done.err
    assert snapshot(project_folder) == before


@pytest.mark.parametrize("case", cases("commands"))
def test_a_command_that_cannot_do_what_it_is_asked(
    case: dict[str, Any], project_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
):
    if "absent" in case:
        monkeypatch.setitem(sys.modules, case["absent"], None)
    monkeypatch.delenv("HELPCENTER_DEEPL_KEY", raising=False)
    monkeypatch.chdir(project_folder)
    before = snapshot(project_folder)
    done = run(*case["command"])
    wanted = case["expect"]
    assert (done.code, done.out) == (wanted["exit"], "")
    assert wanted["help"] in done.err
    assert "Traceback" not in done.err
    if "code" in wanted:
        assert f"[{wanted['code']}]: " in done.err
        assert wanted["code"] in known_codes()
    else:
        assert "Usage: " in done.err
    assert snapshot(project_folder) == before


SEVERAL = {
    "content/faq/lost.md": "---\ntitle: Lost: what now?\n---\n",
    "content/faq/gone.md": "---\nsumary: Gone\n---\n\n[Home](../home.md)\n",
    "content/policies/terms.eu.md": "---\ntitle: Terms in the EU\nowner: me\n---\n\nSee [there](/terms/).\n",
    "locales/tr/search.yml": "synonym: []\n",
    "locales/regions/AT.yml": "parent: EUU\nfacts: []\n",
    "locales/de/catalog/policies/terms.po": 'msgid "Terms"\nmsgstr Bedingungen\n',
    "locales/tr/catalog/policies/terms.po": 'msgid "Terms"\nmsgid "Terms"\n',
}


def test_all_mistakes_in_all_files_are_told_in_one_run(project_folder: Path, run: Run):
    write(project_folder, SEVERAL)
    edit(project_folder, "mkdocs.yml", "guides/contact.md", "guides/contct.md")
    edit(project_folder, "mkdocs.yml", "  - tables\n", "  - tablez\n")
    done = run("-C", project_folder, "check", "--format", "json", *AS_OF)
    rows = [(row["path"], row["line"], row["code"]) for row in json.loads(done.out)]
    assert rows == [
        ("content/faq/gone.md", 1, "page-title-missing"),
        ("content/faq/gone.md", 2, "schema-unknown-key"),
        ("content/faq/lost.md", 2, "yaml-syntax"),
        ("content/policies/terms.eu.md", None, "page-name-dot"),
        ("content/policies/terms.eu.md", 2, "legal-source"),
        ("content/policies/terms.eu.md", 6, "link-not-relative"),
        ("locales/de/catalog/policies/terms.po", 2, "catalog-syntax"),
        ("locales/regions/AT.yml", 1, "region-unknown-parent"),
        ("locales/regions/EU.yml", 2, "region-member"),
        ("locales/tr/catalog/policies/terms.po", 2, "catalog-syntax"),
        ("locales/tr/search.yml", 1, "schema-unknown-key"),
        ("mkdocs.yml", 8, "content-extension"),
        ("mkdocs.yml", 13, "config-contact-page"),
    ]
    assert done.code == 1


def test_all_mistakes_in_the_configuration_and_the_locales_are_told_in_one_run(project_folder: Path, run: Run):
    edit(project_folder, "mkdocs.yml", "site_name: Small Shop Help\n", "nav: []\nsitename: S\n")
    edit(project_folder, "mkdocs.yml", "source: en", "source: es")
    done = run("-C", project_folder, "check", "--format", "json")
    codes = [(row["line"], row["code"]) for row in json.loads(done.out)]
    assert codes == [
        (1, "config-missing-key"),
        (1, "config-owned-key"),
        (2, "config-unknown-key"),
        (13, "config-locale-not-listed"),
    ]


def test_several_locales_are_told_in_one_run(project_folder: Path, run: Run):
    write(
        project_folder,
        {
            "locales/de/locale.yml": "regio: DE\n",
            "locales/tr/locale.yml": "publish: {default: seen, policy: {}}\n",
            "locales/pt_br/locale.yml": "",
        },
    )
    done = run("-C", project_folder, "check", "--format", "json")
    assert [(row["path"], row["line"], row["column"]) for row in json.loads(done.out)] == [
        ("locales/de/locale.yml", 1, 1),
        ("locales/tr/locale.yml", 1, 20),
        ("locales/tr/locale.yml", 1, 34),
        ("locales/pt_br", None, None),
    ]


def test_broken_catalogs_of_several_locales_are_told_before_anything_is_written(project_folder: Path, run: Run):
    edit(project_folder, "content/index.md", "Read", "Do read")
    for tag in ("de", "tr"):
        edit(project_folder, f"locales/{tag}/catalog/policies/terms.po", 'msgid "Terms"', "msgid Terms")
    before = snapshot(project_folder)
    done = run("-C", project_folder, "extract")
    assert done.code == 1
    assert done.err.count("[catalog-syntax]") == 2
    assert snapshot(project_folder) == before


@pytest.mark.parametrize(
    "command", ["check", "build", "extract", "status", "translate", "show", "serve", "approve", "memory"]
)
def test_no_command_leaves_a_traceback(command: str, project_folder: Path):
    """The process as a person starts it: one case for each command."""
    write(project_folder, {"locales/tr/locale.yml": "providr: pseudo\n"})
    more = {"show": ["index.md"], "approve": ["-l", "tr", "--by", "a"], "memory": ["-l", "tr", "a"]}.get(command, [])
    before = snapshot(project_folder)
    done = start("-C", project_folder, command, *more)
    assert (done.code, done.out) == (1, "")
    assert done.err.startswith("error[schema-unknown-key]: unknown key 'providr'\n --> locales/tr/locale.yml:1:1\n")
    assert "Traceback" not in done.err
    assert snapshot(project_folder) == before
