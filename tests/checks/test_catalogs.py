from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from helpcenter.catalog import fingerprint
from project_cases import AS_OF, Run, edit, sign_policies, write

if TYPE_CHECKING:
    from pathlib import Path

TERMS = "locales/de/catalog/policies/terms.po"


def check(run: Run, folder: Path, *words: str) -> list[tuple[str, str, int | None, str, str]]:
    done = run("-C", folder, "check", "--format", "json", *words, *AS_OF)
    rows = [(row["code"], row["path"], row["line"], row["message"], row["help"]) for row in json.loads(done.out)]
    # That a policy which changed has to be signed anew is told as well.
    return [row for row in rows if row[0] != "legal-unapproved"]


def test_catalogs_behind_their_pages_are_told_once_for_each_locale(project_folder: Path, run: Run):
    edit(project_folder, "content/policies/terms.md", "The seller is", "The seller is still")
    edit(project_folder, "content/guides/contact.md", "title: Write to us", "title: Write to us now")
    assert check(run, project_folder) == [
        (
            "catalog-behind",
            f"locales/{tag}/catalog/guides/contact.po",
            None,
            f"the catalogs of {tag} are behind the pages: 'guides/contact.md', 'policies/terms.md'",
            f"run 'helpcenter extract -l {tag}'",
        )
        for tag in ("de", "tr")
    ]
    sign_policies(project_folder)
    assert run("-C", project_folder, "check", *AS_OF).code == 0
    run("-C", project_folder, "extract")
    assert check(run, project_folder) == []


@pytest.mark.parametrize("change", ["new page", "page gone", "text gone", "text on another page"])
def test_whatever_changed_is_told(change: str, project_folder: Path, run: Run):
    if change == "new page":
        write(project_folder, {"content/faq/new.md": "---\ntitle: New?\n---\n"})
    elif change == "page gone":
        (project_folder / "content/faq/where-is-my-order.md").unlink()
    else:
        edit(project_folder, "content/policies/terms.md", "\nThe seller is Small Shop.\n", "")
    if change == "text on another page":
        edit(project_folder, "content/guides/contact.md", "Write to <", "The seller is Small Shop.\n\nWrite to <")
    assert [row[0] for row in check(run, project_folder, "-l", "de")] == ["catalog-behind"]
    run("-C", project_folder, "extract")
    assert check(run, project_folder) == []


def test_a_variant_is_behind_only_with_what_it_has(project_folder: Path, run: Run):
    edit(project_folder, "content/guides/contact.md", "title: Write to us", "title: Write to us now")
    assert check(run, project_folder, "-l", "de-AT") == []
    write(project_folder, {"locales/de-AT/catalog/guides/contact.po": 'msgid "Write to us"\nmsgstr "Schreiben"\n'})
    assert [row[0] for row in check(run, project_folder, "-l", "de-AT")] == ["catalog-behind"]


def test_a_page_that_cannot_be_read_is_not_gone(project_folder: Path, run: Run):
    edit(project_folder, "content/policies/terms.md", "title: Terms", "title: [Terms")
    assert [row[0] for row in check(run, project_folder, "-l", "de")] == ["yaml-syntax"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            f" text={fingerprint('Bedingungen')}",
            "",
            "the approval of 'erika@small.example' does not say for which words",
        ),
        ('"Bedingungen"', '"AGB"', "'erika@small.example' approved other words, or another source text"),
        (f"2026-10-01 text={fingerprint('Bedingungen')}", "in October", "an approval cannot be read"),
    ],
)
def test_an_approval_that_no_longer_holds_is_asked_for_again(
    old: str, new: str, message: str, project_folder: Path, run: Run
):
    edit(project_folder, TERMS, old, new)
    hint = "read it, then run 'helpcenter approve -l de policies/terms.md --as approved'"
    assert check(run, project_folder) == [("catalog-approval", TERMS, 10, message, hint)]
    run("-C", project_folder, "approve", "-l", "de", "policies/terms.md", "--as", "approved", "--by", "erika")
    assert check(run, project_folder) == []


def test_a_variant_that_says_the_same_is_told(project_folder: Path, run: Run):
    de = (project_folder / "locales/de/catalog/guides/contact.po").read_text("utf-8")
    same = re.search(r'msgid "Write to us"\nmsgstr "(.+)"', de)
    assert same is not None
    place = "locales/de-AT/catalog/guides/contact.po"
    write(project_folder, {place: f'msgid "Write to us"\nmsgstr "{same[1]}"\n'})
    expected = (
        "catalog-same-as-base",
        place,
        1,
        "de-AT says the same as de",
        "delete the entry, so that it follows de; or leave it, if it must not",
    )
    assert check(run, project_folder, "-l", "de-AT") == [expected]
    write(project_folder, {place: 'msgid "Write to us"\nmsgstr "Servus"\n'})
    assert check(run, project_folder, "-l", "de-AT") == []
