"""Catalogs that were edited in the tools of translators: what they say afterwards."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from helpcenter.catalog import Catalog, Entry, Machine, Signature, State, fingerprint
from helpcenter.catalog.pofile import read_catalog, render

TOOLS = Path(__file__).parent / "cases/tools"


@pytest.mark.parametrize("tool", ["poedit3", "weblate", "crowdin", "transifex", "lokalize"])
def test_an_edit_in_a_tool_is_understood_and_loses_nothing(tool: str):
    """In each a machine text was accepted, an approved one changed, one marked as needing work; the rest left alone."""
    catalog = read_catalog((TOOLS / f"{tool}.po").read_text("utf-8"), "guides/delivery.md", "a.po")
    begins = ("If we", "You can", "Write", "You pay", "The courier")
    accepted, changed, approved, stale, doubted = (
        next(entry for entry in catalog.active if entry.msgid.startswith(words)) for words in begins
    )
    assert (accepted.state, accepted.machine and accepted.machine.provider) == (State.REVIEWED, "deepl")
    assert (changed.state, changed.has_lost_approval) == (State.REVIEWED, True)
    assert changed.approved is not None
    assert changed.reviewed is not None
    assert (changed.approved.who, changed.reviewed.who) == (
        "legal-anna-maria@pellavo.example",
        "Ayşe Yılmaz <ayse@pellavo.example>",
    )
    assert (approved.state, approved.comments) == (State.APPROVED, ("Ayşe: biz de siz diyoruz",))
    assert (stale.state, stale.hard, stale.is_settled, stale.previous) == (
        State.STALE,
        True,
        True,
        "You pay 10 for it.",
    )
    words = 'Bunun için 20 ödersiniz, "belki" kargo için hiçbir şey ödemezsiniz; bu metin uzundur.'
    assert (stale.suggestion, stale.comments) == (words, ())
    assert (doubted.state, doubted.is_machine_text, doubted.has_damaged_signature) == (State.MACHINE, False, False)
    gone = [entry for entry in catalog.entries if entry.obsolete]
    # Transifex drops what is obsolete.
    assert [entry.reviewed and entry.reviewed.date for entry in gone] == ([] if tool == "transifex" else ["2026-11-01"])


def gettext(tool: str, *options: str | Path, text: str) -> Catalog:
    if shutil.which(tool) is None:
        pytest.skip(f"GNU gettext's {tool} is not installed")
    done = subprocess.run([tool, *options], input=text.encode(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return read_catalog(done.stdout.decode("utf-8"), "a.md", "a.po")


def by(who: str, source: str, text: str) -> Signature:
    return Signature(who, "2026-11-20", fingerprint(text), fingerprint(source))


OURS = Catalog(
    "a.md",
    (
        Entry("Choose a day for it.", "Bir gün seçin.", reviewed=by("ayşe", "Choose a day for it.", "Bir gün seçin.")),
        Entry("You pay 10 for the parcel.", "10.", approved=by("ali", "You pay 10 for the parcel.", "10.")),
        Entry("Write", "Yazın", fuzzy=True, machine=Machine("deepl", fingerprint("Write"), fingerprint("Yazın"))),
        Entry("Wait", "Bekle", fuzzy=True, previous="Wait a bit", settled=fingerprint("Bekle"), flags=("no-wrap",)),
        Entry("Old", "Eski", obsolete=True, reviewed=by("ayşe", "Old", "Eski"), comments=("note",)),
    ),
)


@pytest.mark.parametrize(
    ("tool", "options"),
    [
        ("msgcat", ["-"]),
        ("msgcat", ["--width=40", "-"]),
        ("msgattrib", ["-"]),
        ("msguniq", ["-"]),
        ("msgfilter", ["-i", "-", "cat"]),
        ("msgconv", ["--to-code=UTF-8", "-"]),
    ],
)
def test_a_run_through_gettext_changes_nothing(tool: str, options: list[str]):
    after = gettext(tool, *options, text=render(OURS, "tr"))
    assert [repr(entry).partition(", line=")[0] for entry in after.entries] == [
        repr(entry).partition(", line=")[0] for entry in OURS.entries
    ]


def test_what_msgmerge_makes_of_changed_sources_is_stale(tmp_path: Path):
    """With --previous, as Weblate calls it: signatures stay, and tell the texts that were relied on."""
    template = tmp_path / "new.pot"
    sources = ["Choose a day for this.", "You pay 20 for the parcel.", "Write", "Wait"]
    text = render(Catalog("a.md", tuple(map(Entry, sources))), "tr")
    template.write_text(re.sub(r'"X-Last.*\n', "", text), "utf-8")
    text = re.sub(r'"X-Last.*\n', "", render(OURS, "tr"))
    after = gettext("msgmerge", "--quiet", "--previous", "-", template, text=text)
    soft, hard, machine, waiting = after.active
    assert (soft.state, soft.hard, soft.is_settled, soft.previous) == (State.STALE, False, True, "Choose a day for it.")
    assert (hard.state, hard.hard, hard.is_settled) == (State.STALE, True, True)
    assert hard.approved is not None
    assert (machine.state, machine.is_machine_text) == (State.MACHINE, True)
    assert (waiting.state, waiting.is_settled) == (State.STALE, True)
    assert [entry.comments for entry in after.entries if entry.obsolete] == [("note",)]


def test_a_machine_text_that_msgmerge_gives_to_another_source_is_stale(tmp_path: Path):
    """It was fuzzy already, so msgmerge notes no previous text: only the hash of the source that the machine saw tells."""
    template = tmp_path / "new.pot"
    text = render(Catalog("a.md", (Entry("You can return it within 30 days."),)), "tr")
    template.write_text(re.sub(r'"X-Last.*\n', "", text), "utf-8")
    source, words = "You can return it within 14 days.", "14 gün içinde iade edebilirsiniz."
    before = Entry(source, words, fuzzy=True, machine=Machine("deepl", fingerprint(source), fingerprint(words)))
    text = re.sub(r'"X-Last.*\n', "", render(Catalog("a.md", (before,)), "tr"))
    (entry,) = gettext("msgmerge", "--quiet", "--previous", "-", template, text=text).active
    assert (entry.msgstr, entry.previous) == (words, None)
    assert (entry.state, entry.hard, entry.is_machine_text) == (State.STALE, True, True)


def test_all_that_is_written_is_clean_for_msgfmt(tmp_path: Path):
    """Plural entries of other tools with a header that says how many forms there are; none of ours is fuzzy itself."""
    if shutil.which("msgfmt") is None:
        pytest.skip("GNU gettext's msgfmt is not installed")
    for file in sorted(TOOLS.glob("*.po")):
        catalog = read_catalog(file.read_text("utf-8"), "a.md", file.name)
        written = tmp_path / file.name
        for one in (
            render(catalog, "tr"),
            render(Catalog("a.md", catalog.entries, catalog.metadata, "", catalog.foreign), "tr"),
        ):
            written.write_text(one, "utf-8")
            done = subprocess.run(
                ["msgfmt", "-c", "-o", "/dev/null", written], capture_output=True, text=True, check=False
            )
            said = [
                line
                for line in done.stderr.splitlines()
                if "header field" not in line and "missing in header" not in line
            ]
            assert (done.returncode, said) == (0, [])
