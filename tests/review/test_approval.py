from __future__ import annotations

import subprocess
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from helpcenter.catalog import Entry, Revision, Signature, State, extract_locale, fingerprint, load_catalogs
from helpcenter.diagnostics import HelpcenterError
from helpcenter.quality.revisions import measure_revision
from helpcenter.review import Approval, approve
from project_cases import edit, load, snapshot

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 11, 22)


def vouch(folder: Path, state: State, *pages: str, tag: str = "tr", **options: Any) -> Approval:  # noqa: ANN401 - of approve
    project, _ = load(folder)
    return approve(project, project.locales[tag], who="Ayşe", on=DAY, state=state, pages=pages, **options)


def entry(folder: Path, page: str, msgid: str, tag: str = "tr") -> Entry:
    found = load_catalogs(folder / "locales" / tag / "catalog", folder)[0][page].get(msgid)
    assert found is not None
    return found


def make_stale(folder: Path) -> None:
    edit(folder, "content/policies/terms.md", "The seller is Small Shop.", "The seller is the Small Shop.")
    project, pages = load(folder)
    extract_locale(project, pages, project.locales["tr"])


def test_a_page_is_reviewed(project_folder: Path):
    before = snapshot(project_folder)
    done = vouch(project_folder, State.REVIEWED, "policies/terms.md")
    assert done == Approval({"policies/terms.md": ["Terms", "The seller is Small Shop."]}, {})
    reviewed = entry(project_folder, "policies/terms.md", "Terms")
    signature = Signature("Ayşe", "2026-11-22", fingerprint("Koşullar"), fingerprint("Terms"))
    assert (reviewed.state, reviewed.reviewed) == (State.REVIEWED, signature)
    assert reviewed.machine is not None
    after = snapshot(project_folder)
    assert {name for name in after if after[name] != before[name]} == {"locales/tr/catalog/policies/terms.po"}


def test_a_page_is_approved(project_folder: Path):
    vouch(project_folder, State.APPROVED, "policies/terms.md")
    approved = entry(project_folder, "policies/terms.md", "Terms")
    assert approved.state is State.APPROVED
    assert approved.approved == Signature("Ayşe", "2026-11-22", fingerprint("Koşullar"), fingerprint("Terms"))
    assert approved.reviewed is None


def test_a_review_stays_beside_the_approval(project_folder: Path):
    vouch(project_folder, State.REVIEWED, "policies/terms.md")
    vouch(project_folder, State.APPROVED, "policies/terms.md")
    both = entry(project_folder, "policies/terms.md", "Terms")
    assert both.state is State.APPROVED
    assert both.reviewed == both.approved


def test_one_segment(project_folder: Path):
    done = vouch(project_folder, State.REVIEWED, "policies/terms.md", segment="seller")
    assert done.changed == {"policies/terms.md": ["The seller is Small Shop."]}
    assert entry(project_folder, "policies/terms.md", "Terms").state is State.MACHINE


def test_a_whole_locale(project_folder: Path):
    done = vouch(project_folder, State.REVIEWED)
    assert {page: len(msgids) for page, msgids in done.changed.items()} == {
        "guides/returns.md": 3,
        "policies/terms.md": 2,
    }
    assert sum(done.skipped.values()) == 11


@pytest.mark.parametrize("state", [State.REVIEWED, State.APPROVED])
def test_a_second_run_changes_nothing(state: State, project_folder: Path):
    vouch(project_folder, state)
    before = snapshot(project_folder)
    assert vouch(project_folder, state).changed == {}
    assert snapshot(project_folder) == before


def test_a_review_does_not_take_an_approval_back(project_folder: Path):
    before = snapshot(project_folder)
    assert vouch(project_folder, State.REVIEWED, tag="de").changed == {}
    assert snapshot(project_folder) == before


def test_an_approval_of_other_words_is_given_again(project_folder: Path):
    vouch(project_folder, State.APPROVED, "policies/terms.md")
    edit(project_folder, "locales/tr/catalog/policies/terms.po", '"Koşullar"', '"Şartlar"')
    assert entry(project_folder, "policies/terms.md", "Terms").state is State.REVIEWED
    assert vouch(project_folder, State.APPROVED, "policies/terms.md").changed == {"policies/terms.md": ["Terms"]}
    assert entry(project_folder, "policies/terms.md", "Terms").state is State.APPROVED


def test_a_review_of_other_words_is_given_again(project_folder: Path):
    vouch(project_folder, State.REVIEWED, "policies/terms.md")
    edit(project_folder, "locales/tr/catalog/policies/terms.po", '"Koşullar"', '"Şartlar"')
    assert vouch(project_folder, State.REVIEWED, "policies/terms.md").changed == {"policies/terms.md": ["Terms"]}
    assert vouch(project_folder, State.REVIEWED, "policies/terms.md").changed == {}


