"""What a catalog knows of how much a person changed of a machine's words."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from helpcenter.catalog import Catalog, Entry, Machine, Memory, Revision, Signature, State, fingerprint, merge
from helpcenter.catalog.branches import unite
from helpcenter.catalog.merging import sources_of
from helpcenter.catalog.pofile import read_catalog, render

CASES = yaml.safe_load((Path(__file__).parent / "cases/revisions.yml").read_text("utf-8"))
SIGNED = Entry(
    "Pay now",
    "Şimdi öde",
    machine=Machine("deepl", fingerprint("Pay now"), fingerprint("Öde"), revision=Revision(27, 6)),
    reviewed=Signature("erika", "2026-10-01", fingerprint("Şimdi öde"), fingerprint("Pay now")),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_revision_is_known_of_the_words_it_was_signed_for(case: dict[str, Any]):
    notes = [re.sub(r"\{(.+?)\}", lambda match: fingerprint(match[1]), note) for note in case["notes"]]
    comments = "".join(f"# {note}\n" for note in notes) + "#, fuzzy\n" * case.get("fuzzy", False)
    text = f'msgid ""\nmsgstr ""\n\n{comments}msgid "Pay now"\nmsgstr "{case["text"]}"\n'
    (entry,) = read_catalog(text, "a.md", "a.po").entries
    assert entry.revision == (Revision(*case["is"]) if "is" in case else None)
    (again,) = read_catalog(render(Catalog("a.md", (entry,)), "tr"), "a.md", "a.po").entries
    assert replace(again, line=0) == replace(entry, line=0)


def follow(entry: Entry, text: str) -> Entry:
    old = Catalog("a.md", (entry,))
    return merge(sources_of("a.md", [(text, "", "paragraph")]), old, Memory.of([old])).entries[0]


def test_a_revision_goes_with_its_source():
    stale = follow(SIGNED, "Pay it now")
    assert (stale.state, stale.machine) == (
        State.STALE,
        Machine("deepl", fingerprint("Pay now"), fingerprint("Öde")),
    )
    assert stale.with_signature(Signature("erika", "2026-11-01"), State.REVIEWED).revision is None


def test_a_revision_goes_with_a_new_text_of_a_machine():
    entry = replace(SIGNED, msgstr="", reviewed=None).with_machine_text("Hemen öde", "google")
    assert entry.machine == Machine("google", fingerprint("Pay now"), fingerprint("Hemen öde"))


def test_a_revision_moves_with_its_text():
    assert follow(replace(SIGNED, obsolete=True), "Pay now").revision == Revision(27, 6)


@pytest.mark.parametrize("turned", [False, True])
def test_branches_keep_what_one_of_them_could_tell(turned: bool):  # noqa: FBT001 - a parameter of the test
    assert SIGNED.machine is not None
    assert SIGNED.reviewed is not None
    base = replace(SIGNED, msgstr="Öde", fuzzy=True, machine=replace(SIGNED.machine, revision=None), reviewed=None)
    unknown = replace(SIGNED, machine=base.machine, reviewed=replace(SIGNED.reviewed, date="2026-10-02"))
    sides = [Catalog("a.md", (unknown if turned else SIGNED,)), Catalog("a.md", (SIGNED if turned else unknown,))]
    (entry,) = unite(Catalog("a.md", (base,)), *sides).catalog.entries
    assert entry.revision == Revision(27, 6)


def test_branches_take_no_figure_of_another_machine():
    assert SIGNED.machine is not None
    other = replace(SIGNED, machine=Machine("google", fingerprint("Pay now"), fingerprint("Ödeyin")))
    (entry,) = unite(Catalog("a.md"), Catalog("a.md", (other,)), Catalog("a.md", (SIGNED,))).catalog.entries
    assert entry.machine in {other.machine, SIGNED.machine}
    assert entry.machine == other.machine or entry.revision == Revision(27, 6)
