"""Branches of a real repository: what plain git merges, and what `merge-catalogs` does with the rest."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import Entry, State, attic_path, catalog_path, load_catalog
from project_cases import Run, edit, environment, write

if TYPE_CHECKING:
    from pathlib import Path

# A project may come without git, as an archive; whoever cloned it has git.
pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

PAGE = "guides/returns.md"
OLD = "You have {{ returns.window }} to send an item back."
NEW = "You have {{ returns.window }} to send one item back."
SETTINGS = {
    "GIT_CONFIG_GLOBAL": "/dev/null",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@small.example",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@small.example",
}


def git(folder: Path, *words: str, code: int = 0) -> str:
    done = subprocess.run(
        ["git", *words], cwd=folder, capture_output=True, text=True, check=False, env=environment(**SETTINGS)
    )
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout + done.stderr


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")


@pytest.fixture
def repository(project_folder: Path, run: Run) -> Path:
    """Give the shop in git, with a branch `other` checked out beside `main`."""
    write(project_folder, {".gitignore": ".build/\n"})
    assert run("-C", project_folder, "extract").code == 0
    git(project_folder, "init", "--quiet", "--initial-branch=main")
    commit(project_folder)
    git(project_folder, "switch", "--quiet", "--create", "other")
    return project_folder


def install(folder: Path, run: Run) -> None:
    """Let git merge with helpcenter, before the branches go apart."""
    for _ in range(2):
        assert run("-C", folder, "merge-catalogs", "--install").code == 0
    assert (folder / ".gitattributes").read_text("utf-8") == "locales/**/*.po merge=helpcenter\n"
    commit(folder)
    git(folder, "branch", "--force", "main")


def to_main(folder: Path) -> None:
    commit(folder)
    git(folder, "switch", "--quiet", "main")


def po(folder: Path, page: str = PAGE) -> Path:
    return catalog_path(folder / "locales/tr/catalog", page)


def entry(folder: Path, msgid: str, page: str = PAGE) -> Entry:
    found = load_catalog(po(folder, page), page, folder).get(msgid)
    assert found is not None
    return found


def translate(folder: Path, words: str, who: str, run: Run, *, page: str = PAGE, msgid: str = OLD) -> None:
    """Write a translation and sign it."""
    file = po(folder, page)
    line = f'msgid "{msgid}"\nmsgstr "'
    text = file.read_text("utf-8")
    assert text.count(line) == 1
    before, _, after = text.partition(line)
    file.write_text(before + line + words + after[after.index('"') :], "utf-8")
    assert (
        run("-C", folder, "approve", "-l", "tr", page, "--segment", msgid, "--by", who, "--on", "2026-11-20").code == 0
    )


def test_branches_that_change_other_pages_merge_without_a_conflict(repository: Path, run: Run):
    """Each edits, reviews, renames and takes out pages of its own, and runs `extract`."""
    content = repository / "content"
    write(repository, {f"content/faq/{name}.md": f"---\ntitle: {name}?\n---\n\nOnly {name}.\n" for name in ("a", "b")})
    run("-C", repository, "extract")
    for name in ("a", "b"):
        translate(repository, f"Yalnız {name}.", "ayşe", run, page=f"faq/{name}.md", msgid=f"Only {name}.")
    to_main(repository)
    git(repository, "merge", "--quiet", "other")
    git(repository, "switch", "--quiet", "other")
    edit(repository, "content/guides/returns.md", "to send an item back", "to send one item back")
    (content / "policies/terms.md").rename(content / "policies/conditions.md")
    (content / "faq/a.md").unlink()
    run("-C", repository, "extract")
    translate(repository, "{{ returns.window }} var.", "ayşe", run, msgid=NEW)
    to_main(repository)
    edit(repository, "content/guides/contact.md", "title: Write to us", "title: Write to us today")
    (content / "faq/where-is-my-order.md").rename(content / "faq/my-order.md")
    (content / "faq/b.md").unlink()
    run("-C", repository, "extract")
    translate(repository, "Bugün yazın", "ali", run, page="guides/contact.md", msgid="Write to us today")
    commit(repository)
    git(repository, "merge", "--quiet", "--message", "x", "other")
    before = git(repository, "rev-parse", "HEAD^{tree}")
    assert run("-C", repository, "extract").code == 0
    assert git(repository, "status", "--short") == ""
    assert git(repository, "rev-parse", "HEAD^{tree}") == before
    assert entry(repository, NEW).msgstr == "{{ returns.window }} var."
    assert entry(repository, "Write to us today", "guides/contact.md").state is State.REVIEWED
    for name in ("a", "b"):
        kept = load_catalog(po(repository, attic_path(f"faq/{name}.md")), name, repository)
        assert [one.msgstr for one in kept.entries if one.msgstr] == [f"Yalnız {name}."]


def review_and_edit(repository: Path, run: Run, *, extract: bool) -> None:
    """Review a text on one branch and change its source on the other, which is checked out then."""
    translate(repository, "{{ returns.window }} süreniz var.", "ayşe", run)
    to_main(repository)
    edit(repository, "content/guides/returns.md", "to send an item back", "to send one item back")
    if extract:
        run("-C", repository, "extract")
    commit(repository)


def assert_kept_and_stale(repository: Path) -> None:
    found = entry(repository, NEW)
    assert (found.msgstr, found.state, found.previous) == ("{{ returns.window }} süreniz var.", State.STALE, OLD)
    assert found.is_settled
    assert found.reviewed is not None
    assert found.reviewed.who == "ayşe"


def test_a_review_is_kept_and_stale_where_the_other_branch_changed_the_source(repository: Path, run: Run):
    review_and_edit(repository, run, extract=False)
    git(repository, "merge", "--quiet", "--message", "x", "other")
    run("-C", repository, "extract")
    assert_kept_and_stale(repository)


def test_the_same_where_extract_ran_as_well(repository: Path, run: Run):
    review_and_edit(repository, run, extract=True)
    git(repository, "merge", "--message", "x", "other", code=1)
    done = run("-C", repository, "check")
    assert "run 'helpcenter merge-catalogs'" in done.err
    done = run("-C", repository, "merge-catalogs")
    assert done.code == 0
    assert "locales/tr/catalog/guides/returns.po: merged" in done.err
    assert_kept_and_stale(repository)
    merged = po(repository).read_bytes()
    assert run("-C", repository, "extract").code == 0
    assert po(repository).read_bytes() == merged
    commit(repository)
    done = run("-C", repository, "merge-catalogs")
    assert (done.code, done.err) == (0, "git has left no catalog unmerged\n")


def test_git_merges_catalogs_by_itself_once_it_is_told_how(repository: Path, run: Run):
    install(repository, run)
    review_and_edit(repository, run, extract=True)
    git(repository, "merge", "--quiet", "--message", "x", "other")
    assert_kept_and_stale(repository)


def test_a_page_that_was_renamed_and_reviewed_is_merged(repository: Path, run: Run):
    install(repository, run)
    translate(repository, "{{ returns.window }} süreniz var.", "ayşe", run)
    to_main(repository)
    (repository / "content" / PAGE).rename(repository / "content/guides/send-back.md")
    run("-C", repository, "extract")
    commit(repository)
    git(repository, "merge", "--quiet", "--message", "x", "other")
    found = entry(repository, OLD, "guides/send-back.md")
    assert (found.msgstr, found.state) == ("{{ returns.window }} süreniz var.", State.REVIEWED)
    assert found.references == ("guides/send-back.md",)


def test_two_reviews_of_one_text_are_told_and_kept(repository: Path, run: Run):
    translate(repository, "{{ returns.window }} süreniz var.", "ayşe", run)
    to_main(repository)
    translate(repository, "Süreniz {{ returns.window }}.", "ali", run)
    commit(repository)
    git(repository, "merge", "--message", "x", "other", code=1)
    done = run("-C", repository, "merge-catalogs")
    assert done.code == 0
    assert "warning[catalog-two-texts]: 'ali' (2026-11-20) and 'ayşe' (2026-11-20) translated" in done.err
    found = entry(repository, OLD)
    assert found.msgstr == "Süreniz {{ returns.window }}."
    assert found.comments == ('also (ayşe 2026-11-20): "{{ returns.window }} süreniz var."',)


def test_a_page_that_one_branch_took_out_keeps_what_the_other_wrote(repository: Path, run: Run):
    translate(repository, "{{ returns.window }} süreniz var.", "ayşe", run)
    to_main(repository)
    (repository / "content" / PAGE).unlink()
    run("-C", repository, "extract")
    commit(repository)
    git(repository, "merge", "--message", "x", "other", code=1)
    assert run("-C", repository, "merge-catalogs").code == 0
    run("-C", repository, "extract")
    kept = load_catalog(po(repository, attic_path(PAGE)), PAGE, repository)
    assert "{{ returns.window }} süreniz var." in [one.msgstr for one in kept.entries]


def test_what_a_person_does_by_hand_is_not_written_over(repository: Path, run: Run):
    review_and_edit(repository, run, extract=True)
    git(repository, "merge", "--message", "x", "other", code=1)
    edit(repository, "locales/tr/catalog/guides/returns.po", "=======\n", "# mine\n=======\n")
    before = po(repository).read_bytes()
    done = run("-C", repository, "merge-catalogs")
    assert done.code == 1
    assert "error[catalog-by-hand]: this line is of neither branch" in done.err
    assert po(repository).read_bytes() == before
    git(repository, "checkout", "--merge", "locales/tr/catalog/guides/returns.po")
    assert run("-C", repository, "merge-catalogs").code == 0
    assert_kept_and_stale(repository)


@pytest.mark.parametrize("has_driver", [False, True])
def test_a_side_that_cannot_be_read_is_left_to_git(has_driver: bool, repository: Path, run: Run):  # noqa: FBT001 - drawn
    if has_driver:
        install(repository, run)
    translate(repository, "{{ returns.window }} süreniz var.", "ayşe", run)
    text = po(repository).read_text("utf-8")
    po(repository).write_text(text.replace('var."', "var."), "utf-8")
    to_main(repository)
    translate(repository, "Süreniz {{ returns.window }}.", "ali", run)
    commit(repository)
    said = git(repository, "merge", "--message", "x", "other", code=1)
    assert ("error[catalog-syntax]" in said) is has_driver
    left = po(repository).read_text("utf-8")
    assert "<<<<<<< " in left
    done = run("-C", repository, "merge-catalogs")
    assert done.code == 1
    assert "locales/tr/catalog/guides/returns.po (theirs):" in done.err
    assert po(repository).read_text("utf-8") == left


def test_three_files_are_merged_into_the_second(tmp_path: Path, run: Run):
    for name, flag, more in (("base", "#, fuzzy\n", ""), ("ours", "", ""), ("theirs", "#, fuzzy\n", "# note\n")):
        (tmp_path / name).write_text(f'msgid ""\nmsgstr ""\n\n{more}{flag}msgid "A"\nmsgstr "B"\n', "utf-8")
    files = [tmp_path / name for name in ("base", "ours", "theirs")]
    done = run("merge-catalogs", *files, "--path", "locales/tr/catalog/a.po")
    assert (done.code, done.err) == (0, "")
    assert (tmp_path / "ours").read_text("utf-8") == 'msgid ""\nmsgstr ""\n\n# note\nmsgid "A"\nmsgstr "B"\n'
    assert run("merge-catalogs", *files[:2]).code == 2
    # Git gives an empty file where there was none before.
    (tmp_path / "base").write_text("", "utf-8")
    assert run("merge-catalogs", *files).code == 0


def test_without_git_it_is_told(project_folder: Path, run: Run):
    done = run("-C", project_folder, "merge-catalogs")
    assert done.code == 1
    assert "error[catalog-no-git]: git cannot be asked: fatal: not a git repository" in done.err


def test_the_driver_that_is_installed_calls_this_python(repository: Path, run: Run):
    run("-C", repository, "merge-catalogs", "--install")
    assert git(repository, "config", "merge.helpcenter.driver").startswith(sys.executable)
