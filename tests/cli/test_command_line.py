from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING

import click
import pytest

from helpcenter import __version__
from helpcenter.cli import app as application
from helpcenter.cli.app import COMMANDS
from helpcenter.diagnostics import known_codes
from project_cases import AS_OF, SMALL_SHOP, Run, edit, environment, snapshot, start, write

if TYPE_CHECKING:
    from pathlib import Path

MODULE = (sys.executable, "-m", "helpcenter")


def on_terminal(*words: str | Path, **more: str) -> str:
    """Call the command line with standard error on a terminal; give what it shows there."""
    ours, theirs = pty.openpty()
    command = [*MODULE, *map(str, words)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs, env=environment(TERM="xterm", **more))
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux ends a terminal whose other side is closed in this way
            break
        if not part:
            break
        shown += part
    os.close(ours)
    process.wait()
    return shown.decode()


@pytest.mark.parametrize("words", [("show", "a\x1b[2Jb"), ("che\x1b[2Jck",), ("check", "--as-of", "\x1b[2J")])
def test_what_was_typed_is_not_obeyed(words: tuple[str, ...], project_folder: Path):
    shown = on_terminal("-C", project_folder, *words)
    assert "\x1b[2J" not in shown
    assert "error" in shown.lower()


def test_a_page_is_not_obeyed(project_folder: Path):
    edit(project_folder, "content/guides/contact.md", "Write to <", "Write \x1b[2J to <")
    ours, theirs = pty.openpty()
    command = [*MODULE, "-C", str(project_folder), "show", "guides/contact", *AS_OF]
    done = subprocess.run(command, stdout=theirs, stderr=subprocess.PIPE, env=environment(TERM="xterm"), check=False)
    assert (done.returncode, done.stderr) == (0, b"en in the whole world (001), on 2026-11-22: source\n")
    shown = os.read(ours, 65536).decode()
    os.close(theirs)
    os.close(ours)
    assert "Write ␛[2J to <" in shown
    # A file gets what the page holds.
    assert "Write \x1b[2J to <" in start("-C", project_folder, "show", "guides/contact", *AS_OF).out


def test_a_clean_project(project_folder: Path, run: Run):
    done = run("-C", project_folder, "check", *AS_OF)
    assert (done.code, done.out, done.err) == (0, "", "no findings\n")


def test_a_clean_project_for_programs(project_folder: Path, run: Run):
    done = run("-C", project_folder, "check", "--format", "json", *AS_OF)
    assert (done.code, json.loads(done.out), done.err) == (0, [], "")
    done = run("-C", project_folder, "check", "--format", "github", *AS_OF)
    assert (done.code, done.out, done.err) == (0, "", "")


def test_findings_for_a_code_host(project_folder: Path, run: Run):
    edit(project_folder, "content/index.md", "title: Help", "titel: Help")
    done = run("-C", project_folder, "check", "--format", "github", *AS_OF)
    assert done.code == 1
    assert done.err == ""
    assert done.out.splitlines()[1].startswith(
        "::error file=content/index.md,line=2,col=1,title=schema-unknown-key::unknown key"
    )


def test_a_warning_is_a_finding_and_no_obstacle(project_folder: Path, run: Run):
    write(project_folder, {"locales/pt_br/locale.yml": "region: TR\n"})
    done = run("-C", project_folder, "check", *AS_OF)
    assert done.code == 1
    assert "warning[locale-folder-name]" in done.err
    assert done.err.endswith("\n1 warning\n")
    done = run("-C", project_folder, "build", "--dry-run", *AS_OF)
    assert done.code == 0
    assert "warning[locale-folder-name]" in done.err


def test_a_locale_that_was_taken_off_the_list_keeps_its_folder(project_folder: Path, run: Run):
    edit(project_folder, "mkdocs.yml", "[en, de, de-AT, tr]", "[en, de, de-AT]")
    before = snapshot(project_folder)
    for command in ("check", "build"):
        done = run("-C", project_folder, command, *(["--dry-run"] if command == "build" else []), *AS_OF)
        assert done.code == 0, done.err
        assert "note[locale-not-listed]: the locale 'tr' has a folder and no site" in done.err
    assert run("-C", project_folder, "extract", "--dry-run").code == 0
    assert run("-C", project_folder, "status").code == 0
    assert snapshot(project_folder) == before


