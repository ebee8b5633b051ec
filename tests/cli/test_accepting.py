"""The command ``accept``, and what ``check`` makes of what was accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpcenter.catalog import fingerprint
from project_cases import AS_OF, edit, snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from project_cases import Run

FILE = "locales/de/catalog/faq/where-is-my-order.po"
CODE = "translation-end"
SOURCE, TEXT = "Where is my order?", "Hier steht, wo Ihre Bestellung ist."
LINE = f"# accept: {CODE} src={fingerprint(SOURCE)} text={fingerprint(TEXT)}\n"


def turn_round(folder: Path) -> None:
    edit(folder, FILE, '"Wo ist meine Bestellung?"', f'"{TEXT}"')


def test_a_finding_is_accepted_until_the_text_changes(project_folder: Path, run: Run):
    turn_round(project_folder)
    said = run("-C", project_folder, "check", *AS_OF)
    assert f"warning[{CODE}]" in said.err
    before = snapshot(project_folder)
    done = run("-C", project_folder, "accept", CODE, "-l", "de", "--dry-run", *AS_OF)
    assert (done.code, done.err) == (0, f"de: findings '{CODE}' would be accepted in 1 segments on 1 pages\n")
    assert snapshot(project_folder) == before
    done = run("-C", project_folder, "accept", CODE, "faq/where-is-my-order.md", "-l", "de", *AS_OF)
    assert (done.code, done.err) == (0, f"de: findings '{CODE}' are now accepted in 1 segments on 1 pages\n")
    assert LINE in (project_folder / FILE).read_text("utf-8")
    assert CODE not in run("-C", project_folder, "check", *AS_OF).err
    edit(project_folder, FILE, TEXT, "Hier steht, wo sie ist.")
    said = run("-C", project_folder, "check", *AS_OF)
    assert f"warning[{CODE}]" in said.err
    assert f"note[accept-void]: '{CODE}' was accepted for other words, or another source" in said.err


def test_a_line_by_hand_counts_and_gets_its_hashes(project_folder: Path, run: Run):
    turn_round(project_folder)
    edit(project_folder, FILE, "#. title\n", f"# accept: {CODE}\n#. title\n")
    assert run("-C", project_folder, "check", *AS_OF).code == 0
    assert run("-C", project_folder, "extract", "-l", "de").code == 0
    assert LINE in (project_folder / FILE).read_text("utf-8")
    assert run("-C", project_folder, "check", *AS_OF).code == 0


def test_an_approval_binds_it_as_well(project_folder: Path, run: Run):
    turn_round(project_folder)
    edit(project_folder, FILE, "#. title\n", f"# accept: {CODE}\n#. title\n")
    assert run("-C", project_folder, "approve", "-l", "de", "--as", "approved", "--by", "Erika").code == 0
    assert LINE in (project_folder / FILE).read_text("utf-8")


def test_what_is_not_shown_cannot_be_accepted(project_folder: Path, run: Run):
    before = snapshot(project_folder)
    done = run("-C", project_folder, "accept", "translation-link", "-l", "de")
    assert done.code == 2
    assert "'translation-link' cannot be accepted" in done.err
    done = run("-C", project_folder, "accept", "translation-ende", "-l", "de")
    assert done.code == 2
    assert f"did you mean '{CODE}'?" in done.err
    assert snapshot(project_folder) == before
    edit(project_folder, "locales/de/catalog/guides/returns.po", "{{ returns.window }} Zeit", "30 Tage Zeit")
    edit(project_folder, "locales/de/catalog/guides/returns.po", '"Sie haben', '"Sie  haben')
    comment = (
        "# accept: translation-expression, translation-space, translation-ends\n#. paragraph\n#: guides/returns.md\n"
    )
    edit(project_folder, "locales/de/catalog/guides/returns.po", _comment_of(project_folder), comment)
    said = run("-C", project_folder, "check", *AS_OF).err
    assert "warning[translation-expression]: the value {{ returns.window }} is missing" in said
    assert "warning[accept-code]: 'translation-expression' cannot be accepted" in said
    assert "warning[accept-code]: there is no finding 'translation-ends'" in said


def _comment_of(folder: Path) -> str:
    """Give the lines above the entry of the fact, which stand there once."""
    text = (folder / "locales/de/catalog/guides/returns.po").read_text("utf-8")
    end = text.index('msgid "You have {{ returns.window }}')
    start = text.rindex("\n\n", 0, end) + 2
    return text[start:end]


def test_nothing_to_accept_is_said(project_folder: Path, run: Run):
    for words, what in (
        ((), f"error[accept-nothing]: there is no finding '{CODE}' to accept in de"),
        (("--segment", "Where"), "in a segment with 'Where' to accept"),
        (("faq/where.md",), "error[approve-unknown-page]: 'faq/where.md' has no catalog in de"),
    ):
        done = run("-C", project_folder, "accept", CODE, "-l", "de", *words, *AS_OF)
        assert done.code == 2
        assert what in done.err