def test_an_approval_does_not_hold_for_a_new_source_because_somebody_took_the_flag_off(project_folder: Path):
    vouch(project_folder, State.APPROVED, "policies/terms.md")
    make_stale(project_folder)
    name = "locales/tr/catalog/policies/terms.po"
    edit(project_folder, name, '#, fuzzy\n#| msgid "The seller is Small Shop."\n', "")
    now = entry(project_folder, "policies/terms.md", "The seller is the Small Shop.")
    assert (now.state, now.has_lost_approval) == (State.REVIEWED, True)


def test_what_is_stale_is_left_alone(project_folder: Path):
    make_stale(project_folder)
    done = vouch(project_folder, State.APPROVED, "policies/terms.md")
    assert done == Approval({"policies/terms.md": ["Terms"]}, {"policies/terms.md": 1})
    assert entry(project_folder, "policies/terms.md", "The seller is the Small Shop.").state is State.STALE


def test_what_is_stale_is_vouched_for_when_that_is_asked(project_folder: Path):
    make_stale(project_folder)
    vouch(project_folder, State.APPROVED, "policies/terms.md", include_stale=True)
    approved = entry(project_folder, "policies/terms.md", "The seller is the Small Shop.")
    assert (approved.state, approved.previous, approved.hard) == (State.APPROVED, None, False)


def test_a_dry_run_tells_the_same_and_writes_nothing(project_folder: Path):
    before = snapshot(project_folder)
    told = vouch(project_folder, State.APPROVED, dry_run=True)
    assert snapshot(project_folder) == before
    assert vouch(project_folder, State.APPROVED) == told


def test_every_unknown_page_is_told(project_folder: Path):
    before = snapshot(project_folder)
    with pytest.raises(HelpcenterError) as caught:
        vouch(project_folder, State.APPROVED, "policies/term.md", "policies/terms.md", "faq/none.md")
    assert [(found.code, found.place.path) for found in caught.value.findings] == [
        ("approve-unknown-page", "policies/term.md"),
        ("approve-unknown-page", "faq/none.md"),
    ]
    assert "did you mean 'policies/terms.md'?" in caught.value.findings[0].help
    assert snapshot(project_folder) == before


def test_a_segment_that_is_nowhere_is_told(project_folder: Path):
    with pytest.raises(HelpcenterError) as caught:
        vouch(project_folder, State.APPROVED, "policies/terms.md", segment="returns")
    assert [found.code for found in caught.value.findings] == ["approve-unknown-segment"]


def test_a_signature_notes_what_was_changed_of_a_machines_words(project_folder: Path):
    git(project_folder, "init", "--quiet")
    git(project_folder, "add", "--all")
    git(project_folder, "commit", "--quiet", "--message", "x")
    name = "locales/tr/catalog/policies/terms.po"
    text = (project_folder / name).read_text("utf-8")
    note = f"# mt: pseudo src={fingerprint('Terms')} out={fingerprint('Koşullar')}\n"
    assert note in text
    edit(project_folder, name, '"Koşullar"', '"Şartlar"')
    vouch(project_folder, State.REVIEWED, "policies/terms.md")
    assert entry(project_folder, "policies/terms.md", "Terms").revision == measure_revision("Koşullar", "Şartlar")
    assert entry(project_folder, "policies/terms.md", "The seller is Small Shop.").revision == Revision(100, 0)
    # Changed and signed again, it is measured against the same words of the machine.
    edit(project_folder, name, '"Şartlar"', '"Satış şartları"')
    assert entry(project_folder, "policies/terms.md", "Terms").revision is None
    vouch(project_folder, State.REVIEWED, "policies/terms.md")
    assert entry(project_folder, "policies/terms.md", "Terms").revision == measure_revision(
        "Koşullar", "Satış şartları"
    )


def test_what_a_machine_wrote_and_nobody_knows_is_left_unknown(project_folder: Path):
    edit(project_folder, "locales/tr/catalog/policies/terms.po", '"Koşullar"', '"Şartlar"')
    done = vouch(project_folder, State.REVIEWED, "policies/terms.md")
    assert done.unknown == 1
    signed = entry(project_folder, "policies/terms.md", "Terms")
    assert (signed.state, signed.revision) == (State.REVIEWED, None)
    assert "chrf" not in (project_folder / "locales/tr/catalog/policies/terms.po").read_text("utf-8")


def git(folder: Path, *words: str) -> None:
    author = ("-c", "user.name=Erika", "-c", "user.email=erika@small.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", folder, *author, *words], check=True, capture_output=True)


def test_a_catalog_that_cannot_be_read_stops_everything(project_folder: Path):
    edit(project_folder, "locales/tr/catalog/index.po", 'msgid "Help"', "msgid Help")
    before = snapshot(project_folder)
    with pytest.raises(HelpcenterError):
        vouch(project_folder, State.APPROVED, "policies/terms.md")
    assert snapshot(project_folder) == before