def test_what_nobody_has_read_is_checked_when_asked_for(run: Run, project_folder: Path):
    locale = project_folder / "locales/de/locale.yml"
    locale.write_text("publish: {default: reviewed}\nleast_translated: 1\n", "utf-8")
    edit(project_folder, "locales/de/catalog/guides/contact.po", '"Schreiben Sie uns"', '"Schreiben Sie `uns`"')
    edit(project_folder, "locales/de/catalog/guides/contact.po", 'msgid "Write to us"', '#, fuzzy\nmsgid "Write to us"')
    unread = ["-C", project_folder, "check", "-l", "de", "--format", "json", *AS_OF]
    assert "contact.po" not in run(*unread).out
    done = run(*unread, "--unread")
    assert done.code == 1
    assert "contact.po" in done.out


def test_errors_come_first(project_folder: Path, run: Run):
    edit(project_folder, "locales/de/catalog/guides/contact.po", '"Schreiben Sie uns"', '"Schreiben Sie `uns`"')
    edit(project_folder, "content/policies/terms.md", "The seller", "[The](none.md) seller")
    done = run("-C", project_folder, "check", *AS_OF)
    assert done.err.index("error[link-broken]") < done.err.index("warning[translation-code]")
    assert done.err.endswith("\n1 error, 1 warning\n")


def test_only_the_asked_locale_is_checked(project_folder: Path, run: Run):
    write(project_folder, {"locales/tr/catalog/policies/terms.po": 'msgid "Terms"\nmsgstr Koşullar\n'})
    assert run("-C", project_folder, "check", "-l", "de", *AS_OF).code == 0
    assert run("-C", project_folder, "check", "-l", "de", "-l", "tr", *AS_OF).code == 1


def test_an_unknown_locale_for_programs(project_folder: Path, run: Run):
    done = run("-C", project_folder, "check", "-l", "xx", "--format", "json")
    assert (done.code, [row["code"] for row in json.loads(done.out)], done.err) == (2, ["locale-unknown"], "")


def test_the_day_decides_which_rules_hold(project_folder: Path, run: Run):
    done = run("-C", project_folder, "check", "--format", "json", "--as-of", "2027-06-01")
    assert {row["code"] for row in json.loads(done.out)} == {"region-review-overdue", "legal-overdue"}


def test_the_project_is_found_from_below(project_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(project_folder / "content/guides")
    assert run("check", *AS_OF).code == 0
    assert run("-C", "..", "check", *AS_OF).code == 0


def test_a_folder_without_a_project(tmp_path: Path, run: Run):
    done = run("-C", tmp_path, "check")
    assert done.code == 1
    assert "helpcenter init" in done.err


def test_a_folder_that_does_not_exist_is_not_looked_for_above(project_folder: Path, run: Run):
    before = snapshot(project_folder)
    for command in ("check", "build", "extract"):
        done = run("-C", project_folder / "guides", command)
        assert done.code == 2
        assert "there is no folder" in done.err
    assert snapshot(project_folder) == before


def test_states_for_programs(project_folder: Path, run: Run):
    done = run("-C", project_folder, "status", "--format", "json")
    assert (done.code, done.err) == (0, "")
    states = {
        tag: {key: row[key] for key in ("missing", "stale", "machine", "reviewed", "approved", "total")}
        for tag, row in json.loads(done.out).items()
    }
    assert states == {
        "en": {"missing": 0, "stale": 0, "machine": 0, "reviewed": 16, "approved": 0, "total": 16},
        "de": {"missing": 1, "stale": 0, "machine": 0, "reviewed": 13, "approved": 2, "total": 16},
        "de-AT": {"missing": 1, "stale": 0, "machine": 0, "reviewed": 13, "approved": 2, "total": 16},
        "tr": {"missing": 11, "stale": 0, "machine": 5, "reviewed": 0, "approved": 0, "total": 16},
    }


def test_states_of_pages_for_programs(project_folder: Path, run: Run):
    done = run("-C", project_folder, "status", "-l", "tr", "--pages", "--format", "json")
    (row,) = json.loads(done.out).values()
    page = row["pages"]["policies/terms.md"]
    assert {key: page[key] for key in page if key not in {"words", "share", "revisions"}} == {
        "missing": 0,
        "stale": 0,
        "machine": 2,
        "reviewed": 0,
        "approved": 0,
        "total": 2,
    }
    assert page["words"] == {"missing": 0, "stale": 0, "machine": 6, "reviewed": 0, "approved": 0, "total": 6}
    assert page["share"] == {"segments": 0, "words": 0}
    assert sum(page["total"] for page in row["pages"].values()) == row["total"]


def test_states_for_people(project_folder: Path, run: Run):
    done = run("-C", project_folder, "status", "--pages")
    assert (done.code, done.err) == (0, "")
    rows = [line.split() for line in done.out.splitlines()]
    assert rows[0] == ["locale", "missing", "stale", "machine", "reviewed", "approved", "done", "words", "chrF"]
    assert ["tr", "11", "·", "5", "·", "·", "0", "%", "0", "%", "·"] in rows
    assert ["policies/terms.md", "·", "·", "2", "6", "0", "%"] in rows


def test_scores_of_locales_and_pages(project_folder: Path, run: Run):
    edit(project_folder, "locales/de/catalog/guides/contact.po", '"Schreiben Sie uns"', '"Schreiben Sie `uns`"')
    done = run("-C", project_folder, "status", "--score", "--pages", "--format", "json")
    assert (done.code, done.err) == (0, "")
    rows = json.loads(done.out)
    assert (rows["en"]["score"], rows["en"]["findings"]) == (100, {"error": 0, "warning": 0, "note": 0})
    # 15 of 16 are signed, and one of them breaks its page.
    assert (rows["de"]["score"], rows["de"]["findings"]["warning"]) == (100 * 14 // 16, 1)
    assert rows["de-AT"]["findings"]["warning"] == 1
    assert rows["de"]["pages"]["guides/contact.md"]["findings"]["warning"] == 1
    # A machine's text counts for a quarter while nobody knows what it is worth.
    assert rows["tr"]["score"] == 100 * 5 // (4 * 16)
    pages = [page["score"] for page in rows["tr"]["pages"].values()]
    assert pages == sorted(pages)
    shown = run("-C", project_folder, "status", "--score", "--pages", "-l", "de")
    assert all(len(line) <= 80 for line in shown.out.splitlines())
    assert shown.out.splitlines()[0].endswith("done words chrF found score")


def test_what_was_changed_of_providers_texts(project_folder: Path, run: Run):
    nobody = run("-C", project_folder, "status", "--providers", "-l", "en")
    assert (nobody.code, nobody.out, nobody.err) == (0, "", "no catalog has a text that a machine wrote first\n")
    assert run("-C", project_folder, "approve", "-l", "tr", "policies/terms.md", "--by", "ayse").code == 0
    done = run("-C", project_folder, "status", "--providers", "--format", "json")
    assert (done.code, done.err) == (0, "")
    row = json.loads(done.out)["tr"]
    assert row["least_editing"] is None
    assert row["why"] == "cannot tell yet; pseudo has 2 of 30 texts"
    assert row["providers"]["pseudo"] == {
        "texts": 5,
        "source_characters": row["providers"]["pseudo"]["source_characters"],
        "unread": 3,
        "revisions": {"texts": 2, "unknown": 0, "unchanged": 2, "chrf": 100.0, "edits": 0, "characters": 30},
        "interval": None,
        "cost": 0.0,
    }
    shown = run("-C", project_folder, "status", "--providers")
    assert shown.out.endswith("tr: cannot tell yet; pseudo has 2 of 30 texts\n")
    assert all(len(line) <= 80 for line in shown.out.splitlines())


def test_two_reports_are_not_one(project_folder: Path, run: Run):
    assert run("-C", project_folder, "status", "--providers", "--score").code == 2


def test_extracting_and_approving(project_folder: Path, run: Run):
    edit(project_folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is the Small Shop.")
    planned = run("-C", project_folder, "extract", "-l", "de", "--dry-run")
    assert planned.err == "de: 1 catalogs would change, 1 missing, 1 newly stale\n"
    done = run("-C", project_folder, "extract", "-l", "de")
    assert (done.code, done.out, done.err) == (0, "", "de: 1 catalogs changed, 1 missing, 1 newly stale\n")
    done = run(
        "-C",
        project_folder,
        "approve",
        "policies/terms.md",
        "-l",
        "de",
        "--by",
        " Erika \n Müller ",
        "--as",
        "approved",
    )
    assert done.code == 0
    assert "by Erika Müller\n" in done.err
    assert "1 left alone" in done.err
    done = run(
        "-C",
        project_folder,
        "approve",
        "-l",
        "de",
        "--by",
        "E",
        "--as",
        "approved",
        "--on",
        "2026-11-22",
        "--include-stale",
    )
    assert done.code == 0
    text = (project_folder / "locales/de/catalog/policies/terms.po").read_text("utf-8")
    assert "# approved: E 2026-11-22" in text
    assert "fuzzy" not in text


def test_nobody_signs_without_a_name(project_folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    monkeypatch.chdir(project_folder)
    before = snapshot(project_folder)
    done = run("approve", "-l", "tr")
    assert done.code == 2
    assert "--by NAME" in done.err
    assert snapshot(project_folder) == before
    monkeypatch.setenv("HELPCENTER_REVIEWER", "Ayşe")
    assert "by Ayşe" in run("approve", "-l", "tr").err


def test_translating(project_folder: Path, run: Run):
    done = run("-C", project_folder, "translate", "-l", "tr", "--provider", "pseudo", "--dry-run")
    assert done.code == 0
    assert done.out.splitlines()[1].split() == ["tr", "pseudo", "11", "276", "1", "0.00", "EUR"]
    done = run("-C", project_folder, "translate", "-l", "tr", "--provider", "pseudo")
    assert done.code == 0
    assert done.out.splitlines()[1].split() == ["tr", "pseudo", "11", "276", "1", "0.00", "EUR"]
    assert "tr: 11 of 11 texts" in done.err
    assert run("-C", project_folder, "check", *AS_OF).code == 0


@pytest.mark.parametrize(("tag", "base"), [("de-AT", "de"), ("en", "en")])
def test_a_locale_whose_text_is_another_s_is_not_translated(tag: str, base: str, project_folder: Path, run: Run):
    before = snapshot(project_folder)
    done = run("-C", project_folder, "translate", "-l", tag, "--provider", "pseudo")
    assert done.code == 0
    assert f"{tag}: nothing to translate" in done.err
    assert base in done.err
    assert snapshot(project_folder) == before


def test_a_broken_catalog_stops_a_translation_before_anything_is_asked(project_folder: Path, run: Run):
    edit(project_folder, "locales/tr/catalog/index.po", 'msgid "Help"', "msgid Help")
    before = snapshot(project_folder)
    done = run("-C", project_folder, "translate", "--provider", "pseudo")
    assert done.code == 1
    assert snapshot(project_folder) == before


def test_a_page_is_shown_as_customers_get_it(project_folder: Path, run: Run):
    done = run("-C", project_folder, "show", "guides/returns.md", "-l", "de", *AS_OF)
    assert (done.code, done.err) == (0, "de in Germany (DE), on 2026-11-22: reviewed\n")
    assert "Das Gesetz gibt Ihnen 14 Tage." in done.out
    for name in ("guides/returns", "content/guides/returns.md"):
        assert run("-C", project_folder, "show", name, "-l", "de", *AS_OF).out == done.out
    world = run("-C", project_folder, "show", "guides/returns.md", *AS_OF).out
    assert "30 days" in world
    assert "The law" not in world


def test_a_page_with_an_error_is_not_shown(project_folder: Path, run: Run):
    edit(project_folder, "content/guides/returns.md", "{{ returns.window }}", "{{ returns.windo }}")
    done = run("-C", project_folder, "show", "guides/returns.md", *AS_OF)
    assert (done.code, done.out) == (1, "")
    assert "region-unknown-fact" in done.err
    assert run("-C", project_folder, "show", "guides/contact.md", *AS_OF).code == 0


def test_a_dry_build_checks_everything_and_writes_nothing(project_folder: Path, run: Run):
    before = snapshot(project_folder)
    assert run("-C", project_folder, "build", "--dry-run", *AS_OF).code == 0
    assert snapshot(project_folder) == before
    edit(project_folder, "locales/tr/catalog/index.po", 'msgid "Help"', "msgid Help")
    before = snapshot(project_folder)
    done = run("-C", project_folder, "build", "--dry-run", *AS_OF)
    assert done.code == 1
    assert "catalog-syntax" in done.err
    assert snapshot(project_folder) == before


@pytest.mark.parametrize("code", known_codes())
def test_every_code_can_be_asked_about(code: str, run: Run):
    done = run("explain", code)
    entry = known_codes()[code]
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{code} ({entry.severity}): {entry.title}\n")
    assert entry.why in done.out
    assert f"What to do: {entry.fix}" in done.out


def test_all_codes_are_listed(run: Run):
    done = run("explain")
    assert [line.split()[0] for line in done.out.splitlines()] == list(known_codes())
    rows = json.loads(run("explain", "--format", "json").out)
    assert [row["code"] for row in rows] == list(known_codes())
    assert set(rows[0]) == {"code", "severity", "title", "why", "fix", "example"}


def test_the_version(run: Run):
    for option in ("--version", "-V"):
        assert run(option).out == f"helpcenter, version {__version__}\n"


def test_help_lists_every_command(run: Run):
    for words in (["--help"], ["-h"]):
        done = run(*words)
        assert (done.code, done.err) == (0, "")
        shown = [line.split()[0] for line in done.out.partition("Commands:")[2].splitlines() if line.startswith("  ")]
        assert shown[: len(COMMANDS)] == list(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(command: str, run: Run):
    done = run(command, "--help")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: helpcenter {command}")
    assert all(len(line) <= 100 for line in done.out.splitlines())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("chek", "check"), ("biuld", "build"), ("translat", "translate"), ("aprove", "approve"), ("stats", "status")],
)
def test_a_mistyped_command_is_answered_with_what_may_be_meant(typed: str, meant: str, run: Run):
    done = run(typed)
    assert (done.code, done.out) == (2, "")
    assert f"No such command '{typed}'. Did you mean '{meant}'" in done.err


def test_an_unlike_command_gets_no_suggestion(run: Run):
    done = run("qqqqqq")
    assert done.code == 2
    assert "Did you mean" not in done.err


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_set_up(shell: str, run: Run):
    done = run("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert "_HELPCENTER_COMPLETE" in done.out


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("helpcenter ch", "check"),
        ("helpcenter check --form", "--format"),
        ("helpcenter check --format gi", "github"),
        (f"helpcenter -C {SMALL_SHOP} check -l de-", "de-AT"),
    ],
)
def test_completion_completes(line: str, expected: str):
    words = line.split()
    more = {"_HELPCENTER_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1)}
    done = subprocess.run(MODULE, capture_output=True, text=True, check=True, env=environment(**more), cwd="/")
    assert f"plain,{expected}" in done.stdout.splitlines()


def test_completion_without_a_project_is_silent(tmp_path: Path):
    line = f"helpcenter -C {tmp_path / 'none'} check -l d"
    more = {"_HELPCENTER_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": "5"}
    done = subprocess.run(MODULE, capture_output=True, text=True, check=False, env=environment(**more))
    assert (done.stdout.strip(), done.stderr) == ("", "")


@pytest.mark.parametrize("command", ["check", "extract"])
def test_colour_is_for_terminals_that_want_it(command: str, project_folder: Path):
    write(project_folder, {"locales/tr/locale.yml": "regio: TR\n"})
    assert "\x1b[" in on_terminal("-C", project_folder, command)
    assert "\x1b[" not in on_terminal("-C", project_folder, command, NO_COLOR="1")
    assert "\x1b[" not in start("-C", project_folder, command).err


def test_a_reader_that_leaves_is_no_error():
    process = subprocess.Popen(
        [*MODULE, "explain", "--format", "json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), said) == (0, b"")


def test_output_is_utf_8_whatever_the_terminal_is(project_folder: Path):
    done = start("-C", project_folder, "show", "policies/terms.md", "-l", "de", *AS_OF, LC_ALL="C", PYTHONUTF8="1")
    assert done.code == 0
    assert "Verkäufer" in done.out


def test_a_defect_is_told_without_a_traceback(run: Run, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(application.Session, "project", fail)
    done = run("check")
    assert (done.code, done.out) == (70, "")
    assert "internal error: ZeroDivisionError" in done.err
    assert "Traceback" not in done.err
    monkeypatch.setenv("HELPCENTER_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        application.main()


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_a_stopped_command_says_how_to_go_on(stop: type[BaseException], run: Run, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise stop

    monkeypatch.setattr(application.Session, "project", fail)
    done = run("extract")
    assert done.code == 130
    assert "the same command goes on from there" in done.err


def test_nothing_heavy_is_imported_for_help():
    code = (
        "import sys; sys.argv = ['helpcenter', '--version']\n"
        "from helpcenter.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([name for name in ('pydantic', 'mkdocs', 'babel', 'yaml', 'rich', 'polib') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_what_providers_texts_cost_by_the_price_of_the_project(project_folder: Path, run: Run):
    def told() -> tuple[int, float]:
        done = run("-C", project_folder, "status", "--providers", "-l", "tr", "--format", "json")
        row = json.loads(done.out)["tr"]["providers"]["google"]
        return row["source_characters"], row["cost"]

    for file in (project_folder / "locales/tr/catalog").rglob("*.po"):
        file.write_text(file.read_text("utf-8").replace("# mt: pseudo ", "# mt: google "), "utf-8")
    characters, cost = told()
    assert (characters > len("Terms"), cost) == (True, 0)
    edit(
        project_folder,
        "mkdocs.yml",
        "source: en\n",
        "source: en\n    providers: {google: {cost_per_million: 1000000}}\n",
    )
    assert told() == (characters, characters)


def test_providers_are_compared_before_any_is_asked(project_folder: Path, run: Run):
    compared = [f"--provider={name}" for name in ("deepl", "google", "deepl")]
    before = snapshot(project_folder)
    single = json.loads(run("-C", project_folder, "translate", "--dry-run", compared[0], "--format", "json").out)
    rows = json.loads(run("-C", project_folder, "translate", "--dry-run", *compared, "--format", "json").out)
    assert list(rows["providers"]) == ["deepl", "google"]
    assert rows["providers"]["deepl"] == single
    assert single["total"]["cost"] > rows["providers"]["google"]["total"]["cost"] == 0
    shown = run("-C", project_folder, "translate", "--dry-run", *compared)
    total = single["total"]
    locales = sum(bool(row["providers"][0]["texts"]) for row in single["locales"])
    assert shown.out.splitlines()[1].split()[:5] == [
        "deepl",
        *(f"{number:,}" for number in (locales, total["texts"], total["characters"], total["requests"])),
    ]
    refused = run("-C", project_folder, "translate", *compared)
    assert (refused.code, "a run asks one" in refused.err) == (2, True)
    assert snapshot(project_folder) == before


def test_a_translation_notes_what_it_read_for_the_next_run(project_folder: Path, run: Run):
    done = run("-C", project_folder, "translate", "-l", "tr", "--provider", "pseudo")
    assert done.code == 0, done.err
    assert (project_folder / ".build/extract/pages.json").is_file()
